//! A plan is entered by hand.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::{DocumentId, PartyId, PlanId},
    plan::Plan,
    time::Validity,
};

/// Enters a plan by hand: its sections and tasks are added to it one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatePlan {
    /// The new plan.
    pub id: PlanId,
    /// What people call it by.
    pub code: String,
    /// The title.
    pub title: String,
    /// The document that sets it out, if the register has it.
    pub document: Option<DocumentId>,
    /// Who owns the plan as a whole.
    pub owner: Option<PartyId>,
    /// The year it is for.
    pub year: Option<i16>,
    /// From when to when it is in force.
    pub validity: Validity,
}

impl CreatePlan {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let plan = Plan {
            code: self.code.clone(),
            title: self.title.clone(),
            document: self.document,
            owner: self.owner,
            year: self.year,
            validity: self.validity,
            superseded_by: None,
        };
        pending.record(self.id, plan)
    }
}
