//! Cells with a sign behind each whose rows were all filled up to the same width: merged ones are left out of their rows, and
//! as many empty ones stand at the end instead.

use super::{MOST_COLUMNS, counter::Counter, of_width, starts::FURTHEST, stream::is_section};
use crate::{
    label,
    table::{
        Column, Table,
        column::{column, names_any_body_or_place},
    },
};
use std::ops::Range;

/// Headings may stand in so many rows.
const MOST_HEADS: usize = 3;

/// The rows from the heading of their numbers on, if all are filled up, and some with empty cells.
pub(super) fn rows(text: &str, cells: &[Range<usize>]) -> Option<Table> {
    const FEWEST: usize = 3;
    let words = |cell: &Range<usize>| &text[cell.clone()];
    let is_number = |cell: &Range<usize>| column(words(cell)) == Some(Column::Number);
    let start = cells.iter().position(is_number)?;
    let cells = &cells[start..];
    let near = &cells[..cells.len().min(FURTHEST)];
    let first = near.iter().position(|cell| counts(words(cell), 1))?;
    let named = |cell: &Range<usize>| names_any_body_or_place(words(cell));
    // Where the last cell of a row has no sign, the heading of a section goes on with it.
    let goes_on = |cell: &Range<usize>| {
        let lines = words(cell).match_indices('\n');
        let starts = lines.map(|(at, end)| cell.start + at + end.len());
        starts
            .into_iter()
            .any(|start| is_section(text, &(start..cell.end)))
    };
    let head = &cells[..first];
    if !head.iter().any(named) || head.iter().any(goes_on) {
        return None;
    }
    // A section between the headings and the first row begins one of its own, and further headings are fewer than columns.
    let heads = |width: usize| {
        let sections = |row: &[Range<usize>]| row[1..].iter().any(|cell| is_section(text, cell));
        let mut rows = head.chunks(width);
        let first = rows.next().is_some_and(|row| !sections(row));
        first && rows.all(|row| !sections(row) && row[width - 1].is_empty())
    };
    let widths = (1..=MOST_HEADS).filter(|heads| first.is_multiple_of(*heads));
    let mut widths = widths.map(|heads| first / heads);
    let width = widths.find(|&width| {
        (FEWEST..=MOST_COLUMNS).contains(&width)
            && heads(width)
            && fills_up(text, cells, first, width)
    })?;
    of_width(text, cells, width)
}

/// Whether cells are rows of a width: each begins with something, some are shorter, and the numbers of all stand first.
fn fills_up(text: &str, cells: &[Range<usize>], first: usize, width: usize) -> bool {
    let ends_empty = |row: &&[Range<usize>]| row.last().is_some_and(Range::is_empty);
    let mut next = 1;
    let mut short = cells[..first].chunks(width).filter(ends_empty).count();
    for row in cells[first..].chunks(width) {
        if row[0].is_empty() {
            return false;
        }
        let words = &text[row[0].clone()];
        if counts(words, next) {
            next += 1;
            // The number of the next row at the end of this one shows that it has lost a cell, and is not filled up.
            if counts(&text[row[row.len() - 1].clone()], next) {
                return false;
            }
        } else if row[1..]
            .iter()
            .any(|cell| counts(&text[cell.clone()], next))
        {
            return false;
        }
        short += usize::from(row.len() == width && row[width - 1].is_empty());
    }
    short > 0 && (next > 2 || own_numbers_count_on(text, cells[first..].chunks(width)))
}

/// Whether tasks have numbers of their own below one that several rows share: 1 | 目标 | 1.增产, and 2.增收 below it.
fn own_numbers_count_on<'c>(text: &str, rows: impl Iterator<Item = &'c [Range<usize>]>) -> bool {
    const FEWEST: usize = 3;
    let number = |row: &[Range<usize>]| {
        let mut labels = row
            .iter()
            .filter_map(|cell| label::before_words(text, cell));
        labels.next().map(|label| label.number)
    };
    let numbers: Vec<_> = rows.filter_map(number).collect();
    let on = numbers.windows(2).filter(|pair| pair[1] == pair[0] + 1);
    numbers.len() >= FEWEST && on.count() + 1 == numbers.len()
}

/// Whether words are this number, in figures or as 一.
fn counts(words: &str, number: u32) -> bool {
    let is = |counter: Option<Counter>| counter.is_some_and(|counter| counter.is(number));
    is(Counter::of(words)) || is(Counter::of_numeral(words))
}
