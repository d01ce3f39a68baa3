//! Rows whose first cells are merged, and so stand only before the first of several.

use super::{
    counter::Counter,
    fit::{looks, misfit},
    last::up_to_furniture,
    starts::{labels, starts},
    stream::is_section,
};
use crate::{
    label,
    role::Slot,
    table::{
        Cell, Column, Row,
        cell::{is_of_bodies, looks_like_date, may_be_body},
    },
};
use domain::fold::is_han;
use std::ops::Range;

/// How many columns stand before the one that begins a row by its number, where those before it are merged over rows:
/// 责任单位 before tasks that have numbers, 类别 before 序号.
pub(super) fn front(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
) -> Option<usize> {
    let number = columns
        .iter()
        .position(|column| *column == Some(Column::Number));
    let task = || {
        columns
            .iter()
            .position(|column| column.is_some_and(Column::says_what))
    };
    let front = number
        .or_else(task)
        .filter(|front| (1..=MOST_IN_FRONT).contains(front))?;
    let first = cells.get(front)?;
    let begins = match number {
        Some(_) => Counter::of(&text[first.clone()]).is_some(),
        None => label::at(text, first.start).is_some_and(|label| label.range.end <= first.end),
    };
    (begins && cells[..front].iter().all(|cell| !is_section(text, cell))).then_some(front)
}

/// No table has more columns before its number.
const MOST_IN_FRONT: usize = 2;

/// So many lines more than it has columns the last row may have before its bodies.
const MOST_LINES_MORE: usize = 3;

/// Rows that nothing counts and of which each ends with a time, as cells that have to be put under their columns. Bodies before
/// what they have to do may stand only before the first of their tasks.
pub(super) fn rows_up_to_times(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
) -> Vec<Row> {
    const MOST_MORE: usize = 4;
    let names_parties = |column: &Option<Column>| column.is_some_and(Column::names_parties);
    let dated = columns.last() == Some(&Some(Column::States(Slot::Deadline)));
    if !dated || !columns.iter().any(names_parties) {
        return vec![];
    }
    let of_bodies = |cell: &Range<usize>| is_of_bodies(&text[cell.clone()], may_be_body);
    let is_time = |cell: &Range<usize>| looks_like_date(&text[cell.clone()]);
    let bodies_first = columns.first().is_some_and(names_parties);
    let mut rows: Vec<Row> = vec![];
    for own in cells.split_inclusive(is_time) {
        let merged = bodies_first && !rows.is_empty() && !of_bodies(&own[0]);
        let above = merged.then(|| Cell::merged_at(own[0].start));
        let row: Vec<_> = above
            .into_iter()
            .chain(own.iter().cloned().map(Cell::of))
            .collect();
        let whole = row.len() == columns.len()
            || !merged && (columns.len()..=columns.len() + MOST_MORE).contains(&row.len());
        let named = merged || own.iter().any(of_bodies);
        if !whole || !named || !own.last().is_some_and(is_time) {
            break;
        }
        rows.push(Row::from(row));
    }
    rows
}

/// How many columns stand before numbers that no heading is of: each row, or most, has as many cells behind its number as there
/// are columns without those, which may be merged over several rows.
pub(super) fn number_without_heading(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
) -> Option<usize> {
    if columns.contains(&Some(Column::Number)) {
        return None;
    }
    let starts = starts(text, cells, 1, Counter::of);
    let first = starts.first().filter(|first| **first <= MOST_IN_FRONT)?;
    let gaps = starts.windows(2).map(|pair| pair[1] - pair[0]);
    let own = gaps.clone().min()?;
    let front = (columns.len() + 1).checked_sub(own)?;
    let usual = gaps.clone().filter(|gap| *gap == own).count() * 2 > starts.len();
    // Where each row begins with its number, cells of some may have several lines.
    let regular = front == 0 && usual || gaps.clone().all(|gap| gap == own || gap == own + front);
    // A merged cell may stand behind the number, too.
    let whole = columns.len() + 1;
    if *first == 0 && gaps.clone().all(|gap| gap == whole || gap + 1 == whole) {
        return gaps.into_iter().any(|gap| gap == whole).then_some(0);
    }
    (front == *first && front < columns.len() && regular).then_some(front)
}

/// How many of the cells from one number to the next stand before that in its row: as many as make all of them fit best.
fn of_next_row(
    text: &str,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
    front: usize,
) -> usize {
    let looks = looks(text, cells);
    let (before, behind) = columns.split_at(front);
    // A row that has a cell for each column is whole, unless they fit much worse.
    let whole = looks.len() == behind.len();
    let cost = |count: &usize| {
        let (own, next) = looks.split_at(looks.len() - count);
        let categories = cells[cells.len() - count..].iter().zip(before);
        let told = categories.filter(|(cell, column)| {
            !column.is_some_and(Column::names_parties) && heads_category(&text[(*cell).clone()])
        });
        let own = misfit(own, behind);
        match *count {
            0 => own,
            _ if whole => own.saturating_add(misfit(next, before) + MUCH),
            _ => own
                .saturating_add(misfit(next, before))
                .saturating_sub(CATEGORY * told.count() as u32),
        }
    };
    let counts = [0, front].into_iter().filter(|count| *count < looks.len());
    counts.rev().min_by_key(cost).unwrap_or(0)
}

/// So much worse may the cells of a whole row fit before one is missing from it.
const MUCH: u32 = 4;

/// How much more likely words like 水利 head a category than that they are a remark.
const CATEGORY: u32 = 3;

/// Whether words may head a category, and are no remark: 水利, and not 已列入规划.
fn heads_category(words: &str) -> bool {
    const LONGEST: usize = 8;
    const REMARKS: [char; 16] = [
        '已', '待', '含', '见', '另', '每', '按', '与', '需', '拟', '不', '未', '无', '由', '分',
        '同',
    ];
    words.chars().nth(1).is_some()
        && words.chars().nth(LONGEST).is_none()
        && words.chars().all(is_han)
        && !words.starts_with(REMARKS)
}

/// Rows whose number stands behind `front` columns; whether there are several. Where the cells before the number are
/// missing, they are those of the row above.
pub(super) fn rows_behind(
    text: &str,
    cells: &[Range<usize>],
    front: usize,
    columns: &[Option<Column>],
    rows: &mut Vec<Row>,
) -> bool {
    let own = columns.len() - front;
    let starts: Vec<_> = match columns[front] {
        Some(Column::Number) => starts(text, &cells[front..], own, Counter::of),
        _ => labels(text, &cells[front..]),
    };
    let starts: Vec<_> = starts.into_iter().map(|start| start + front).collect();
    let cells = starts
        .last()
        .map_or(cells, |last| up_to_furniture(text, cells, *last));
    // Behind bodies of which each has a line, more of them belong to the same row, and other words to the next.
    let names_parties = |column: &Option<Column>| column.is_some_and(Column::names_parties);
    let other = |column: &&Option<Column>| **column == Some(Column::Other);
    let others = columns.iter().rev().take_while(other).count();
    let last = columns.len() - 1 - others.min(columns.len() - 1);
    // Where those answer who stand before their tasks, bodies are what is merged there.
    let bodies_before = columns[..front].iter().any(names_parties);
    let bodies_behind = !bodies_before && names_parties(&columns[last]);
    let up_to_bodies = bodies_behind && others == 0;
    let of_bodies = |cell: &Range<usize>| is_of_bodies(&text[cell.clone()], may_be_body);
    let mut end = 0;
    for (index, &start) in starts.iter().enumerate() {
        let next = starts.get(index + 1).copied().unwrap_or(cells.len());
        let before = &cells[end..start];
        end = if next < cells.len() {
            next - of_next_row(text, &cells[start..next], columns, front)
        } else {
            let end = (start + own).min(cells.len());
            // Lines of the cells before them push bodies back.
            let mut lines = cells[end..].iter().take(MOST_LINES_MORE);
            let pushed = lines.position(of_bodies).map_or(0, |at| at + 1);
            let has_bodies = !up_to_bodies || cells[start..end].iter().any(of_bodies);
            let more = cells[end..]
                .iter()
                .take_while(|cell| of_bodies(cell))
                .count();
            match has_bodies {
                true if bodies_behind && of_bodies(&cells[end - 1]) => end + more,
                true => end,
                false => end + pushed,
            }
        };
        let merged = if before.is_empty() && index > 0 {
            vec![Cell::merged_at(cells[start].start); front]
        } else {
            before.iter().cloned().map(Cell::of).collect::<Vec<_>>()
        };
        let behind = cells[start..end].iter().cloned().map(Cell::of);
        rows.push(Row::from(
            merged.into_iter().chain(behind).collect::<Vec<_>>(),
        ));
    }
    starts.len() > 1
}
