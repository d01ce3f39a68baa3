//! Backups: one file with everything that a database cannot be made again without.
//!
//! The log is the truth, so a backup is the log: of each register its leaves byte for byte and the texts that they name,
//! with what the log does not hold (the register's name and time zone, what idempotency keys were given with, drafts, the
//! tokens' hashes). All of it is read in one snapshot, beside whoever writes. The projection is not in it: restoring makes it
//! anew, so a backup of one kind of database is restored into the other as well, and what a restored register holds is
//! what its root says.

mod file;
mod parts;
mod restore;
mod take;

pub use restore::{Restored, check_backup};

use crate::error::{Cause, StoreError};
use domain::{
    id::RegisterId,
    text::Sha256,
    time::{Instant, Seq},
};
use serde::{Deserialize, Serialize};
use std::io;

/// A register as it is in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedRegister {
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
    /// The last changeset.
    pub seq: Seq,
    /// When that was recorded, or the register opened.
    pub recorded_at: Instant,
    /// What the log adds up to.
    pub root: Sha256,
}

/// Why a backup was not taken or not restored. Whatever it is, nothing was written by halves.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be read or written.
    #[error("the file cannot be read or written")]
    File(#[from] io::Error),
    /// The file is something else.
    #[error("the file is not a backup that this version of remit reads")]
    NotABackup,
    /// The file ends early.
    #[error("the backup is cut off: take another copy of it")]
    CutOff,
    /// The file is not what was written.
    #[error("the backup is damaged at its part {part}: take another copy of it")]
    Damaged {
        /// Which part, counted from 1.
        part: u64,
        /// What is wrong with it.
        #[source]
        source: Cause,
    },
    /// The register is there already.
    #[error(
        "there is a register {code:?} here already, and restoring never overwrites: name another database"
    )]
    Exists {
        /// Its code.
        code: String,
    },
}

/// Tells, while a backup is taken, how many parts are done, and of how many.
type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);
