//! Rows that have lost their numbers: 2, nothing, 4.

use super::Reader;
use crate::table::{Column, Row};

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

impl Reader<'_> {
    /// Whether rows without a number have lost it: those around the row with this index, which holds so many itself.
    pub(super) fn lost_numbers(&self, index: usize, all: &[Row], own: usize) -> LostNumbers {
        /// So many rows stand at most between two numbers.
        const NEAR: usize = 8;
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
