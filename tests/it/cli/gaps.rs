use super::{Desk, put_examples};
use serde_json::Value;

/// A desk with the example in a register.
fn desk() -> Desk {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["import", "parties.csv", "plan.txt"])
        .expect_success();
    desk
}

fn json(desk: &Desk, arguments: &[&str]) -> Vec<Value> {
    let run = desk.run(&[&["gaps", "--format", "json"], arguments].concat());
    let document: Value = serde_json::from_str(&run.expect_success().stdout).unwrap();
    document["gaps"].as_array().unwrap().clone()
}

#[test]
fn every_gap_is_told_with_its_words_and_the_command_that_would_close_it() {
    let desk = desk();
    let gaps = json(&desk, &[]);
    let text = std::fs::read_to_string(desk.path().join("plan.txt")).unwrap();
    assert!(!gaps.is_empty());
    for gap in &gaps {
        let words = gap["words"].as_str().unwrap();
        assert!(
            !words.is_empty() && !gap["command"].as_str().unwrap().is_empty(),
            "{gap}"
        );
        if let Some(start) = gap["start"].as_u64() {
            let length = gap["end"].as_u64().unwrap() - start;
            let cited: String = text
                .chars()
                .skip(start as usize)
                .take(length as usize)
                .collect();
            assert_eq!(words, cited);
        }
    }
    let plan = gaps[0]["plan"].as_str().unwrap();
    assert_eq!(json(&desk, &[plan]), gaps);
    let no_lead = json(&desk, &[plan, "--kind", "no_lead"]);
    assert!(no_lead.iter().all(|gap| gap["kind"] == "no_lead"));
    assert_eq!(
        no_lead.len(),
        gaps.iter().filter(|gap| gap["kind"] == "no_lead").count()
    );
    assert_eq!(json(&desk, &["--known-seq", "1"]), [] as [Value; 0]);
}

#[test]
fn a_table_and_a_spreadsheet_tell_the_same_gaps() {
    let desk = desk();
    let gaps = json(&desk, &[]);
    let csv = desk
        .run(&["gaps", "--format", "csv"])
        .expect_success()
        .stdout;
    let mut rows = csv.trim_start_matches('\u{feff}').lines();
    assert_eq!(
        rows.next(),
        Some("kind,plan,path,task,of,id,words,start,end,command,remedy")
    );
    let kinds: Vec<_> = rows
        .map(|row| row.split(',').next().unwrap().to_owned())
        .collect();
    let expected: Vec<_> = gaps
        .iter()
        .map(|gap| gap["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, expected);

    let table = desk.run(&["gaps"]).expect_success().stdout;
    let count = format!(
        "{}",
        expected.iter().filter(|kind| **kind == "no_lead").count()
    );
    let counted = |line: &str| {
        line.split_whitespace()
            .take(2)
            .eq([count.as_str(), "no_lead"])
    };
    assert!(table.lines().any(counted), "{table}");
    assert!(table.contains("designateLead"));
}

#[test]
fn a_plan_or_kind_that_is_not_there_is_told() {
    let desk = desk();
    let run = desk.run(&["gaps", "no-such-plan"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("no plan \"no-such-plan\""), "{run:?}");
    let run = desk.run(&["gaps", "--kind", "nobody"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("indefinite_only"), "{run:?}");
}
