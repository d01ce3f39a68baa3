//! What another system says, a row a thing. Every reference is the key of another row, or of something that the source
//! loaded before.

use crate::{
    deadline::DueDate,
    time::Validity,
    vocabulary::{PartyKind, PlaceLevel, Role, TaskStatus},
};

/// A party as another system keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyRow {
    /// The source's key.
    pub key: String,
    /// The key of the body above it.
    pub parent: Option<String>,
    /// What kind of body it is.
    pub kind: PartyKind,
    /// For the government of a territory, the level of that territory, where the source's word for the kind says it.
    pub territory: Option<PlaceLevel>,
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
}

/// A plan as another system keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// The source's key.
    pub key: String,
    /// What people call it by.
    pub code: String,
    /// The title.
    pub title: String,
    /// The year it is for.
    pub year: Option<i16>,
    /// The key of the party that owns it.
    pub owner: Option<String>,
    /// From when to when it is in force.
    pub validity: Validity,
}

/// A task as another system keeps it, with its target and its deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// The source's key.
    pub key: String,
    /// The key of its plan.
    pub plan: String,
    /// Its place in the plan.
    pub position: u32,
    /// What people call it by.
    pub code: String,
    /// The title.
    pub title: String,
    /// What it says.
    pub body: Option<String>,
    /// The words of its target.
    pub target: Option<String>,
    /// By when it is to be done.
    pub deadline: Option<DueDate>,
    /// How far it has come.
    pub status: TaskStatus,
    /// From when to when it is in force.
    pub validity: Validity,
}

/// An assignment as another system keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentRow {
    /// The source's key.
    pub key: String,
    /// The key of the task.
    pub task: String,
    /// The key of the party.
    pub party: String,
    /// What the party does for it.
    pub role: Role,
    /// From when to when.
    pub validity: Validity,
}
