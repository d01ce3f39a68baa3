//! Rows that nothing counts and that go on behind their bodies: what is to be done, who answers, how far it is.

use super::stream::is_section;
use crate::table::{
    Cell, Column, Row,
    cell::{is_of_bodies, may_be_body},
};
use std::ops::Range;

/// Between two bodies stand no more cells: paragraphs that say how far it is.
const FURTHEST: usize = 24;

/// A row for each run of bodies: before it stands what is to be done, and behind it what is left up to the next one. Cells
/// before that may be merged, and stand in the first of their rows only.
pub(super) fn rows_around_bodies(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
) -> Vec<Row> {
    let Some(shape) = Shape::of(columns) else {
        return vec![];
    };
    let is_body = |cell: &Range<usize>| is_of_bodies(&text[cell.clone()], may_be_body);
    let mut rows: Vec<Row> = vec![];
    // Where the cells begin that no row has yet.
    let mut free = 0;
    loop {
        let near = &cells[free..cells.len().min(free + FURTHEST)];
        let skipped = if rows.is_empty() { 1 } else { 2 };
        let start = near.iter().skip(skipped).position(is_body);
        let Some(start) = start.map(|start| free + skipped + start) else {
            break;
        };
        let own = cells[start..]
            .iter()
            .take_while(|cell| is_body(cell))
            .count();
        let front = shape.front(text, &cells[free..start], rows.is_empty());
        let (behind, front) = cells[free..start].split_at(start - free - front);
        if let Some(last) = rows.last_mut() {
            shape.end(last, behind);
        } else if !behind.is_empty() {
            return vec![];
        }
        let Some(row) = shape.begin(front, &cells[start..start + own]) else {
            return vec![];
        };
        rows.push(row);
        free = start + own;
    }
    if let Some(last) = rows.last_mut() {
        let rest = &cells[free..];
        shape.end(last, &rest[..shape.behind.min(rest.len())]);
    }
    if rows.len() > 1 { rows } else { vec![] }
}

/// How many columns stand before those of bodies, how many these are, and how many stand behind.
struct Shape {
    front: usize,
    parties: usize,
    behind: usize,
}

impl Shape {
    fn of(columns: &[Option<Column>]) -> Option<Self> {
        let of_parties = |column: &Option<Column>| column.is_some_and(Column::names_parties);
        // 下步举措 says how it goes on.
        let of_others = |column: &Option<Column>| {
            matches!(column, None | Some(Column::Other | Column::Measure))
        };
        let front = columns.iter().position(of_parties)?;
        let parties = columns[front..]
            .iter()
            .take_while(|column| of_parties(column))
            .count();
        let rest = &columns[front + parties..];
        let fits = front > 0 && parties <= 2 && !rest.is_empty() && rest.iter().all(of_others);
        fits.then_some(Self {
            front,
            parties,
            behind: rest.len(),
        })
    }

    /// How many of the cells before bodies begin their row; the others end the row above. The heading of a category may have two
    /// lines.
    fn front(&self, text: &str, before: &[Range<usize>], first: bool) -> usize {
        let most = before.len().min(self.front + 1);
        let category = before[before.len() - most..]
            .split_last()
            .and_then(|(_, front)| front.iter().position(|cell| is_section(text, cell)));
        match category {
            _ if first => most,
            Some(at) => most - at,
            None if before.len() == self.front + self.behind => self.front,
            None => 1,
        }
    }

    /// The cells up to the bodies, each under its column.
    fn begin(&self, front: &[Range<usize>], bodies: &[Range<usize>]) -> Option<Row> {
        let start = front.first()?.start;
        let mut cells = vec![Cell::merged_at(start); self.front.saturating_sub(front.len())];
        let more = front.len().saturating_sub(self.front);
        let whole = start..front.get(more)?.end;
        cells.push(Cell::of(whole));
        cells.extend(front[more + 1..].iter().cloned().map(Cell::of));
        let (first, last) = (bodies.first()?, bodies.last()?);
        if self.parties == 1 {
            cells.push(Cell::of(first.start..last.end));
        } else {
            let rest = bodies.get(1).map_or(last.end, |second| second.start)..last.end;
            cells.extend([first.clone(), rest].map(Cell::of));
        }
        Some(Row::from(cells))
    }

    /// What stands behind the bodies of a row, of which nobody is asked.
    fn end(&self, row: &mut Row, behind: &[Range<usize>]) {
        let end = row.cells.last().map_or(0, |cell| cell.range.end);
        let whole = behind.first().map_or(end, |cell| cell.start)
            ..behind.last().map_or(end, |cell| cell.end);
        row.cells.push(Cell::of(whole));
        let rest = row.cells.last().map_or(end, |cell| cell.range.end);
        row.cells.resize(
            self.front + self.parties + self.behind,
            Cell::of(rest..rest),
        );
    }
}
