//! Assignments, and the matrix they make.

use super::{Moment, chosen, plan::id, sorted};
use domain::{
    assignment::Assignment,
    id::{AssignmentId, ClauseId, PartyId, PlanId, TaskId},
    party::Party,
    register::Register,
    task::Task,
    view::{AssignmentFilter, Valid},
    vocabulary::{Reference, Role},
};

/// A matrix as it would be drawn: every row, every column, and what stands in each of the squares.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Square {
    pub(crate) rows: Vec<TaskId>,
    pub(crate) columns: Vec<PartyId>,
    pub(crate) squares: Vec<Vec<Vec<AssignmentId>>>,
}

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

    pub(crate) fn matrix(&self, plan: PlanId, parties: &[PartyId], roles: &[Role]) -> Square {
        let rows = self.plan_tasks(plan, Valid::OnDay);
        let square = |task: TaskId, party: PartyId| -> Vec<AssignmentId> {
            let shown = |id: &AssignmentId| {
                let assignment = self.lists.thing::<Assignment>(*id);
                assignment.party == party
                    && chosen(roles, &assignment.role)
                    && assignment.reference != Reference::Indefinite
            };
            self.task_assignments(task, Valid::OnDay)
                .into_iter()
                .filter(shown)
                .collect()
        };
        let is_column = |party: &PartyId| {
            let filled = || rows.iter().any(|task| !square(*task, *party).is_empty());
            if parties.is_empty() {
                filled()
            } else {
                parties.contains(party)
            }
        };
        let columns = self.lists.ids::<Party>().into_iter().filter(is_column);
        let columns = self.in_directory_order(columns);
        let row = |task: &TaskId| columns.iter().map(|party| square(*task, *party)).collect();
        Square {
            squares: rows.iter().map(row).collect(),
            rows,
            columns,
        }
    }
}
