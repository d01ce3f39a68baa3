//! Answers and their one writer, whatever the transport.

use super::{negotiation::ResponseType, request_id::RequestId};
use crate::{
    error::{Code, Fault, publish},
    render::{Written, errors_alone},
};
use async_graphql::{ServerError, Value};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

/// How many mistakes in one document are told; a small document can hold thousands.
const MOST_ERRORS: usize = 20;

/// What a request is answered with.
pub(super) enum Answer {
    /// The operation was executed, perhaps with errors in some fields.
    Executed(Written),
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
        let of_request = |error: &ServerError| error.path.is_empty();
        if response.data == Value::Null
            && !response.errors.is_empty()
            && response.errors.iter().all(of_request)
        {
            response.errors.truncate(MOST_ERRORS);
            return Self::of_errors(response.errors, request);
        }
        let written = Written::from_engine(&response.data, response.errors);
        Self::written(written, request)
    }

    /// What an operation that was executed is answered with, its errors made ready for the caller.
    pub(super) fn written(mut written: Written, request: &RequestId) -> Self {
        for error in &mut written.errors {
            publish(error, request);
        }
        Self::Executed(written)
    }

    /// The answer to a request that was stopped by faults, of which there is at least one.
    pub(super) fn refused(faults: Vec<Fault>, request: &RequestId) -> Self {
        Self::of_errors(faults.into_iter().map(ServerError::from).collect(), request)
    }

    fn of_errors(mut errors: Vec<ServerError>, request: &RequestId) -> Self {
        let codes: Vec<_> = errors
            .iter_mut()
            .map(|error| publish(error, request))
            .collect();
        Self::Refused {
            code: codes.first().copied().unwrap_or(Code::Internal),
            errors,
        }
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
        let status = self.status(media_type);
        let (code, json) = match self {
            Self::Executed(written) => (None, written.into_json()),
            Self::Refused { code, errors } => (Some(code), errors_alone(&errors)),
        };
        let mut response = (status, json).into_response();
        let headers = response.headers_mut();
        let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
        set(header::CONTENT_TYPE, media_type.content_type());
        set(header::CACHE_CONTROL, "no-store");
        set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        match code {
            Some(Code::MethodNotAllowed) => {
                set(header::ALLOW, "GET, HEAD, POST");
            }
            Some(Code::Unauthenticated) => {
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
