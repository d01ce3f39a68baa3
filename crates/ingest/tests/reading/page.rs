//! One published page, against the facts that people found in it.

use crate::{read_with_directory, shared};
use domain::fold::{fold, is_traditional};
use ingest::{Options, Reading, json::draft_json};
use serde_json::{Value, json};
use std::path::Path;

const PAGE: &str = "000_606a11503816fd8e.txt";
const FACTS: &str = "000_606a11503816fd8e.facts.json";

fn page(folder: &Path) -> String {
    std::fs::read_to_string(folder.join(PAGE)).unwrap()
}

fn facts(folder: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join(FACTS)).unwrap()).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn span(fact: &Value) -> Value {
    json!({ "start": fact["span"]["char_start"], "end": fact["span"]["char_end"] })
}

fn path(numbering: &Value) -> Value {
    numbering.as_str().unwrap().split('/').collect()
}

/// A figure as the draft writes it.
fn decimal(number: &Value) -> Value {
    number
        .as_u64()
        .map_or(Value::Null, |n| n.to_string().into())
}

fn kind(word: &Value) -> &'static str {
    match word.as_str().unwrap() {
        "party_organ" => "committee_organ",
        "municipal_department" => "department",
        "district_government" => "government",
        "functional_zone" => "functional_zone",
        "central_vertical_agency" => "vertical_agency",
        "state_owned_enterprise" => "enterprise",
        "university" => "university",
        "placeholder" => "collective",
        other => panic!("the facts have a kind {other} that is not mapped"),
    }
}

fn expected_target(fact: &Value, path: &Value) -> Value {
    json!({
        "path": path,
        "text": fact["text"],
        "span": span(fact),
        "min": decimal(&fact["value_min"]),
        "max": decimal(&fact["value_max"]),
        "unit": fact["unit"],
        "due": fact["deadline"],
        "due_text": fact["deadline_text"],
    })
}

fn expected_clause(task: &Value) -> Value {
    let parties = list(&task["parties"]).iter().map(|party| {
        let indefinite = party["open_ended"] == true;
        json!({
            "name": party["name_as_written"],
            "span": span(party),
            "role": "responsible",
            "basis": "stated",
            "reference": if indefinite { "indefinite" } else { "named" },
            "kind": kind(&party["kind"]),
        })
    });
    json!({
        "path": task["numbering"],
        "text": task["clause_as_written"],
        "span": { "start": task["clause_span"]["char_start"], "end": task["clause_span"]["char_end"] },
        "form": task["role_as_written"],
        "open": task["parties_open_ended"],
        "deadline": null,
        "parties": parties.collect::<Vec<_>>(),
    })
}

/// The facts in the words of the draft.
fn expected(facts: &Value) -> Value {
    let document = &facts["document"];
    let tasks = list(&facts["tasks"]);
    let of_tasks = tasks.iter().flat_map(|task| {
        let targets = list(&task["targets"]).iter();
        targets.map(|target| expected_target(target, &task["numbering"]))
    });
    let of_document = list(&facts["document_targets"]).iter();
    let of_document = of_document.map(|target| expected_target(target, &Value::Null));
    json!({
        "title": document["title_as_written"],
        "posted_on": document["posted_date"],
        "number": null,
        "cites": list(&document["cites"]).iter().map(|cite| json!({
            "text": cite["text"], "span": span(cite),
        })).collect::<Vec<_>>(),
        "sections": list(&facts["headings"]).iter().map(|heading| json!({
            "path": path(&heading["path"]), "title": heading["title"],
        })).collect::<Vec<_>>(),
        "tasks": tasks.iter().map(|task| json!({
            "path": task["numbering"], "title": task["title"], "span": span(task),
        })).collect::<Vec<_>>(),
        "clauses": tasks.iter().map(expected_clause).collect::<Vec<_>>(),
        "targets": of_document.chain(of_tasks).collect::<Vec<_>>(),
        "deadlines": [{
            "path": [],
            "text": document["horizon"]["text"],
            "date": document["horizon"]["deadline"],
            "span": span(&document["horizon"]),
        }],
    })
}

/// What was read, reduced to what the facts speak of.
fn found(reading: &Reading) -> Value {
    let draft = draft_json(reading);
    let document = &draft["document"];
    let pick = |value: &Value, keys: &[&str]| {
        let picked = keys
            .iter()
            .map(|key| ((*key).to_owned(), value[*key].clone()));
        Value::Object(picked.collect())
    };
    let each = |key: &str, form: &dyn Fn(&Value) -> Value| {
        list(&draft[key]).iter().map(form).collect::<Vec<_>>()
    };
    json!({
        "title": document["title"],
        "posted_on": document["posted_on"],
        "number": document["number"],
        "cites": document["cites"],
        "sections": each("sections", &|section| pick(section, &["path", "title"])),
        "tasks": each("tasks", &|task| pick(task, &["path", "title", "span"])),
        "clauses": each("clauses", &|clause| {
            let mut picked = pick(clause, &["path", "text", "span", "form", "open", "deadline"]);
            picked["parties"] = list(&clause["parties"]).iter().map(|party| {
                pick(party, &["name", "span", "role", "basis", "reference", "kind"])
            }).collect();
            picked
        }),
        "targets": each("targets", &|target| {
            let mut picked = pick(target, &["path", "text", "span", "min", "max", "unit"]);
            picked["due"] = target["due"]["date"].clone();
            picked["due_text"] = target["due"]["text"].clone();
            picked
        }),
        "deadlines": each("deadlines", &|deadline| {
            let mut picked = pick(&deadline["due"], &["text", "date", "span"]);
            picked["path"] = deadline["path"].clone();
            picked
        }),
    })
}

/// Every span of the draft with the words that stand beside it.
fn quotes(value: &Value) -> Vec<(&str, &Value)> {
    match value {
        Value::Object(fields) => {
            let words = fields
                .get("text")
                .or(fields.get("name"))
                .and_then(Value::as_str);
            let own = words
                .zip(fields.get("span"))
                .filter(|(_, span)| span.is_object());
            own.into_iter()
                .chain(fields.values().flat_map(quotes))
                .collect()
        }
        Value::Array(items) => items.iter().flat_map(quotes).collect(),
        _ => vec![],
    }
}

#[test]
fn every_fact_is_found_and_nothing_more() {
    let Some(folder) = shared("every_fact_is_found_and_nothing_more") else {
        return;
    };
    let facts = facts(&folder);
    let reading = read_with_directory(page(&folder).as_bytes());
    let (found, expected) = (found(&reading), expected(&facts));
    for key in expected.as_object().unwrap().keys() {
        assert_eq!(found[key], expected[key], "{key}");
    }
    let parties = reading
        .draft
        .clauses
        .iter()
        .flat_map(|clause| &clause.parties);
    let named = parties.filter(|party| party.reference == domain::vocabulary::Reference::Named);
    assert_eq!(json!(named.count()), facts["counts"]["named_assignments"]);
    assert_eq!(
        json!(reading.draft.document.sha256),
        facts["source"]["sha256"]
    );
}

#[test]
fn every_span_is_its_slice_and_none_lies_in_the_boilerplate() {
    let Some(folder) = shared("every_span_is_its_slice_and_none_lies_in_the_boilerplate") else {
        return;
    };
    let text = page(&folder);
    let characters: Vec<char> = text.chars().collect();
    let lines: Vec<usize> = text
        .split_inclusive('\n')
        .map(|line| line.chars().count())
        .collect();
    let facts = facts(&folder);
    let outside: Vec<_> = list(&facts["non_content"])
        .iter()
        .map(|part| {
            let line = |at: usize| part["lines"][at].as_u64().unwrap() as usize;
            let start: usize = lines[..line(0) - 1].iter().sum();
            start..start + lines[line(0) - 1..line(1)].iter().sum::<usize>()
        })
        .collect();
    let draft = draft_json(&read_with_directory(text.as_bytes()));
    let quotes = quotes(&draft);
    assert!(quotes.len() >= 80, "only {} quotes", quotes.len());
    for (words, span) in quotes {
        let at = |end: &str| span[end].as_u64().unwrap() as usize;
        let range = at("start")..at("end");
        let slice: String = characters[range.clone()].iter().collect();
        assert_eq!(words, slice);
        let touches = outside
            .iter()
            .any(|o| range.start < o.end && o.start < range.end);
        assert!(!touches, "{words} stands in the boilerplate");
    }
}

#[test]
fn without_a_directory_a_kind_that_the_name_does_not_show_is_other() {
    let Some(folder) = shared("without_a_directory_a_kind_that_the_name_does_not_show_is_other")
    else {
        return;
    };
    let without = ingest::read(page(&folder).as_bytes(), &Options::default()).unwrap();
    let with = read_with_directory(page(&folder).as_bytes());
    let parties = |reading: &Reading| -> Vec<_> {
        let clauses = reading.draft.clauses.iter();
        let parties = clauses.flat_map(|clause| &clause.parties);
        parties
            .map(|party| {
                let name = party.span.slice(&reading.text).unwrap().to_owned();
                (name, party.kind.as_str(), party.kind_confidence.fraction())
            })
            .collect()
    };
    for (without, with) in parties(&without).into_iter().zip(parties(&with)) {
        if without.0 == "中新天津生態城" {
            assert_eq!((without.1, without.2 < 0.5), ("other", true));
        } else {
            assert_eq!((&without.0, without.1), (&with.0, with.1));
        }
    }
    assert_eq!(parties(&without).len(), 49);
}

#[test]
fn responsibility_said_in_prose_is_a_mention_and_no_clause() {
    let Some(folder) = shared("responsibility_said_in_prose_is_a_mention_and_no_clause") else {
        return;
    };
    let reading = read_with_directory(page(&folder).as_bytes());
    let mentions = &reading.draft.mentions;
    let words: Vec<_> = mentions
        .iter()
        .map(|m| m.span.slice(&reading.text).unwrap())
        .collect();
    assert!(
        words
            .iter()
            .any(|words| words.contains("天津市科技領導小組統籌協調"))
    );
    assert!(words.iter().any(|words| words.starts_with("各區")));
    for mention in mentions {
        let clauses = reading.draft.clauses.iter();
        let within = clauses.filter(|clause| clause.span.contains(mention.span));
        assert_eq!(within.count(), 0);
    }
}

/// The facts without spans, in one script and one width.
fn facts_alone(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(key, _)| *key != "span");
            Value::Object(
                kept.map(|(key, value)| (key.clone(), facts_alone(value)))
                    .collect(),
            )
        }
        Value::Array(items) => items.iter().map(facts_alone).collect(),
        Value::String(words) => fold(words).into(),
        other => other.clone(),
    }
}

#[test]
fn other_widths_line_ends_and_scripts_give_the_same_facts() {
    let Some(folder) = shared("other_widths_line_ends_and_scripts_give_the_same_facts") else {
        return;
    };
    let page = page(&folder);
    let exchanged = |pairs: &[(char, char)]| -> String {
        let to = |c| {
            pairs
                .iter()
                .find(|(from, _)| *from == c)
                .map_or(c, |(_, to)| *to)
        };
        page.chars().map(to).collect()
    };
    let full: String = page
        .chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(c as u32 + 0xFEE0).unwrap(),
            c => c,
        })
        .collect();
    let half = exchanged(&[
        ('〔', '['),
        ('〕', ']'),
        ('“', '"'),
        ('”', '"'),
        ('、', '､'),
        ('。', '｡'),
    ]);
    let simplified: String = page
        .chars()
        .map(|c| {
            if is_traditional(c) {
                fold(&c.to_string()).chars().next().unwrap()
            } else {
                c
            }
        })
        .collect();
    let (gb18030, _, lossy) = encoding_rs::GB18030.encode(&page);
    assert!(!lossy);
    let original = facts_alone(&found(&read_with_directory(page.as_bytes())));
    for (variant, bytes) in [
        ("full width", full.into_bytes()),
        ("half width", half.into_bytes()),
        ("Latin full stops", page.replace('。', ".").into_bytes()),
        ("CRLF", page.replace('\n', "\r\n").into_bytes()),
        ("blank lines", page.replace('\n', "\n\n \n").into_bytes()),
        ("no blank lines", page.replace("\n\n", "\n").into_bytes()),
        ("simplified", simplified.into_bytes()),
        ("byte order mark", format!("\u{FEFF}{page}").into_bytes()),
        ("GB18030", gb18030.into_owned()),
    ] {
        let reading = read_with_directory(&bytes);
        assert_eq!(facts_alone(&found(&reading)), original, "{variant}");
    }
}
