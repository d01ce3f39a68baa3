//! The words of a cell that takes several lines.

use super::{Piece, Sheet, Strip};
use crate::{kind, role::Slot, table::Column};
use domain::{directory::level_word, fold::fold};

/// What a piece ends with that goes on in the next line.
const OPEN: [char; 5] = ['、', '，', ',', '“', '《'];

/// What a sentence ends with.
pub(super) const STOPS: [char; 5] = ['。', '；', ';', '！', '!'];

/// Whether what a piece says goes on in the next line.
pub(super) fn is_open(words: &str) -> bool {
    let count = |signs: [char; 2]| words.matches(signs).count();
    words.ends_with(OPEN) || count(['（', '(']) > count(['）', ')'])
}

/// Whether what one piece says surely goes on in the next: behind 、, or where a name is broken.
pub(super) fn goes_on(sheet: &Sheet, column: usize, above: &Piece, below: &Piece) -> bool {
    let of_parties = sheet.columns[column].is_some_and(Column::names_parties);
    let broken = || !(may_end(&above.words) && may_begin(&below.words));
    is_open(&above.words) || of_parties && broken()
}

/// The words of all pieces of a cell, from the first line to the last.
pub(super) fn joined(sheet: &Sheet, column: usize, pieces: &[&Piece]) -> String {
    let kind = sheet.columns[column];
    let mut words = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        if let Some(last) = at.checked_sub(1).map(|last| pieces[last]) {
            let filled = sheet.fills(column, last);
            let parted = match kind {
                Some(parties) if parties.names_parties() => {
                    are_names(&words, &pieces[at..], !filled || sheet.unbroken[column])
                }
                Some(column) if column.says_what() => !filled && last.words.ends_with(STOPS),
                Some(Column::States(Slot::Persons)) => {
                    !is_open(&last.words) && piece.words.chars().nth(1).is_some()
                }
                _ => false,
            };
            if parted {
                let listed = are_listed(kind, &words, &piece.words);
                words.push(if listed { '、' } else { '\n' });
            } else if ends_word(&last.words, &piece.words) {
                words.push(' ');
            }
        }
        words.push_str(&piece.words);
    }
    words
}

/// Whether what a line parts is a list, and says no more than names.
fn are_listed(column: Option<Column>, above: &str, below: &str) -> bool {
    let plain = |words: &str| !words.contains([':', '：', '\n', ' ']) && !words.ends_with(STOPS);
    column.is_some_and(Column::names_parties) && plain(above) && plain(below)
}

/// Whether no line of a column ends or begins inside a name, so that its edge broke none.
pub(super) fn breaks_no_name(strips: &[Strip], column: usize) -> bool {
    let mut pieces = strips
        .iter()
        .filter_map(|strip| strip.cells[column].as_ref());
    pieces.all(|piece| is_open(&piece.words) || may_end(&piece.words) && may_begin(&piece.words))
}

/// What parts names.
const SIGNS: [char; 9] = ['、', ',', ';', '/', ' ', '\n', '(', ')', ':'];

/// Whether the next lines begin with a name of its own, behind names without a sign at their end: lines are `apart` where the
/// upper one has room, or no name is broken anywhere; elsewhere one that begins with its level is another.
fn are_names(above: &str, below: &[&Piece], apart: bool) -> bool {
    // A name is broken over no more lines.
    const MOST: usize = 3;
    let above = folded_lines(above);
    if is_open(&above) || above.ends_with(SIGNS) {
        return false;
    }
    let last = above.rsplit(SIGNS).next().unwrap_or_default();
    let mut first = String::new();
    for piece in below.iter().take(MOST) {
        let words = fold(&piece.words);
        let name = words.split(SIGNS).next().unwrap_or_default();
        first.push_str(name);
        let whole = is_whole(last) && is_whole(&first);
        let names = may_be_name(last) && may_be_name(&first) && !is_rest(&first);
        if whole && is_of_level(&first) || apart && (whole || names) {
            return true;
        }
        if name.len() < words.len() {
            break;
        }
    }
    false
}

fn folded_lines(words: &str) -> String {
    words.lines().map(fold).collect::<Vec<_>>().join("\n")
}

/// Whether a name says of which level it is, or is of a set.
fn is_of_level(name: &str) -> bool {
    level_word(name).is_some() || name.starts_with('各')
}

/// Whether a name is one, and no piece of one: 各乡 may go on.
fn is_whole(name: &str) -> bool {
    kind::is_certain(name) && !is_short_set(name) || is_of_level(name) && may_be_name(name)
}

/// Whether a word is too short to be sure that it is no rest of a name: 中心, 公室.
fn is_rest(name: &str) -> bool {
    const LONGEST: usize = 2;
    name.chars().nth(LONGEST).is_none()
}

fn may_be_name(name: &str) -> bool {
    kind::may_be_body(name) && !is_short_set(name)
}

fn is_short_set(name: &str) -> bool {
    name.starts_with('各') && name.chars().nth(2).is_none()
}

/// Whether a space belongs where a line ends between words.
fn ends_word(above: &str, below: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic();
    above.ends_with(letter) && below.starts_with(letter)
}

/// Whether the last name of a line may end there. Of one that is broken, it may hold no more than the end: 局.
fn may_end(words: &str) -> bool {
    let words = fold(words);
    let last = words.rsplit(SIGNS).next().unwrap_or_default();
    let is_end = || kind::may_be_body(&format!("本{last}"));
    last.is_empty() || may_be_name(last) || last.chars().nth(1).is_none() && is_end()
}

/// Whether a name may begin with a line, and not the rest of one.
fn may_begin(words: &str) -> bool {
    let words = fold(words);
    let first = words.split(SIGNS).next().unwrap_or_default();
    is_of_level(first) || may_be_name(first)
}
