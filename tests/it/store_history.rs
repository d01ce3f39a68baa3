//! The same history is kept the same way by both databases, and comes back as it was.

use crate::support::{
    database::TestDatabase,
    env::TestEnv,
    history::{Step, history},
    sql,
};
use domain::{
    change::{Change, Changeset, Edit, Fact},
    image::{self, Image},
    register::Register,
    time::{Day, Seq},
    view::View,
};
use proptest::{prelude::*, test_runner::Config};
use std::sync::Arc;
use store::{Direction, Store};

/// Everything that a history leaves behind, in a form that is the same on both databases.
#[derive(Debug, PartialEq)]
struct Kept {
    leaves: Vec<String>,
    heads: Vec<String>,
    tables: Vec<(&'static str, Vec<String>)>,
}

async fn keep(database: &TestDatabase, steps: Vec<Step>) -> Kept {
    let env = TestEnv::new();
    let store = database.store(&env).await;
    for (number, step) in steps.into_iter().enumerate() {
        let written = step.run(&store, &env).await;
        assert_eq!(written.seq(), Seq(number as u32 + 1));
    }
    assert_comes_back(database, &env, &store).await;

    let db = sql::connect(&database.url).await;
    let mut tables = vec![];
    for table in sql::PROJECTION.into_iter().chain(["text", "idempotency"]) {
        tables.push((table, sql::dump(&db, table).await));
    }
    Kept {
        leaves: sql::dump(&db, "event").await,
        heads: sql::dump(&db, "log_head").await,
        tables,
    }
}

/// Loads the register a second time and compares it with the live one, and both with the log, at every seq.
async fn assert_comes_back(database: &TestDatabase, env: &TestEnv, live: &Store) {
    let log = live
        .changesets(Seq::EMPTY, None, u32::MAX, Direction::Forward)
        .await
        .unwrap();
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
        for register in [&live, &loaded] {
            assert_says(register, seq, &log);
        }
    }
}

/// Every fact that the log ever named is, at `seq`, what the log left it at.
fn assert_says(register: &Arc<Register>, seq: Seq, log: &[Changeset]) {
    let view = View::new(Arc::clone(register), seq, Day::from_number(0));
    let latest = |change: &Change| {
        let mut known = log
            .iter()
            .filter(|changeset| changeset.seq <= seq)
            .flat_map(|changeset| &changeset.changes);
        known.rfind(|known| known.id() == change.id()).cloned()
    };
    for change in log.iter().flat_map(|changeset| &changeset.changes) {
        macro_rules! check {
            ($($kind:ident)*) => {
                match change {
                    $(Change::$kind(edit) => {
                        let expected = match latest(change) {
                            Some(Change::$kind(latest)) => latest.after,
                            _ => None,
                        };
                        assert_eq!(held::<image::$kind>(&view, edit), expected, "{} {:?} at {seq}", change.entity(), edit.id);
                    })*
                }
            };
        }
        check!(
            Document Place Party PartyName Reorganization Plan Section Task Standing Clause Assignment Target Deadline
            ProgressReport SupervisionCase
        );
    }
}

fn held<I: Image>(view: &View, edit: &Edit<I::Fact>) -> Option<I::Fact>
where
    I::Fact: Fact,
{
    view.fact(view.find::<I>(edit.id)?)
}

fn on_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

#[test]
fn the_same_history_is_kept_the_same_on_both_databases_and_comes_back() {
    let config = Config {
        cases: 4,
        max_shrink_iters: 60,
        failure_persistence: None,
        ..Config::default()
    };
    proptest!(config, |(seed: u64, length in 5usize..60)| {
        let steps = history(seed, length);
        let sqlite = TestDatabase::sqlite();
        let kept = on_runtime(keep(&sqlite, steps.clone()));
        prop_assert_eq!(kept.leaves.len(), length);
        if let Some(postgres) = TestDatabase::postgres() {
            prop_assert_eq!(on_runtime(keep(&postgres, steps)), kept);
        }
    });
}
