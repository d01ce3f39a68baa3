//! Forms that repeat the headings of a table for each of its rows, one after another, with what is of each behind a space or on
//! the lines below it: 序号, 1, 牵头单位, 甲局, and again 序号, 2, 牵头单位, 乙局, as pages are written for narrow screens.

use super::Found;
use crate::{
    label,
    line::{Line, trimmed},
    table::{
        Layout, Row, Table,
        column::{Column, column},
    },
};
use std::ops::Range;

/// The first of two forms has no more lines.
const LONGEST: usize = 80;

/// No heading is longer, in bytes.
const LONGEST_HEADING: usize = 12 * '字'.len_utf8();

/// No form has fewer headings.
const FEWEST: usize = 3;

/// The forms that begin with the line at `at`, if there are several.
pub(super) fn cards(text: &str, lines: &[Line], at: usize) -> Found {
    let known = repeated(text, lines, at)?;
    let lines = &lines[at..];
    let of_form =
        |line: &Line| heading(text, line).filter(|range| known.contains(&&text[range.clone()]));
    let ends = |line: &&Line| of_form(line).is_some() || begins_section(text, line);
    let mut rows: Vec<Row> = vec![];
    let mut at = 0;
    // How many lines what stands below the last heading of a form has at most.
    let mut last = 1;
    while let Some(head) = lines.get(at).and_then(of_form) {
        let below = lines[at + 1..].iter().take(LONGEST);
        let below = below.take_while(|line| !ends(line)).count();
        let goes_on = lines.get(at + 1 + below).and_then(of_form).is_some();
        // What stands below the last form is none of it.
        let below = if goes_on { below } else { below.min(last) };
        if known.last() == Some(&&text[head.clone()]) {
            last = last.max(below);
        }
        let value = trimmed(text, head.end..lines[at + below].range.end);
        if !value.is_empty() {
            rows.push(Row::of([head, value]));
        }
        at += 1 + below;
    }
    let layout = Layout::Lines;
    Some((Some(Table { rows, layout }), at))
}

/// The headings of a form, if it begins with a number or a task, says who answers, and the next one has all of them again, or
/// has all that the one before it has, as where a section between them begins. Below 2.修路 a form without a number says more of
/// that.
fn repeated<'t>(text: &'t str, lines: &[Line], at: usize) -> Option<Vec<&'t str>> {
    let first = heading(text, &lines[at])?;
    let words = &text[first.clone()];
    let counted = match column(words)? {
        Column::Number => true,
        Column::Task => false,
        _ => return None,
    };
    // Few lines are headings, and fewer stand twice.
    let same = |line: &Line| {
        text[line.range.clone()].starts_with(words)
            && heading(text, line).is_some_and(|range| &text[range] == words)
    };
    let next = || {
        let below = lines[at + 1..].iter().take(LONGEST).position(same)?;
        Some((at, at + 1 + below))
    };
    let before = || {
        let near = at.saturating_sub(LONGEST);
        let above = lines[near..at].iter().rposition(same)?;
        Some((near + above, at))
    };
    let (one, other) = next().or_else(before)?;
    let labelled = |line: &Line| label::at(text, line.range.start).is_some();
    if !counted && lines[one.saturating_sub(1)..other].iter().any(labelled) {
        return None;
    }
    let known = headings(text, &lines[one..other]);
    let again = &lines[other..lines.len().min(other + LONGEST)];
    let names = |heading: &&str| column(heading).is_some_and(Column::names_parties);
    // 序号 and 任务 on lines that follow each other head columns.
    let whole = |line: &Line| heading(text, line).is_some_and(|range| range == line.range);
    let in_columns = whole(&lines[one]) && whole(&lines[one + 1]);
    let said = known.len() >= FEWEST && known.iter().any(names) && !in_columns;
    (said && headings(text, again).starts_with(&known)).then_some(known)
}

/// The heading that a line begins with before a space, or is.
fn heading(text: &str, line: &Line) -> Option<Range<usize>> {
    let words = &text[line.range.clone()];
    // Every line is asked, and few are so short.
    let is_heading = |words: &str| words.len() <= LONGEST_HEADING && column(words).is_some();
    let first = words.split_once(' ').map(|(first, _)| first);
    let first = first.filter(|first| is_heading(first));
    let len = first.or_else(|| is_heading(words).then_some(words))?.len();
    Some(line.range.start..line.range.start + len)
}

/// The words of all headings of some lines.
fn headings<'t>(text: &'t str, lines: &[Line]) -> Vec<&'t str> {
    let found = lines.iter().filter_map(|line| heading(text, line));
    found.map(|range| &text[range]).collect()
}

/// Whether a section begins between two forms: 二、改善交通.
fn begins_section(text: &str, line: &Line) -> bool {
    label::at(text, line.range.start).is_some_and(|label| label.style <= label::Style::HanBracketed)
}
