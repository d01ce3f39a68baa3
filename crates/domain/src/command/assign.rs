//! A party is given a role in a task.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    assignment::Assignment,
    id::{AssignmentId, PartyId, TaskId},
    party::Party,
    task::Task,
    time::Validity,
    vocabulary::{Basis, PartyKind, Reference, Role},
};

/// Gives a party a role in a task, which no document states: by word of an office, whose authority the changeset names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign {
    /// The new assignment.
    pub id: AssignmentId,
    /// The task.
    pub task: TaskId,
    /// The party.
    pub party: PartyId,
    /// What the party does for it.
    pub role: Role,
    /// From when to when.
    pub validity: Validity,
}

impl Assign {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let new = NewAssignment {
            task: self.task,
            party: self.party,
            role: self.role,
            basis: Basis::Recorded,
            validity: self.validity,
        };
        new.record(pending, self.id)
    }
}

/// An assignment that rests on a decision and not on words.
pub(super) struct NewAssignment {
    pub(super) task: TaskId,
    pub(super) party: PartyId,
    pub(super) role: Role,
    pub(super) basis: Basis,
    pub(super) validity: Validity,
}

impl NewAssignment {
    /// Records it, behind the assignments that the task has.
    pub(super) fn record(self, pending: &mut Pending<'_>, id: AssignmentId) -> Result<(), Refusal> {
        let Self {
            task,
            party,
            role,
            basis,
            validity,
        } = self;
        pending.fact::<Task>(task)?;
        let reference = match pending.fact::<Party>(party)?.kind {
            PartyKind::Collective => Reference::Collective,
            _ => Reference::Named,
        };
        let assignments = pending.task_assignments(task).into_iter();
        let last = assignments.map(|(_, assignment)| assignment.position).max();
        let assignment = Assignment {
            task,
            party,
            role,
            basis,
            reference,
            clause: None,
            citation: None,
            written: None,
            position: last.map_or(0, |last| last.saturating_add(1)),
            validity,
            inherits: None,
        };
        pending.record(id, assignment)
    }
}
