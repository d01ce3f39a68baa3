//! What conventions make of clauses: roles that they give, parties that they add, clauses for tasks that have none.

use super::{
    Convention, Place, Rule,
    tasks::{Reach, Tasks, Which},
};
use crate::{
    clause::Clause,
    read::Found,
    statement::{Shape, Stated},
    unit::Unit,
};
use domain::{
    clause::Confidence,
    draft::{DraftClause, DraftParty},
    vocabulary::{Basis, Reference, Role},
};
use std::ops::Range;

/// How sure it is that a rule for the whole document adds a party to a task.
const CONVENTION: Confidence = Confidence::percent(90);

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
pub(crate) fn give_roles(found: &Found, clause: &Clause, parties: &mut [DraftParty]) {
    let notes = behind_all_clauses(found);
    let before = found.conventions.iter().filter(|convention| {
        let everywhere = matches!(
            convention.rule,
            Rule::Leads {
                everywhere: true,
                ..
            }
        );
        convention.range.start < clause.range.end
            || everywhere
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
            Rule::Leads { who, others, .. } => {
                let leads = leads(found, clause, *who, parties);
                let count = leads.iter().filter(|leads| **leads).count();
                if count == 0 {
                    continue;
                }
                let lead = if count > 1 { Role::CoLead } else { Role::Lead };
                for (party, leads) in parties.iter_mut().zip(leads) {
                    if leads {
                        by_convention(party, lead);
                    } else if let Some(role) = others {
                        by_convention(party, *role);
                    }
                }
                return;
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

/// Which of the parties of a clause lead by their place.
fn leads(found: &Found, clause: &Clause, who: Place, parties: &[DraftParty]) -> Vec<bool> {
    let text = found.text();
    let place = |(index, stated): (usize, &Stated)| match who {
        Place::First => {
            index == 0 && parties.len() > 1 && parties[index].reference == Reference::Named
        }
        Place::Alone => parties.len() == 1 && parties[index].reference == Reference::Named,
        Place::Marked(mark) => {
            text[..stated.name.start].ends_with(mark) || text[stated.name.end..].starts_with(mark)
        }
    };
    clause
        .statement
        .parties
        .iter()
        .enumerate()
        .map(place)
        .collect()
}

/// Where the notes begin that hold for all clauses, since all stand before them.
fn behind_all_clauses(found: &Found) -> usize {
    let last = found.clauses.read.last();
    last.map_or(0, |clause| clause.range.end)
}

/// 以下任务均需各区落实,不再列出 adds these parties to every task in its reach that does not name them.
pub(crate) fn add_parties(found: &Found, index: usize, parties: &mut Vec<DraftParty>) {
    let governed = &found.units.governed;
    let first_of_task = index == 0 || governed[index - 1] != governed[index];
    let is_task = |heading: &usize| found.units.of[*heading] == Unit::Task;
    let Some(task) = governed[index].filter(is_task).filter(|_| first_of_task) else {
        return;
    };
    let clause = &found.clauses.read[index];
    let led = parties
        .iter()
        .any(|party| matches!(party.role, Role::Lead | Role::CoLead));
    let notes = behind_all_clauses(found);
    for convention in found.conventions {
        let Rule::Also { tasks, .. } = &convention.rule else {
            continue;
        };
        let meant = match &tasks.which {
            Which::WithoutClause => false,
            Which::WithoutLead => !led,
            which => is_one(found, which, task),
        };
        let is_note = convention.range.start >= notes && tasks.reach != Reach::Section;
        if meant && (is_note || reaches(found, convention, tasks, &clause.range)) {
            add(found, convention, parties);
        }
    }
}

/// Whether the numbers that a rule gives its tasks by, if it does, make it hold for this one.
fn is_one(found: &Found, which: &Which, task: usize) -> bool {
    match which {
        Which::Only(items) => items.has(found.headings, task),
        Which::Except(items) => !items.has(found.headings, task),
        Which::Every | Which::WithoutClause | Which::WithoutLead => true,
    }
}

/// Whether a convention holds for tasks where this clause or task stands.
fn reaches(found: &Found, convention: &Convention, tasks: &Tasks, place: &Range<usize>) -> bool {
    match tasks.reach {
        Reach::Before => place.start < convention.range.start,
        Reach::Behind => convention.range.end <= place.start,
        Reach::HereAndBehind => convention.range.start < place.end,
        Reach::Section => section(found, convention).contains(&place.start),
        Reach::All => true,
    }
}

/// The text of the section that a convention stands in.
fn section(found: &Found, convention: &Convention) -> Range<usize> {
    let headings = found.headings;
    let behind = headings.partition_point(|h| h.own.start <= convention.range.start);
    let mut heading = behind.checked_sub(1);
    while let Some(index) = heading.filter(|index| found.units.of[*index] != Unit::Section) {
        heading = headings[index].parent;
    }
    heading.map_or(found.body.clone(), |heading| {
        headings[heading].whole.clone()
    })
}

/// Adds the parties of a convention that are not named already.
fn add(found: &Found, convention: &Convention, parties: &mut Vec<DraftParty>) {
    let Rule::Also {
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
        if parties.iter().any(|party| party.is_called(original, words)) {
            continue;
        }
        let named = found.names.party(words, None);
        parties.push(DraftParty {
            span: found.span(name),
            restored: found.restored(name),
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
pub(crate) fn by_convention(found: &Found) -> Vec<DraftClause> {
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
            if let Rule::Also { tasks, .. } = &convention.rule
                && is_one(found, &tasks.which, task)
                && reaches(found, convention, tasks, heading)
            {
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
