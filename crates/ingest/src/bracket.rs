//! Step 4: brackets of all kinds, matched by a stack that takes any closing bracket for any opening one.

use crate::{
    label,
    line::{Line, ends_sentence},
};
use domain::fold::is_han;
use std::ops::Range;

/// A pair of brackets, or one of a pair whose other is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bracket {
    /// With the brackets themselves.
    pub(crate) range: Range<usize>,
    /// What is inside.
    pub(crate) inner: Range<usize>,
    /// Whether both are there.
    pub(crate) whole: Whole,
}

/// Which brackets of a pair are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// Both.
    Both,
    /// It is never closed; it ends with its line.
    NotClosed,
    /// It was never opened; it begins with its sentence.
    NotOpened,
}

/// More open brackets are forgotten, the outermost first, so that no text costs more than its length and brackets that
/// are never closed hide none behind them.
const DEEPEST: usize = 8;

/// All brackets in the order in which they open. None reaches over a label at the start of a line.
pub(crate) fn brackets(text: &str, lines: &[Line]) -> Vec<Bracket> {
    let mut found = vec![];
    let mut open: Vec<(usize, usize)> = vec![];
    for line in lines {
        if label::at(text, line.range.start).is_some() {
            open.clear();
        }
        let mut sentence = line.range.start;
        for (offset, c) in text[line.range.clone()].char_indices() {
            let at = line.range.start + offset;
            match c {
                '(' | '[' => {
                    if open.len() == DEEPEST {
                        open.remove(0);
                    }
                    open.push((at, found.len()));
                    found.push(Bracket {
                        range: at..line.range.end,
                        inner: at + 1..line.range.end,
                        whole: Whole::NotClosed,
                    });
                }
                ')' | ']' => match open.pop() {
                    Some((start, index)) => {
                        found[index] = Bracket {
                            range: start..at + 1,
                            inner: start + 1..at,
                            whole: Whole::Both,
                        };
                    }
                    None => found.push(Bracket {
                        range: sentence..at + 1,
                        inner: sentence..at,
                        whole: Whole::NotOpened,
                    }),
                },
                c if ends_sentence(c) => sentence = at + c.len_utf8(),
                _ => {}
            }
        }
    }
    found.sort_by_key(|bracket| bracket.range.start);
    found
}

/// The parts of `range` between separators that stand in no bracket inside of it and in no words that somebody quotes, each
/// with the separator before it.
pub(crate) fn split_outside(
    text: &str,
    range: Range<usize>,
    separates: impl Fn(char) -> bool,
) -> impl Iterator<Item = (Option<char>, Range<usize>)> {
    let mut rest = Some((None, range.start));
    std::iter::from_fn(move || {
        let (before, start) = rest.take()?;
        let mut depth = 0usize;
        let mut unquoted = start;
        let separator = text[start..range.end].char_indices().find(|(at, c)| {
            let at = start + at;
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                '"' if at >= unquoted => unquoted = quote_end(text, at + 1..range.end),
                _ => {}
            }
            depth == 0 && at >= unquoted && separates(*c)
        });
        let end = separator.map_or(range.end, |(at, _)| start + at);
        rest = separator.map(|(_, c)| (Some(c), end + c.len_utf8()));
        Some((before, start..end))
    })
}

/// Where a quotation ends that begins here amid a name, as 市"双随机、一公开"办; at once if it does not, or one of the signs is
/// lost.
fn quote_end(text: &str, range: Range<usize>) -> usize {
    const LONGEST: usize = 16;
    /// So many characters show whether each sign has its other.
    const FARTHEST: usize = 240;
    let words = &text[range.clone()];
    let mut near = words.char_indices().take(LONGEST);
    let end = near.find(|(_, c)| *c == '"').map(|(at, _)| at + 1);
    let even = || words.chars().take(FARTHEST).filter(|c| *c == '"').count() % 2 == 1;
    let before = text[..range.start - 1].ends_with(is_han);
    let amid = |end: &usize| before && words[*end..].starts_with(is_han) && even();
    end.filter(amid)
        .map_or(range.start, |end| range.start + end)
}

/// Where the bracket begins with which words end.
pub(crate) fn last_bracket(words: &str) -> Option<usize> {
    let mut depth = 0;
    if !words.ends_with([')', ']']) {
        return None;
    }
    words.char_indices().rev().find_map(|(at, c)| {
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::lines;

    fn found(text: &str) -> Vec<(&str, Whole)> {
        let brackets = brackets(text, &lines(text)).into_iter();
        brackets.map(|b| (&text[b.inner], b.whole)).collect()
    }

    #[test]
    fn brackets_match_whatever_closes_them() {
        use Whole::{Both, NotClosed, NotOpened};
        assert_eq!(found("a(b(c)d]e"), [("b(c)d", Both), ("c", Both)]);
        assert_eq!(found("a。b)c(d"), [("b", NotOpened), ("d", NotClosed)]);
        assert_eq!(
            found("(甲\n乙)\n(丙\n1.丁)"),
            [("甲\n乙", Both), ("丙", NotClosed), ("1.丁", NotOpened)]
        );
        let many = format!("{}(甲局)", "(".repeat(20));
        assert!(found(&many).contains(&("甲局", Both)));
    }

    #[test]
    fn text_is_split_only_outside_of_brackets() {
        let text = "各县(市、区),甲、乙";
        let parts = split_outside(text, 0..text.len(), |c| "、,".contains(c));
        let words: Vec<_> = parts.map(|(_, part)| &text[part]).collect();
        assert_eq!(words, ["各县(市、区)", "甲", "乙"]);
    }
}
