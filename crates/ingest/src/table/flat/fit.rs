//! How well cells fit columns by their looks, before anything is known of the names in them.
//!
//! `align` puts the cells of a row under its columns when names are known. Here rows are still to be found, so that only the
//! shapes of cells are compared: what counts, what is a time, what are bodies, what is a sentence.

use super::counter::Counter;
use crate::{
    person::are_persons,
    role::{Slot, label},
    table::{
        Column,
        cell::{is_mostly_of_bodies, is_of_bodies, looks_like_date, may_be_body, says_roles},
    },
};
use std::ops::Range;

/// What a cell looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Nothing,
    Number,
    Time,
    /// Names of bodies, perhaps with what each does.
    Bodies,
    /// A list of which some may be bodies.
    Names,
    Persons,
    /// A few words.
    Words,
    /// What tells something: long, or with the signs of a sentence.
    Sentence,
}

impl Look {
    pub(super) fn of(words: &str) -> Self {
        const LONGEST_OF_WORDS: usize = 20;
        let of_role = || label(words).is_some_and(|(slot, ..)| matches!(slot, Slot::Parties(_)));
        let signs = |c: char| matches!(c, '。' | ';' | ',');
        if words.is_empty() {
            Self::Nothing
        } else if Counter::of(words).is_some() {
            Self::Number
        } else if looks_like_date(words) {
            Self::Time
        } else if is_of_bodies(words, may_be_body) || says_roles(words) || of_role() {
            Self::Bodies
        } else if are_persons(words) {
            Self::Persons
        } else if words.chars().nth(LONGEST_OF_WORDS).is_some() || words.contains(signs) {
            Self::Sentence
        } else if is_mostly_of_bodies(words) {
            Self::Names
        } else {
            Self::Words
        }
    }

    /// How badly it fits a column.
    fn misfit(self, column: Option<Column>) -> u32 {
        match (column, self) {
            (_, Self::Nothing)
            | (Some(Column::Number), Self::Number)
            | (Some(Column::States(Slot::Deadline)), Self::Time)
            | (Some(Column::States(Slot::Persons)), Self::Persons) => 0,
            (Some(Column::Number), _) | (_, Self::Number) => 20,
            (Some(Column::States(Slot::Parties(_))), look) => match look {
                Self::Bodies => 0,
                Self::Names => 2,
                Self::Words => 6,
                _ => 16,
            },
            (Some(Column::States(_)), Self::Words) | (Some(Column::Section), Self::Sentence) => 6,
            (Some(Column::States(_)), _) => 12,
            (Some(Column::Section | Column::Task | Column::Measure), look) => match look {
                Self::Words | Self::Sentence => 0,
                Self::Names => 4,
                _ => 10,
            },
            (_, Self::Bodies) => 5,
            _ => 1,
        }
    }
}

/// What it costs that a column has no cell in a row.
fn absence(column: Option<Column>) -> u32 {
    match column {
        Some(Column::Number | Column::Task) => 16,
        Some(Column::Measure) => 8,
        // Merged, or nobody helps.
        Some(Column::States(Slot::Parties(_)) | Column::Section) => 3,
        Some(Column::States(_)) => 4,
        Some(Column::Other | Column::Role | Column::Body) | None => 2,
    }
}

/// What it costs that a cell goes on in another line.
const MORE_LINES: u32 = 4;

/// The same where each body has a line of its own.
const MORE_BODIES: u32 = 1;

/// How badly cells fit columns, in their order, some of which may have none, or several lines.
pub(super) fn misfit(looks: &[Look], columns: &[Option<Column>]) -> u32 {
    // The least cost of the first cells under the columns up to here.
    let mut best: Vec<Option<u32>> = vec![None; looks.len() + 1];
    best[0] = Some(0);
    for &column in columns {
        let mut next: Vec<Option<u32>> = best
            .iter()
            .map(|cost| cost.map(|cost| cost + absence(column)))
            .collect();
        for (first, cost) in best.iter().enumerate() {
            let Some(mut cost) = *cost else {
                continue;
            };
            for (at, look) in looks.iter().enumerate().skip(first) {
                let more = match look {
                    _ if at == first => 0,
                    Look::Bodies => MORE_BODIES,
                    _ => MORE_LINES,
                };
                cost += look.misfit(column) + more;
                let slot = &mut next[at + 1];
                *slot = Some(slot.map_or(cost, |known| known.min(cost)));
            }
        }
        best = next;
    }
    best[looks.len()].unwrap_or(u32::MAX)
}

/// What cells look like.
pub(super) fn looks(text: &str, cells: &[Range<usize>]) -> Vec<Look> {
    cells
        .iter()
        .map(|cell| Look::of(&text[cell.clone()]))
        .collect()
}
