//! The two clocks in the graph.

use super::Example;
use crate::support::database::TestDatabase;
use serde_json::{Value, json};

const FIRST_TASK: &str = "query($on: Date, $seq: Seq) {
    register(validOn: $on, knownSeq: $seq) { tasks(first: 1, filter: { valid: ANY }) { nodes { id key } } }
}";

async fn first_task(example: &Example, variables: Value) -> (String, String) {
    let data = example.data(FIRST_TASK, variables).await;
    let task = &data["register"]["tasks"]["nodes"][0];
    let text = |field: &str| task[field].as_str().unwrap().to_owned();
    (text("id"), text("key"))
}

#[tokio::test]
async fn ids_read_at_a_named_time_carry_it_and_keys_do_not() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let (now, key) = first_task(&example, json!({})).await;
    let (then, same_key) = first_task(&example, json!({ "on": "2024-01-01" })).await;
    let (pinned, _) = first_task(&example, json!({ "on": "2024-01-01", "seq": 2 })).await;
    assert_eq!(key, same_key);
    assert!(now != then && then != pinned && now != pinned);
    for id in [now, then, pinned] {
        let node = example
            .data(
                "query($id: ID!) { node(id: $id) { id key } }",
                json!({ "id": id }),
            )
            .await;
        assert_eq!(
            node,
            json!({ "node": { "id": id, "key": key } }),
            "an id refetches itself"
        );
    }
}

#[tokio::test]
async fn a_thing_tells_what_was_known_of_it_when_and_who_wrote_that() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let document = "{ register { tasks(first: 1) { nodes { key title history {
        since until value changeset { seq action } } } } } }";
    let data = example.data(document, Value::Null).await;
    let task = &data["register"]["tasks"]["nodes"][0];
    let history = task["history"].as_array().unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(
        (&history[0]["since"], &history[0]["until"]),
        (&json!(2), &Value::Null)
    );
    assert_eq!(history[0]["value"]["title"], task["title"]);
    assert_eq!(
        history[0]["changeset"],
        json!({ "seq": 2, "action": "plan.accepted" })
    );
}

#[tokio::test]
async fn before_the_plan_was_known_there_was_none() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let count = |seq: u32| {
        let example = &example;
        async move {
            let document = "query($seq: Seq) { register(knownSeq: $seq) { plans { totalCount } } }";
            example.data(document, json!({ "seq": seq })).await["register"]["plans"]["totalCount"]
                .clone()
        }
    };
    assert_eq!(
        (count(0).await, count(1).await, count(2).await),
        (json!(0), json!(0), json!(1))
    );
}

#[tokio::test]
async fn an_instant_answers_from_the_last_changeset_before_it() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let changes = example
        .data(
            "{ register { changes { nodes { seq recordedAt } } } }",
            Value::Null,
        )
        .await;
    for changeset in changes["register"]["changes"]["nodes"].as_array().unwrap() {
        let document = "query($at: DateTime) { register(knownAt: $at) { asOf { seq knownAt } } }";
        let as_of = example
            .data(document, json!({ "at": changeset["recordedAt"] }))
            .await;
        assert_eq!(
            as_of["register"]["asOf"],
            json!({ "seq": changeset["seq"], "knownAt": changeset["recordedAt"] })
        );
    }
    let document = "{ register(knownAt: \"2001-01-01T00:00:00Z\") { asOf { seq knownAt } plans { totalCount } } }";
    let before = example.data(document, Value::Null).await;
    assert_eq!(
        before["register"],
        json!({ "asOf": { "seq": 0, "knownAt": null }, "plans": { "totalCount": 0 } })
    );
}

#[tokio::test]
async fn before_its_day_of_issue_nothing_of_the_plan_is_valid() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let document = "query($on: Date) { register(validOn: $on) {
        tasks { totalCount } any: tasks(filter: { valid: ANY }) { totalCount }
    } }";
    let before = example.data(document, json!({ "on": "2023-02-14" })).await;
    let from = example.data(document, json!({ "on": "2023-02-15" })).await;
    assert_eq!(before["register"]["tasks"]["totalCount"], 0);
    assert_eq!(before["register"]["any"], from["register"]["tasks"]);
}

#[tokio::test]
async fn times_that_make_no_sense_are_answered_with_what_to_do() {
    let example = Example::new(TestDatabase::sqlite()).await;
    for (arguments, message) in [
        (
            "knownSeq: 9",
            "knownSeq lies past the register's last changeset, which is 2",
        ),
        (
            "knownSeq: 1, knownAt: \"2024-01-01T00:00:00Z\"",
            "knownAt and knownSeq exclude each other: give one of them",
        ),
        (
            "code: \"elsewhere\"",
            "there is no register \"elsewhere\"; there is test",
        ),
    ] {
        assert_eq!(
            example
                .error(&format!("{{ register({arguments}) {{ code }} }}"))
                .await,
            message
        );
    }
    for (arguments, message) in [
        ("validOn: \"2024-02-30\"", "written YYYY-MM-DD"),
        ("validOn: \"30.6.2024\"", "written YYYY-MM-DD"),
        ("knownAt: \"yesterday\"", "for example 2024-06-30T12:00:00Z"),
        ("knownSeq: -1", "a seq is an integer from 0 to 2^53 - 1"),
    ] {
        let got = example
            .error(&format!("{{ register({arguments}) {{ code }} }}"))
            .await;
        assert!(got.contains(message), "{arguments}: {got}");
    }
}
