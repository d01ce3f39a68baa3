//! What the reader found, in the words in which facts are compared.

use crate::facts::{Due, label, name};
use domain::{
    draft::{DraftClause, DraftDue, DraftParty},
    text::Span,
    vocabulary::{Basis, Reference, Role},
};
use ingest::Reading;

/// What the reader calls the rule of a clause that only a rule of the document gives.
const BY_RULE: &str = "convention";

#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) clauses: Vec<FoundClause>,
    pub(crate) deadlines: Vec<FoundDue>,
    pub(crate) targets: Vec<FoundTarget>,
    pub(crate) mentions: Vec<String>,
    pub(crate) problems: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct FoundClause {
    pub(crate) path: Vec<String>,
    pub(crate) parties: Vec<FoundParty>,
    pub(crate) persons: Vec<String>,
    pub(crate) open: bool,
    pub(crate) garbled: bool,
    /// In percent.
    pub(crate) confidence: u8,
}

#[derive(Debug)]
pub(crate) struct FoundParty {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) basis: Basis,
    pub(crate) reference: Reference,
    pub(crate) full_name: Option<String>,
    /// A rule of the document adds it, the clause does not name it.
    pub(crate) added: bool,
}

#[derive(Debug)]
pub(crate) struct FoundDue {
    pub(crate) path: Vec<String>,
    pub(crate) due: Due,
    /// Where it was reported; a target often takes over what is said for several.
    pub(crate) place: DuePlace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DuePlace {
    Clause,
    Beside,
    Target,
}

#[derive(Debug)]
pub(crate) struct FoundTarget {
    pub(crate) path: Vec<String>,
    /// Least, most and unit.
    pub(crate) figure: [String; 3],
    pub(crate) words: String,
}

impl Found {
    pub(crate) fn of(reading: &Reading) -> Self {
        let Reading { text, draft } = reading;
        // A clause of a rule alone stands where the rule stands; it is compared where its task is.
        let mut clauses: Vec<&DraftClause> = draft.clauses.iter().collect();
        clauses.sort_by_key(|clause| match clause.scope {
            Some(task) if clause.rule == BY_RULE => task.start,
            _ => clause.span.start,
        });
        let clause_dues = draft.clauses.iter().filter_map(|clause| {
            let due = clause.deadline.as_ref()?;
            Some(found_due(text, &clause.path, due, DuePlace::Clause))
        });
        let dues_beside = draft.deadlines.iter();
        let dues_beside = dues_beside.map(|d| found_due(text, &d.path, &d.due, DuePlace::Beside));
        let target_dues = draft.targets.iter().filter_map(|target| {
            let path = target.path.as_deref().unwrap_or_default();
            let due = target.due.as_ref()?;
            Some(found_due(text, path, due, DuePlace::Target))
        });
        let targets = draft.targets.iter().map(|target| FoundTarget {
            path: labels(target.path.as_deref().unwrap_or_default()),
            figure: figure(
                target.min.as_ref(),
                target.max.as_ref(),
                &name(target.unit.as_deref().unwrap_or_default()),
            ),
            words: words(text, target.span),
        });
        Self {
            clauses: clauses
                .into_iter()
                .map(|clause| found_clause(text, clause))
                .collect(),
            deadlines: clause_dues.chain(dues_beside).chain(target_dues).collect(),
            targets: targets.collect(),
            mentions: draft
                .mentions
                .iter()
                .map(|mention| words(text, mention.span))
                .collect(),
            problems: draft
                .problems
                .iter()
                .map(|problem| problem.code.clone().into_owned())
                .collect(),
        }
    }
}

/// A figure as it is compared: least, most and unit.
pub(crate) fn figure(
    min: Option<&domain::target::Decimal>,
    max: Option<&domain::target::Decimal>,
    unit: &str,
) -> [String; 3] {
    let written = |number: Option<&domain::target::Decimal>| {
        number.map(ToString::to_string).unwrap_or_default()
    };
    [written(min), written(max), unit.to_owned()]
}

fn words(text: &str, span: Span) -> String {
    name(span.slice(text).unwrap_or_default())
}

fn labels(path: &[String]) -> Vec<String> {
    path.iter().map(|written| label(written)).collect()
}

fn found_clause(text: &str, clause: &DraftClause) -> FoundClause {
    let party = |party: &DraftParty| FoundParty {
        name: name(&party.name(text).unwrap_or_default()),
        role: party.role,
        basis: party.basis,
        reference: party.reference,
        full_name: party.full_name.as_deref().map(name),
        // The rule may stand in the clause itself.
        added: party
            .convention
            .is_some_and(|rule| rule.contains(party.span)),
    };
    FoundClause {
        path: labels(&clause.path),
        parties: clause.parties.iter().map(party).collect(),
        persons: clause
            .persons
            .iter()
            .map(|span| words(text, *span))
            .collect(),
        open: clause.open,
        garbled: clause.garbled,
        confidence: clause.confidence.as_percent(),
    }
}

fn found_due(text: &str, path: &[String], due: &DraftDue, place: DuePlace) -> FoundDue {
    FoundDue {
        path: labels(path),
        due: Due {
            kind: due.kind,
            date: due.date,
            words: words(text, due.span),
        },
        place,
    }
}
