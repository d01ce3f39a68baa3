//! A task is added to a plan by hand.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::{PlanId, SectionId, TaskId},
    plan::Plan,
    task::{Body, Task},
    text::Sha256,
    time::Validity,
    vocabulary::TaskStatus,
};

/// Adds a unit of work to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateTask {
    /// The new task.
    pub id: TaskId,
    /// The plan.
    pub plan: PlanId,
    /// The section it stands in.
    pub section: Option<SectionId>,
    /// Its label, such as 1.
    pub label: String,
    /// The heading's own words.
    pub title: String,
    /// What it says. The text is kept beside the register, by its digest.
    pub body: Option<String>,
    /// Its place among all tasks of the plan; behind all others if none is given.
    pub position: Option<u32>,
    /// From when to when it is in force.
    pub validity: Validity,
}

impl CreateTask {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        pending.fact::<Plan>(self.plan)?;
        let behind_all = || {
            let tasks = pending.plan_tasks(self.plan).into_iter();
            let last = tasks.map(|(_, task)| task.position).max();
            last.map_or(0, |last| last.saturating_add(1))
        };
        let task = Task {
            plan: self.plan,
            section: self.section,
            label: self.label.clone(),
            title: self.title.clone(),
            body: self.body.as_deref().map(own_body),
            position: self.position.unwrap_or_else(behind_all),
            status: TaskStatus::NotStarted,
            validity: self.validity,
        };
        pending.record(self.id, task)
    }
}

/// A text of the task's own, by its digest.
pub(super) fn own_body(body: &str) -> Body {
    Body::Own(Sha256::of(body.as_bytes()))
}
