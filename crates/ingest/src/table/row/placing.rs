//! The cells of a row under their columns.

use super::{Counted, Cut, Reader};
use crate::{
    role::Slot,
    table::{
        Column, Layout, Row,
        align::{absence_of_parties, align, answers, below_merged, misfits},
        column::names_any_body_or_place,
        head::Headed,
    },
};
use domain::vocabulary::Role;
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

/// Whether the last cell of a row is empty and so are all under columns of parties.
fn ends_without_names(cells: &[(Range<usize>, Option<Column>)]) -> bool {
    let of_parties = |(cell, column): &(Range<usize>, Option<Column>)| {
        column.is_some_and(Column::names_parties) && !cell.is_empty()
    };
    cells.last().is_some_and(|(last, _)| last.is_empty()) && !cells.iter().any(of_parties)
}

impl Reader<'_> {
    /// The cells of a row under their columns, of several if no sign shows where one of them ends, and whether that had to
    /// be guessed.
    pub(super) fn placed(&self, row: &Row) -> Option<(Vec<Vec<Placed>>, bool)> {
        let mut tasks = 0;
        let column = |headed: &Headed| {
            tasks += usize::from(headed.column == Some(Column::Task));
            match headed.column {
                // A task that several measures share is missing from most of them.
                Some(Column::Task) if self.counted == Counted::Measures => Some(Column::Section),
                // 目标任务 behind 项目内容 says more of it.
                Some(Column::Task) if tasks > 1 => Some(Column::Measure),
                // 施工单位 holds bodies, too, whatever they have to do with it.
                Some(Column::Other) | None
                    if names_any_body_or_place(&self.text()[headed.heading.clone()]) =>
                {
                    Some(Column::States(Slot::Other))
                }
                column => column,
            }
        };
        let columns: Vec<_> = self.columns.iter().map(column).collect();
        let cells = row.cells.iter().map(|cell| cell.range.clone());
        // Others than merged ones stand behind those.
        let merged = row.cells.iter().take_while(|cell| cell.above).count();
        // Where several are merged, so may others be that left nothing.
        let on_lines = self.rows.layout == Layout::Lines;
        let in_place = !on_lines || merged == 1;
        let whole = row.cells.len() == columns.len() && in_place;
        let filled = || {
            let filled = cells.clone().filter(|cell| !cell.is_empty());
            align(
                self.grammar,
                &filled.collect::<Vec<_>>(),
                columns.get(merged..)?,
            )
        };
        let signs = self.rows.layout == Layout::Signs;
        let short = signs && row.cells.len() <= columns.len();
        if let Some(cells) = short.then(|| self.below_merged(row, &columns)).flatten() {
            return Some((vec![cells], true));
        }
        let aligned = if whole {
            let elsewhere = || {
                let beside: Vec<_> = cells.clone().zip(columns.iter().copied()).collect();
                let most = self.most_elsewhere(&beside)?;
                filled().filter(|aligned| aligned.cost < most && aligned.rows.len() == 1)
            };
            let Some(elsewhere) = signs.then(elsewhere).flatten() else {
                let placed = row.cells.iter().map(|cell| Placed {
                    range: cell.range.clone(),
                    above: cell.above,
                });
                return Some((vec![placed.collect()], false));
            };
            elsewhere
        } else {
            filled()?
        };
        // Who looks on does so for rows below; where only those help, nobody may. Below a number that several rows share, whoever
        // is missing may be merged as well.
        let looks_on = Some(Column::States(Slot::Parties(Role::Supervise)));
        let lines = on_lines && aligned.rows.len() == 1;
        let holds_on = |column: Option<Column>| {
            column == looks_on
                || merged > 1
                    && matches!(
                        column,
                        Some(Column::States(Slot::Parties(_) | Slot::Persons))
                    )
        };
        let above = row.cells[..merged].iter().map(|cell| Placed {
            range: cell.range.clone(),
            above: true,
        });
        let rows = aligned.rows.into_iter().map(|row| {
            let cells = row.into_iter().zip(&columns[merged..]);
            let cells = cells.map(|(range, column)| Placed {
                above: lines && range.is_empty() && holds_on(*column),
                range,
            });
            above.clone().chain(cells).collect()
        });
        Some((rows.collect(), !aligned.plain || merged > 1))
    }

    /// The cells of a row that stand too far to the left, since merged ones were left out and empty ones put behind the last
    /// instead: where they belong, and what stands above for the others.
    fn below_merged(&self, row: &Row, columns: &[Option<Column>]) -> Option<Vec<Placed>> {
        let last = row.cells.iter().rposition(|cell| !cell.range.is_empty())?;
        let own: Vec<_> = row.cells[..=last]
            .iter()
            .map(|cell| cell.range.clone())
            .collect();
        if own.len() == columns.len() {
            return None;
        }
        let as_written = misfits(self.grammar, own.iter().zip(columns.iter().copied()));
        let places = below_merged(self.grammar, &own, columns);
        let there = own.iter().zip(places.iter().map(|place| columns[*place]));
        let sparse = own.len() * 2 <= columns.len();
        let better = if sparse || self.merged.last_is_filled && row.cells.len() == columns.len() {
            SHIFTED / 2
        } else {
            SHIFTED
        };
        if misfits(self.grammar, there) + better > as_written {
            return None;
        }
        let above = Placed {
            range: own[0].start..own[0].start,
            above: true,
        };
        let mut cells = vec![above; columns.len()];
        for (cell, &place) in own.into_iter().zip(&places) {
            cells[place] = Placed {
                range: cell,
                above: false,
            };
        }
        // What would stand behind the end of the text is missing, and not merged.
        if self.cut == Cut::InCell
            && let Some(&last) = places.last()
        {
            for cell in &mut cells[last + 1..] {
                cell.above = false;
            }
        }
        // Others than those above answer, so that nobody may help them.
        if places.iter().any(|place| answers(columns[*place])) {
            let helps = |column: Option<Column>| {
                column.is_some_and(Column::names_parties)
                    && !answers(column)
                    && column != Some(Column::States(Slot::Parties(Role::Supervise)))
            };
            for (cell, column) in cells.iter_mut().zip(columns) {
                cell.above &= !helps(*column);
            }
        }
        Some(cells)
    }

    /// What it may cost to put cells elsewhere than under the columns where they stand, if they fit those badly: where a
    /// merged cell was dropped, those behind it stand one column too far to the left.
    fn most_elsewhere(&self, beside: &[(Range<usize>, Option<Column>)]) -> Option<u32> {
        let cells = beside.iter().map(|(cell, column)| (cell, *column));
        let as_written = misfits(self.grammar, cells);
        // Empty cells at the end of a row that names nobody stand for those that are missing before.
        let most = if ends_without_names(beside) {
            as_written + absence_of_parties(beside.iter().map(|(_, column)| *column))
        } else {
            as_written.saturating_sub(SHIFTED)
        };
        (as_written > SHIFTED || most > SHIFTED).then_some(most)
    }
}
