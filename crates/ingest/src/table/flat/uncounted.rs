//! Rows that nothing counts: as many cells as there are columns, or what ends with those who answer.

use super::{
    around::rows_around_bodies,
    merged::rows_up_to_times,
    stream::{fits, is_section},
};
use crate::{
    person::are_persons,
    role::{Slot, label},
    table::{
        Column, Layout, Row,
        cell::{is_of_bodies, looks_like_date, may_be_body, may_be_body_among_others},
    },
};
use std::ops::Range;

/// Adds the rows below headings that nothing counts, and says how sure their cells are.
pub(super) fn uncounted(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
    layout: Layout,
    rows: &mut Vec<Row>,
) -> Layout {
    let joined = labels_joined(text, cells);
    let of = |cells: &[Range<usize>]| whole_rows(text, cells, columns, layout);
    let end = |rows: &[Row]| Some(rows.last()?.cells.last()?.range.end);
    let own = of(cells);
    // Mostly nothing was joined, and the same rows need not be looked for again.
    let of_joined = if joined.len() < cells.len() {
        of(&joined)
    } else {
        vec![]
    };
    let (cells, whole) = if end(&of_joined) > end(&own) {
        (&joined[..], of_joined)
    } else {
        (cells, own)
    };
    if layout == Layout::Lines {
        let up_to_times = rows_up_to_times(text, cells, columns);
        if end(&up_to_times) > end(&whole) {
            rows.extend(up_to_times);
            return Layout::Places;
        }
        let up_to_bodies = rows_up_to_bodies(text, cells, columns);
        let around_bodies = rows_around_bodies(text, cells, columns);
        if end(&around_bodies) > end(&whole).max(end(&up_to_bodies)) {
            rows.extend(around_bodies);
            return Layout::Places;
        }
        if end(&up_to_bodies) > end(&whole) {
            rows.extend(up_to_bodies);
            return layout;
        }
    }
    rows.extend(whole);
    layout
}

/// Rows of as many cells as there are columns, and between them the headings of sections.
fn whole_rows(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
    layout: Layout,
) -> Vec<Row> {
    let width = columns.len();
    let whole = |row: &[Range<usize>]| layout == Layout::Signs || fits(text, row, columns);
    let mut rows = vec![];
    let mut rest = cells;
    while let Some((first, behind)) = rest.split_first() {
        let before_row = || {
            behind
                .get(..width)
                .is_some_and(|row| fits(text, row, columns))
        };
        if layout == Layout::Lines && is_section(text, first) && before_row() {
            rows.push(Row::of([first.clone()]));
            rest = behind;
            continue;
        }
        let (row, behind) = rest.split_at(width.min(rest.len()));
        if !whole(row) {
            break;
        }
        rows.push(Row::of(row.iter().cloned()));
        rest = behind;
    }
    rows
}

/// The cells with those put together that begin with a label and follow one that does: lines of one cell.
fn labels_joined(text: &str, cells: &[Range<usize>]) -> Vec<Range<usize>> {
    let labelled = |cell: &Range<usize>| label(&text[cell.clone()]).is_some();
    let mut joined: Vec<Range<usize>> = vec![];
    for cell in cells {
        match joined
            .last_mut()
            .filter(|last| labelled(last) && labelled(cell))
        {
            Some(last) => last.end = cell.end,
            None => joined.push(cell.clone()),
        }
    }
    joined
}

/// So many lines more than it has columns a row may have before its bodies, and so many names more behind the first.
const MOST_MORE: usize = 2;

/// Rows of what is to be done, then bodies, then perhaps persons and by when; none if the columns stand otherwise.
fn rows_up_to_bodies(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> Vec<Row> {
    let of_parties = |column: &Option<Column>| column.is_some_and(Column::names_parties);
    let first = columns.iter().position(of_parties).unwrap_or(0);
    let last = columns.iter().rposition(of_parties).unwrap_or(0);
    let behind = &columns[(last + 1).min(columns.len())..];
    if first == 0 || behind.contains(&None) || behind.iter().flatten().any(|of| of.says_what()) {
        return vec![];
    }
    let parties = columns[first..=last].iter().filter(|of| of_parties(of));
    let parties = parties.count();
    let is_body = |cell: &&Range<usize>| is_of_bodies(&text[(*cell).clone()], may_be_body);
    let mut rows = vec![];
    let mut rest = cells;
    loop {
        let front = rest.iter().take_while(|cell| !is_body(cell)).count();
        // Behind one, each column may have another, though nobody knows it.
        let names = rest[front..].iter().enumerate().take_while(|(at, cell)| {
            let among = || is_of_bodies(&text[(*cell).clone()], may_be_body_among_others);
            is_body(cell) || (1..parties).contains(at) && among()
        });
        let names = names.count();
        if front == 0 || front > first + MOST_MORE || names == 0 || names > parties + MOST_MORE {
            return rows;
        }
        let own = front + names;
        let own = own + behind_bodies(text, &rest[own..], behind);
        rows.push(Row::of(rest[..own].iter().cloned()));
        rest = &rest[own..];
    }
}

/// How many cells behind bodies stand under the columns behind them, some of which may be empty: who does it there, and by
/// when.
pub(super) fn behind_bodies(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
) -> usize {
    let mut count = 0;
    for column in columns.iter().flatten() {
        let fits = cells.get(count).is_some_and(|cell| {
            let words = &text[cell.clone()];
            match column {
                Column::States(Slot::Persons) => are_persons(words),
                Column::States(Slot::Deadline) => looks_like_date(words),
                // 属地街道
                Column::Other => is_of_bodies(words, may_be_body),
                _ => false,
            }
        });
        count += usize::from(fits);
    }
    count
}
