//! Several processes on one database see the same register.

use crate::support::{
    database::{CODE, TestDatabase, new_register},
    env::TestEnv,
    history::history,
    proxy::{Line, Proxy},
    sql,
    write::{run_plan, write},
};
use domain::{
    change::Change,
    id::PlanId,
    plan::Plan,
    time::{Seq, Validity},
};
use std::{convert::Infallible, time::Duration};
use store::{Database, NewRegister, Options, Store, StoreError};

const LONG: Duration = Duration::from_secs(20);

async fn node(database: &TestDatabase, options: &Options) -> Store {
    let connected = Database::connect(&database.url, options).await.unwrap();
    connected.store(CODE, Some(new_register())).await.unwrap()
}

fn plan(code: String) -> Plan {
    Plan {
        code,
        title: "计划".to_owned(),
        document: None,
        owner: None,
        year: None,
        validity: Validity::ALWAYS,
        superseded_by: None,
    }
}

/// The codes of all plans that a node shows, in the order in which they were recorded.
async fn codes(store: &Store) -> Vec<String> {
    let log = store
        .changesets(Seq::EMPTY, None, u32::MAX, store::Direction::Forward)
        .await
        .unwrap();
    let view = store.view("2024-01-01".parse().unwrap());
    let plan = |change: &Change| match change {
        Change::Plan(edit) => Some(view.fact(view.find::<domain::image::Plan>(edit.id)?)?.code),
        _ => None,
    };
    log.iter()
        .flat_map(|changeset| &changeset.changes)
        .filter_map(plan)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_writes_the_other_shows_as_soon_as_it_is_woken() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let mut options = env.options();
    options.poll = Duration::from_hours(1);
    let (one, other) = (
        node(&database, &options).await,
        node(&database, &options).await,
    );
    let follower = tokio::spawn(other.clone().follow());
    let mut seen = other.watch();
    for step in history(5, 20) {
        let seq = step.run(&one, &env).await.seq();
        let woken = seen.wait_for(|register| register.seq() >= seq);
        let woken = tokio::time::timeout(LONG, woken).await;
        assert!(woken.is_ok(), "not woken for {seq}");
    }
    follower.abort();
    for seq in (1..=20).map(Seq) {
        assert_eq!(
            one.register().recorded_at(seq),
            other.register().recorded_at(seq)
        );
    }
}

/// Makes hints go nowhere: a function of our own stands before the one that sends them.
async fn silence(database: &TestDatabase) {
    let name = database.url.split(['/', '?']).nth(3).unwrap();
    let path = format!("ALTER DATABASE {name} SET search_path = public, pg_catalog");
    let mute = "CREATE FUNCTION pg_notify(text, text) RETURNS void LANGUAGE sql AS ''";
    sql::run(&database.url, &[&path, mute]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_intervals_is_enough() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    silence(&database).await;
    let env = TestEnv::new();
    let mut options = env.options();
    options.poll = Duration::from_millis(20);
    let (one, other) = (
        node(&database, &options).await,
        node(&database, &options).await,
    );
    let mut steps = history(6, 5).into_iter();
    for step in steps.by_ref().take(3) {
        step.run(&one, &env).await;
    }
    assert_eq!(
        other.register().seq(),
        Seq(0),
        "nobody has told it and it has not looked"
    );
    let moment = Duration::from_millis(1);
    assert!(!other.wait_for(Seq(4), moment).await.unwrap());
    assert_eq!(
        other.register().seq(),
        Seq(3),
        "whoever waits looks by himself"
    );

    let mut seen = other.watch();
    let follower = tokio::spawn(other.clone().follow());
    for step in steps {
        step.run(&one, &env).await;
    }
    let shown = seen.wait_for(|register| register.seq() == Seq(5));
    tokio::time::timeout(LONG, shown).await.unwrap().unwrap();
    follower.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_write_at_once_and_nothing_is_lost() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let options = env.options();
    let nodes = [
        node(&database, &options).await,
        node(&database, &options).await,
    ];
    let mut writers = tokio::task::JoinSet::new();
    for (number, store) in nodes.iter().cloned().cycle().take(6).enumerate() {
        let env = env.clone();
        writers.spawn(async move {
            for round in 0..10 {
                let id = env.id();
                let code = format!("{number}.{round}");
                let decide = move |view: &domain::view::View| {
                    // The number of the changeset is in the plan, so a decision on an old view would show.
                    let code = format!("{code}@{}", view.seq());
                    Ok::<_, Infallible>(vec![Change::record(id, plan(code))])
                };
                store.write(write("plan.recorded"), decide).await.unwrap();
            }
        });
    }
    writers.join_all().await;
    for store in &nodes {
        assert!(store.wait_for(Seq(60), LONG).await.unwrap());
        let decided_on: Vec<_> = codes(store)
            .await
            .iter()
            .map(|code| code.split_once('@').unwrap().1.to_owned())
            .collect();
        assert_eq!(
            decided_on,
            (0..60).map(|seq| seq.to_string()).collect::<Vec<_>>()
        );
    }
    assert_eq!(nodes[0].database().verify(CODE).await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_head_that_went_back_is_refused() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let store = database.store(&env).await;
    for step in history(7, 4) {
        step.run(&store, &env).await;
    }
    sql::run(
        &database.url,
        &[
            "ALTER TABLE log_head DISABLE TRIGGER USER",
            "UPDATE log_head SET size = 3",
        ],
    )
    .await;
    let refused = store.catch_up().await.unwrap_err();
    assert!(
        matches!(
            refused,
            StoreError::WentBack {
                seen: Seq(4),
                found: Seq(3)
            }
        ),
        "{refused:?}"
    );
    let decide = |_: &domain::view::View| Ok::<_, Infallible>(vec![]);
    assert!(store.write(write("test"), decide).await.is_err());
    assert_eq!(
        store.register().seq(),
        Seq(4),
        "readers keep what they have"
    );
}

#[tokio::test]
async fn a_connection_that_leads_to_an_older_copy_is_dropped_and_the_next_is_believed() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let before = database.store(&env).await;
    run_plan(&before, &env).await.unwrap();
    before.database().clone().close().await;
    let older = database.copy().unwrap();

    let proxy = Proxy::to(&database).await;
    let connected = Database::connect(&proxy.url, &env.options()).await.unwrap();
    let store = connected.store(CODE, None).await.unwrap();
    run_plan(&store, &env).await.unwrap();
    // The connections so far are cut, and those that replace them lead to the older copy.
    proxy.set(Line::Cut);
    proxy.lead_to(Some(&older));
    proxy.set(Line::Open);
    let refused = store.catch_up().await.unwrap_err();
    assert!(
        matches!(refused, StoreError::WentBack { .. }),
        "{refused:?}"
    );
    let refused = run_plan(&store, &env).await.unwrap_err();
    assert!(
        matches!(refused, StoreError::WentBack { .. }),
        "{refused:?}"
    );
    let lost = store.out_of_step().unwrap();
    assert!(lost.reason.contains("older copy"), "{}", lost.reason);

    // Connections to the older copy are open, and would do.
    proxy.lead_to(None);
    store.catch_up().await.unwrap();
    assert_eq!(store.out_of_step(), None);
    assert_eq!(run_plan(&store, &env).await.unwrap().seq(), Seq(3));

    // A copy that went on by itself is as long, and another.
    let other = older.store(&env).await;
    run_plan(&other, &env).await.unwrap();
    run_plan(&other, &env).await.unwrap();
    proxy.set(Line::Cut);
    proxy.lead_to(Some(&older));
    proxy.set(Line::Open);
    let refused = store.catch_up().await.unwrap_err();
    assert!(
        matches!(refused, StoreError::OtherHistory { seq: Seq(3) }),
        "{refused:?}"
    );
}

/// Waits until a store is as its database says it is, or is not.
async fn until(store: &Store, in_step: bool) {
    let looking = async {
        while store.out_of_step().is_none() != in_step {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(LONG, looking).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_cut_off_shows_what_it_knows_and_since_when_and_catches_up_after() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let proxy = Proxy::to(&database).await;
    let mut options = env.options();
    options.poll = Duration::from_millis(5);
    options.acquire_timeout = Duration::from_secs(2);
    options.patience = Duration::from_secs(2);
    let elsewhere = node(&database, &options).await;
    let connected = Database::connect(&proxy.url, &options).await.unwrap();
    let store = connected.store(CODE, None).await.unwrap();
    let follower = tokio::spawn(store.clone().follow());
    run_plan(&elsewhere, &env).await.unwrap();
    assert!(store.wait_for(Seq(1), LONG).await.unwrap());

    for (round, line) in [(1, Line::Cut), (2, Line::Silent)] {
        proxy.set(line);
        until(&store, false).await;
        assert_eq!(store.out_of_step().unwrap().since, env.now());
        run_plan(&elsewhere, &env).await.unwrap();
        assert_eq!(store.register().seq(), Seq(round), "it shows what it knows");
        let refused = run_plan(&store, &env).await.unwrap_err();
        assert!(
            matches!(refused, StoreError::Unavailable(_)),
            "{line:?}: {refused:?}"
        );
        proxy.set(Line::Open);
        // A connection that was open when the line was cut may be found broken only now.
        let caught_up = async { while store.wait_for(Seq(round + 1), LONG).await.is_err() {} };
        assert!(tokio::time::timeout(LONG, caught_up).await.is_ok());
        until(&store, true).await;
        assert_eq!(store.register().seq(), Seq(round + 1));
    }
    assert_eq!(run_plan(&store, &env).await.unwrap().seq(), Seq(4));
    follower.abort();
}

#[tokio::test]
async fn more_registers_can_be_followed_than_there_are_connections() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let mut options = env.options();
    options.connections = 2;
    let connected = Database::connect(&database.url, &options).await.unwrap();
    let mut followers = tokio::task::JoinSet::new();
    for number in 0..4 {
        let new = NewRegister {
            id: env.id(),
            ..new_register()
        };
        let store = connected.store(&number.to_string(), Some(new)).await;
        let store = store.unwrap();
        followers.spawn(store.clone().follow());
        run_plan(&store, &env).await.unwrap();
    }
    let listening = "SELECT count(*)::text FROM pg_stat_activity
                     WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    let db = sql::connect(&database.url).await;
    let all_listen = async {
        while sql::rows(&db, listening).await != ["4"] {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(LONG, all_listen).await.is_ok());
    assert_eq!(connected.registers().await.unwrap().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_register_that_is_written_to_while_it_is_opened_is_as_it_was_at_one_seq() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let env = TestEnv::new();
    let one = node(&database, &env.options()).await;
    let ids: [PlanId; 2] = [env.id(), env.id()];
    let writing = tokio::spawn(async move {
        for seq in 1..=150 {
            let revise = |id| {
                let (before, after) = (plan((seq - 1).to_string()), plan(seq.to_string()));
                match seq {
                    1 => Change::record(id, after),
                    _ => Change::revise(id, before, after),
                }
            };
            let changes: Vec<_> = ids.into_iter().map(revise).collect();
            let decide = move |_: &_| Ok::<_, Infallible>(changes.clone());
            one.write(write("plan.revised"), decide).await.unwrap();
        }
    });
    while !writing.is_finished() {
        let opened = node(&database, &env.options()).await;
        let view = opened.view("2024-01-01".parse().unwrap());
        for id in ids {
            let plan = view.find::<domain::image::Plan>(id);
            let history = plan.map_or(vec![], |plan| view.history(plan));
            let codes = history
                .into_iter()
                .rev()
                .map(|version| version.fact.unwrap().code);
            let expected = (1..=view.seq().0).map(|seq| seq.to_string());
            assert!(codes.eq(expected), "at {}", view.seq());
        }
        opened.database().clone().close().await;
    }
    writing.await.unwrap();
}
