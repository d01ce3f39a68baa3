//! In which form a client wants its answer.

use axum::http::{HeaderMap, header};
use mime::Mime;

/// The forms in which an answer can be written. The bytes are the same; the meaning of the HTTP status is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ResponseType {
    /// `application/graphql-response+json`: the status tells whether the operation was executed.
    GraphqlResponse,
    /// `application/json`: a well-formed request is answered with 200, whatever came of it.
    Json,
}

impl ResponseType {
    const fn essence(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json",
            Self::Json => "application/json",
        }
    }

    pub(super) const fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    /// The form that the client likes best, if it accepts one at all.
    ///
    /// A client that likes both the same gets the newer one only if it names it: a wildcard is also sent by those that
    /// have never heard of it.
    pub(super) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        if !headers.contains_key(header::ACCEPT) {
            return Some(Self::Json);
        }
        let ranges = accepted(headers);
        let newer = Self::GraphqlResponse.essence();
        let quality = |form: Self| quality(&ranges, form.essence());
        let (new, old) = (quality(Self::GraphqlResponse), quality(Self::Json));
        let named = ranges.iter().any(|range| range.essence_str() == newer);
        if new > old || (named && new == old && new > 0) {
            Some(Self::GraphqlResponse)
        } else if old > 0 {
            Some(Self::Json)
        } else {
            None
        }
    }
}

/// Whether the client names `text/html` among what it accepts, as browsers do when they open a page.
pub(super) fn names_html(headers: &HeaderMap) -> bool {
    accepted(headers)
        .iter()
        .any(|range| range.essence_str() == "text/html" && weight(range) > 0)
}

/// The media ranges of all `Accept` headers; unreadable ones accept nothing.
fn accepted(headers: &HeaderMap) -> Vec<Mime> {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|range| range.trim().parse().ok())
        .collect()
}

/// How much a media type is liked: the weight of the most specific range that covers it.
fn quality(ranges: &[Mime], essence: &str) -> u16 {
    let (kind, _) = essence.split_once('/').unwrap_or_default();
    let specificity = |range: &Mime| match (range.type_().as_str(), range.subtype().as_str()) {
        ("*", "*") => Some(0),
        (range_kind, "*") if range_kind == kind => Some(1),
        _ if range.essence_str() == essence => Some(2),
        _ => None,
    };
    ranges
        .iter()
        .filter_map(|range| Some((specificity(range)?, weight(range))))
        .max()
        .map_or(0, |(_, weight)| weight)
}

/// The `q` of a range in thousandths, 0 if it is no weight.
fn weight(range: &Mime) -> u16 {
    let Some(q) = range.get_param("q") else {
        return 1000;
    };
    match q.as_str().split_once('.').unwrap_or((q.as_str(), "")) {
        ("1", _) => 1000,
        ("0", fraction) => format!("{fraction:0<3.3}").parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ResponseType::{GraphqlResponse, Json};

    #[track_caller]
    fn check(accept: &[&str], expected: Option<ResponseType>) {
        let mut headers = HeaderMap::new();
        for value in accept {
            headers.append(header::ACCEPT, value.parse().unwrap());
        }
        assert_eq!(ResponseType::negotiate(&headers), expected, "{accept:?}");
    }

    #[test]
    fn who_says_nothing_or_anything_gets_json() {
        check(&[], Some(Json));
        check(&["*/*"], Some(Json));
        check(&["application/*"], Some(Json));
        check(
            &["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"],
            Some(Json),
        );
    }

    #[test]
    fn the_newer_form_is_given_to_who_names_it() {
        check(
            &["application/graphql-response+json"],
            Some(GraphqlResponse),
        );
        check(
            &["application/graphql-response+json; charset=utf-8, application/json;q=0.9"],
            Some(GraphqlResponse),
        );
        check(
            &["application/json, application/graphql-response+json"],
            Some(GraphqlResponse),
        );
        check(
            &["application/json", "Application/GraphQL-Response+JSON"],
            Some(GraphqlResponse),
        );
    }

    #[test]
    fn weights_decide_and_the_most_specific_range_counts() {
        check(
            &["application/graphql-response+json;q=0.5, application/json"],
            Some(Json),
        );
        check(
            &["application/graphql-response+json;q=0.5, */*;q=0.1"],
            Some(GraphqlResponse),
        );
        check(&["application/json;q=0, */*"], Some(GraphqlResponse));
        check(&["application/json;q=0.2, */*"], Some(GraphqlResponse));
    }

    #[test]
    fn who_accepts_neither_gets_none() {
        check(&["text/html"], None);
        check(&["text/*, image/png"], None);
        check(&["application/json;q=0"], None);
        check(&["*/*;q=0"], None);
        check(&["nonsense"], None);
    }
}
