//! Which clause that was read is which clause of the document.

use crate::{
    facts::{Clause, DocumentRule},
    found::{FoundClause, FoundParty},
};

/// For each clause of the facts the one that was read for it: both stand in the order of the text, so this is the pairing
/// in that order with the most names and paths in common.
pub(crate) fn aligned(facts: &[Clause], found: &[FoundClause]) -> Vec<Option<usize>> {
    let width = found.len() + 1;
    let mut best = vec![0u32; (facts.len() + 1) * width];
    for (row, clause) in facts.iter().enumerate().rev() {
        for (column, other) in found.iter().enumerate().rev() {
            let skip = best[(row + 1) * width + column].max(best[row * width + column + 1]);
            let both = match likeness(clause, other) {
                0 => 0,
                likeness => likeness + best[(row + 1) * width + column + 1],
            };
            best[row * width + column] = skip.max(both);
        }
    }
    let mut pairs = vec![None; facts.len()];
    let (mut row, mut column) = (0, 0);
    while row < facts.len() && column < found.len() {
        let here = best[row * width + column];
        if here == best[(row + 1) * width + column] {
            row += 1;
        } else if here == best[row * width + column + 1] {
            column += 1;
        } else {
            pairs[row] = Some(column);
            row += 1;
            column += 1;
        }
    }
    pairs
}

/// How much two clauses have in common; nothing, if no name. What a rule adds counts where nothing else is said.
fn likeness(clause: &Clause, found: &FoundClause) -> u32 {
    let names = clause.parties.iter().filter(|party| {
        let added = party.rule == DocumentRule::AddsParty;
        let same = |other: &FoundParty| other.added == added && other.name == party.name;
        found.parties.iter().any(same)
    });
    let all_added = found.parties.iter().all(|party| party.added);
    let said_nothing = clause
        .parties
        .iter()
        .all(|party| party.rule == DocumentRule::AddsParty);
    let names = u32::try_from(names.count()).expect("a clause has few names");
    let same_path = clause.path.is(&found.path);
    if names == 0 || all_added != said_nothing || (all_added && !same_path) {
        return 0;
    }
    4 * names + u32::from(same_path)
}
