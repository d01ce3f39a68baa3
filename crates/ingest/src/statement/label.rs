//! Where labels stand in a clause.

use crate::{
    line::trimmed,
    role::{Slot, glued_label, label, label_behind, may_begin_label, spaced_label, stated_label},
};
use domain::vocabulary::Role;
use std::ops::Range;

/// Where a range ends without the number of the label in the next line: (三) of (三)协办单位.
pub(super) fn before_number(text: &str, range: Range<usize>) -> usize {
    let line = text[range.clone()].rfind('\n');
    let number = line.filter(|at| {
        let next = trimmed(text, range.start + at..range.end);
        crate::label::at(text, next.start).is_some_and(|label| label.end >= next.end)
    });
    number.map_or(range.end, |at| range.start + at)
}

/// The labels in `range`: what stands behind each, its words, and where that begins.
pub(super) fn labels(text: &str, range: Range<usize>) -> Vec<(Slot, Range<usize>, usize)> {
    let mut found = vec![];
    let (mut edge, mut stop) = (true, true);
    let mut next = range.start;
    for (offset, c) in text[range.clone()].char_indices() {
        let at = range.start + offset;
        if at < next {
            continue;
        }
        let rest = &text[at..range.end];
        // A label of four characters needs no sign before it, nor does 责任人: 甲局配合单位:乙局.
        let begins = || {
            at == range.start
                || text[..at].trim_end_matches(' ').ends_with('\n')
                || is_numbered(text, at)
        };
        let first = || spaced_label(rest).filter(|_| begins());
        let known = || {
            let before = text[range.start..at].chars().next_back();
            label_behind(before.unwrap_or(' '), rest)
                .filter(|(_, words, _)| {
                    edge || *words >= "责任单位".len() || &rest[..*words] == "责任人"
                })
                .or_else(|| stated_label(rest).filter(|_| edge))
                .or_else(|| glued_label(rest).filter(|_| edge))
                .or_else(first)
        };
        let known = may_begin_label(rest).then(known).flatten();
        if let Some((slot, words, whole)) = known.or_else(|| other_label(rest).filter(|_| stop)) {
            found.push((slot, at..at + words, at + whole));
            next = at + whole;
        }
        edge = !domain::fold::is_han(c) && !c.is_ascii_alphanumeric();
        stop = edge && !"、(".contains(c);
    }
    found
}

/// Whether nothing but a number stands before `at` in its line: (3)协同单位.
fn is_numbered(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let start = at - text[start..at].trim_start().len();
    crate::label::at(text, start).is_some_and(|label| label.end == at)
}

/// A few characters with a colon behind a sign are some other label: 工作措施:, 备注:.
fn other_label(text: &str) -> Option<(Slot, usize, usize)> {
    const LONGEST: usize = 8;
    let mut places = text.char_indices().take(LONGEST + 1);
    let (len, _) = places.find(|(_, c)| !domain::fold::is_han(*c))?;
    // )人民政府完成时限: ends a name, and then begins a label that is known.
    let known = |(at, _): (usize, char)| {
        label(&text[at..]).is_some_and(|(_, words, _)| words >= "责任单位".len())
    };
    let is_label = len > '字'.len_utf8()
        && text[len..].starts_with(':')
        && !text[..len].char_indices().any(known);
    // 粤方:甲厅;港方:乙局 are the sides that do it together.
    let is_side = text[..len].ends_with('方') && len == "粤方".len();
    let slot = if is_side {
        Slot::Parties(Role::Responsible)
    } else {
        Slot::Other
    };
    is_label.then_some((slot, len, len + 1))
}
