//! Databases that cannot be used, each with its own error.

use crate::support::{
    database::{CODE, TestDatabase, new_register, on_both},
    env::TestEnv,
    history::history,
    postgres::{self, GUARDED},
    sql,
};
use std::{error::Error as _, fs, process::Command};
use store::{Database, Store, StoreError};

async fn connect(url: &str) -> Result<Database, StoreError> {
    let mut options = TestEnv::new().options();
    options.acquire_timeout = std::time::Duration::from_secs(2);
    Database::connect(url, &options).await
}

async fn open(url: &str) -> Result<Store, StoreError> {
    connect(url).await?.store(CODE, Some(new_register())).await
}

macro_rules! assert_refused {
    ($result:expr, $pattern:pat) => {{
        let error = $result.map(|_| ()).unwrap_err();
        assert!(matches!(error, $pattern), "{error:?}");
        error
    }};
}

#[tokio::test]
async fn an_address_that_names_no_database_is_refused() {
    for address in [
        "mysql://localhost/x",
        "remit.db",
        "",
        "sqlite::memory:",
        "postgres://host:notaport/x",
    ] {
        assert_refused!(connect(address).await, StoreError::Address(_));
    }
}

#[tokio::test]
async fn a_file_that_is_missing_or_something_else_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let url = |name: &str, mode: &str| {
        format!(
            "sqlite://{}?mode={mode}",
            directory.path().join(name).display()
        )
    };
    assert_refused!(
        connect(&url("missing.db", "rw")).await,
        StoreError::Unavailable(_)
    );
    assert_refused!(
        connect(&url("no/such/directory.db", "rwc")).await,
        StoreError::Unavailable(_)
    );
    fs::write(
        directory.path().join("letter.db"),
        "尊敬的各位领导，".repeat(500),
    )
    .unwrap();
    assert_refused!(
        connect(&url("letter.db", "rwc")).await,
        StoreError::NotADatabase(_)
    );
}

#[tokio::test]
async fn one_file_is_served_by_one_process() {
    let (database, env) = (TestDatabase::sqlite(), TestEnv::new());
    let first = database.store(&env).await;
    assert_refused!(open(&database.url).await, StoreError::Served);
    assert_refused!(
        connect(&database.url).await.unwrap().migrate().await,
        StoreError::Served
    );
    let beside = connect(&database.url).await.unwrap();
    assert_eq!(
        beside.verify(CODE).await.unwrap().len(),
        0,
        "looking is allowed"
    );
    assert!(
        beside
            .token_add("office", domain::text::Sha256::of(b"secret"))
            .await
            .unwrap(),
        "and so are tokens"
    );
    first.database().clone().close().await;
    drop(first);
    open(&database.url).await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_read_only_is_refused_before_anything_is_written() {
    let (database, env) = (TestDatabase::sqlite(), TestEnv::new());
    database.store(&env).await.database().clone().close().await;
    assert_refused!(
        open(&database.url.replace("mode=rwc", "mode=ro")).await,
        StoreError::ReadOnly(_)
    );
}

#[tokio::test]
async fn a_server_that_is_read_only_is_refused_before_anything_is_written() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    database.store(&TestEnv::new()).await;
    let name = database.url.split(['/', '?']).nth(3).unwrap();
    let read_only = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
    sql::run(&database.url, &[&read_only]).await;
    assert_refused!(open(&database.url).await, StoreError::ReadOnly(_));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_from_one_that_refuses() {
    assert_refused!(
        connect("postgres://nobody@127.0.0.1:1/x").await,
        StoreError::Unavailable(_)
    );
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let server = postgres::server().unwrap();
    assert_refused!(
        connect(&server.url("no_such_database")).await,
        StoreError::Unavailable(_)
    );
    let user = format!("CREATE ROLE {GUARDED} LOGIN PASSWORD 'right-password'");
    sql::run(&database.url, &[&user]).await;
    let error = assert_refused!(
        connect(&server.url_as(&format!("{GUARDED}:wrong-password"), "postgres")).await,
        StoreError::Refused(_)
    );
    let (mut told, mut cause) = (format!("{error} {error:?}"), error.source());
    while let Some(error) = cause {
        told += &error.to_string();
        cause = error.source();
    }
    assert!(!told.contains("wrong-password"), "{told}");
}

#[tokio::test]
async fn a_register_that_is_not_there_is_not_made_by_asking() {
    on_both(async |database| {
        let connected = connect(&database.url).await.unwrap();
        assert_refused!(
            connected.store("other", None).await,
            StoreError::NoSuchRegister { .. }
        );
        assert_eq!(connected.registers().await.unwrap(), []);
        let created = connected
            .store("other", Some(new_register()))
            .await
            .unwrap();
        assert_eq!(
            connected.registers().await.unwrap(),
            [created.summary().clone()]
        );
        assert_eq!(created.summary().time_zone, "Asia/Shanghai");
    })
    .await;
}

#[tokio::test]
async fn two_processes_may_open_a_new_register_at_once() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let (one, other) = tokio::join!(open(&database.url), open(&database.url));
    assert_eq!(one.unwrap().summary(), other.unwrap().summary());
}

#[tokio::test]
async fn a_full_disk_leaves_nothing_by_halves() {
    let disk = tempfile::tempdir().unwrap();
    let mount = |arguments: &[&str]| {
        let done = Command::new(arguments[0])
            .args(&arguments[1..])
            .arg(disk.path())
            .output();
        done.is_ok_and(|done| done.status.success())
    };
    if !mount(&["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs"]) {
        eprintln!("skipped: a_full_disk_leaves_nothing_by_halves: no right to mount a small disk");
        return;
    }
    let env = TestEnv::new();
    let url = format!(
        "sqlite://{}?mode=rwc",
        disk.path().join("remit.db").display()
    );
    let connected = connect(&url).await.unwrap();
    connected.migrate().await.unwrap();
    let store = connected.store(CODE, Some(new_register())).await.unwrap();
    let mut error = None;
    for step in history(9, 400) {
        let changes = step.changes.clone();
        let write = store::Write {
            texts: step.texts.clone(),
            ..crate::support::write::write("test")
        };
        let head = store.register().seq();
        if let Err(full) = store
            .write(write, move |_| {
                Ok::<_, std::convert::Infallible>(changes.clone())
            })
            .await
        {
            assert_eq!(store.register().seq(), head);
            error = Some(full);
            break;
        }
    }
    assert_eq!(connected.verify(CODE).await.unwrap().len(), 0);
    connected.close().await;
    drop((store, env));
    assert!(mount(&["umount", "--lazy"]));
    assert!(
        matches!(error, Some(store::WriteError::Store(StoreError::Full(_)))),
        "{error:?}"
    );
}
