//! Clauses: the words that state responsibility.

use crate::{
    id::{PlanId, SectionId, TaskId},
    text::{Citation, Span},
};
use serde::{Deserialize, Serialize};

/// 责任条款: the words that state who is responsible for a task, a section or a whole plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// What it governs.
    pub subject: Subject,
    /// The words.
    pub citation: Citation,
    /// The text that it governs, in the same document.
    pub scope: Option<Span>,
    /// The words that carry the role, such as 按职责分工负责.
    pub form: String,
    /// The name of the rule that found it.
    pub rule: String,
    /// 等、有关: the list of parties is not exhaustive.
    pub open: bool,
    /// The words are damaged; they are kept as they are.
    pub garbled: bool,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// What a clause, target or deadline belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A whole plan.
    Plan(PlanId),
    /// A section.
    Section(SectionId),
    /// A task.
    Task(TaskId),
}

/// How sure a reading is, in percent: 0 to 100. Published as 0.00 to 1.00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confidence(u8);

impl Confidence {
    /// `percent` of certainty; more than 100 is 100.
    pub const fn percent(percent: u8) -> Self {
        Self(if percent > 100 { 100 } else { percent })
    }

    /// As a fraction of one.
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// In percent.
    pub const fn as_percent(self) -> u8 {
        self.0
    }
}
