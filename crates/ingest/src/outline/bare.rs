//! Numbers without a sign at the start of lines: 1修路, or 1 on a line of its own. Figures begin lines too, so only those count
//! that a clause follows.

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
    let from = clauses.partition_point(|clause| clause.range.end <= line.range.start);
    let mut near = clauses[from..].iter();
    let (end, title) = if behind.is_empty() {
        let ends_with_clause = near.next().is_some_and(|clause| {
            let inside = next.range.start < clause.range.start;
            let rest = text.get(clause.range.end..next.range.end);
            inside && rest.is_some_and(|rest| rest.trim_matches(['。', ' ', ')']).is_empty())
        });
        ends_with_clause.then_some((next.range.start, next.range.end))?
    } else {
        let titled = behind
            .starts_with(|c: char| is_han(c) && !UNITS.contains(c) && !MORE_UNITS.contains(c));
        let above_clause = near
            .next()
            .is_some_and(|clause| clause.range.start == next.range.start);
        (titled && above_clause).then_some((line.range.start + digits, line.range.end))?
    };
    let label = Label {
        style: Style::Arabic,
        number,
        range: line.range.start..line.range.start + digits,
        end,
        half: false,
    };
    Some((label, title))
}
