//! Grids: a column for each body, in whose fields a sign or a word says what the body has to do: ●, √, 牵头.

use super::{
    Column, Row, Table,
    cell::may_be_body,
    column::{column, role_in},
};
use crate::role::Slot;
use domain::vocabulary::Role;

/// Signs as they are folded: `·` is what ● becomes.
const FILLED: [char; 9] = ['·', '▲', '★', '■', '◆', '◎', '⊙', '※', '*'];
const HOLLOW: [char; 5] = ['○', '△', '☆', '□', '◇'];
const TICKS: [char; 4] = ['√', '✓', '✔', '☑'];

fn is_sign(c: char) -> bool {
    FILLED.contains(&c) || HOLLOW.contains(&c) || TICKS.contains(&c)
}

/// The sign that is all of these words.
fn sign(words: &str) -> Option<char> {
    let mut characters = words.chars();
    let first = characters.next().filter(|c| is_sign(*c));
    first.filter(|_| characters.next().is_none())
}

/// The role that words say which are nothing but a word for it: 牵头, 配合单位.
fn says(words: &str) -> Option<Role> {
    const LONGEST: usize = 6;
    let short = words.chars().nth(LONGEST).is_none();
    match column(words).filter(|_| short)? {
        Column::States(Slot::Parties(role)) => Some(role),
        _ => None,
    }
}

/// Whether words in a field say what the body of its column has to do.
pub(super) fn is_mark(words: &str) -> bool {
    sign(words).is_some() || says(words).is_some()
}

/// So many bodies make a grid.
const FEWEST: usize = 2;

/// So many rows show what fields hold.
const SAMPLE: usize = 24;

/// Which cells of a row are bodies above fields with marks; nothing if they are too few.
pub(super) fn bodies(text: &str, head: &Row, below: &[Row]) -> Option<Vec<bool>> {
    let width = head.cells.len();
    let named = |at: &usize| {
        let words = &text[head.cells[*at].range.clone()];
        may_be_body(words) && says(words).is_none()
    };
    if (0..width).filter(named).count() < FEWEST {
        return None;
    }
    let rows = || {
        let shown = below.iter().take(SAMPLE);
        shown.filter(|row| row.cells.len() == width)
    };
    let field = |row: &Row, at: usize| &text[row.cells[at].range.clone()];
    let of_marks =
        |at: &usize| rows().all(|row| field(row, *at).is_empty() || is_mark(field(row, *at)));
    let bodies: Vec<_> = (0..width).map(|at| named(&at) && of_marks(&at)).collect();
    let marked = |at: &usize| bodies[*at] && rows().any(|row| !field(row, *at).is_empty());
    let enough = (0..width).filter(marked).count() >= FEWEST;
    enough.then_some(bodies)
}

/// What the marks of a grid mean.
#[derive(Clone, Debug, Default)]
pub(super) struct Legend {
    said: Vec<(char, Role)>,
    /// Whether hollow signs stand in it too, so that filled ones say more.
    hollow: bool,
}

impl Legend {
    /// What stands near the beginning and the end of a table says what its signs mean: ●为牵头单位,○为配合单位.
    pub(super) fn of(text: &str, table: &Table) -> Self {
        const NEAR: usize = 400;
        let near = |at: usize| {
            let start = text.floor_char_boundary(at.saturating_sub(NEAR));
            &text[start..text.ceil_char_boundary(at + NEAR)]
        };
        let range = table.range();
        let mut said = vec![];
        for words in [near(range.start), near(range.end)] {
            let signs = words.match_indices(is_sign);
            said.extend(signs.filter_map(|(at, sign)| {
                let role = meaning(&words[at + sign.len()..])?;
                Some((sign.chars().next()?, role))
            }));
        }
        let mut cells = table.rows.iter().flat_map(|row| &row.cells);
        let hollow = cells
            .any(|cell| sign(&text[cell.range.clone()]).is_some_and(|sign| HOLLOW.contains(&sign)));
        Self { said, hollow }
    }

    /// The role that a mark gives, and whether that is said and not supposed: a filled sign leads, if others are hollow.
    pub(super) fn role(&self, mark: &str) -> Option<(Role, bool)> {
        let Some(sign) = sign(mark) else {
            return says(mark).map(|role| (role, true));
        };
        let said = self.said.iter().find(|(of, _)| *of == sign);
        let supposed = if HOLLOW.contains(&sign) {
            Role::Support
        } else if self.hollow && FILLED.contains(&sign) {
            Role::Lead
        } else {
            Role::Responsible
        };
        Some(said.map_or((supposed, false), |(_, role)| (*role, true)))
    }
}

/// The role that is named in the same part of the sentence behind a sign.
fn meaning(behind: &str) -> Option<Role> {
    const FURTHEST: usize = 10;
    let end = behind.char_indices().nth(FURTHEST);
    let near = &behind[..end.map_or(behind.len(), |(at, _)| at)];
    let part = near.split([',', ';', '。', '、', '\n', '|']).next()?;
    role_in(part.split(is_sign).next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_mean_what_is_said_of_them() {
        for (legend, mark, expected) in [
            ("注:·为牵头单位,○为配合单位", "·", Some((Role::Lead, true))),
            (
                "注:·为牵头单位,○为配合单位",
                "○",
                Some((Role::Support, true)),
            ),
            ("(★牵头 ☆参与)", "☆", Some((Role::Participate, true))),
            ("注:√表示责任单位", "√", Some((Role::Responsible, true))),
            ("分工如下", "√", Some((Role::Responsible, false))),
            ("分工如下", "○", Some((Role::Support, false))),
            ("分工如下", "配合", Some((Role::Support, true))),
            ("分工如下", "三", None),
        ] {
            let found = Legend::of(legend, &Table::default()).role(mark);
            assert_eq!(found, expected, "{legend} {mark}");
        }
    }
}
