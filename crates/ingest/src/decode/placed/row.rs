//! Which lines a row takes. What counts it stands beside its first line or, as most tables are set, beside the middle one.

use super::{
    Piece, Sheet, Strip,
    cell::{self, STOPS},
};
use crate::table::Column;
use std::ops::Range;

/// Rows that are counted have no more lines between their numbers.
const MOST_LINES: usize = 80;

/// The rows of a stretch of lines, and what does not fit them.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) rows: Vec<Range<usize>>,
    pub(super) cost: usize,
}

/// Where numbers stand in their rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    First,
    Middle,
}

/// What it costs to part rows where no line is empty, though rows are parted so, and the other way round.
const UNPARTED: usize = 4;

/// What it costs to end a row where a list goes on, and to go on where a sentence ends before the edge.
const GOES_ON: usize = 6;
const ENDED: usize = 2;

/// The rows of lines in which numbers stand in `counted`. Behind the last row of a table other lines may stand.
pub(super) fn counted(
    sheet: &Sheet,
    strips: &[Strip],
    counted: &[usize],
    numbers: Numbers,
    last: bool,
) -> Option<Rows> {
    // The end of a page may part rows where nothing else does.
    let gaps = strips.iter().filter(|strip| strip.after_gap).count();
    let parted = gaps * 2 > counted.len();
    let ends: Vec<Ends> = (0..=strips.len())
        .map(|at| Ends::of(sheet, strips, at, parted))
        .collect();
    let sums = |cost: fn(&Ends) -> usize| {
        let mut sum = 0;
        let sums = ends.iter().map(move |ends| {
            sum += cost(ends);
            sum
        });
        sums.collect::<Vec<usize>>()
    };
    let inner = sums(|ends| ends.inner);
    let filled = sums(|ends| ends.filled);
    // Behind an empty line below the last number, something else may begin.
    let behind = counted.last().map_or(strips.len(), |last| last + 1);
    let gap = |at: &usize| strips[*at].after_gap && !strips[*at].begins_page;
    let behind = (behind..strips.len()).find(gap).unwrap_or(strips.len());
    let left_over = sums(|ends| ends.left_over);
    let left_over = |from: usize| {
        let before = left_over[behind.max(from)] - left_over[from];
        before + strips.len() - behind.max(from)
    };
    let lines = |range: Range<usize>| filled[range.end] - filled[range.start];
    let cells = Cells::of(sheet, strips);
    let row = |range: &Range<usize>, number: usize| {
        let (before, behind) = (
            lines(range.start..number),
            lines((number + 1).min(range.end)..range.end),
        );
        let aside = match numbers {
            Numbers::First => before * GOES_ON,
            Numbers::Middle => {
                let whole = before.abs_diff(behind);
                whole + whole.saturating_sub(1) + cells.aside(range, number)
            }
        };
        aside + inner[range.end - 1] - inner[range.start]
    };
    // For each place where a row may end, the best way up to there and where its last row begins.
    let mut ways = vec![(0, vec![(0, 0)])];
    for (index, &number) in counted.iter().enumerate() {
        let next = counted.get(index + 1);
        let window = match next {
            Some(next) => number + 1..next + 1,
            None if last => number + 1..strips.len() + 1,
            None => strips.len()..strips.len() + 1,
        };
        let (first, before) = ways.last()?;
        if number - first.min(&number) > MOST_LINES || window.len() > MOST_LINES {
            return None;
        }
        let way = |end: usize| {
            let costs = before.iter().enumerate().map(|(index, (cost, _))| {
                let row = row(&(first + index..end), number);
                (cost + row, index)
            });
            let (cost, from) = costs.min().unwrap_or_default();
            (cost + ends[end].cut, from)
        };
        ways.push((window.start, window.map(way).collect()));
    }
    let (first, costs) = ways.last()?;
    let total =
        |(index, (cost, _)): (usize, &(usize, usize))| (cost + left_over(first + index), index);
    let (cost, mut index) = costs.iter().enumerate().map(total).min()?;
    let mut rows = vec![];
    for pair in ways.windows(2).rev() {
        let (first, costs) = &pair[1];
        let from = costs[index].1;
        rows.push(pair[0].0 + from..first + index);
        index = from;
    }
    rows.reverse();
    Some(Rows { rows, cost })
}

/// Rows of which each is a line: nothing is to be found out.
pub(super) fn each_line(strips: &[Strip]) -> Rows {
    Rows {
        rows: (0..strips.len()).map(|at| at..at + 1).collect(),
        cost: 0,
    }
}

/// Rows that nothing counts, between empty lines; nothing if it is pages that part them.
pub(super) fn parted(sheet: &Sheet, strips: &[Strip]) -> Option<Rows> {
    let mut rows: Vec<Range<usize>> = vec![];
    for (at, strip) in strips.iter().enumerate() {
        match rows.last_mut().filter(|_| !strip.after_gap) {
            Some(row) => row.end = at + 1,
            None => rows.push(at..at + 1),
        }
    }
    let of_pages = rows.iter().filter(|row| strips[row.start].begins_page);
    if of_pages.count() * 2 > rows.len() {
        return None;
    }
    let inner = |row: &Range<usize>| -> usize {
        let inside = row.clone().skip(1);
        inside
            .map(|at| Ends::of(sheet, strips, at, true).inner)
            .sum()
    };
    let cost = rows.iter().map(inner).sum();
    Some(Rows { rows, cost })
}

/// Where the cells of each column stand.
struct Cells {
    /// For each line and the one behind the last, the first line from it on that has a piece of the column, and the last one
    /// before it.
    places: Vec<Vec<(usize, usize)>>,
}

impl Cells {
    fn of(sheet: &Sheet, strips: &[Strip]) -> Self {
        let columns = sheet.columns.iter().enumerate();
        let columns = columns.filter(|(_, column)| **column != Some(Column::Section));
        let places = columns.map(|(column, _)| {
            let mut places = vec![(strips.len(), 0); strips.len() + 1];
            for at in (0..strips.len()).rev() {
                let next = places[at + 1].0;
                places[at].0 = if strips[at].cells[column].is_some() {
                    at
                } else {
                    next
                };
            }
            for at in 0..strips.len() {
                let last = places[at].1;
                places[at + 1].1 = if strips[at].cells[column].is_some() {
                    at
                } else {
                    last
                };
            }
            places
        });
        Self {
            places: places.collect(),
        }
    }

    /// How far the middle of each cell of a row is from the number, beyond what may be where both have to stand in a line.
    fn aside(&self, row: &Range<usize>, number: usize) -> usize {
        const NEAR: usize = 1;
        const FAR: usize = 5;
        let aside = |places: &Vec<(usize, usize)>| {
            let (first, last) = (places[row.start].0, places[row.end].1);
            let filled = first < row.end;
            let aside = (first + last).abs_diff(2 * number).saturating_sub(NEAR);
            if filled { aside.min(FAR) } else { 0 }
        };
        self.places.iter().map(aside).sum()
    }
}

/// What it costs to end a row before a line, or not to.
#[derive(Default)]
struct Ends {
    cut: usize,
    inner: usize,
    /// Whether the line before it counts for the height of its row.
    filled: usize,
    /// What it costs to leave the line before it to the text.
    left_over: usize,
}

impl Ends {
    fn of(sheet: &Sheet, strips: &[Strip], at: usize, parted: bool) -> Self {
        // A cell may skip a line where another column has one between its own.
        const NEAR: usize = 3;
        let mut ends = Self::default();
        let Some(before) = at.checked_sub(1).map(|before| &strips[before]) else {
            return ends;
        };
        ends.filled = usize::from(sheet.says_more_than_section(before));
        let count = before.cells.iter().flatten().count();
        ends.left_over = if count > 1 { GOES_ON * count } else { count };
        let Some(strip) = strips.get(at) else {
            return ends;
        };
        // The end of a page parts rows only where all others are parted, too.
        if strip.after_gap && (parted || !strip.begins_page) {
            ends.inner += UNPARTED;
        } else if parted {
            ends.cut += UNPARTED;
        }
        // Below the end of a sentence, another cell of the row may have more lines.
        let both = |column: usize| before.cells[column].is_some() && strip.cells[column].is_some();
        for (index, column) in sheet.columns.iter().enumerate() {
            fn piece(strip: &Strip, column: usize) -> Option<&Piece> {
                strip.cells[column].as_ref()
            }
            let mut above = strips[at.saturating_sub(NEAR)..at].iter().rev();
            let above = above.find_map(|strip| piece(strip, index));
            let below = strips[at..]
                .iter()
                .take(NEAR)
                .find_map(|strip| piece(strip, index));
            let Some((above, below)) = above.zip(below) else {
                continue;
            };
            let says_what = column.is_some_and(Column::says_what);
            let ended = above.words.ends_with(STOPS);
            if cell::goes_on(sheet, index, above, below) {
                ends.cut += GOES_ON;
            } else if says_what && sheet.fills(index, above) {
                ends.cut += usize::from(!ended) * ENDED;
            } else if says_what && ended && both(index) {
                ends.inner += ENDED;
            } else if *column == Some(Column::Section) {
                ends.cut += 1;
            }
        }
        ends
    }
}
