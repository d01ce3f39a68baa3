//! What becomes of errors, panics and slow resolvers; request ids and the log.

use super::*;
use std::{
    io::{self, Write},
    sync::Mutex,
    time::Duration,
};
use tracing_subscriber::fmt::MakeWriter;

/// A log kept in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// The log of all tests of this process: a subscriber for one thread would miss what another thread met first.
    fn of_everything() -> Self {
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(log.clone());
        tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
        log
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[tokio::test]
async fn a_field_that_fails_leaves_the_others_and_hides_its_cause() {
    let reply = ask("{ hello broken }").await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(
        reply.json(),
        json!({
            "data": { "hello": "你好", "broken": null },
            "errors": [{
                "message": format!(
                    "the server failed to answer this; its log has the cause under request id {NEW_ID}"
                ),
                "locations": [{ "line": 1, "column": 9 }],
                "path": ["broken"],
                "extensions": { "code": "INTERNAL", "requestId": NEW_ID },
            }],
        })
    );
}

#[tokio::test]
async fn a_refusal_keeps_its_words_and_its_code() {
    let reply = ask("{ refusing }").await;
    assert_eq!(reply.code(), "BAD_USER_INPUT");
    assert_eq!(
        reply.json()["errors"][0]["message"],
        "the cursor is not one of ours"
    );
    assert_eq!(reply.json()["data"], json!({ "refusing": null }));
}

#[tokio::test]
async fn an_argument_that_only_its_type_can_refuse_is_the_callers_mistake() {
    let reply = ask("{ even(number: 3) }").await;
    assert_eq!(
        (reply.status.as_u16(), &*reply.code()),
        (200, "BAD_USER_INPUT")
    );
    let executed = reply.json().get("data") == Some(&Value::Null);
    assert!(executed, "{}", reply.text);
}

#[tokio::test]
async fn a_panic_is_an_internal_error_and_the_server_goes_on() {
    let app = app(loopback());
    let reply = ask_of(&app, json!({ "query": "{ panicking }" })).await;
    reply.refused(500, "INTERNAL");
    assert!(!reply.text.contains("mistake"), "{}", reply.text);
    assert_eq!(
        ask_of(&app, json!({ "query": "{ hello }" })).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_cause_is_logged_once_with_the_request_id_and_secrets_never_are() {
    let log = Log::of_everything();
    let secret = Token::new(CLERK).reveal();
    for (id, query) in [
        ("caller-1", "query Marked { broken }"),
        ("caller-2", "query Marked { panicking }"),
    ] {
        let request = post()
            .header("x-request-id", id)
            .header(header::AUTHORIZATION, format!("Bearer {secret}"));
        let request = request.body(body(&json!({ "query": query }))).unwrap();
        send(&app(loopback()), request).await;
    }
    let text = log.text();
    for (id, cause) in [
        ("caller-1", "no such table: secret"),
        ("caller-2", "panicked: a mistake in a resolver"),
    ] {
        let of_request = || text.lines().filter(|line| line.contains(id));
        let failures = of_request().filter(|line| line.contains(cause)).count();
        assert_eq!(failures, 1, "{text}");
        let answers = of_request()
            .filter(|line| line.contains("answered a request"))
            .count();
        assert_eq!(answers, 1, "{text}");
    }
    assert!(
        !text.contains(&secret) && !text.contains("Marked"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_query_that_takes_too_long_is_given_up() {
    let reply = ask("{ endless }").await;
    reply.refused(504, "TIMEOUT");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_never_ends_takes_too_long_too() {
    let endless = futures_util::stream::pending::<Result<String, io::Error>>();
    let request = post().body(Body::from_stream(endless)).unwrap();
    send(&app(loopback()), request)
        .await
        .refused(504, "TIMEOUT");
}

#[tokio::test(start_paused = true)]
async fn a_write_that_takes_too_long_is_finished_all_the_same() {
    let schema = async_graphql::Schema::new(
        schema::Query,
        schema::Mutation::default(),
        async_graphql::EmptySubscription,
    );
    let app = app_of(schema.clone(), loopback());
    let reply = ask_of(&app, json!({ "query": "mutation { slowWrite }" })).await;
    reply.refused(504, "TIMEOUT");
    tokio::time::sleep(Duration::from_mins(1)).await;
    let reply = ask_of(
        &app_of(
            schema,
            Config {
                time_limit: Duration::from_secs(90),
                ..loopback()
            },
        ),
        json!({ "query": "mutation { slowWrite }" }),
    )
    .await;
    assert_eq!(
        reply.json()["data"]["slowWrite"],
        1,
        "the first has been counted"
    );
}

#[tokio::test]
async fn every_response_has_a_request_id_the_callers_own_if_it_is_well_formed() {
    let app = app(loopback());
    let ask = async |id: &str| {
        let request = get("{ requestId }").header("x-request-id", id);
        let reply = send(&app, request.body(Body::empty()).unwrap()).await;
        assert_eq!(
            reply.json()["data"]["requestId"],
            reply.header("x-request-id")
        );
        reply.header("x-request-id").to_owned()
    };
    assert_eq!(ask("trace-1_A.b").await, "trace-1_A.b");
    for ill_formed in ["", "a b", "a\"b", &"x".repeat(65)] {
        assert_eq!(ask(ill_formed).await, NEW_ID.to_string());
    }
    for target in ["/healthz", "/nowhere"] {
        let reply = send(&app, request("GET", target).body(Body::empty()).unwrap()).await;
        assert_eq!(reply.header("x-request-id"), NEW_ID.to_string());
    }
}
