//! Rows below a number and a category that stand once for all of them: 1, 主要目标, (1)增产…, 市农业农村局, (2)增收….
//!
//! What answers for them may be merged, too, so that some have a cell less; they are put under their columns by what they say.

use super::{counter::Counter, last::last_row};
use crate::{
    label::{self, Style},
    table::{
        Cell, Column, Layout, Row,
        cell::{is_of_bodies, may_be_body},
    },
};
use std::ops::Range;

/// The number and the category.
const MERGED: usize = 2;

/// So many lines more than it has columns a row may have, for a list of bodies.
const MOST_LINES_MORE: usize = 10;

/// The rows below the headings, each number and its category in one of their own; nothing if some have no labels below, or
/// nobody answers for the first of those.
pub(super) fn rows_below_numbers(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
    layout: Layout,
) -> Option<Vec<Row>> {
    let counts = |at: usize, number: u32| {
        let words = cells.get(at).map(|cell| &text[cell.clone()]);
        let counter =
            words.and_then(|words| Counter::of(words).or_else(|| Counter::of_numeral(words)));
        counter.is_some_and(|counter| counter.is(number))
    };
    let label = |at: usize| inner_label(text, cells.get(at)?);
    // Of a single measure, the label may be left out; labels may go on from those below the number before.
    let begins = |at: usize, number: u32, last: u32| {
        let first = label(at + MERGED);
        let goes_on = || first.is_none() || first == Some(last + 1);
        counts(at, number) && (first == Some(1) || number > 1 && goes_on())
    };
    let of_parties = |column: &Option<Column>| column.is_some_and(Column::names_parties);
    let behind = columns.get(MERGED..)?;
    let says_what = columns[1].is_none_or(Column::says_what);
    if columns[0] != Some(Column::Number) || !says_what || !behind.iter().any(of_parties) {
        return None;
    }
    let mut rows = vec![];
    let (mut at, mut number, mut own) = (0, 1, 0);
    // Where signs part the cells and no number has two of them, (1) begins what is to be done in each row.
    let mut several = layout == Layout::Lines;
    while begins(at, number, own) && label(at + 1).is_none() {
        rows.push(Row::of(cells[at..at + MERGED].iter().cloned()));
        number += 1;
        let mut start = at + MERGED;
        let first = label(start).unwrap_or(1);
        own = first;
        loop {
            // Behind as many cells as a row may have, or where others are counted, the text goes on.
            let furthest = cells.len().min(start + columns.len() + MOST_LINES_MORE);
            let mut near = start + 1..furthest;
            let next = near.find(|at| begins(*at, number, own) || label(*at).is_some());
            let goes_on = |at: usize| label(start).is_some() && label(at) == Some(own + 1);
            let next = next.filter(|at| goes_on(*at) || begins(*at, number, own));
            let end = next.unwrap_or_else(|| start + last_row(text, &cells[start..], behind));
            let row = &cells[start..end];
            let is_named = row
                .iter()
                .any(|cell| is_of_bodies(&text[cell.clone()], may_be_body));
            if own == first && !is_named {
                return None;
            }
            rows.push(with_merged(row));
            match next {
                Some(next) if begins(next, number, own) => {
                    at = next;
                    break;
                }
                Some(next) => {
                    several = true;
                    (start, own) = (next, own + 1);
                }
                None => return several.then_some(rows),
            }
        }
    }
    None
}

/// The number of a label, (1), (一) or 1., before words.
fn inner_label(text: &str, cell: &Range<usize>) -> Option<u32> {
    let label = label::before_words(text, cell)?;
    let counts = matches!(
        label.style,
        Style::HanBracketed | Style::ArabicBracketed | Style::Arabic
    );
    counts.then_some(label.number)
}

/// A row of these cells, behind those that are merged.
fn with_merged(cells: &[Range<usize>]) -> Row {
    let merged = std::iter::repeat_n(Cell::merged_at(cells[0].start), MERGED);
    let own = cells.iter().cloned().map(Cell::of);
    Row::from(merged.chain(own).collect::<Vec<_>>())
}
