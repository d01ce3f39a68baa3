//! Assignments: party × task × role.

use crate::{
    id::{ClauseId, PartyId, TaskId},
    text::Citation,
    time::Validity,
    vocabulary::{Basis, Reference, Role},
};
use serde::{Deserialize, Serialize};

/// 责任分工: a party's role in a task, for a time, on somebody's authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The task.
    pub task: TaskId,
    /// The party.
    pub party: PartyId,
    /// What the party does for it.
    pub role: Role,
    /// On what it rests.
    pub basis: Basis,
    /// How the text refers to the party.
    pub reference: Reference,
    /// The clause that says so.
    pub clause: Option<ClauseId>,
    /// The words that say so; null exactly where no document states it.
    pub citation: Option<Citation>,
    /// The party's name as written there.
    pub written: Option<Citation>,
    /// Its place among the assignments of the task, in the order of the text.
    pub position: u16,
    /// From when to when the party has the role.
    pub validity: Validity,
}
