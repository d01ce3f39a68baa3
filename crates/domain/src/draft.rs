//! A draft: what was read from one document, before anybody accepts it.
//!
//! Spans are UTF-8 byte offsets into the decoded text. The published JSON form (`schema/draft.schema.json`) has code
//! points; the crate that reads documents prints it.

use crate::{
    clause::Confidence,
    deadline::DueDate,
    fold::{fold, legible},
    target::Decimal,
    text::{Sha256, Span},
    time::Day,
    vocabulary::{Basis, DueKind, DueSource, Firmness, PartyKind, Reference, Role},
};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What was read from one document: every fact with the words that say it, and what was doubtful.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The document itself.
    pub document: DraftDocument,
    /// The headings that are no tasks, in the order of the text.
    pub sections: Vec<DraftSection>,
    /// The tasks, in the order of the text.
    pub tasks: Vec<DraftTask>,
    /// The clauses, in the order of the text.
    pub clauses: Vec<DraftClause>,
    /// The targets, in the order of the text.
    pub targets: Vec<DraftTarget>,
    /// Deadlines said of a task, a section or the whole plan outside of clauses and targets.
    pub deadlines: Vec<DraftDeadline>,
    /// Responsibility said in prose: never an assignment by itself.
    pub mentions: Vec<DraftMention>,
    /// What could not be read, or not for sure.
    pub problems: Vec<Problem>,
}

/// The labels of a heading and of all above it, outermost first, such as 四, (一), 1.
pub type Path = Vec<String>;

/// A document as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDocument {
    /// The title, without line breaks. Empty if none was found.
    pub title: String,
    /// Who issued it, as written.
    pub issuer: Option<String>,
    /// Its own number.
    pub number: Option<String>,
    /// The day of issue.
    pub issued_on: Option<Day>,
    /// The day a web page says it was posted.
    pub posted_on: Option<Day>,
    /// The name of the place whose government speaks, as far as the text shows it, in simplified script: 天津市.
    pub jurisdiction: Option<String>,
    /// The character encoding (WHATWG name), or the format that keeps characters in its own way: `docx`, `xlsx`, `pdf`.
    pub encoding: String,
    /// The script of the text.
    pub script: Script,
    /// The digest of the bytes that were given.
    pub sha256: Sha256,
    /// The numbers of documents that it cites.
    pub cites: Vec<Span>,
    /// The version of the reader.
    pub reader: String,
}

/// The script that a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    /// Simplified.
    Hans,
    /// Traditional.
    Hant,
    /// Both.
    Mixed,
    /// No character shows it.
    None,
}

/// A heading that is no task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSection {
    /// Its labels.
    pub path: Path,
    /// Its own words, without the label.
    pub title: String,
    /// The heading with its label.
    pub span: Span,
    /// The name of the rule that found it.
    pub rule: Cow<'static, str>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// A task as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftTask {
    /// Its labels.
    pub path: Path,
    /// The heading's own words.
    pub title: String,
    /// The task with its heading and clauses.
    pub span: Span,
    /// What it says, without heading and clauses.
    pub body: Option<Span>,
    /// The name of the rule that found it.
    pub rule: Cow<'static, str>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// A clause as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftClause {
    /// The labels of what it governs; empty for the whole plan.
    pub path: Path,
    /// The words.
    pub span: Span,
    /// The text that it governs.
    pub scope: Option<Span>,
    /// The words that carry the role.
    pub form: String,
    /// The name of the rule that found it.
    pub rule: Cow<'static, str>,
    /// Whether the list is not exhaustive.
    pub open: bool,
    /// Whether the words are damaged.
    pub garbled: bool,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// By when, if the clause says so.
    pub deadline: Option<DraftDue>,
    /// Leaders that the clause names: not parties.
    pub persons: Vec<Span>,
    /// The parties, in the order of the text.
    pub parties: Vec<DraftParty>,
}

/// A party as a clause names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftParty {
    /// The name as written.
    pub span: Span,
    /// The name where more than glosses and line ends stands between its characters, such as the number of a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restored: Option<String>,
    /// What it does.
    pub role: Role,
    /// On what that rests.
    pub basis: Basis,
    /// How the text refers to it.
    pub reference: Reference,
    /// What kind of body, from the name or the directory.
    pub kind: PartyKind,
    /// How sure the kind is.
    pub kind_confidence: Confidence,
    /// The name with an elided level word or the jurisdiction added, in simplified script, where that is another name.
    pub full_name: Option<String>,
    /// Where the document-wide rule stands, for basis convention.
    pub convention: Option<Span>,
    /// How sure it is that exactly these words name a party with this role.
    pub confidence: Confidence,
}

impl DraftParty {
    /// Its name as `text` writes it, but legible; nothing where the text is another.
    pub fn name(&self, text: &str) -> Option<String> {
        let legible = || self.span.slice(text).map(legible);
        self.restored.clone().or_else(legible)
    }

    /// Whether `text` calls it so, in either script and width.
    pub fn is_called(&self, text: &str, name: &str) -> bool {
        let called = fold(&legible(name));
        self.name(text).is_some_and(|own| fold(&own) == called)
    }
}

/// A target as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftTarget {
    /// The labels of the task or section it belongs to; nothing for the whole document.
    pub path: Option<Path>,
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
    pub due: Option<DraftDue>,
    /// The name of the rule that found it.
    pub rule: Cow<'static, str>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// A deadline as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDeadline {
    /// The labels of what it belongs to; empty for the whole plan.
    pub path: Path,
    /// By when.
    pub due: DraftDue,
}

/// A time that is set, as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDue {
    /// The words.
    pub span: Span,
    /// What they mean.
    pub kind: DueKind,
    /// At the text's own precision.
    pub date: Option<DueDate>,
    /// Where it is said.
    pub source: DueSource,
    /// The name of the rule that found it.
    pub rule: Cow<'static, str>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// Responsibility said in prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftMention {
    /// The words.
    pub span: Span,
    /// The labels of the task or section in which they stand.
    pub path: Path,
    /// Whom they name, in the role that their verb gives; empty where that cannot be told.
    pub parties: Vec<DraftParty>,
    /// The name of the rule that found it.
    pub rule: Cow<'static, str>,
    /// How sure the reading is.
    pub confidence: Confidence,
}

/// Something a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// A stable code.
    pub code: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, for people.
    pub message: String,
    /// What to do about it.
    pub remedy: Option<String>,
    /// Where.
    pub span: Option<Span>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Something may have been missed or misread.
    Warning,
    /// Something could not be read.
    Error,
}
