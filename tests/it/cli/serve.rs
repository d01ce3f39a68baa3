use super::{Desk, put_examples};
use crate::support::database::TestDatabase;

const TOTALS: &str = "{ register { asOf { seq } plans { totalCount } tasks { totalCount } } }";

#[test]
fn the_first_start_imports_and_the_second_finds_everything_and_imports_nothing() {
    let desk = Desk::new();
    put_examples(&desk);
    let arguments = [
        "--database",
        "remit.db",
        "--import",
        "plan.txt",
        "parties.csv",
    ];

    let first = desk.serve(&arguments);
    assert!(first.said.contains("kept as changeset 1"), "{}", first.said);
    assert!(first.said.contains("plan.txt: "), "{}", first.said);
    assert!(first.said.contains("named assignments"), "{}", first.said);
    assert!(
        first.said.contains("牵 lead"),
        "the matrix has a legend: {}",
        first.said
    );
    let (status, answer) = first.ask(TOTALS, None);
    assert_eq!(status, 200);
    let register = answer["data"]["register"].clone();
    assert_eq!(register["asOf"]["seq"], 2, "{answer}");
    assert_eq!(register["plans"]["totalCount"], 1, "{answer}");
    let run = first.stop("INT").expect_success();
    assert!(
        run.stdout.contains("curl -s http://127.0.0.1:"),
        "{}",
        run.stdout
    );

    let second = desk.serve(&arguments);
    assert_eq!(
        second
            .said
            .matches("nothing changed: the register says the same already")
            .count(),
        2,
        "{}",
        second.said
    );
    assert!(second.said.contains("per assignment"), "{}", second.said);
    assert_eq!(second.ask(TOTALS, None).1["data"]["register"], register);
    second.stop("TERM").expect_success();

    desk.run(&["verify", "--database", "remit.db"])
        .expect_success();
}

#[test]
fn health_is_told_and_only_the_address_is_printed_when_things_are_to_be_quiet() {
    let desk = Desk::new();
    let server = desk.serve(&["--quiet"]);
    assert_eq!(server.said.lines().count(), 1, "{}", server.said);
    assert_eq!(server.get("/healthz").0, 200);
    assert_eq!(server.get("/readyz").0, 200);
    assert_eq!(server.get("/elsewhere").0, 404);
    let run = server.stop("TERM").expect_success();
    assert_eq!(run.stderr, "");
}

#[test]
fn the_first_query_that_is_printed_can_be_asked() {
    let server = Desk::new().serve(&[]);
    let (status, answer) = server.ask(
        "{ register { plans { nodes { code title } totalCount } } }",
        None,
    );
    assert_eq!(
        (status, &answer["data"]["register"]["plans"]["totalCount"]),
        (200, &0.into())
    );
    let run = server.stop("INT").expect_success();
    assert!(
        run.stdout
            .contains("{ register { plans { nodes { code title } totalCount } } }")
    );
}

#[test]
fn the_environment_can_say_what_options_say() {
    let desk = Desk::new();
    let run = desk
        .command(&["verify"])
        .env("REMIT_DATABASE", "nowhere.db")
        .output()
        .unwrap();
    let stderr = String::from_utf8(run.stderr).unwrap();
    assert!(
        stderr.contains("there is no database nowhere.db"),
        "{stderr}"
    );
}

#[test]
fn a_server_database_is_migrated_only_when_that_is_asked_for() {
    let Some(database) = TestDatabase::postgres_empty() else {
        return;
    };
    let desk = Desk::new();
    put_examples(&desk);
    let url = database.url.as_str();
    let refused = desk.run(&["serve", "--listen", "127.0.0.1:0", "--database", url]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("run `remit migrate` first"),
        "{}",
        refused.stderr
    );

    let migrated = desk.run(&["migrate", "--database", url]).expect_success();
    assert!(
        migrated.stdout.contains("applied m0001"),
        "{}",
        migrated.stdout
    );
    let server = desk.serve(&["--database", url, "--import", "plan.txt"]);
    let (_, answer) = server.ask(TOTALS, None);
    assert_eq!(answer["data"]["register"]["plans"]["totalCount"], 1);
    desk.run(&["import", "parties.csv", "--database", url])
        .expect_success();
    server.stop("TERM").expect_success();
    desk.run(&["verify", "--database", url]).expect_success();
}
