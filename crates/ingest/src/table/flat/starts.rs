//! Where rows begin among cells that follow each other: at what counts on.

use super::{counter::Counter, stream::is_section};
use crate::label::{self, Style};
use domain::fold::is_han;
use std::ops::Range;

/// Where rows begin: at the numbers of a column, at labels of their own, or at the numbers of cases.
pub(super) fn row_starts(
    text: &str,
    cells: &[Range<usize>],
    width: usize,
    counted: bool,
) -> Vec<usize> {
    let by = |counter| starts(text, cells, width, counter);
    let none = Vec::is_empty;
    let mut found = if counted { by(Counter::of) } else { vec![] };
    if none(&found) {
        found = labels(text, cells);
    }
    if counted && none(&found) {
        found = by(Counter::of_numeral);
    }
    if counted && none(&found) {
        found = codes(text, cells);
    }
    found
}

/// How far the number of the first row stands from the headings at most, and one number from the next.
pub(super) const FURTHEST: usize = 64;

/// How many cells stand at most between the headings of columns and the first row.
const FURTHEST_SECTION: usize = 8;

/// The cells that are numbers of the sequence. A value in the middle of a row is none, unless the sequence expects it.
pub(super) fn starts(
    text: &str,
    cells: &[Range<usize>],
    width: usize,
    counter_of: fn(&str) -> Option<Counter>,
) -> Vec<usize> {
    let mut starts: Vec<usize> = vec![];
    let mut last: Option<Counter> = None;
    for (index, cell) in cells.iter().enumerate() {
        if index - starts.last().copied().unwrap_or(0) > FURTHEST {
            break;
        }
        let Some(counter) = counter_of(&text[cell.clone()]) else {
            continue;
        };
        let since = starts.last().map_or(width, |start| index - start);
        let begins = match &last {
            None => counter.is_early(),
            Some(last) if counter.follows(last) => {
                let value = || is_value(text, &cells[index..], &counter, counter_of);
                since > 1 && (since == width || !value())
            }
            // Rows may be left out, and counted anew.
            Some(last) => {
                let on = counter.goes_on_from(last) || counter.is_first() && last.is_plain();
                // (二)突出问题清单 before 1 begins another list.
                let section = || counter.is_first() && is_section(text, &cells[index - 1]);
                let anew = || section() || !counts_on(text, &cells[index..], last, counter_of);
                since >= width && on && anew()
            }
        };
        if begins {
            starts.push(index);
            last = Some(counter);
        }
    }
    starts
}

/// Whether the first cell is a value rather than the number of a row: another figure stands behind it, and words behind the same
/// number below.
fn is_value(
    text: &str,
    cells: &[Range<usize>],
    number: &Counter,
    counter_of: fn(&str) -> Option<Counter>,
) -> bool {
    let says = |at: usize| {
        let cell = cells.get(at);
        cell.is_some_and(|cell| text[cell.clone()].contains(is_han))
    };
    let figure = |at: usize| cells.get(at).is_some_and(|cell| !cell.is_empty()) && !says(at);
    let same = |at: &usize| counter_of(&text[cells[*at].clone()]).as_ref() == Some(number);
    let near = 2..cells.len().min(FURTHEST);
    figure(1) && near.into_iter().filter(same).any(|at| says(at + 1))
}

/// Whether the next two numbers behind `last` are still to come, so that what stands before them is a value.
fn counts_on(
    text: &str,
    cells: &[Range<usize>],
    last: &Counter,
    counter_of: fn(&str) -> Option<Counter>,
) -> bool {
    let next = |cells: &[Range<usize>], last: &Counter| {
        let counters = cells.iter().take(FURTHEST).enumerate();
        let mut counters =
            counters.filter_map(|(at, cell)| Some((at, counter_of(&text[cell.clone()])?)));
        counters.find(|(at, counter)| *at > 1 && counter.follows(last))
    };
    next(cells, last).is_some_and(|(at, counter)| next(&cells[at..], &counter).is_some())
}

/// Whether words are the number of a case rather than one that counts: 2024007.
pub(super) fn is_code(words: &str) -> bool {
    (5..=12).contains(&words.len()) && words.chars().all(|c| c.is_ascii_digit())
}

/// The cells that are numbers of cases, of as many figures as the first one.
fn codes(text: &str, cells: &[Range<usize>]) -> Vec<usize> {
    let is_first = |cell: &Range<usize>| is_code(&text[cell.clone()]);
    let Some(first) = cells.first().filter(|first| is_first(first)) else {
        return vec![];
    };
    let like = |at: &usize| cells[*at].len() == first.len() && is_first(&cells[*at]);
    (0..cells.len()).filter(like).collect()
}

/// Where cells begin with a number of their own, 1. or (一), the first of each row: those that follow each other in sequence.
pub(super) fn labels(text: &str, cells: &[Range<usize>]) -> Vec<usize> {
    let mut labels = labels_of(text, cells);
    // The headings of sections may stand in merged cells before the first row.
    let in_sections = cells.first().is_some_and(|cell| is_section(text, cell));
    let whole = |index: usize, label: &label::Label| label.end >= cells[index].end;
    let first = labels.find(|(index, label)| {
        let inner = label.style > Style::HanBracketed || whole(*index, label);
        *index == 0 || in_sections && inner
    });
    let Some((start, first)) = first.filter(|(index, _)| *index < FURTHEST_SECTION) else {
        return vec![];
    };
    let starts = counting_on(start, &first, labels);
    // (一) is the heading of a section, and no row, where the numbers below it go on behind (二).
    if start == 0 && in_sections {
        let below = labels_of(text, cells).skip(1);
        let inner = below
            .clone()
            .next()
            .filter(|(index, label)| *index == 1 && label.style > first.style && label.number == 1);
        if let Some((start, first)) = inner {
            let again = |(_, label): &(usize, label::Label)| {
                label.style == first.style && label.number == 1
            };
            // Where measures of each count anew, they are none of their own.
            if below.clone().skip(1).any(|label| again(&label)) {
                return starts;
            }
            let own = counting_on(start, &first, below.skip(1));
            let behind_next = starts.get(1).is_some_and(|next| own.last() > Some(next));
            if behind_next {
                return own;
            }
        }
    }
    if starts.len() > 1 { starts } else { vec![] }
}

/// The cells that begin with a label and have words, or nothing, behind it.
fn labels_of<'c>(
    text: &'c str,
    cells: &'c [Range<usize>],
) -> impl Iterator<Item = (usize, label::Label)> + Clone + 'c {
    cells.iter().enumerate().filter_map(|(index, cell)| {
        let label = label::at(text, cell.start).filter(|label| label.range.end <= cell.end)?;
        (label.style > Style::Han).then_some((index, label))
    })
}

/// A cell with a label and those behind it whose labels follow in sequence.
fn counting_on(
    start: usize,
    first: &label::Label,
    labels: impl Iterator<Item = (usize, label::Label)>,
) -> Vec<usize> {
    let mut starts = vec![start];
    let mut last = first.number;
    for (index, label) in labels {
        let since = index - starts.last().copied().unwrap_or(0);
        if since > FURTHEST {
            break;
        }
        if label.style == first.style && label.number == last + 1 && since > 1 {
            starts.push(index);
            last = label.number;
        }
    }
    starts
}
