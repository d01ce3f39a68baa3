//! Supervision: cases in which a body is held to a task.

use crate::{
    id::{PartyId, TaskId},
    time::Day,
    vocabulary::CaseStage,
};
use serde::{Deserialize, Serialize};

/// 督办件: a case in which a party is held to a task, step by step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisionCase {
    /// The task.
    pub task: TaskId,
    /// Who is held to it.
    pub party: PartyId,
    /// The number by which the office files it.
    pub number: String,
    /// What is asked.
    pub subject: String,
    /// By when an answer is due.
    pub due: Option<Day>,
    /// What was done in it, in order. The first step opens it.
    pub steps: Vec<CaseStep>,
}

/// A step of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseStep {
    /// How far the case has come by it.
    pub stage: CaseStage,
    /// On which day.
    pub day: Day,
    /// Who took it, or to whom the case was assigned.
    pub party: Option<PartyId>,
    /// What was said.
    pub words: Option<String>,
}
