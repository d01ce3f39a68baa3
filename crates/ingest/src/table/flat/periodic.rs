//! Cells one a line below headings of which hardly one is known: rows show by what recurs in them.

use super::counter::Counter;
use crate::table::{
    Layout, Row, Table,
    cell::{is_of_bodies, may_be_body},
    column::column,
};
use std::{cell::OnceCell, ops::Range};

/// So many headings may stand before the one that is known.
const BEFORE: usize = 5;
const FEWEST_COLUMNS: usize = 3;
const WIDEST: usize = 8;
/// Fewer rows show nothing.
const FEWEST_ROWS: usize = 3;

/// The table one of whose headings is the cell at `known`, or whose first number that is, with so many rows at most, and at
/// which cell it begins and ends.
///
/// Of all places where its headings may begin and end, those are right below which bodies stand under the same heading in
/// most rows.
pub(super) fn periodic(
    text: &str,
    cells: &[Range<usize>],
    known: usize,
    most_rows: usize,
) -> Option<(Table, Range<usize>)> {
    let number = |at: usize| Counter::of(&text[cells.get(at)?.clone()]);
    let counted = number(known).is_some_and(|number| number.is_first());
    if !counted && column(&text[cells[known].clone()]).is_none() {
        return None;
    }
    let first = known.saturating_sub(WIDEST);
    let near = &cells[first..cells.len().min(known + WIDEST * (FEWEST_ROWS + 1))];
    // Only below what may be headings bodies are looked for.
    let bodies = vec![OnceCell::new(); near.len()];
    let is_of_bodies = |cell: &Range<usize>| is_of_bodies(&text[cell.clone()], may_be_body);
    let of_bodies = |at: usize| *bodies[at].get_or_init(|| is_of_bodies(&near[at]));
    let shapes: Vec<_> = if counted {
        let counts = |width: &usize| {
            let mut rows = 0..FEWEST_ROWS;
            rows.all(|row| number(known + row * width).is_some_and(|n| n.is(row as u32 + 1)))
        };
        let widths = (FEWEST_COLUMNS..=WIDEST.min(known - first)).filter(counts);
        widths.map(|width| (known - width, width)).collect()
    } else {
        let starts = known.saturating_sub(BEFORE)..=known;
        let shapes = starts.flat_map(|start| {
            let fewest = FEWEST_COLUMNS.max(known - start + 1);
            (fewest..=WIDEST).map(move |width| (start, width))
        });
        shapes.collect()
    };
    // The column of bodies below headings that begin there.
    let column_of_bodies = |start: usize, width: usize| {
        let head = start - first..start - first + width;
        let heads = |at: usize| may_head(text, &near[at]) && !of_bodies(at);
        let recurs = |column: &usize| {
            let mut rows = (1..=FEWEST_ROWS).map(|row| head.start + row * width + column);
            rows.all(|at| at < near.len() && of_bodies(at))
        };
        let is_head = head.end <= near.len() && head.clone().all(heads);
        is_head.then(|| (0..width).find(recurs)).flatten()
    };
    let known: Vec<_> = near
        .iter()
        .take(2 * WIDEST)
        .map(|cell| usize::from(column(&text[cell.clone()]).is_some()))
        .collect();
    // A title may look like a heading: that which has most known ones begins behind it.
    let worth = |(start, width, _): &(usize, usize, usize)| {
        let head = known.iter().skip(start - first).take(*width);
        (head.sum::<usize>(), *start)
    };
    let found = shapes
        .into_iter()
        .filter_map(|(start, width)| Some((start, width, column_of_bodies(start, width)?)));
    let (start, width, column) = found.max_by_key(worth)?;
    let rows = cells[start..].chunks_exact(width);
    let like = |row: &&[Range<usize>]| is_of_bodies(&row[column]);
    let below = rows.clone().skip(1).take_while(like).take(most_rows);
    let rows: Vec<_> = rows
        .take(1)
        .chain(below)
        .map(|row| Row::of(row.iter().cloned()))
        .collect();
    let end = start + rows.len() * width;
    let layout = Layout::Places;
    Some((Table { rows, layout }, start..end))
}

/// Whether a cell may be a heading: a few words, and no sentence.
fn may_head(text: &str, cell: &Range<usize>) -> bool {
    const LONGEST: usize = 8;
    let words = &text[cell.clone()];
    let plain = words
        .chars()
        .all(|c| domain::fold::is_han(c) || "()/、".contains(c));
    plain && words.chars().nth(LONGEST).is_none() && words.chars().nth(1).is_some()
}
