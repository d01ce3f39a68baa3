//! What a format writes its words on: lines of text, and tables with the place of every cell.

use super::{Decoded, ReadError};
use crate::table::{Cell, Layout, Row, Table};
use std::{collections::BTreeMap, ops::Range};

/// The text in the making.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
    tables: Vec<Table>,
    doubtful: Vec<Range<usize>>,
}

impl Page {
    /// Writes a paragraph as a line of its own.
    pub(super) fn line(&mut self, words: &str) {
        self.write(words.trim_end());
        self.text.push('\n');
    }

    /// Writes words without control characters, which no document means and no database keeps.
    fn write(&mut self, words: &str) {
        let words = words.chars().filter(|c| !super::is_control(*c));
        self.text.extend(words);
    }

    /// Writes a paragraph whose words may not be in the order in which they are meant.
    pub(super) fn doubtful_line(&mut self, words: &str) {
        let start = self.text.len();
        self.line(words);
        let end = self.text.len() - 1;
        match self.doubtful.last_mut() {
            Some(last) if last.end + 1 == start => last.end = end,
            _ => self.doubtful.push(start..end),
        }
    }

    /// Writes a table, a row a line, with a sign between cells. Cells with several lines keep them.
    pub(super) fn table(&mut self, grid: Grid, layout: Layout) {
        let mut rows = vec![];
        for (_, cells) in grid.rows {
            let width = cells.keys().next_back().map_or(0, |last| last + 1);
            let mut row = vec![];
            for column in 0..width {
                if column > 0 {
                    self.text.push_str(" | ");
                }
                let start = self.text.len();
                let cell = cells.get(&column);
                self.write(cell.map_or("", |cell| cell.words.trim()));
                row.push(Cell {
                    range: start..self.text.len(),
                    above: cell.is_some_and(|cell| cell.above),
                });
            }
            self.text.push('\n');
            rows.push(row);
        }
        // All rows reach as far as the longest, so that cells stand under their columns.
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut rows {
            let end = row.last().map_or(0, |cell: &Cell| cell.range.end);
            row.resize_with(width, || Cell::of(end..end));
        }
        let rows = rows.into_iter().map(Row::from).collect();
        self.tables.push(Table { rows, layout });
    }

    /// Everything that was written.
    pub(super) fn decoded(self, encoding: &'static str) -> Decoded {
        Decoded {
            text: self.text,
            encoding,
            tables: self.tables,
            doubtful: self.doubtful,
        }
    }
}

/// The cells of a table by row and column.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: BTreeMap<usize, BTreeMap<usize, Written>>,
    count: usize,
}

/// A cell of a grid.
#[derive(Clone, Debug, Default)]
struct Written {
    words: String,
    above: bool,
}

/// Cells further to the right than this are none of a responsibility table.
const MOST_COLUMNS: usize = 64;

/// No table has more cells.
const MOST_CELLS: usize = 500_000;

impl Grid {
    /// Whether there is a cell at a place.
    pub(super) fn is_taken(&self, row: usize, column: usize) -> bool {
        self.rows
            .get(&row)
            .is_some_and(|cells| cells.contains_key(&column))
    }

    /// Puts words at a place; beyond the last column there is none.
    pub(super) fn put(
        &mut self,
        row: usize,
        column: usize,
        words: String,
    ) -> Result<(), ReadError> {
        self.set(
            row,
            column,
            Written {
                words,
                above: false,
            },
        )
    }

    /// Says that a cell is merged with the one above it.
    pub(super) fn continue_above(&mut self, row: usize, column: usize) -> Result<(), ReadError> {
        self.set(
            row,
            column,
            Written {
                words: String::new(),
                above: true,
            },
        )
    }

    fn set(&mut self, row: usize, column: usize, cell: Written) -> Result<(), ReadError> {
        self.count += 1;
        if self.count > MOST_CELLS {
            return Err(ReadError::Unfolds {
                format: "document's table",
                part: format!("row {}", row + 1),
                limit: MOST_CELLS,
                unit: "cells",
            });
        }
        if column < MOST_COLUMNS {
            self.rows.entry(row).or_default().insert(column, cell);
        }
        Ok(())
    }

    /// The rows that hold something, with their places.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, Vec<&str>)> {
        self.rows.iter().map(|(row, cells)| {
            let words = cells.values().map(|cell| cell.words.as_str());
            (*row, words.collect())
        })
    }

    /// The row in which the cells begin that reach down to `row`: headings in two rows, some of them merged.
    pub(super) fn first_of_merged(&self, row: usize) -> usize {
        let mut rows = self.rows.range(..=row).rev().peekable();
        let mut first = row;
        while let Some((_, cells)) = rows.next()
            && cells.values().filter(|cell| cell.above).count() > 1
            && let Some((above, cells)) = rows.peek()
            && cells
                .values()
                .filter(|cell| !cell.words.trim().is_empty())
                .count()
                > 1
        {
            first = **above;
        }
        first
    }

    /// Takes the rows before `row` out, as lines.
    pub(super) fn lines_before(&mut self, row: usize) -> Vec<String> {
        let rest = self.rows.split_off(&row);
        let before = std::mem::replace(&mut self.rows, rest);
        let line = |cells: BTreeMap<usize, Written>| {
            let words = cells.into_values().map(|cell| cell.words);
            let words: Vec<_> = words.filter(|words| !words.trim().is_empty()).collect();
            words.join(" ")
        };
        before.into_values().map(line).collect()
    }
}
