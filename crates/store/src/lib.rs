//! Keeps registers in SQLite or PostgreSQL, and each one's live image in memory.
//!
//! The log is the truth: a write is one transaction that appends a changeset, advances the head and updates the
//! projection, and then shows the same changeset in memory. Reads never come here, except for long texts and the log.
//!
//! Nothing here knows GraphQL, HTTP or a command line, and no business rule: what may be written is decided by the
//! caller's function on a [`domain::view::View`]. The database library is not named in any public signature.
//!
//! Start with [`Database::connect`], [`Database::store`] and [`Store::write`]. A new concept is a file in `row/`.

mod backup;
mod changes;
mod cited;
mod connect;
mod database;
mod draft;
mod error;
mod follow;
mod idempotency;
mod image;
mod insert;
mod log;
mod project;
mod register;
#[expect(
    unreachable_pub,
    reason = "the derive makes its entities public, and so their rows have to be"
)]
mod row;
mod snapshot;
mod store;
mod text;
mod thread;
mod token;
mod trial;
mod verify;
mod write;

pub use backup::{BackupError, Restored, SavedRegister, check_backup};
pub use changes::ChangesetFilter;
pub use database::{Clock, Database, NewRegister, Options, RegisterSummary};
pub use draft::{
    Draft, DraftAcceptance, DraftChange, DraftFilter, DraftOrigin, DraftRest, DraftState, NewDraft,
    Stamp,
};
pub use error::{Cause, RowKey, StoreError, WriteError};
pub use follow::OutOfStep;
pub use idempotency::Idempotency;
pub use log::Direction;
pub use snapshot::Snapshot;
pub use store::{Origin, Stats, Store};
pub use token::Token;
pub use trial::Tried;
pub use verify::{Finding, Problem};
pub use write::{Write, Written};
