//! A figure ceases to be set.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::TargetId,
    target::Target,
    time::{Day, Seq},
};

/// Ends a target: from a day on the figure is no longer to be reached. Where another takes its place, set that one, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndTarget {
    /// Which one.
    pub target: TargetId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The first day on which it is no longer set.
    pub on: Day,
}

impl EndTarget {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Target = pending.expect(self.target, self.expected)?;
        pending.end(self.target, held, self.on)
    }
}
