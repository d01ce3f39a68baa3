//! What stands where in a line.

use std::ops::Range;

/// How far a line reaches that may be of a table, and how many words it holds.
const MOST_PLACES: usize = 400;
const MOST_WORDS: usize = 100;

/// What a program counts as one place of a line: `pdftotext` a character, whatever it shows; others what a letter takes,
/// of which a Han character takes two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Characters,
    Letters,
}

impl Measure {
    fn of(self, c: char) -> usize {
        match self {
            Self::Characters => 1,
            Self::Letters => letters(c),
        }
    }
}

/// How many letters a character is wide.
fn letters(c: char) -> usize {
    const FIRST_WIDE: char = '\u{2010}';
    if c < FIRST_WIDE { 1 } else { 2 }
}

/// How many letters words are wide.
pub(super) fn width(words: &str) -> usize {
    words.chars().map(letters).sum()
}

/// Words that no white space parts.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    pub(super) words: &'t str,
    pub(super) place: Range<usize>,
    /// Whether it does not belong to the word before it: more than one place is free between them, or one between Han
    /// characters, which need none.
    pub(super) apart: bool,
    /// Whether no more than one place is free before it.
    pub(super) near: bool,
}

impl Word<'_> {
    pub(super) fn middle(&self) -> usize {
        usize::midpoint(self.place.start, self.place.end)
    }
}

/// A line of the text.
#[derive(Debug)]
pub(super) struct Line<'t> {
    pub(super) raw: &'t str,
    /// None where the line is too long for one of a table, or has tabs, which nobody knows the width of.
    pub(super) words: Vec<Word<'t>>,
    /// Whether a page begins with it.
    pub(super) begins_page: bool,
}

impl<'t> Line<'t> {
    pub(super) fn of(raw: &'t str, measure: Measure) -> Self {
        Self {
            raw,
            words: words(raw, measure).unwrap_or_default(),
            begins_page: raw
                .trim_start_matches([' ', '\u{3000}'])
                .starts_with('\u{C}'),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.raw.trim().is_empty()
    }

    /// How many runs of words there are that belong together.
    pub(super) fn parts(&self) -> usize {
        self.words.iter().filter(|word| word.apart).count()
    }
}

fn words(raw: &str, measure: Measure) -> Option<Vec<Word<'_>>> {
    let mut all: Vec<Word> = vec![];
    let mut place = 0;
    let mut begun: Option<(usize, usize)> = None;
    let ends = raw.char_indices().map(Some).chain([None]);
    for next in ends {
        let space = next.is_none_or(|(_, c)| c.is_whitespace());
        let at = next.map_or(raw.len(), |(at, _)| at);
        match begun {
            Some((start, first)) if space => {
                let words = &raw[start..at];
                let last = all.last();
                let near = last.is_some_and(|last| last.place.end + 1 >= first);
                // What counts a row touches what it counts.
                let needs_none = last.is_some_and(|last| {
                    !needs_space(last.words, words) || all.len() == 1 && is_number(last.words)
                });
                all.push(Word {
                    words,
                    place: first..place,
                    apart: !near || needs_none,
                    near,
                });
                begun = None;
            }
            None if !space => begun = Some((at, place)),
            _ => {}
        }
        match next {
            Some((_, '\t')) => return None,
            // The end of a page takes no place.
            Some((_, '\u{C}')) | None => {}
            Some((_, c)) => place += measure.of(c),
        }
        if all.len() > MOST_WORDS || !space && place > MOST_PLACES {
            return None;
        }
    }
    Some(all)
}

/// Whether a space belongs between words: no Han character needs one.
fn needs_space(before: &str, behind: &str) -> bool {
    let letter = |c: char| c.is_ascii() || matches!(c, '！'..='～') && c.is_alphanumeric();
    before.ends_with(letter) || behind.starts_with(letter)
}

fn is_number(words: &str) -> bool {
    words.chars().all(|c| matches!(c, '0'..='9' | '０'..='９'))
}
