//! Answers and their one writer, whatever the transport.

use super::{negotiation::ResponseType, request_id::RequestId};
use crate::error::{Code, Fault, publish};
use async_graphql::{ServerError, Value};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde::Serialize;

/// How many mistakes in one document are told; a small document can hold thousands.
const MOST_ERRORS: usize = 20;

/// What a request is answered with.
pub(super) enum Answer {
    /// The operation was executed, perhaps with errors in some fields.
    Executed(async_graphql::Response),
    /// Nothing was executed.
    Refused {
        /// The code of the first error.
        code: Code,
        errors: Vec<ServerError>,
    },
}

impl Answer {
    /// The answer that the engine's response amounts to, with all errors made ready for the caller.
    pub(super) fn from_engine(mut response: async_graphql::Response, request: &RequestId) -> Self {
        // Errors of fields have a path; the engine gives none to those of the request as a whole.
        let refused = response.data == Value::Null
            && response.errors.iter().all(|error| error.path.is_empty());
        if refused {
            response.errors.truncate(MOST_ERRORS);
        }
        let codes: Vec<_> = response
            .errors
            .iter_mut()
            .map(|error| publish(error, request))
            .collect();
        match codes.first() {
            Some(&code) if refused => Self::Refused {
                code,
                errors: response.errors,
            },
            _ => Self::Executed(response),
        }
    }

    /// The answer to a request that was stopped by a fault.
    pub(super) fn refused(fault: Fault, request: &RequestId) -> Self {
        let mut error = ServerError::from(fault);
        let code = publish(&mut error, request);
        Self::Refused {
            code,
            errors: vec![error],
        }
    }

    /// The answer as JSON: `data` in the order of the selection, then `errors`. Without `data` nothing was executed.
    fn to_bytes(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Written<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            data: Option<&'a Value>,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            errors: &'a [ServerError],
        }
        let written = match self {
            Self::Executed(response) => Written {
                data: Some(&response.data),
                errors: &response.errors,
            },
            Self::Refused { errors, .. } => Written { data: None, errors },
        };
        serde_json::to_vec(&written).expect("GraphQL values have string keys and no failing parts")
    }

    fn status(&self, media_type: ResponseType) -> StatusCode {
        match self {
            Self::Refused { code, .. }
                if media_type == ResponseType::GraphqlResponse || !code.concerns_operation() =>
            {
                code.status()
            }
            _ => StatusCode::OK,
        }
    }

    /// The answer as an HTTP response.
    pub(super) fn into_http(self, media_type: ResponseType) -> Response {
        let mut response = (self.status(media_type), self.to_bytes()).into_response();
        let headers = response.headers_mut();
        let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
        set(header::CONTENT_TYPE, media_type.content_type());
        set(header::CACHE_CONTROL, "no-store");
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        match self {
            Self::Refused {
                code: Code::MethodNotAllowed,
                ..
            } => {
                set(header::ALLOW, "GET, HEAD, POST");
            }
            Self::Refused {
                code: Code::Unauthenticated,
                ..
            } => {
                set(header::WWW_AUTHENTICATE, "Bearer");
            }
            _ => {}
        }
        response
    }

    /// The answer where there is nothing to negotiate.
    pub(super) fn into_json(self) -> Response {
        self.into_http(ResponseType::Json)
    }
}
