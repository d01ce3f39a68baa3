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

    /// The answer to a request that was stopped by faults, of which there is at least one.
    pub(super) fn refused(faults: Vec<Fault>, request: &RequestId) -> Self {
        let mut errors: Vec<_> = faults.into_iter().map(ServerError::from).collect();
        let codes: Vec<_> = errors
            .iter_mut()
            .map(|error| publish(error, request))
            .collect();
        Self::Refused {
            code: codes.first().copied().unwrap_or(Code::Internal),
            errors,
        }
    }

    /// The answer as JSON: `data` in the order of the selection, then `errors`. Without `data` nothing was executed.
    fn to_bytes(&self) -> Vec<u8> {
        let (data, errors) = match self {
            Self::Executed(response) => (Some(&response.data), &response.errors),
            Self::Refused { errors, .. } => (None, errors),
        };
        let mut json = Vec::with_capacity(data.map_or(0, rendered_length) + 256);
        json.push(b'{');
        if let Some(data) = data {
            json.extend_from_slice(b"\"data\":");
            write_value(&mut json, data);
        }
        if !errors.is_empty() {
            if data.is_some() {
                json.push(b',');
            }
            json.extend_from_slice(b"\"errors\":");
            write_json(&mut json, errors);
        }
        json.push(b'}');
        json
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

/// Writes a value of the engine's. Bytes are JSON that was rendered before, and stand as they are.
fn write_value(json: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Binary(rendered) => json.extend_from_slice(rendered),
        Value::Object(fields) => {
            json.push(b'{');
            for (index, (name, value)) in fields.iter().enumerate() {
                if index > 0 {
                    json.push(b',');
                }
                write_json(json, name);
                json.push(b':');
                write_value(json, value);
            }
            json.push(b'}');
        }
        Value::List(items) => {
            json.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    json.push(b',');
                }
                write_value(json, item);
            }
            json.push(b']');
        }
        other => write_json(json, other),
    }
}

/// How many bytes of a value were rendered before.
fn rendered_length(value: &Value) -> usize {
    match value {
        Value::Binary(rendered) => rendered.len(),
        Value::Object(fields) => fields.values().map(rendered_length).sum(),
        _ => 0,
    }
}

fn write_json(json: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(json, value)
        .expect("GraphQL values have string keys and no failing parts");
}
