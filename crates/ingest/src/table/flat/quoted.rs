//! Cells that a sheet puts in quotes when they are copied, since they hold ends of lines: 1⇥"修路。⏎种树。"⇥甲局.

use crate::line::Line;
use domain::fold::Folded;
use std::{borrow::Cow, ops::Range};

/// What a sheet writes, in either width; the quotes of a text, which are folded to the same, open and close otherwise.
const QUOTES: [char; 2] = ['"', '＂'];

/// A cell has no more lines.
const MOST_LINES: usize = 24;

/// A row has no more cells in quotes.
const MOST_CELLS: usize = 12;

/// The lines with those put together that are of one row, since one of its cells goes on over them in quotes.
pub(super) fn whole<'l>(folded: &Folded, lines: &'l [Line]) -> Cow<'l, [Line]> {
    if !lines.iter().any(|line| opens(folded, &line.range)) {
        return Cow::Borrowed(lines);
    }
    let mut whole: Vec<Line> = Vec::with_capacity(lines.len());
    let mut rest = lines;
    while let [first, behind @ ..] = rest {
        let mut line = first.clone();
        let mut more = behind;
        for _ in 0..MOST_CELLS {
            if !opens(folded, &line.range) {
                break;
            }
            let near = more.iter().take(MOST_LINES);
            let near = near.map_while(|line| closes(original(folded, &line.range)));
            let Some((closing, _)) = near.enumerate().find(|(_, closes)| *closes) else {
                break;
            };
            line.range.end = more[closing].range.end;
            more = &more[closing + 1..];
        }
        whole.push(line);
        rest = more;
    }
    Cow::Owned(whole)
}

/// The words of a cell without the quotes around them, as a sheet writes them.
pub(super) fn inner(folded: &Folded, cell: Range<usize>) -> Range<usize> {
    let words = original(folded, &cell);
    let inner = words
        .strip_prefix(QUOTES)
        .and_then(|words| words.strip_suffix(QUOTES));
    // Inside, each quote is doubled; "甲"、"乙" is in none.
    let quoted = inner.is_some_and(|inner| {
        let mut quotes = inner.split(QUOTES).collect::<Vec<_>>();
        quotes.pop();
        !inner.is_empty()
            && quotes.len().is_multiple_of(2)
            && quotes
                .iter()
                .skip(1)
                .step_by(2)
                .all(|words| words.is_empty())
    });
    if quoted {
        cell.start + 1..cell.end - 1
    } else {
        cell
    }
}

fn original<'f>(folded: &'f Folded, range: &Range<usize>) -> &'f str {
    let span = folded.span(range.clone());
    span.slice(folded.original()).unwrap_or_default()
}

/// Whether the last cell of a line of tabs opens a quote that it does not close.
fn opens(folded: &Folded, line: &Range<usize>) -> bool {
    // Both are folded to this one.
    if !folded.text()[line.clone()].contains('"') {
        return false;
    }
    let words = original(folded, line);
    let last = words.rsplit_once('\t').map_or("", |(_, last)| last);
    // A quote by itself says that all is as above.
    let opened = last
        .strip_prefix(QUOTES)
        .is_some_and(|rest| !rest.is_empty());
    opened && last.matches(QUOTES).count() % 2 == 1
}

/// Whether a line ends a cell that is in quotes, if it goes on with one and no other begins in it.
fn closes(words: &str) -> Option<bool> {
    let first = words.split('\t').next().unwrap_or_default();
    let ends = first.trim_end().ends_with(QUOTES);
    (ends || first.len() == words.len()).then_some(ends)
}
