//! Cells with a sign behind each, a line a cell, where a line of nothing but signs ends each row: ||. Merged cells are left
//! out of their rows.

use super::{MOST_COLUMNS, stream};
use crate::{
    line::Line,
    table::{
        Column, Layout, Row, Table,
        column::{column, named},
    },
};
use std::ops::Range;

/// The rows, if their headings are known and none counts them, and no row is wider than those.
pub(super) fn rows(text: &str, lines: &[Line]) -> Option<Table> {
    const FEWEST: usize = 3;
    let ends = |line: &Line| {
        let words = &text[line.range.clone()];
        words.len() > 1 && words.bytes().all(|c| c == b'|')
    };
    let rows = lines.split(ends).filter(|row| !row.is_empty());
    let mut rows = rows.map(|row| stream::cells(text, row));
    let head = rows.next()?;
    let width = head.len();
    let column = |cell: &Range<usize>| column(&text[cell.clone()]);
    let columns: Vec<_> = head.iter().map(column).collect();
    if !(FEWEST..=MOST_COLUMNS).contains(&width)
        || !named(&columns)
        || columns.contains(&Some(Column::Number))
    {
        return None;
    }
    let rows: Vec<_> = rows.collect();
    let fit = rows.iter().all(|row| row.len() <= width);
    let whole = rows.iter().filter(|row| row.len() == width).count();
    (fit && whole > 0 && rows.len() >= FEWEST).then(|| Table {
        rows: std::iter::once(head).chain(rows).map(Row::of).collect(),
        layout: Layout::Signs,
    })
}
