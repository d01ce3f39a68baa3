//! Opening the two databases the way a register needs them.

use crate::{database::Options, error::StoreError};
use sea_orm::{
    DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector,
    sqlx::{
        self, AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _, PgConnection,
        PgPool,
        pool::PoolOptions,
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use std::{
    fs::{self, File, TryLockError},
    future, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The connections to one database.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    /// For writing: on SQLite one connection, because it has one writer.
    pub(crate) writer: DatabaseConnection,
    /// For reading.
    pub(crate) reader: DatabaseConnection,
    /// For being woken by a server: one connection for each register that is followed, and none of those that requests
    /// wait for.
    pub(crate) hints: Option<PgPool>,
    /// Where an embedded database lies.
    pub(crate) file: Option<PathBuf>,
    /// Which of the connections to a server are believed.
    pub(crate) trust: Arc<Trust>,
}

/// Which connections are believed: those that were opened after one of them led to an older copy of the database.
///
/// Which copy a connection leads to is decided where it is opened, by a name or by what stands between; so all that
/// were open then may lead to the same, and each is closed instead of being used again.
#[derive(Debug, Default)]
pub(crate) struct Trust {
    withdrawn: Mutex<Option<Instant>>,
}

impl Trust {
    pub(crate) fn withdraw(&self) {
        *self
            .withdrawn
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// Whether a connection of this age is believed.
    fn covers(&self, age: Duration) -> bool {
        let withdrawn = self
            .withdrawn
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        withdrawn.is_none_or(|withdrawn| age < withdrawn.elapsed())
    }
}

/// The bytes of a page of an embedded database.
const PAGE: u64 = 4096;

/// How many registers are woken by hints. Any more are followed by looking at intervals only.
const LISTENERS: u32 = 50;

/// How long a connection that was given back may take to show that it is still one.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);

pub(crate) async fn connect(url: &str, options: &Options) -> Result<Connections, StoreError> {
    if url.starts_with("sqlite:") {
        sqlite(url, options).await
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        postgres(url, options).await
    } else {
        Err(StoreError::Address(
            "the scheme is neither sqlite nor postgres".into(),
        ))
    }
}

async fn sqlite(url: &str, options: &Options) -> Result<Connections, StoreError> {
    let connect: SqliteConnectOptions = url.parse()?;
    let file = connect.get_filename().to_owned();
    if file.as_os_str().is_empty() || url.contains(":memory:") || url.contains("mode=memory") {
        return Err(StoreError::Address(
            "a register is kept in a file, not in memory".into(),
        ));
    }
    let connect = connect
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(options.lock_timeout)
        .disable_statement_logging();
    // A load writes much at once: its pages stay at hand until they are committed, and are copied back not too often.
    let mut write = connect
        .clone()
        .pragma("cache_size", "-65536")
        .pragma("wal_autocheckpoint", "4000");
    if let Some(bytes) = options.size_limit {
        write = write.pragma("max_page_count", (bytes / PAGE).max(1).to_string());
    }
    let one = || PoolOptions::new().max_connections(1);
    let (connect, writer) = match one().connect_with(write).await {
        Ok(writer) => (connect, writer),
        Err(error) => match (StoreError::from(error), has_no_journal(&file)) {
            (StoreError::ReadOnly(_), true) => {
                let connect = connect.read_only(true).immutable(true);
                let writer = one().connect_with(connect.clone()).await?;
                (connect, writer)
            }
            (error, _) => return Err(error),
        },
    };
    let reader = PoolOptions::new()
        .max_connections(options.connections)
        .acquire_timeout(options.acquire_timeout)
        .connect_lazy_with(connect.create_if_missing(false).pragma("query_only", "ON"));
    Ok(Connections {
        writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
        hints: None,
        file: Some(file),
        trust: Arc::default(),
    })
}

/// Whether all that a database holds is in its one file. Where neither the file nor its directory can be written, it can
/// be looked at all the same then, because nobody is changing it.
fn has_no_journal(file: &Path) -> bool {
    let mut journal = file.as_os_str().to_owned();
    journal.push("-wal");
    fs::metadata(journal).map_or(true, |journal| journal.len() == 0)
}

async fn postgres(url: &str, options: &Options) -> Result<Connections, StoreError> {
    let connect: PgConnectOptions = url.parse()?;
    let connect = connect
        .application_name("remit")
        .disable_statement_logging();
    let trust = Arc::<Trust>::default();
    let (before, after) = (Arc::clone(&trust), Arc::clone(&trust));
    let settings = settings(options);
    let pool = PoolOptions::new()
        .max_connections(options.connections)
        .acquire_timeout(options.acquire_timeout)
        .after_connect(move |connection: &mut PgConnection, _| {
            let settings = AssertSqlSafe(settings.clone());
            Box::pin(async move { connection.execute(settings).await.map(|_| ()) })
        })
        .before_acquire(move |_, known| Box::pin(future::ready(Ok(before.covers(known.age)))))
        .after_release(move |connection, known| {
            let believed = after.covers(known.age);
            Box::pin(async move { Ok(believed && is_alive(connection).await?) })
        })
        .connect_with(connect.clone())
        .await?;
    let hints = PoolOptions::new()
        .max_connections(LISTENERS)
        .acquire_timeout(options.acquire_timeout)
        .connect_lazy_with(connect);
    let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    Ok(Connections {
        writer: pool.clone(),
        reader: pool,
        hints: Some(hints),
        file: None,
        trust,
    })
}

/// What every session on a server is set to.
///
/// A process that vanishes without a word in the middle of a write must not keep the head locked until its server finds
/// out by itself, which takes hours. And what is acknowledged is on disk, as on SQLite, whatever the server's default is.
fn settings(options: &Options) -> String {
    format!(
        "SET lock_timeout = {lock};
         SET idle_in_transaction_session_timeout = {idle};
         SELECT set_config('synchronous_commit', 'on', false)
             WHERE current_setting('synchronous_commit') = 'off'",
        lock = options.lock_timeout.as_millis(),
        idle = options.patience.as_millis(),
    )
}

/// Whether a connection still answers. One that was given up in the middle of a question may never do so again, and the
/// pool itself would wait for it without end.
async fn is_alive(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    match tokio::time::timeout(SIGN_OF_LIFE, connection.ping()).await {
        Ok(answer) => answer.map(|()| true),
        Err(_) => Err(sqlx::Error::PoolTimedOut),
    }
}

/// Makes this process the one that serves the file, until the lock is dropped or the process ends in whatever way.
pub(crate) fn lock(file: &Path) -> Result<File, StoreError> {
    let mut path = file.as_os_str().to_owned();
    path.push("-lock");
    let lock = File::create(path).map_err(|error| match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::ReadOnly(error.into())
        }
        io::ErrorKind::StorageFull => StoreError::Full(error.into()),
        _ => StoreError::Unavailable(error.into()),
    })?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(StoreError::Served),
        Err(TryLockError::Error(error)) => Err(StoreError::Unavailable(error.into())),
    }
}
