//! What the numbers around a row say of it: that it has lost its own, as between 2 and 4, or that its own counts a section.

use super::{
    Reader,
    opening::{number_label, numeral_label},
};
use crate::{
    label::Label,
    table::{Column, Row},
};

/// What the numbers around a row say of those that have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LostNumbers {
    /// Rows without a number belong to the one above that has one.
    None,
    /// Numbers are left out, but not as many as there are rows without one.
    Some,
    /// Each row without a number is one of those that are left out.
    All,
}

/// So many rows stand at most between two numbers.
const NEAR: usize = 8;

impl Reader<'_> {
    /// Whether the number of the row with this index counts what several rows belong to, since theirs go on over it: (7), 1,
    /// (8).
    pub(super) fn counts_over(&self, index: usize, all: &[Row], label: &Label) -> bool {
        let (Some(before), Some(behind)) = self.numbers_around(index, all) else {
            return false;
        };
        before.style == behind.style
            && before.number + 1 == behind.number
            && label.style < before.style
    }

    /// Whether the number of the row with this index is one of those of the rows around it: (1), (2), (3).
    pub(super) fn counts_on(&self, index: usize, all: &[Row], label: &Label) -> bool {
        let follows =
            |last: &Label, next: &Label| last.style == next.style && last.number + 1 == next.number;
        let (before, behind) = self.numbers_around(index, all);
        before.is_some_and(|before| follows(&before, label))
            || behind.is_some_and(|behind| follows(label, &behind))
    }

    /// The numbers of the nearest rows that name somebody, before and behind the one with this index.
    fn numbers_around(&self, index: usize, all: &[Row]) -> (Option<Label>, Option<Label>) {
        let names = |row: &&Row| {
            let mut cells = row.cells.iter().zip(&self.columns);
            cells.any(|(cell, headed)| {
                headed.column.is_some_and(Column::says_who) && !cell.range.is_empty()
            })
        };
        let of = |row: &Row| {
            let cell = &row.cells.first()?.range;
            let numeral = numeral_label(self.text(), cell);
            Some(numeral.unwrap_or_else(|| number_label(self.text(), cell)))
        };
        let before = all[..index].iter().rev().take(NEAR).find(names);
        let behind = all[index + 1..].iter().take(NEAR).find(names);
        (before.and_then(of), behind.and_then(of))
    }

    /// Whether rows without a number have lost it: those around the row with this index, which holds so many itself.
    pub(super) fn lost_numbers(&self, index: usize, all: &[Row], own: usize) -> LostNumbers {
        let number = |at: &usize| -> Option<u32> {
            let first = all[*at].cells.first()?;
            let words = self.text()[first.range.clone()].trim_end_matches(['.', '、']);
            words.parse().ok()
        };
        let counted = self
            .columns
            .first()
            .is_some_and(|headed| headed.column == Some(Column::Number));
        let numbered = |at: usize| number(&at).map(|number| (at, number));
        let before = || (0..=index).rev().take(NEAR).find_map(numbered);
        let behind = || (index + 1..all.len()).take(NEAR).find_map(numbered);
        let (Some((first, last)), Some((next, then))) = (
            counted.then(before).flatten(),
            counted.then(behind).flatten(),
        ) else {
            return LostNumbers::None;
        };
        let without = next - first - 1 + own.saturating_sub(1);
        match then.saturating_sub(last + 1) as usize {
            0 => LostNumbers::None,
            left_out if left_out == without => LostNumbers::All,
            _ => LostNumbers::Some,
        }
    }
}
