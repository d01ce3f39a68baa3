//! The numbers of pages, on lines of their own and inside of lines, and what stands where one page ends.

use crate::{line::lines, number::digits};
use std::ops::Range;

/// Lines with nothing but the number of a page between dashes, where a text has several that count on: — 3 —. The running
/// head of the next page goes with them.
pub(super) fn marks(text: &str) -> Vec<Range<usize>> {
    const FEWEST: usize = 2;
    let lines = lines(text);
    let number = |words: &str| -> Option<u32> {
        let inner = words.strip_prefix('-')?.strip_suffix('-')?;
        inner.trim_matches(['-', ' ']).parse().ok()
    };
    let marks = (1..lines.len()).filter_map(|index| {
        let number = number(&text[lines[index].range.clone()])?;
        let head = lines
            .get(index + 1)
            .filter(|line| is_running_head(text, &line.range));
        let last = head.unwrap_or(&lines[index]);
        Some((number, lines[index - 1].range.end..last.range.end))
    });
    let mut marks: Vec<_> = marks.collect();
    if marks.is_empty() {
        marks = marks_in_lines(text);
    }
    let counts_on = marks.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if marks.len() < FEWEST || !counts_on {
        return vec![];
    }
    marks.into_iter().map(|(_, range)| range).collect()
}

/// Whether a line names the gazette of which a page begins with it, or the document by its title.
fn is_running_head(text: &str, line: &Range<usize>) -> bool {
    const SHORTEST: usize = 8;
    const LONGEST: usize = 40;
    let words = &text[line.clone()];
    let length = words.chars().count();
    let fits = (SHORTEST..=LONGEST).contains(&length) && !words.contains(['。', ',', ':', '(']);
    let issue = words.contains("公报") && words.ends_with('期');
    let title = || {
        let first = text.trim_start().lines().next();
        first.is_some_and(|first| first.trim_end() == words)
    };
    fits && (issue || title())
}

/// What law libraries write where a page of a text begins behind another, or ends before one: [接上页].
pub(super) fn seams(text: &str) -> Vec<Range<usize>> {
    const SEAMS: [&str; 3] = ["[接上页]", "[接下页]", "[转下页]"];
    let seams = SEAMS.iter().flat_map(|seam| text.match_indices(seam));
    let seams = seams.map(|(at, seam)| {
        let behind = &text[at + seam.len()..];
        at..text.len() - behind.trim_start_matches(' ').len()
    });
    seams.chain(feet(text)).collect()
}

/// What sites for documents print at the foot of each page, also where the pages are on one line: 第2页共5页.
fn feet(text: &str) -> impl Iterator<Item = Range<usize>> {
    let number = |words: &str| {
        let rest = words.trim_start_matches(' ');
        let figures = digits(rest);
        let rest = rest.get(figures..).filter(|_| (1..=4).contains(&figures))?;
        Some(words.len() - rest.trim_start_matches(' ').len())
    };
    let foot = move |at: usize| {
        let mut end = at + "第".len();
        for sign in ["页", "共", "页"] {
            if sign != "共" {
                end += number(&text[end..])?;
            }
            let rest = text[end..].trim_start_matches([' ', ',']);
            let behind = rest.strip_prefix(sign)?;
            end = text.len() - behind.len();
        }
        Some(at..end)
    };
    text.match_indices('第').filter_map(move |(at, _)| foot(at))
}

/// Numbers between dashes inside of lines, as where the pages of a document were put on one: 嘉兴港区—2—二、产业.
fn marks_in_lines(text: &str) -> Vec<(u32, Range<usize>)> {
    let mut marks = vec![];
    let mut at = 0;
    while let Some(found) = text[at..].find('-') {
        let start = at + found;
        let dashes = |words: &str| words.len() - words.trim_start_matches('-').len();
        let first = start + dashes(&text[start..]);
        let digits = text[first..].len()
            - text[first..]
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        let end = first + digits + dashes(&text[first + digits..]);
        let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let between =
            figure(text[..start].chars().next_back()) || figure(text[end..].chars().next());
        let number = text[first..first + digits].parse();
        if let Ok(number) = number
            && end > first + digits
            && !between
        {
            marks.push((number, start..end));
        }
        at = first.max(end);
    }
    marks
}

/// A line with nothing but the number of a page: — 3 —, 4、, 第5页.
pub(super) fn is_mark(words: &str) -> bool {
    let inner = words
        .trim_start_matches(['-', ' ', '第', '·', '/'])
        .trim_end_matches(['-', ' ', '页', '、', '.', '·', '/']);
    !inner.is_empty() && inner.len() <= 4 && digits(inner) == inner.len()
}
