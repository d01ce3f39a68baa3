//! A deadline was recorded wrongly.

use super::{pending::Pending, refusal::Refusal, revalidity::Revalidity};
use crate::{
    deadline::{Deadline, Due},
    id::DeadlineId,
    time::Seq,
};

/// Corrects what was recorded of a deadline: it never was as it stands. One that is another from a day on is moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectDeadline {
    /// Which one.
    pub deadline: DeadlineId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// By when.
    pub due: Option<Due>,
    /// From when to when it counts.
    pub validity: Revalidity,
}

impl CorrectDeadline {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Deadline = pending.expect(self.deadline, self.expected)?;
        let corrected = Deadline {
            due: self.due.clone().unwrap_or(held.due),
            validity: self.validity.of(held.validity),
            ..held
        };
        pending.revise(self.deadline, corrected)
    }
}
