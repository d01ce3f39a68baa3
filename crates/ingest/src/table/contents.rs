//! What the cells of a column hold, counted: bodies, times, numbers that count on.

use super::{
    Column, Row,
    cell::{is_of_bodies, looks_like_date, may_be_body_among_others, says_roles},
    column,
};
use crate::{
    kind, label,
    role::{self, Slot},
};
use domain::vocabulary::Role;

/// What the cells of a column hold, counted.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Contents {
    pub(super) rows: usize,
    filled: usize,
    characters: usize,
    /// Those that may count a row: 2, A-1, 一.
    pub(super) numerals: usize,
    /// Those that count on from the one above.
    pub(super) counts: usize,
    /// Lists of names whose shape shows bodies.
    pub(super) parties: usize,
    /// Lists of names of which each may be a body.
    pub(super) bodies: usize,
    /// Those that begin with a number which counts on from the one above: 1.工作调度不够.
    pub(super) labels: usize,
    dates: usize,
    /// Those that are nothing but a role: 牵头.
    pub(super) roles: usize,
    /// Those that say themselves what they are of: 牵头单位:甲局, 甲局牵头,乙局配合.
    labelled: usize,
}

/// Whether nearly all cells that stand in this place in rows of equal width are bodies.
pub(super) fn is_column_of_bodies(text: &str, rows: &[Row], at: usize) -> bool {
    let width = rows.first().map_or(0, |row| row.cells.len());
    let contents = Contents::of(text, rows, width, at);
    contents.mostly(contents.bodies)
}

/// So many rows show what a column holds.
pub(super) const SAMPLE: usize = 24;

impl Contents {
    pub(super) fn of(text: &str, rows: &[Row], width: usize, at: usize) -> Self {
        let mut contents = Self::default();
        let (mut last, mut last_label) = (0, 0);
        for row in rows.iter().take(SAMPLE) {
            let whole = row.cells.len() == width;
            contents.rows += usize::from(whole);
            let words = row.cells.get(at).map(|cell| &text[cell.range.clone()]);
            // Numbers stand first in rows that lack merged cells behind them, too.
            let Some(words) = words.filter(|words| (whole || at == 0) && !words.is_empty()) else {
                continue;
            };
            let number = words.trim_end_matches(['.', '、']).parse().unwrap_or(0);
            contents.counts += usize::from(number == last + 1);
            last = number;
            if !whole {
                continue;
            }
            if let Some(label) = label::at(words, 0).filter(|label| label.end < words.len()) {
                contents.labels += usize::from(label.number == last_label + 1);
                last_label = label.number;
            }
            contents.filled += 1;
            contents.characters += words.chars().count();
            contents.numerals += usize::from(may_count(words));
            contents.dates += usize::from(looks_like_date(words));
            contents.roles += usize::from(column::role_said(words).is_some());
            contents.labelled += usize::from(begins_with_label(words) || says_roles(words));
            contents.parties += usize::from(is_of_bodies(words, kind::shows_party));
            contents.bodies += usize::from(is_of_bodies(words, may_be_body_among_others));
        }
        contents
    }

    /// Whether nearly all cells are so, and there are several.
    pub(super) fn mostly(&self, count: usize) -> bool {
        self.filled >= 2 && count * 4 >= self.filled * 3
    }

    /// A column whose cells say themselves who answers.
    pub(super) fn labelled_column(&self) -> Option<Column> {
        let parties = Column::States(Slot::Parties(Role::Responsible));
        self.mostly(self.labelled).then_some(parties)
    }

    /// How much a cell says.
    pub(super) fn length(&self) -> usize {
        self.characters / self.filled.max(1)
    }

    /// What they show the column to be.
    pub(super) fn column(&self) -> Option<Column> {
        if self.mostly(self.counts) {
            Some(Column::Number)
        } else if self.mostly(self.parties) {
            Some(Column::States(Slot::Parties(Role::Responsible)))
        } else if self.mostly(self.dates) {
            Some(Column::States(Slot::Deadline))
        } else {
            None
        }
    }
}

/// Whether words may be what counts a row: 2, A-1, 2024007, 一.
fn may_count(words: &str) -> bool {
    const LONGEST: usize = 12;
    let is_figure = |c: char| c.is_ascii_digit() || crate::number::is_han_numeral(c);
    let of_count = |c: char| is_figure(c) || c.is_ascii() || "第号、".contains(c);
    words.chars().nth(LONGEST).is_none() && words.contains(is_figure) && words.chars().all(of_count)
}

fn begins_with_label(words: &str) -> bool {
    role::label(words).is_some_and(|(slot, ..)| matches!(slot, Slot::Parties(_)))
}
