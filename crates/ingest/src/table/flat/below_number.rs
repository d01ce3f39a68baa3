//! Rows below a number and a category that stand once for all of them: 1, 主要目标, (1)增产…, 市农业农村局, (2)增收….
//!
//! What answers for them may be merged, too, so that some have a cell less; they are put under their columns by what they say.

use super::{counter::Counter, last::last_row};
use crate::{
    label::{self, Style},
    table::{Cell, Column, Row},
};
use std::ops::Range;

/// The number and the category.
const MERGED: usize = 2;

/// The rows below the headings, each number and its category in one of their own; nothing if some have no labels below.
pub(super) fn rows_below_numbers(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
) -> Option<Vec<Row>> {
    let labels = |cell: &Range<usize>| {
        let label = label::at(text, cell.start)?;
        let inner = label.style == Style::ArabicBracketed && label.end < cell.end;
        inner.then_some(label.number)
    };
    let counts = |number: u32| {
        move |cell: &Range<usize>| {
            Counter::of(&text[cell.clone()]).is_some_and(|counter| counter.is(number))
        }
    };
    // Some of what stands behind the label names who answers.
    let wide = columns.len() > MERGED + 1 && columns[0] == Some(Column::Number);
    let says_what = |column: &Option<Column>| column.is_none_or(Column::says_what);
    if !wide || !says_what(&columns[1]) {
        return None;
    }
    let mut rows = vec![];
    let mut at = 0;
    let mut number = 1;
    while at < cells.len() {
        let begins = counts(number)(&cells[at]) && labels(cells.get(at + MERGED)?) == Some(1);
        if !begins || labels(&cells[at + 1]).is_some() {
            return None;
        }
        rows.push(Row::of(cells[at..at + MERGED].iter().cloned()));
        number += 1;
        let next = |next: &usize| {
            counts(number)(&cells[*next]) && cells.get(next + MERGED).and_then(labels) == Some(1)
        };
        let start = at + MERGED;
        let end = (start..cells.len()).find(next);
        let behind = &cells[start..end.unwrap_or(cells.len())];
        let last = |cells: &[_]| match end {
            Some(_) => cells.len(),
            None => last_row(text, cells, &columns[MERGED..]),
        };
        push_rows(behind, labels, last, &mut rows);
        at = start + behind.len();
    }
    (rows.len() > 1).then_some(rows)
}

/// Adds a row for each label that counts on; the last has as many cells as `last` says of those from its label on.
fn push_rows(
    cells: &[Range<usize>],
    labels: impl Fn(&Range<usize>) -> Option<u32>,
    last: impl Fn(&[Range<usize>]) -> usize,
    rows: &mut Vec<Row>,
) {
    let mut start = 0;
    let mut number = 1;
    while start < cells.len() {
        number += 1;
        let next = |at: &usize| labels(&cells[*at]) == Some(number);
        let next = (start + 1..cells.len()).find(next);
        let end = next.unwrap_or_else(|| start + last(&cells[start..]));
        let above = Cell {
            range: cells[start].start..cells[start].start,
            above: true,
        };
        let merged = std::iter::repeat_n(above, MERGED);
        let own = cells[start..end].iter().cloned().map(Cell::of);
        rows.push(Row::from(merged.chain(own).collect::<Vec<_>>()));
        start = next.unwrap_or(cells.len());
    }
}
