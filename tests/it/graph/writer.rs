//! The writer beside the engine: whatever is asked, both answer the same bytes.

mod generate;

use super::{Example, PLAN_CODE, ask, operations::Over};
use crate::support::{database::TestDatabase, edge::loopback, env::TestEnv, random::Random};
use axum::Router;
use generate::{Generator, Known};
use serde_json::{Map, Value, json, value::RawValue};
use std::collections::BTreeSet;

/// How many operations are made up; `REMIT_GENERATED` asks for another number.
fn count() -> u64 {
    let asked = std::env::var("REMIT_GENERATED").ok();
    asked.map_or(2000, |count| count.parse().unwrap())
}

/// An answer in the two parts that are compared.
#[derive(serde::Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    data: Option<&'a RawValue>,
    #[serde(default)]
    errors: Vec<Value>,
}

/// Errors by where in the document they arose, and what they say.
fn told(errors: &[Value]) -> Vec<(String, String, String)> {
    errors
        .iter()
        .map(|error| {
            let words = |part: &Value| part.to_string();
            (
                words(&error["message"]),
                words(&error["locations"]),
                words(&error["extensions"]),
            )
        })
        .collect()
}

/// The engine tells an error within a list by the item alone; the writer, by the field.
fn leads_to(engine: &Value, writer: &Value) -> bool {
    let steps = |path: &Value| path.as_array().cloned().unwrap_or_default();
    let (engine, writer) = (steps(engine), steps(writer));
    writer.starts_with(&engine)
}

fn read(data: Option<&RawValue>) -> Value {
    data.map_or(Value::Null, |data| {
        serde_json::from_str(data.get()).unwrap()
    })
}

/// A field that two selections of one object name is null if either fails. The engine resolves it twice, and keeps the half
/// that did not; here it loses that, where the writer has null on the way to the error.
fn make_null(resolved: &mut Value, written: &Value, path: &Value) {
    let (mut resolved, mut written) = (resolved, written);
    for step in path.as_array().into_iter().flatten() {
        if written.is_null() {
            break;
        }
        let (index, key) = (step.as_u64().unwrap_or(0) as usize, step.as_str());
        let (Some(one), Some(other)) = (match key {
            Some(key) => (resolved.get_mut(key), written.get(key)),
            None => (resolved.get_mut(index), written.get(index)),
        }) else {
            return;
        };
        (resolved, written) = (one, other);
    }
    if written.is_null() {
        *resolved = Value::Null;
    }
}

/// Asks both, and compares; tells whether anything was answered.
async fn compare(
    env: &TestEnv,
    (writer, engine): (&Router, &Router),
    document: &str,
    variables: &Value,
) -> bool {
    let given = env.ids();
    let written = ask(writer, document, variables.clone()).await;
    // What is tried takes ids: the same for both.
    if variables["input"]["dryRun"] == true {
        env.give_again(given);
    }
    let resolved = ask(engine, document, variables.clone()).await;
    let mut written: Answer<'_> = serde_json::from_slice(&written).unwrap();
    let mut resolved: Answer<'_> = serde_json::from_slice(&resolved).unwrap();
    // The engine goes through a field once for each of its selections, so what is told first may be told last.
    for errors in [&mut written.errors, &mut resolved.errors] {
        errors.sort_by_cached_key(|error| format!("{} {}", error["message"], error["locations"]));
    }
    let context = format!("{document}\n{variables}");
    if written.data.map(RawValue::get) != resolved.data.map(RawValue::get) {
        let mut resolved_data = read(resolved.data);
        let written_data = read(written.data);
        for error in &written.errors {
            make_null(&mut resolved_data, &written_data, &error["path"]);
        }
        assert!(!written.errors.is_empty(), "{context}");
        assert_eq!(written_data, resolved_data, "{context}");
    }
    let (told_written, told_resolved) = (told(&written.errors), told(&resolved.errors));
    let is_null = written.data.is_none_or(|data| data.get() == "null");
    if is_null && told_written.len() != told_resolved.len() {
        // An answer that is lost already is not waited for: what else would fail where the database is asked is told by
        // chance.
        let (few, many) = if told_written.len() < told_resolved.len() {
            (told_written, told_resolved)
        } else {
            (told_resolved, told_written)
        };
        assert!(!few.is_empty(), "{context}");
        assert!(few.iter().all(|error| many.contains(error)), "{context}");
        return false;
    }
    assert_eq!(told_written, told_resolved, "{context}");
    for (written, resolved) in written.errors.iter().zip(&resolved.errors) {
        assert!(
            leads_to(&resolved["path"], &written["path"]),
            "{context}\n{written}\n{resolved}"
        );
    }
    !is_null
}

#[tokio::test]
async fn every_published_operation_is_written_as_the_engine_answers_it() {
    for over in [Over::Example, Over::Office] {
        let example = over.open(TestDatabase::sqlite()).await;
        let (writer, engine) = (example.app(loopback()), example.plain_app(loopback()));
        for (name, operation, variables) in over.operations(&example).await {
            // The second time the document is known.
            for _ in 0..2 {
                assert!(
                    compare(&example.env, (&writer, &engine), &operation, &variables).await,
                    "{name}"
                );
            }
        }
    }
}

#[tokio::test]
async fn thousands_of_made_up_operations_are_written_as_the_engine_answers_them() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let (writer, engine) = (example.app(loopback()), example.plain_app(loopback()));
    let generator = Generator::new(&api::schema_sdl(), known(&example).await);
    let mut answered = 0;
    for seed in 0..count() {
        let made = generator.operation(&mut Random::new(seed));
        for variables in &made.variables {
            answered += u64::from(
                compare(&example.env, (&writer, &engine), &made.document, variables).await,
            );
        }
    }
    assert!(
        answered > count(),
        "{answered} of {} were answered",
        2 * count()
    );
}

#[tokio::test]
async fn an_error_within_a_list_is_told_with_its_whole_path() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let document = "query($code: String!) { register { plan(code: $code) {
        sections { title tasks(first: 1, last: 1) { totalCount } }
    } } }";
    let answer = example.answer(document, json!({ "code": PLAN_CODE })).await;
    assert_eq!(answer["data"], json!({ "register": { "plan": null } }));
    assert_eq!(
        answer["errors"][0]["path"],
        json!(["register", "plan", "sections", 0, "tasks"])
    );
}

#[tokio::test]
async fn a_fragment_and_a_field_of_the_same_key_are_one_in_the_answer() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let document = "{ register { ...A code } again: register { code } register { name } }
        fragment A on Register { plans { nodes { code } } plans { nodes { year } totalCount } }";
    let data = example.data(document, Value::Null).await;
    let plans = &data["register"]["plans"];
    let keys = |object: &Value| object.as_object().map(Map::len);
    assert_eq!((keys(&data), keys(&data["register"])), (Some(2), Some(3)));
    assert_eq!((keys(plans), keys(&plans["nodes"][0])), (Some(2), Some(2)));
}

/// What arguments can name: ids, cursors and words of the example.
async fn known(example: &Example) -> Known {
    let document = "{ register {
        plans { edges { cursor } nodes { id code sections { id label }
            tasks { edges { cursor } nodes { id key path assignments { id } } } } }
        parties { edges { cursor } nodes { id name } }
        documents { edges { cursor } nodes { id } }
        places { edges { cursor } nodes { id code name } }
    } }";
    let mut known = Known::default();
    gather(&example.data(document, Value::Null).await, "", &mut known);
    known
}

fn gather(value: &Value, key: &str, known: &mut Known) {
    let mut add = |into: fn(&mut Known) -> &mut BTreeSet<String>, text: &str| {
        into(known).insert(text.to_owned());
    };
    match value {
        Value::String(text) if key == "id" => add(|known| &mut known.ids, text),
        Value::String(text) if key == "cursor" => add(|known| &mut known.cursors, text),
        Value::String(text) => add(|known| &mut known.words, text),
        Value::Array(items) => items.iter().for_each(|item| gather(item, key, known)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(key, value)| gather(value, key, known)),
        _ => {}
    }
}
