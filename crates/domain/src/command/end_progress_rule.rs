//! A rule for lights and reports ceases to hold.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::ProgressRuleId,
    progress_rule::ProgressRule,
    time::{Day, Seq},
};

/// Ends a rule: from a day on the register's holds for a plan instead, or for the register the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndProgressRule {
    /// Which one.
    pub rule: ProgressRuleId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The first day on which it no longer holds.
    pub on: Day,
}

impl EndProgressRule {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: ProgressRule = pending.expect(self.rule, self.expected)?;
        pending.end(self.rule, held, self.on)
    }
}
