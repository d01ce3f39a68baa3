use super::{Desk, Run, put_examples, repository};
use crate::support::{
    database::{TestDatabase, on_both},
    env::TestEnv,
    history::history,
    sql,
};
use std::{collections::BTreeMap, fs, path::Path};

/// The files of a directory, by name.
fn files(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
    let file = |entry: fs::DirEntry| {
        (
            entry.file_name().into_string().unwrap(),
            fs::read(entry.path()).unwrap(),
        )
    };
    entries.map(file).collect()
}

const ROWS: [&str; 4] = [
    "party.jsonl",
    "plan.jsonl",
    "task.jsonl",
    "assignment.jsonl",
];

fn rows(desk: &Desk, directory: &str) -> [String; 4] {
    ROWS.map(|name| fs::read_to_string(desk.path().join(directory).join(name)).unwrap())
}

fn report(desk: &Desk, directory: &str) -> serde_json::Value {
    let report = fs::read(desk.path().join(directory).join("report.json")).unwrap();
    serde_json::from_slice(&report).unwrap()
}

fn export(desk: &Desk, url: &str, more: &[&str]) -> Run {
    desk.run(&[&["export", "--database", url][..], more].concat())
}

/// All three forms of a register, each as the bytes of its files.
fn all_forms(desk: &Desk, url: &str, more: &[&str]) -> [BTreeMap<String, Vec<u8>>; 3] {
    let out = tempfile::tempdir_in(desk.path()).unwrap();
    let form = |format: &str, name: &str| {
        let path = out.path().join(name);
        let path = path.to_str().unwrap();
        export(desk, url, &[&[path, "--format", format][..], more].concat()).expect_success();
    };
    form("interchange", "rows");
    form("csv", "tables");
    fs::create_dir(out.path().join("document")).unwrap();
    form("json", "document/register.json");
    ["rows", "tables", "document"].map(|name| files(&out.path().join(name)))
}

/// Loads an export into a new register and takes that out again, called by the same ids.
fn loaded_and_exported(desk: &Desk, from: &str, to: &str, url: &str, more: &[&str]) -> Run {
    let database = ["--database", url];
    desk.run(&[&["load", from, "--source", "copy"][..], &database].concat())
        .expect_success();
    let run = export(desk, url, &[&[to, "--source", "copy"][..], more].concat()).expect_success();
    desk.run(&[&["verify"][..], &database].concat())
        .expect_success();
    run
}

#[tokio::test]
async fn any_history_is_exported_alike_by_both_databases_and_whenever_it_is_asked_for() {
    let Some(postgres) = TestDatabase::postgres() else {
        return;
    };
    let desk = Desk::new();
    for seed in 0..4 {
        let sqlite = TestDatabase::sqlite();
        let mut exported = vec![];
        let databases = [sqlite, TestDatabase::postgres().unwrap()];
        for database in &databases {
            let env = TestEnv::new();
            let store = database.store(&env).await;
            for step in history(seed, 30) {
                step.run(&store, &env).await;
            }
            store.database().clone().close().await;
        }
        for database in &databases {
            for view in [
                &["--valid-on", "2024-06-30"][..],
                &["--known-seq", "12", "--valid-on", "1990-01-01"],
                &[],
            ] {
                exported.push(all_forms(&desk, &database.url, view));
            }
            let again = all_forms(&desk, &database.url, &[]);
            assert!(
                exported.last() == Some(&again),
                "seed {seed}: the same again"
            );
        }
        let (first, second) = exported.split_at(3);
        assert!(first == second, "seed {seed}: the databases differ");
    }
    drop(postgres);
}

#[tokio::test]
async fn whatever_a_register_holds_its_rows_can_be_loaded_and_come_out_again() {
    let desk = Desk::new();
    for seed in 10..16 {
        let database = TestDatabase::sqlite();
        let env = TestEnv::new();
        let store = database.store(&env).await;
        for step in history(seed, 40) {
            step.run(&store, &env).await;
        }
        store.database().clone().close().await;
        let (first, copy, second) = (
            format!("first{seed}"),
            format!("copy{seed}.db"),
            format!("second{seed}"),
        );
        export(&desk, &database.url, &[&first]).expect_success();
        loaded_and_exported(&desk, &first, &second, &copy, &[]);
        assert_eq!(rows(&desk, &first), rows(&desk, &second), "seed {seed}");
        let unsaid = report(&desk, &second)["unsaid"].clone();
        assert_eq!(unsaid, serde_json::json!([]), "rows say all of a copy");
    }
}

#[tokio::test]
async fn an_export_of_documents_loaded_elsewhere_gives_the_same_answers() {
    const QUESTION: &str = "{ register(validOn: \"2024-06-30\") { \
        tasks { totalCount nodes { title status body validFrom validTo plan { code title validFrom } \
            assignments { role validFrom validTo party { name kind } } } } \
        parties(filter: {}, orderBy: NAME) { nodes { name kind } } } }";
    on_both(async |database| {
        let desk = Desk::new();
        put_examples(&desk);
        desk.run(&[
            "import",
            "parties.csv",
            "plan.txt",
            "--database",
            &database.url,
            "--register",
            "main",
            "--new-register",
        ])
        .expect_success();
        let told = export(&desk, &database.url, &["out", "--register", "main"]).expect_success();
        for unsaid in ["clauses", "documents", "sections", "names beside"] {
            assert!(told.stderr.contains(unsaid), "{unsaid}: {}", told.stderr);
        }
        loaded_and_exported(&desk, "out", "again", "copy.db", &[]);
        assert_eq!(rows(&desk, "out"), rows(&desk, "again"));

        let ask = |url: &str| {
            let server = desk.serve(&["--database", url, "--register", "main"]);
            let (status, answer) = server.ask(QUESTION, None);
            assert_eq!(status, 200, "{answer}");
            server.stop("TERM").expect_success();
            answer
        };
        let (before, after) = (ask(&database.url), ask("copy.db"));
        assert_eq!(before["data"]["register"]["tasks"]["totalCount"], 13);
        assert_eq!(before, after);
    })
    .await;
}

#[test]
fn only_what_holds_on_a_day_is_exported_for_that_day_and_things_are_all_there() {
    let desk = Desk::new();
    super::load::put(&desk);
    desk.run(&["load", "export", "--source", "oa"])
        .expect_success();
    let count = |more: &[&str]| {
        let out = tempfile::tempdir_in(desk.path()).unwrap();
        let out = out.path().join("out").to_str().unwrap().to_owned();
        export(&desk, "remit.db", &[&[out.as_str()][..], more].concat()).expect_success();
        rows(&desk, &out).map(|file| file.lines().count())
    };
    assert_eq!(count(&[]), [3, 2, 3, 4]);
    assert_eq!(count(&["--valid-on", "2024-05-31"]), [3, 2, 3, 4]);
    assert_eq!(count(&["--valid-on", "2024-06-01"]), [3, 2, 3, 3]);
    assert_eq!(count(&["--valid-on", "2024-01-31"]), [3, 2, 3, 3]);
    // The parties are the first changeset, the first plan is the second.
    assert_eq!(count(&["--known-seq", "2"]), [3, 1, 2, 3]);
    assert_eq!(count(&["--known-seq", "0"]), [0, 0, 0, 0]);
    assert_eq!(count(&["--known-at", "2000-01-01T00:00:00Z"]), [0, 0, 0, 0]);
    assert_eq!(count(&["--known-at", "2999-01-01T00:00:00Z"]), [3, 2, 3, 4]);

    let past = export(&desk, "remit.db", &["x", "--known-seq", "9"]);
    assert_eq!(past.code, Some(1));
    assert!(past.stderr.contains("the last one is 3"), "{}", past.stderr);
}

#[test]
fn what_was_loaded_comes_out_under_its_own_ids() {
    let desk = Desk::new();
    super::load::put(&desk);
    desk.run(&["load", "export", "--source", "oa"])
        .expect_success();
    export(&desk, "remit.db", &["out", "--source", "oa"]).expect_success();
    let [parties, plans, tasks, assignments] = rows(&desk, "out");
    assert_eq!(
        parties,
        "{\"id\":\"1\",\"parent_id\":null,\"kind\":\"government\",\"code\":\"P1\",\"name\":\"和平区\"}\n\
         {\"id\":\"2\",\"parent_id\":\"1\",\"kind\":\"department\",\"code\":\"P2\",\"name\":\"和平区教育局\"}\n\
         {\"id\":\"3\",\"parent_id\":null,\"kind\":\"enterprise\",\"code\":\"P3\",\"name\":\"天津水务集团有限公司\"}\n"
    );
    assert!(
        plans.starts_with("{\"id\":\"1\",\"code\":\"2024-1\""),
        "{plans}"
    );
    assert!(
        tasks.contains(
            "\"target\":\"改造50公里\",\"deadline\":\"2024-10-31\",\"status\":\"delayed\""
        ),
        "{tasks}"
    );
    assert!(
        assignments.contains("\"valid_to\":\"2024-06-01\""),
        "{assignments}"
    );
    let told = report(&desk, "out");
    assert_eq!(told["unsaid"], serde_json::json!([]));
    assert_eq!(told["ids_of"], "oa");

    let load = desk.run(&["load", "out", "--source", "oa", "--complete"]);
    let load = load.expect_success();
    assert!(load.stdout.contains("nothing changed"), "{}", load.stdout);
    let unknown = export(&desk, "remit.db", &["x", "--source", "ao"]);
    assert_eq!(unknown.code, Some(1));
    assert!(
        unknown.stderr.contains("nothing was loaded from"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn a_copy_of_a_register_within_itself_keeps_its_ids_apart() {
    let desk = Desk::new();
    super::load::put(&desk);
    desk.run(&["load", "export", "--source", "oa"])
        .expect_success();
    export(&desk, "remit.db", &["out"]).expect_success();
    desk.run(&["load", "out", "--source", "copy"])
        .expect_success();
    export(&desk, "remit.db", &["both", "--source", "copy"]).expect_success();
    desk.run(&["load", "both", "--source", "again", "--database", "new.db"])
        .expect_success();
    let [parties, ..] = rows(&desk, "both");
    assert_eq!(parties.lines().count(), 6);
    assert_eq!(parties.matches("\"id\":\"remit:").count(), 3, "{parties}");
}

#[test]
fn an_export_is_there_wholly_or_not_at_all_and_replaces_only_another() {
    let desk = Desk::new();
    super::load::put(&desk);
    desk.run(&["load", "export", "--source", "oa"])
        .expect_success();
    let run = |more: &[&str]| export(&desk, "remit.db", more);

    run(&["out"]).expect_success();
    let refused = run(&["out"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    run(&["out", "--format", "csv", "--force"]).expect_success();
    assert!(!desk.path().join("out/task.jsonl").exists());
    assert!(desk.path().join("out/task.csv").exists());

    desk.put("out/minutes.docx", "");
    let refused = run(&["out", "--force"]);
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("minutes.docx"),
        "{}",
        refused.stderr
    );

    run(&["all.json", "--format", "json"]).expect_success();
    assert_eq!(run(&["all.json", "--format", "json"]).code, Some(1));
    run(&["all.json", "--format", "json", "--force"]).expect_success();
    assert_eq!(run(&["out", "--format", "json", "--force"]).code, Some(1));

    for wrong in [
        &["-"][..],
        &["-", "--format", "csv"],
        &["x.json", "--format", "json", "--source", "oa"],
        &["nowhere/out"],
        &["/"],
    ] {
        let run = run(wrong);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{wrong:?}");
    }
    let missing = export(&desk, "none.db", &["x"]);
    assert!(missing.stderr.contains("there is no database none.db"));
    assert!(!desk.path().join("none.db").exists(), "nothing was made");
    let left: Vec<_> = files_and_directories(desk.path())
        .into_iter()
        .filter(|name| name.starts_with(".remit-export"))
        .collect();
    assert_eq!(left, [""; 0], "nothing temporary is left");
}

fn files_and_directories(directory: &Path) -> Vec<String> {
    fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[tokio::test]
async fn a_missing_body_leaves_no_half_export() {
    let desk = Desk::new();
    super::load::put(&desk);
    desk.run(&["load", "export", "--source", "oa"])
        .expect_success();
    let url = format!("sqlite://{}", desk.path().join("remit.db").display());
    sql::run(&url, &["DROP TRIGGER text_no_delete", "DELETE FROM text"]).await;
    for format in ["interchange", "csv", "json"] {
        let run = export(&desk, "remit.db", &["out", "--format", format]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(run.stderr.contains("is missing"), "{}", run.stderr);
        assert!(!desk.path().join("out").exists());
    }
}

#[test]
fn a_register_that_is_being_served_can_be_exported() {
    let desk = Desk::new();
    put_examples(&desk);
    let server = desk.serve(&["--import", "plan.txt", "parties.csv"]);
    export(&desk, "remit.db", &["out"]).expect_success();
    assert_eq!(rows(&desk, "out")[2].lines().count(), 13);
    assert_eq!(server.get("/readyz").0, 200);
    server.stop("TERM").expect_success();
}

#[test]
fn the_document_follows_its_schema_and_says_what_the_tables_say() {
    let desk = Desk::new();
    put_examples(&desk);
    desk.run(&["import", "parties.csv", "plan.txt"])
        .expect_success();
    let run = export(&desk, "remit.db", &["-", "--format", "json"]).expect_success();
    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let schema = fs::read(repository("schema/export.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_slice(&schema).unwrap()).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(&document)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    let text = fs::read_to_string(desk.path().join("plan.txt")).unwrap();
    let points: Vec<char> = text.chars().collect();
    let slice = |row: &serde_json::Value, start: &str, end: &str| -> Option<String> {
        let at = |name: &str| row[name].as_u64().and_then(|at| usize::try_from(at).ok());
        Some(points[at(start)?..at(end)?].iter().collect())
    };
    for task in document["task"].as_array().unwrap() {
        assert_eq!(
            task["body"].as_str(),
            slice(task, "start", "end").as_deref()
        );
    }
    for assignment in document["assignment"].as_array().unwrap() {
        let written = slice(assignment, "written_start", "written_end");
        assert_eq!(assignment["written"].as_str(), written.as_deref());
        assert!(written.is_some());
    }

    export(&desk, "remit.db", &["sheets", "--format", "csv"]).expect_success();
    for (name, rows) in document.as_object().unwrap() {
        let Some(rows) = rows.as_array() else {
            continue;
        };
        let sheet = fs::read_to_string(desk.path().join(format!("sheets/{name}.csv"))).unwrap();
        let sheet = sheet.strip_prefix('\u{feff}').unwrap();
        let header = sheet.split("\r\n").next().unwrap();
        assert_eq!(sheet.matches("\r\n").count(), rows.len() + 1, "{name}");
        if let Some(row) = rows.first() {
            let row = row.as_object().unwrap();
            assert_eq!(header.split(',').count(), row.len(), "{name}");
            assert!(
                header.split(',').all(|column| row.contains_key(column)),
                "{name}"
            );
        }
    }
}
