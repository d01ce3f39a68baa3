//! The tables themselves: made from nothing, and not to be rewritten.

use crate::support::{
    database::{CODE, TestDatabase, on_both},
    env::TestEnv,
    history::history,
    sql,
};
use store::{Database, StoreError};

async fn migrates_from_empty(database: &TestDatabase) {
    let env = TestEnv::new();
    let connected = database.connect(&env).await;
    let pending = connected.pending().await.unwrap();
    assert_eq!(
        pending,
        [
            "m0001_register",
            "m0002_event_tree",
            "m0003_draft",
            "m0004_change",
            "m0005_changeset",
            "m0006_progress_rule",
            "m0007_rule",
            "m0008_by_hand",
            "m0009_revised"
        ]
    );
    let refused = connected.store("test", None).await.unwrap_err();
    assert!(matches!(refused, StoreError::Pending), "{refused:?}");

    connected.migrate().await.unwrap();
    connected.migrate().await.unwrap();
    assert_eq!(connected.pending().await.unwrap(), Vec::<String>::new());
    assert_eq!(connected.registers().await.unwrap(), []);
    connected.close().await;
    database.store(&env).await;
}

#[tokio::test]
async fn an_empty_database_is_migrated_once() {
    migrates_from_empty(&TestDatabase::sqlite_empty()).await;
    if let Some(database) = TestDatabase::postgres_empty() {
        migrates_from_empty(&database).await;
    }
}

#[tokio::test]
async fn two_processes_may_migrate_one_database_at_once() {
    let Some(database) = TestDatabase::postgres_empty() else {
        return;
    };
    let env = TestEnv::new();
    let (one, other) = (database.connect(&env).await, database.connect(&env).await);
    let (one, other) = tokio::join!(one.migrate(), other.migrate());
    one.unwrap();
    other.unwrap();
}

#[tokio::test]
async fn what_the_log_is_filtered_by_is_made_from_a_log_that_is_older() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        for step in history(3, 12) {
            step.run(&store, &env).await;
        }
        let db = sql::connect(&database.url).await;
        let written = sql::dump(&db, "changeset").await;
        assert!(!written.is_empty());
        for back in [
            "DROP TABLE changeset",
            "DELETE FROM seaql_migrations WHERE version = 'm0005_changeset'",
        ] {
            sql::execute(&db, back).await.unwrap();
        }
        store.database().migrate().await.unwrap();
        assert_eq!(sql::dump(&db, "changeset").await, written);
        assert_eq!(store.database().verify(CODE).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_database_that_is_newer_is_refused() {
    on_both(async |database| {
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)";
        sql::run(&database.url, &[newer]).await;
        let refused = Database::connect(&database.url, &TestEnv::new().options())
            .await
            .unwrap_err();
        assert!(
            matches!(&refused, StoreError::Newer { migration } if migration == "m9999_later"),
            "{refused:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_recorded_cannot_be_rewritten() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        for step in history(1, 60) {
            step.run(&store, &env).await;
        }
        let db = sql::connect(&database.url).await;
        let refused = async |statement: &str| {
            let result = sql::execute(&db, statement).await;
            assert!(result.is_err(), "allowed: {statement}");
        };
        let append_only = ["event", "changeset", "text", "idempotency"];
        for table in sql::PROJECTION
            .into_iter()
            .chain(append_only)
            .chain(["log_head"])
        {
            let before = sql::dump(&db, table).await;
            assert!(!before.is_empty(), "{table}");
            refused(&format!("DELETE FROM {table}")).await;
            if database.is_postgres() {
                refused(&format!("TRUNCATE {table}")).await;
            }
            for column in sql::columns(&db, table).await {
                let name = &column.name;
                if table != "log_head" && name != "until_seq" {
                    refused(&format!("UPDATE {table} SET {name} = {name}")).await;
                }
            }
            if before[0].split('|').count() > 6 {
                refused(&format!(
                    "UPDATE {table} SET until_seq = 4294967295 WHERE until_seq < 4294967295"
                ))
                .await;
                refused(&format!(
                    "UPDATE {table} SET until_seq = until_seq - 1 WHERE until_seq < 4294967295"
                ))
                .await;
            }
            assert_eq!(sql::dump(&db, table).await, before, "{table}");
        }
        for wrong in ["size = size - 1", "size = size + 2", "size = size + 1"] {
            refused(&format!("UPDATE log_head SET {wrong}")).await;
        }
    })
    .await;
}
