//! The lines of a folded text.

use std::ops::Range;

/// A line that holds something, without the white space around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Where it stands in the folded text.
    pub(crate) range: Range<usize>,
    /// Whether an empty line, or nothing at all, stands before it.
    pub(crate) after_gap: bool,
}

/// All lines that hold something.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut lines = vec![];
    let mut start = 0;
    let mut after_gap = true;
    for line in text.split('\n') {
        let range = trimmed(text, start..start + line.len());
        start += line.len() + 1;
        if range.is_empty() {
            after_gap = true;
        } else {
            lines.push(Line { range, after_gap });
            after_gap = false;
        }
    }
    lines
}

/// A range without the white space at its ends.
pub(crate) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text[range.clone()].trim_start();
    let start = range.end - words.len();
    start..start + words.trim_end().len()
}

/// Whether a sentence, or a part of one that can stand alone, ends with `c`.
pub(crate) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | ';' | '…')
}

/// Whether nothing but spaces stands before `at` in its line.
pub(crate) fn begins_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches(' ');
    before.is_empty() || before.ends_with('\n')
}

/// Whether `c` may stand before an item's words without being one of them: white space, a dash, a bullet.
pub(crate) fn is_bullet(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '·' | '•' | '●' | '○' | '■' | '□' | '◆' | '◇' | '▶' | '►'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_where_they_stand_and_what_is_before() {
        let text = "  a\nb \n \n\n c";
        let found: Vec<_> = lines(text)
            .into_iter()
            .map(|line| (text[line.range].to_owned(), line.after_gap))
            .collect();
        let expected = [("a", true), ("b", false), ("c", true)];
        assert_eq!(found, expected.map(|(l, g)| (l.to_owned(), g)));
    }
}
