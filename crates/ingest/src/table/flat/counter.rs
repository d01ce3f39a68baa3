//! What counts the rows of a table: 7, 2-3, A-1, A1, or 一.

use crate::number::{self, is_han_numeral};

/// Whether words are a Chinese number and no more, as before the title of a section: 一, or (二).
pub(super) fn is_numeral(words: &str) -> bool {
    let inner = words
        .strip_prefix('(')
        .and_then(|words| words.strip_suffix(')'));
    let inner = inner.unwrap_or(words).trim_end_matches(['、', '.']);
    !inner.is_empty() && inner.chars().all(is_han_numeral)
}

/// A letter and a number, with which rows of several parts are counted: a1.
pub(in crate::table) fn coded(words: &str) -> Option<[u32; 2]> {
    const MOST_DIGITS: usize = 2;
    let (letter, digits) = words.split_at_checked(1)?;
    let is_code = letter.chars().all(|c| c.is_ascii_alphabetic())
        && (1..=MOST_DIGITS).contains(&digits.len())
        && digits.bytes().all(|c| c.is_ascii_digit());
    let part = u32::from(letter.bytes().next()?.to_ascii_lowercase());
    is_code.then(|| Some([part, digits.parse().ok()?]))?
}

/// What counts rows: 7, or 2-3 and A-1, where rows of a part are counted by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counter(Vec<u32>);

impl Counter {
    pub(super) fn of(words: &str) -> Option<Self> {
        const LONGEST: usize = 12;
        // A star behind it has a note below.
        let words = words.trim_end_matches(['.', '、', ' ', '*']);
        let part = |part: &str| match part.as_bytes() {
            [letter] if letter.is_ascii_alphabetic() => {
                Some(u32::from(letter.to_ascii_lowercase()))
            }
            digits if digits.len() <= 3 => part.parse().ok(),
            _ => None,
        };
        if let Some(parts) = coded(words) {
            return Some(Self(parts.to_vec()));
        }
        let parts = (words.len() <= LONGEST && words.ends_with(|c: char| c.is_ascii_digit()))
            .then(|| {
                words
                    .split(['-', '.'])
                    .map(part)
                    .collect::<Option<Vec<_>>>()
            })
            .flatten()?;
        Some(Self(parts))
    }

    /// The same where rows are counted 一, 二.
    pub(super) fn of_numeral(words: &str) -> Option<Self> {
        let words = words.trim_end_matches(['、', '.', ' ']);
        number::han(words).map(|number| Self(vec![number]))
    }

    pub(super) fn is_plain(&self) -> bool {
        self.0.len() == 1
    }

    /// Whether it is this plain number.
    pub(super) fn is(&self, number: u32) -> bool {
        self.0 == [number]
    }

    /// Whether it begins to count anew.
    pub(super) fn is_first(&self) -> bool {
        self.is(1)
    }

    /// Whether it may count the first row of a table.
    pub(super) fn is_early(&self) -> bool {
        self.is_plain() || self.0.last() == Some(&1)
    }

    /// Whether it is a plain number behind this one, with no more rows left out between than an excerpt leaves.
    pub(super) fn goes_on_from(&self, last: &Self) -> bool {
        const MOST: u32 = 100;
        match (&self.0[..], &last.0[..]) {
            ([own], [last]) => (last + 1..=last + MOST).contains(own),
            _ => false,
        }
    }

    /// Whether it counts the row behind that of `last`: the next of the same part, or the first of another.
    pub(super) fn follows(&self, last: &Self) -> bool {
        let (Some((own, part)), Some((before, part_before))) =
            (self.0.split_last(), last.0.split_last())
        else {
            return false;
        };
        part.len() == part_before.len()
            && if part == part_before {
                *own == before + 1
            } else {
                *own == 1 && part > part_before
            }
    }
}
