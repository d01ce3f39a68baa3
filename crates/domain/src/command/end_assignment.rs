//! A party ceases to have a role in a task.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    assignment::Assignment,
    id::AssignmentId,
    time::{Day, Seq},
};

/// Ends an assignment: from a day on the party no longer has the role. That it had it before stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndAssignment {
    /// Which one.
    pub assignment: AssignmentId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The first day on which the party no longer has the role.
    pub on: Day,
}

impl EndAssignment {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Assignment = pending.expect(self.assignment, self.expected)?;
        pending.end(self.assignment, held, self.on)
    }
}
