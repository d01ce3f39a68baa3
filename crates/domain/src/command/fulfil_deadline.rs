//! What was due is done.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    change::Thing,
    deadline::Deadline,
    id::DeadlineId,
    time::{Day, Seq},
};

/// Says that a deadline was met on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FulfilDeadline {
    /// Which one.
    pub deadline: DeadlineId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The day on which it was met.
    pub on: Day,
}

impl FulfilDeadline {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Deadline = pending.expect(self.deadline, self.expected)?;
        match held.fulfilled {
            Some(day) if day == self.on => Ok(()),
            Some(day) => Err(Refusal::AlreadyMet {
                thing: Thing::of::<Deadline>(self.deadline),
                day,
            }),
            None => {
                let fulfilled = Some(self.on);
                pending.revise(self.deadline, Deadline { fulfilled, ..held })
            }
        }
    }
}
