//! Tables whose columns follow each other.

use super::MOST_COLUMNS;
use crate::table::{
    Column, Layout, Row, Table,
    column::{column, named},
};
use std::ops::Range;

/// A table whose columns follow each other: its numbers, then another heading and as many cells.
pub(super) fn turned(text: &str, cells: &[Range<usize>]) -> Option<Table> {
    const MOST_ROWS: usize = 200;
    let words = |index: usize| cells.get(index).map(|cell| &text[cell.clone()]);
    if column(words(0)?) != Some(Column::Number) {
        return None;
    }
    let counts = |index: &usize| words(*index) == Some(&*index.to_string());
    let count = (1..MOST_ROWS).take_while(counts).count();
    if count < 2 {
        return None;
    }
    let heads = (0..MOST_COLUMNS)
        .map(|at| at * (count + 1))
        .take_while(|at| {
            let is_heading = words(*at).is_some_and(|words| column(words).is_some());
            is_heading && at + count < cells.len()
        });
    let heads: Vec<_> = heads.collect();
    let columns: Vec<_> = heads
        .iter()
        .map(|at| column(&text[cells[*at].clone()]))
        .collect();
    let row = |below: usize| Row::of(heads.iter().map(|head| cells[head + below].clone()));
    named(&columns).then(|| Table {
        rows: (0..=count).map(row).collect(),
        layout: Layout::Places,
    })
}
