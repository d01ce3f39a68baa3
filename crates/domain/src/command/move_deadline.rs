//! Another deadline counts from a day on.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    deadline::{Deadline, Due},
    id::DeadlineId,
    time::{Day, Seq, Validity},
};

/// Moves a deadline from a day on: what was due before stays known, and counts until then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveDeadline {
    /// The deadline that ceases to count.
    pub deadline: DeadlineId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The deadline that counts from then on.
    pub id: DeadlineId,
    /// By when it is due.
    pub due: Due,
    /// The first day on which the new one counts.
    pub from: Day,
}

impl MoveDeadline {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Deadline = pending.expect(self.deadline, self.expected)?;
        let moved = Deadline {
            due: self.due.clone(),
            validity: Validity {
                from: self.from,
                ..held.validity
            },
            fulfilled: None,
            ..held
        };
        pending.end(self.deadline, held, self.from)?;
        pending.record(self.id, moved)
    }
}
