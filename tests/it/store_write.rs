//! One write: what it leaves behind, when it is repeated, and when there is nothing to write.

use crate::support::{
    database::{CODE, TestDatabase, on_both},
    env::TestEnv,
    history::history,
    sql,
    write::{everything, plan, run, run_plan, write},
};
use domain::{
    change::Change,
    id::PlanId,
    plan::Section,
    text::Sha256,
    time::{Instant, Seq},
    tree::leaf_hash,
    view::View,
};
use std::{sync::Arc, time::Duration};
use store::{Direction, Idempotency, StoreError, Write, WriteError, Written};

fn keyed(key: &str, input: &str) -> Write {
    let idempotency = Idempotency {
        key: key.to_owned(),
        input_hash: Sha256::of(input.as_bytes()),
    };
    Write {
        idempotency: Some(idempotency),
        ..write("plan.recorded")
    }
}

#[tokio::test]
async fn a_write_is_shown_when_it_is_in_the_log() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let id: PlanId = env.id();
        let written = run(
            &store,
            write("plan.recorded"),
            vec![Change::record(id, plan("a"))],
        )
        .await
        .unwrap();
        let Written::Committed(changeset) = written else {
            panic!("{written:?}")
        };
        assert_eq!(
            (changeset.seq, changeset.recorded_at),
            (Seq(1), Instant(env.now().0 + 1))
        );

        let view = store.view(env.today());
        assert_eq!(
            view.fact(view.find::<domain::image::Plan>(id).unwrap()),
            Some(plan("a"))
        );
        assert_eq!(view.known_at(), Some(changeset.recorded_at));
        let log = store
            .changesets(Seq::EMPTY, None, 10, Direction::Forward)
            .await
            .unwrap();
        assert_eq!(log, std::slice::from_ref(&changeset));
        let heads = sql::dump(&sql::connect(&database.url).await, "log_head").await;
        assert!(
            heads[0].ends_with(&leaf_hash(&changeset.leaf()).to_string()),
            "of one leaf, the root is its hash"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_tail_is_folded_while_the_register_is_served() {
    let (database, env) = (TestDatabase::sqlite(), TestEnv::new());
    let store = database.store(&env).await;
    let at_first = store.register();
    let mut shown = store.watch();
    let id: PlanId = env.id();
    let mut changes = vec![Change::record(id, plan("a"))];
    changes.extend((0..1500).map(|position| {
        let section = Section {
            plan: id,
            parent: None,
            label: position.to_string(),
            title: "章节".to_owned(),
            position,
            citation: None,
        };
        Change::record::<Section>(env.id(), section)
    }));
    run(&store, write("plan.recorded"), changes).await.unwrap();

    let is_folded = shown.wait_for(|register| !Arc::ptr_eq(register, &at_first));
    let folded = tokio::time::timeout(Duration::from_secs(20), is_folded).await;
    let folded = Arc::clone(
        &folded
            .expect("1500 sections of one plan are a long tail")
            .unwrap(),
    );
    run_plan(&store, &env).await.unwrap();
    for register in [at_first, folded] {
        let seq = register.seq();
        let view = View::new(register, seq, env.today());
        let plan = view.find(id).unwrap();
        assert_eq!(view.plan_sections(plan).len(), 1500, "at {seq}");
    }
    assert_eq!(store.view(env.today()).seq(), Seq(2));
}

#[tokio::test]
async fn time_is_strictly_later_even_when_the_clock_goes_back() {
    let (database, env) = (TestDatabase::sqlite(), TestEnv::new());
    let store = database.store(&env).await;
    run_plan(&store, &env).await.unwrap();
    let first = store.register().recorded_at(Seq(1)).unwrap();
    env.set_now(Instant(first.0 - 1_000_000));
    run_plan(&store, &env).await.unwrap();
    env.set_now(Instant(first.0 + 1_000_000));
    run_plan(&store, &env).await.unwrap();
    assert_eq!(
        store.register().recorded_at(Seq(2)),
        Some(Instant(first.0 + 1))
    );
    assert_eq!(store.register().recorded_at(Seq(3)), Some(env.now()));
}

#[tokio::test]
async fn a_repeated_key_is_answered_from_the_first_write_and_another_input_is_refused() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let changes = vec![Change::record(env.id(), plan("a"))];
        let first = run(&store, keyed("k", "input"), changes.clone())
            .await
            .unwrap();
        assert_eq!(first.seq(), Seq(1));
        let before = everything(&database).await;
        assert_eq!(
            run(&store, keyed("k", "input"), changes.clone())
                .await
                .unwrap(),
            Written::Repeated(Seq(1))
        );
        let refused = run(&store, keyed("k", "other"), changes).await.unwrap_err();
        assert!(matches!(refused, StoreError::Conflict), "{refused:?}");
        assert_eq!(everything(&database).await, before);

        let mut other = keyed("k", "other");
        other.actor.subject = "somebody else".to_owned();
        let written = run(&store, other, vec![Change::record(env.id(), plan("b"))])
            .await
            .unwrap();
        assert_eq!(written.seq(), Seq(2), "keys are a subject's own");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_written_where_nothing_changes_or_the_command_refuses() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        run_plan(&store, &env).await.unwrap();
        let before = everything(&database).await;
        let mut nothing = keyed("k", "input");
        nothing.texts = vec![(Sha256::of(b"text"), "text".into())];
        assert_eq!(
            run(&store, nothing.clone(), vec![]).await.unwrap(),
            Written::Unchanged(Seq(1))
        );
        let refused = store.write(nothing, |_| Err::<Vec<Change>, _>("no")).await;
        assert!(matches!(refused, Err(WriteError::Refused("no"))));
        assert_eq!(everything(&database).await, before);
        assert_eq!(store.register().seq(), Seq(1));
    })
    .await;
}

#[tokio::test]
async fn a_changeset_may_be_larger_than_one_statement() {
    let (database, env) = (TestDatabase::sqlite(), TestEnv::new());
    let store = database.store(&env).await;
    let ids: Vec<PlanId> = (0..4100).map(|_| env.id()).collect();
    let record = ids
        .iter()
        .map(|&id| Change::record(id, plan("a")))
        .collect();
    let revise = ids
        .iter()
        .map(|&id| Change::revise(id, plan("a"), plan("b")))
        .collect();
    run(&store, write("plan.recorded"), record).await.unwrap();
    run(&store, write("plan.revised"), revise).await.unwrap();
    assert_eq!(store.database().verify(CODE).await.unwrap().len(), 0);
}

#[tokio::test]
async fn the_log_is_read_from_either_end() {
    let (database, env) = (TestDatabase::sqlite(), TestEnv::new());
    let store = database.store(&env).await;
    for step in history(3, 9) {
        step.run(&store, &env).await;
    }
    let seqs = async |after: u32, before: Option<u32>, limit, direction| {
        let log = store
            .changesets(Seq(after), before.map(Seq), limit, direction)
            .await
            .unwrap();
        log.iter()
            .map(|changeset| changeset.seq.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(seqs(0, None, 3, Direction::Forward).await, [1, 2, 3]);
    assert_eq!(seqs(2, Some(9), 4, Direction::Backward).await, [8, 7, 6, 5]);
    assert_eq!(seqs(7, None, 100, Direction::Forward).await, [8, 9]);
    assert_eq!(seqs(9, None, 100, Direction::Backward).await, [0; 0]);
}

#[tokio::test]
async fn keys_of_other_systems_lead_to_the_ids() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let (one, two): (PlanId, PlanId) = (env.id(), env.id());
        let origin = |source: &str| domain::change::Origin {
            source: source.to_owned(),
            key: "17".to_owned(),
        };
        let load = vec![
            Change::load(one, plan("a"), origin("甲")),
            Change::load(two, plan("b"), origin("乙")),
        ];
        run(&store, write("plan.loaded"), load).await.unwrap();
        let origins = store.origins("甲", "plan").await.unwrap();
        assert_eq!(
            origins.into_iter().collect::<Vec<_>>(),
            [("17".to_owned(), one.into())]
        );
        assert_eq!(store.origins("甲", "task").await.unwrap().len(), 0);

        run(
            &store,
            write("plan.withdrawn"),
            vec![Change::withdraw(one, plan("a"))],
        )
        .await
        .unwrap();
        let again: PlanId = env.id();
        run(
            &store,
            write("plan.loaded"),
            vec![Change::load(again, plan("a"), origin("甲"))],
        )
        .await
        .unwrap();
        assert_eq!(
            store.origins("甲", "plan").await.unwrap()["17"],
            uuid::Uuid::from(again)
        );
    })
    .await;
}
