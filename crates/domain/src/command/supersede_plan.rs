//! A plan is no longer in force, because a newer one takes its place.

use super::{
    pending::{Lasting, Pending},
    refusal::Refusal,
    set_task_status::{SetTaskStatus, status_on},
};
use crate::{
    change::Fact,
    clause::Subject,
    id::PlanId,
    plan::Plan,
    task::Task,
    time::{Day, Seq},
    vocabulary::TaskStatus,
};

/// Ends a plan on a day on which a newer one takes its place: its tasks are superseded, and its open duties, deadlines
/// and targets end. What would have begun only later never holds. The past stays, and the plan says what takes its
/// place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupersedePlan {
    /// The older plan.
    pub plan: PlanId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The newer one.
    pub by: PlanId,
    /// The first day on which the older one is no longer in force.
    pub on: Day,
}

impl SupersedePlan {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Plan = pending.expect(self.plan, self.expected)?;
        let superseded = Plan {
            superseded_by: Some(self.by),
            ..held
        };
        pending.end(self.plan, superseded, self.on)?;
        self.statements(pending, Subject::Plan(self.plan))?;
        for (section, _) in pending.plan_sections(self.plan) {
            self.statements(pending, Subject::Section(section))?;
        }
        for (id, task) in pending.plan_tasks(self.plan) {
            for (assignment, held) in pending.task_assignments(id) {
                self.end(pending, assignment, held)?;
            }
            self.statements(pending, Subject::Task(id))?;
            self.task(pending, id, task)?;
        }
        Ok(())
    }

    /// A task of which something is known stays a thing, though it never came into force.
    fn task(
        &self,
        pending: &mut Pending<'_>,
        id: <Task as Fact>::Id,
        mut task: Task,
    ) -> Result<(), Refusal> {
        if task.validity.to <= self.on {
            return Ok(());
        }
        if task.validity.from < self.on {
            task.validity.to = self.on;
        }
        pending.revise(id, task)?;
        if status_on(pending, id, self.on)? == TaskStatus::Done {
            return Ok(());
        }
        let superseded = SetTaskStatus {
            id: pending.next_id(),
            task: id,
            expected: None,
            status: TaskStatus::Superseded,
            from: self.on,
        };
        superseded.decide(pending)
    }

    fn statements(&self, pending: &mut Pending<'_>, subject: Subject) -> Result<(), Refusal> {
        for (deadline, held) in pending.deadlines(subject) {
            self.end(pending, deadline, held)?;
        }
        for (target, held) in pending.targets(subject) {
            self.end(pending, target, held)?;
        }
        Ok(())
    }

    /// Ends what is open, and withdraws what has not begun.
    fn end<F: Lasting>(
        &self,
        pending: &mut Pending<'_>,
        id: F::Id,
        held: F,
    ) -> Result<(), Refusal> {
        let validity = held.validity();
        if validity.to <= self.on {
            Ok(())
        } else if validity.from >= self.on {
            pending.withdraw::<F>(id)
        } else {
            pending.end(id, held, self.on)
        }
    }
}
