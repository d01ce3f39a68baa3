//! A file within a GraphQL request.

use async_graphql::{InputValueError, InputValueResult, Name, Scalar, ScalarType, Value};
use axum::body::Bytes;

/// A file sent in a multipart request (graphql-multipart-request-spec); its variable is `null` in the JSON.
///
/// It travels to the resolver as a value that holds bytes, which neither JSON nor a GraphQL literal can express. So
/// nothing but an upload is ever taken for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The name that the client gave the file; not to be trusted as a path.
    pub name: String,
    /// What it holds.
    pub content: Bytes,
}

const NAME: &str = "name";
const CONTENT: &str = "content";

/// A file sent in a multipart request. In the operations its variable is `null`, and the map says which part it is.
#[Scalar(specified_by_url = "https://github.com/jaydenseric/graphql-multipart-request-spec")]
impl ScalarType for Upload {
    fn parse(value: Value) -> InputValueResult<Self> {
        let parts = match &value {
            Value::Object(file) => (file.get(NAME), file.get(CONTENT)),
            _ => (None, None),
        };
        match parts {
            (Some(Value::String(name)), Some(Value::Binary(content))) => Ok(Self {
                name: name.clone(),
                content: content.clone(),
            }),
            _ => Err(InputValueError::custom("a file must be uploaded")),
        }
    }

    fn is_valid(value: &Value) -> bool {
        matches!(value, Value::Object(file) if matches!(file.get(CONTENT), Some(Value::Binary(_))))
    }

    fn to_value(&self) -> Value {
        let name = (Name::new(NAME), Value::String(self.name.clone()));
        let content = (Name::new(CONTENT), Value::Binary(self.content.clone()));
        Value::Object([name, content].into_iter().collect())
    }
}
