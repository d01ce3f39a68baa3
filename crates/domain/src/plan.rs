//! Plans and their sections.

use crate::{
    id::{DocumentId, PartyId, PlanId, SectionId},
    text::Citation,
    time::{Day, Validity},
};
use serde::{Deserialize, Serialize};

/// 行动计划: a programme that a document sets out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// What people call it by: unique in the register.
    pub code: String,
    /// The title.
    pub title: String,
    /// The document that sets it out.
    pub document: Option<DocumentId>,
    /// Who owns the plan as a whole.
    pub owner: Option<PartyId>,
    /// The year it is for, where one is given.
    pub year: Option<i16>,
    /// From when to when it is in force.
    pub validity: Validity,
    /// The plan that takes its place when it ends. Left out of the leaf where none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<PlanId>,
}

impl Plan {
    /// The same in force at another time. What has no end is superseded by nothing.
    #[must_use]
    pub fn in_force(self, validity: Validity) -> Self {
        let is_over = validity.to != Day::FOREVER;
        Self {
            validity,
            superseded_by: self.superseded_by.filter(|_| is_over),
            ..self
        }
    }
}

/// 章节: a heading in the plan's tree. Its identity is the whole path of labels, never the bare "1".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The plan.
    pub plan: PlanId,
    /// The heading above it.
    pub parent: Option<SectionId>,
    /// Its label as written, brackets kept, such as （一）.
    pub label: String,
    /// The heading's own words.
    pub title: String,
    /// Its place among all sections of the plan, in the order of the text.
    pub position: u32,
    /// The heading in the document.
    pub citation: Option<Citation>,
}
