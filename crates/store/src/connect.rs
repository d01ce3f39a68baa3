//! Opening the two databases the way a register needs them.

use crate::{database::Options, error::StoreError};
use sea_orm::{
    DatabaseConnection, SqlxPostgresConnector, SqlxSqliteConnector,
    sqlx::{
        ConnectOptions as _,
        pool::PoolOptions,
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};
use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

/// The connections to one database.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    /// For writing: on SQLite one connection, because it has one writer.
    pub(crate) writer: DatabaseConnection,
    /// For reading.
    pub(crate) reader: DatabaseConnection,
    /// Where an embedded database lies.
    pub(crate) file: Option<PathBuf>,
}

/// How long a connection waits for another one's lock before it is told that the database is busy.
const BUSY: Duration = Duration::from_secs(5);

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
        .busy_timeout(BUSY)
        .disable_statement_logging();
    let writer = PoolOptions::new()
        .max_connections(1)
        .connect_with(connect.clone())
        .await?;
    let reader = PoolOptions::new()
        .max_connections(options.connections)
        .acquire_timeout(options.acquire_timeout)
        .connect_lazy_with(connect.create_if_missing(false).pragma("query_only", "ON"));
    Ok(Connections {
        writer: SqlxSqliteConnector::from_sqlx_sqlite_pool(writer),
        reader: SqlxSqliteConnector::from_sqlx_sqlite_pool(reader),
        file: Some(file),
    })
}

async fn postgres(url: &str, options: &Options) -> Result<Connections, StoreError> {
    let connect: PgConnectOptions = url.parse()?;
    let pool = PoolOptions::new()
        .max_connections(options.connections)
        .acquire_timeout(options.acquire_timeout)
        .connect_with(
            connect
                .application_name("remit")
                .disable_statement_logging(),
        )
        .await?;
    let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    Ok(Connections {
        writer: pool.clone(),
        reader: pool,
        file: None,
    })
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
