//! What a supervisor asks: is the process up, and can it answer.

use super::{Services, request_id::RequestId, response::Answer};
use crate::error::{Code, Fault};
use axum::{
    Extension,
    extract::{RawQuery, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};

/// `/healthz`: whoever can answer this is up.
pub(super) async fn alive() -> &'static str {
    "up\n"
}

/// Whether requests can be answered now. The words are for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// As they should be.
    Ready,
    /// Reads are answered with what is known; why no more than that, and since when.
    Degraded(String),
    /// Not at all, and why.
    NotReady(String),
}

/// `/readyz`: 200 where reads are answered, or 503 and the reason.
///
/// A node that is cut off from its database stays in service and says so: the database is the same for all nodes, and
/// when it is away for all of them, taking them out one by one would turn "no writes for the moment" into "no answers".
/// `/readyz?strict` is for balancers that had rather not send anything to such a node while others are in step: there it
/// is 503.
pub(super) async fn ready(State(services): State<Services>, RawQuery(query): RawQuery) -> Response {
    let strict = query.is_some_and(|query| query.split('&').any(|part| part == "strict"));
    match (services.readiness)() {
        Readiness::Ready => "ready\n".into_response(),
        Readiness::Degraded(reason) => {
            let status = if strict {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::OK
            };
            (status, format!("degraded: {reason}\n")).into_response()
        }
        Readiness::NotReady(reason) => {
            (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")).into_response()
        }
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
