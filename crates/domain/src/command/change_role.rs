//! A party has another role in a task from a day on.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    assignment::Assignment,
    id::AssignmentId,
    time::{Day, Seq, Validity},
    vocabulary::{Basis, Role},
};

/// Gives a party another role in a task from a day on: the assignment ends on that day, and one in the new role begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRole {
    /// The assignment that ends.
    pub assignment: AssignmentId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The assignment that begins.
    pub id: AssignmentId,
    /// What the party does for the task from then on.
    pub role: Role,
    /// The first day on which it does so.
    pub from: Day,
}

impl ChangeRole {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Assignment = pending.expect(self.assignment, self.expected)?;
        if held.role == self.role {
            return Ok(());
        }
        let begun = Assignment {
            role: self.role,
            basis: Basis::Recorded,
            clause: None,
            citation: None,
            written: None,
            inherits: None,
            validity: Validity {
                from: self.from,
                ..held.validity
            },
            ..held
        };
        pending.end(self.assignment, held, self.from)?;
        pending.record(self.id, begun)
    }
}
