//! How far the last row reaches, behind which the text of the page follows.

use super::stream::{is_section, short};
use crate::{
    frame::is_furniture,
    kind::shows_party,
    role::label as label_of_role,
    table::{
        Column,
        cell::{is_of_bodies, may_be_body},
        column::role_said,
    },
};
use domain::fold::is_han;
use std::ops::Range;

/// The cells up to what a page has below its text: 扫码使用手机浏览本页内容.
pub(super) fn up_to_furniture<'c>(
    text: &str,
    cells: &'c [Range<usize>],
    last: usize,
) -> &'c [Range<usize>] {
    const FEWEST: usize = 3;
    let below = |cell: &Range<usize>| {
        let words = &text[cell.clone()];
        words.contains(is_han) && is_furniture(words)
    };
    let own = cells[last..].iter().skip(FEWEST).position(below);
    own.map_or(cells, |own| &cells[..last + FEWEST + own])
}

/// How many cells every row but the last has, if that is the same for several.
pub(super) fn usual(text: &str, cells: &[Range<usize>], starts: &[usize]) -> Option<usize> {
    // The headings of sections stand between rows.
    let own = |pair: &[usize]| {
        let row = &cells[pair[0]..pair[1]];
        let behind = row.iter().rev().take_while(|cell| is_section(text, cell));
        row.len() - behind.count()
    };
    let mut counts = starts.windows(2).map(own);
    let count = counts.next()?;
    (starts.len() > 2 && counts.all(|other| other == count)).then_some(count)
}

/// How many lines the last row has: what follows its columns is the text behind the table, unless several of them name
/// parties.
pub(super) fn last_row(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> usize {
    /// Behind the number itself, a section is what several rows belong to.
    const BEHIND_NUMBER: usize = 2;
    let of_parties = |column: &Option<Column>| column.is_some_and(Column::names_parties);
    let is_short = |cell: &&Range<usize>| short(text, cell);
    let of_party = |cell: &&Range<usize>| names_party(text, cell);
    let width = columns.len().min(cells.len());
    let cells_of_row = cells[..width].iter().skip(BEHIND_NUMBER);
    let section = cells_of_row
        .into_iter()
        .position(|cell| is_section(text, cell));
    if let Some(own) = section {
        return BEHIND_NUMBER + own;
    }
    let parties = columns.iter().rposition(of_parties).unwrap_or(width);
    let behind = columns.len() - 1 - parties.min(columns.len() - 1);
    let rest = cells.get(parties..).unwrap_or_default();
    let names = rest.iter().take_while(of_party).count();
    let more = &rest[names..];
    if names > 1 {
        // How far it is may be told at length.
        let told = columns.get(parties + 1) == Some(&Some(Column::Other));
        let own = more.iter().take(behind).enumerate();
        let own = own.take_while(|(at, cell)| *at == 0 && told || is_short(cell));
        return parties + names + own.count();
    }
    width + cells[width..].iter().take_while(of_party).count()
}

/// Whether a cell on a line of its own names a body, or several.
fn names_party(text: &str, cell: &Range<usize>) -> bool {
    let words = &text[cell.clone()];
    let listed = words.contains(['、', ',']) && is_of_bodies(words, may_be_body);
    label_of_role(words).is_some() || listed || (short(text, cell) && shows_party(words))
}

/// How many cells are more tasks below the last number, each behind a dash and followed by those who answer for it.
pub(super) fn dashed_tasks(text: &str, cells: &[Range<usize>]) -> usize {
    let dashed = |cell: &&Range<usize>| text[(*cell).clone()].starts_with("--");
    let mut end = 0;
    loop {
        let tasks = cells[end..].iter().take_while(dashed).count();
        let rest = &cells[end + tasks..];
        let names = rest.iter().take_while(|cell| names_party(text, cell));
        let names = names.count();
        if tasks == 0 || names == 0 {
            return end;
        }
        end += tasks + names;
    }
}

/// How many cells are more roles below the last number, each before those who have it, if a column is of roles.
pub(super) fn roles_below(text: &str, cells: &[Range<usize>], columns: &[Option<Column>]) -> usize {
    let pairs = cells.chunks_exact(2).take_while(|pair| {
        role_said(&text[pair[0].clone()]).is_some() && names_party(text, &pair[1])
    });
    let of_roles = columns.contains(&Some(Column::Role));
    if of_roles { 2 * pairs.count() } else { 0 }
}
