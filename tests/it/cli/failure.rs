use super::{Desk, put_examples};
use crate::support::sql;
use std::net::TcpListener;

/// A failure is code 1, and its message has all of `parts` and nothing of the program's inside.
#[track_caller]
fn check(desk: &Desk, arguments: &[&str], parts: &[&str]) {
    let run = desk.run(arguments);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
    for part in parts {
        assert!(run.stderr.contains(part), "no {part:?} in {}", run.stderr);
    }
    for inside in ["Error {", "Err(", "panicked", "src/", "SqlxError", "Some("] {
        assert!(!run.stderr.contains(inside), "{inside:?} in {}", run.stderr);
    }
}

#[test]
fn a_document_that_cannot_be_read_is_told_with_its_name_and_a_remedy_and_nothing_is_kept() {
    let desk = Desk::new();
    desk.put("empty.txt", " \n");
    desk.put("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    desk.put("broken.txt", b"\xe8\xb4\xa3\xff\xff\xff");
    desk.put("long.txt", "字".repeat(100));
    desk.put("folder/x", "");
    for (name, limit, parts) in [
        ("empty.txt", "1000", &["empty.txt", "empty", "give "][..]),
        (
            "picture.txt",
            "1000",
            &["picture.txt", "a picture", "give the document itself"],
        ),
        (
            "broken.txt",
            "1000",
            &["broken.txt", "byte", "UTF-8", "save the "],
        ),
        ("long.txt", "299", &["long.txt", "299", "--text-limit"]),
        ("missing.txt", "1000", &["missing.txt", "No such file"]),
    ] {
        check(&desk, &["extract", name, "--text-limit", limit], parts);
        check(
            &desk,
            &["import", name, "--text-limit", limit, "--database", "r.db"],
            parts,
        );
        let serve = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            "r.db",
            "--import",
            name,
        ];
        check_import(
            &desk,
            &[&serve[..], &["--text-limit", limit]].concat(),
            parts,
        );
    }
    // Only `import` takes whole folders.
    let folder = ["folder", "directory"];
    check(&desk, &["extract", "folder"], &folder);
    let serve = ["serve", "--listen", "127.0.0.1:0", "--import", "folder"];
    check(&desk, &serve, &folder);
    let run = desk.run(&["verify", "--database", "r.db"]).expect_success();
    assert!(run.stderr.contains("everything is as it was written"));
}

/// As [`check`], for a command that may print before it fails.
#[track_caller]
fn check_import(desk: &Desk, arguments: &[&str], parts: &[&str]) {
    let run = desk.run(arguments);
    assert_eq!(run.code, Some(1), "{run:?}");
    for part in parts {
        assert!(run.stderr.contains(part), "no {part:?} in {}", run.stderr);
    }
}

#[test]
fn a_directory_that_cannot_be_read_is_told_with_its_line() {
    let desk = Desk::new();
    desk.put(
        "parties.csv",
        "official_name,kind\n天津大学,university\n市科技局,ministry\n",
    );
    check(
        &desk,
        &["import", "parties.csv"],
        &["parties.csv", "line 3", "ministry"],
    );
}

#[test]
fn a_port_in_use_is_told_with_the_option_that_names_another() {
    let desk = Desk::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    check(
        &desk,
        &["serve", "--listen", &address],
        &[&address, "--listen", "caused by"],
    );
}

#[test]
fn a_database_that_cannot_be_used_is_told_with_a_remedy() {
    let desk = Desk::new();
    desk.put(
        "text.db",
        "not a database at all, but long enough to look like a file of one".repeat(20),
    );
    check(
        &desk,
        &["verify", "--database", "text.db"],
        &["text.db", "not a SQLite database"],
    );
    check(
        &desk,
        &["serve", "--database", "text.db"],
        &["text.db", "not a SQLite database"],
    );
    check(
        &desk,
        &["verify", "--database", "none.db"],
        &["none.db", "`remit serve`", "--database"],
    );
    check(
        &desk,
        &["serve", "--database", "no/such/folder/r.db"],
        &["no/such/folder/r.db", "caused by"],
    );
    check(
        &desk,
        &["serve", "--database", "mysql://h/d"],
        &["mysql", "postgres://"],
    );
    check(
        &desk,
        &["serve", "--database", "postgres://me:secret@127.0.0.1:1/d"],
        &["postgres://me@127.0.0.1:1/d", "cannot be reached"],
    );
}

#[test]
fn a_register_that_is_not_there_is_told_and_opened_only_when_that_is_meant() {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["import", "plan.txt", "--database", "r.db"])
        .expect_success();
    let other = ["--database", "r.db", "--register", "other"];
    for command in ["verify", "serve"] {
        check(
            &desk,
            &[&[command][..], &other].concat(),
            &["other", "no register"],
        );
    }
    let import = [&["import", "plan.txt"][..], &other].concat();
    check(&desk, &import, &["only main", "--new-register"]);
    desk.run(&[&import[..], &["--new-register"]].concat())
        .expect_success();
    check(
        &desk,
        &["import", "plan.txt", "--database", "r.db"],
        &["several registers", "--register", "main, other"],
    );
}

#[test]
fn a_database_that_is_read_only_is_told() {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["import", "parties.csv", "--database", "r.db"])
        .expect_success();
    let read_only = "sqlite://r.db?mode=ro";
    check(
        &desk,
        &["import", "plan.txt", "--database", read_only],
        &["r.db", "read-only"],
    );
}

#[test]
fn a_database_that_another_process_serves_is_told() {
    let desk = Desk::new();
    put_examples(&desk);
    let server = desk.serve(&["--database", "r.db"]);
    let remedy = "stop it first, or use PostgreSQL";
    check(
        &desk,
        &["import", "plan.txt", "--database", "r.db"],
        &["another process", remedy],
    );
    desk.run(&["verify", "--database", "r.db"]).expect_success();
    server.stop("TERM").expect_success();
}

#[tokio::test]
async fn a_database_that_another_program_holds_is_told() {
    let desk = Desk::new();
    desk.run(&["migrate", "--database", "r.db"])
        .expect_success();
    let holder = sql::connect(&url(&desk)).await;
    sql::execute(&holder, "BEGIN EXCLUSIVE").await.unwrap();
    check(
        &desk,
        &["token", "add", "dashboard", "--database", "r.db"],
        &["busy", "try again"],
    );
    sql::execute(&holder, "ROLLBACK").await.unwrap();
    holder.close().await.unwrap();
    desk.run(&["token", "add", "dashboard", "--database", "r.db"])
        .expect_success();
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_told() {
    let desk = Desk::new();
    desk.run(&["migrate", "--database", "r.db"])
        .expect_success();
    let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_future', 0)";
    sql::run(&url(&desk), &[newer]).await;
    for command in ["serve", "verify", "migrate"] {
        check(
            &desk,
            &[command, "--database", "r.db"],
            &["newer", "m9999_future"],
        );
    }
}

#[tokio::test]
async fn verify_names_a_value_that_was_changed_behind_the_program_and_fails() {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["import", "parties.csv", "plan.txt", "--database", "r.db"])
        .expect_success();
    let change = [
        "DROP TRIGGER task_no_update",
        "UPDATE task SET title = '另一件事' WHERE title = '统一数据目录'",
    ];
    sql::run(&url(&desk), &change).await;
    let run = desk.run(&["verify", "--database", "r.db"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.contains("main: task "), "{run:?}");
    assert!(
        run.stdout.contains("统一数据目录") && run.stdout.contains("另一件事"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("1 value is not what was written"),
        "{run:?}"
    );
}

fn url(desk: &Desk) -> String {
    format!("sqlite://{}", desk.path().join("r.db").display())
}
