//! Where columns part. A gutter need not be free in every line: what `pdftotext` puts at the same place stands there only
//! roughly, and a long piece reaches over the first place of the next column.

use super::line::{Line, Word};
use std::ops::Range;

/// Where each column but the first begins, and what does not fit that.
#[derive(Debug, Default)]
pub(super) struct Gutters {
    pub(super) at: Vec<usize>,
    pub(super) cost: usize,
}

/// A word that reaches further into another column tells no more against a gutter.
const FAR: usize = 4;

/// What space inside a column costs that parts words as columns are parted.
const INSIDE: usize = 6;

/// What a column without words costs.
const EMPTY: usize = 24;

/// What it costs to come to a place, and by which of the places before.
type Way = (usize, usize);

impl Gutters {
    /// The gutters that fit these lines best, one between each two neighbours of the places where headings stand, give or
    /// take `slack`.
    pub(super) fn of<'l>(
        lines: impl Iterator<Item = &'l Line<'l>>,
        headings: &[Range<usize>],
        slack: usize,
    ) -> Option<Self> {
        let (mut over, mut taken, mut gaps) = (vec![], vec![], vec![]);
        // How many words there are whose middle is before a place.
        let mut before = vec![];
        // A line of one part may be the heading of a section, or belong to no table.
        for line in lines.filter(|line| line.parts() > 1) {
            for word in &line.words {
                let Range { start, end } = word.place;
                if over.len() <= end {
                    over.resize(end + 1, 0);
                    taken.resize(end + 1, false);
                    before.resize(end + 1, 0);
                }
                before[word.middle() + 1] += 1;
                taken[start..end].fill(true);
                for (at, over) in over.iter_mut().enumerate().take(end).skip(start + 1) {
                    *over += (at - start).min(end - at).min(FAR);
                }
            }
            let pairs = line.words.windows(2).filter(|pair| pair[1].apart);
            gaps.extend(pairs.map(|pair| (pair[0].middle(), pair[1].middle())));
        }
        let width = headings.last()?.end.max(over.len());
        over.resize(width, 0);
        taken.resize(width, false);
        before.resize(width, 0);
        let mut sum = 0;
        for count in &mut before {
            sum += *count;
            *count = sum;
        }
        // How many gaps are wide and lie between words of one column.
        let inside = |from: usize, to: Range<usize>| {
            let mut ending = vec![0; to.len()];
            for (_, end) in gaps.iter().filter(|(start, _)| *start >= from) {
                if let Some(first) = ending.get_mut((end + 1).saturating_sub(to.start)) {
                    *first += 1;
                }
            }
            let mut sum = 0;
            ending.into_iter().map(move |count| {
                sum += count;
                sum
            })
        };
        // The best way to part all columns up to one, for each place where that one may end.
        let mut ways: Vec<(Range<usize>, Vec<Way>)> = vec![(0..1, vec![(0, 0)])];
        for pair in headings.windows(2) {
            let from = (pair[0].start + 1).saturating_sub(slack).max(1);
            let window = from..(pair[1].end + slack).min(width);
            let (starts, costs) = ways.last()?;
            let mut best = vec![(usize::MAX, 0); window.len()];
            for (index, (cost, _)) in costs.iter().enumerate() {
                let start = starts.start + index;
                if *cost == usize::MAX {
                    continue;
                }
                for (place, count) in window.clone().zip(inside(start, window.clone())) {
                    let empty = usize::from(before[place] == before[start]) * EMPTY;
                    let cost = cost + over[place] + count * INSIDE + empty;
                    let best = &mut best[place - window.start];
                    if place > start && cost < best.0 {
                        *best = (cost, index);
                    }
                }
            }
            ways.push((window, best));
        }
        let (window, costs) = ways.last()?;
        let rest = |index: usize| inside(window.start + index, width..width + 1).next();
        let total = |(index, (cost, _)): (usize, &Way)| {
            (*cost < usize::MAX).then(|| Some((cost + rest(index)? * INSIDE, index)))?
        };
        let (cost, mut index) = costs.iter().enumerate().filter_map(total).min()?;
        let mut at = vec![];
        for (window, costs) in ways[1..].iter().rev() {
            at.push(middle(&taken, window.start + index));
            index = costs[index].1;
        }
        at.reverse();
        Some(Self { at, cost })
    }

    fn column(&self, place: usize) -> usize {
        self.at.partition_point(|at| *at <= place)
    }

    /// The words of each column in a line; nothing if one of them stands in several columns.
    pub(super) fn cells(&self, line: &Line) -> Option<Vec<String>> {
        let columns = self.at.len() + 1;
        let outside = |word: &Word, column: usize| {
            let Range { start, end } = word.place;
            let first = column.checked_sub(1).map_or(0, |before| self.at[before]);
            let behind = self
                .at
                .get(column)
                .map_or(0, |next| end.saturating_sub(*next));
            behind.min(end - start) + first.saturating_sub(start).min(end - start)
        };
        // For each word, what it costs at least to put it into each column, and where the one before it stands then.
        let mut ways: Vec<Vec<Way>> = vec![];
        for word in &line.words {
            let before = ways.last();
            let way = (0..columns).map(|column| {
                let cost = outside(word, column);
                let Some(before) = before else {
                    return (cost, 0);
                };
                let same = if word.apart { INSIDE } else { 0 };
                let step = |(place, (cost, _)): (usize, &Way)| {
                    (cost + if place == column { same } else { 0 }, place)
                };
                let least = before[..=column].iter().enumerate().map(step).min();
                let (least, place) = least.unwrap_or_default();
                (cost + least, place)
            });
            ways.push(way.collect());
        }
        let last = ways.last()?.iter().enumerate();
        let (cost, mut column) = last.map(|(column, (cost, _))| (*cost, column)).min()?;
        if cost > FAR * line.parts() {
            return None;
        }
        let mut cells = vec![String::new(); columns];
        for (word, way) in line.words.iter().zip(&ways).rev() {
            let cell = &mut cells[column];
            let space = if cell.is_empty() { "" } else { " " };
            cell.insert_str(0, space);
            cell.insert_str(0, word.words);
            column = way[column].1;
        }
        Some(cells)
    }

    /// Whether a line begins in the first column.
    pub(super) fn begins_first(&self, line: &Line) -> bool {
        let first = line.words.first();
        first.is_some_and(|first| self.column(first.place.start) == 0)
    }

    /// Whether a line begins in one column and reaches into others.
    pub(super) fn crossed_by(&self, line: &Line) -> bool {
        let (Some(first), Some(last)) = (line.words.first(), line.words.last()) else {
            return false;
        };
        self.column(first.place.start) < self.column(last.place.end - 1)
    }
}

/// The middle of the free places around one.
fn middle(taken: &[bool], at: usize) -> usize {
    let before = taken[..at].iter().rev().take_while(|taken| !**taken);
    let behind = taken[at..].iter().take_while(|taken| !**taken);
    (at - before.count() + at + behind.count()) / 2
}
