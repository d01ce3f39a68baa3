//! What a person can say of a draft.

use super::FactKey;
use crate::{
    deadline::DueDate,
    id::PartyId,
    target::Decimal,
    text::Span,
    time::Day,
    vocabulary::{DueKind, Firmness, PartyKind, PlaceLevel, Reference, Role},
};
use serde::{Deserialize, Serialize};

/// One correction. What it does not name stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// What the document says of itself.
    Document(DocumentCorrection),
    /// The title of a section.
    Section {
        /// The section.
        key: FactKey,
        /// Its title.
        title: String,
    },
    /// A task's title or text.
    Task(TaskCorrection),
    /// A task that was missed.
    AddTask(NewTask),
    /// A clause's form, openness, deadline or what it governs.
    Clause(ClauseCorrection),
    /// A clause that was missed.
    AddClause(NewClause),
    /// A party's name, role, reference or kind.
    Party(PartyCorrection),
    /// A party that was missed in a clause: it becomes an assignment.
    AddParty {
        /// The clause.
        clause: FactKey,
        /// The party.
        party: NewParty,
    },
    /// What was read as one party is several.
    SplitParty {
        /// The party.
        key: FactKey,
        /// The names, in the order of the text.
        names: Vec<Span>,
    },
    /// What was read as several parties is one, whose name goes from the first to the last.
    JoinParties {
        /// The parties, all of one clause.
        keys: Vec<FactKey>,
    },
    /// A target's figures, unit, firmness or time.
    Target(TargetCorrection),
    /// A target that was missed.
    AddTarget(NewTarget),
    /// When something is due.
    Deadline {
        /// The deadline.
        key: FactKey,
        /// When.
        due: DueCorrection,
    },
    /// A deadline that was missed.
    AddDeadline {
        /// The task or section; the whole plan if there is none.
        of: Option<FactKey>,
        /// When.
        due: DueCorrection,
    },
    /// Responsibility said in prose is meant as such: it becomes a clause of what it stands in.
    AcceptMention {
        /// The mention.
        key: FactKey,
        /// Who is responsible; those that the reader saw in it if none is named.
        parties: Vec<NewParty>,
    },
    /// Somebody compared the fact with the text and it is right.
    Confirm {
        /// The fact.
        key: FactKey,
    },
    /// The fact is not to be accepted.
    Remove {
        /// The fact.
        key: FactKey,
    },
    /// The fact is to be accepted after all.
    Restore {
        /// The fact.
        key: FactKey,
    },
    /// What a name means, wherever this draft writes it.
    Name(NameMeaning),
}

/// What a document says of itself, corrected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "as in `DraftDocument`")]
pub struct DocumentCorrection {
    pub title: Option<String>,
    pub issuer: Option<String>,
    pub number: Option<String>,
    pub issued_on: Option<Day>,
    pub posted_on: Option<Day>,
    pub jurisdiction: Option<String>,
}

/// A task, corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskCorrection {
    /// Which one.
    pub key: FactKey,
    /// Its title.
    pub title: Option<String>,
    /// What it says, without heading and clauses.
    pub body: Option<Span>,
}

/// A task that was missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTask {
    /// The section or task under whose heading it stands; none at the top of the plan.
    pub under: Option<FactKey>,
    /// Its label as written.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The task with its heading and clauses.
    pub span: Span,
    /// What it says, without heading and clauses.
    pub body: Option<Span>,
}

/// A clause, corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseCorrection {
    /// Which one.
    pub key: FactKey,
    /// The task or section that it governs.
    pub of: Option<FactKey>,
    /// The text that it governs.
    pub scope: Option<Span>,
    /// The words that carry the role.
    pub form: Option<String>,
    /// Whether its list is not exhaustive.
    pub open: Option<bool>,
    /// By when.
    pub due: Option<DueCorrection>,
}

/// A clause that was missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewClause {
    /// The task or section that it governs; the whole plan if there is none.
    pub of: Option<FactKey>,
    /// The words.
    pub span: Span,
    /// The text that it governs.
    pub scope: Option<Span>,
    /// The words that carry the role.
    pub form: String,
    /// Whether its list is not exhaustive.
    pub open: bool,
    /// Who it names.
    pub parties: Vec<NewParty>,
}

/// A party, corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyCorrection {
    /// Which one.
    pub key: FactKey,
    /// The name as written.
    pub span: Option<Span>,
    /// What it does.
    pub role: Option<Role>,
    /// How the text refers to it.
    pub reference: Option<Reference>,
    /// What kind of body it is.
    pub kind: Option<PartyKind>,
}

/// A party that was missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewParty {
    /// The name as written.
    pub span: Span,
    /// What it does.
    pub role: Role,
    /// How the text refers to it.
    pub reference: Reference,
    /// What kind of body it is; of another kind only if that is not known.
    pub kind: PartyKind,
}

/// A target, corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetCorrection {
    /// Which one.
    pub key: FactKey,
    /// The least and the most; given together, so that one can be taken away.
    pub bounds: Option<(Option<Decimal>, Option<Decimal>)>,
    /// The unit as written.
    pub unit: Option<String>,
    /// How firmly it is meant.
    pub firmness: Option<Firmness>,
    /// By when.
    pub due: Option<DueCorrection>,
}

/// A target that was missed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTarget {
    /// The task or section; the whole plan if there is none.
    pub of: Option<FactKey>,
    /// The words.
    pub span: Span,
    /// The least.
    pub min: Option<Decimal>,
    /// The most.
    pub max: Option<Decimal>,
    /// The unit as written.
    pub unit: Option<String>,
    /// How firmly it is meant.
    pub firmness: Firmness,
    /// By when.
    pub due: Option<DueCorrection>,
}

/// When something is due, said anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueCorrection {
    /// The words.
    pub span: Span,
    /// What they mean.
    pub kind: DueKind,
    /// The day, month or year.
    pub date: Option<DueDate>,
}

/// What a name means, wherever a draft writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameMeaning {
    /// The name as written; script and width make no difference.
    pub name: String,
    /// The body.
    pub means: Meaning,
}

/// The body that a name means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// One that the register knows.
    Party(PartyId),
    /// The one that another name of the same draft means.
    SameAs(String),
    /// One that the register does not know yet, whatever it is called.
    New {
        /// Its full name, if another than the one written.
        full_name: Option<String>,
        /// What kind of body it is.
        kind: PartyKind,
        /// The name or division code of its place; the document's own if none is said.
        place: Option<String>,
        /// The level of that place, if it is new to the register.
        level: Option<PlaceLevel>,
    },
}
