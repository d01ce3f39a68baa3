//! One write: what it leaves behind when it goes well, when it is repeated, and when it fails.

use crate::support::{
    database::{CODE, TestDatabase, new_register, on_both},
    env::TestEnv,
    history::{history, write},
    proxy::{Fate, Proxy},
    sql,
};
use domain::{
    change::Change,
    document::Document,
    id::{PlanId, TaskId},
    plan::Plan,
    register::Inapplicable,
    task::Task,
    text::{Sha256, Span},
    time::{Instant, Seq, Validity},
    tree::leaf_hash,
    vocabulary::TaskStatus,
};
use std::convert::Infallible;
use store::{Direction, Idempotency, Store, StoreError, Write, WriteError, Written};

fn plan(code: &str) -> Plan {
    Plan {
        code: code.to_owned(),
        title: "行动计划".to_owned(),
        document: None,
        owner: None,
        year: Some(2024),
        validity: Validity::ALWAYS,
    }
}

fn document(bytes: Sha256, text: Sha256) -> Document {
    Document {
        title: "某市行动计划".to_owned(),
        issuer: None,
        number: None,
        issued_on: None,
        posted_on: None,
        address: None,
        bytes,
        text,
        encoding: "GB18030".to_owned(),
        cites: vec![],
        reader: "test".to_owned(),
    }
}

async fn run(store: &Store, write: Write, changes: Vec<Change>) -> Result<Written, StoreError> {
    let written = store
        .write(write, move |_| Ok::<_, Infallible>(changes.clone()))
        .await;
    written.map_err(|error| match error {
        WriteError::Store(error) => error,
        WriteError::Refused(never) => match never {},
    })
}

async fn run_plan(store: &Store, env: &TestEnv) -> Result<Written, StoreError> {
    let id: PlanId = env.id();
    run(
        store,
        write("plan.recorded"),
        vec![Change::record(id, plan(&id.to_string()))],
    )
    .await
}

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

/// All that a write could have changed.
async fn everything(database: &TestDatabase) -> Vec<Vec<String>> {
    let db = sql::connect(&database.url).await;
    let mut dumps = vec![];
    for table in sql::PROJECTION
        .into_iter()
        .chain(["event", "log_head", "text", "idempotency"])
    {
        dumps.push(sql::dump(&db, table).await);
    }
    db.close().await.unwrap();
    dumps
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

#[tokio::test]
async fn texts_come_back_whole_and_in_slices() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let (text, bytes) = ("责任分工", b"\xd4\xf0\xc8\xce");
        let digests = [Sha256::of(text.as_bytes()), Sha256::of(bytes)];
        let texts = vec![
            (digests[0], text.into()),
            (digests[1], bytes.as_slice().into()),
            (Sha256::of(b"unnamed"), "unnamed".into()),
        ];
        let write = Write {
            texts,
            ..write("document.recorded")
        };
        let document = Change::record::<Document>(env.id(), document(digests[1], digests[0]));
        run(&store, write, vec![document]).await.unwrap();

        for _ in 0..2 {
            let found = store.text(digests[0]).await.unwrap();
            assert_eq!(found.as_deref(), Some(text));
        }
        let slice = |start, end| store.text_slice(digests[0], Span { start, end });
        assert_eq!(slice(3, 9).await.unwrap().as_deref(), Some("任分"));
        assert_eq!(slice(1, 3).await.unwrap(), None, "no character is cut");
        let kept = store.bytes(digests[1]).await.unwrap();
        assert_eq!(kept.as_deref(), Some(bytes.as_slice()));
        let unnamed = store.text(Sha256::of(b"unnamed")).await.unwrap();
        assert_eq!(unnamed, None, "what no change names is not kept");
        let undecoded = store.text(digests[1]).await;
        assert!(matches!(
            undecoded,
            Err(StoreError::Corrupt { table: "text", .. })
        ));
    })
    .await;
}

#[tokio::test]
async fn a_text_that_a_change_names_has_to_come_with_it_or_be_kept() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let digest = Sha256::of(b"text");
        let record = || Change::record::<Document>(env.id(), document(digest, digest));
        let with = |text: &'static str| Write {
            texts: vec![(digest, text.into())],
            ..write("document.recorded")
        };
        for missing in [write("document.recorded"), with("another text")] {
            let refused = run(&store, missing, vec![record()]).await.unwrap_err();
            let expected = matches!(refused, StoreError::Inapplicable(Inapplicable::TextMissing { digest: missing, .. }) if missing == digest);
            assert!(expected, "{refused:?}");
        }
        run(&store, with("text"), vec![record()]).await.unwrap();
        run(&store, write("document.recorded"), vec![record()]).await.unwrap();
        assert_eq!(store.register().seq(), Seq(2));
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
