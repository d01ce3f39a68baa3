//! A write that fails or is broken off: all of it is there, or nothing.

use crate::support::{
    database::{CODE, TestDatabase, new_register, on_both},
    env::TestEnv,
    proxy::{Fate, Proxy},
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
use std::convert::Infallible;
use store::StoreError;

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
    let through = store::Database::connect(&proxy.url, &env.options())
        .await
        .unwrap();
    let store = through.store(CODE, Some(new_register())).await.unwrap();
    run_plan(&store, &env).await.unwrap();

    proxy.next_commit(Fate::Forwarded);
    assert_eq!(
        run_plan(&store, &env).await.unwrap().seq(),
        Seq(2),
        "it was committed, only nobody said so"
    );
    proxy.next_commit(Fate::Lost);
    let lost = run_plan(&store, &env).await.unwrap_err();
    assert!(matches!(lost, StoreError::Unavailable(_)), "{lost:?}");
    assert_eq!(store.register().seq(), Seq(2));
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
