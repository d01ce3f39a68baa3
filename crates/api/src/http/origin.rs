//! Web pages of other origins that may read answers.

use super::{multipart, request_id};
use axum::http::{HeaderValue, Method, Uri, header};
use std::{fmt, str::FromStr, time::Duration};
use tower_http::cors::{AllowOrigin, CorsLayer};

/// The origin of a web page: scheme, host and, unless it is the scheme's own, port, such as `https://plans.example`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(HeaderValue);

/// A text that is no origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an origin such as https://plans.example or http://localhost:5173")]
pub struct NotAnOrigin(pub String);

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let uri: Uri = text.parse().ok()?;
            let scheme = uri
                .scheme_str()
                .filter(|s| matches!(*s, "http" | "https"))?;
            // Browsers send lower case and nothing after the port; anything else would never match.
            let origin = format!("{scheme}://{}", uri.authority()?).to_ascii_lowercase();
            let whole = origin == text && !origin.contains('@');
            whole.then(|| HeaderValue::from_str(text).ok())?.map(Self)
        };
        read().ok_or_else(|| NotAnOrigin(text.to_owned()))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.to_str().expect("an origin is made from a str"))
    }
}

/// The layer that answers browsers on behalf of these origins; without any there is none, and browsers keep answers
/// from all other pages.
pub(super) fn cors(origins: &[Origin]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let origins = origins.iter().map(|origin| origin.0.clone());
    let layer = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(
            [
                header::ACCEPT,
                header::AUTHORIZATION,
                header::CONTENT_TYPE,
                request_id::HEADER,
            ]
            .into_iter()
            .chain(multipart::PREFLIGHT_HEADERS)
            .collect::<Vec<_>>(),
        )
        .expose_headers([request_id::HEADER])
        .max_age(Duration::from_mins(10));
    Some(layer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_a_host_and_perhaps_a_port() {
        for text in [
            "https://plans.example",
            "http://localhost:5173",
            "http://[::1]:8080",
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().to_string(), text);
        }
        for text in [
            "*",
            "null",
            "plans.example",
            "https://plans.example/",
            "https://plans.example/app",
            "https://Plans.example",
            "ftp://plans.example",
            "https://user@plans.example",
            "",
        ] {
            assert_eq!(
                text.parse::<Origin>(),
                Err(NotAnOrigin(text.to_owned())),
                "{text}"
            );
        }
    }
}
