//! Headings that stand over several columns, or in several rows.

use super::{Reader, SAMPLE};
use crate::{
    kind,
    label::{self, Style},
    table::{
        Cell, Column, Layout, Row,
        align::{Seen, absence_of_parties},
        column::{column, names_any_body},
        contents, grid,
        head::{self, Headed},
    },
};

/// Rows are counted below the heading at `number`; what stands before it is what several of them belong to: 一、 | (一) | 1 |
/// 建设平台.
fn counted_below(columns: &mut [Headed], number: usize) {
    let says_what = |headed: &&mut Headed| headed.column.is_some_and(Column::says_what);
    for headed in columns[..number].iter_mut().filter(says_what) {
        headed.column = Some(Column::Section);
    }
    columns[number].column = Some(Column::Number);
}

/// So many ways in which second headings may stand below some of the first are looked at.
const MOST_WAYS: usize = 400;

/// So many steps are taken to find them.
const MOST_STEPS: usize = 20_000;

/// How second headings may stand below some of the first.
struct Apart<'h, S> {
    /// Whether these may stand below that one.
    suits: &'h S,
    /// So many steps are left, so that no headings take longer than others.
    steps: usize,
}

impl<S: Fn(&Headed, &[Headed]) -> bool> Apart<'_, S> {
    /// The columns of which `count` have two or more of `own` below them, in the ways that are found first.
    fn ways(&mut self, first: &[Headed], own: &[Headed], count: usize) -> Vec<Vec<Headed>> {
        if count == 0 {
            let whole = own.is_empty().then(|| first.to_vec());
            return whole.into_iter().collect();
        }
        let mut ways = vec![];
        let most = own.len().saturating_sub(2 * (count - 1));
        // The last takes all that is left.
        let fewest = if count == 1 { most.max(2) } else { 2 };
        for at in 0..first.len() {
            for below in fewest..=most {
                let (these, rest) = own.split_at(below);
                if self.steps == 0 || ways.len() >= MOST_WAYS {
                    return ways;
                }
                self.steps -= 1;
                if (self.suits)(&first[at], these) {
                    let behind = self.ways(&first[at + 1..], rest, count - 1);
                    let whole = |behind: Vec<_>| [&first[..at], these, &behind[..]].concat();
                    ways.extend(behind.into_iter().map(whole));
                }
            }
        }
        ways
    }
}

/// The first of those whose columns hold the same.
fn without_alike(ways: Vec<Vec<Headed>>) -> Vec<Vec<Headed>> {
    let kinds = |way: &[Headed]| -> Vec<_> { way.iter().map(|headed| headed.column).collect() };
    let mut seen = vec![];
    let first = |way: &Vec<Headed>| {
        let kinds = kinds(way);
        let new = !seen.contains(&kinds);
        if new {
            seen.push(kinds);
        }
        new
    };
    ways.into_iter().filter(first).collect()
}

impl Reader<'_> {
    /// Headings in several rows: 责任分工 over 牵头单位 and 配合单位. Those of the first row that are merged reach into the
    /// others.
    pub(super) fn second_headings(&mut self, row: &Row, below: &[Row]) -> bool {
        const LONGEST: usize = 12;
        let text = self.grammar.text;
        // 一、落实主体责任 is what several rows belong to, whatever its words.
        let mut filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
        let first = filled
            .next()
            .and_then(|cell| label::at(text, cell.range.start));
        if first.is_some_and(|label| label.style <= Style::HanBracketed) && filled.next().is_none()
        {
            return false;
        }
        let bodies = grid::bodies(text, row, below).filter(|of| of.len() == self.columns.len());
        if let Some(bodies) = bodies {
            let columns = self.columns.iter_mut().zip(&row.cells).zip(bodies);
            for ((slot, cell), _) in columns.filter(|(_, body)| *body) {
                slot.column = Some(Column::Body);
                slot.heading = cell.range.clone();
            }
            return true;
        }
        if let Some(columns) = self.below_one_heading(&self.columns, row, below) {
            self.columns = columns;
            self.above = vec![0..0; self.columns.len()];
            return true;
        }
        let bodies = |cell: &Cell| {
            let words = &text[cell.range.clone()];
            kind::is_certain(words) && !names_any_body(words)
        };
        let fills = self.fills(row) && !row.cells.iter().any(bodies);
        let cells = row.cells.iter().zip(&mut self.columns);
        let named = cells.filter(|(cell, _)| !cell.above && !cell.range.is_empty());
        let mut named: Vec<_> = named
            .map(|(cell, slot)| (column(&text[cell.range.clone()]), cell, slot))
            .collect();
        let all = named.iter().all(|(column, ..)| column.is_some());
        let parties = named
            .iter()
            .any(|(column, ..)| column.is_some_and(Column::names_parties));
        let merged = (fills && parties || row.cells.first().is_some_and(|cell| cell.above))
            && named.iter().all(|(_, cell, _)| {
                let words = &text[cell.range.clone()];
                words.chars().nth(LONGEST).is_none() && !words.contains(['。', '、', ','])
            });
        if !(merged || all && parties) {
            return false;
        }
        for (column, cell, slot) in named.iter_mut().filter(|(column, ..)| column.is_some()) {
            slot.column = *column;
            slot.heading = cell.range.clone();
        }
        true
    }

    /// Whether a row, empty before its first words, has words below every column that the row above gives no heading to, as
    /// where that stands over several.
    fn fills(&self, row: &Row) -> bool {
        let cells = || row.cells.iter().zip(&self.columns);
        let without = |headed: &Headed| headed.heading.is_empty();
        row.cells.len() == self.columns.len()
            && row.cells[0].range.is_empty()
            && cells().any(|(_, headed)| without(headed))
            && cells().all(|(cell, headed)| !cell.range.is_empty() || !without(headed))
    }

    /// Headings that belong below some of the first row, or below two of them, where nothing shows below which but how many
    /// columns the rows have: the columns as the cells of the rows fit them best.
    pub(super) fn below_one_heading(
        &self,
        above: &[Headed],
        row: &Row,
        below: &[Row],
    ) -> Option<Vec<Headed>> {
        let text = self.grammar.text;
        let filled = |headed: &&Headed| !headed.heading.is_empty();
        let (first, rest) = above.split_at(above.iter().take_while(filled).count());
        let own = head::by_headings(text, std::slice::from_ref(row));
        let own = &own[..own.iter().take_while(filled).count()];
        let width = below.first()?.cells.len();
        let replaced = (first.len() + own.len()).checked_sub(width)?;
        let heads = self.rows.layout == Layout::Signs
            && rest.iter().all(|headed| headed.heading.is_empty())
            && own.iter().any(|headed| headed.column.is_some())
            && head::could_head(text, row);
        if !heads || replaced == 0 || first.len() >= width || own.len() >= width {
            return None;
        }
        // 部门名称 below 牵头部门 says of whom no more than that.
        let generic = |headed: &Headed| {
            let words = &text[headed.heading.clone()];
            ["部门名称", "单位名称", "名称", "部门", "单位"].contains(&words)
        };
        let columns = |at: usize| {
            let mut columns = [&first[..at], own, &first[at + replaced..]].concat();
            let above = &first[at];
            if above.column.is_some_and(Column::names_parties)
                && let Some(headed) = columns[at..at + own.len()]
                    .iter_mut()
                    .find(|own| generic(own))
            {
                *headed = above.clone();
            }
            columns
        };
        let places = 0..=first.len() - replaced;
        // Several may each have some of them below; below one of bodies stand bodies, and below 序号 nothing.
        let states = |headed: &Headed| matches!(headed.column, Some(Column::States(_)));
        let suits = |above: &Headed, own: &[Headed]| match above.column {
            Some(Column::Number) => false,
            Some(Column::States(_)) => own.iter().any(states),
            _ => true,
        };
        let several = replaced > 1 && own.len() >= 2 * replaced;
        let apart = if several {
            let mut apart = Apart {
                suits: &suits,
                steps: MOST_STEPS,
            };
            without_alike(apart.ways(first, own, replaced))
        } else {
            vec![]
        };
        if !apart.is_empty() {
            // Rows that end with empty cells may have lost merged ones before.
            let full = |row: &&Row| row.cells.last().is_some_and(|cell| !cell.range.is_empty());
            let rows: Vec<_> = below.iter().take(SAMPLE).filter(full).cloned().collect();
            let all: Vec<_> = places.map(columns).chain(apart).collect();
            // Where each row has lost cells, no place of one shows what its column holds.
            if rows.is_empty() {
                return self.best_fitting_below_merged(&all, below);
            }
            let mut best = self.best_fitting(&all, &rows)?;
            self.mark_bodies(&mut best, &rows);
            return Some(best);
        }
        let all: Vec<_> = places.map(columns).collect();
        let mut best = self.best_fitting(&all, below)?;
        self.mark_bodies(&mut best, below);
        Some(best)
    }

    /// Marks the columns below which the cells of these rows look like bodies.
    fn mark_bodies(&self, columns: &mut [Headed], rows: &[Row]) {
        for (at, headed) in columns.iter_mut().enumerate() {
            headed.of_bodies = contents::is_column_of_bodies(self.text(), rows, at);
        }
    }

    /// A heading that stands over several columns leaves as many empty ones behind the last, though cells stand below those:
    /// the columns as the cells of the rows fit them best.
    pub(super) fn over_several(&self, columns: &[Headed], below: &[Row]) -> Option<Vec<Headed>> {
        /// So many rows show which columns hold nothing.
        const SHOWN: usize = 8 * SAMPLE;
        if self.rows.layout.shows_empty_cells() {
            return self.over_numbers(columns, below);
        }
        let filled = |headed: &&Headed| !headed.heading.is_empty();
        // The last of all are empty in every row.
        let own = |row: &Row| row.cells.iter().rposition(|cell| !cell.range.is_empty());
        let width = below
            .iter()
            .take(SHOWN)
            .filter_map(own)
            .max()
            .map_or(0, |last| last + 1);
        let (columns, empty) = columns.split_at(width.min(columns.len()));
        let (known, rest) = columns.split_at(columns.iter().take_while(filled).count());
        let last_filled = |row: &&Row| {
            row.cells.len() == columns.len() + empty.len()
                && own(row).is_some_and(|last| last + 1 == columns.len())
        };
        // A second row of headings says itself what stands below which.
        let heads = |row: &Row| {
            let filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
            let known: Vec<_> = filled
                .map(|cell| column(&self.text()[cell.range.clone()]))
                .collect();
            let states = |column: &Option<Column>| matches!(column, Some(Column::States(_)));
            let count = known.iter().flatten().count();
            let most = count * 3 > known.len() * 2;
            // 投资 | 形象进度 above the row that is counted first.
            let first = below.get(1).and_then(|row| row.cells.first());
            let counted = || first.is_some_and(|cell| &self.text()[cell.range.clone()] == "1");
            known.iter().any(states) || known.len() > 1 && (most || count > 0 && counted())
        };
        let may_stand_over_several = self.rows.layout == Layout::Signs
            && !known.is_empty()
            && !rest.is_empty()
            && !rest.iter().any(|headed| filled(&headed))
            && !below.first().is_some_and(heads);
        if !may_stand_over_several {
            return None;
        }
        let wide = below.iter().filter(last_filled).take(SAMPLE);
        let wide: Vec<_> = wide.cloned().collect();
        let number = self.counted_at(columns.len(), below);
        if wide.is_empty() || wide.len() < 2 && number.is_none() {
            return None;
        }
        let spread = |at: usize| {
            let over = vec![known[at].clone(); rest.len() + 1];
            [&known[..at], &over[..], &known[at + 1..], empty].concat()
        };
        let all: Vec<_> = (0..known.len()).map(spread).collect();
        let mut best = self.best_fitting(&all, &wide)?;
        self.mark_bodies(&mut best, &wide);
        if let Some(number) = number {
            counted_below(&mut best, number);
        }
        Some(best)
    }

    /// The same where every heading stands in its place, if one that says what is to be done stands over numbers, too.
    fn over_numbers(&self, columns: &[Headed], below: &[Row]) -> Option<Vec<Headed>> {
        let number = self.counted_at(columns.len(), below)?;
        let counted = columns
            .iter()
            .any(|headed| headed.column == Some(Column::Number));
        let behind = columns.get(number + 1)?;
        let says_what = columns[number].column.is_some_and(Column::says_what);
        if counted || !says_what || !behind.heading.is_empty() {
            return None;
        }
        let mut spread = columns.to_vec();
        for at in 1..spread.len() {
            if spread[at].heading.is_empty() && spread[at].column.is_none() {
                spread[at].heading = spread[at - 1].heading.clone();
                spread[at].column = spread[at - 1].column;
            }
        }
        counted_below(&mut spread, number);
        Some(spread)
    }

    /// Below which of so many columns the rows are counted: in those that are narrower, merged cells before their number were
    /// left out.
    fn counted_at(&self, width: usize, below: &[Row]) -> Option<usize> {
        let counts = |row: &Row, at: usize, number: usize| {
            let whole = row
                .cells
                .get(width - 1)
                .is_some_and(|cell| !cell.range.is_empty());
            let mut cells = row
                .cells
                .iter()
                .take(at + 1)
                .skip(if whole { at } else { 0 });
            cells.any(|cell| {
                self.text()[cell.range.clone()].trim_end_matches(['.', '、']) == number.to_string()
            })
        };
        (0..width).find(|at| {
            let mut rows = below.iter().take(SAMPLE).zip(1..);
            below.len() > 1 && rows.all(|(row, number)| counts(row, *at, number))
        })
    }

    /// Those columns that the cells of rows fit best where each row has lost cells and ends with as many empty ones: without
    /// those, where the others may stand.
    fn best_fitting_below_merged(
        &self,
        columns: &[Vec<Headed>],
        rows: &[Row],
    ) -> Option<Vec<Headed>> {
        let own = |row: &Row| {
            let last = row.cells.iter().rposition(|cell| !cell.range.is_empty());
            last.map_or(0, |last| last + 1)
        };
        let misfit = |row: &Seen, kinds: &[Option<Column>]| {
            let places = row.below_merged(kinds);
            let there = || places.iter().map(|place| kinds[*place]);
            let nobody = if row.names_parties(there()) {
                0
            } else {
                absence_of_parties(kinds.iter().copied())
            };
            row.misfits(there()) + nobody
        };
        let rows = rows.iter().take(SAMPLE).map(|row| &row.cells[..own(row)]);
        self.best(columns, rows, misfit)
    }

    /// Those columns that the cells of rows fit best.
    fn best_fitting(&self, columns: &[Vec<Headed>], rows: &[Row]) -> Option<Vec<Headed>> {
        let width = columns.first()?.len();
        // Where most cells are empty, merged ones may have been left out.
        let whole = rows.iter().take(SAMPLE).filter(|row| {
            let filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
            row.cells.len() == width && filled.count() * 2 > width
        });
        let misfit = |row: &Seen, kinds: &[Option<Column>]| row.misfits(kinds.iter().copied());
        self.best(columns, whole.map(|row| &row.cells[..]), misfit)
    }

    /// The first of those columns that the rows fit least badly.
    fn best<'r>(
        &self,
        columns: &[Vec<Headed>],
        rows: impl Iterator<Item = &'r [Cell]>,
        misfit: impl Fn(&Seen, &[Option<Column>]) -> u32,
    ) -> Option<Vec<Headed>> {
        let kinds = |columns: &Vec<Headed>| -> Vec<_> {
            columns.iter().map(|headed| headed.column).collect()
        };
        let all: Vec<_> = columns.first().map(kinds)?;
        let seen = |cells: &[Cell]| {
            let cells: Vec<_> = cells.iter().map(|cell| cell.range.clone()).collect();
            Seen::of(self.grammar, &cells, &all)
        };
        let rows: Vec<_> = rows.map(seen).collect();
        let cost = |columns: &&Vec<Headed>| -> u32 {
            let kinds = kinds(columns);
            rows.iter().map(|row| misfit(row, &kinds)).sum()
        };
        columns.iter().min_by_key(cost).cloned()
    }
}
