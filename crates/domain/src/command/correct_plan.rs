//! A plan was recorded wrongly.

use super::{pending::Pending, refusal::Refusal, revalidity::Revalidity};
use crate::{
    id::{PartyId, PlanId},
    plan::Plan,
    time::Seq,
};

/// Corrects what was recorded of a plan. What is not said stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectPlan {
    /// The plan.
    pub plan: PlanId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// What people call it by.
    pub code: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// Who owns the plan as a whole, or that nobody does.
    pub owner: Option<Option<PartyId>>,
    /// The year it is for, or none.
    pub year: Option<Option<i16>>,
    /// From when to when it is in force.
    pub validity: Revalidity,
}

impl CorrectPlan {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Plan = pending.expect(self.plan, self.expected)?;
        let corrected = Plan {
            code: self.code.clone().unwrap_or(held.code),
            title: self.title.clone().unwrap_or(held.title),
            owner: self.owner.unwrap_or(held.owner),
            year: self.year.unwrap_or(held.year),
            ..held
        };
        let validity = self.validity.of(corrected.validity);
        pending.revise(self.plan, corrected.in_force(validity))
    }
}
