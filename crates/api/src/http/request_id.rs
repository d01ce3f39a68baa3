//! One id for each request, in the log, in every response and in what callers quote when they ask for help.

use super::Services;
use axum::{
    extract::Request,
    http::{HeaderName, HeaderValue},
    response::Response,
};
use std::{fmt, sync::Arc, time::Instant};
use tracing::Instrument as _;
use uuid::Uuid;

pub(super) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const LONGEST: usize = 64;

/// The id of a request: the caller's own where it is well-formed, else a new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// Takes the caller's id if it is 1 to 64 letters, digits, dots, dashes and underscores, which can do no harm in a
    /// log or in a header.
    fn from_caller(value: &HeaderValue) -> Option<Self> {
        let id = value.to_str().ok()?;
        let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let well_formed = (1..=LONGEST).contains(&id.len()) && id.bytes().all(harmless);
        well_formed.then(|| Self(id.into()))
    }
}

impl From<Uuid> for RequestId {
    fn from(id: Uuid) -> Self {
        Self(id.to_string().into())
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives a request its id, repeats it in the response and logs the two as one line: at level `info` what was refused or
/// failed, at `debug` what went well, because such a line costs as much as a small answer. Neither the query string nor
/// the body is logged.
pub(super) async fn tag<F: Future<Output = Response>>(
    services: &Services,
    mut request: Request,
    respond: impl FnOnce(Request, RequestId) -> F,
) -> Response {
    let id = request
        .headers()
        .get(HEADER)
        .and_then(RequestId::from_caller)
        .unwrap_or_else(|| (services.new_request_id)().into());
    let span = tracing::debug_span!(
        "http.request",
        request.id = %id,
        http.method = %request.method(),
        http.path = request.uri().path(),
    );
    let value = HeaderValue::from_str(&id.0).expect("an id consists of header characters");
    request.extensions_mut().insert(id.clone());
    async {
        let begun = Instant::now();
        let mut response = respond(request, id.clone()).await;
        response.headers_mut().insert(HEADER, value);
        let status = response.status();
        let (status_code, milliseconds) = (status.as_u16(), begun.elapsed().as_millis() as u64);
        if status.is_success() {
            tracing::debug!(
                http.status = status_code,
                http.milliseconds = milliseconds,
                "answered a request"
            );
        } else {
            tracing::info!(
                request.id = %id,
                http.status = status_code,
                http.milliseconds = milliseconds,
                "answered a request"
            );
        }
        response
    }
    .instrument(span)
    .await
}
