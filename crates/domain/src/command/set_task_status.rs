//! A task comes further.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::{StandingId, TaskId},
    standing::Standing,
    task::Task,
    time::{Day, Seq},
    vocabulary::TaskStatus,
};

/// Says how far a task has come from a day on. How far it had come before stays known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetTaskStatus {
    /// The new standing. Where the task has one of that day already, that is corrected instead.
    pub id: StandingId,
    /// The task.
    pub task: TaskId,
    /// The version at which the caller saw the task.
    pub expected: Option<Seq>,
    /// How far it has come.
    pub status: TaskStatus,
    /// The first day on which it has.
    pub from: Day,
}

impl SetTaskStatus {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        pending.expect_task(self.task, self.expected)?;
        let standing = Standing {
            task: self.task,
            status: self.status,
            reached: self.from,
        };
        let standings = pending.task_standings(self.task);
        // Of several on one day the last one counts.
        let of_day = standings.iter().rfind(|(_, it)| it.reached == self.from);
        if let Some((id, _)) = of_day {
            return pending.revise(*id, standing);
        }
        if status_on(pending, self.task, self.from)? == self.status {
            return Ok(());
        }
        pending.record(self.id, standing)
    }
}

/// How far a task has come on a day.
pub(super) fn status_on(
    pending: &Pending<'_>,
    id: TaskId,
    day: Day,
) -> Result<TaskStatus, Refusal> {
    let task = pending.fact::<Task>(id)?;
    let standings = pending.task_standings(id).into_iter();
    let reached = standings.filter(|(_, standing)| standing.reached <= day);
    let last = reached.max_by_key(|(id, standing)| (standing.reached, *id));
    Ok(last.map_or(task.status, |(_, standing)| standing.status))
}
