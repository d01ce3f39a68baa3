//! A task was recorded wrongly.

use super::{create_task::own_body, pending::Pending, refusal::Refusal, revalidity::Revalidity};
use crate::{
    id::{SectionId, TaskId},
    task::Task,
    time::Seq,
};

/// Corrects what was recorded of a task. What is not said stays; the plan it belongs to always does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectTask {
    /// The task.
    pub task: TaskId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The section it stands in, or that it stands in none.
    pub section: Option<Option<SectionId>>,
    /// Its label.
    pub label: Option<String>,
    /// The heading's own words.
    pub title: Option<String>,
    /// What it says, or that it says nothing more. The text is kept beside the register, by its digest.
    pub body: Option<Option<String>>,
    /// Its place among all tasks of the plan.
    pub position: Option<u32>,
    /// From when to when it is in force.
    pub validity: Revalidity,
}

impl CorrectTask {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held = pending.expect_task(self.task, self.expected)?;
        let body = match &self.body {
            Some(body) => body.as_deref().map(own_body),
            None => held.body,
        };
        let corrected = Task {
            section: self.section.unwrap_or(held.section),
            label: self.label.clone().unwrap_or(held.label),
            title: self.title.clone().unwrap_or(held.title),
            body,
            position: self.position.unwrap_or(held.position),
            validity: self.validity.of(held.validity),
            ..held
        };
        pending.revise(self.task, corrected)
    }
}
