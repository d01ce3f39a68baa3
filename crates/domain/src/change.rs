//! What the log records: changesets, each a committed write, and their canonical bytes.

use crate::{
    about::About,
    assignment::Assignment,
    canonical,
    clause::Clause,
    deadline::Deadline,
    document::Document,
    id::{
        AssignmentId, ClauseId, DeadlineId, DocumentId, Id, PartyId, PartyNameId, PlaceId, PlanId,
        ProgressReportId, ProgressRuleId, RegisterId, ReorganizationId, SectionId, StandingId,
        SupervisionCaseId, TargetId, TaskId,
    },
    image::{self, Image},
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    reorganization::Reorganization,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    text::{Citation, Sha256},
    time::{Instant, Seq},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt;
use uuid::Uuid;

/// The version of the leaf format that this code writes.
pub const FORMAT: u8 = 1;

/// Something the register keeps versions of.
pub trait Fact:
    About + Clone + PartialEq + Eq + fmt::Debug + Serialize + DeserializeOwned + Send + Sync + 'static
{
    /// Its kind of id.
    type Id: Id;
    /// Its compact form.
    type Image: Image<Fact = Self>;
    /// Which kind of fact it is.
    const KIND: Kind;

    /// Wraps an edit of this kind of fact as a change.
    fn change(edit: Edit<Self>) -> Change;

    /// The edit, if a change is of this kind of fact.
    fn edit(change: &Change) -> Option<&Edit<Self>>;
}

/// One fact, of whichever kind. Facts are ordered by kind, then by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thing {
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: Uuid,
}

impl Thing {
    /// The fact of kind `F` with this id.
    pub fn of<F: Fact>(id: F::Id) -> Self {
        Self {
            kind: F::KIND,
            id: id.into(),
        }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind, self.id)
    }
}

/// One fact before and after. Before nothing: it is recorded; after nothing: it is withdrawn, as if never so.
///
/// A fact that *ends* is not withdrawn: its version after has a validity with an end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Edit<F: Fact> {
    /// Which one.
    pub id: F::Id,
    /// The version that the register held.
    pub before: Option<F>,
    /// The version that it holds from now on.
    pub after: Option<F>,
    /// Where it was loaded from, said once, when it is recorded.
    pub origin: Option<Origin>,
}

/// The key that another system gives to what was loaded from it. Two sources never share keys.
///
/// It belongs to the change and not to the fact: SQL keeps it in a table of its own (`origin`, by source, entity and
/// key) for loading newer files and for export; the register in memory does not need it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The name of the source, given by whoever loads it.
    pub source: String,
    /// The source's own key.
    pub key: String,
}

macro_rules! changes {
    ($($fact:ident($id:ident) = $entity:literal;)*) => {
        /// The kinds of facts: what is referred to before what refers to it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = concat!("A ", $entity, ".")] $fact,)*
        }

        impl Kind {
            /// The kind as the log and SQL name it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$fact => $entity,)* }
            }

            /// The kind that ids of this sort belong to ([`Id::KIND`]).
            pub fn of_ids(sort: &str) -> Option<Self> {
                [$((<$id as Id>::KIND, Self::$fact)),*]
                    .into_iter()
                    .find_map(|(of, kind)| (of == sort).then_some(kind))
            }
        }

        /// One change of one fact.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "entity", rename_all = "snake_case")]
        pub enum Change {
            $(#[doc = concat!("Of a ", $entity, ".")] $fact(Edit<$fact>),)*
        }

        impl Change {
            /// The kind of fact.
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$fact(_) => Kind::$fact,)* }
            }

            /// Every kind of fact, as the log and SQL name it.
            pub const ENTITIES: &'static [&'static str] = &[$($entity,)*];

            /// The kind of fact, as the log and SQL name it.
            pub const fn entity(&self) -> &'static str {
                self.kind().as_str()
            }

            /// Where the fact was loaded from, if this change says so.
            pub fn origin(&self) -> Option<&Origin> {
                match self { $(Self::$fact(edit) => edit.origin.as_ref(),)* }
            }

            /// The id of the fact, whatever its kind.
            pub fn id(&self) -> Uuid {
                match self { $(Self::$fact(edit) => edit.id.into(),)* }
            }

            /// The fact.
            pub fn thing(&self) -> Thing {
                Thing {
                    kind: self.kind(),
                    id: self.id(),
                }
            }

            /// Whether the fact is recorded: the register does not hold it before.
            pub const fn is_recorded(&self) -> bool {
                match self { $(Self::$fact(edit) => edit.before.is_none(),)* }
            }

            /// Whether this says nothing: before is as after.
            pub fn is_void(&self) -> bool {
                match self { $(Self::$fact(edit) => edit.before == edit.after,)* }
            }

            /// What the fact is about from now on; nothing where it is withdrawn.
            pub fn about(&self) -> crate::about::Things {
                match self {
                    $(Self::$fact(edit) => edit.after.as_ref().map_or_else(Default::default, About::about),)*
                }
            }
        }

        $(impl Fact for $fact {
            type Id = $id;
            type Image = image::$fact;
            const KIND: Kind = Kind::$fact;

            fn change(edit: Edit<Self>) -> Change {
                Change::$fact(edit)
            }

            fn edit(change: &Change) -> Option<&Edit<Self>> {
                if let Change::$fact(edit) = change {
                    Some(edit)
                } else {
                    None
                }
            }
        })*
    };
}

changes! {
    Document(DocumentId) = "document";
    Place(PlaceId) = "place";
    Party(PartyId) = "party";
    PartyName(PartyNameId) = "party_name";
    Reorganization(ReorganizationId) = "reorganization";
    Plan(PlanId) = "plan";
    Section(SectionId) = "section";
    Task(TaskId) = "task";
    Standing(StandingId) = "standing";
    Clause(ClauseId) = "clause";
    Assignment(AssignmentId) = "assignment";
    Target(TargetId) = "target";
    Deadline(DeadlineId) = "deadline";
    ProgressReport(ProgressReportId) = "progress_report";
    SupervisionCase(SupervisionCaseId) = "supervision_case";
    ProgressRule(ProgressRuleId) = "progress_rule";
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Change {
    /// A fact that the register did not hold before.
    pub fn record<F: Fact>(id: F::Id, after: F) -> Self {
        F::change(Edit {
            id,
            before: None,
            after: Some(after),
            origin: None,
        })
    }

    /// A fact that the register did not hold before, loaded from another system.
    pub fn load<F: Fact>(id: F::Id, after: F, origin: Origin) -> Self {
        F::change(Edit {
            id,
            before: None,
            after: Some(after),
            origin: Some(origin),
        })
    }

    /// A fact that is held otherwise from now on.
    pub fn revise<F: Fact>(id: F::Id, before: F, after: F) -> Self {
        F::change(Edit {
            id,
            before: Some(before),
            after: Some(after),
            origin: None,
        })
    }

    /// A fact that should never have been recorded.
    pub fn withdraw<F: Fact>(id: F::Id, before: F) -> Self {
        F::change(Edit {
            id,
            before: Some(before),
            after: None,
            origin: None,
        })
    }
}

/// Who wrote, as an opaque subject. Never a person's name or contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// `local:` and the operating system's user, or a token's name.
    pub subject: String,
    /// How the subject was authenticated.
    pub authentication: Authentication,
}

/// How an actor was authenticated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authentication {
    /// By the operating system: somebody who can run the binary or reach the loopback interface.
    Local,
    /// By a named API token.
    Token,
}

/// On whose authority something is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// The words of a document in the register.
    Cited(Citation),
    /// A document by its number or name.
    Named(String),
}

/// What the writer says of a write, before the register gives it its place and time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Who writes.
    pub actor: Actor,
    /// What is done, as `entity.verb`, such as `plan.accepted`.
    pub action: String,
    /// Why.
    pub reason: Option<String>,
    /// On whose authority.
    pub authority: Option<Authority>,
    /// The caller's own key for this write, unique for the subject; a repeat is answered from the first.
    pub idempotency_key: Option<String>,
    /// The changes, in the order in which they are applied. Never empty.
    pub changes: Vec<Change>,
}

/// 变更记录: one committed write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changeset {
    /// The version of the leaf format.
    pub format: u8,
    /// The register.
    pub register: RegisterId,
    /// Its place in the register's log: gapless, in the order of commits.
    pub seq: Seq,
    /// When it was recorded: strictly later than the one before.
    pub recorded_at: Instant,
    /// Who wrote.
    pub actor: Actor,
    /// What was done.
    pub action: String,
    /// Why.
    pub reason: Option<String>,
    /// On whose authority.
    pub authority: Option<Authority>,
    /// The caller's own key.
    pub idempotency_key: Option<String>,
    /// What changed.
    pub changes: Vec<Change>,
    /// The record of the review that went before, a text kept beside the log: who corrected what in the draft that was
    /// accepted. Left out of the leaf where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Sha256>,
}

/// A leaf of the log that is no changeset.
#[derive(Debug, thiserror::Error)]
#[error("the leaf is not a changeset of format {FORMAT}")]
pub struct NotAChangeset(#[source] serde_json::Error);

impl Changeset {
    /// Gives a proposal its place and time.
    pub fn new(register: RegisterId, seq: Seq, recorded_at: Instant, proposal: Proposal) -> Self {
        let Proposal {
            actor,
            action,
            reason,
            authority,
            idempotency_key,
            changes,
        } = proposal;
        Self {
            format: FORMAT,
            register,
            seq,
            recorded_at,
            actor,
            action,
            reason,
            authority,
            idempotency_key,
            changes,
            review: None,
        }
    }

    /// The same, after a review that is recorded in this text.
    #[must_use]
    pub fn reviewed(self, review: Option<Sha256>) -> Self {
        Self { review, ..self }
    }

    /// The leaf: canonical JSON (RFC 8785), stored as these bytes and never serialized again.
    pub fn leaf(&self) -> Vec<u8> {
        canonical::to_vec(self)
            .expect("a changeset holds only strings, small integers, lists and objects")
    }

    /// Reads a leaf.
    pub fn from_leaf(leaf: &[u8]) -> Result<Self, NotAChangeset> {
        serde_json::from_slice(leaf).map_err(NotAChangeset)
    }
}
