//! Cells with a sign behind each of which none was left out, empty ones neither: rows are of one width, though not all have a
//! number, or all end with empty ones.

use super::{MOST_COLUMNS, headings::FEWEST, of_width};
use crate::{
    number::han,
    table::{
        Column, Layout, Row, Table,
        cell::{is_of_bodies, may_be_body},
        column::{column, named},
    },
};
use std::ops::Range;

/// The rows of cells that begin with headings, if all are of one width though some leave cells empty: the number, or what stands
/// behind the last heading. What stands behind it may also be all that parts rows of which some have lost merged cells.
pub(super) fn rows(text: &str, cells: &[Range<usize>]) -> Option<Table> {
    let kind = |cell: &Range<usize>| column(&text[cell.clone()]);
    let heads = cells
        .iter()
        .take(MOST_COLUMNS)
        .take_while(|cell| !cell.is_empty());
    let kinds: Vec<_> = heads.map(kind).collect();
    let behind = cells[kinds.len()..]
        .iter()
        .take_while(|cell| cell.is_empty())
        .count();
    let known = named(&kinds);
    if behind == 1
        && known
        && let Some(rows) = parted(text, cells, &kinds)
    {
        return Some(rows);
    }
    let by_number = || {
        let mut widths = FEWEST..=kinds.len();
        widths.find(|&width| named(&kinds[..width]) && counts_some(text, cells, &kinds[..width]))
    };
    let counted = kinds.first() == Some(&Some(Column::Number));
    let by_end = || {
        let width = kinds.len() + behind;
        (behind > 0 && known && ends_empty(text, cells, &kinds, width)).then_some(width)
    };
    let width = counted.then(by_number).flatten().or_else(by_end)?;
    of_width(text, cells, width)
}

/// Whether rows of this width have nothing but numbers in the first column, though not all have one, and bodies in those of
/// bodies.
fn counts_some(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> bool {
    let mut rows = cells.chunks_exact(columns.len()).skip(1);
    let mut last = 0;
    let (mut counted, mut without) = (0, 0);
    let even = rows.all(|row| {
        let words = &text[row[0].clone()];
        let number = number(words);
        match number {
            Some(1) => last = 1,
            Some(number) if number == last + 1 => last = number,
            None if words.is_empty() => {}
            _ => return false,
        }
        counted += usize::from(number.is_some());
        without += usize::from(number.is_none());
        suit(text, row, columns)
    });
    even && counted >= FEWEST && without > 0
}

/// Whether rows of this width end with as many empty cells as the headings do, the last perhaps with fewer, begin with something,
/// and nearly all have bodies where they should.
fn ends_empty(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
    width: usize,
) -> bool {
    const FEWEST_ROWS: usize = 2;
    /// So many rows show what stands below headings.
    const SHOWN: usize = 64;
    /// One of so many rows may say that somebody is named later.
    const MOST: usize = 4;
    let rows = cells.chunks(width).skip(1);
    let even = |row: &[Range<usize>]| {
        row.len() >= columns.len()
            && !row[0].is_empty()
            && row[columns.len()..].iter().all(Range::is_empty)
    };
    let shown = rows.clone().take(SHOWN);
    let others = || {
        shown
            .clone()
            .filter(|row| !suit(text, row, columns))
            .count()
    };
    rows.len() >= FEWEST_ROWS && rows.into_iter().all(even) && others() * MOST <= shown.len()
}

/// Rows between single empty cells, none of them wider than the headings and some narrower, which end with bodies as the headings
/// do.
fn parted(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> Option<Table> {
    let rows: Vec<_> = cells.split(Range::is_empty).collect();
    let (last, rows) = rows.split_last()?;
    let rows = if last.is_empty() {
        rows
    } else {
        &[rows, &[*last]].concat()
    };
    let bodies = |cell: &Range<usize>| is_of_bodies(&text[cell.clone()], may_be_body);
    let ends = |row: &&[Range<usize>]| {
        (2..=columns.len()).contains(&row.len()) && row.last().is_some_and(bodies)
    };
    let whole = rows[1..].iter().filter(|row| row.len() == columns.len());
    let whole = whole.count();
    let of_parties = columns
        .last()
        .copied()
        .flatten()
        .is_some_and(Column::names_parties);
    let parts = of_parties
        && rows.len() > FEWEST
        && (2..rows.len() - 1).contains(&whole)
        && rows[1..].iter().all(ends);
    parts.then(|| Table {
        rows: rows
            .iter()
            .map(|row| Row::of(row.iter().cloned()))
            .collect(),
        layout: Layout::Signs,
    })
}

/// Whether nothing but bodies stands below their headings.
fn suit(text: &str, row: &[Range<usize>], columns: &[Option<Column>]) -> bool {
    let mut places = row.iter().zip(columns);
    places.all(|(cell, column)| {
        let of_parties = column.is_some_and(Column::names_parties);
        !of_parties || cell.is_empty() || is_of_bodies(&text[cell.clone()], may_be_body)
    })
}

/// The number that is all of these words: 3, or (三).
fn number(words: &str) -> Option<u32> {
    const LONGEST: usize = 3;
    let bare = words.trim_matches(['(', ')', '、', '.', ' ']);
    let figures = bare.len() <= LONGEST && bare.bytes().all(|c| c.is_ascii_digit());
    figures
        .then(|| bare.parse().ok())
        .flatten()
        .or_else(|| han(bare))
}
