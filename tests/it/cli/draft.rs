//! `remit import --review`, `--accept-above` and of folders, and `remit draft`.

use super::{Desk, put_examples};

const PLAN: &str = "天津市绿化行动计划\n\n2024年1月8日\n\n一、重点任务\n\n\
    1.种树。多种树。（市科技局、市梧桐局负责）\n\n\
    2.养护。把树养好。（市科技厅负责）\n";

/// The key of the only draft that is listed.
fn key(desk: &Desk) -> String {
    let listed = desk.run(&["draft", "list"]).expect_success();
    let line = listed
        .stdout
        .lines()
        .nth(1)
        .unwrap_or_else(|| panic!("{listed:?}"));
    line.split_whitespace().next().unwrap().to_owned()
}

#[test]
fn a_document_left_for_review_shows_what_is_doubtful_with_words_and_lines() {
    let desk = Desk::new();
    put_examples(&desk);
    desk.put("green.txt", PLAN);
    desk.run(&["import", "parties.csv"]).expect_success();
    let left = desk
        .run(&["import", "--review", "green.txt"])
        .expect_success();
    assert!(left.stdout.contains("left as draft"), "{}", left.stdout);
    assert!(
        left.stdout.contains("line 9 \"市科技厅\""),
        "{}",
        left.stdout
    );
    assert!(left.stdout.contains("天津市科学技术局"), "{}", left.stdout);
    let shown = desk.run(&["draft", "show", &key(&desk)]).expect_success();
    assert!(
        shown.stdout.contains("天津市绿化行动计划"),
        "{}",
        shown.stdout
    );
    let json = desk
        .run(&["draft", "show", &key(&desk), "--format", "json"])
        .expect_success();
    let draft: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(draft["tasks"][0]["mark"], "read");
}

#[test]
fn a_draft_is_corrected_from_a_file_and_accepted() {
    let desk = Desk::new();
    desk.put("green.txt", PLAN);
    desk.run(&["import", "--review", "green.txt"])
        .expect_success();
    let key = key(&desk);
    let json = desk
        .run(&["draft", "show", &key, "--format", "json"])
        .expect_success();
    let draft: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let task = &draft["tasks"][1]["key"];
    desk.put("wrong.json", "[{\"remove\": 1000}]");
    let wrong = desk.run(&["draft", "correct", &key, "wrong.json"]);
    assert_eq!(wrong.code, Some(1));
    assert!(wrong.stderr.contains("1000"), "{}", wrong.stderr);
    let correction = format!("[{{\"task\": {{\"key\": {task}, \"title\": \"养护树木\"}}}}]");
    desk.put("right.json", correction);
    desk.run(&["draft", "correct", &key, "right.json"])
        .expect_success();
    let accepted = desk.run(&["draft", "accept", &key]).expect_success();
    assert!(
        accepted.stdout.contains("+ task 2 养护树木"),
        "{}",
        accepted.stdout
    );
    assert!(
        accepted.stdout.contains("kept as changeset 1"),
        "{}",
        accepted.stdout
    );
    let again = desk.run(&["draft", "accept", &key]);
    assert_eq!(again.code, Some(1));
    assert!(
        again.stderr.contains("accepted already"),
        "{}",
        again.stderr
    );
    let list = desk
        .run(&["draft", "list", "--state", "any"])
        .expect_success();
    assert!(list.stdout.contains("accepted 1"), "{}", list.stdout);
    desk.run(&["verify"]).expect_success();
}

#[test]
fn what_is_sure_is_accepted_and_the_rest_is_listed_and_left() {
    let desk = Desk::new();
    desk.put("green.txt", PLAN);
    let run = desk
        .run(&["import", "--accept-above", "1", "green.txt"])
        .expect_success();
    assert!(run.stdout.contains("left in draft"), "{}", run.stdout);
    assert!(run.stdout.contains("confidence of"), "{}", run.stdout);
    let key = key(&desk);
    let dismissed = desk.run(&["draft", "dismiss", &key, "enough is accepted"]);
    dismissed.expect_success();
    let list = desk.run(&["draft", "list"]).expect_success();
    assert_eq!(list.stdout, "");
}

#[test]
fn a_folder_is_imported_in_order_and_a_bad_file_stops_none_of_the_others() {
    let desk = Desk::new();
    desk.put("plans/a/first.txt", PLAN);
    desk.put("plans/b.txt", b"\x00\x01\x02\x03");
    desk.put("plans/c.txt", PLAN.replace("绿化", "节水"));
    desk.put("plans/.hidden.txt", "什么");
    let run = desk.run(&["import", "plans", "--jobs", "3"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let lines: Vec<_> = run.stdout.lines().collect();
    let of = |file: &str| lines.iter().find(|line| line.contains(file)).copied();
    assert!(
        of("first.txt").is_some_and(|line| line.contains("changeset 1")),
        "{lines:?}"
    );
    assert!(
        of("b.txt").is_some_and(|line| line.contains("failed:")),
        "{lines:?}"
    );
    assert!(
        of("c.txt").is_some_and(|line| line.contains("changeset 2")),
        "{lines:?}"
    );
    assert_eq!(of("hidden"), None);
    assert!(
        lines
            .last()
            .is_some_and(|line| line.starts_with("2 read") && line.ends_with("1 failed")),
        "{lines:?}"
    );
    std::fs::remove_file(desk.path().join("plans/b.txt")).unwrap();
    let again = desk.run(&["import", "plans"]).expect_success();
    assert!(again.stdout.contains("nothing changed"), "{}", again.stdout);
}

#[test]
fn a_newer_version_is_imported_as_a_difference() {
    let desk = Desk::new();
    desk.put("old.txt", PLAN);
    desk.put(
        "new.txt",
        PLAN.replace("2024年1月8日", "2024年5月6日")
            .replace("市科技厅", "市林业局"),
    );
    desk.run(&["import", "old.txt", "--code", "p"])
        .expect_success();
    desk.run(&["import", "new.txt", "--supersedes", "p"])
        .expect_success();
    let unknown = desk.run(&["import", "new.txt", "--supersedes", "q"]);
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.stderr.contains("\"q\""), "{}", unknown.stderr);
}

#[test]
fn a_directory_with_a_mistake_names_line_and_column() {
    let desk = Desk::new();
    desk.put(
        "parties.csv",
        "official_name,kind,valid_from\n甲局,department,\n乙局,department,someday\n",
    );
    let run = desk.run(&["import", "parties.csv"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("line 3") && run.stderr.contains("valid_from"),
        "{}",
        run.stderr
    );
}
