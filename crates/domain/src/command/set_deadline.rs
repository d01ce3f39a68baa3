//! A time is set by which something is to be done.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    clause::Subject,
    deadline::{Deadline, Due},
    id::DeadlineId,
    time::Validity,
};

/// Sets the time by which a task, a section or a whole plan is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetDeadline {
    /// The new deadline.
    pub id: DeadlineId,
    /// What is to be done.
    pub subject: Subject,
    /// By when.
    pub due: Due,
    /// From when to when this deadline counts.
    pub validity: Validity,
}

impl SetDeadline {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let deadline = Deadline {
            subject: self.subject,
            due: self.due.clone(),
            validity: self.validity,
            fulfilled: None,
        };
        pending.record(self.id, deadline)
    }
}
