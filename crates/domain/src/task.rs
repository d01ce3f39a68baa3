//! Tasks: units of work that somebody answers for.

use crate::{
    id::{PlanId, SectionId},
    text::{Citation, Sha256},
    time::Validity,
    vocabulary::TaskStatus,
};
use serde::{Deserialize, Serialize};

/// 重点任务: a unit of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The plan.
    pub plan: PlanId,
    /// The section it stands in.
    pub section: Option<SectionId>,
    /// Its label as written, such as 1, or the code that another register gives it.
    pub label: String,
    /// The heading's own words.
    pub title: String,
    /// What it says.
    pub body: Option<Body>,
    /// Its place among all tasks of the plan.
    pub position: u32,
    /// How far it has come.
    pub status: TaskStatus,
    /// From when to when it is in force.
    pub validity: Validity,
}

/// The text of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A span of the plan's document.
    Cited(Citation),
    /// A text of its own, kept by its digest.
    Own(Sha256),
}

/// The text of a thing that a document says, or that was entered without one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// The document's own characters.
    Cited(Citation),
    /// Words entered or loaded.
    Entered(String),
}
