//! Commands: `decide(&View, command)` says what a write changes, or why it is refused. Pure, one file a command.
//!
//! The store decides again under its lock, on the register as it then is; so every rule is checked once, race-free, in
//! one place. Ids and days come from the edge, inside the command.
//!
//! What an office does by hand is a [`Command`], of which any number make one changeset: each decides on what those
//! before it leave ([`Pending`]), and the `rules` are checked on the outcome. To add one: a file with a struct and its
//! `decide`, and a line in `changeset`.

mod accept_draft;
mod assign;
mod change_role;
mod changeset;
mod end_assignment;
mod import_directory;
mod known_parties;
pub mod load;
mod pending;
mod refusal;
mod rules;

pub use accept_draft::{
    AcceptDraft, Against, Difference, DifferenceKind, DraftRefused, Extent, differences,
};
pub use assign::Assign;
pub use change_role::ChangeRole;
pub use changeset::{Command, action, decide_all};
pub use end_assignment::EndAssignment;
pub use import_directory::{DirectoryRefused, ImportDirectory};
pub use pending::Pending;
pub use refusal::{Refusal, Refused};

#[cfg(test)]
mod tests;
