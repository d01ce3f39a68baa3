//! What a supervisor asks: is the process up, and can it answer.

use super::{Services, request_id::RequestId, response::Answer};
use crate::error::{Code, Fault};
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

/// `/healthz`: whoever can answer this is up.
pub(super) async fn alive() -> &'static str {
    "up\n"
}

/// `/readyz`: 200, or 503 and the reason.
pub(super) async fn ready(State(services): State<Services>) -> Response {
    match (services.readiness)() {
        Ok(()) => "ready\n".into_response(),
        Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")).into_response(),
    }
}

/// Every other address.
pub(super) async fn nothing_here(Extension(id): Extension<RequestId>) -> Response {
    let fault = Fault::new(
        Code::NotFound,
        "nothing is served here; the graph is at /graphql",
    );
    Answer::refused(vec![fault], &id).into_json()
}
