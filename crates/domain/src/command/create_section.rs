//! A heading is added to a plan by hand.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::{PlanId, SectionId},
    plan::{Plan, Section},
};

/// Adds a heading to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateSection {
    /// The new section.
    pub id: SectionId,
    /// The plan.
    pub plan: PlanId,
    /// The heading above it.
    pub parent: Option<SectionId>,
    /// Its label, such as （一）.
    pub label: String,
    /// The heading's own words.
    pub title: String,
    /// Its place among all sections of the plan; behind all others if none is given.
    pub position: Option<u32>,
}

impl CreateSection {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        pending.fact::<Plan>(self.plan)?;
        let behind_all = || {
            let sections = pending.plan_sections(self.plan).into_iter();
            let last = sections.map(|(_, section)| section.position).max();
            last.map_or(0, |last| last.saturating_add(1))
        };
        let section = Section {
            plan: self.plan,
            parent: self.parent,
            label: self.label.clone(),
            title: self.title.clone(),
            position: self.position.unwrap_or_else(behind_all),
            citation: None,
        };
        pending.record(self.id, section)
    }
}
