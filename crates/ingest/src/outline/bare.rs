//! Numbers without a sign at the start of lines: 1修路, or 1 or 01 on a line of its own. Figures begin lines too, so only those
//! count that a clause follows.

use crate::{
    clause::Clause,
    label::{Label, Style},
    line::Line,
    number::UNITS,
};
use domain::fold::is_han;

/// What figures at the start of lines stand before, too: 3届, 2大类.
const MORE_UNITS: &str = "届大类级季期成";

/// The label that the first of some lines begins with, and where its title ends: that line, or the next one where the number has
/// a line of its own.
pub(super) fn bare(text: &str, lines: &[Line], clauses: &[Clause]) -> Option<(Label, usize)> {
    let (line, below) = lines.split_first()?;
    let words = &text[line.range.clone()];
    let behind = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - behind.len();
    let number: u32 = words[..digits].parse().ok().filter(|_| digits <= 3)?;
    let next = below.first()?;
    let counts_parts = counts_parts(text, line);
    let from = clauses.partition_point(|clause| clause.range.end <= line.range.start);
    let mut near = clauses[from..].iter();
    let (end, title) = if behind.is_empty() {
        let ends_with_clause = near.next().is_some_and(|clause| {
            let inside = next.range.start < clause.range.start;
            let rest = text.get(clause.range.end..next.range.end);
            inside && rest.is_some_and(|rest| rest.trim_matches(['。', ' ', ')']).is_empty())
        });
        (ends_with_clause || counts_parts && heads(text, below, clauses.get(from)))
            .then_some((next.range.start, next.range.end))?
    } else {
        let titled = behind
            .starts_with(|c: char| is_han(c) && !UNITS.contains(c) && !MORE_UNITS.contains(c));
        let above_clause = near
            .next()
            .is_some_and(|clause| clause.range.start == next.range.start);
        (titled && above_clause).then_some((line.range.start + digits, line.range.end))?
    };
    let style = if counts_parts {
        Style::Named
    } else {
        Style::Arabic
    };
    let label = Label {
        style,
        number,
        range: line.range.start..line.range.start + digits,
        end,
        half: false,
    };
    Some((label, title))
}

/// Whether a number such as 01 on a line of its own stands above a title and the item that ends with a clause, as articles
/// count their parts in large figures.
fn heads(text: &str, below: &[Line], clause: Option<&Clause>) -> bool {
    const LONGEST_TITLE: usize = 30;
    /// So many lines a part has at most.
    const MOST_LINES: usize = 12;
    let titled = below.first().is_some_and(|title| {
        let words = &text[title.range.clone()];
        words.starts_with(|c: char| is_han(c) && !UNITS.contains(c) || c == '"')
            && words.chars().nth(LONGEST_TITLE).is_none()
            && !words.ends_with(['。', ';', ',', ':'])
    });
    let own = below.iter().take(MOST_LINES);
    let own = own.take_while(|line| !counts_parts(text, line));
    let end = own.last().map_or(0, |line| line.range.end);
    let behind_title = below.first().map_or(end, |title| title.range.end);
    let stated = clause.is_some_and(|clause| (behind_title..end).contains(&clause.range.start));
    titled && stated
}

/// Whether a line is a number that begins with 0, or 10 where 09 stands not far before it, so that it is none of a page.
fn counts_parts(text: &str, line: &Line) -> bool {
    const FAR: usize = 6000;
    let words = &text[line.range.clone()];
    let begun = || {
        let start = line.range.start.saturating_sub(FAR);
        let start = text[..line.range.start].floor_char_boundary(start);
        let mut before = text[start..line.range.start].lines();
        before.any(|line| line.trim() == "09")
    };
    let figures = words.len() == "01".len() && words.bytes().all(|c| c.is_ascii_digit());
    figures && (words.starts_with('0') || words == "10" && begun())
}
