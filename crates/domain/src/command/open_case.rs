//! A party is held to a task.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::{PartyId, SupervisionCaseId, TaskId},
    supervision::{CaseStep, SupervisionCase},
    time::Day,
    vocabulary::CaseStage,
};

/// Opens a case in which a party is held to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// The new case.
    pub id: SupervisionCaseId,
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
    /// The day on which it is opened.
    pub on: Day,
    /// Who opens it.
    pub by: Option<PartyId>,
    /// What is said.
    pub words: Option<String>,
}

impl OpenCase {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let opened = CaseStep {
            stage: CaseStage::Opened,
            day: self.on,
            party: self.by,
            words: self.words.clone(),
        };
        let case = SupervisionCase {
            task: self.task,
            party: self.party,
            number: self.number.clone(),
            subject: self.subject.clone(),
            due: self.due,
            steps: vec![opened],
        };
        pending.record(self.id, case)
    }
}
