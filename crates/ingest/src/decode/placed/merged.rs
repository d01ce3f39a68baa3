//! Cells that are merged over several rows. Their words stand beside the middle of all these rows, so that most of them, and
//! often even the first, seem to have none.

use super::{Sheet, Strip, cell};
use crate::table::Column;
use std::ops::Range;

/// A cell of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The rows for which it stands.
    pub(super) over: Range<usize>,
    /// Those beside which its words are.
    pub(super) words: Range<usize>,
}

impl Span {
    pub(super) fn alone(row: usize) -> Self {
        Self {
            over: row..row + 1,
            words: row..row + 1,
        }
    }

    /// The same behind other rows.
    pub(super) fn behind(self, rows: usize) -> Self {
        let behind = |range: Range<usize>| range.start + rows..range.end + rows;
        Self {
            over: behind(self.over),
            words: behind(self.words),
        }
    }
}

/// How far the middle of a cell is from that of its rows, in halves of a line, as no line stands quite in the middle of two.
const NEAR: usize = 2;

/// The first and the last of some lines.
type Lines = (usize, usize);

fn lines(strips: &[Strip], of: impl Fn(&Strip) -> bool) -> Option<Lines> {
    let mut lines = strips.iter().filter(|strip| of(strip));
    let first = lines.next()?.at;
    Some((first, lines.next_back().map_or(first, |last| last.at)))
}

/// The cells of a column, each with the rows for which it stands. `rows` are ranges of the lines, in order; which of them
/// name somebody who is not named for others, too, `named` says.
pub(super) fn spans(
    sheet: &Sheet,
    strips: &[Strip],
    rows: &[Range<usize>],
    named: &[bool],
    column: usize,
) -> Vec<Span> {
    let whole: Vec<Lines> = rows
        .iter()
        .map(|row| {
            let strips = &strips[row.clone()];
            let filled = lines(strips, |strip| sheet.says_more_than_section(strip));
            filled
                .or_else(|| lines(strips, |_| true))
                .unwrap_or_default()
        })
        .collect();
    let aside = |cell: Lines, over: &Range<usize>| {
        (cell.0 + cell.1).abs_diff(whole[over.start].0 + whole[over.end - 1].1)
    };
    let mut cells: Vec<(Range<usize>, Lines)> = vec![];
    for (row, range) in rows.iter().enumerate() {
        let own = lines(&strips[range.clone()], |strip| {
            strip.cells[column].is_some()
        });
        let Some(own) = own else { continue };
        // Half of its words may stand beside the last line of one row, and half beside the first of the next.
        let goes_on = |above: usize| {
            let at = strips.partition_point(|strip| strip.at < above);
            let piece = strips[at].cells[column].as_ref();
            piece.is_some_and(|piece| cell::is_open(&piece.words))
        };
        let with_above = cells.last_mut().filter(|(above, cell)| {
            let both = above.start..row + 1;
            above.end == row
                && own.0 - cell.1 <= NEAR
                && (goes_on(cell.1)
                    || aside(*cell, above) > NEAR
                        && aside(own, &(row..row + 1)) > NEAR
                        && aside((cell.0, own.1), &both) <= NEAR)
        });
        match with_above {
            Some((above, cell)) => {
                above.end = row + 1;
                cell.1 = own.1;
            }
            None => cells.push((row..row + 1, own)),
        }
    }
    let in_middle = cells.iter().filter(|(own, cell)| aside(*cell, own) <= NEAR);
    let is_section = sheet.columns[column] == Some(Column::Section);
    // Where cells stand beside the first line of their row, the middle tells nothing.
    let centred = is_section || in_middle.count() * 3 >= cells.len() * 2;
    let mut spans: Vec<Span> = vec![];
    for (index, (own, cell)) in cells.iter().enumerate() {
        let free = spans.last().map_or(0, |last| last.over.end);
        let next = cells
            .get(index + 1)
            .map_or(rows.len(), |(next, _)| next.start);
        let is_aside = aside(*cell, own) > NEAR;
        let may_hold = |row: &usize| is_aside || is_section || !named[*row];
        let up = (free..own.start).rev().take_while(may_hold).count();
        let down = own.end + (own.end..next).take_while(may_hold).count();
        let mut over = own.clone();
        let mut end = own.end;
        for first in (own.start - up..=own.start).rev() {
            let reaches = |end: usize| whole[first].0 + whole[end].1 <= cell.0 + cell.1 + NEAR;
            while end < down && reaches(end) {
                end += 1;
            }
            let both = first < own.start && end > own.end;
            if (is_aside || both) && aside(*cell, &(first..end)) <= NEAR {
                over = first..end;
            }
        }
        spans.push(Span {
            over: if centred { over } else { own.clone() },
            words: own.clone(),
        });
    }
    spans
}
