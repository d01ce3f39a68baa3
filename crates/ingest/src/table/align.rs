//! Which cell stands under which column, where cells have been dropped or run over several lines.
//!
//! Cells keep their order, so the best way to put them under the columns is found one by one: what a cell holds fits a
//! column more or less, and an empty column or one with several cells costs a little too.

use super::{Column, person::are_persons};
use crate::{list::list, role::Slot, statement::Grammar};
use std::ops::Range;

/// A row with more cells is none.
const MOST_CELLS: usize = 48;

/// The cells under each column, which may be none or several that follow each other; nothing if there are too many.
pub(super) fn align(
    grammar: Grammar,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
) -> Option<Vec<Range<usize>>> {
    if cells.len() > MOST_CELLS {
        return None;
    }
    // `best[c][n]`: the least cost of putting the first `n` cells under the first `c` columns, and how many of them
    // stand under the last of these.
    let mut best = vec![vec![(u32::MAX, 0); cells.len() + 1]; columns.len() + 1];
    best[0][0] = (0, 0);
    for (index, column) in columns.iter().enumerate() {
        let misfits: Vec<_> = cells
            .iter()
            .map(|cell| misfit(grammar, cell, *column))
            .collect();
        for before in 0..=cells.len() {
            let (cost, _) = best[index][before];
            if cost == u32::MAX {
                continue;
            }
            let mut sum = cost;
            for count in 0..=cells.len() - before {
                if count > 0 {
                    sum += misfits[before + count - 1] + u32::from(count > 1);
                }
                let total = if count == 0 {
                    cost + absence(*column)
                } else {
                    sum
                };
                let slot = &mut best[index + 1][before + count];
                if total < slot.0 {
                    *slot = (total, count);
                }
            }
        }
    }
    let mut placed = vec![0..0; columns.len()];
    let mut end = cells.len();
    for index in (0..columns.len()).rev() {
        let (_, count) = best[index + 1][end];
        if count > 0 {
            placed[index] = cells[end - count].start..cells[end - 1].end;
        }
        end -= count;
    }
    Some(placed)
}

/// What it costs that a column has no cell.
fn absence(column: Option<Column>) -> u32 {
    match column {
        Some(Column::Number | Column::Task) => 5,
        Some(Column::States(Slot::Parties(_))) => 3,
        Some(Column::Measure | Column::States(_)) => 2,
        Some(Column::Section | Column::Other) | None => 1,
    }
}

/// How badly what a cell holds fits a column.
fn misfit(grammar: Grammar, cell: &Range<usize>, column: Option<Column>) -> u32 {
    const LONG: usize = 60;
    let words = &grammar.text[cell.clone()];
    let length = words.chars().count();
    let number = words
        .chars()
        .all(|c| c.is_ascii_digit() || ".、".contains(c));
    // A long list may end with a full stop, a sentence has one inside.
    let sentence = words.trim_end_matches('。').contains(['。', ';']) && length > LONG;
    let names = || {
        let names = list(grammar.text, cell.clone(), grammar.names).names;
        let party = |name: &&Range<usize>| grammar.names.is_party(&grammar.text[(*name).clone()]);
        (names.iter().filter(party).count(), names.len())
    };
    match column {
        Some(Column::Number) if number => 0,
        Some(Column::Number) => 6,
        _ if number => 5,
        Some(Column::States(Slot::Parties(_))) if sentence => 6,
        Some(Column::States(Slot::Parties(_))) => match names() {
            (known, all) if known == all => 0,
            (0, _) => 4,
            _ => 2,
        },
        Some(Column::States(Slot::Persons)) if are_persons(words) => 0,
        Some(Column::States(Slot::Persons)) => 4,
        Some(Column::States(Slot::Deadline)) => {
            let due = crate::due::expected(grammar.text, cell.clone(), grammar.year);
            if due.is_some() && length <= LONG / 2 {
                0
            } else {
                4
            }
        }
        Some(Column::Task | Column::Measure | Column::Section) => match names() {
            (known, all) if known == all && length <= LONG => 4,
            _ if are_persons(words) => 2,
            _ => 0,
        },
        Some(Column::States(Slot::Other) | Column::Other) | None => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{party::Names, table::column::column};

    #[test]
    fn cells_go_under_the_columns_that_they_fit() {
        for (heads, row, expected) in [
            (
                "序号|任务|牵头单位|责任单位",
                "1|推进建设|市科技局|市教委",
                "1|推进建设|市科技局|市教委",
            ),
            (
                "类别|任务|责任单位|完成时限",
                "推进建设|市科技局|2023年底前",
                "|推进建设|市科技局|2023年底前",
            ),
            ("序号|任务|责任单位|完成时限", "2|推进建设", "2|推进建设||"),
            (
                "序号|任务|责任领导|责任单位",
                "1|推进建设|加快改造|张三|市科技局|市教委",
                "1|推进建设 加快改造|张三|市科技局 市教委",
            ),
            (
                "序号|任务|责任单位|备注",
                "1|推进建设|市科技局",
                "1|推进建设|市科技局|",
            ),
        ] {
            let columns: Vec<_> = heads.split('|').map(column).collect();
            let text = row.replace('|', " ");
            let mut at = 0;
            let cells = row.split('|').map(|cell| {
                at += cell.len() + 1;
                at - cell.len() - 1..at - 1
            });
            let cells: Vec<_> = cells.collect();
            let names = Names::default();
            let grammar = Grammar {
                text: &text,
                names: &names,
                year: None,
                conventions: &[],
            };
            let placed = align(grammar, &cells, &columns).unwrap();
            let shown: Vec<_> = placed.into_iter().map(|range| &text[range]).collect();
            assert_eq!(shown.join("|"), expected, "{row}");
        }
    }
}
