//! Cells one a line that nothing counts, below headings of which hardly one is known: rows show by what recurs in them.

use crate::table::{
    Layout, Row, Table,
    column::column,
    head::{is_of_bodies, may_be_body},
};
use std::ops::Range;

/// So many headings may stand before the one that is known.
const BEFORE: usize = 5;
const FEWEST_COLUMNS: usize = 3;
const WIDEST: usize = 8;
/// Fewer rows show nothing.
const FEWEST_ROWS: usize = 3;

/// The table one of whose headings is the cell at `known`, with so many rows at most, and at which cell it begins and ends.
///
/// Of all places where its headings may begin and end, those are right below which bodies stand under the same heading in
/// most rows.
pub(super) fn periodic(
    text: &str,
    cells: &[Range<usize>],
    known: usize,
    most_rows: usize,
) -> Option<(Table, Range<usize>)> {
    column(&text[cells[known].clone()])?;
    let first = known.saturating_sub(BEFORE);
    let near = &cells[first..cells.len().min(known + WIDEST * (FEWEST_ROWS + 1))];
    let bodies: Vec<_> = near
        .iter()
        .map(|cell| is_of_bodies(&text[cell.clone()], may_be_body))
        .collect();
    if bodies.iter().filter(|bodies| **bodies).count() < FEWEST_ROWS {
        return None;
    }
    let starts = first..=known;
    let shapes = starts.flat_map(|start| {
        let fewest = FEWEST_COLUMNS.max(known - start + 1);
        (fewest..=WIDEST).map(move |width| (start, width))
    });
    let fits = |(start, width): &(usize, usize)| {
        let head = start - first..start - first + width;
        let heads = |at: usize| may_head(text, &near[at]) && !bodies[at];
        let recurs = |column: usize| {
            let mut rows = (1..=FEWEST_ROWS).map(|row| head.start + row * width + column);
            rows.all(|at| bodies.get(at) == Some(&true))
        };
        head.end <= near.len() && head.clone().all(heads) && (0..*width).any(recurs)
    };
    let known: Vec<_> = near
        .iter()
        .take(BEFORE + WIDEST)
        .map(|cell| usize::from(column(&text[cell.clone()]).is_some()))
        .collect();
    // A title may look like a heading: that which has most known ones begins behind it.
    let worth = |(start, width): &(usize, usize)| {
        let head = known.iter().skip(start - first).take(*width);
        (head.sum::<usize>(), *start)
    };
    let (start, width) = shapes.filter(fits).max_by_key(worth)?;
    let rows = cells[start..].chunks_exact(width);
    let column = (0..width).find(|column| {
        let mut rows = rows.clone().skip(1).take(FEWEST_ROWS);
        rows.all(|row| is_of_bodies(&text[row[*column].clone()], may_be_body))
    })?;
    let like = |row: &&[Range<usize>]| is_of_bodies(&text[row[column].clone()], may_be_body);
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
