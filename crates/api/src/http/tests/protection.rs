//! Who may ask, from where, and what foreign web pages cannot do.

use super::*;

fn token_only() -> Config {
    Config::new(Access::TokenOnly)
}

async fn ask_as(config: Config, authorization: Option<&str>) -> Reply {
    let mut request = post();
    if let Some(authorization) = authorization {
        request = request.header(header::AUTHORIZATION, authorization);
    }
    let parameters = json!({ "query": "{ actor }" });
    send(&app(config), request.body(body(&parameters)).unwrap()).await
}

#[tokio::test]
async fn on_loopback_who_shows_no_token_is_the_local_subject() {
    let reply = ask_as(loopback(), None).await;
    assert_eq!(reply.json()["data"]["actor"], "local:tester by Local");
}

#[tokio::test]
async fn who_shows_a_token_is_the_tokens_subject_everywhere() {
    let credentials = format!("bearer {}", Token::new(CLERK).reveal());
    for config in [loopback(), token_only()] {
        let reply = ask_as(config, Some(&credentials)).await;
        assert_eq!(reply.json()["data"]["actor"], "clerk by Token");
    }
}

#[tokio::test]
async fn beyond_loopback_a_token_is_needed() {
    let reply = ask_as(token_only(), None).await;
    reply.refused(401, "UNAUTHENTICATED");
    assert_eq!(reply.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn a_token_that_is_not_valid_is_refused_even_where_none_is_needed() {
    let unknown = format!("Bearer {}", Token::new([3; 32]).reveal());
    let revoked = format!("Bearer {}", Token::new(LEFT).reveal());
    for credentials in [
        &*unknown,
        &*revoked,
        "Bearer remit_",
        "Bearer",
        "Basic YTpi",
        "",
    ] {
        for config in [loopback(), token_only()] {
            let reply = ask_as(config, Some(credentials)).await;
            reply.refused(401, "UNAUTHENTICATED");
        }
    }
}

#[tokio::test]
async fn when_tokens_cannot_be_looked_up_nobody_is_let_in() {
    let credentials = format!("Bearer {}", Token::new([9; 32]).reveal());
    let reply = ask_as(loopback(), Some(&credentials)).await;
    reply.refused(503, "UNAVAILABLE");
    assert!(!reply.text.contains("table"), "{}", reply.text);
}

#[tokio::test]
async fn a_request_for_a_foreign_host_is_refused_at_every_address() {
    for target in ["/graphql?query={hello}", "/healthz", "/nowhere"] {
        let request = Request::get(target).header(header::HOST, "rebound.example:8080");
        let reply = send(&app(loopback()), request.body(Body::empty()).unwrap()).await;
        reply.refused(421, "HOST_REFUSED");
    }
    let nameless = Request::get("/healthz").body(Body::empty()).unwrap();
    send(&app(loopback()), nameless)
        .await
        .refused(421, "HOST_REFUSED");
}

#[tokio::test]
async fn a_host_that_was_named_is_answered() {
    let config = Config {
        allowed_hosts: vec!["remit.example".to_owned()],
        ..loopback()
    };
    let request = Request::get("/healthz").header(header::HOST, "remit.example");
    let reply = send(&app(config), request.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, StatusCode::OK);
}

fn preflight(origin: &str) -> Request<Body> {
    request("OPTIONS", "/graphql")
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type")
        .body(Body::empty())
        .unwrap()
}

#[tokio::test]
async fn foreign_web_pages_are_not_let_in_unless_their_origin_is_named() {
    let origin = "https://plans.example";
    let reply = send(&app(loopback()), preflight(origin)).await;
    assert!(!reply.headers.contains_key("access-control-allow-origin"));
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);

    let named = app(Config {
        cors_origins: vec![origin.parse().unwrap()],
        ..loopback()
    });
    let reply = send(&named, preflight(origin)).await;
    assert_eq!(reply.header("access-control-allow-origin"), origin);
    assert!(
        reply
            .header("access-control-allow-headers")
            .contains("graphql-preflight")
    );
    let reply = send(&named, preflight("https://other.example")).await;
    assert!(!reply.headers.contains_key("access-control-allow-origin"));

    let asking = post().header(header::ORIGIN, origin);
    let reply = send(
        &named,
        asking.body(body(&json!({ "query": "{ hello }" }))).unwrap(),
    )
    .await;
    assert_eq!(reply.header("access-control-allow-origin"), origin);
    assert_eq!(
        reply.header("access-control-expose-headers"),
        "x-request-id"
    );
}

#[tokio::test]
async fn a_form_on_a_foreign_web_page_cannot_write() {
    let write = r#"{"query":"mutation { write }"}"#;
    for content_type in ["text/plain", "application/x-www-form-urlencoded"] {
        let request = request("POST", "/graphql").header(header::CONTENT_TYPE, content_type);
        let reply = send(&app(loopback()), request.body(Body::from(write)).unwrap()).await;
        reply.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    }
}

#[tokio::test]
async fn answers_are_not_stored_on_the_way_nor_taken_for_something_else() {
    let reply = ask("{ hello }").await;
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}
