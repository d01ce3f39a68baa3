//! The parameters of a GraphQL request, as JSON and as a query string.

use crate::{
    document::Parameters,
    error::{Code, Fault},
};
use async_graphql::Variables;
use axum::{extract::Query, http::Uri};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// The parameters before it is known that they are complete.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Received {
    query: Option<String>,
    operation_name: Option<String>,
    #[serde(default)]
    variables: Variables,
    /// Must be a map, and says nothing that is understood here.
    #[serde(rename = "extensions")]
    _extensions: Option<Map<String, Value>>,
}

impl Parameters {
    /// Reads a JSON body.
    pub(crate) fn from_json(body: &[u8]) -> Result<Self, Fault> {
        if body.is_empty() {
            return Err(malformed("the body is empty; send a JSON object"));
        }
        if body.trim_ascii_start().starts_with(b"[") {
            return Err(malformed(
                "a list of requests is not answered here; send one request at a time",
            ));
        }
        let received: Received = serde_json::from_slice(body)
            .map_err(|error| malformed(format!("the body cannot be read: {error}")))?;
        received.complete()
    }

    /// Reads the query string of a GET request, where variables and extensions are JSON.
    pub(crate) fn from_query_string(target: &Uri) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Encoded {
            query: Option<String>,
            operation_name: Option<String>,
            variables: Option<String>,
            extensions: Option<String>,
        }
        let Query(encoded) = Query::<Encoded>::try_from_uri(target)
            .map_err(|error| malformed(format!("the query string cannot be read: {error}")))?;
        let received = Received {
            query: encoded.query,
            operation_name: encoded.operation_name.filter(|name| !name.is_empty()),
            variables: json("variables", encoded.variables)?.unwrap_or_default(),
            _extensions: json("extensions", encoded.extensions)?,
        };
        received.complete()
    }
}

impl Received {
    fn complete(self) -> Result<Parameters, Fault> {
        let query = self.query.filter(|query| !query.is_empty());
        let query = query.ok_or_else(|| {
            malformed("there is no GraphQL document; send it as the parameter `query`")
        })?;
        Ok(Parameters {
            query,
            operation_name: self.operation_name,
            variables: self.variables,
        })
    }
}

/// Reads a parameter that is JSON within a query string; left empty it is as if left out.
fn json<T: DeserializeOwned>(parameter: &str, text: Option<String>) -> Result<Option<T>, Fault> {
    text.filter(|text| !text.is_empty())
        .map(|text| serde_json::from_str::<Option<T>>(&text))
        .transpose()
        .map_err(|error| malformed(format!("`{parameter}` cannot be read: {error}")))
        .map(Option::flatten)
}

/// A request that is not well-formed.
pub(super) fn malformed(message: impl Into<String>) -> Fault {
    Fault::new(Code::BadRequest, message)
}
