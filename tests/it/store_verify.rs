//! Whatever is changed behind the store's back is found and named.

use crate::support::{
    database::{CODE, TestDatabase, on_both},
    env::TestEnv,
    history::history,
    sql::{self, Column},
};
use sea_orm::DatabaseConnection;
use store::{Database, Finding, Problem};

/// Takes away everything that protects the tables.
pub(crate) async fn unprotect(database: &TestDatabase, db: &DatabaseConnection) {
    let query = if database.is_postgres() {
        "SELECT format('ALTER TABLE %I DISABLE TRIGGER USER', relname) AS statement FROM pg_class
         WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
         UNION ALL
         SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
         WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace"
    } else {
        "SELECT 'DROP TRIGGER ' || name AS statement FROM sqlite_master WHERE type = 'trigger'
         UNION ALL SELECT 'PRAGMA ignore_check_constraints = ON'
         UNION ALL SELECT 'PRAGMA foreign_keys = OFF'"
    };
    for statement in sql::rows(db, query).await {
        sql::execute(db, &statement).await.unwrap();
    }
}

/// Another value of the same type.
fn changed(column: &Column, postgres: bool) -> String {
    let name = &column.name;
    match (column.kind, postgres) {
        ("text", _) => format!("COALESCE({name}, '') || 'x'"),
        ("number", _) => format!("COALESCE({name}, 0) + 1000"),
        ("truth", true) => format!("NOT COALESCE({name}, false)"),
        ("truth", false) => format!("1 - COALESCE({name}, 0)"),
        ("bytes", true) => format!(r"{name} || '\x00'::bytea"),
        ("bytes", false) => format!("CAST({name} || x'00' AS BLOB)"),
        ("id", true) => "'ffffffff-ffff-7fff-bfff-ffffffffffff'".to_owned(),
        (_, _) => "x'ffffffffffff7fffbfffffffffffffff'".to_owned(),
    }
}

/// Whether a finding names the cell, or says that the row which had this key is gone.
fn names(finding: &Finding, table: &str, column: &str, is_key: bool) -> bool {
    let moved = is_key && matches!(finding.problem, Problem::Missing | Problem::Unexpected);
    let cell = finding
        .column
        .is_some_and(|found| column.starts_with(found) || found.contains(column));
    finding.table == table && (cell || moved || matches!(finding.problem, Problem::Unreadable(_)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_value_anywhere_is_found_and_named() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        for step in history(11, 5) {
            step.run(&store, &env).await;
        }
        let connected = store.database();
        assert_eq!(connected.verify(CODE).await.unwrap().len(), 0);
        let db = sql::connect(&database.url).await;
        unprotect(&database, &db).await;
        let mut cells = 0;
        for table in sql::PROJECTION.into_iter().chain([
            "event",
            "changeset",
            "text",
            "log_head",
            "idempotency",
        ]) {
            for column in sql::columns(&db, table).await {
                // What a key was given with is nowhere else.
                if (table, column.name.as_str()) != ("idempotency", "input_hash") {
                    assert_found(&database, connected, &db, table, &column).await;
                    cells += 1;
                }
            }
        }
        assert!(cells > 150, "only {cells} columns were tried");
        assert_eq!(
            connected.verify(CODE).await.unwrap().len(),
            0,
            "all is as it was again"
        );
    })
    .await;
}

async fn assert_found(
    database: &TestDatabase,
    connected: &Database,
    db: &DatabaseConnection,
    table: &str,
    column: &Column,
) {
    let postgres = database.is_postgres();
    let (row, name) = (if postgres { "ctid" } else { "rowid" }, &column.name);
    sql::execute(db, &format!("CREATE TABLE kept AS SELECT * FROM {table}"))
        .await
        .unwrap();
    let one = format!("{row} = (SELECT {row} FROM {table} LIMIT 1)");
    let tamper = format!(
        "UPDATE {table} SET {name} = {} WHERE {one}",
        changed(column, postgres)
    );
    sql::execute(db, &tamper).await.unwrap();

    let findings = connected.verify(CODE).await.unwrap();
    let keys = [
        "register_id",
        "id",
        "since_seq",
        "seq",
        "source",
        "entity",
        "key",
        "subject",
        "sha256",
    ];
    let is_key = keys.contains(&name.as_str());
    assert!(
        findings
            .iter()
            .any(|finding| names(finding, table, name, is_key)),
        "{table}.{name} was changed, found: {:#?}",
        findings.iter().map(ToString::to_string).collect::<Vec<_>>()
    );
    for restore in [
        format!("DELETE FROM {table}"),
        format!("INSERT INTO {table} SELECT * FROM kept"),
        "DROP TABLE kept".to_owned(),
    ] {
        sql::execute(db, &restore).await.unwrap();
    }
}

#[tokio::test]
async fn rows_that_are_missing_or_too_many_are_found() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        for step in history(12, 6) {
            step.run(&store, &env).await;
        }
        let db = sql::connect(&database.url).await;
        unprotect(&database, &db).await;
        sql::execute(&db, "DELETE FROM event WHERE seq IN (2, 3)")
            .await
            .unwrap();
        let found = store.database().verify(CODE).await.unwrap();
        let missing: Vec<_> = found
            .iter()
            .filter(|finding| {
                finding.table == "event" && matches!(finding.problem, Problem::Missing)
            })
            .map(|finding| finding.key.to_string())
            .collect();
        assert_eq!(missing, ["2 to 3"]);
        assert!(
            found
                .iter()
                .any(|finding| matches!(finding.problem, Problem::Unexpected)),
            "their rows are left"
        );

        sql::execute(&db, "DELETE FROM text").await.unwrap();
        let found = store.database().verify(CODE).await.unwrap();
        assert!(
            found
                .iter()
                .any(|finding| finding.table == "text"
                    && matches!(finding.problem, Problem::Missing))
        );
    })
    .await;
}
