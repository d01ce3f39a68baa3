//! From the statements of clauses to the draft: kinds and full names of parties, and the document's conventions.

use crate::{
    clause::{self, Clause},
    convention::{Convention, Reach, Rule},
    problem, prose,
    read::Found,
    role,
    statement::{Shape, Stated},
    unit::{Unit, scope},
};
use domain::{
    clause::Confidence,
    directory::{Resolution, level_word},
    draft::{DraftClause, DraftParty, Problem},
    fold::fold,
    vocabulary::{Basis, DueSource, Reference, Role},
};
use std::ops::Range;

/// The clauses of the draft, in the order of the text.
pub(crate) fn clauses(found: &Found, problems: &mut Vec<Problem>) -> Vec<DraftClause> {
    let clauses = 0..found.clauses.read.len();
    let mut drafted: Vec<_> = clauses
        .map(|index| drafted(found, index, problems))
        .collect();
    drafted.extend(by_convention(found));
    drafted.sort_by_key(|clause| clause.span.start);
    drafted
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
    if half && original.starts_with(is_bracket) {
        problems.push(problem::bracket_not_closed(span));
    } else if half {
        problems.push(problem::bracket_not_opened(span));
    } else if rewritten {
        problems.push(problem::swapped_words(span));
    } else if garbled {
        problems.push(problem::damaged_characters(span));
    }
    let respectively = |words: &Range<usize>| found.text()[words.clone()].contains("分别");
    if statement.parties.len() > 1 && statement.form.iter().any(respectively) {
        problems.push(problem::respectively(span));
    }
    let sure = statement.certainty() * clause.rule.certainty() / 100;
    let doubt = if garbled && !half { 30 } else { 0 };
    let confidence = Confidence::percent(sure.saturating_sub(doubt) as u8);
    let mut parties = parties(found, clause, confidence, problems);
    apply_lead_rules(found, clause, &mut parties);
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
        rule: clause.rule.name().into(),
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

fn is_bracket(c: char) -> bool {
    let mut buffer = [0; 4];
    fold(c.encode_utf8(&mut buffer)).starts_with(['(', '['])
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
        let of_jurisdiction = || {
            let jurisdiction = found.names.jurisdiction?;
            let whole = name_of(first).starts_with(jurisdiction);
            jurisdiction.chars().next_back().filter(|_| whole)
        };
        level_word(name_of(first)).or_else(of_jurisdiction)
    });
    let mut parties = Vec::with_capacity(clause.statement.parties.len());
    for stated in &clause.statement.parties {
        let (party, resolution) = party(found, stated, level, confidence);
        let expected = found.names.directory.is_some() && party.reference == Reference::Named;
        match resolution {
            Resolution::Ambiguous(_) => {
                let name = found.written(&stated.name);
                problems.push(problem::ambiguous_party(&name, party.span));
            }
            Resolution::Unknown if expected => {
                let name = found.written(&stated.name);
                problems.push(problem::unknown_party(&name, party.span));
            }
            _ => {}
        }
        parties.push(party);
    }
    parties
}

/// A party as these words name it, and what the directory knows of it. `level` is the level word that names lack which
/// stand behind one that has it.
pub(crate) fn party(
    found: &Found,
    stated: &Stated,
    level: Option<char>,
    confidence: Confidence,
) -> (DraftParty, Resolution) {
    let name = &found.text()[stated.name.clone()];
    let named = found.names.party(name, level);
    let party = DraftParty {
        span: found.span(&stated.name),
        role: stated.role,
        basis: Basis::Stated,
        reference: named.reference,
        kind: named.kind,
        kind_confidence: named.kind_confidence,
        full_name: named.full_name,
        convention: None,
        confidence: if found.names.is_party(name) {
            confidence
        } else {
            confidence.min(UNKNOWN)
        },
    };
    (party, named.resolution)
}

/// Whether a convention stands in a note below a table, and so holds for the rows above: 注:列第一位的为牵头单位.
fn is_note(text: &str, convention: &Range<usize>) -> bool {
    const NEAR: usize = 64;
    let near = text[..convention.start].char_indices().rev().take(NEAR);
    let line = near
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(convention.start, |(at, _)| at);
    let words = text[line..].trim_start_matches(['*', '(', ' ']);
    ["注", "备注", "说明", "附注"]
        .iter()
        .any(|word| words.starts_with(word))
}

/// 列第一位的为牵头单位 makes the first of a list lead, where nothing else says who does and it is a body by name;
/// 无牵头单位的,责任单位为牵头单位 makes those lead who answer alone. Such a rule holds for what stands behind it; as a
/// note behind all clauses, for all of them.
fn apply_lead_rules(found: &Found, clause: &Clause, parties: &mut [DraftParty]) {
    let notes = behind_all_clauses(found);
    let before = found.conventions.iter().filter(|convention| {
        convention.range.start < clause.range.end
            || convention.range.start >= notes
            || (clause.rule.of_table() && is_note(found.text(), &convention.range))
    });
    if parties.iter().any(|party| party.role != Role::Responsible) {
        return;
    }
    for convention in before {
        let by_convention = |party: &mut DraftParty, role| {
            party.role = role;
            party.basis = Basis::Convention;
            party.convention = Some(found.span(&convention.range));
        };
        match &convention.rule {
            Rule::FirstListedLeads { others } => {
                if let [first, rest @ ..] = parties
                    && !rest.is_empty()
                    && first.reference == Reference::Named
                {
                    by_convention(first, Role::Lead);
                    for party in rest.iter_mut().filter(|_| others.is_some()) {
                        by_convention(party, others.unwrap_or(Role::Responsible));
                    }
                    return;
                }
            }
            Rule::MarkedLead { mark, others } => {
                let is_marked = |stated: &Stated| {
                    let text = found.text();
                    text[..stated.name.start].ends_with(*mark)
                        || text[stated.name.end..].starts_with(*mark)
                };
                let marked: Vec<_> = clause.statement.parties.iter().map(is_marked).collect();
                let leads = marked.iter().filter(|marked| **marked).count();
                if leads > 0 {
                    let lead = if leads > 1 { Role::CoLead } else { Role::Lead };
                    for (party, is_marked) in parties.iter_mut().zip(marked) {
                        if is_marked || others.is_some() {
                            by_convention(party, others.filter(|_| !is_marked).unwrap_or(lead));
                        }
                    }
                    return;
                }
            }
            Rule::ResponsibleLead
                if clause.statement.shape == Shape::Labelled || clause.rule.of_table() =>
            {
                let role = if parties.len() > 1 {
                    Role::CoLead
                } else {
                    Role::Lead
                };
                for party in parties.iter_mut() {
                    by_convention(party, role);
                }
                return;
            }
            _ => {}
        }
    }
}

/// Where the notes begin that hold for all clauses, since all stand before them.
fn behind_all_clauses(found: &Found) -> usize {
    let last = found.clauses.read.last();
    last.map_or(0, |clause| clause.range.end)
}

/// 以下任务均需各区落实,不再列出 adds these parties to every task in its reach that does not name them.
fn apply_also_responsible(found: &Found, index: usize, parties: &mut Vec<DraftParty>) {
    let governed = &found.units.governed;
    let is_task = governed[index].is_some_and(|heading| found.units.of[heading] == Unit::Task);
    let first_of_task = index == 0 || governed[index - 1] != governed[index];
    if !is_task || !first_of_task {
        return;
    }
    let clause = &found.clauses.read[index];
    let notes = behind_all_clauses(found);
    for convention in found.conventions {
        if reaches(convention, &clause.range) || convention.range.start >= notes {
            add(found, convention, parties);
        }
    }
}

/// Whether a convention holds for a clause that stands here.
fn reaches(convention: &Convention, clause: &Range<usize>) -> bool {
    let Rule::AlsoResponsible { reach, .. } = &convention.rule else {
        return false;
    };
    match reach {
        Reach::Before => clause.start < convention.range.start,
        Reach::Behind => convention.range.end <= clause.start,
        Reach::HereAndBehind => convention.range.start < clause.end,
    }
}

/// Adds the parties of a convention that are not named already.
fn add(found: &Found, convention: &Convention, parties: &mut Vec<DraftParty>) {
    let Rule::AlsoResponsible {
        parties: added,
        role,
        ..
    } = &convention.rule
    else {
        return;
    };
    for name in added {
        let words = &found.text()[name.clone()];
        let original = found.folded.original();
        let named_already = parties.iter().any(|party| {
            let name = party.span.slice(original).unwrap_or_default();
            fold(name) == fold(words)
        });
        if named_already {
            continue;
        }
        let named = found.names.party(words, None);
        parties.push(DraftParty {
            span: found.span(name),
            role: *role,
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

/// A task without a clause of its own has those whom a convention makes answer for it: its clause is the convention.
fn by_convention(found: &Found) -> Vec<DraftClause> {
    let mut clauses = vec![];
    for &task in &found.units.bare {
        let heading = &found.headings[task].whole;
        // Where the text is cut off, so may be the clause.
        let cut_off =
            heading.end == found.body.end && !found.text()[heading.clone()].ends_with('。');
        if cut_off {
            continue;
        }
        for convention in found.conventions {
            let mut parties = vec![];
            if reaches(convention, heading) {
                add(found, convention, &mut parties);
            }
            if parties.is_empty() {
                continue;
            }
            clauses.push(DraftClause {
                path: found.paths[task].clone(),
                span: found.span(&convention.range),
                scope: Some(found.span(heading)),
                form: String::new(),
                rule: "convention".into(),
                open: false,
                garbled: false,
                confidence: CONVENTION,
                deadline: None,
                persons: vec![],
                parties,
            });
        }
    }
    clauses
}
