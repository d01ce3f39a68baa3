//! Rows of glued cells that have a line each, below headings that are a line by themselves: 序号工作内容责任单位, 1修路。市交通局.

use super::{Found, ends_row, expected, headings, length, row_of};
use crate::{
    line::{Line, ends_sentence, trimmed},
    number::UNITS,
    role,
    table::{
        Cell, Column, Layout, Row, Table, cell,
        flat::{LINES_OF_A_CELL, is_tab, stream::is_section},
    },
};
use domain::fold::{Folded, is_han};
use std::ops::Range;

/// Where a row begins: with its number, behind what it belongs to.
struct Start {
    category: Option<Range<usize>>,
    number: Range<usize>,
    value: u32,
}

/// The rows below headings. Their numbers may have a column, or stand before the tasks: 工作内容责任单位, 1.修路。市交通局.
/// Headings alone may be glued, above rows that are not: those are left to others.
pub(in crate::table::flat) fn below_headings(folded: &Folded, lines: &[Line]) -> Found {
    const SEVERAL: usize = 3;
    let text = folded.text();
    let [line, below, ..] = lines else {
        return None;
    };
    // The first row may stand below the heading of a section.
    let in_section = is_section(text, &below.range);
    let first = if in_section { lines.get(2)? } else { below };
    start(text, &first.range, 1, true, true)?;
    let columns = whole_line(text, &line.range)?;
    let (before, behind) = (columns[0].0, columns[columns.len() - 1].0);
    let counted = columns.iter().any(|(column, _)| *column == Column::Number);
    let begins = counted || before.says_what() || before == Column::Section;
    if !begins {
        return None;
    }
    let categories = before != Column::Number;
    let times_last = !behind.names_parties();
    let (mut begun, mut count) = begun(text, lines, categories, times_last);
    // The heading of a section without a row stands below the table.
    while let Some((at, _)) = begun.pop_if(|(_, start)| start.is_none()) {
        count = at;
    }
    // Where each row has a line, what stands below the last is none of it.
    let a_line_each = begun.windows(2).all(|pair| pair[1].0 == pair[0].0 + 1);
    let (last, _) = begun.last()?;
    if a_line_each && begun.len() > SEVERAL {
        count = last + 1;
    }
    count = below_last(text, &lines[..count], *last, times_last).unwrap_or(count);
    let ends: Vec<_> = begun.iter().skip(1).map(|(at, _)| *at).collect();
    let values: Vec<_> = begun
        .iter()
        .map(|(_, start)| start.as_ref().map(|start| start.value))
        .collect();
    let end_of = |index: usize| {
        let end = ends.get(index).copied().unwrap_or(count);
        lines[end - 1].range.end
    };
    let starts = begun.iter().enumerate();
    let own = starts.filter_map(|(index, (_, start))| {
        let number = &start.as_ref()?.number;
        Some(is_glued(folded, number.start..end_of(index), columns.len()))
    });
    let (glued, apart): (Vec<_>, Vec<_>) = own.partition(|glued| *glued);
    if glued.len() <= apart.len() {
        return None;
    }
    let mut rows = vec![row_of(text, line.range.start, &columns)];
    for (index, (at, start)) in begun.into_iter().enumerate() {
        let end = end_of(index);
        match start {
            Some(start) => {
                let next = values[index + 1..].iter().flatten().next().copied();
                push(text, &mut rows, start, end, next, times_last);
            }
            None => rows.push(Row::of([lines[at].range.clone()])),
        }
    }
    let table = Table {
        rows,
        layout: Layout::Glued,
    };
    Some((Some(table), count))
}

/// The line behind the last row, whose bodies stand, that is a sentence or says what follows: 工作要求:.
fn below_last(text: &str, lines: &[Line], last: usize, times_last: bool) -> Option<usize> {
    let words = |at: usize| &text[lines[at].range.clone()];
    let ends = |at: &usize| words(*at).ends_with(|c| ends_sentence(c) || c == ':');
    let at = (last + 1..lines.len()).find(ends)?;
    let whole = words(at - 1).ends_with(|c| c != '。' && ends_row(c, times_last));
    let said = || words(last).contains(ends_sentence);
    (whole && said()).then_some(at)
}

/// Whether nothing separates the cells of a row: no tab, no line, as many spaces as columns, no label in a bracket; and behind
/// a sentence words follow that are none.
fn is_glued(folded: &Folded, row: Range<usize>, columns: usize) -> bool {
    let text = folded.text();
    let words = &text[row.clone()];
    let tabbed = || {
        words
            .match_indices(' ')
            .any(|(at, _)| is_tab(folded, row.start + at))
    };
    let labelled = |words: &str| role::label(words.trim_start_matches(['(', '['])).is_some();
    let in_bracket = || {
        words
            .match_indices(['(', '['])
            .any(|(at, _)| labelled(&words[at..]))
    };
    if tabbed() || in_bracket() {
        return false;
    }
    let bodies = |words: &str| cell::is_of_bodies(words, cell::may_be_body);
    let (mut glued, mut before) = (false, "");
    for line in words.split('\n').map(|line| line.trim_matches(' ')) {
        let Some((at, stop)) = line.char_indices().rfind(|(_, c)| ends_sentence(*c)) else {
            // A cell that has the line for itself.
            if bodies(line) && !bodies(before) && !before.ends_with(['、', ',']) {
                return false;
            }
            continue;
        };
        let behind = &line[at + stop.len_utf8()..];
        let cells = || {
            let body = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            1 + body.split_whitespace().count()
        };
        let spaced = behind.starts_with(' ')
            || behind.contains(' ') && cells() >= columns && !bodies(behind);
        before = behind.trim_start_matches(['"', ')', ' ']);
        if labelled(before) || spaced {
            return false;
        }
        glued |= !before.is_empty();
    }
    glued
}

/// The headings that a line is, if nothing else stands in it.
fn whole_line(text: &str, line: &Range<usize>) -> Option<Vec<(Column, usize)>> {
    const LONGEST: usize = 60;
    let words = &text[line.clone()];
    let glued = words.chars().nth(LONGEST).is_none() && !words.contains([' ', '|']);
    let columns = glued.then(|| headings(words)).flatten()?;
    (length(&columns) == words.len()).then_some(columns)
}

/// The lines with which rows begin, and the headings of sections among them; and how many lines were looked through.
fn begun(
    text: &str,
    lines: &[Line],
    categories: bool,
    times_last: bool,
) -> (Vec<(usize, Option<Start>)>, usize) {
    let mut begun: Vec<(usize, Option<Start>)> = vec![];
    let mut next = 1;
    let mut a_line_each = true;
    for (index, line) in lines.iter().enumerate().skip(1) {
        let before = &text[lines[index - 1].range.clone()];
        // The row above has no bodies yet.
        let open =
            index > 1 && before.ends_with(|c| ends_sentence(c) || matches!(c, '、' | ',' | ':'));
        let at_start = |next| {
            let row = start(text, &line.range, next, categories, a_line_each && !open)?;
            let again = |line: &Line| {
                let own = start(text, &line.range, row.value, categories, false);
                own.is_some_and(|own| own.value == row.value)
            };
            // 2万户 goes on with what is to be done, where another 2 stands below.
            let mut below = lines[index + 1..].iter().take(LINES_OF_A_CELL);
            (!open || !below.any(again)).then_some(row)
        };
        // The line before may hold several rows.
        let inside = || {
            let mut behind = lines[index - 1].range.clone();
            let mut next = next;
            while let Some((_, body)) = expected(text, behind.clone(), next, times_last) {
                behind.start = body;
                next += 1;
            }
            at_start(next)
        };
        let row = at_start(next).or_else(inside);
        let begins = row.is_some() || is_section(text, &line.range);
        let last = begun.last().map_or(0, |(last, _)| *last);
        let ends = || index > last + LINES_OF_A_CELL || whole_line(text, &line.range).is_some();
        // Behind an empty line the text goes on, unless another row stands there.
        if !begins && (line.after_gap || ends()) {
            return (begun, index);
        }
        a_line_each &= begins;
        next = row.as_ref().map_or(next, |row| row.value + 1);
        begun.extend(begins.then_some((index, row)));
    }
    (begun, lines.len())
}

/// The row that a line begins if its number is `next`, or a little more, where numbers were lost in the lines before. Where
/// each row before has a line, figures and units may follow the number: 25G基站, 3家政服务.
fn start(
    text: &str,
    line: &Range<usize>,
    next: u32,
    categories: bool,
    a_line_each: bool,
) -> Option<Start> {
    const LONGEST: usize = 16;
    const LOST: u32 = 2;
    let words = &text[line.clone()];
    let at = words
        .char_indices()
        .take(LONGEST)
        .find(|(_, c)| c.is_ascii_digit());
    let (category, counted) = words.split_at(at?.0);
    let says = |c: char| is_han(c) || "、()与".contains(c);
    let may_stand = category.is_empty() || categories && category.chars().all(says);
    if !may_stand {
        return None;
    }
    let lost = if next > 1 { LOST } else { 0 };
    // 1月15日 begins a text.
    let dated = |first: char| next == 1 && "年月日号".contains(first);
    let value = (next..=next + lost).find(|value| {
        let behind = counted.strip_prefix(&*value.to_string());
        behind.is_some_and(|behind| {
            let words = behind.trim_start_matches(['.', '、', ' ']);
            let Some(first) = words.chars().next() else {
                return false;
            };
            let sign = words.len() < behind.len();
            let clear =
                is_han(first) && (sign || !UNITS.contains(first)) || "\"《(".contains(first);
            let figure = || {
                let goes_on =
                    is_han(first) || first.is_ascii_alphabetic() || ('1'..='9').contains(&first);
                goes_on && !dated(first) && !sign && a_line_each && *value == next
            };
            clear || figure()
        })
    })?;
    let number = line.start + category.len();
    Some(Start {
        category: (!category.is_empty()).then_some(line.start..number),
        number: number..number + value.to_string().len(),
        value,
    })
}

/// The row up to `end`, and those whose numbers stand in the middle of its lines, before the row that is `next`.
fn push(
    text: &str,
    rows: &mut Vec<Row>,
    mut start: Start,
    end: usize,
    next: Option<u32>,
    times_last: bool,
) {
    loop {
        let behind = start.number.end..end;
        let lost = next.is_some_and(|next| next > start.value + 1);
        let another = (lost || next.is_none())
            .then(|| expected(text, behind, start.value + 1, times_last))
            .flatten();
        let Some((at, body)) = another else {
            // Where the next number is lost, two rows stand in one.
            rows.push(if lost {
                Row::from(vec![Cell::of(start.number.start..end)])
            } else {
                record(text, start, end)
            });
            return;
        };
        let value = start.value + 1;
        rows.push(record(text, start, at));
        start = Start {
            category: None,
            number: at..body,
            value,
        };
    }
}

fn record(text: &str, start: Start, end: usize) -> Row {
    let body = text[start.number.end..end].trim_start_matches(['.', '、', ' ']);
    let body = trimmed(text, end - body.len()..end);
    Row::of(start.category.into_iter().chain([start.number, body]))
}
