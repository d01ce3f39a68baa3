//! Cells that nothing separates, and columns that run into each other.

pub(super) mod lines;

use super::{Found, NUMBERS, digits, is_number};
use crate::{
    line::{Line, trimmed},
    number::{UNITS, is_han_numeral},
    role::Slot,
    table::{
        Cell, Column, Layout, Row, Table,
        column::{column, glued_among, last_of_parties, named},
        heading::glued_of_own_words,
        hull,
    },
};
use domain::fold::is_han;
use std::ops::Range;

/// Headings in the middle of a line, as where a whole page is one: what follows them there is glued too, or its columns
/// run into each other.
pub(super) fn in_a_line(text: &str, lines: &[Line]) -> Found {
    const MOST_TRIES: usize = 3;
    let line = &lines[0].range;
    let words = &text[line.clone()];
    let places = NUMBERS.places(words).map(|(at, _)| at);
    let places: Vec<_> = places.filter(|at| *at > 0).collect();
    let mut tried = places.iter().take(MOST_TRIES);
    let told_apart = tried.find_map(|&at| Some((line.start + at, headings(&words[at..])?)));
    let Some((place, columns)) = told_apart else {
        let scattered = |rows: Vec<Row>| Table {
            rows,
            layout: Layout::Scattered,
        };
        let heads = nothing_but_headings(words).then(|| line.clone());
        let counted = || up_to_the_first_number(text, line, &places);
        let heads = heads.or_else(counted);
        if let Some(found) = heads
            .as_ref()
            .and_then(|heads| bodies_last(text, lines, heads))
        {
            return Some(found);
        }
        let heads = heads.or_else(|| without_numbers(text, line));
        return heads.map(|heads| {
            let rest = trimmed(text, heads.end..line.end);
            (Some(scattered(vec![Row::of([heads, rest])])), 1)
        });
    };
    let head = row_of(text, place, &columns);
    let at = place + length(&columns);
    if at == line.end {
        return None;
    }
    if columns_interleave(&text[at..line.end]) {
        let table = Table {
            rows: vec![head, Row::of([trimmed(text, at..line.end)])],
            layout: Layout::Scattered,
        };
        return Some((Some(table), 1));
    }
    Some(one_blob(text, lines, head, at))
}

/// The cells of headings that follow each other.
pub(super) fn row_of(text: &str, start: usize, columns: &[(Column, usize)]) -> Row {
    let mut at = start;
    let cells = columns.iter().map(|(_, len)| {
        at += len;
        trimmed(text, at - len..at)
    });
    Row::of(cells)
}

/// The headings of a responsibility table that words begin with, each with its length; several, or they may be words of the
/// text.
fn headings(words: &str) -> Option<Vec<(Column, usize)>> {
    const FEWEST: usize = 3;
    let columns = glued_of_own_words(words);
    let known: Vec<_> = columns.iter().map(|(column, _)| Some(*column)).collect();
    (columns.len() >= FEWEST && named(&known)).then_some(columns)
}

pub(super) fn length(columns: &[(Column, usize)]) -> usize {
    columns.iter().map(|(_, len)| len).sum()
}

/// Whether a line is nothing but headings of a responsibility table, glued: 实事内容工作任务责任单位.
fn nothing_but_headings(words: &str) -> bool {
    const LONGEST: usize = 60;
    if words.chars().nth(LONGEST).is_some() || words.contains([' ', '|']) {
        return false;
    }
    headings(words).is_some_and(|columns| length(&columns) == words.len())
}

/// From a heading of numbers to the first of them, if nothing but headings may stand between, and one of them is of bodies.
fn up_to_the_first_number(
    text: &str,
    line: &Range<usize>,
    places: &[usize],
) -> Option<Range<usize>> {
    const LONGEST: usize = 100;
    const FEWEST: usize = 8;
    places.iter().map(|at| line.start + at).find_map(|start| {
        let far = text[start..line.end].char_indices().nth(LONGEST);
        let far = far.map_or(line.end, |(len, _)| start + len);
        let words = &text[start..far];
        let mut ones = words.match_indices('1').map(|(at, _)| at);
        let number = ones.find(|&at| {
            let after = words[at + 1..].chars().next();
            after.is_some_and(|c| is_han(c) && !UNITS.contains(c))
                && !words[..at].ends_with(|c: char| c.is_ascii_digit())
        });
        let number = start + number?;
        let words = &text[start..number];
        let heads = !words.contains(['。', ',', '、', ';', ':', '|'])
            && words.chars().count() >= FEWEST
            && glued_among(words);
        heads.then_some(start..number)
    })
}

/// Rows that end with bodies, as their headings do, whatever stands between these and the numbers:
/// 序号类别2023年目标值责任部门1平均寿命(岁)78市卫生健康委.
fn bodies_last(text: &str, lines: &[Line], heads: &Range<usize>) -> Option<(Option<Table>, usize)> {
    const FEWEST: usize = 4;
    let words = &text[heads.clone()];
    let number = NUMBERS.start(words)?;
    let bodies = heads.start + last_of_parties(words)?;
    let between = heads.start + number.len()..bodies;
    let head = [heads.start..between.start, between, bodies..heads.end];
    let (table, count) = one_blob(text, lines, Row::of(head), heads.end);
    let rows = table.as_ref().map_or(0, |table| table.rows.len());
    (rows >= FEWEST).then_some((table, count))
}

/// Headings of a table that does not number its rows, in the middle of a line: 工作举措牵头单位责任单位. Only several of
/// bodies at once are no words of the text.
fn without_numbers(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    const BODIES: [&str; 2] = ["单位", "部门"];
    const NEAR: usize = 8;
    const BEFORE: usize = 16;
    let words = &text[line.clone()];
    let ends = words.match_indices(BODIES[0]);
    let mut ends = ends.map(|(at, body)| at + body.len()).filter(|&end| {
        let near = words[end..].char_indices().nth(NEAR);
        let near = &words[end..near.map_or(words.len(), |(len, _)| end + len)];
        let next = BODIES.iter().filter_map(|body| near.find(body)).min();
        next.is_some_and(|next| near[..next].chars().all(is_han))
    });
    let end = ends.next()?;
    let starts = words[..end].char_indices().rev().take(BEFORE);
    starts.map(|(at, _)| at).find_map(|start| {
        let columns = headings(&words[start..])?;
        let of_parties = columns.iter().filter(|(column, _)| column.names_parties());
        let end = start + length(&columns);
        let stated = words[end..].starts_with([':', '(']);
        (of_parties.count() > 1 && !stated).then(|| line.start + start..line.start + end)
    })
}

/// Whether signs stand by themselves, as where each line of a page holds pieces of several cells: 、 一 目标 , 局 ( ).
pub(super) fn columns_interleave(words: &str) -> bool {
    const NEAR: usize = 400;
    const FEWEST: usize = 4;
    let mut tokens = words.split(' ').take(NEAR);
    let sign = |token: &&str| !token.is_empty() && token.chars().all(|c| "、,。;:()".contains(c));
    tokens.by_ref().filter(sign).count() >= FEWEST
}

/// Everything behind the headings, split where the number that is expected next follows the end of a name or sentence.
pub(super) fn one_blob(
    text: &str,
    lines: &[Line],
    head: Row,
    start: usize,
) -> (Option<Table>, usize) {
    const SEVERAL: usize = 3;
    /// So many numbers may be lost.
    const MOST_LOST: usize = 4;
    // Behind an empty line the text goes on, unless another row stands there.
    let ends = |line: &Line| {
        let row = is_number(&text[line.range.clone()], false);
        line.after_gap && line.range.start > start && !row
    };
    let count = lines.iter().position(ends).unwrap_or(lines.len());
    let end = lines[count - 1].range.end;
    let last = head.cells.last().map(|cell| &text[cell.range.clone()]);
    let times_last = last.and_then(column) == Some(Column::States(Slot::Deadline));
    let mut rows = vec![head];
    let mut at = start;
    let mut next = digits(&text[at..end]).map_or(1, |(number, _)| number);
    let mut begun: Option<(usize, usize)> = None;
    let record = |(number, body): (usize, usize), end: usize| {
        Row::of([number..body, trimmed(text, body..end)])
    };
    let mut missed = 0;
    while missed < MOST_LOST
        && let Some((value, place, body)) = next_row(text, at..end, next, times_last)
    {
        let section = section_before(text, at..place);
        let end = section.as_ref().map_or(place, |section| section.start);
        if let Some(before) = begun.replace((place, body)) {
            // Where the next number is lost, two rows stand in one.
            rows.push(if value > next {
                Row::from(vec![Cell::of(before.0..end)])
            } else {
                record(before, end)
            });
        }
        rows.extend(section.map(|section| Row::of([section])));
        at = body;
        missed += usize::from(value > next);
        next = value + 1;
    }
    // Where each row has a line, what stands below the last is none of it.
    let whole = |row: &Row| !text[hull(row.cells.iter().map(|cell| &cell.range))].contains('\n');
    let a_line_each = rows.len() > SEVERAL && rows[1..].iter().all(whole);
    let line_end = |at: usize| text[at..end].find('\n').map_or(end, |len| at + len);
    rows.extend(begun.map(|last| {
        let end = if a_line_each { line_end(last.1) } else { end };
        record(last, end)
    }));
    let table = Table {
        rows,
        layout: Layout::Glued,
    };
    (Some(table), count)
}

/// The number of the next row, where it stands, and where it ends: the one behind it, if `number` is lost.
fn next_row(
    text: &str,
    range: Range<usize>,
    number: u32,
    times_last: bool,
) -> Option<(u32, usize, usize)> {
    let own = expected(text, range.clone(), number, times_last);
    let behind = || {
        let end = own.map_or(range.end, |(at, _)| at);
        let (at, body) = expected(text, range.start..end, number + 1, times_last)?;
        // Before one that is there, two others show that it is no number of a row.
        let two = own.is_none() || expected(text, body..end, number + 2, times_last).is_some();
        two.then_some((number + 1, at, body))
    };
    behind().or_else(|| own.map(|(at, body)| (number, at, body)))
}

/// Where `number` stands next in `range` as a number of the sequence, and where it ends.
fn expected(
    text: &str,
    range: Range<usize>,
    number: u32,
    times_last: bool,
) -> Option<(usize, usize)> {
    const ENDS_OF_TIMES: [&str; 7] = [
        "底前",
        "日前",
        "月前",
        "年底",
        "月底",
        "持续推进",
        "长期坚持",
    ];
    let sought = number.to_string();
    text[range.clone()]
        .match_indices(&sought)
        .map(|(offset, _)| range.start + offset)
        .find_map(|at| {
            let end = at + sought.len();
            let before = &text[range.start..at];
            let timed = times_last && ENDS_OF_TIMES.iter().any(|time| before.ends_with(time));
            let before = before.chars().next_back();
            let after = text[end..range.end].trim_start_matches([' ', '\n', '.', '、']);
            // 103岁以下儿童 is the tenth row, 100个 no row; 底前45G基站 is the fourth one.
            let figure = |c: char| {
                (number > 9 || timed)
                    && after.len() == text[end..range.end].len()
                    && ('1'..='9').contains(&c)
            };
            // 7"五小"行业 begins a line.
            let quoted =
                |c: char| matches!(c, '"' | '《') && before.is_none_or(char::is_whitespace);
            let begins = after.chars().next().is_some_and(|c| {
                is_han(c) && (timed || !UNITS.contains(c)) || figure(c) || quoted(c)
            });
            let ends = before.is_none_or(|c| c.is_whitespace() || ends_row(c, times_last));
            let ends = || ends || section_before(text, range.start..at).is_some();
            (begins && ends()).then_some((at, end))
        })
}

/// Whether a row may end with a character: that of a name, or of a time.
fn ends_row(c: char, times_last: bool) -> bool {
    const NAMES: &str = "。)局委办厅部署会院行室队心区县市镇乡道府司团处科联组站馆所实责合等门位";
    const TIMES: &str = "底末前月日期持进";
    NAMES.contains(c) || times_last && TIMES.contains(c)
}

/// The heading of a section with which words end, behind a row that is whole: 二、产业升级.
fn section_before(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    const LONGEST: usize = 30;
    let words = text[range.clone()].trim_end();
    let range = range.start..range.start + words.len();
    let from = words.char_indices().rev().take(LONGEST).last()?.0;
    let (at, sign) = words[from..]
        .rmatch_indices('、')
        .find(|(at, _)| words[..from + at].ends_with(is_han_numeral))?;
    let title = &words[from + at + sign.len()..];
    let numeral = words[..from + at].trim_end_matches(is_han_numeral).len();
    let says = title.chars().all(|c| is_han(c) || c == '、') && title.chars().count() > 1;
    says.then(|| trimmed(text, range.start + numeral..range.end))
}
