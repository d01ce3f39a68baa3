//! A table in the middle of a line, as where a whole page is one: white space parts its headings and its cells.

use super::{
    Found, MOST_COLUMNS, NUMBERS,
    counter::Counter,
    glued::{columns_interleave, length, row_of},
    has_columns, spaced, stream,
};
use crate::{
    line::Line,
    table::{
        Column, Layout,
        column::{column, named},
        heading::glued,
    },
};
use std::ops::Range;

/// So many words may stand between the heading of the numbers and the first row, single characters among them.
const NEAR: usize = 4 * MOST_COLUMNS;

/// Headings and so many rows make a table.
const FEWEST_ROWS: usize = 3;

/// The rows behind headings in a line; those that end it stand above rows on lines of their own.
pub(super) fn behind_words(text: &str, lines: &[Line]) -> Found {
    let line = &lines[0].range;
    let Some(place) = place(&text[line.clone()]) else {
        let start = headings_at_end(text, line)?;
        return below(text, start, lines);
    };
    let start = line.start + place;
    let mut words = words(text, start..line.end);
    let shown: Vec<_> = words.by_ref().take(NEAR).collect();
    let begins = |word: &Range<usize>| {
        let words = &text[word.clone()];
        Counter::of(words).is_some_and(|counter| counter.is_first())
            || stream::is_section(text, word)
    };
    let count = shown.iter().position(begins);
    let (head, first) = shown.split_at(count.unwrap_or(shown.len()));
    let head = headings(text, head)?;
    if first.is_empty() {
        let ended = place > 0 && shown.len() < NEAR;
        return ended.then(|| below(text, start, lines)).flatten();
    }
    if columns_interleave(&text[first[0].start..line.end]) {
        return None;
    }
    let cells: Vec<_> = head
        .into_iter()
        .chain(first.iter().cloned())
        .chain(words)
        .collect();
    let table = stream::rows(text, &cells, Layout::Lines)?;
    let found = table.rows.len() >= FEWEST_ROWS && has_columns(text, &table);
    found.then_some((Some(table), 1))
}

/// Where the heading of the numbers stands in a line, by itself.
fn place(words: &str) -> Option<usize> {
    // Every line is asked, and few have such a character.
    if !words.contains('号') && !words.contains('次') {
        return None;
    }
    let spaced = |word: &str| {
        let at = words.find(word)?;
        let apart = words[..at].chars().next_back().is_none_or(|c| c == ' ');
        (apart && words[at + word.len()..].starts_with(' ')).then_some(at)
    };
    NUMBERS.iter().chain(["序 号", "编 号"]).find_map(spaced)
}

/// Where the headings begin that end a line behind other words, where none of them is of numbers: each has to be known.
fn headings_at_end(text: &str, line: &Range<usize>) -> Option<usize> {
    const SEVERAL: usize = 4;
    const LONGEST: usize = 12;
    let words = &text[line.clone()];
    let heads = words.rsplit(' ').take(MOST_COLUMNS);
    let known = |word: &str| {
        let kind = word
            .chars()
            .nth(LONGEST)
            .is_none()
            .then(|| column(word))??;
        let other = matches!(kind, Column::Other | Column::Number);
        // With the space before it.
        (!other).then_some((kind, word.len() + 1))
    };
    let heads: Vec<_> = heads.map_while(known).collect();
    let named = heads.iter().any(|(kind, _)| kind.names_parties());
    let len: usize = heads.iter().map(|(_, len)| len).sum();
    (named && heads.len() >= SEVERAL && len < words.len()).then(|| line.end + 1 - len)
}

/// What white space parts.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    text[range].split(' ').filter_map(move |word| {
        let own = at..at + word.len();
        at = own.end + 1;
        (!word.is_empty()).then_some(own)
    })
}

/// The headings of a responsibility table that words are, if they are nothing else; the characters of some may stand apart.
fn headings(text: &str, words: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    const FEWEST: usize = 3;
    const LONGEST: usize = 12;
    let single = |word: &Range<usize>| text[word.clone()].chars().nth(1).is_none();
    let runs = words.chunk_by(|a, b| single(a) && single(b));
    let heads: Vec<_> = runs.flat_map(|run| apart(text, run)).collect();
    let heads_table = |cell: &Range<usize>| {
        let words = &text[cell.clone()];
        words.chars().nth(LONGEST).is_none() && !words.contains(['。', ',', ';', ':', '|'])
    };
    let kind = |cell: &Range<usize>| column(&text[cell.clone()]);
    let columns: Vec<_> = heads.iter().map(kind).collect();
    let whole = heads.len() >= FEWEST && heads.iter().all(heads_table) && named(&columns);
    whole.then_some(heads)
}

/// The headings whose characters stand apart: 序 号 工 作 内 容.
fn apart(text: &str, run: &[Range<usize>]) -> Vec<Range<usize>> {
    let whole = run[0].start..run[run.len() - 1].end;
    let columns = glued(&text[whole.clone()]);
    if length(&columns) < whole.len() {
        return vec![whole];
    }
    let heads = row_of(text, whole.start, &columns).cells;
    heads.into_iter().map(|cell| cell.range).collect()
}

/// Rows on the lines below headings with which a line ends.
fn below(text: &str, start: usize, lines: &[Line]) -> Found {
    /// So many lines are looked through.
    const MOST: usize = 300;
    let near = &lines[..lines.len().min(MOST)];
    let mut rows = near.to_vec();
    rows[0].range.start = start;
    spaced::behind_spaces(text, &rows)
}
