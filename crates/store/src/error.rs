//! What can go wrong while keeping a register, and what each code of the databases means.

use crate::row::cell::BadCell;
use domain::{id::DraftId, register::Inapplicable, text::Sha256, time::Seq};
use sea_orm::{DbErr, RuntimeErr, sqlx};
use std::fmt;
use uuid::Uuid;

/// What lies beneath an error. For the log, never for an answer: it may hold SQL or a path.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The same idempotency key came with another input.
    #[error("this idempotency key was used before, for another input")]
    Conflict,
    /// A draft was changed since it was looked at.
    #[error(
        "the draft was changed meanwhile: it is at version {version}, by {by}{}",
        if *is_open { "" } else { ", and is no longer open" }
    )]
    Stale {
        /// The version that it is at now.
        version: u32,
        /// Who changed it last: an opaque subject.
        by: String,
        /// Whether it can still be changed.
        is_open: bool,
    },
    /// There is no such draft.
    #[error("there is no draft {draft}")]
    NoSuchDraft {
        /// What was asked for.
        draft: DraftId,
    },
    /// Something kept is not what was written.
    #[error("{table} {key} is not what was written; `remit verify` tells more")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The row.
        key: RowKey,
        /// What is wrong with it.
        #[source]
        source: Cause,
    },
    /// The changes do not fit the register; nothing was written.
    #[error("the changes do not fit the register")]
    Inapplicable(#[from] Inapplicable),
    /// The database shows a shorter log than it showed before.
    #[error(
        "the database shows changeset {found} as the last, after it has shown {seen}: it is an older copy"
    )]
    WentBack {
        /// The head that was seen before.
        seen: Seq,
        /// The head that was found.
        found: Seq,
    },
    /// The database shows another log than it showed before.
    #[error(
        "the database shows another changeset {seq} than it has shown before: it is the copy of another history"
    )]
    OtherHistory {
        /// The head, which is as long as the one that was seen before.
        seq: Seq,
    },
    /// There is no register of this code.
    #[error("there is no register {code:?} in this database")]
    NoSuchRegister {
        /// What was asked for.
        code: String,
    },
    /// The database has migrations that this program does not know.
    #[error(
        "the database was made by a newer remit (it has {migration}): use that one or a later one"
    )]
    Newer {
        /// The first that is not known.
        migration: String,
    },
    /// The database lacks migrations that this program needs.
    #[error("the database is of an older form: run `remit migrate` first")]
    Pending,
    /// The address names no database that can be used.
    #[error(
        "not the address of a database: write sqlite://FILE?mode=rwc or postgres://USER@HOST/DATABASE"
    )]
    Address(#[source] Cause),
    /// The file is something else.
    #[error("the file is not a SQLite database, or it is damaged")]
    NotADatabase(#[source] Cause),
    /// Another process serves this file.
    #[error(
        "another process serves this database: stop it first, or use PostgreSQL for several processes"
    )]
    Served,
    /// User or password are not accepted, or the user may not do this.
    #[error("the database refuses this user: check its name, its password and its rights")]
    Refused(#[source] Cause),
    /// The database cannot be written.
    #[error(
        "the database is read-only: check the file's and its directory's permissions, or the server's role"
    )]
    ReadOnly(#[source] Cause),
    /// There is no room.
    #[error("the database is full: make room on its disk; nothing was written by halves")]
    Full(#[source] Cause),
    /// Others held the database for too long.
    #[error("the database is busy: try again")]
    Busy(#[source] Cause),
    /// The database cannot be reached or opened.
    #[error("the database cannot be reached or opened: check its address and that it runs")]
    Unavailable(#[source] Cause),
    /// The connection was lost as a write was committed, and the database could not be asked whether it was.
    #[error(
        "the database was lost while this was committed, and whether it was is not known: look at the last \
         changesets, or repeat it with the same idempotency key, which writes nothing twice"
    )]
    Unsettled(#[source] Cause),
    /// Anything else the database says.
    #[error("the database failed")]
    Database(#[source] Cause),
}

/// Which row of a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKey {
    /// The row of a register.
    Register(Uuid),
    /// A changeset of the log.
    Seq(Seq),
    /// Changesets of the log that follow one another.
    Seqs {
        /// The first.
        first: Seq,
        /// The last.
        last: Seq,
    },
    /// A version of a fact.
    Version {
        /// The fact's id.
        id: Uuid,
        /// The seq that recorded this version.
        since: i64,
    },
    /// A text.
    Text(Sha256),
    /// A key of its own, as written.
    Named(String),
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Register(id) => id.fmt(f),
            Self::Seq(seq) => seq.fmt(f),
            Self::Seqs { first, last } => write!(f, "{first} to {last}"),
            Self::Version { id, since } => write!(f, "{id} since {since}"),
            Self::Text(digest) => digest.fmt(f),
            Self::Named(name) => write!(f, "{name:?}"),
        }
    }
}

/// Why a write was not done.
#[derive(Debug, thiserror::Error)]
pub enum WriteError<E> {
    /// The command refused; nothing was written.
    #[error("the command was refused")]
    Refused(E),
    /// The store failed and nothing was written; only of [`StoreError::Unsettled`] is that not known.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl<E> WriteError<E> {
    /// Either of the two, as the caller's own error has it.
    pub fn told<T: From<E> + From<StoreError>>(self) -> T {
        match self {
            Self::Refused(refusal) => refusal.into(),
            Self::Store(error) => error.into(),
        }
    }
}

impl StoreError {
    /// Whether the same may well succeed a moment later.
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Busy(_)
                | Self::Unavailable(_)
                | Self::WentBack { .. }
                | Self::OtherHistory { .. }
        )
    }

    /// The database has not answered within a time.
    pub(crate) fn silent(_: tokio::time::error::Elapsed) -> Self {
        #[derive(Debug, thiserror::Error)]
        #[error("it has not answered in time")]
        struct Silent;

        Self::Unavailable(Silent.into())
    }

    pub(crate) fn corrupt(table: &'static str, key: RowKey, source: impl Into<Cause>) -> Self {
        Self::Corrupt {
            table,
            key,
            source: source.into(),
        }
    }

    pub(crate) fn bad_row(table: &'static str, id: Uuid, since: i64, source: BadCell) -> Self {
        Self::corrupt(table, RowKey::Version { id, since }, source)
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        let meaning = match &error {
            DbErr::Conn(RuntimeErr::SqlxError(sqlx))
            | DbErr::Exec(RuntimeErr::SqlxError(sqlx))
            | DbErr::Query(RuntimeErr::SqlxError(sqlx)) => meaning(sqlx),
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable,
            _ => Self::Database,
        };
        meaning(error.into())
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let meaning = meaning(&error);
        meaning(error.into())
    }
}

fn meaning(error: &sqlx::Error) -> fn(Cause) -> StoreError {
    match error {
        sqlx::Error::Database(database) => {
            let code = database.code().unwrap_or_default();
            if database
                .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
                .is_some()
            {
                of_sqlstate(&code)
            } else {
                of_sqlite(code.parse().unwrap_or_default())
            }
        }
        sqlx::Error::Configuration(_) => StoreError::Address,
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => StoreError::Unavailable,
        _ => StoreError::Database,
    }
}

/// SQLite's result codes; the lower byte is the primary one.
fn of_sqlite(code: i32) -> fn(Cause) -> StoreError {
    match code & 0xff {
        5 | 6 => StoreError::Busy,
        3 | 23 => StoreError::Refused,
        8 => StoreError::ReadOnly,
        11 | 26 => StoreError::NotADatabase,
        13 => StoreError::Full,
        10 | 14 => StoreError::Unavailable,
        _ => StoreError::Database,
    }
}

/// PostgreSQL's SQLSTATE: the first two characters are the class.
fn of_sqlstate(code: &str) -> fn(Cause) -> StoreError {
    match code {
        "40001" | "40P01" | "55P03" => StoreError::Busy,
        "25006" => StoreError::ReadOnly,
        "53100" => StoreError::Full,
        // A session that was idle within a transaction for too long.
        "25P03" => StoreError::Unavailable,
        "42501" => StoreError::Refused,
        _ if code.starts_with("28") => StoreError::Refused,
        "3D000" => StoreError::Unavailable,
        _ if ["08", "53", "57"]
            .iter()
            .any(|class| code.starts_with(class)) =>
        {
            StoreError::Unavailable
        }
        _ => StoreError::Database,
    }
}
