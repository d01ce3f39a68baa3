//! From lines to rows of whole cells, if everything is sure.

use super::{
    Written, cell, merged,
    reading::Table,
    row::{self, Numbers},
    usual_width,
};
use crate::{
    decode::page::Grid,
    number,
    table::{Column, is_list_of_bodies},
};
use domain::fold::fold;
use std::ops::Range;

impl Table {
    /// The table with whole cells, if everything in it is sure.
    pub(super) fn written(mut self, start: usize, mut end: usize) -> Option<Written> {
        /// Of so many words, one may stand where it should not.
        const SURE: usize = 4;
        let columns = 0..self.head.len();
        self.sheet.widths = columns
            .clone()
            .map(|column| usual_width(&self.strips, column))
            .collect();
        self.sheet.unbroken = columns
            .map(|column| cell::breaks_no_name(&self.strips, column))
            .collect();
        let numbers = self.numbers()?;
        // Behind the last row other things stand.
        while let Some(section) = self.sections.last()
            && !self.has_rows(section.before..self.strips.len(), &numbers)
        {
            end = section.at;
            self.strips.truncate(section.before);
            self.sections.pop();
        }
        let rows = [Numbers::Middle, Numbers::First]
            .into_iter()
            .filter_map(|place| Some((self.rows(&numbers, place)?, place)))
            .min_by_key(|((cost, _), _)| *cost);
        let ((cost, rows), place) = rows?;
        // Where no row has a line but that of its number, what several share stands beside the first of them.
        let place = if rows.iter().all(|row| row.len() == 1) {
            Numbers::First
        } else {
            place
        };
        let last = rows.last()?.end;
        if let Some(strip) = self.strips.get(last) {
            end = strip.at;
        }
        if self.cost * SURE > self.words || cost > self.strips.len() {
            return None;
        }
        let grid = self.grid(&rows, place)?;
        Some(Written {
            lines: start..end,
            grid,
            rows: rows.len(),
            cost: self.cost + cost,
        })
    }

    /// The strips that a number counts, if most of the numbers count on.
    fn numbers(&self) -> Option<Vec<usize>> {
        const FEW: usize = 10;
        let Some(column) = self.number() else {
            return Some(vec![]);
        };
        let (mut numbers, mut strange, mut last) = (vec![], 0, None);
        for (at, strip) in self.strips.iter().enumerate() {
            let Some(piece) = &strip.cells[column] else {
                continue;
            };
            let Some(number) = counts(&piece.words) else {
                strange += 1;
                continue;
            };
            let anew = number == 1 || last.is_none();
            strange += usize::from(!anew && last.is_some_and(|last| last + 1 != number));
            last = Some(number);
            numbers.push(at);
        }
        (numbers.len() > 1 && strange * FEW <= numbers.len()).then_some(numbers)
    }

    fn has_rows(&self, strips: Range<usize>, numbers: &[usize]) -> bool {
        let first = numbers.partition_point(|number| *number < strips.start);
        match self.number() {
            Some(_) => numbers
                .get(first)
                .is_some_and(|number| *number < strips.end),
            None => !strips.is_empty(),
        }
    }

    /// The strips of each row, and what does not fit them.
    fn rows(&self, numbers: &[usize], place: Numbers) -> Option<(usize, Vec<Range<usize>>)> {
        let mut ends: Vec<_> = self.sections.iter().map(|section| section.before).collect();
        ends.push(self.strips.len());
        let (mut cost, mut rows) = (0, vec![]);
        let mut start = 0;
        for end in ends {
            let strips = &self.strips[start..end];
            let from = numbers.partition_point(|number| *number < start);
            let to = numbers.partition_point(|number| *number < end);
            let own: Vec<_> = numbers[from..to]
                .iter()
                .map(|number| number - start)
                .collect();
            let found = match self.number() {
                _ if strips.is_empty() => continue,
                None => row::parted(&self.sheet, strips)?,
                Some(_) if own.is_empty() => return None,
                Some(_) if own.len() == strips.len() => row::each_line(strips),
                Some(_) => {
                    let last = end == self.strips.len();
                    row::counted(&self.sheet, strips, &own, place, last)?
                }
            };
            cost += found.cost;
            rows.extend(
                found
                    .rows
                    .into_iter()
                    .map(|row| row.start + start..row.end + start),
            );
            start = end;
        }
        Some((cost, rows))
    }

    /// The cells of all rows; nothing if no cell takes several lines, or names are not where they should be.
    fn grid(&self, rows: &[Range<usize>], place: Numbers) -> Option<Grid> {
        let mut grid = Grid::default();
        for (column, head) in self.head.iter().enumerate() {
            grid.put(0, column, head.words.clone()).ok()?;
        }
        // Where each row comes to stand, behind the headings and sections before it.
        let before = |row: &Range<usize>| {
            self.sections
                .partition_point(|section| section.before <= row.start)
        };
        let places: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| 1 + at + before(row))
            .collect();
        for (count, section) in self.sections.iter().enumerate() {
            let above = rows.partition_point(|row| row.start < section.before);
            grid.put(1 + above + count, 0, section.words.clone()).ok()?;
        }
        let names_anybody =
            |row: &Range<usize>| self.sheet.names_anybody(&self.strips[row.clone()]);
        let mut own_names: Vec<_> = rows.iter().map(names_anybody).collect();
        let (mut several, mut bodies, mut others, mut said) = (false, 0, 0, 0);
        // Where those who answer are named for several rows at once, the rest may be said so, too.
        let of_parties =
            |column: &usize| self.sheet.columns[*column].is_some_and(Column::names_parties);
        let (first, rest): (Vec<_>, Vec<_>) = (0..self.head.len()).partition(of_parties);
        for column in first.into_iter().chain(rest) {
            let kind = self.sheet.columns[column];
            let own = |row: &Range<usize>| {
                self.strips[row.clone()]
                    .iter()
                    .filter_map(|strip| strip.cells[column].as_ref())
            };
            for span in self.spans(rows, &own_names, column, place) {
                let pieces: Vec<_> = rows[span.words.clone()].iter().flat_map(own).collect();
                several |= pieces.len() > span.words.len();
                let words = cell::joined(&self.sheet, column, &pieces);
                if kind.is_some_and(Column::names_parties) {
                    let are = words.lines().all(|line| is_list_of_bodies(&fold(line)));
                    bodies += usize::from(are);
                    others += usize::from(!are);
                }
                said += usize::from(kind.is_some_and(Column::says_what));
                if kind.is_some_and(Column::names_parties) && span.over.len() > 1 {
                    own_names[span.over.clone()].fill(false);
                }
                let over = &places[span.over];
                let (first, rest) = over.split_first()?;
                grid.put(*first, column, words).ok()?;
                for below in rest {
                    grid.continue_above(*below, column).ok()?;
                }
            }
        }
        // Where each row is a line that has all cells, it is read as such.
        let sure = several || rows.iter().any(|row| self.lacks_cell(row));
        let sure = sure && rows.len() > 1 && bodies > others && said * 2 > rows.len();
        sure.then_some(grid)
    }

    fn has(&self, row: &Range<usize>, column: usize) -> bool {
        let mut strips = self.strips[row.clone()].iter();
        strips.any(|strip| strip.cells[column].is_some())
    }

    /// Whether a row has nothing in a column.
    fn lacks_cell(&self, row: &Range<usize>) -> bool {
        (0..self.head.len()).any(|column| !self.has(row, column))
    }

    /// The cells of a column. Only cells of which several rows may have one may be merged.
    fn spans(
        &self,
        rows: &[Range<usize>],
        named: &[bool],
        column: usize,
        place: Numbers,
    ) -> Vec<merged::Span> {
        let shared = matches!(
            self.sheet.columns[column],
            Some(Column::Section | Column::States(_))
        );
        if shared && place == Numbers::Middle {
            return self
                .stretches(rows)
                .into_iter()
                .flat_map(|stretch| {
                    let first = stretch.start;
                    let (rows, named) = (&rows[stretch.clone()], &named[stretch]);
                    let spans = merged::spans(&self.sheet, &self.strips, rows, named, column);
                    spans.into_iter().map(move |span| span.behind(first))
                })
                .collect();
        }
        let is_section = self.sheet.columns[column] == Some(Column::Section);
        let mut spans = vec![];
        for stretch in self.stretches(rows) {
            let own = stretch.clone().filter(|row| self.has(&rows[*row], column));
            let own: Vec<_> = own.collect();
            for (index, &row) in own.iter().enumerate() {
                let mut span = merged::Span::alone(row);
                // It stands beside the first of the rows that belong to it.
                if is_section {
                    span.over.end = own.get(index + 1).copied().unwrap_or(stretch.end);
                }
                spans.push(span);
            }
        }
        spans
    }

    /// The rows between two headings of sections.
    fn stretches(&self, rows: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut stretches = vec![];
        let mut start = 0;
        let ends = self.sections.iter().map(|section| section.before);
        for end in ends.chain([self.strips.len()]) {
            let end = rows.partition_point(|row| row.start < end);
            if start < end {
                stretches.push(start..end);
            }
            start = end;
        }
        stretches
    }
}

/// The number in a cell that counts rows: 3, 3., (3), 三.
fn counts(words: &str) -> Option<u32> {
    let words = fold(words);
    let number = words.trim_matches(['(', ')', '.', '、']);
    let numeral = || number::han(number);
    number.parse().ok().or_else(numeral)
}
