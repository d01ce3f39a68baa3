//! A database: connected, brought to the present form, and asked for its registers.

use crate::{
    connect::{self, Connections},
    error::StoreError,
    log::{self, Head},
    row::register,
    store::Store,
    thread::WriteThread,
};
use domain::{
    id::RegisterId,
    time::{Instant, Seq},
    tree::Frontier,
};
use migrations::{Migrator, MigratorTrait as _};
use sea_orm::{
    AccessMode, ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait as _, DatabaseTransaction,
    DbBackend, DbErr, EntityTrait as _, IntoActiveModel as _, IsolationLevel, QueryFilter as _,
    QueryOrder as _, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait as _,
    sqlx::PgPool,
};
use std::{
    fmt,
    fs::File,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// Tells the present instant. The store asks it once a write, under the lock on the head.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// How a database is used.
#[derive(Clone)]
pub struct Options {
    /// The clock that writes are recorded by.
    pub clock: Clock,
    /// How many connections may be open at once.
    pub connections: u32,
    /// How long a free or new connection is waited for, and for how long a write that failed is begun again.
    pub acquire_timeout: Duration,
    /// How long the lock of another connection or process is waited for before the database counts as busy.
    pub lock_timeout: Duration,
    /// How long the database may keep silent in the middle of a write, and how long it is asked whether a commit that it
    /// did not confirm was made.
    pub patience: Duration,
    /// How often the head is looked at for what other processes wrote.
    pub poll: Duration,
    /// How many bytes of long texts are kept in memory.
    pub text_cache: usize,
    /// How many bytes an embedded database may have; what would go beyond is refused as where the disk is full.
    pub size_limit: Option<u64>,
}

impl Options {
    /// What suits most, with this clock.
    pub fn new(clock: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self {
            clock: Arc::new(clock),
            connections: 8,
            acquire_timeout: Duration::from_secs(10),
            lock_timeout: Duration::from_secs(5),
            patience: Duration::from_mins(1),
            poll: Duration::from_secs(1),
            text_cache: 64 << 20,
            size_limit: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("connections", &self.connections)
            .field("poll", &self.poll)
            .field("text_cache", &self.text_cache)
            .finish_non_exhaustive()
    }
}

/// A connected database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    connections: Connections,
    options: Options,
    write_thread: WriteThread,
    /// Held from the first use that may write for as long as the database is open.
    lock: Mutex<Option<File>>,
}

/// A register that is to be opened for the first time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRegister {
    /// Its id.
    pub id: RegisterId,
    /// The name of the government that keeps it.
    pub name: String,
    /// Its time zone (IANA name): where "today" is.
    pub time_zone: String,
}

/// What is known of a register without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterSummary {
    /// Its id.
    pub id: RegisterId,
    /// What people call it by.
    pub code: String,
    /// The name of the government that keeps it.
    pub name: String,
    /// Its time zone (IANA name).
    pub time_zone: String,
    /// When it was opened.
    pub created_at: Instant,
}

impl Database {
    /// Connects to `sqlite://FILE?mode=rwc` or `postgres://…`; refuses a database that is newer than this program.
    pub async fn connect(url: &str, options: &Options) -> Result<Self, StoreError> {
        let connections = connect::connect(url, options).await?;
        let database = Self {
            inner: Arc::new(Inner {
                connections,
                options: options.clone(),
                write_thread: WriteThread::start()
                    .map_err(|error| StoreError::Unavailable(error.into()))?,
                lock: Mutex::default(),
            }),
        };
        database.pending().await?;
        Ok(database)
    }

    /// Whether the database lives in a file of its own, which this process may create and migrate as it likes.
    pub fn is_embedded(&self) -> bool {
        self.inner.connections.file.is_some()
    }

    /// The names of the migrations that the database still lacks, oldest first.
    pub async fn pending(&self) -> Result<Vec<String>, StoreError> {
        let known: Vec<String> = Migrator::migrations()
            .iter()
            .map(|migration| migration.name().to_owned())
            .collect();
        let applied = self.applied().await?;
        if let Some(newer) = applied.iter().find(|name| !known.contains(name)) {
            return Err(StoreError::Newer {
                migration: newer.clone(),
            });
        }
        Ok(known
            .into_iter()
            .filter(|name| !applied.contains(name))
            .collect())
    }

    async fn applied(&self) -> Result<Vec<String>, StoreError> {
        let db = &self.inner.connections.writer;
        let table = "SELECT 1 AS found FROM ";
        let table = match db.get_database_backend() {
            DbBackend::Sqlite => format!("{table} sqlite_master WHERE name = 'seaql_migrations'"),
            _ => format!("{table} pg_catalog.pg_class WHERE oid = to_regclass('seaql_migrations')"),
        };
        let backend = db.get_database_backend();
        if db
            .query_one_raw(Statement::from_string(backend, table))
            .await?
            .is_none()
        {
            return Ok(vec![]);
        }
        let versions = "SELECT version FROM seaql_migrations ORDER BY version";
        let rows = db
            .query_all_raw(Statement::from_string(backend, versions))
            .await?;
        Ok(rows
            .iter()
            .map(|row| row.try_get("", "version"))
            .collect::<Result<_, DbErr>>()?)
    }

    /// Brings the database to the form that this program needs, in one transaction; several processes may try at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        self.serve()?;
        let transaction = self.begin_write().await?;
        one_at_a_time(&transaction).await?;
        Migrator::up(&transaction, None).await?;
        Ok(transaction.commit().await?)
    }

    /// The registers, by code.
    pub async fn registers(&self) -> Result<Vec<RegisterSummary>, StoreError> {
        let rows = register::Entity::find()
            .order_by_asc(register::Column::Code)
            .all(self.reader())
            .await?;
        rows.into_iter().map(RegisterSummary::try_from).collect()
    }

    /// Opens the register of this code for reading and writing; creates it first if it is not there and `create` says
    /// how.
    pub async fn store(
        &self,
        code: &str,
        create: Option<NewRegister>,
    ) -> Result<Store, StoreError> {
        if !self.pending().await?.is_empty() {
            return Err(StoreError::Pending);
        }
        self.serve()?;
        let transaction = self.begin_write().await?;
        if create.is_some() {
            one_at_a_time(&transaction).await?;
        }
        let found = register::Entity::find()
            .filter(register::Column::Code.eq(code))
            .one(&transaction)
            .await?;
        let summary = match (found, create) {
            (Some(row), _) => row.try_into()?,
            (None, Some(new)) => self.create(&transaction, code, new).await?,
            (None, None) => {
                return Err(StoreError::NoSuchRegister {
                    code: code.to_owned(),
                });
            }
        };
        log::probe(&transaction).await?;
        transaction.commit().await?;
        Store::open(self.clone(), summary).await
    }

    async fn create(
        &self,
        transaction: &DatabaseTransaction,
        code: &str,
        new: NewRegister,
    ) -> Result<RegisterSummary, StoreError> {
        let NewRegister {
            id,
            name,
            time_zone,
        } = new;
        let summary = RegisterSummary {
            id,
            code: code.to_owned(),
            name,
            time_zone,
            created_at: self.now(),
        };
        register::Model::from(summary.clone())
            .into_active_model()
            .insert(transaction)
            .await?;
        let empty = Head {
            seq: Seq::EMPTY,
            recorded_at: summary.created_at,
            root: Frontier::default().root(),
        };
        log::start(transaction, id, empty).await?;
        Ok(summary)
    }

    /// Closes all connections and gives the file free; closed in order, an embedded database is its one file. Whoever uses a clone of this afterwards is told that the
    /// database cannot be reached.
    pub async fn close(self) {
        let Connections {
            writer,
            reader,
            hints,
            file: _,
            trust: _,
        } = &self.inner.connections;
        if let Some(hints) = hints {
            hints.close().await;
        }
        for connection in [reader, writer] {
            if let Err(error) = connection.close_by_ref().await {
                tracing::debug!(
                    error = &error as &dyn std::error::Error,
                    "a connection was not closed in order"
                );
            }
        }
        self.inner
            .lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    /// Makes this process the one that serves an embedded database.
    pub(crate) fn serve(&self) -> Result<(), StoreError> {
        let Some(file) = &self.inner.connections.file else {
            return Ok(());
        };
        let mut held = self
            .inner
            .lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if held.is_none() {
            *held = Some(connect::lock(file)?);
        }
        Ok(())
    }

    pub(crate) fn options(&self) -> &Options {
        &self.inner.options
    }

    pub(crate) fn write_thread(&self) -> &WriteThread {
        &self.inner.write_thread
    }

    pub(crate) fn now(&self) -> Instant {
        (self.inner.options.clock)()
    }

    pub(crate) fn reader(&self) -> &sea_orm::DatabaseConnection {
        &self.inner.connections.reader
    }

    pub(crate) fn writer(&self) -> &sea_orm::DatabaseConnection {
        &self.inner.connections.writer
    }

    /// A listener for hints, where the database is one that sends them.
    pub(crate) fn hints(&self) -> Option<&PgPool> {
        self.inner.connections.hints.as_ref()
    }

    /// Gives up the connections that led to an older copy of the database, if that is what went wrong.
    pub(crate) fn distrust_after(&self, error: &StoreError) {
        if let StoreError::WentBack { .. } | StoreError::OtherHistory { .. } = error {
            self.inner.connections.trust.withdraw();
        }
    }

    /// A transaction that may write; on SQLite it holds the one write lock from the start.
    pub(crate) async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer().begin_with_options(options).await
    }

    /// A transaction that sees the database as it is at its first read, whatever others write meanwhile.
    pub(crate) async fn begin_snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = match self.reader().get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        let snapshot = self.reader().begin_with_options(options).await?;
        if snapshot.get_database_backend() == DbBackend::Postgres {
            // It holds no lock that others wait for, and what is read may take its time to be worked on.
            let patient = "SET LOCAL idle_in_transaction_session_timeout = 0";
            snapshot.execute_unprepared(patient).await?;
        }
        Ok(snapshot)
    }
}

/// Makes other processes that would migrate or create a register wait until this transaction ends. (On SQLite any
/// transaction that writes does.)
pub(crate) async fn one_at_a_time(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        let lock = "SELECT pg_advisory_xact_lock(hashtext('remit'))";
        transaction.execute_unprepared(lock).await?;
    }
    Ok(())
}
