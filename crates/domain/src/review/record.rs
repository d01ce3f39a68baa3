//! The record of a review: who corrected what, as it is kept beside the changeset that accepts the draft.

use super::{Correction, Entry, FactKey, Review};
use crate::{
    text::{Sha256, Span},
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// The corrections that went before an acceptance, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The document that was read.
    pub document: Sha256,
    /// The version of the reader.
    pub reader: String,
    /// The corrections.
    pub corrections: Vec<Recorded>,
}

/// One correction, with the words that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The version of the draft that it made.
    pub version: u32,
    /// Who: an opaque subject.
    pub by: String,
    /// When.
    pub at: Instant,
    /// The words of the document that it is about.
    pub words: Option<String>,
    /// What was done. Spans are byte offsets into the document's text.
    pub correction: Correction,
}

impl Review {
    /// The record of this review; nothing if nobody corrected anything.
    pub fn record(&self, text: &str) -> Option<Record> {
        if self.log.is_empty() {
            return None;
        }
        let recorded = |entry: &Entry| Recorded {
            version: entry.version,
            by: entry.by.clone(),
            at: entry.at,
            words: self.words(&entry.correction, text),
            correction: entry.correction.clone(),
        };
        Some(Record {
            document: self.document.sha256,
            reader: self.document.reader.clone(),
            corrections: self.log.iter().map(recorded).collect(),
        })
    }

    /// The words of the document that a correction is about.
    pub fn words(&self, correction: &Correction, text: &str) -> Option<String> {
        let of = |key: &FactKey| self.span(*key);
        let span = match correction {
            Correction::Document(_) => return None,
            Correction::Name(meaning) => return Some(meaning.name.clone()),
            Correction::AddTask(task) => Some(task.span),
            Correction::AddClause(clause) => Some(clause.span),
            Correction::AddTarget(target) => Some(target.span),
            Correction::AddDeadline { due, .. } => Some(due.span),
            Correction::AddParty { party, .. } => Some(party.span),
            Correction::Section { key, .. }
            | Correction::SplitParty { key, .. }
            | Correction::Deadline { key, .. }
            | Correction::AcceptMention { key, .. }
            | Correction::Confirm { key }
            | Correction::Remove { key }
            | Correction::Restore { key } => of(key),
            Correction::Task(task) => of(&task.key),
            Correction::Clause(clause) => of(&clause.key),
            Correction::Party(party) => of(&party.key),
            Correction::Target(target) => of(&target.key),
            Correction::JoinParties { keys } => keys.first().and_then(of),
        };
        span?.slice(text).map(str::to_owned)
    }

    /// Where the words of a fact stand.
    fn span(&self, key: FactKey) -> Option<Span> {
        let sections = self
            .sections
            .iter()
            .map(|noted| (noted.key, noted.fact.span));
        let tasks = self.tasks.iter().map(|noted| (noted.key, noted.fact.span));
        let clauses = self
            .clauses
            .iter()
            .map(|noted| (noted.key, noted.fact.span));
        let parties = self.parties.iter();
        let parties = parties.map(|noted| (noted.key, noted.fact.party.span));
        let targets = self
            .targets
            .iter()
            .map(|noted| (noted.key, noted.fact.span));
        let deadlines = self.deadlines.iter();
        let deadlines = deadlines.map(|noted| (noted.key, noted.fact.due.span));
        let mentions = self
            .mentions
            .iter()
            .map(|noted| (noted.key, noted.fact.span));
        sections
            .chain(tasks)
            .chain(clauses)
            .chain(parties)
            .chain(targets)
            .chain(deadlines)
            .chain(mentions)
            .find_map(|(own, span)| (own == key).then_some(span))
    }
}
