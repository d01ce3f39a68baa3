//! Progress reports: what parties report on tasks and targets.

use crate::{
    id::{PartyId, TargetId, TaskId},
    target::Decimal,
    time::{Day, Validity},
    vocabulary::TaskStatus,
};
use serde::{Deserialize, Serialize};

/// 进度填报: what a party reports on a task or a target for a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressReport {
    /// What it is about.
    pub about: Reported,
    /// Who reports.
    pub party: PartyId,
    /// The time that it covers.
    pub period: Validity,
    /// The day on which it was given.
    pub reported: Day,
    /// How far the party says that the task has come.
    pub status: Option<TaskStatus>,
    /// The figure that was reached, in the target's unit.
    pub value: Option<Decimal>,
    /// What the party says.
    pub words: String,
    /// Where what shows it can be found: addresses.
    pub evidence: Vec<String>,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reported {
    /// A task as a whole.
    Task(TaskId),
    /// A target, of whatever that is a target.
    Target(TargetId),
}
