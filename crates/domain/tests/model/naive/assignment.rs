//! Assignments: of tasks, of clauses, of parties.

use super::{Moment, chosen, plan::id, sorted};
use domain::{
    assignment::Assignment,
    id::{AssignmentId, ClauseId, PartyId, TaskId},
    register::Register,
    task::Task,
    view::{AssignmentFilter, Valid},
};

impl Moment<'_> {
    /// In the order of the text.
    pub(crate) fn task_assignments(&self, task: TaskId, valid: Valid) -> Vec<AssignmentId> {
        let assignments = self.lists.known::<Assignment>();
        let of_it = assignments.filter(|(_, assignment)| {
            assignment.task == task && self.lists(assignment.validity, valid)
        });
        sorted(of_it.map(|(id, _)| id), |id| {
            self.lists.thing::<Assignment>(id).position
        })
    }

    /// Task by task as the plan has them, wherever in the plan a task stands now.
    pub(crate) fn clause_assignments(&self, clause: ClauseId, valid: Valid) -> Vec<AssignmentId> {
        let tasks = self.lists.ids::<Task>().into_iter();
        let tasks = sorted(tasks, |id| self.lists.thing::<Task>(id).position);
        let assignments = tasks
            .into_iter()
            .flat_map(|task| self.task_assignments(task, valid));
        assignments
            .filter(|id| self.lists.thing::<Assignment>(*id).clause == Some(clause))
            .collect()
    }

    pub(crate) fn party_assignments(
        &self,
        register: &Register,
        party: PartyId,
        filter: &AssignmentFilter,
    ) -> Vec<AssignmentId> {
        let plan = id(register, filter.plan);
        let listed = |assignment: &Assignment| {
            assignment.party == party
                && self.lists(assignment.validity, filter.valid)
                && chosen(&filter.roles, &assignment.role)
                && chosen(&filter.bases, &assignment.basis)
                && plan.is_none_or(|plan| self.lists.thing::<Task>(assignment.task).plan == plan)
        };
        let assignments = self.lists.known::<Assignment>();
        assignments
            .filter(|(_, assignment)| listed(assignment))
            .map(|(id, _)| id)
            .collect()
    }
}
