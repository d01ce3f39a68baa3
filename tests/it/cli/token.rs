use super::{Desk, Server};
use crate::support::database::TestDatabase;

#[test]
fn listening_where_others_are_is_refused_until_there_is_a_token_and_then_every_request_needs_it() {
    let desk = Desk::new();
    // Its log goes nowhere, because nobody reads it while it is asked again and again.
    let everywhere = ["--listen", "0.0.0.0:0", "--log", "off"];

    let refused = desk.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("`remit token add NAME`"),
        "{}",
        refused.stderr
    );

    let added = desk.run(&["token", "add", "dashboard"]).expect_success();
    let token = added.stdout.trim();
    assert!(
        token.starts_with("remit_") && !added.stderr.contains(token),
        "{added:?}"
    );

    let server = desk.serve(&everywhere);
    let question = "{ viewer { __typename } }";
    assert_eq!(server.ask("{ __typename }", None).0, 401);
    assert_eq!(server.ask(question, Some("remit_nothing")).0, 401);
    assert_eq!(server.ask("{ __typename }", Some(token)).0, 200);

    let again = desk.run(&["token", "add", "dashboard"]);
    assert_eq!((again.code, again.stdout.as_str()), (Some(1), ""));
    desk.run(&["token", "revoke", "dashboard"]).expect_success();
    // A server that runs may take it for what it was a moment ago.
    while server.ask("{ __typename }", Some(token)).0 == 200 {}
    assert_eq!(server.ask("{ __typename }", Some(token)).0, 401);
    assert_eq!(desk.run(&["token", "revoke", "dashboard"]).code, Some(1));
    let listed = desk.run(&["token", "list"]).expect_success();
    assert!(
        listed.stdout.contains("dashboard") && !listed.stdout.contains(token),
        "{listed:?}"
    );
    server.stop("TERM").expect_success();

    let refused = desk.run(&["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(refused.code, Some(1), "a revoked token opens nothing");
}

const ASKED: &str = "{ viewer { actor { subject } } }";

#[test]
fn a_token_in_a_file_opens_a_server_with_a_new_database_under_its_name() {
    let mut databases = vec!["remit.db".to_owned()];
    let postgres = TestDatabase::postgres();
    databases.extend(postgres.iter().map(|database| database.url.clone()));
    for database in databases {
        let desk = Desk::new();
        let made = desk.run(&["token", "new"]).expect_success();
        desk.put("secret", &made.stdout);
        let token = made.stdout.trim();
        let mut command = desk.command(&["serve", "--database", &database]);
        command
            .env("REMIT_LISTEN", "0.0.0.0:0")
            .env("REMIT_TOKEN_FILE", "secret")
            .env("REMIT_TOKEN_NAME", "office");
        let server = Server::start(command);
        assert_eq!(server.ask(ASKED, None).0, 401);
        let (status, answer) = server.ask(ASKED, Some(token));
        assert_eq!(status, 200);
        assert_eq!(
            answer["data"]["viewer"]["actor"]["subject"], "office",
            "{answer}"
        );

        let health = desk.run(&["health", "--listen", &server.address]);
        health.expect_success();
        let said = server.stop("TERM").expect_success();
        assert!(!said.stdout.contains(token) && !said.stderr.contains(token));
        let stopped = desk.run(&["health", "--listen", "127.0.0.1:1"]);
        assert_eq!(stopped.code, Some(1), "{stopped:?}");
    }
}

#[test]
fn a_token_file_is_added_once_and_never_brings_a_revoked_token_back() {
    let desk = Desk::new();
    let new = || desk.run(&["token", "new"]).expect_success().stdout;
    let everywhere = ["--listen", "0.0.0.0:0", "--token-file", "secret"];
    let serve = |more: &[&str]| desk.serve(&[&everywhere[..], more].concat());
    let refused = |more: &[&str]| {
        let run = desk.run(&[&["serve"][..], &everywhere, more].concat());
        assert_eq!(run.code, Some(1), "{run:?}");
        run.stderr
    };
    assert!(refused(&[]).contains("cannot read secret"));
    desk.put("secret", "changeme\n");
    assert!(refused(&[]).contains("`remit token new`"));

    let first = new();
    desk.put("secret", &first);
    for _ in 0..2 {
        let server = serve(&[]);
        assert_eq!(server.ask(ASKED, Some(first.trim())).0, 200);
        server.stop("TERM").expect_success();
    }
    let second = new();
    desk.put("secret", &second);
    assert!(refused(&[]).contains("--token-name"));
    let server = serve(&["--token-name", "second"]);
    assert_eq!(server.ask(ASKED, Some(first.trim())).0, 200, "still");
    assert_eq!(server.ask(ASKED, Some(second.trim())).0, 200);
    server.stop("TERM").expect_success();

    desk.run(&["token", "revoke", "second"]).expect_success();
    assert!(refused(&["--token-name", "second"]).contains("was revoked"));
}
