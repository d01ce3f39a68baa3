//! The cells of a row under their columns.

use super::Reader;
use crate::table::{
    Layout, Row,
    align::{align, misfits},
};
use std::ops::Range;

/// The cell under a column.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) range: Range<usize>,
    pub(super) above: bool,
}

impl Placed {
    pub(super) fn own(&self) -> bool {
        !self.above && !self.range.is_empty()
    }
}

/// How much better cells have to fit other columns than those under which they stand.
const SHIFTED: u32 = 12;

impl Reader<'_> {
    /// The cells of a row under their columns, of several if no sign shows where one of them ends, and whether that had to
    /// be guessed.
    pub(super) fn placed(&self, row: &Row) -> Option<(Vec<Vec<Placed>>, bool)> {
        let columns: Vec<_> = self.columns.iter().map(|headed| headed.column).collect();
        let in_place = self.rows.layout != Layout::Lines || row.cells.iter().any(|cell| cell.above);
        let whole = row.cells.len() == columns.len() && in_place;
        let cells = row.cells.iter().map(|cell| cell.range.clone());
        let filled = || {
            let filled = cells.clone().filter(|cell| !cell.is_empty());
            align(self.grammar, &filled.collect::<Vec<_>>(), &columns)
        };
        if whole {
            // Where a merged cell was dropped, those behind it stand one column too far to the left.
            let beside = cells.clone();
            let beside: Vec<_> = beside.zip(columns.iter().copied()).collect();
            let as_written = misfits(
                self.grammar,
                beside.iter().map(|(cell, column)| (cell, *column)),
            );
            let shifted = (self.rows.layout == Layout::Signs && as_written > SHIFTED)
                .then(filled)
                .flatten()
                .filter(|aligned| aligned.cost + SHIFTED < as_written && aligned.rows.len() == 1);
            if shifted.is_none() {
                let placed = row.cells.iter().map(|cell| Placed {
                    range: cell.range.clone(),
                    above: cell.above,
                });
                return Some((vec![placed.collect()], false));
            }
        }
        let aligned = filled()?;
        let rows = aligned.rows.into_iter().map(|row| {
            let placed = row.into_iter().map(|range| Placed {
                range,
                above: false,
            });
            placed.collect()
        });
        Some((rows.collect(), !aligned.plain))
    }
}
