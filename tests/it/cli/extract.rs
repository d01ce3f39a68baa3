use super::{Desk, put_examples, repository};
use serde_json::Value;
use std::fs;

fn schema() -> Value {
    let schema = fs::read_to_string(repository("schema/draft.schema.json")).unwrap();
    serde_json::from_str(&schema).unwrap()
}

#[test]
fn json_is_a_draft_after_the_published_schema_and_no_database_is_made() {
    let desk = Desk::new();
    put_examples(&desk);
    let run = desk.run(&[
        "extract",
        "plan.txt",
        "--format",
        "json",
        "--directory",
        "parties.csv",
    ]);
    let draft: Value = serde_json::from_str(&run.expect_success().stdout).unwrap();
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let errors: Vec<_> = schema
        .iter_errors(&draft)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(!draft["tasks"].as_array().unwrap().is_empty());
    let files = fs::read_dir(desk.path()).unwrap().count();
    assert_eq!(files, 2, "only the examples are there");

    let text = fs::read(desk.path().join("plan.txt")).unwrap();
    let piped = desk.run_with_input(&["extract", "-", "--directory", "parties.csv"], &text);
    let piped: Value = serde_json::from_str(&piped.expect_success().stdout).unwrap();
    assert_eq!(piped, draft, "standard input reads the same");
}

#[test]
fn a_table_shows_the_matrix_within_the_width_of_the_terminal() {
    let desk = Desk::new();
    put_examples(&desk);
    let run = desk.run(&[
        "extract",
        "plan.txt",
        "--format",
        "table",
        "--directory",
        "parties.csv",
    ]);
    let table = run.expect_success().stdout;
    assert!(table.contains("13 tasks"), "{table}");
    assert!(
        table.contains("天津市财政局") && table.contains("联 co_lead"),
        "{table}"
    );
    assert!(
        !table.contains('\u{1b}'),
        "no colours where there is no terminal"
    );
}

#[test]
fn a_document_without_a_clause_is_a_warning_and_an_empty_matrix() {
    let desk = Desk::new();
    desk.put("letter.txt", "关于开会的通知\n\n定于明天开会。\n");
    let table = desk
        .run(&["extract", "letter.txt", "--format", "table"])
        .expect_success()
        .stdout;
    assert!(table.contains("no party has a role in a task"), "{table}");
    assert!(table.contains("warning"), "{table}");
}

#[test]
fn an_explanation_shows_the_words_and_the_rule_of_every_fact() {
    let desk = Desk::new();
    put_examples(&desk);
    let run = desk.run(&[
        "extract",
        "plan.txt",
        "--explain",
        "--directory",
        "parties.csv",
    ]);
    let explanation = run.expect_success().stdout;
    for words in [
        "task 三（一）1  统一数据目录",
        "clause of 三（一）1: （市委网信办牵头",
        "by bracket: labels, or names and verbs, in brackets",
        "lead 市委网信办",
        "due 2024年6月底前 = 2024-06",
    ] {
        assert!(
            explanation.contains(words),
            "{words} is missing in {explanation}"
        );
    }
    assert!(
        !explanation.contains("without a description"),
        "{explanation}"
    );
}
