//! Where the headings of columns stand among cells that follow each other.

use super::{
    MOST_COLUMNS,
    counter::{Counter, is_numeral},
    pieces,
    starts::is_code,
    stream::{fits, is_section, short},
};
use crate::{
    label,
    table::{
        Column,
        column::{column, may_be_task, name_leads_and_others, named, names_any_body},
        heading::{glued, is_heading},
    },
};
use domain::fold::is_han;
use std::ops::Range;

/// Where the headings of columns stand among cells; each may have several.
pub(super) fn headings(text: &str, cells: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    let mut start = 0;
    while start < cells.len() {
        match headings_from(text, &cells[start..]) {
            Ok(headings) => return Some(headings),
            Err(count) => start += count,
        }
    }
    None
}

/// The heading of the last column, if there is one.
const REMARKS: &str = "备注";

/// A heading of what does not concern us is no longer, or may be something else.
const LONGEST_OF_OTHERS: usize = 6;

/// The headings that begin with the first of these cells, or with how many cells none begin.
pub(super) fn headings_from(
    text: &str,
    cells: &[Range<usize>],
) -> Result<Vec<Range<usize>>, usize> {
    // 工作目标任务 is one, and so is 项目序号.
    let of_two = |words: &str| {
        let found = glued(words);
        column(words) != Some(Column::Number)
            && found.len() > 1
            && !found.iter().all(|(column, _)| column.says_what())
    };
    let known = |index: usize| {
        cells.get(index).is_some_and(|cell| {
            let words = &text[cell.clone()];
            // 一、2025年主要目标 is the section below the headings, 1.签订目标责任书 a task.
            // 文件名称: stands before what it is of.
            (column(words).is_some() && !may_be_task(words) || pieces::is_piece(words))
                && !words.ends_with(':')
                && label::at(text, cell.start).is_none()
                && (!of_two(words) || is_one_on_two_lines(words))
        })
    };
    let says = |cell: &Range<usize>| text[cell.clone()].contains(is_han);
    if head_duties(text, cells) && !known(2) {
        return Ok(cells[..2].to_vec());
    }
    if !known(0) && !before_headings(text, cells) {
        return Err(1);
    }
    let mut end = 1;
    // A heading that nobody knows may stand between two that are known; 监控系统运行情况 may be what is to be looked at.
    let surely = |index: usize| {
        let long = |cell: &Range<usize>| text[cell.clone()].chars().count() > LONGEST_OF_OTHERS;
        let other = |cell: &Range<usize>| column(&text[cell.clone()]) == Some(Column::Other);
        known(index)
            && !cells
                .get(index)
                .is_some_and(|cell| long(cell) && other(cell))
    };
    // 落实根本任务 behind 牵头单位 is what is to be done, not another heading of it.
    let begins_row = |index: usize| {
        let kind = |cell: &Range<usize>| column(&text[cell.clone()]);
        let says_what = |cell: &Range<usize>| kind(cell).is_some_and(Column::says_what);
        let of_parties = |cell: &Range<usize>| kind(cell).is_some_and(Column::names_parties);
        let words = cells.get(index).map_or("", |cell| &text[cell.clone()]);
        let long = words.chars().count() > LONGEST_OF_OTHERS && !is_heading(words);
        long && says_what(&cells[index])
            && cells[..index].iter().any(says_what)
            && cells[..index].iter().any(of_parties)
    };
    // 预警发布与会商研判 behind the last heading is what is done first.
    let begins_task = |index: usize| {
        const HEADS: [&str; 8] = [
            "情况", "说明", "电话", "邮箱", "成效", "打分", "备注", "方式",
        ];
        cells.get(index).is_some_and(|cell| {
            let words = &text[cell.clone()];
            let heads = HEADS.iter().any(|word| words.contains(word));
            let long = words.chars().count() > LONGEST_OF_OTHERS && words.chars().all(is_han);
            long && !heads
                && column(words) == Some(Column::Other)
                && !is_heading(words)
                && !known(index + 1)
        })
    };
    while end < cells.len().min(2 * MOST_COLUMNS)
        && !begins_row(end)
        && !begins_task(end)
        && (known(end) || (says(&cells[end]) && short(text, &cells[end]) && surely(end + 1)))
    {
        end += 1;
    }
    let column = |index: usize| column(&text[cells[index].clone()]);
    // What stands before 序号 may be the title of the table: 重点工作执行情况.
    let number = (0..end).find(|at| column(*at) == Some(Column::Number));
    let start = number.unwrap_or(0);
    // Behind 序号 everything is a heading up to the first number, but for the cells that stand before that as 类别 does
    // before 序号.
    let of_section =
        |at: &usize| column(*at) == Some(Column::Section) || is_heading(&text[cells[*at].clone()]);
    let front = (0..start).rev().take_while(of_section).count();
    let counted = up_to_first_row(text, &cells[start..]);
    let counted = counted.filter(|count| number.is_some() || known(start + count - 1));
    if let Some(count) = counted.filter(|count| *count > front + 2) {
        // Behind 备注, or where it is the heading of a section, what is merged before the first number is told from the headings.
        let first = cells.get(start + count);
        let told = first.is_some_and(|first| is_section(text, first))
            || text[cells[start + count - 1].clone()] == *REMARKS;
        let merged = if told { 0 } else { front };
        let head = &cells[start - front..start + count - merged];
        return Ok(pieces::whole(text, head));
    }
    let whole = pieces::whole(text, &cells[start..end]);
    let columns: Vec<_> = whole
        .iter()
        .map(|words| self::column(&text[words.clone()]))
        .collect();
    let leads = || name_leads_and_others(whole.iter().map(|words| &text[words.clone()]));
    if columns.len() <= MOST_COLUMNS && (named(&columns) || leads()) {
        Ok(whole)
    } else {
        Err(end)
    }
}

/// Whether two short words that are headings are one, as where a line is broken between them: 事项 类别.
fn is_one_on_two_lines(words: &str) -> bool {
    const LONGEST: usize = 5;
    words.contains([' ', '\n']) && words.chars().nth(LONGEST).is_none()
}

/// Whether cells may begin with the headings of columns.
pub(super) fn begins_headings(text: &str, cells: &[Range<usize>]) -> bool {
    let first = cells.first().map(|cell| &text[cell.clone()]);
    first.and_then(column).is_some() || head_duties(text, cells) || before_headings(text, cells)
}

/// Whether the first cell may be a heading that nobody knows, before two that are known: 阶段, 时间, 工作任务.
pub(super) fn before_headings(text: &str, cells: &[Range<usize>]) -> bool {
    const LONGEST: usize = 6;
    let [first, rest @ ..] = cells else {
        return false;
    };
    let words = &text[first.clone()];
    let short = |cell: &Range<usize>| text[cell.clone()].chars().nth(LONGEST).is_none();
    let of_title = words.ends_with(['表', '单', '案', '划', '点', '件']);
    let heads = |cell: &Range<usize>| {
        let kind = column(&text[cell.clone()]);
        short(cell) && kind.is_some_and(|kind| kind != Column::Number)
    };
    rest.len() > 1
        && short(first)
        && words.chars().all(is_han)
        && !of_title
        && column(words).is_none()
        && rest[..2].iter().all(heads)
}

/// Whether the first of two headings is of bodies and the second of their duties: 单位, 职责.
fn head_duties(text: &str, cells: &[Range<usize>]) -> bool {
    const LONGEST: usize = 6;
    let [bodies, duties, ..] = cells else {
        return false;
    };
    let (bodies, duties) = (&text[bodies.clone()], &text[duties.clone()]);
    let short = bodies.chars().nth(LONGEST).is_none() && duties.chars().nth(LONGEST).is_none();
    short && duties.ends_with("职责") && names_any_body(bodies)
}

/// How many cells stand before the first row, if all of them may be headings: up to its number, or a section's.
fn up_to_first_row(text: &str, cells: &[Range<usize>]) -> Option<usize> {
    let begins = |cell: &Range<usize>| {
        let words = &text[cell.clone()];
        is_section(text, cell)
            || is_code(words)
            || is_numeral(words)
            || Counter::of(words).is_some_and(|c| c.is_early())
    };
    let near = cells.iter().take(2 * MOST_COLUMNS);
    // Behind it stands no other column: what is merged before the first number.
    let is_last = |cell: &Range<usize>| &text[cell.clone()] == REMARKS;
    // What a heading before it is divided into does, in the second row of headings: 牵头 and 配合.
    let of_parties = |cell: &&Range<usize>| {
        column(&text[(*cell).clone()]).is_some_and(|column| matches!(column, Column::States(_)))
    };
    let divided = |last: usize| near.clone().skip(last).take_while(of_parties).count();
    let remarks = near.clone().position(is_last).map(|last| last + 1);
    let remarks =
        remarks.map(|last| last + Some(divided(last)).filter(|count| *count > 1).unwrap_or(0));
    let count = near.clone().skip(1).position(begins)? + 1;
    let count = remarks.unwrap_or(count).min(count);
    let all_short = near.take(count).all(|cell| {
        let words = &text[cell.clone()];
        let heads = short(text, cell) || column(words).is_some_and(|column| !column.says_what());
        pieces::is_bracketed(words) || heads && !words.contains(['。', ';'])
    });
    (count > 2 && all_short).then_some(count)
}

/// As many cells from 序号 to the first number as from there to the second: the headings, however long some are.
pub(super) fn up_to_numbers(text: &str, cells: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    let near = cells.iter().take(2 * MOST_COLUMNS);
    let number = |cell: &Range<usize>| column(&text[cell.clone()]) == Some(Column::Number);
    let start = near.into_iter().position(number)?;
    let cells = &cells[start..];
    let mut widths = FEWEST..=MOST_COLUMNS;
    let width =
        widths.find(|&width| counts(text, cells, width, 1) && counts(text, cells, 2 * width, 2))?;
    let head = &cells[..width];
    let kinds: Vec<_> = head
        .iter()
        .map(|cell| column(&text[cell.clone()]))
        .collect();
    named(&kinds).then(|| head.to_vec())
}

/// There are no fewer headings where only numbers show that they are.
pub(super) const FEWEST: usize = 3;

/// Whether this is the cell that counts so.
fn counts(text: &str, cells: &[Range<usize>], at: usize, number: u32) -> bool {
    let words = cells.get(at).map(|cell| &text[cell.clone()]);
    words
        .and_then(Counter::of)
        .is_some_and(|counter| counter.is(number))
}

/// As many cells before the first number as there are from one number to the next: the headings, though none is known.
pub(super) fn before_numbers(text: &str, cells: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    let is = |at: usize, number: u32| counts(text, cells, at, number);
    let near = 0..cells.len().min(2 * MOST_COLUMNS);
    let first = near.into_iter().find(|at| is(*at, 1))?;
    let width = (FEWEST..=first.min(MOST_COLUMNS)).find(|width| is(first + width, 2))?;
    let head = &cells[first - width..first];
    let heads = |cell: &Range<usize>| !cell.is_empty() && short(text, cell);
    head.iter().all(heads).then(|| head.to_vec())
}

/// Adds headings that nobody knows, where every cell has its sign and the rows do not come out right without them: one before
/// all others, or some before a last one that is known.
pub(super) fn widen(text: &str, cells: &[Range<usize>], head: &mut Vec<Range<usize>>) {
    let known = |cell: &Range<usize>| column(&text[cell.clone()]).is_some();
    let Some(start) = cells.iter().position(|cell| cell.start == head[0].start) else {
        return;
    };
    let come_out = |count: &usize| (cells.len() - start).is_multiple_of(*count);
    let kinds: Vec<_> = head
        .iter()
        .map(|cell| column(&text[cell.clone()]))
        .collect();
    if start == 1 && short(text, &cells[0]) && cells.len().is_multiple_of(head.len() + 1) {
        head.insert(0, cells[0].clone());
        return;
    }
    let below = cells.get(start + head.len()..start + 2 * head.len());
    if kinds.contains(&Some(Column::Number)) || below.is_none_or(|row| fits(text, row, &kinds)) {
        return;
    }
    let may_head = |cell: &&Range<usize>| {
        short(text, cell) && !cell.is_empty() && !text[(*cell).clone()].contains(['。', ';', ','])
    };
    let run = cells[start..].iter().take_while(may_head).count();
    let widths = (head.len() + 1..=run.min(MOST_COLUMNS)).rev();
    let width = widths
        .into_iter()
        .find(|width| come_out(width) && known(&cells[start + width - 1]));
    if let Some(width) = width {
        *head = cells[start..start + width].to_vec();
    }
}
