//! Cells behind white space: a row a line, or a few.

use super::{
    Found,
    counter::is_numeral,
    glued::{length, one_blob, row_of},
    is_number,
    last::{is_foot, is_signature},
    number, pieces,
    uncounted::behind_bodies,
};
use crate::{
    kind,
    label::{self, Style},
    line::{Line, trimmed},
    role::Slot,
    table::{
        Cell, Column, Layout, Row, Table, cell,
        column::column,
        head::{self, Headed},
        heading::glued,
    },
    words::Words,
};
use std::ops::Range;

/// A line of headings and below it rows, cells behind white space or glued.
pub(super) fn behind_spaces(text: &str, lines: &[Line]) -> Found {
    // The first row may stand below the heading of a section.
    let first = lines[1..]
        .iter()
        .take(3)
        .find(|line| section(text, &line.range).is_none());
    let counted = first.is_none_or(|first| is_number(&text[first.range.clone()], false));
    if counted {
        return numbered(text, lines).or_else(|| alike(text, lines));
    }
    // Headings alone may have rows that a number counts behind what they share.
    match alike(text, lines) {
        Some((_, 1)) | None => numbered(text, lines).or_else(|| alike(text, lines)),
        found => found,
    }
}

/// Headings that are known, and rows that begin with a number.
fn numbered(text: &str, lines: &[Line]) -> Found {
    static BODIES: Words = Words::of("单位 部门 机关 机构 主体 分工 处室 科室 股室 牵头");
    /// So many rows show that each has one line.
    const SEVERAL: u32 = 4;
    /// Within so many lines the next number shows that a table goes on.
    const NEAR: usize = 8;
    let heads = lines_of_headings(text, lines);
    let line = &(lines[0].range.start..lines[heads - 1].range.end);
    if !BODIES.inside(&text[line.clone()]) {
        return None;
    }
    let columns = glued(&text[line.clone()]);
    let parties = columns.iter().any(|(column, _)| column.names_parties());
    let what = columns.iter().any(|(column, _)| column.says_what());
    let mut head = row_of(text, line.start, &columns);
    let at = line.start + length(&columns);
    let whole = at == line.end && columns.len() >= 2 && parties && what;
    if !whole && let Some(row) = spaced_headings(text, line) {
        head = row;
    } else if columns.len() < 2 || !parties || !what {
        return None;
    } else if at < line.end {
        return Some(one_blob(text, lines, head, at));
    }
    let cells = head.cells.into_iter().map(|cell| cell.range).collect();
    let head = Row::of(pieces::below_one(text, cells));
    // What several rows share may stand before the number of the first of them.
    let of_number = |cell: &Cell| column(&text[cell.range.clone()]) == Some(Column::Number);
    let front = head.cells.iter().position(of_number).unwrap_or(0);
    let width = head.cells.len();
    let (mut rows, mut count, mut last) = (vec![head], heads, None);
    let mut went_on = false;
    // Where the lines of the last row begin, but for the first.
    let mut breaks = vec![];
    for (index, line) in lines.iter().enumerate().skip(heads) {
        let words = &text[line.range.clone()];
        let row = tokens(text, &line.range);
        let row = if whole { row } else { parted(text, row) };
        let behind = |cell: &Cell| text[cell.range.clone()].parse().ok();
        let behind = || row.cells.get(front).filter(|_| front > 0).and_then(behind);
        let number = number(words).or_else(behind);
        let number = number.filter(|&number| last.is_none_or(|last| number > last));
        if let Some(number) = number {
            last = Some(number);
            broken_joined(text, rows.last_mut(), width, &mut breaks);
            rows.push(row);
        } else if let Some(section) = section(text, &line.range) {
            // (一) may stand below 二、.
            const NEAR: usize = 2;
            let below = lines[index + 1..].iter().take(NEAR);
            let mut below = below.skip_while(|next| self::section(text, &next.range).is_some());
            if !below
                .next()
                .is_some_and(|next| is_number(&text[next.range.clone()], false))
            {
                break;
            }
            broken_joined(text, rows.last_mut(), width, &mut breaks);
            rows.push(section);
            // Each section may count anew.
            last = None;
        } else if is_signature(text, &lines[index..])
            && !counts_on(text, lines, index + 2, last)
            && rows.last().is_some_and(|row| row.cells.len() >= width)
        {
            break;
        } else if let Some(row) = rows.last_mut().filter(|row| {
            // Where no row has gone on, a sentence below the last is the text's, if that is more than its number.
            let whole = last.is_some_and(|last| last > SEVERAL) && row.cells.len() > 1;
            let of_text = whole && !went_on && words.ends_with('。');
            let ends = of_text || ends_table(text, &line.range);
            let near = || lines[index + 1..].iter().take(NEAR);
            let next = last.map(|last| last + 1);
            let goes_on = || near().any(|line| self::number(&text[line.range.clone()]) == next);
            last.is_some() && !line.after_gap && (!ends || goes_on())
        }) {
            went_on = true;
            breaks.push(row.cells.len());
            row.cells.extend(tokens(text, &line.range).cells);
        } else {
            break;
        }
        count = index + 1;
    }
    broken_joined(text, rows.last_mut(), width, &mut breaks);
    // Rows of nothing but a number and the rest have their cells glued, as the headings have; more bodies may have lines.
    let parted = rows[1..].iter().filter(|row| row.cells.len() > 2).count();
    if whole && rows.len() > 1 && parted * 2 < rows.len() - 1 {
        return None;
    }
    let table = Table {
        rows,
        layout: Layout::Lines,
    };
    Some((Some(table), count))
}

/// Whether the line at `at` begins with the number behind the last.
fn counts_on(text: &str, lines: &[Line], at: usize, last: Option<u32>) -> bool {
    let number = lines
        .get(at)
        .and_then(|line| number(&text[line.range.clone()]));
    number.is_some() && number == last.map(|last| last + 1)
}

/// Joins the cells of a row that its lines break, if as many are too many as it has such lines, and none begins with a body
/// behind what is none, or ends with a time.
fn broken_joined(text: &str, row: Option<&mut Row>, width: usize, breaks: &mut Vec<usize>) {
    let breaks = std::mem::take(breaks);
    let Some(row) = row.filter(|row| row.cells.len() == width + breaks.len()) else {
        return;
    };
    let words = |at: usize| &text[row.cells[at].range.clone()];
    let bodies = |words: &str| cell::is_of_bodies(words, kind::is_certain);
    let apart = |at: &usize| {
        let (before, rest) = (words(at - 1), words(*at));
        bodies(rest) && !bodies(before) && !before.ends_with(['、', ','])
            || [before, rest].into_iter().any(cell::looks_like_date)
    };
    if breaks.iter().any(apart) {
        return;
    }
    for at in breaks.into_iter().rev() {
        let rest = row.cells.remove(at);
        row.cells[at - 1].range.end = rest.range.end;
    }
}

/// A line that is the heading of a section: 一、 and a title, or a Chinese number and a title behind white space.
fn section(text: &str, line: &Range<usize>) -> Option<Row> {
    let row = tokens(text, line);
    let numbered = label::at(text, line.start);
    if numbered.is_some_and(|label| label.style <= Style::HanBracketed) {
        // (一)保障医疗 before what is done for it, and those who do it, is a task.
        let of_bodies =
            |cell: &Cell| cell::is_of_bodies(&text[cell.range.clone()], cell::may_be_body);
        let is_row = row.cells.len() > 3 && row.cells.last().is_some_and(of_bodies);
        return (!is_row).then(|| Row::of([line.clone()]));
    }
    let numeral = |cell: &Cell| is_numeral(&text[cell.range.clone()]);
    (row.cells.len() == 2 && numeral(&row.cells[0])).then_some(row)
}

/// How many lines the headings take: several, where their words are broken, from 序号 to the first row.
fn lines_of_headings(text: &str, lines: &[Line]) -> usize {
    const MOST: usize = 12;
    const FEWEST: usize = 3;
    let words = text[lines[0].range.clone()].split_ascii_whitespace();
    let mut front = words.clone().take(2);
    let begins = front.any(|first| column(first) == Some(Column::Number));
    if !begins || words.count() < FEWEST {
        return 1;
    }
    let near = lines.iter().take(MOST);
    let row = near.skip(1).position(|line| {
        let words = &text[line.range.clone()];
        let row = number(words).is_some() && words.split_ascii_whitespace().nth(2).is_some();
        number(words) == Some(1)
            || row
            || words.split_ascii_whitespace().nth(1) == Some("1")
            || section(text, &line.range).is_some()
    });
    row.map_or(1, |before| before + 1)
}

/// Rows that all have as many cells as there are headings, with bodies where they should be.
fn alike(text: &str, lines: &[Line]) -> Found {
    const FEWEST_COLUMNS: usize = 3;
    const FEWEST_ROWS: usize = 2;
    /// So many rows show what columns hold.
    const SHOWN: usize = 24;
    let heads = &text[lines[0].range.clone()];
    // 单位 职责 are enough.
    let of_duties = heads.ends_with("职责");
    let fewest = if of_duties { 2 } else { FEWEST_COLUMNS };
    let spaces = heads.matches([' ', '\n']).count();
    if spaces + 1 < fewest || heads.contains(['。', ',', ';', ':', '|']) {
        return None;
    }
    let head = letters_joined(text, tokens(text, &lines[0].range));
    let width = head.cells.len();
    if width < fewest {
        return None;
    }
    let another = |line: &&Line| text[line.range.clone()] != *heads;
    let below = lines[1..].iter().take_while(another);
    let below = below.map(|line| tokens(text, &line.range));
    let alike = below
        .clone()
        .take(SHOWN)
        .take_while(|row| row.cells.len() == width);
    let shown: Vec<_> = std::iter::once(head.clone()).chain(alike).collect();
    let columns = head::columns(text, &shown)?;
    let is_other = |column: &&Headed| column.column == Some(Column::Other);
    let may_lack = columns.iter().rev().take_while(is_other).count();
    let fits = |row: &Row| {
        // A time where it should be shows that all others stand where they should, too.
        let timed = row.cells.len() == width
            && row.cells.iter().zip(&columns).any(|(cell, column)| {
                column.column == Some(Column::States(Slot::Deadline))
                    && cell::looks_like_date(&text[cell.range.clone()])
            });
        (width - may_lack..=width).contains(&row.cells.len())
            && row.cells.iter().zip(&columns).all(|(cell, column)| {
                let parties = column.column.is_some_and(Column::names_parties);
                let words = &text[cell.range.clone()];
                !parties
                    || timed
                    || cell::is_of_bodies(words, cell::may_be_body)
                    || cell::is_of_bodies(words, kind::is_branch_of_any_level)
                    || cell::says_roles(words)
            })
    };
    // Merged cells leave nothing either; bodies at the end show that it is a row.
    let of_parties = |column: &Headed| column.column.is_some_and(Column::names_parties);
    let of_bodies = |cell: &Cell| cell::is_of_bodies(&text[cell.range.clone()], cell::may_be_body);
    let last = columns.iter().rposition(of_parties);
    let up_to_bodies = last.filter(|_| head::known_columns(text, &shown).is_some());
    let behind: Vec<_> = columns[last.map_or(width, |last| last + 1)..]
        .iter()
        .map(|headed| headed.column)
        .collect();
    let merged = |row: &Row| {
        let cells: Vec<_> = row.cells.iter().map(|cell| cell.range.clone()).collect();
        let names = row
            .cells
            .iter()
            .rposition(of_bodies)
            .map_or(0, |last| last + 1);
        let rest = cells.len() - names;
        let whole = rest <= may_lack || behind_bodies(text, &cells[names..], &behind) == rest;
        let whole = names > 1 && whole;
        let short = (2..width).contains(&cells.len()) && !of_bodies(&row.cells[0]);
        up_to_bodies.is_some() && whole && short
    };
    // Of a body before what it has to do, only the first row says the name.
    let below_body = |row: &Row| {
        let rest = columns[1..].iter().zip(&row.cells);
        let fits = rest.clone().all(|(headed, cell)| {
            let words = &text[cell.range.clone()];
            match headed.column {
                Some(Column::States(Slot::Deadline)) => cell::looks_like_date(words),
                Some(column) => !column.names_parties() && !of_bodies(cell),
                None => true,
            }
        });
        of_parties(&columns[0]) && row.cells.len() + 1 == width && rest.len() > 1 && fits
    };
    let mut rows = vec![head];
    for mut row in below.take_while(|row| fits(row) || merged(row) || below_body(row)) {
        if rows.len() > 1 && !fits(&row) && below_body(&row) {
            let start = row.cells[0].range.start;
            row.cells.insert(0, Cell::merged_at(start));
        }
        // 备注 is empty in most rows, and leaves nothing behind.
        if fits(&row) {
            let end = row.cells.last().map_or(0, |cell| cell.range.end);
            row.cells.resize(width, Cell::of(end..end));
        }
        rows.push(row);
    }
    let count = rows.len();
    // Where all headings are known, rows of which nothing can be read are at least missed.
    let all_known = columns.iter().all(|column| column.column.is_some());
    (count > FEWEST_ROWS || all_known && count == 1).then(|| {
        let layout = Layout::Lines;
        (Some(Table { rows, layout }), count)
    })
}

/// Whether a line is a remark on a table, or the title or the headings of another one.
fn ends_table(text: &str, line: &Range<usize>) -> bool {
    static FIRST: Words = Words::of("附件 附表 备注: 说明:");
    let words = &text[line.clone()];
    FIRST.start(words).is_some() || is_foot(words) || spaced_headings(text, line).is_some()
}

/// A line of headings between white space, all short, and more than half of them known behind 序号, or each of several without:
/// 序号 项目内容 当前进度 牵头单位; 主要任务 建设重点 牵头部门 配合部门.
fn spaced_headings(text: &str, line: &Range<usize>) -> Option<Row> {
    const LONGEST: usize = 12;
    const SEVERAL: usize = 4;
    let row = tokens(text, line);
    let short = row
        .cells
        .iter()
        .all(|cell| text[cell.range.clone()].chars().nth(LONGEST).is_none());
    let kind = |cell: &Cell| column(&text[cell.range.clone()]);
    let mut front = row.cells.iter().take(2);
    let numbered = front.any(|cell| kind(cell) == Some(Column::Number));
    let known = || row.cells.len() >= SEVERAL && row.cells.iter().all(|cell| kind(cell).is_some());
    (short
        && (numbered || known())
        && row.cells.len() >= 3
        && head::known_columns(text, std::slice::from_ref(&row)).is_some())
    .then_some(row)
}

/// Headings with white space between their characters as one each: 实 事 内 容.
fn letters_joined(text: &str, row: Row) -> Row {
    let single = |cell: &Range<usize>| text[cell.clone()].chars().nth(1).is_none();
    let mut cells: Vec<Range<usize>> = vec![];
    let mut spelt = false;
    for cell in row.cells {
        let letter = single(&cell.range);
        match cells.last_mut().filter(|_| letter && spelt) {
            Some(last) => last.end = cell.range.end,
            None => cells.push(cell.range),
        }
        spelt = letter;
    }
    Row::of(cells)
}

/// The words of a line between white space; a number at its start stands by itself.
fn tokens(text: &str, line: &Range<usize>) -> Row {
    let mut cells = vec![];
    let mut start = line.start;
    let words = &text[line.clone()];
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0 && is_number(words, false) {
        cells.push(start..start + digits);
        start += digits;
    }
    for token in text[start..line.end].split([' ', '\n']) {
        let range = trimmed(text, start..start + token.len());
        start += token.len() + 1;
        let sign = text[range.clone()].trim_matches(['.', '、']).is_empty();
        if !range.is_empty() && !sign {
            cells.push(range);
        }
    }
    Row::of(cells)
}

/// The same with bodies behind a sentence as words by themselves, where white space parts all else.
fn parted(text: &str, row: Row) -> Row {
    let parts = row.cells.into_iter().flat_map(|cell| {
        let Range { start, end } = cell.range;
        let at = bodies_behind_sentence(text, &(start..end)).unwrap_or(end);
        [start..at, at..end]
    });
    let parts = parts.filter(|part| !part.is_empty());
    Row::of(parts)
}

/// Where a sentence ends behind which nothing but bodies stand: 办好学校。市教委.
fn bodies_behind_sentence(text: &str, token: &Range<usize>) -> Option<usize> {
    let words = &text[token.clone()];
    let at = words.rfind(['。', '.'])?;
    // 3.市教委 is counted, and ends no sentence.
    let ends = words[..at].ends_with(|c: char| domain::fold::is_han(c) || c == ')');
    let at = ends.then_some(at)?;
    let at = at + words[at..].chars().next().map_or(0, char::len_utf8);
    let bodies = cell::is_of_bodies(&words[at..], kind::is_certain);
    bodies.then_some(token.start + at)
}
