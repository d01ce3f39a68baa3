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
use std::{convert::Infallible, sync::Arc, time::Duration};
use store::{Direction, Idempotency, Origin, StoreError, Write, WriteError, Written};

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
        assert_eq!(log, std::slice::from_ref(changeset.as_ref()));
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
        let origins = async || {
            let mut origins = vec![];
            let tell = |origin: Origin<'_>| {
                let Origin {
                    entity,
                    key,
                    since,
                    id,
                } = origin;
                origins.push((since, format!("{entity} {key}"), PlanId::from(id)));
            };
            store.origin_each("甲", tell).await.unwrap();
            origins.sort();
            origins
        };
        let first = (Seq(1), "plan 17".to_owned(), one);
        assert_eq!(origins().await, std::slice::from_ref(&first));

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
        let second = (Seq(3), "plan 17".to_owned(), again);
        assert_eq!(origins().await, [first, second]);
    })
    .await;
}

#[tokio::test]
async fn writes_of_one_transaction_are_decided_one_upon_the_other_and_kept_up_to_the_one_refused() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        run_plan(&store, &env).await.unwrap();
        let id: PlanId = env.id();
        let held = move |view: &View| {
            let plan = view.find::<domain::image::Plan>(id)?;
            Some(view.fact(plan)?.code)
        };
        let decide = move |number: usize, view: &View| match (number, held(view).as_deref()) {
            (0, None) => Ok(vec![Change::record(id, plan("a"))]),
            (1, Some("a")) => Ok(vec![]),
            (2, Some("a")) => Ok(vec![Change::revise(id, plan("a"), plan("b"))]),
            (3, Some("b")) => Err("enough"),
            other => panic!("{other:?}"),
        };
        let writes = vec![write("plan.written"); 5];
        let refused = store.write_all(writes, decide).await;
        assert!(matches!(refused, Err(WriteError::Refused("enough"))));

        let (live, findings) = (store.view(env.today()), store.database().verify(CODE).await);
        assert_eq!(findings.unwrap().len(), 0);
        assert_eq!((live.seq(), held(&live).as_deref()), (Seq(3), Some("b")));
        let earlier = View::new(store.register(), Seq(2), env.today());
        assert_eq!(held(&earlier).as_deref(), Some("a"));
        assert!(store.register().recorded_at(Seq(2)) < store.register().recorded_at(Seq(3)));
        if database.is_postgres() {
            let opened = database.store(&env).await.view(env.today());
            assert_eq!(
                (opened.seq(), held(&opened).as_deref()),
                (Seq(3), Some("b"))
            );
        }
    })
    .await;
}

#[tokio::test]
async fn of_writes_of_one_transaction_each_is_told_what_it_came_to() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let ids: Vec<PlanId> = (0..3).map(|_| env.id()).collect();
        run(
            &store,
            keyed("k", "input"),
            vec![Change::record(ids[0], plan("a"))],
        )
        .await
        .unwrap();
        let decide = move |number: usize, _: &View| match number {
            1 => Ok::<_, Infallible>(vec![]),
            number => Ok(vec![Change::record(
                ids[number - 1],
                plan(&number.to_string()),
            )]),
        };
        let writes = vec![
            keyed("k", "input"),
            write("plan.recorded"),
            write("plan.recorded"),
            keyed("l", "input"),
        ];
        let written = store.write_all(writes, decide).await.unwrap();
        let told: Vec<_> = written
            .iter()
            .map(|written| (written.changeset().is_some(), written.seq()))
            .collect();
        let expected = [(false, 1), (false, 1), (true, 2), (true, 3)];
        assert_eq!(told, expected.map(|(committed, seq)| (committed, Seq(seq))));
        let nothing: Vec<Written> = store
            .write_all(vec![], |_, _| Ok::<_, Infallible>(vec![]))
            .await
            .unwrap();
        assert_eq!(nothing, []);
        assert_eq!(store.database().verify(CODE).await.unwrap().len(), 0);
    })
    .await;
}
