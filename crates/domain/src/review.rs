//! A draft under review: what was read, what people made of it, and who did.
//!
//! Every fact has a key, which stays its own whatever is corrected, added or removed. A review is a plain value:
//! [`Review::corrected`] gives the next one or says why not. It is not in the register; accepting it is a command.

mod correct;
mod correction;
mod doubt;
mod name;
mod record;
mod refused;

pub use correct::span_of;
pub use correction::{
    ClauseCorrection, Correction, DocumentCorrection, DueCorrection, Meaning, NameMeaning,
    NewClause, NewParty, NewTarget, NewTask, PartyCorrection, TargetCorrection, TaskCorrection,
};
pub use doubt::Doubt;
pub use name::{Naming, Understood};
pub use record::{Record, Recorded};
pub use refused::CorrectionRefused;

use crate::{
    clause::Confidence,
    draft::{
        Draft, DraftClause, DraftDeadline, DraftDocument, DraftMention, DraftParty, DraftSection,
        DraftTarget, DraftTask, Path, Problem,
    },
    text::Span,
    time::Instant,
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// The rule of a clause that a person corrected.
pub const CORRECTED: &str = "corrected";

/// The rule of a clause that a person added.
pub const ADDED: &str = "added";

/// Names one fact of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FactKey(pub u32);

impl fmt::Display for FactKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a person made of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It is as it was read.
    Read,
    /// It is as it was read, and somebody has compared it with the text.
    Confirmed,
    /// Somebody corrected it.
    Corrected,
    /// Somebody added it.
    Added,
}

/// A fact of a draft under review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted<T> {
    /// Its key.
    pub key: FactKey,
    /// What a person made of it.
    pub mark: Mark,
    /// It is not to be accepted.
    pub removed: bool,
    /// The fact as it now is.
    pub fact: T,
}

/// A party that a clause names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The clause.
    pub clause: FactKey,
    /// The party.
    pub party: DraftParty,
}

/// One correction, by whom and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The version of the draft that it made.
    pub version: u32,
    /// Who: an opaque subject.
    pub by: String,
    /// When.
    pub at: Instant,
    /// What was done.
    pub correction: Correction,
}

/// A draft under review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The document.
    pub document: DraftDocument,
    /// The headings that are no tasks.
    pub sections: Vec<Noted<DraftSection>>,
    /// The tasks.
    pub tasks: Vec<Noted<DraftTask>>,
    /// The clauses; their parties are in a list of their own.
    pub clauses: Vec<Noted<DraftClause>>,
    /// The parties of all clauses, in the order in which each clause names them.
    pub parties: Vec<Noted<Named>>,
    /// The targets.
    pub targets: Vec<Noted<DraftTarget>>,
    /// The deadlines outside of clauses and targets.
    pub deadlines: Vec<Noted<DraftDeadline>>,
    /// Responsibility said in prose.
    pub mentions: Vec<Noted<DraftMention>>,
    /// What the reader could not read, or not for sure.
    pub problems: Vec<Problem>,
    /// What people said that names mean.
    pub meanings: Vec<NameMeaning>,
    /// Every correction, oldest first.
    pub log: Vec<Entry>,
    next_key: u32,
}

impl Review {
    /// The review of what was read, before anybody looked at it.
    pub fn new(draft: Draft) -> Self {
        let Draft {
            document,
            sections,
            tasks,
            clauses,
            targets,
            deadlines,
            mentions,
            problems,
        } = draft;
        let mut keys = Keys(0);
        let sections = keys.each(sections);
        let tasks = keys.each(tasks);
        let mut parties = vec![];
        let mut noted = vec![];
        for mut clause in clauses {
            let named = std::mem::take(&mut clause.parties);
            let clause = keys.note(clause);
            parties.extend(named.into_iter().map(|party| {
                keys.note(Named {
                    clause: clause.key,
                    party,
                })
            }));
            noted.push(clause);
        }
        Self {
            document,
            sections,
            tasks,
            clauses: noted,
            parties,
            targets: keys.each(targets),
            deadlines: keys.each(deadlines),
            mentions: keys.each(mentions),
            problems,
            meanings: vec![],
            log: vec![],
            next_key: keys.0,
        }
    }

    /// The draft as it now is, for accepting. What was removed is not in it, nor what belongs to a heading or clause
    /// that was.
    ///
    /// A clause that a person corrected or added says so by its rule; one that is as it was read keeps rule and
    /// confidence.
    pub fn draft(&self) -> Draft {
        self.draft_without(&FxHashSet::default())
    }

    /// The same without these facts and what belongs to them.
    pub fn draft_without(&self, left_out: &FxHashSet<FactKey>) -> Draft {
        let headings = self.headings_without(left_out);
        let kept = |path: &[String], at: Span| {
            !headings
                .values()
                .any(|left_out| left_out.as_slice() == path)
                || self
                    .heading(path, at)
                    .is_none_or(|heading| !headings.contains_key(&heading))
        };
        let mut parties: FxHashMap<FactKey, Vec<DraftParty>> = FxHashMap::default();
        for named in present(&self.parties, left_out) {
            let party = named.fact.party.clone();
            parties.entry(named.fact.clause).or_default().push(party);
        }
        let clauses = present(&self.clauses, left_out)
            .filter(|clause| kept(&clause.fact.path, clause.fact.span))
            .map(|clause| {
                let parties = parties.remove(&clause.key).unwrap_or_default();
                whole_clause(clause, parties)
            });
        let targets = present(&self.targets, left_out).filter(|target| {
            let path = target.fact.path.as_deref();
            path.is_none_or(|path| kept(path, target.fact.span))
        });
        let deadlines = present(&self.deadlines, left_out)
            .filter(|deadline| kept(&deadline.fact.path, deadline.fact.due.span));
        Draft {
            document: self.document.clone(),
            sections: present(&self.sections, left_out).map(fact).collect(),
            tasks: present(&self.tasks, left_out).map(fact).collect(),
            clauses: clauses.collect(),
            targets: targets.map(fact).collect(),
            deadlines: deadlines.map(fact).collect(),
            mentions: present(&self.mentions, left_out).map(fact).collect(),
            problems: self.problems.clone(),
        }
    }

    /// The task or section at a path under which the words at `at` stand: of several, the last that begins before them.
    pub fn heading(&self, path: &[String], at: Span) -> Option<FactKey> {
        let tasks = self
            .tasks
            .iter()
            .map(|task| (task.key, &task.fact.path, task.fact.span));
        let sections = self.sections.iter();
        let sections = sections.map(|section| (section.key, &section.fact.path, section.fact.span));
        let here: Vec<_> = tasks
            .chain(sections)
            .filter(|(_, own, _)| own.as_slice() == path)
            .collect();
        let before = here.iter().rfind(|(_, _, span)| span.start <= at.start);
        before.or(here.first()).map(|(key, ..)| *key)
    }

    /// The headings that are removed or left out, with their paths. There are few.
    fn headings_without(&self, left_out: &FxHashSet<FactKey>) -> BTreeMap<FactKey, &Path> {
        let tasks = self.tasks.iter().filter(|task| is_absent(task, left_out));
        let tasks = tasks.map(|task| (task.key, &task.fact.path));
        let sections = self
            .sections
            .iter()
            .filter(|section| is_absent(section, left_out));
        let sections = sections.map(|section| (section.key, &section.fact.path));
        tasks.chain(sections).collect()
    }
}

/// A clause with its parties; what a person made of it is its rule.
fn whole_clause(clause: &Noted<DraftClause>, parties: Vec<DraftParty>) -> DraftClause {
    let mut whole = clause.fact.clone();
    whole.parties = parties;
    let rule = match clause.mark {
        Mark::Read | Mark::Confirmed => return whole,
        Mark::Corrected => CORRECTED,
        Mark::Added => ADDED,
    };
    whole.rule = rule.into();
    whole.confidence = Confidence::percent(100);
    whole
}

/// Gives out keys.
struct Keys(u32);

impl Keys {
    fn note<T>(&mut self, fact: T) -> Noted<T> {
        let key = FactKey(self.0);
        self.0 += 1;
        Noted {
            key,
            mark: Mark::Read,
            removed: false,
            fact,
        }
    }

    fn each<T>(&mut self, facts: Vec<T>) -> Vec<Noted<T>> {
        facts.into_iter().map(|fact| self.note(fact)).collect()
    }
}

fn is_absent<T>(noted: &Noted<T>, left_out: &FxHashSet<FactKey>) -> bool {
    noted.removed || left_out.contains(&noted.key)
}

fn present<'f, T>(
    facts: &'f [Noted<T>],
    left_out: &FxHashSet<FactKey>,
) -> impl Iterator<Item = &'f Noted<T>> {
    facts.iter().filter(|noted| !is_absent(noted, left_out))
}

fn fact<T: Clone>(noted: &Noted<T>) -> T {
    noted.fact.clone()
}
