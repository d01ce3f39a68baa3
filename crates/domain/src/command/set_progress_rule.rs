//! An office says when lights turn amber and how often parties report.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::{PlanId, ProgressRuleId},
    progress_rule::{ProgressRule, Rhythm},
    time::{Day, Validity},
};

/// Sets the rule for lights and reports of a plan, or of all plans without one of their own, from a day on. The one that
/// held before ends on that day, and a later one is not touched: what held on a past day stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetProgressRule {
    /// The new rule. Where one begins on that day already, that is corrected instead.
    pub id: ProgressRuleId,
    /// The plan; the whole register if none is named.
    pub plan: Option<PlanId>,
    /// How many days before a last day a light turns amber.
    pub amber_days: u16,
    /// How often reports are asked for; not at all if nothing is said.
    pub rhythm: Option<Rhythm>,
    /// The first day on which it holds.
    pub from: Day,
}

impl SetProgressRule {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let rules = pending.progress_rules(self.plan);
        let says = |validity| ProgressRule {
            plan: self.plan,
            amber_days: self.amber_days,
            rhythm: self.rhythm,
            validity,
        };
        if let Some((id, of_day)) = rules.iter().rfind(|(_, it)| it.validity.from == self.from) {
            return pending.revise(*id, says(of_day.validity));
        }
        let holds = rules.iter().find(|(_, it)| it.validity.contains(self.from));
        if let Some((id, held)) = holds {
            if *held == says(held.validity) {
                return Ok(());
            }
            pending.end(*id, held.clone(), self.from)?;
        }
        let later = rules.iter().map(|(_, it)| it.validity.from);
        let next = later.filter(|from| *from > self.from).min();
        let validity = Validity {
            from: self.from,
            to: next.unwrap_or(Day::FOREVER),
        };
        pending.record(self.id, says(validity))
    }
}
