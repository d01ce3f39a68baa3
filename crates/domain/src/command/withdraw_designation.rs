//! A designated lead ceases to lead.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    assignment::Assignment,
    id::AssignmentId,
    time::{Day, Seq},
    vocabulary::Basis,
};

/// Takes a designation back from a day on. One that has not begun by then never holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithdrawDesignation {
    /// The assignment of the designated lead.
    pub assignment: AssignmentId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The first day on which the party no longer leads.
    pub on: Day,
}

impl WithdrawDesignation {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Assignment = pending.expect(self.assignment, self.expected)?;
        match held.basis {
            Basis::Designated if self.on <= held.validity.from => {
                pending.withdraw::<Assignment>(self.assignment)
            }
            Basis::Designated => pending.end(self.assignment, held, self.on),
            basis => Err(Refusal::NotDesignated {
                assignment: self.assignment,
                basis,
            }),
        }
    }
}
