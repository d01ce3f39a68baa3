//! A write that fails or is broken off: all of it is there, or nothing.

use crate::support::{
    database::{CODE, TestDatabase, apart, new_register, on_both},
    env::TestEnv,
    proxy::{Fate, Line, Proxy},
    sql,
    write::{everything, plan, run, run_plan, write},
};
use domain::{
    change::Change,
    id::{PlanId, TaskId},
    register::Inapplicable,
    task::Task,
    time::{Seq, Validity},
    vocabulary::TaskStatus,
};
use std::{convert::Infallible, time::Duration};
use store::{Database, StoreError};

#[tokio::test]
async fn changes_that_do_not_fit_are_refused_whole() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        run_plan(&store, &env).await.unwrap();
        let before = everything(&database).await;
        let (good, dangling): (PlanId, TaskId) = (env.id(), env.id());
        let task = Task {
            plan: env.id(),
            section: None,
            label: "1".to_owned(),
            title: "重点任务".to_owned(),
            body: None,
            position: 0,
            status: TaskStatus::NotStarted,
            validity: Validity::ALWAYS,
        };
        let changes = vec![
            Change::record(good, plan("good")),
            Change::record(dangling, task),
        ];
        let refused = run(&store, write("test"), changes).await.unwrap_err();
        assert!(
            matches!(
                refused,
                StoreError::Inapplicable(Inapplicable::Dangling { .. })
            ),
            "{refused:?}"
        );
        assert_eq!(everything(&database).await, before);

        run_plan(&store, &env).await.unwrap();
        let view = store.view(env.today());
        assert_eq!(view.seq(), Seq(2));
        assert!(
            view.find::<domain::image::Plan>(good).is_none(),
            "what was refused is not seen later either"
        );
        assert_eq!(store.database().verify(CODE).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_commit_that_the_database_refuses_leaves_everything_as_it_was() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        run_plan(&store, &env).await.unwrap();
        let before = everything(&database).await;
        let (refuse, allow): (&[&str], &str) = if database.is_postgres() {
            let refuse = &[
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'",
                "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED
                 FOR EACH ROW EXECUTE FUNCTION refuse()",
            ];
            (refuse, "DROP TRIGGER late ON event")
        } else {
            let refuse = &[
                "CREATE TABLE orphan (parent BLOB REFERENCES register (id) DEFERRABLE INITIALLY DEFERRED)",
                "CREATE TRIGGER late AFTER INSERT ON event BEGIN INSERT INTO orphan VALUES (x'00'); END",
            ];
            (refuse, "DROP TRIGGER late")
        };
        sql::run(&database.url, refuse).await;
        let refused = run_plan(&store, &env).await.unwrap_err();
        assert!(matches!(refused, StoreError::Database(_)), "{refused:?}");
        assert_eq!(everything(&database).await, before);
        assert_eq!(store.register().seq(), Seq(1));

        sql::run(&database.url, &[allow]).await;
        assert_eq!(run_plan(&store, &env).await.unwrap().seq(), Seq(2));
        assert_eq!(store.database().verify(CODE).await.unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_connection_lost_at_commit_is_settled_by_looking() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let proxy = Proxy::to(&database).await;
    let through = Database::connect(&proxy.url, &env.options()).await.unwrap();
    let store = through.store(CODE, Some(new_register())).await.unwrap();
    run_plan(&store, &env).await.unwrap();

    proxy.next_commit(Fate::Forwarded);
    assert_eq!(
        run_plan(&store, &env).await.unwrap().seq(),
        Seq(2),
        "it was committed, only nobody said so"
    );
    proxy.next_commit(Fate::Lost);
    assert_eq!(
        run_plan(&store, &env).await.unwrap().seq(),
        Seq(3),
        "it was not, so it is written now, once"
    );
    assert_eq!(run_plan(&store, &env).await.unwrap().seq(), Seq(4));
    assert_eq!(store.database().verify(CODE).await.unwrap().len(), 0);
}

#[tokio::test]
async fn where_nobody_can_look_whether_it_was_committed_that_is_said_and_not_guessed() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let proxy = Proxy::to(&database).await;
    let mut options = env.options();
    options.acquire_timeout = Duration::from_secs(1);
    options.patience = Duration::from_millis(1500);
    let through = Database::connect(&proxy.url, &options).await.unwrap();
    let store = through.store(CODE, Some(new_register())).await.unwrap();
    let mut seq = 0;
    for (fate, line) in [
        (Fate::Forwarded, Line::Cut),
        (Fate::Lost, Line::Cut),
        (Fate::Forwarded, Line::Silent),
        (Fate::Lost, Line::Silent),
    ] {
        proxy.next_commit_and_line(fate, line);
        let unsettled = run_plan(&store, &env).await.unwrap_err();
        assert!(
            matches!(unsettled, StoreError::Unsettled(_)),
            "{fate:?} {line:?}: {unsettled:?}"
        );
        assert_eq!(store.register().seq(), Seq(seq), "readers see no guess");
        proxy.set(Line::Open);
        seq += u32::from(fate == Fate::Forwarded) + 1;
        assert_eq!(run_plan(&store, &env).await.unwrap().seq(), Seq(seq));
    }
    assert_eq!(store.database().verify(CODE).await.unwrap().len(), 0);
}

/// Makes the next appends to the log fail with this SQLSTATE, `times` times. (What a sequence has counted stays counted
/// when a transaction fails.)
async fn fail_with(database: &TestDatabase, state: &str, times: u32) {
    let function = format!(
        "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
             IF nextval('attempt') <= {times} THEN
                 RAISE EXCEPTION 'not now' USING ERRCODE = '{state}';
             END IF;
             RETURN NEW;
         END $$"
    );
    let statements = [
        "CREATE SEQUENCE IF NOT EXISTS attempt",
        "ALTER SEQUENCE attempt RESTART",
        &function,
        "CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION fail()",
    ];
    sql::run(&database.url, &statements).await;
}

#[tokio::test]
async fn what_a_server_refuses_for_the_moment_is_tried_again_and_not_without_end() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let store = database.store(&env).await;
    let mut seq = Seq(0);
    for state in ["40001", "40P01", "55P03"] {
        fail_with(&database, state, 3).await;
        seq = seq.next();
        assert_eq!(run_plan(&store, &env).await.unwrap().seq(), seq, "{state}");
        fail_with(&database, state, 1000).await;
        let busy = run_plan(&store, &env).await.unwrap_err();
        assert!(matches!(busy, StoreError::Busy(_)), "{state}: {busy:?}");
        let db = sql::connect(&database.url).await;
        let attempts = sql::rows(&db, "SELECT last_value::text FROM attempt").await;
        assert_eq!(attempts, ["6"], "{state}");
    }
    fail_with(&database, "40001", 0).await;
    assert_eq!(run_plan(&store, &env).await.unwrap().seq(), seq.next());
}

#[tokio::test]
async fn a_file_that_another_program_locks_for_long_is_busy_and_written_when_it_is_free() {
    let (database, env) = (TestDatabase::sqlite(), TestEnv::new());
    let mut options = env.options();
    options.lock_timeout = Duration::from_millis(10);
    let connected = Database::connect(&database.url, &options).await.unwrap();
    let store = connected.store(CODE, Some(new_register())).await.unwrap();
    let holder = sql::connect(&database.url).await;
    sql::execute(&holder, "BEGIN IMMEDIATE").await.unwrap();
    let busy = run_plan(&store, &env).await.unwrap_err();
    assert!(matches!(busy, StoreError::Busy(_)), "{busy:?}");
    sql::execute(&holder, "ROLLBACK").await.unwrap();
    assert_eq!(run_plan(&store, &env).await.unwrap().seq(), Seq(1));
}

#[tokio::test]
async fn a_head_that_another_process_holds_for_long_is_busy_and_written_when_it_is_free() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let mut options = env.options();
    options.lock_timeout = Duration::from_millis(10);
    let connected = Database::connect(&database.url, &options).await.unwrap();
    let store = connected.store(CODE, Some(new_register())).await.unwrap();
    let holder = sql::connect(&database.url).await;
    sql::execute(&holder, "BEGIN").await.unwrap();
    sql::execute(&holder, "SELECT 1 FROM log_head FOR UPDATE")
        .await
        .unwrap();
    let busy = run_plan(&store, &env).await.unwrap_err();
    assert!(matches!(busy, StoreError::Busy(_)), "{busy:?}");
    sql::execute(&holder, "ROLLBACK").await.unwrap();
    assert_eq!(run_plan(&store, &env).await.unwrap().seq(), Seq(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_the_server_ends_in_the_middle_of_a_write_are_replaced_and_it_is_written_once()
 {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let store = database.store(&env).await;
    run_plan(&store, &env).await.unwrap();
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let (id, url, mut ended): (PlanId, _, _) = (env.id(), database.url.clone(), false);
    let decide = move |_: &domain::view::View| {
        if !std::mem::replace(&mut ended, true) {
            apart(sql::run(&url, &[end]));
        }
        Ok::<_, Infallible>(vec![Change::record(id, plan("a"))])
    };
    let written = store.write(write("plan.recorded"), decide).await.unwrap();
    assert_eq!(written.seq(), Seq(2));
    sql::run(&database.url, &[end]).await;
    assert_eq!(run_plan(&store, &env).await.unwrap().seq(), Seq(3));
    assert_eq!(store.database().verify(CODE).await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_write_is_finished_though_its_caller_has_gone() {
    let (database, env) = (TestDatabase::sqlite(), TestEnv::new());
    let store = database.store(&env).await;
    let id: PlanId = env.id();
    let (begun, has_begun) = std::sync::mpsc::channel();
    let decide = move |_: &domain::view::View| {
        begun.send(()).unwrap();
        Ok::<_, Infallible>(vec![Change::record(id, plan("a"))])
    };
    let writer = store.clone();
    let caller = tokio::spawn(async move { writer.write(write("plan.recorded"), decide).await });
    tokio::task::spawn_blocking(move || has_begun.recv())
        .await
        .unwrap()
        .unwrap();
    caller.abort();
    assert!(
        store
            .wait_for(Seq(1), std::time::Duration::from_secs(20))
            .await
            .unwrap()
    );
}
