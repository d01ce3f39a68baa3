//! An assignment was recorded wrongly.

use super::{pending::Pending, refusal::Refusal, revalidity::Revalidity};
use crate::{
    assignment::Assignment,
    id::{AssignmentId, PartyId, TaskId},
    time::Seq,
    vocabulary::Role,
};

/// Corrects what was recorded of an assignment: it never was as it stands. What is so only from a day on is a change: of
/// role, or one assignment ended and another begun. The words on which it rests, if any, stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectAssignment {
    /// Which one.
    pub assignment: AssignmentId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The id of the assignment that is recorded in its place if it was about another task or party.
    pub id: AssignmentId,
    /// The task that was meant.
    pub task: Option<TaskId>,
    /// The party that was meant.
    pub party: Option<PartyId>,
    /// What the party does for the task.
    pub role: Option<Role>,
    /// From when to when.
    pub validity: Revalidity,
}

impl CorrectAssignment {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Assignment = pending.expect(self.assignment, self.expected)?;
        let about = (held.task, held.party);
        let corrected = Assignment {
            task: self.task.unwrap_or(held.task),
            party: self.party.unwrap_or(held.party),
            role: self.role.unwrap_or(held.role),
            validity: self.validity.of(held.validity),
            ..held
        };
        if (corrected.task, corrected.party) == about {
            return pending.revise(self.assignment, corrected);
        }
        pending.withdraw::<Assignment>(self.assignment)?;
        pending.record(self.id, corrected)
    }
}
