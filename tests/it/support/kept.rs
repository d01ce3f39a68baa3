//! What a history leaves behind in a database, and the register that comes back from it.

use super::{database::TestDatabase, env::TestEnv, sql};
use domain::{register::Register, time::Seq};
use std::sync::Arc;
use store::Store;

/// Everything that a history leaves behind, in a form that is the same on both databases.
#[derive(Debug, PartialEq)]
pub(crate) struct Kept {
    pub(crate) leaves: Vec<String>,
    heads: Vec<String>,
    tables: Vec<(&'static str, Vec<String>)>,
}

impl Kept {
    pub(crate) async fn of(database: &TestDatabase) -> Self {
        let db = sql::connect(&database.url).await;
        let mut tables = vec![];
        for table in sql::PROJECTION.into_iter().chain(["text", "idempotency"]) {
            tables.push((table, sql::dump(&db, table).await));
        }
        let kept = Self {
            leaves: sql::dump(&db, "event").await,
            heads: sql::dump(&db, "log_head").await,
            tables,
        };
        db.close().await.unwrap();
        kept
    }
}

/// Loads a register that is being served a second time. What is kept of it is as it was written, and both know when.
pub(crate) async fn loaded_again(
    database: &TestDatabase,
    env: &TestEnv,
    live: &Store,
) -> Arc<Register> {
    assert_eq!(live.database().verify("test").await.unwrap().len(), 0);
    let live = live.register();
    // An embedded database is served by one process: its file is copied as it is.
    let copy = tempfile::tempdir().unwrap();
    let url = match database.file() {
        Some(file) => {
            let to = copy.path().join("copy.db");
            std::fs::copy(&file, &to).unwrap();
            std::fs::copy(file.with_extension("db-wal"), to.with_extension("db-wal")).unwrap();
            format!("sqlite://{}", to.display())
        }
        None => database.url.clone(),
    };
    let loaded = store::Database::connect(&url, &env.options())
        .await
        .unwrap();
    let loaded = loaded.store("test", None).await.unwrap().register();
    assert_eq!(loaded.seq(), live.seq());
    for seq in (0..=live.seq().0).map(Seq) {
        assert_eq!(loaded.recorded_at(seq), live.recorded_at(seq));
    }
    loaded
}

/// Waits for something asynchronous where a property is not.
pub(crate) fn on_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}
