//! A backup is what was written, from either database and into either; what is damaged is refused.

use crate::{
    store_draft::{TEXT, corrected, new, update},
    support::{
        database::{CODE, TestDatabase, on_both},
        env::TestEnv,
        history::history,
        sql,
        write::{everything, run_plan, write},
    },
};
use domain::{text::Sha256, time::Seq};
use std::convert::Infallible;
use store::{
    BackupError, Database, DraftChange, Idempotency, Store, StoreError, Write, Written,
    check_backup,
};

async fn backup(database: &Database) -> Result<Vec<u8>, BackupError> {
    let mut file = vec![];
    database.backup(None, &mut file, &|_, _| ()).await?;
    Ok(file)
}

/// A register with a history, drafts, a token, and a key that was used.
async fn written(database: &TestDatabase) -> Store {
    let env = TestEnv::new();
    let store = database.store(&env).await;
    for step in history(21, 30) {
        step.run(&store, &env).await;
    }
    let added = store.database().token_add("office", Sha256::of(b"secret"));
    assert!(added.await.unwrap());
    let key = store.write(keyed(), |_| Ok::<_, Infallible>(vec![]));
    assert!(matches!(key.await.unwrap(), Written::Unchanged(_)));
    let open = store.draft_create(new(&env, TEXT)).await.unwrap();
    update(&store, &open, corrected(&open)).await.unwrap();
    let other = TEXT.replace("种树", "植树");
    let other = store.draft_create(new(&env, &other)).await.unwrap();
    let reason = "重复".to_owned();
    update(&store, &other, DraftChange::Dismiss { reason })
        .await
        .unwrap();
    store
}

fn keyed() -> Write {
    let key = Idempotency {
        key: "k".to_owned(),
        input_hash: Sha256::of(b"input"),
    };
    Write {
        idempotency: Some(key),
        ..write("test")
    }
}

/// Databases without anything in them, one of each kind.
fn empty() -> impl Iterator<Item = TestDatabase> {
    [Some(TestDatabase::sqlite()), TestDatabase::postgres()]
        .into_iter()
        .flatten()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_the_same_from_either_database_and_is_restored_into_either() {
    let mut files = vec![];
    for origin in empty() {
        let store = written(&origin).await;
        let file = backup(store.database()).await.unwrap();
        let saved = check_backup(&mut &file[..]).unwrap();
        assert_eq!(saved[0].seq, store.register().seq());
        for target in empty() {
            let env = TestEnv::new();
            let connected = target.connect(&env).await;
            let restored = connected.restore(&mut &file[..]).await.unwrap();
            assert_eq!((&restored.registers, restored.tokens), (&saved, 1));
            assert_eq!(everything(&target).await, everything(&origin).await);
            assert_eq!(connected.verify(CODE).await.unwrap().len(), 0);
            let found = connected.token_find_by_hash(Sha256::of(b"secret")).await;
            assert_eq!(found.unwrap().unwrap().name, "office");
            assert_eq!(
                backup(&connected).await.unwrap(),
                file,
                "of what was restored"
            );

            let again = connected.store(CODE, None).await.unwrap();
            let next = run_plan(&again, &env).await.unwrap().seq();
            assert_eq!(next, store.register().seq().next(), "it goes on from there");
        }
        files.push(file);
    }
    files.dedup();
    assert_eq!(files.len(), 1);
}

#[tokio::test]
async fn what_is_here_already_is_never_overwritten() {
    on_both(async |database| {
        let store = written(&database).await;
        let file = backup(store.database()).await.unwrap();
        run_plan(&store, &TestEnv::new()).await.unwrap();
        let before = everything(&database).await;
        let refused = store.database().restore(&mut &file[..]).await.unwrap_err();
        assert!(matches!(refused, BackupError::Exists { .. }), "{refused:?}");
        assert_eq!(everything(&database).await, before);
    })
    .await;
    let tokens = TestDatabase::sqlite();
    let connected = tokens.connect(&TestEnv::new()).await;
    let mine = Sha256::of(b"another secret");
    assert!(connected.token_add("office", mine).await.unwrap());
    let store = written(&TestDatabase::sqlite()).await;
    let file = backup(store.database()).await.unwrap();
    let restored = connected.restore(&mut &file[..]).await.unwrap();
    assert_eq!(
        (restored.tokens, restored.tokens_left),
        (0, vec!["office".to_owned()])
    );
    assert!(connected.token_find_by_hash(mine).await.unwrap().is_some());
}

#[tokio::test]
async fn a_damaged_backup_restores_nothing() {
    let origin = TestDatabase::sqlite();
    let file = backup(written(&origin).await.database()).await.unwrap();
    let target = TestDatabase::sqlite();
    let connected = target.connect(&TestEnv::new()).await;
    let before = everything(&target).await;
    // Every so many bytes, so that each kind of part is hit.
    for at in (0..file.len()).step_by(file.len() / 40) {
        let mut changed = file.clone();
        changed[at] ^= 1;
        assert!(
            connected.restore(&mut &changed[..]).await.is_err(),
            "byte {at}"
        );
        let cut = connected.restore(&mut &file[..at]).await.unwrap_err();
        assert!(
            matches!(cut, BackupError::CutOff | BackupError::NotABackup),
            "{at}: {cut:?}"
        );
    }
    assert_eq!(everything(&target).await, before);
    assert_eq!(connected.registers().await.unwrap(), []);
}

#[tokio::test]
async fn what_is_not_what_was_written_is_not_saved() {
    on_both(async |database| {
        let store = written(&database).await;
        let db = sql::connect(&database.url).await;
        let (protect, statement) = if database.is_postgres() {
            (
                "ALTER TABLE event DISABLE TRIGGER USER",
                "UPDATE event SET leaf = leaf || ' '::bytea WHERE seq = 2",
            )
        } else {
            (
                "DROP TRIGGER event_no_update",
                "UPDATE event SET leaf = CAST(leaf || ' ' AS BLOB) WHERE seq = 2",
            )
        };
        sql::execute(&db, protect).await.unwrap();
        sql::execute(&db, statement).await.unwrap();
        let refused = backup(store.database()).await.unwrap_err();
        assert!(
            matches!(
                refused,
                BackupError::Store(StoreError::Corrupt { table: "event", .. })
            ),
            "{refused:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_of_one_moment_though_somebody_writes() {
    on_both(async |database| {
        let (store, env) = (written(&database).await, TestEnv::new());
        let (first, stop) = (
            store.register().seq(),
            tokio::sync::watch::Sender::new(false),
        );
        let (writer, told) = (store.clone(), stop.subscribe());
        let writing = tokio::spawn(async move {
            env.set_now(domain::time::Instant(env.now().0 + 1_000_000_000));
            for _ in 0..1000 {
                env.uuid();
            }
            while !*told.borrow() {
                run_plan(&writer, &env).await.unwrap();
            }
        });
        let mut last = first;
        while last < Seq(first.0 + 20) {
            let file = backup(store.database()).await.unwrap();
            let saved = &check_backup(&mut &file[..]).unwrap()[0];
            assert!(saved.seq >= last);
            last = saved.seq;
        }
        stop.send_replace(true);
        writing.await.unwrap();
        assert_eq!(store.database().verify(CODE).await.unwrap().len(), 0);
    })
    .await;
}
