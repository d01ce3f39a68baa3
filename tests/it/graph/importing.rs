//! Importing a document over the graph.

use super::{Example, PLAN, actor};
use crate::support::database::{TestDatabase, on_both};
use api::import::{Signature, import_directory};
use serde_json::{Value, json};

const IMPORT: &str = include_str!("../../../schema/operations/import-document.graphql");

async fn import(example: &Example, input: Value) -> Value {
    example.data(IMPORT, json!({ "input": input })).await["importDocument"].take()
}

async fn head(example: &Example) -> Value {
    example
        .data("{ register { asOf { seq } } }", Value::Null)
        .await["register"]["asOf"]["seq"]
        .take()
}

#[tokio::test]
async fn a_document_is_read_and_accepted_in_one_changeset_and_the_same_bytes_change_nothing() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let first = import(&example, json!({ "text": PLAN, "code": "p" })).await;
        assert_eq!(first["userErrors"], json!([]));
        assert_eq!(
            first["changeset"],
            json!({ "seq": 1, "action": "plan.accepted", "actor": { "subject": "local:tester" } })
        );
        assert_eq!(first["plan"]["code"], "p");
        let again = import(&example, json!({ "text": PLAN, "code": "p" })).await;
        assert_eq!(
            (&again["changeset"], &again["changeCount"]),
            (&Value::Null, &json!(0))
        );
        assert_eq!(again["plan"], first["plan"]);
        assert_eq!(head(&example).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_answers_as_the_import_does_with_the_plan_as_it_would_be_and_commits_nothing() {
    const CONTENT: &str = "mutation Import($input: ImportDocumentInput!) { importDocument(input: $input) {
        changeset { seq } changeCount changes { entity key after } draft
        plan { code title matrix { rows { title } columns { name } cells { roles } }
            tasks(first: 100) { nodes { id title assignments { role citation { quote } party { name } } } } }
        userErrors { code } } }";
    on_both(async |database| {
        let example = Example::empty(database).await;
        let answered = async |dry_run: bool| {
            let input = json!({ "input": { "text": PLAN, "dryRun": dry_run } });
            example.data(CONTENT, input).await["importDocument"].take()
        };
        let given = example.env.ids();
        let mut dry = answered(true).await;
        assert_eq!(dry["changeset"], Value::Null);
        assert_eq!(head(&example).await, 0);
        // So that what is recorded has the same ids.
        example.env.give_again(given);
        let wet = answered(false).await;
        assert_eq!(wet["changeset"]["seq"], 1);
        dry["changeset"] = wet["changeset"].clone();
        assert_eq!(dry, wet);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_of_a_directory_answers_as_the_import_does() {
    const DIRECTORY: &str =
        "mutation Import($input: ImportDirectoryInput!) { importDirectory(input: $input) {
        partyCount changeCount changes { entity before after } userErrors { code } } }";
    let example = Example::new(TestDatabase::sqlite()).await;
    let input = |dry_run: bool| {
        let text = "official_name,kind\n天津市气象局,department\n";
        json!({ "input": { "text": text, "dryRun": dry_run } })
    };
    let before = head(&example).await;
    let given = example.env.ids();
    let dry = example.data(DIRECTORY, input(true)).await;
    assert_eq!(head(&example).await, before);
    example.env.give_again(given);
    let wet = example.data(DIRECTORY, input(false)).await;
    assert_ne!(wet["importDirectory"]["changes"], json!([]));
    assert_eq!(dry, wet);
}

#[tokio::test]
async fn a_repeat_with_the_same_key_is_answered_from_the_first_and_another_input_is_refused() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let input = json!({ "text": PLAN, "idempotencyKey": "k" });
    let first = import(&example, input.clone()).await;
    let repeat = import(&example, input).await;
    assert_eq!(repeat["changeset"], first["changeset"]);
    assert_eq!(repeat["changeCount"], first["changeCount"]);
    let other = import(
        &example,
        json!({ "text": format!("{PLAN}。"), "idempotencyKey": "k" }),
    )
    .await;
    assert_eq!(other["userErrors"][0]["code"], "IDEMPOTENCY_KEY_REUSED");
    assert_eq!(head(&example).await, 1);
}

#[tokio::test]
async fn the_changes_told_are_those_committed_even_if_another_write_came_between() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let document = "mutation($input: ImportDocumentInput!) { importDocument(input: $input) {
            changeCount changeset { changeCount } userErrors { code }
        } }";
        let text = |tree: &str| {
            format!("{tree}行动计划\n\n一、种{tree}。今年种{tree}。（责任单位：市林业局）\n")
        };
        let import = async |tree: &str| {
            let input = json!({ "input": { "text": text(tree) } });
            example.data(document, input).await["importDocument"].take()
        };
        // Both name the same body, and only the first makes it known.
        let (one, other) = tokio::join!(import("柳树"), import("杨树"));
        for payload in [one, other] {
            assert_eq!(payload["userErrors"], json!([]));
            assert_eq!(payload["changeCount"], payload["changeset"]["changeCount"]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_imported_is_told_by_code_and_place() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let (before, other) = (head(&example).await, format!("{PLAN}\n"));
    for (input, code, path) in [
        (json!({}), "INPUT_MISSING", json!(["input"])),
        (
            json!({ "text": "" }),
            "DOCUMENT_UNREADABLE",
            json!(["input", "text"]),
        ),
        (
            json!({ "text": "\u{0}\u{1}\u{2}\u{3}" }),
            "DOCUMENT_UNREADABLE",
            json!(["input", "text"]),
        ),
        (
            json!({ "text": "长".repeat(1 << 20) }),
            "DOCUMENT_UNREADABLE",
            json!(["input", "text"]),
        ),
        (
            json!({ "text": other, "code": "smart-city" }),
            "PLAN_CODE_TAKEN",
            json!(["input", "code"]),
        ),
    ] {
        let answer = import(&example, input).await;
        assert_eq!(
            (
                &answer["userErrors"][0]["code"],
                &answer["userErrors"][0]["path"]
            ),
            (&json!(code), &path)
        );
        assert!(
            answer["userErrors"][0]["message"].as_str().unwrap().len() > 20,
            "{answer}"
        );
    }
    assert_eq!(head(&example).await, before);
}

#[tokio::test]
async fn words_that_no_database_keeps_are_refused_by_field_on_both() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let long = "长".repeat(1001);
        for field in ["address", "code", "idempotencyKey", "reason", "authority"] {
            for words in ["", " \u{3000}", "a\u{0}b", "\u{7f}", &long] {
                for dry_run in [true, false] {
                    let input = json!({ "text": PLAN, "dryRun": dry_run, field: words });
                    let answer = import(&example, input).await;
                    assert_eq!(answer["userErrors"][0]["code"], "INPUT_INVALID", "{field}");
                    assert_eq!(answer["userErrors"][0]["path"], json!(["input", field]));
                }
            }
        }
        let input = json!({ "text": PLAN, "reason": "one\nand another" });
        assert_eq!(import(&example, input).await["userErrors"], json!([]));
        assert_eq!(head(&example).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_text_with_a_character_that_no_database_keeps_is_refused_on_both() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let text = PLAN.replacen("行动", "行\u{0}动", 1);
        let answer = import(&example, json!({ "text": text })).await;
        assert_eq!(
            answer["userErrors"][0]["code"], "DOCUMENT_UNREADABLE",
            "{answer}"
        );
        assert_eq!(head(&example).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_document_without_a_clause_is_a_plan_with_an_empty_matrix_and_a_warning() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let text = "某市绿化行动计划\n\n一、重点任务\n\n1.种树。今年多种树。\n\n2.养护。把树养好。\n";
    let document = "mutation($input: ImportDocumentInput!) { importDocument(input: $input) {
        userErrors { code } draft plan { matrix { columns { name } cells { row } } }
    } }";
    let answer = example
        .data(document, json!({ "input": { "text": text } }))
        .await;
    let answer = &answer["importDocument"];
    assert_eq!(answer["userErrors"], json!([]));
    assert_eq!(
        answer["plan"]["matrix"],
        json!({ "columns": [], "cells": [] })
    );
    let problems = answer["draft"]["problems"].as_array().unwrap();
    assert!(
        problems
            .iter()
            .any(|problem| problem["severity"] == "warning"),
        "{problems:?}"
    );
}

#[tokio::test]
async fn a_directory_that_puts_a_known_body_under_a_new_one_loads_again() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        for rows in [
            "甲局,,,department,,某市,,\n",
            "甲局,,,department,,某市,,某市政府\n某市政府,,,government,,某市,,\n",
        ] {
            let header =
                "official_name,short_names,former_names,kind,level,place,division_code,parent";
            let directory = format!("{header}\n{rows}");
            let signature = Signature::of(actor());
            import_directory(
                &example.served,
                example.store(),
                directory.into(),
                signature,
                false,
            )
            .await
            .unwrap();
        }
        let document = "{ register { party(name: \"甲局\") { parent { name } } } }";
        let live = example.data(document, Value::Null).await;
        assert_eq!(live["register"]["party"][0]["parent"]["name"], "某市政府");
        assert_eq!(
            example.reopened().await.data(document, Value::Null).await,
            live
        );
    })
    .await;
}
