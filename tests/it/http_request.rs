//! Requests to the real graph through the whole edge.

use crate::{
    graph::{Example, PLAN_CODE},
    support::{
        database::TestDatabase,
        edge::{ask, loopback, serve},
    },
};
use serde_json::{Value, json};

#[tokio::test]
async fn lists_within_lists_are_cut_off_where_the_answer_grows_too_large() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let mut config = loopback();
    config.limits.answer = 10_000;
    let address = serve(example.app(config)).await.unwrap();
    let nested = |levels| {
        (0..levels).fold("title".to_owned(), |below, _| {
            format!("sections {{ plan {{ {below} }} }}")
        })
    };
    let document = |levels| {
        format!(
            "{{ register {{ plan(code: \"{PLAN_CODE}\") {{ {} }} }} }}",
            nested(levels)
        )
    };
    let (_, small) = ask(address, &document(2), Value::Null).await;
    assert_eq!(small.get("errors"), None, "{small}");
    let (_, large) = ask(address, &document(12), Value::Null).await;
    assert_eq!(large["errors"].as_array().unwrap().len(), 1);
    let error = &large["errors"][0];
    assert_eq!(error["extensions"]["code"], "LIMIT_EXCEEDED", "{error}");
    assert_eq!(large["data"]["register"]["plan"], Value::Null);
}

#[tokio::test]
async fn one_text_again_and_again_counts_by_its_length() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let mut config = loopback();
    config.limits.answer = 100;
    let address = serve(example.app(config)).await.unwrap();
    let texts = "a: text b: text c: text d: text e: text";
    let document = format!("{{ register {{ documents(first: 1) {{ nodes {{ {texts} }} }} }} }}");
    let (_, answer) = ask(address, &document, Value::Null).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "LIMIT_EXCEEDED");
}

#[tokio::test]
async fn an_argument_whose_variable_is_left_out_has_its_default() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let address = serve(example.app(loopback())).await.unwrap();
    let document = "query($order: TaskOrder, $valid: Valid, $words: String) { register {
        tasks(orderBy: $order, filter: { words: $words }) { totalCount ...Page }
    } }
    fragment Page on TaskConnection { nodes { ... on Task { assignments(valid: $valid) { role } } } }";
    let (status, answer) = ask(address, document, json!({})).await;
    assert_eq!((status, answer.get("errors")), (200, None), "{answer}");
    assert_eq!(answer["data"]["register"]["tasks"]["totalCount"], 13);
    let (status, answer) = ask(address, document, json!({ "order": null })).await;
    // Null is no order, and only the field can know that.
    assert_eq!((status, &answer["data"]), (200, &Value::Null), "{answer}");
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(answer["errors"][0]["path"], json!(["register", "tasks"]));
}

#[tokio::test]
async fn fragments_on_interfaces_and_types_meet_in_one_object_and_directives_take_defaults() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let address = serve(example.app(loopback())).await.unwrap();
    let document = "query($code: String!, $yes: Boolean! = true, $no: Boolean! = false) { register {
        place(code: $code) { ...Named parties {
            __typename
            ... on Node { key }
            ... on District { divisionCode above: parent { ...Named ... on District { divisionCode } } }
            ... on Party @include(if: $yes) { called: name kind @skip(if: $no) names @include(if: $no) { text } }
            ... on Enterprise { name }
        } }
    } }
    fragment Named on Node { key ... on Place { level } ... on Party { name } }";
    let (status, answer) = ask(address, document, json!({ "code": "120101" })).await;
    assert_eq!((status, answer.get("errors")), (200, None), "{answer}");
    let place = &answer["data"]["register"]["place"];
    assert_eq!(place["level"], "DISTRICT");
    let party = place["parties"][0].as_object().unwrap();
    let fields: Vec<_> = party.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "__typename",
            "above",
            "called",
            "divisionCode",
            "key",
            "kind"
        ]
    );
    assert_eq!(party["above"]["name"], "天津市人民政府");
}
