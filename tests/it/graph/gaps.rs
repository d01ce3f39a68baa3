//! What would close a gap closes it.

use super::{Example, PLAN_CODE};
use crate::support::database::TestDatabase;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The gaps of the example's plan: by kind and what closes them, the first of each.
async fn gaps(example: &Example) -> Vec<Value> {
    let document = format!(
        "{{ register {{ plan(code: {PLAN_CODE:?}) {{ id gaps {{ list(first: 1000) {{
            kind task {{ id }} clause {{ id }} target {{ id }} assignment {{ party {{ id }} }} remedy {{ mutation }}
        }} }} }} }} }}"
    );
    let mut data = example.data(&document, Value::Null).await;
    let plan = &mut data["register"]["plan"];
    let mut gaps = plan["gaps"]["list"].as_array().unwrap().clone();
    for gap in &mut gaps {
        gap["plan"] = plan["id"].clone();
    }
    gaps
}

#[tokio::test]
async fn every_gap_of_the_example_is_closed_by_the_mutation_that_it_names() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let parties = example
        .data(
            "{ register { parties(first: 1) { nodes { id } } } }",
            Value::Null,
        )
        .await;
    let party = &parties["register"]["parties"]["nodes"][0]["id"];
    let mut firsts = BTreeMap::new();
    for gap in gaps(&example).await {
        let way = (
            gap["kind"].to_string(),
            gap["remedy"]["mutation"].to_string(),
        );
        firsts.entry(way).or_insert(gap);
    }
    assert!(firsts.len() > 3, "{firsts:?}");
    for gap in firsts.into_values() {
        let mutation = gap["remedy"]["mutation"].as_str().unwrap();
        let input = match mutation {
            "designateLead" => json!({ "task": gap["task"]["id"], "party": party }),
            "assign" => json!({ "task": gap["task"]["id"], "party": party, "role": "RESPONSIBLE" }),
            "setDeadline" => json!({
                "subject": gap["task"]["id"], "due": { "text": "2025年底前", "date": "2025" },
            }),
            "correctPlan" => json!({ "plan": gap["plan"], "owner": party }),
            "addName" => {
                json!({ "party": gap["assignment"]["party"]["id"], "text": "全称", "kind": "OFFICIAL" })
            }
            // A person reads it again; the same text accepted as it was read says it as surely as before.
            "reviewDocument" => continue,
            other => panic!("nobody says how {other} closes {gap}"),
        };
        let name = mutation[..1].to_uppercase() + &mutation[1..];
        let document = format!(
            "mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ userErrors {{ message }} }} }}"
        );
        let done = example.data(&document, json!({ "input": input })).await;
        assert_eq!(done[mutation]["userErrors"], json!([]), "{gap}");
        assert!(!gaps(&example).await.contains(&gap), "{gap}");
    }
}
