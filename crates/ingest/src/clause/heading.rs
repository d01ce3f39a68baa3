//! Lists by bodies: each heading, or each item, is the name of whoever does what stands below or behind it. 五、市财政局, or
//! (二十六)市财政局。负责资金保障.

use super::{Clause, Rule, overlapping};
use crate::{
    kind::reference,
    label,
    line::{Line, trimmed},
    statement::Grammar,
};
use domain::vocabulary::Reference;
use std::ops::Range;

/// Fewer may be anything: who signs, or who is a member.
const FEWEST: usize = 3;

/// The headings between the clauses that are known.
pub(super) fn headings(grammar: Grammar, lines: &[Line], clauses: &[Clause]) -> Vec<Clause> {
    let names: Vec<_> = lines.iter().map(|line| name(grammar, line)).collect();
    let whole = |index: usize| {
        let name: Option<&(Range<usize>, bool)> = names.get(index).and_then(Option::as_ref);
        name.is_some_and(|(_, behind)| !behind)
    };
    let mut found = vec![];
    for (index, named) in names.iter().enumerate() {
        let Some((range, behind)) = named else {
            continue;
        };
        // Names below each other are a list of members.
        let member = !behind && (whole(index + 1) || index > 0 && whole(index - 1));
        let tasks = *behind || index + 1 < lines.len();
        if member || !tasks || overlapping(clauses, range).is_some() {
            continue;
        }
        found.extend(grammar.bare(range.clone()).map(|statement| Clause {
            alone: true,
            at: range.start,
            range: range.clone(),
            statement,
            rule: Rule::Heading,
        }));
    }
    if found.len() < FEWEST {
        found.clear();
    }
    found
}

/// The body that is all that the first sentence of a heading says, and whether its duties stand behind it.
fn name(grammar: Grammar, line: &Line) -> Option<(Range<usize>, bool)> {
    const LONGEST: usize = 60;
    const DUTIES: [&str; 4] = ["负责", "牵头", "承担", "会同"];
    let text = grammar.text;
    let label = label::at(text, line.range.start)?;
    let words = text.get(label.end..line.range.end)?;
    let end = words.find(['。', ':']).unwrap_or(words.len());
    let behind = words[end..].trim_start_matches(['。', ':', ' ']);
    let range = trimmed(text, label.end..label.end + end);
    let name = &text[range.clone()];
    let duties = DUTIES.iter().any(|word| behind.starts_with(word));
    let is_body = range.len() <= LONGEST
        && !name.is_empty()
        && (behind.is_empty() || duties)
        && reference(name) == Reference::Named
        && grammar.certainly_party(name)
        && grammar.names.is_party(name);
    is_body.then_some((range, duties))
}
