//! Items that end with bodies behind white space, as the rows of a table do that a page has put into its text with its headings:
//! 牵头部门 责任单位 … 27、停建办公楼。 市发改委 市财政局 28、….

use super::{Clause, Rule, overlapping};
use crate::{
    bracket::split_outside,
    kind::reference,
    label,
    line::Line,
    role::{Slot, label_line},
    statement::{Grammar, Shape},
    table::column,
};
use domain::vocabulary::{Reference, Role};
use std::ops::Range;

/// Fewer may be who signs.
const FEWEST: usize = 3;

/// The rows between the clauses that are known, in a line that holds their headings.
pub(super) fn rows(grammar: Grammar, lines: &[Line], clauses: &[Clause]) -> Vec<Clause> {
    let text = grammar.text;
    let of_line = |line| {
        let headings = headings(text, line)?;
        let rows = sentence_ends(text, line).filter_map(|range| row(grammar, range, &headings));
        let rows = rows.filter(|row| overlapping(clauses, &row.range).is_none());
        let rows: Vec<_> = rows.collect();
        (rows.len() >= FEWEST).then_some(rows)
    };
    lines.iter().filter_map(of_line).flatten().collect()
}

/// A heading of bodies.
type Heading = (Slot, Range<usize>);

/// The headings of those who lead and of others, beside each other in a line.
fn headings(text: &str, line: &Line) -> Option<[Heading; 2]> {
    // Every line is asked, and few have such words.
    let near = ["牵头单位 ", "牵头部门 ", "主办单位 ", "主办部门 "];
    let words = &text[line.range.clone()];
    if !near.iter().any(|heading| words.contains(heading)) {
        return None;
    }
    let cells: Vec<_> = self::words(text, line.range.clone()).collect();
    let slot = |word: &Range<usize>| label_line(&text[word.clone()]);
    cells.windows(2).find_map(|pair| {
        let (lead, other) = (slot(&pair[0])?, slot(&pair[1])?);
        let both = lead == Slot::Parties(Role::Lead) && matches!(other, Slot::Parties(_));
        both.then(|| [(lead, pair[0].clone()), (other, pair[1].clone())])
    })
}

/// What stands behind each sentence of a line and white space, up to the next one.
fn sentence_ends<'t>(text: &'t str, line: &Line) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let line = line.range.clone();
    let ends = text[line.clone()].match_indices("。 ");
    ends.map(move |(at, sign)| {
        let start = line.start + at + sign.len();
        let next = text[start..line.end].find('。');
        start..next.map_or(line.end, |next| start + next)
    })
}

/// The bodies with which a range begins, if a number or a heading follows them.
fn row(grammar: Grammar, range: Range<usize>, headings: &[Heading; 2]) -> Option<Clause> {
    let text = grammar.text;
    let is_body = |name: &str| grammar.names.is_party(name) && grammar.certainly_party(name);
    let of_bodies = |cell: &Range<usize>| {
        let mut names = split_outside(text, cell.clone(), |c| matches!(c, '、' | ','));
        names.all(|(_, name)| is_body(&text[name]))
    };
    let mut cells = words(text, range).peekable();
    let mut own = vec![];
    while let Some(cell) = cells.next_if(of_bodies) {
        own.push(cell);
    }
    let ended = cells
        .next()
        .is_none_or(|next| label::at(text, next.start).is_some() || column(&text[next]).is_some());
    let first = own.first().filter(|_| ended)?;
    // Sets and whoever it concerns do not lead.
    let leads = reference(&text[first.clone()]) == Reference::Named;
    let range = first.start..own.last()?.end;
    let stated = own.iter().enumerate().map(|(index, cell)| {
        let (slot, heading) = &headings[usize::from(index > 0 || !leads)];
        (*slot, heading, cell)
    });
    Some(Clause {
        statement: grammar.row(stated, Shape::GuessedRow),
        rule: Rule::TableRowFitted,
        alone: false,
        at: range.start,
        range,
    })
}

/// What white space parts.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let parts = split_outside(text, range, |c| c == ' ');
    parts.map(|(_, part)| part).filter(|part| !part.is_empty())
}
