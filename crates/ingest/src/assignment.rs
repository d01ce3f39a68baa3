//! From the statements of clauses to the draft: kinds and full names of parties, and the document's conventions.

use crate::{
    clause::{self, Clause},
    convention::Rule,
    problem, prose,
    read::Found,
    role,
    statement::Stated,
    unit::{Unit, scope},
};
use domain::{
    clause::Confidence,
    directory::{Resolution, level_word},
    draft::{DraftClause, DraftParty, Problem},
    vocabulary::{Basis, DueSource, Reference, Role},
};

/// The clauses of the draft, in the order of the text.
pub(crate) fn clauses(found: &Found, problems: &mut Vec<Problem>) -> Vec<DraftClause> {
    let clauses = 0..found.clauses.read.len();
    clauses
        .map(|index| drafted(found, index, problems))
        .collect()
}

fn drafted(found: &Found, index: usize, problems: &mut Vec<Problem>) -> DraftClause {
    let clause = &found.clauses.read[index];
    let statement = &clause.statement;
    let governed = &found.units.governed;
    let span = found.span(&clause.range);
    let original = span.slice(found.folded.original()).unwrap_or_default();
    let half = clause.rule == clause::Rule::HalfBracket;
    let rewritten = role::is_rewritten(&found.text()[clause.range.clone()]);
    let garbled = half || rewritten || original.chars().any(is_damaged);
    if half {
        problems.push(problem::bracket_missing(span));
    } else if rewritten {
        problems.push(problem::rewritten_by_machine(span));
    } else if garbled {
        problems.push(problem::damaged_characters(span));
    }
    let sure = statement.shape.confidence() * clause.rule.certainty() / 100;
    let doubt = if garbled && !half { 30 } else { 0 } + if statement.known < 100 { 15 } else { 0 };
    let confidence = Confidence::percent(sure.saturating_sub(doubt) as u8);
    let mut parties = parties(found, clause, confidence, problems);
    apply_first_listed(found, clause, &mut parties);
    apply_also_responsible(found, index, &mut parties);
    let form: Vec<_> = statement
        .form
        .iter()
        .map(|words| found.written(words))
        .collect();
    let scope = scope(
        found.text(),
        found.headings,
        &found.clauses.read,
        governed,
        index,
    );
    DraftClause {
        path: governed[index].map_or_else(Vec::new, |heading| found.paths[heading].clone()),
        span,
        scope: scope.map(|scope| found.span(&scope)),
        form: form.join("…"),
        rule: clause.rule.name(),
        open: statement.open,
        garbled,
        confidence,
        deadline: statement
            .due
            .as_ref()
            .map(|due| prose::drafted(found, due, DueSource::Clause)),
        persons: statement
            .persons
            .iter()
            .map(|name| found.span(name))
            .collect(),
        parties,
    }
}

/// How sure it is at most that words are a party that neither the directory nor their shape shows to be one.
const UNKNOWN: Confidence = Confidence::percent(60);

/// How sure it is that a rule for the whole document adds a party to a task.
const CONVENTION: Confidence = Confidence::percent(90);

/// Private-use and replacement characters stand where a page was converted wrongly.
fn is_damaged(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
}

fn parties(
    found: &Found,
    clause: &Clause,
    confidence: Confidence,
    problems: &mut Vec<Problem>,
) -> Vec<DraftParty> {
    let name_of = |party: &Stated| &found.text()[party.name.clone()];
    let level = clause.statement.parties.first().and_then(|first| {
        let jurisdiction = found.names.jurisdiction?;
        let whole = name_of(first).starts_with(jurisdiction);
        level_word(name_of(first)).or_else(|| jurisdiction.chars().next_back().filter(|_| whole))
    });
    let mut parties = Vec::with_capacity(clause.statement.parties.len());
    for party in &clause.statement.parties {
        let named = found.names.party(name_of(party), level);
        let span = found.span(&party.name);
        let expected = found.names.directory.is_some() && named.reference == Reference::Named;
        match named.resolution {
            Resolution::Ambiguous(_) => {
                problems.push(problem::ambiguous_party(&found.written(&party.name), span));
            }
            Resolution::Unknown if expected => {
                problems.push(problem::unknown_party(&found.written(&party.name), span));
            }
            _ => {}
        }
        parties.push(DraftParty {
            span,
            role: party.role,
            basis: Basis::Stated,
            reference: named.reference,
            kind: named.kind,
            kind_confidence: named.kind_confidence,
            full_name: named.full_name,
            convention: None,
            confidence: if found.names.is_party(name_of(party)) {
                confidence
            } else {
                confidence.min(UNKNOWN)
            },
        });
    }
    parties
}

/// 列第一位的为牵头单位 makes the first of a list lead, where nothing else says who does and it is a body by name.
fn apply_first_listed(found: &Found, clause: &Clause, parties: &mut [DraftParty]) {
    let rule = found
        .conventions
        .iter()
        .find(|convention| convention.rule == Rule::FirstListedLeads)
        .filter(|convention| convention.range.start < clause.range.end);
    let bare = parties.iter().all(|party| party.role == Role::Responsible);
    if let Some(convention) = rule
        && let [first, _, ..] = parties
        && bare
        && first.reference == Reference::Named
    {
        first.role = Role::Lead;
        first.basis = Basis::Convention;
        first.convention = Some(found.span(&convention.range));
    }
}

/// 以下任务均需各区落实,不再列出 adds these parties to every later task that does not name them.
fn apply_also_responsible(found: &Found, index: usize, parties: &mut Vec<DraftParty>) {
    let governed = &found.units.governed;
    let is_task = governed[index].is_some_and(|heading| found.units.of[heading] == Unit::Task);
    let first_of_task = index == 0 || governed[index - 1] != governed[index];
    if !is_task || !first_of_task {
        return;
    }
    let clause = &found.clauses.read[index];
    for convention in found.conventions {
        let Rule::AlsoResponsible(added) = &convention.rule else {
            continue;
        };
        if convention.range.end > clause.range.start {
            break;
        }
        for name in added {
            let words = &found.text()[name.clone()];
            let mut stated = clause.statement.parties.iter();
            if stated.any(|party| &found.text()[party.name.clone()] == words) {
                continue;
            }
            let named = found.names.party(words, None);
            parties.push(DraftParty {
                span: found.span(name),
                role: Role::Responsible,
                basis: Basis::Convention,
                reference: named.reference,
                kind: named.kind,
                kind_confidence: named.kind_confidence,
                full_name: named.full_name,
                convention: Some(found.span(&convention.range)),
                confidence: CONVENTION,
            });
        }
    }
}
