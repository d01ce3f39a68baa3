//! Cells that have `|` before them on their line but for the first of a row, and a `|` by itself behind the last.

use super::{Found, LINES_OF_A_CELL, MOST_COLUMNS, has_columns};
use crate::{
    line::{Line, trimmed},
    table::{
        Column, Layout, Row, Table,
        column::{column, named},
    },
};
use std::ops::Range;

/// The table that begins with the first of these lines.
pub(super) fn signs_before(text: &str, lines: &[Line]) -> Found {
    // The title of the table may stand on the line before.
    let titled = || {
        let (table, count) = before_all(text, lines.get(1..)?)?;
        Some((table, count + 1))
    };
    before_all(text, lines)
        .or_else(titled)
        .or_else(|| before_all_but_first(text, lines))
}

/// Rows of which every cell has the sign before it, so that only their numbers show where they begin: |序号, |任务, |1, |修路.
fn before_all(text: &str, lines: &[Line]) -> Found {
    const FEWEST: usize = 3;
    let first = cell_behind_sign(text, lines.first()?)?;
    if column(&text[first]) != Some(Column::Number) {
        return None;
    }
    let mut cells = Cells {
        text,
        lines,
        read: 0,
    };
    let mut head = vec![];
    // The first number follows the headings.
    let one = loop {
        let cell = cells.next().filter(|_| head.len() <= MOST_COLUMNS)?;
        if &text[cell.clone()] == "1" {
            break cell;
        }
        head.push(cell);
    };
    let columns: Vec<_> = head
        .iter()
        .map(|cell| column(&text[cell.clone()]))
        .collect();
    let width = head.len();
    if width < FEWEST || !named(&columns) {
        return None;
    }
    let mut rows = vec![Row::of(head)];
    let mut begins = Some(one);
    let mut count = 0;
    while let Some(number) = begins.take() {
        if text[number.clone()].parse() != Ok(rows.len()) {
            break;
        }
        let mut row = vec![number];
        row.extend(cells.by_ref().take(width - 1));
        if row.len() < width {
            break;
        }
        rows.push(Row::of(row));
        count = cells.read;
        begins = cells.next();
    }
    let table = Table {
        rows,
        layout: Layout::Signs,
    };
    (count > 0 && has_columns(text, &table)).then_some((Some(table), count))
}

/// What stands behind the sign that a line begins with, if it holds no other.
fn cell_behind_sign(text: &str, line: &Line) -> Option<Range<usize>> {
    let words = text[line.range.clone()].strip_prefix('|')?;
    let cell = line.range.end - words.len()..line.range.end;
    (!words.contains('|')).then(|| trimmed(text, cell))
}

/// The cells of lines that begin with a sign, each with the lines below that go on with it.
struct Cells<'a> {
    text: &'a str,
    lines: &'a [Line],
    /// How many lines were read.
    read: usize,
}

impl Iterator for Cells<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        let behind = &self.lines[self.read..];
        let mut cell = cell_behind_sign(self.text, behind.first()?)?;
        self.read += 1;
        let goes_on = behind[1..]
            .iter()
            .take(LINES_OF_A_CELL)
            .position(|line| self.text[line.range.clone()].contains('|'));
        // The last one of all has nothing behind it that shows where it ends.
        if let Some(count) = goes_on.filter(|count| *count > 0 && cell.start < cell.end) {
            cell.end = behind[count].range.end;
            self.read += count;
        }
        Some(cell)
    }
}

/// The same where no sign stands before the first cell of a row.
fn before_all_but_first(text: &str, lines: &[Line]) -> Found {
    let (mut head, mut count) = row(text, lines, None)?;
    let width = head.len();
    let columns: Vec<_> = head
        .iter()
        .map(|cell| column(&text[cell.clone()]))
        .collect();
    // The heading of the numbers may be empty, and the title of the table stand on the line before the first sign.
    let titled = columns[0].is_none();
    let one_line = !text[head[0].clone()].contains('\n');
    if width < 2 || titled && !(one_line && width > 2 && named(&columns)) {
        return None;
    }
    if titled {
        head[0] = head[0].end..head[0].end;
    }
    let mut rows = vec![Row::of(head)];
    while let Some((cells, own)) = row(text, &lines[count..], Some(width)) {
        rows.push(Row::of(cells));
        count += own;
    }
    let layout = Layout::Signs;
    let table = Table { rows, layout };
    Some((Some(table).filter(|table| has_columns(text, table)), count))
}

/// The cells of the row that begins with the first of these lines, and how many lines it has; nothing if none does. Below
/// headings, of which there are so many, cells may be empty.
fn row(text: &str, lines: &[Line], width: Option<usize>) -> Option<(Vec<Range<usize>>, usize)> {
    let sign = |line: &Line| text[line.range.clone()].starts_with('|');
    let near = lines.iter().take(LINES_OF_A_CELL);
    let first = near.take_while(|line| !sign(line)).count();
    if !lines.get(first).is_some_and(sign) || first == 0 && width.is_none() {
        return None;
    }
    let start = lines[0].range.start;
    let before = start
        ..first
            .checked_sub(1)
            .map_or(start, |last| lines[last].range.end);
    let mut cells = vec![before];
    let mut last_sign = first;
    for (index, line) in lines.iter().enumerate().skip(first) {
        // No row has more, so that lines which end none take no longer the more they are.
        if index - last_sign > LINES_OF_A_CELL || cells.len() > MOST_COLUMNS {
            return None;
        }
        let words = &text[line.range.clone()];
        let Some(behind) = words.strip_prefix('|') else {
            cells.last_mut()?.end = line.range.end;
            continue;
        };
        last_sign = index;
        // What goes on with another sign has an empty cell here, unless it is whole.
        let goes_on = width.is_some_and(|width| cells.len() < width)
            && lines.get(index + 1).is_some_and(sign);
        if behind.is_empty() && !goes_on {
            return Some((cells, index + 1));
        }
        if behind.contains('|') {
            return None;
        }
        cells.push(trimmed(text, line.range.end - behind.len()..line.range.end));
    }
    None
}
