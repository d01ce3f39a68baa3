//! A page for trying queries, whole in itself: it loads nothing from anywhere.

use super::negotiation::names_html;
use axum::{
    extract::Request,
    http::{Method, header},
    response::{Html, IntoResponse as _, Response},
};

/// What the page may do: run its own lines and talk to this server.
const POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Whether a browser opens the address, rather than a client asking something of it.
pub(super) fn is_asked_for(request: &Request) -> bool {
    let opens = request.method() == Method::GET && request.uri().query().is_none();
    opens && names_html(request.headers())
}

pub(super) fn page() -> Response {
    (
        [
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
        ],
        Html(include_str!("explorer.html")),
    )
        .into_response()
}
