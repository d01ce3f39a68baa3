//! A heading was recorded wrongly.

use super::{pending::Pending, refusal::Refusal};
use crate::{id::SectionId, plan::Section, time::Seq};

/// Corrects what was recorded of a heading. What is not said stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectSection {
    /// The section.
    pub section: SectionId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The heading above it, or that there is none.
    pub parent: Option<Option<SectionId>>,
    /// Its label.
    pub label: Option<String>,
    /// The heading's own words.
    pub title: Option<String>,
    /// Its place among all sections of the plan.
    pub position: Option<u32>,
}

impl CorrectSection {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Section = pending.expect(self.section, self.expected)?;
        let corrected = Section {
            parent: self.parent.unwrap_or(held.parent),
            label: self.label.clone().unwrap_or(held.label),
            title: self.title.clone().unwrap_or(held.title),
            position: self.position.unwrap_or(held.position),
            ..held
        };
        pending.revise(self.section, corrected)
    }
}
