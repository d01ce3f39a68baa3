//! Commands: `decide(&View, command)` says what a write changes, or why it is refused. Pure, one file a command.
//!
//! The store decides again under its lock, on the register as it then is; so every rule is checked once, race-free, in
//! one place. Ids and days come from the edge, inside the command. To add one: a struct, its `decide`, its refusal.

mod accept_draft;
mod import_directory;
mod known_parties;
pub mod load;

pub use accept_draft::{
    AcceptDraft, Against, Difference, DifferenceKind, DraftRefused, Extent, differences,
};
pub use import_directory::{DirectoryRefused, ImportDirectory};
