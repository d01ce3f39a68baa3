use super::{Desk, put_examples, repository};
use crate::support::{database::TestDatabase, sql};
use std::fs;

const ANSWERS: &str =
    "{ register(validOn: \"2024-01-01\") { asOf { seq knownAt } plans { nodes { id code title } }
    tasks { nodes { id title assignments { role party { id name } written { quote } } } } } }";

#[test]
fn a_register_that_is_backed_up_while_it_is_served_is_restored_and_answers_the_same() {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["token", "add", "office", "--database", "r.db"])
        .expect_success();
    let server = desk.serve(&["--database", "r.db", "--import", "parties.csv", "plan.txt"]);
    let saved = desk
        .run(&["backup", "r.backup", "--database", "r.db"])
        .expect_success();
    assert!(
        saved.stdout.contains("main: 2 changesets, root "),
        "{saved:?}"
    );
    let answers = server.ask(ANSWERS, None).1;
    server.stop("TERM").expect_success();

    let checked = desk
        .run(&["restore", "r.backup", "--check"])
        .expect_success();
    assert_eq!(checked.stdout, saved.stdout);
    assert!(
        !desk.path().join("remit.db").exists(),
        "looking makes nothing"
    );
    let mut targets = vec!["new.db".to_owned()];
    let database = TestDatabase::postgres();
    targets.extend(database.as_ref().map(|database| database.url.clone()));
    for target in &targets {
        let restored = desk
            .run(&["restore", "r.backup", "--database", target])
            .expect_success();
        assert_eq!(restored.stdout, saved.stdout, "the same root");
        assert!(
            restored.stderr.contains("1 tokens are accepted again"),
            "{restored:?}"
        );
        desk.run(&["verify", "--database", target]).expect_success();
        let server = desk.serve(&["--database", target]);
        assert_eq!(server.ask(ANSWERS, None).1, answers);
        server.stop("TERM").expect_success();

        let again = desk.run(&["restore", "r.backup", "--database", target]);
        assert_eq!((again.code, again.stdout.as_str()), (Some(1), ""));
        assert!(again.stderr.contains("never overwrites"), "{again:?}");
    }
}

#[test]
fn a_backup_overwrites_no_file_and_leaves_none_that_is_not_whole() {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["import", "parties.csv", "--database", "r.db"])
        .expect_success();
    desk.put("kept", "something else");
    let refused = desk.run(&["backup", "kept", "--database", "r.db"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("name another file"), "{refused:?}");
    assert_eq!(
        fs::read_to_string(desk.path().join("kept")).unwrap(),
        "something else"
    );
    for wrong in [
        &["backup", "b", "--database", "none.db"][..],
        &["backup", "b", "--database", "r.db", "--register", "other"],
        &["backup", "no/such/directory/b", "--database", "r.db"],
    ] {
        let refused = desk.run(wrong);
        assert_eq!(
            (refused.code, refused.stdout.as_str()),
            (Some(1), ""),
            "{wrong:?}"
        );
    }
    let left: Vec<_> = fs::read_dir(desk.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("backup") || name == "b")
        .collect();
    assert_eq!(left, [""; 0]);
}

#[tokio::test]
async fn a_register_that_was_tampered_with_is_not_backed_up() {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["import", "parties.csv", "--database", "r.db"])
        .expect_success();
    let url = format!("sqlite://{}", desk.path().join("r.db").display());
    let change = [
        "DROP TRIGGER event_no_update",
        "UPDATE event SET leaf = CAST(replace(CAST(leaf AS TEXT), '天津', '北京') AS BLOB)",
    ];
    sql::run(&url, &change).await;
    let refused = desk.run(&["backup", "b", "--database", "r.db"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("is not what was written"),
        "{refused:?}"
    );
    assert!(!desk.path().join("b").exists());
}

#[test]
fn what_is_no_backup_or_a_damaged_one_restores_nothing_and_makes_no_database() {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["import", "parties.csv", "--database", "r.db"])
        .expect_success();
    desk.run(&["backup", "whole", "--database", "r.db"])
        .expect_success();
    let whole = fs::read(desk.path().join("whole")).unwrap();
    desk.put("cut", &whole[..whole.len() - 10]);
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 4;
    desk.put("changed", changed);
    desk.put("letter", fs::read(repository("README.md")).unwrap());
    for (file, words) in [
        ("cut", "cut off"),
        ("changed", "damaged at its part"),
        ("letter", "not a backup"),
        ("missing", "No such file"),
    ] {
        let refused = desk.run(&["restore", file, "--database", "new.db"]);
        assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""));
        assert!(refused.stderr.contains(words), "{refused:?}");
        assert!(refused.stderr.contains(file), "{refused:?}");
        assert!(!desk.path().join("new.db").exists());
    }
}
