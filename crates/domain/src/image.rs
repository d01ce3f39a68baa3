//! The compact forms in which a register keeps facts in memory: handles for ids, interned texts for strings.
//!
//! Each has the name and the fields of the fact it is an image of; see there for what they mean.

mod assignment;
mod clause;
mod days;
mod deadline;
mod document;
mod party;
mod place;
mod plan;
mod progress;
mod progress_rule;
mod reorganization;
mod standing;
mod supervision;
mod target;
mod task;

pub use assignment::{Assignment, Inheritance};
pub use clause::{Clause, Subject};
pub use deadline::{Deadline, Due};
pub use document::{Document, Passage, Quote};
pub use party::{Party, PartyName};
pub use place::Place;
pub use plan::{Plan, Section};
pub use progress::{ProgressReport, Reported};
pub use progress_rule::ProgressRule;
pub use reorganization::Reorganization;
pub use standing::Standing;
pub use supervision::{CaseStep, SupervisionCase};
pub use target::Target;
pub use task::{Body, Task, Wording};

use crate::{
    change::Fact,
    register::{Graph, Inapplicable, Packer, Ref, Register, Rows, Table},
    text::Sha256,
};
use std::fmt::Debug;

/// A compact form: how it is made from its fact, and the fact from it.
///
/// Implemented here for every kind of fact there is, and for nothing else. It is passed by value: what lies in memory may
/// be split up, so that millions take little.
pub trait Image: Clone + Debug + Send + Sync + 'static {
    /// What this is an image of.
    type Fact: Fact;
    /// The kind of fact, as the log and SQL name it.
    const ENTITY: &'static str;
    /// How many of them lie side by side: `Vec<Self>`, unless there are very many.
    type Rows: Rows<Self>;

    /// The table of all its versions.
    fn table(graph: &Graph) -> &Table<Self>;

    /// Makes the compact form; fails where the fact refers to what the register does not hold.
    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable>;

    /// Makes the fact again, equal to the one that was packed.
    fn unpack(&self, register: &Register) -> Self::Fact;

    /// Whether it is still about the same thing as `earlier`, the version before.
    fn stays(&self, _earlier: &Self) -> bool {
        true
    }

    /// Adds the relations and index entries of a new version.
    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register);
}

/// Where a register keeps a document.
pub type DocumentRef = Ref<Document>;
/// Where a register keeps a place.
pub type PlaceRef = Ref<Place>;
/// Where a register keeps a party.
pub type PartyRef = Ref<Party>;
/// Where a register keeps a name of a party.
pub type PartyNameRef = Ref<PartyName>;
/// Where a register keeps a reorganization.
pub type ReorganizationRef = Ref<Reorganization>;
/// Where a register keeps a plan.
pub type PlanRef = Ref<Plan>;
/// Where a register keeps a section.
pub type SectionRef = Ref<Section>;
/// Where a register keeps a task.
pub type TaskRef = Ref<Task>;
/// Where a register keeps a standing.
pub type StandingRef = Ref<Standing>;
/// Where a register keeps a progress report.
pub type ProgressReportRef = Ref<ProgressReport>;
/// Where a register keeps a case of supervision.
pub type SupervisionCaseRef = Ref<SupervisionCase>;
/// Where a register keeps a rule for lights and reports.
pub type ProgressRuleRef = Ref<ProgressRule>;
/// Where a register keeps a clause.
pub type ClauseRef = Ref<Clause>;
/// Where a register keeps an assignment.
pub type AssignmentRef = Ref<Assignment>;
/// Where a register keeps a target.
pub type TargetRef = Ref<Target>;
/// Where a register keeps a deadline.
pub type DeadlineRef = Ref<Deadline>;
/// Where a register keeps a citation with its quote.
pub type QuoteRef = Ref<Quote>;
/// Where a register keeps the digest of a text that it keeps outside of memory.
pub type DigestRef = Ref<Sha256>;
