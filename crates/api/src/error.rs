//! What callers are told when something goes wrong: the one place that decides public codes.
//!
//! A resolver returns a [`Fault`]; any other error that reaches the answer is taken for our own failure and hidden. To
//! give another crate's error a code, write `From` for it here.

use crate::http::RequestId;
use async_graphql::{Pos, ServerError};
use axum::http::StatusCode;
use domain::{matrix::BadMatrix, page::BadPage};
use std::{error::Error, fmt, sync::Arc};
use store::StoreError;

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal, $status:ident;)*) => {
        /// The public code of an error, `extensions.code` in an answer. Codes never change their meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// The code as clients see it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => $name,)* }
            }

            /// The HTTP status of an answer that consists of this error alone.
            pub(crate) const fn status(self) -> StatusCode {
                match self { $(Self::$code => StatusCode::$status,)* }
            }
        }
    };
}

codes! {
    /// The document is not GraphQL.
    ParseFailed = "GRAPHQL_PARSE_FAILED", BAD_REQUEST;
    /// The document does not fit the schema.
    ValidationFailed = "GRAPHQL_VALIDATION_FAILED", BAD_REQUEST;
    /// The document has no operation of the name asked for, or several and no name was given.
    OperationNotFound = "OPERATION_NOT_FOUND", BAD_REQUEST;
    /// The operation is of a kind that this transport does not carry.
    OperationNotSupported = "OPERATION_NOT_SUPPORTED", BAD_REQUEST;
    /// The server does not show its schema.
    IntrospectionDisabled = "INTROSPECTION_DISABLED", BAD_REQUEST;
    /// The document asks for more than one request may.
    LimitExceeded = "LIMIT_EXCEEDED", BAD_REQUEST;
    /// A variable or an argument has a value that cannot be used.
    BadUserInput = "BAD_USER_INPUT", BAD_REQUEST;
    /// The HTTP request is not well-formed GraphQL over HTTP.
    BadRequest = "BAD_REQUEST", BAD_REQUEST;
    /// An upload came without the header that shows that no foreign web page sent it.
    PreflightRequired = "PREFLIGHT_REQUIRED", BAD_REQUEST;
    /// The request carries no valid token.
    Unauthenticated = "UNAUTHENTICATED", UNAUTHORIZED;
    /// Nothing is served at this address.
    NotFound = "NOT_FOUND", NOT_FOUND;
    /// The address is not served with this method.
    MethodNotAllowed = "METHOD_NOT_ALLOWED", METHOD_NOT_ALLOWED;
    /// The client accepts no form in which an answer can be written.
    NotAcceptable = "NOT_ACCEPTABLE", NOT_ACCEPTABLE;
    /// The body is larger than allowed.
    PayloadTooLarge = "PAYLOAD_TOO_LARGE", PAYLOAD_TOO_LARGE;
    /// The body is in a form that is not read.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", UNSUPPORTED_MEDIA_TYPE;
    /// The request names a host that this server does not answer for.
    HostRefused = "HOST_REFUSED", MISDIRECTED_REQUEST;
    /// The answer took too long.
    Timeout = "TIMEOUT", GATEWAY_TIMEOUT;
    /// Something that the server needs is away for the moment.
    Unavailable = "UNAVAILABLE", SERVICE_UNAVAILABLE;
    /// A mistake of the server's own.
    Internal = "INTERNAL", INTERNAL_SERVER_ERROR;
}

impl Code {
    /// Whether the HTTP request was in order and only what it asks for is not.
    ///
    /// Clients that accept nothing but `application/json` expect status 200 for these.
    pub(crate) const fn concerns_operation(self) -> bool {
        matches!(
            self,
            Self::ParseFailed
                | Self::ValidationFailed
                | Self::OperationNotFound
                | Self::OperationNotSupported
                | Self::IntrospectionDisabled
                | Self::LimitExceeded
                | Self::BadUserInput
        )
    }
}

/// An error worded for the caller, with the cause that only the log sees.
#[derive(Clone, Debug)]
pub struct Fault {
    code: Code,
    message: String,
    position: Option<Pos>,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl Fault {
    /// A fault that the caller can mend; the message says how.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            position: None,
            cause: None,
        }
    }

    /// A mistake of the server's own. The caller is told nothing but the request's id.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Code::Internal, "").because(cause)
    }

    /// Points to the place in the document.
    #[must_use]
    pub fn at(mut self, position: Pos) -> Self {
        self.position = Some(position);
        self
    }

    /// Adds what led to it, for the log.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into().into());
        self
    }

    /// The public code.
    pub fn code(&self) -> Code {
        self.code
    }
}

// Not `std::error::Error`: the engine turns whatever can be displayed into its own error and keeps it as the source,
// which is how `publish` finds it again.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<Fault> for ServerError {
    fn from(fault: Fault) -> Self {
        let mut error = Self::new(fault.message.clone(), fault.position);
        error.source = Some(Arc::new(fault));
        error
    }
}

impl From<BadPage> for Fault {
    fn from(bad: BadPage) -> Self {
        Self::new(Code::BadUserInput, bad.to_string())
    }
}

impl From<BadMatrix> for Fault {
    fn from(bad: BadMatrix) -> Self {
        match bad {
            BadMatrix::Page(bad) => bad.into(),
            BadMatrix::TooLarge { .. } => Self::new(Code::LimitExceeded, bad.to_string()),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy(_)
            | StoreError::Unavailable(_)
            | StoreError::Unsettled(_)
            | StoreError::WentBack { .. }
            | StoreError::OtherHistory { .. }
            | StoreError::Full(_)
            | StoreError::ReadOnly(_) => {
                Self::new(Code::Unavailable, error.to_string()).because(error)
            }
            error => Self::internal(error),
        }
    }
}

/// Makes an error ready for the caller: gives it its code, logs its cause and hides what is not the caller's to know.
pub(crate) fn publish(error: &mut ServerError, request: &RequestId) -> Code {
    let code = code_of(error);
    let cause = error
        .source::<Fault>()
        .and_then(|fault| fault.cause.as_deref());
    if let Some(cause) = cause {
        tracing::error!(request.id = %request, error.code = code.as_str(), error.cause = %Chain(cause), "a request failed");
    } else if code == Code::Internal {
        tracing::error!(request.id = %request, error.code = code.as_str(), error.cause = error.message, "a request failed");
    }
    let extensions = error.extensions.get_or_insert_default();
    if code == Code::Internal {
        error.message = format!(
            "the server failed to answer this; its log has the cause under request id {request}"
        );
        extensions.set("requestId", request.to_string());
    }
    extensions.set("code", code.as_str());
    error.source = None;
    code
}

/// What an error says to whoever runs the program: its cause, which a caller is not told.
pub(crate) fn plainly(error: &ServerError) -> String {
    let fault = error.source::<Fault>();
    match fault.and_then(|fault| fault.cause.as_deref()) {
        Some(cause) => Chain(cause).to_string(),
        None => error.message.clone(),
    }
}

fn code_of(error: &ServerError) -> Code {
    match (error.source::<Fault>(), &error.source) {
        (Some(fault), _) => fault.code,
        (None, Some(_)) => Code::Internal,
        // What is left was found by the engine itself, which gives no source. Before it executes anything it validates,
        // and these errors have no path; later all that it can find wrong by itself is the value of an argument.
        (None, None) if error.path.is_empty() => Code::ValidationFailed,
        (None, None) => Code::BadUserInput,
    }
}

/// An error and everything that led to it.
struct Chain<'a>(&'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(error) = next {
            write!(f, ": {error}")?;
            next = error.source();
        }
        Ok(())
    }
}
