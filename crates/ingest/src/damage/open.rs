//! Line ends and page marks between a bracket and the one that closes it.

use super::page;
use crate::{
    label,
    line::{Line, lines},
};
use std::ops::Range;

/// No clause is longer, in bytes; a bracket that is open for longer is one that was never closed.
const LONGEST: usize = 1200;

/// Line ends and page marks between a bracket and the one that closes it.
pub(super) fn breaks(text: &str) -> Vec<Range<usize>> {
    let lines = lines(text);
    let mut noise = vec![];
    let mut open: Vec<usize> = vec![];
    for (index, line) in lines.iter().enumerate() {
        for (offset, c) in text[line.range.clone()].char_indices() {
            match c {
                '(' | '[' => open.push(line.range.start + offset),
                ')' | ']' => drop(open.pop()),
                _ => {}
            }
        }
        let end = line.range.end;
        open.retain(|start| end - start <= LONGEST);
        if open.is_empty() {
            continue;
        }
        match going_on(text, &lines[index + 1..], end) {
            Some(next) => noise.push(end..next),
            None => open.clear(),
        }
    }
    noise
}

/// Where the text behind a line that breaks off inside a bracket goes on, if the bracket is closed there and no heading
/// or label comes before.
fn going_on(text: &str, lines: &[Line], end: usize) -> Option<usize> {
    const FARTHEST: usize = 8;
    let mut next = None;
    // How many brackets are open that the one before was not closed by.
    let mut depth = 1_usize;
    for line in lines.iter().take(FARTHEST) {
        let words = &text[line.range.clone()];
        if page::is_mark(words) {
            continue;
        }
        if let Some(next) = behind_page_mark(text, line, end) {
            return Some(next);
        }
        let starts_anew =
            label::at(text, line.range.start).is_some() || crate::role::label(words).is_some();
        if starts_anew || line.range.end - end > LONGEST {
            return None;
        }
        next = next.or(Some(line.range.start));
        if !words.contains(['(', ')', '[', ']']) && words.contains('。') {
            return None;
        }
        for c in words.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return next;
            }
        }
    }
    None
}

/// Where a bracket goes on behind the mark that a viewer puts before the words of a page: 甲局、 and 2、乙局配合) below.
fn behind_page_mark(text: &str, line: &Line, end: usize) -> Option<usize> {
    let label = label::at(text, line.range.start)?;
    let marks = label.style == label::Style::Arabic && text[label.range.end..].starts_with('、');
    let words = text.get(label.end..line.range.end)?;
    let closed = words.find([')', ']', '(', '[', '。'])?;
    let goes_on = text[..end].ends_with(['、', ',']) && words[closed..].starts_with([')', ']']);
    (marks && goes_on).then_some(label.end)
}
