//! What is found out about a document before the engine sees it.

use super::*;
use async_graphql::{Data, Response};
use futures_util::stream::BoxStream;
use std::sync::atomic::{AtomicUsize, Ordering};

/// An engine that only counts what reaches it.
#[derive(Clone, Default)]
struct Counting(Arc<AtomicUsize>);

impl Executor for Counting {
    async fn execute(&self, _: async_graphql::Request) -> Response {
        self.0.fetch_add(1, Ordering::Relaxed);
        Response::new(async_graphql::Value::Null)
    }

    fn execute_stream(
        &self,
        _: async_graphql::Request,
        _: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        Box::pin(futures_util::stream::empty())
    }
}

#[tokio::test]
async fn a_document_beyond_the_limits_never_reaches_the_engine() {
    let engine = Counting::default();
    let app = app_of(engine.clone(), loopback());
    let bomb = crate::limits::tests::doubling(30);
    ask_of(&app, json!({ "query": bomb }))
        .await
        .refused(400, "LIMIT_EXCEEDED");
    assert_eq!(engine.0.load(Ordering::Relaxed), 0);
    ask_of(&app, json!({ "query": "{ hello }" })).await;
    assert_eq!(engine.0.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn an_error_points_to_its_place_in_the_document() {
    let reply = ask("{\n  hello(\n}").await;
    reply.refused(400, "GRAPHQL_PARSE_FAILED");
    let error = &reply.json()["errors"][0];
    assert_eq!(error["locations"], json!([{ "line": 3, "column": 1 }]));
    assert_eq!(error["message"], "not GraphQL: expected name");
    let reply = ask("{\n  nothing\n}").await;
    assert_eq!(
        reply.json()["errors"][0]["locations"],
        json!([{ "line": 2, "column": 3 }])
    );
}

#[tokio::test]
async fn several_validation_errors_each_have_their_code() {
    let reply = ask("{ nothing nought }").await;
    let body = reply.json();
    let codes: Vec<_> = body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["extensions"]["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["GRAPHQL_VALIDATION_FAILED"; 2]);
}

#[tokio::test]
async fn of_very_many_mistakes_the_first_are_told() {
    let reply = ask(&format!("{{ item {{ {} }} }}", "nothing ".repeat(1_000))).await;
    assert_eq!(reply.json()["errors"].as_array().unwrap().len(), 20);
}

#[tokio::test]
async fn the_operation_is_chosen_by_its_name() {
    let app = app(loopback());
    let ask = async |query: &str, name: Value| {
        ask_of(&app, json!({ "query": query, "operationName": name })).await
    };
    let two = "query A { hello } query B { __typename }";
    let reply = ask(two, json!("B")).await;
    assert_eq!(reply.json(), json!({ "data": { "__typename": "Query" } }));
    assert_eq!(
        ask("query A { hello }", Value::Null).await.status,
        StatusCode::OK
    );
    ask(two, json!("C"))
        .await
        .refused(400, "OPERATION_NOT_FOUND");
    ask(two, Value::Null)
        .await
        .refused(400, "OPERATION_NOT_FOUND");
    ask("{ hello }", json!("A"))
        .await
        .refused(400, "OPERATION_NOT_FOUND");
}

#[tokio::test]
async fn a_variable_that_is_left_out_has_its_default_even_in_a_directive() {
    let query =
        "query ($yes: Boolean! = true, $n: Even = 6) { even(number: $n) hello @include(if: $yes) }";
    let app = app(loopback());
    let reply = ask_of(&app, json!({ "query": query })).await;
    assert_eq!(
        reply.json(),
        json!({ "data": { "even": 6, "hello": "你好" } })
    );
    let reply = ask_of(
        &app,
        json!({ "query": query, "variables": { "yes": false, "n": 2 } }),
    )
    .await;
    assert_eq!(reply.json(), json!({ "data": { "even": 2 } }));
}

#[tokio::test]
async fn a_variable_that_must_have_a_value_is_named_if_it_has_none() {
    let app = app(loopback());
    for variables in [json!({}), json!({ "n": null })] {
        let query = "query ($n: Even!) { even(number: $n) }";
        let reply = ask_of(&app, json!({ "query": query, "variables": variables })).await;
        reply.refused(400, "BAD_USER_INPUT");
        assert_eq!(
            reply.json()["errors"][0]["message"],
            "variable $n of type Even! must have a value"
        );
    }
}

#[tokio::test]
async fn the_schema_is_shown_unless_that_is_switched_off() {
    let asking = "{ __type(name: \"Query\") { name } }";
    assert_eq!(ask(asking).await.status, StatusCode::OK);
    let off = app(Config {
        introspection: false,
        ..loopback()
    });
    ask_of(&off, json!({ "query": asking }))
        .await
        .refused(400, "INTROSPECTION_DISABLED");
    let reply = ask_of(&off, json!({ "query": "{ __typename }" })).await;
    assert_eq!(reply.status, StatusCode::OK);
}
