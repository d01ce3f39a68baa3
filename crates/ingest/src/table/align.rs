//! Which cell stands under which column, where cells have been dropped or run over several lines.
//!
//! Cells keep their order, so the best way to put them under the columns is found one by one: what a cell holds fits a
//! column more or less, and an empty column or one with several cells costs a little too.

use super::{
    Column,
    cell::{is_of_bodies, may_be_body_among_others},
    column::role_said,
    flat::coded,
};
use crate::{
    bracket::split_outside,
    due,
    kind::{self, is_branch, is_branch_of_any_level, is_mere_level},
    label as numbering,
    list::list,
    number::is_han_numeral,
    person::{are_persons, are_posts},
    role::{Slot, label, verb_phrase},
    statement::Grammar,
};
use domain::{directory::level_word, fold::is_han, vocabulary::Role};
use std::ops::Range;

/// A row with more cells is none.
const MOST_CELLS: usize = 48;

/// So many rows may stand below one number where nothing separates them.
const MOST_ROWS: usize = 4;

/// So much worse may cells fit where they are written before they are put elsewhere.
const MUCH: u32 = 2;

/// Cells under their columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aligned {
    /// For each row the cells under each column, which may be none or several that follow each other. Rows below the
    /// first have no number of their own.
    pub(super) rows: Vec<Vec<Range<usize>>>,
    /// How badly they fit.
    pub(super) cost: u32,
    /// Whether every column has one cell that fits it.
    pub(super) plain: bool,
}

/// Puts cells under columns; nothing if there are too many.
pub(super) fn align(
    grammar: Grammar,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
) -> Option<Aligned> {
    if cells.len() > MOST_CELLS {
        return None;
    }
    let mut held: Vec<_> = cells
        .iter()
        .map(|cell| Held::of(grammar, cell, columns))
        .collect();
    // Behind a sentence names begin only where no other column stands between.
    let parties = |column: &Option<Column>| column.is_some_and(Column::names_parties);
    let before_parties = columns
        .iter()
        .position(parties)
        .and_then(|at| at.checked_sub(1));
    let what_before_who = before_parties
        .is_some_and(|at| columns[at].is_some_and(Column::says_what))
        && cells.len() > columns.len();
    for index in 1..held.len() {
        let between = grammar.text.get(cells[index - 1].end..cells[index].start);
        held[index].inside_line = between.is_some_and(|between| !between.contains('\n'));
        let behind_sentence =
            what_before_who && index > 1 && grammar.text[cells[index - 2].clone()].ends_with('。');
        held[index].ends_name = !held[index - 1].body()
            && is_name_on_two_lines(grammar, &cells[index - 1], &cells[index], behind_sentence);
    }
    if cells.len() == columns.len() && stand_right(&held, columns) {
        return Some(Aligned {
            rows: vec![cells.to_vec()],
            cost: 0,
            plain: true,
        });
    }
    let rows = if cells.len() > columns.len() {
        MOST_ROWS
    } else {
        1
    };
    let slots: Vec<_> = (0..rows).flat_map(|_| columns.iter().copied()).collect();
    let best = best(&held, &slots, columns.len());
    let ends = (1..=rows).map(|row| (best[row * columns.len()][cells.len()].0, row));
    let (cost, rows) = ends.min()?;
    // A cell for each column stands where it is, unless that fits much worse.
    let as_written: u32 = held
        .iter()
        .zip(columns)
        .map(|(held, column)| misfit(held, *column))
        .sum();
    let elsewhere = held
        .iter()
        .zip(columns)
        .any(|(held, column)| held.ends_name || held.goes_on || held.moved(*column));
    if cells.len() == columns.len() && !elsewhere && as_written <= cost + MUCH {
        return Some(Aligned {
            rows: vec![cells.to_vec()],
            cost: as_written,
            plain: false,
        });
    }
    let mut placed = vec![vec![0..0; columns.len()]; rows];
    let mut end = cells.len();
    let mut plain = rows == 1;
    for slot in (0..rows * columns.len()).rev() {
        let (_, count) = best[slot + 1][end];
        plain &= count == 1 && fits(&held[end - 1], slots[slot]);
        if count > 0 {
            placed[slot / columns.len()][slot % columns.len()] =
                cells[end - count].start..cells[end - 1].end;
        }
        end -= count;
    }
    Some(Aligned {
        rows: placed,
        cost,
        plain,
    })
}

/// Whether two cells that follow each other are one name, though the first is none: 区园林绿化, 服务中心. Behind the sentence that
/// says what is to be done, the name of an office may begin that says of no level: 体育卫生与艺, 术教育科.
fn is_name_on_two_lines(
    grammar: Grammar,
    first: &Range<usize>,
    second: &Range<usize>,
    behind_sentence: bool,
) -> bool {
    const LONGEST: usize = 12;
    let compact =
        |cell: &Range<usize>| -> String { grammar.text[cell.clone()].split_whitespace().collect() };
    let (first, second) = (&*compact(first), &*compact(second));
    let short = |words: &str| words.chars().nth(LONGEST).is_none() && words.chars().all(is_han);
    if level_word(second).is_some() || second.starts_with(first) || !short(first) || !short(second)
    {
        return false;
    }
    let place = || {
        let ends = ["市", "县", "区", "州", "旗", "镇", "乡", "街道"];
        first.chars().nth(1).is_some() && ends.iter().any(|end| first.ends_with(end))
    };
    // 生态环境, 拱墅分局
    let branch = || is_branch(first) && second.ends_with("分局");
    let begun = level_word(first).is_some() || place() || branch();
    let whole = [first, second].concat();
    let office = || behind_sentence && !are_persons(first) && kind::shows_party(&whole);
    begun && grammar.certainly_party(&whole) || office()
}

/// Where cells belong if all others of their row are merged with those above.
pub(super) fn below_merged(
    grammar: Grammar,
    cells: &[Range<usize>],
    columns: &[Option<Column>],
) -> Vec<usize> {
    Seen::of(grammar, cells, columns).below_merged(columns)
}

/// The cells of a row, seen once for all the columns under which they may stand.
pub(super) struct Seen {
    /// What each holds; nothing if it is empty.
    held: Vec<Option<Held>>,
}

impl Seen {
    /// Some of these columns may be among those that are tried.
    pub(super) fn of(grammar: Grammar, cells: &[Range<usize>], columns: &[Option<Column>]) -> Self {
        let held =
            |cell: &Range<usize>| (!cell.is_empty()).then(|| Held::of(grammar, cell, columns));
        Self {
            held: cells.iter().map(held).collect(),
        }
    }

    /// Where they belong if all others of their row are merged with those above.
    pub(super) fn below_merged(&self, columns: &[Option<Column>]) -> Vec<usize> {
        let held = &self.held;
        // The least cost of the first cells under the first columns.
        let mut best = vec![vec![NEVER; held.len() + 1]; columns.len() + 1];
        best[0][0] = 0;
        // A row of its own has its own bodies, and others go on; what has no number says more of the row above.
        let first = held.first().map(Option::as_ref);
        let own = first.is_some_and(|first| first.is_some_and(|first| first.number));
        let begins = own || first.is_some_and(|first| !first.is_some_and(Held::parties));
        // Of two that lead, one may lead in several rows.
        let alone =
            |column: Option<Column>| columns.iter().filter(|own| **own == column).count() < 2;
        let own_bodies = |column| begins && answers(column) && alone(column);
        let merged = |column: Option<Column>| merged(column) + u32::from(own_bodies(column));
        let with = |best: &[u32], column: Option<Column>, count: usize| {
            let before = count.checked_sub(1)?;
            let Some(held) = &held[before] else {
                return Some(best[before]);
            };
            let shared =
                matches!(column, Some(Column::Section)) || column == Some(Column::Number) && !own;
            let often = if shared { OFTEN } else { 0 };
            Some(best[before] + misfit(held, column) + often)
        };
        for (at, &column) in columns.iter().enumerate() {
            for count in 0..=held.len() {
                let without = best[at][count] + merged(column);
                let with = with(&best[at], column, count).unwrap_or(NEVER);
                best[at + 1][count] = without.min(with);
            }
        }
        // Of two ways that are as good, cells further to the left are merged.
        let mut places = vec![];
        let mut count = held.len();
        for (at, &column) in columns.iter().enumerate().rev() {
            if with(&best[at], column, count) == Some(best[at + 1][count]) {
                places.push(at);
                count -= 1;
            }
        }
        places.reverse();
        places
    }

    /// How badly they fit the columns under which they stand, one by one.
    pub(super) fn misfits(&self, columns: impl Iterator<Item = Option<Column>>) -> u32 {
        let filled = self.held.iter().zip(columns);
        filled
            .filter_map(|(held, column)| Some(misfit(held.as_ref()?, column)))
            .sum()
    }

    /// Whether something stands below one of bodies, each cell under its column.
    pub(super) fn names_parties(&self, columns: impl Iterator<Item = Option<Column>>) -> bool {
        let mut places = self.held.iter().zip(columns);
        places.any(|(held, column)| held.is_some() && column.is_some_and(Column::names_parties))
    }
}

/// Whether those stand in a column who answer, and not those who help or look on.
pub(super) fn answers(column: Option<Column>) -> bool {
    let of = |role| Some(Column::States(Slot::Parties(role)));
    [Role::Lead, Role::CoLead, Role::Responsible]
        .into_iter()
        .any(|role| column == of(role))
}

/// What it costs that a cell stands in a column whose cells most rows share.
const OFTEN: u32 = 8;

/// How seldom cells of a column are merged: what counts rows, and what several belong to, often is.
fn merged(column: Option<Column>) -> u32 {
    match column {
        Some(Column::Number | Column::Section) => 0,
        Some(Column::States(_) | Column::Body | Column::Role) => 1,
        Some(Column::Other) | None => 2,
        Some(Column::Task | Column::Measure) => 3,
    }
}

/// How badly cells fit the columns under which they stand.
pub(super) fn misfits<'c>(
    grammar: Grammar,
    cells: impl Iterator<Item = (&'c Range<usize>, Option<Column>)>,
) -> u32 {
    let filled = cells.filter(|(cell, _)| !cell.is_empty());
    filled
        .map(|(cell, column)| misfit(&Held::of(grammar, cell, &[column]), column))
        .sum()
}

/// Whether all that counts or names somebody stands where it should, if every column has one cell: what the others hold, such
/// as places, may look like bodies too.
fn stand_right(held: &[Held], columns: &[Option<Column>]) -> bool {
    held.iter().zip(columns).all(|(held, column)| {
        let telling = matches!(
            column,
            Some(Column::Number | Column::Role | Column::States(Slot::Parties(_) | Slot::Persons))
        );
        let in_pieces = held.ends_name || held.goes_on;
        let rest = in_pieces && column.is_some_and(Column::names_parties);
        // Several bodies have a line each where one of them stands in the place of a time.
        let pushed = matches!(column, Some(Column::States(Slot::Deadline))) && held.body();
        !held.moved(*column) && !pushed && (!telling || misfit(held, *column) == 0 && !rest)
    })
}

fn fits(held: &Held, column: Option<Column>) -> bool {
    misfit(held, column) == 0 || !column.is_some_and(|column| column != Column::Other)
}

/// `best[s][n]`: the least cost of putting the first `n` cells under the first `s` columns, those of one row behind those of
/// the other, and how many of them stand under the last of these.
fn best(held: &[Held], slots: &[Option<Column>], width: usize) -> Vec<Vec<(u32, usize)>> {
    let mut best = vec![vec![(u32::MAX, 0); held.len() + 1]; slots.len() + 1];
    best[0][0] = (0, 0);
    for (index, &column) in slots.iter().enumerate() {
        let below = index >= width;
        let again = if below && index % width == 0 { ROW } else { 0 };
        let first = column != Some(Column::Task) || !slots[..index % width].contains(&column);
        let absence = absence(column.filter(|_| first), below);
        for before in 0..=held.len() {
            let (cost, _) = best[index][before];
            if cost == u32::MAX {
                continue;
            }
            let begins = held.get(before).is_none_or(|cell| !cell.inside_line);
            let mut sum = cost + if again > 0 && !begins { NEVER } else { again };
            for count in 0..=held.len() - before {
                if count > 0 {
                    let cell = &held[before + count - 1];
                    let above = (count > 1).then(|| &held[before + count - 2]);
                    let of_parties = column.is_some_and(Column::names_parties);
                    let lead = Some(Column::States(Slot::Parties(Role::Lead)));
                    let of_others = of_parties && column != lead;
                    let says_what = column.is_some_and(Column::says_what);
                    match above {
                        Some(above) if cell.ends_name && !says_what => {
                            // Both are one cell.
                            let whole = if of_parties { 0 } else { misfit(cell, column) };
                            sum = sum - misfit(above, column) + whole;
                        }
                        // Where two of those who do not lead have a line each, more of them may.
                        Some(above) if of_others && count > 2 && !above.listed && !cell.listed => {
                            sum += misfit(cell, column) + joined(above, cell, column).min(MORE);
                        }
                        Some(above) => sum += misfit(cell, column) + joined(above, cell, column),
                        None if cell.ends_name => sum += misfit(cell, column) + APART,
                        None => sum += misfit(cell, column),
                    }
                    if below && matches!(column, Some(Column::Number | Column::Section)) {
                        sum += NEVER;
                    }
                }
                let total = if count == 0 { sum + absence } else { sum };
                let slot = &mut best[index + 1][before + count];
                if total < slot.0 {
                    *slot = (total, count);
                }
            }
        }
    }
    best
}

/// What it costs that a third body and those behind it have lines of their own.
const MORE: u32 = 1;
/// What it costs that the two lines of a name stand under two columns.
const APART: u32 = 6;
/// What it costs that another row stands below the same number.
const ROW: u32 = 6;
/// More than any row costs that can be read.
const NEVER: u32 = 1000;

/// What it costs that a column has no cell; below the same number, what stands above holds on.
fn absence(column: Option<Column>, below: bool) -> u32 {
    match column {
        Some(Column::Number | Column::Section) if below => 0,
        Some(Column::Task | Column::States(Slot::Parties(_))) if below => 6,
        Some(Column::Number | Column::Task) => 20,
        // One body alone answers rather than that it helps or looks on.
        Some(Column::States(Slot::Parties(_))) if answers(column) => 12,
        Some(Column::States(Slot::Parties(_))) => 11,
        Some(Column::Measure | Column::States(_) | Column::Role) => 8,
        Some(Column::Section | Column::Other) | None => 4,
        Some(Column::Body) => 0,
    }
}

/// What it costs that all columns of parties are empty.
pub(super) fn absence_of_parties(columns: impl Iterator<Item = Option<Column>>) -> u32 {
    let of_parties = columns.filter(|column| column.is_some_and(Column::names_parties));
    of_parties.map(|column| absence(column, false)).sum()
}

/// What it costs that a cell goes on with the one above it in the same column. Most tasks have one lead; bodies that have a
/// line each do not go on as a list.
fn joined(above: &Held, cell: &Held, column: Option<Column>) -> u32 {
    match column {
        // A cell that says that there is nothing is whole.
        Some(Column::States(_)) if above.nothing || cell.nothing => 12,
        Some(Column::States(Slot::Parties(_))) if above.labelled && cell.labelled => 0,
        _ if above.goes_on => 2,
        Some(Column::States(Slot::Parties(_))) if above.cut_off => 1,
        Some(Column::States(Slot::Parties(role))) => {
            let mixed = if above.listed || cell.listed { 8 } else { 0 };
            mixed + if role == Role::Lead { 5 } else { 4 }
        }
        _ => 4,
    }
}

/// What a cell holds.
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are marks, each independent of the others"
)]
struct Held {
    length: usize,
    number: bool,
    /// More than one sentence, and long.
    sentences: bool,
    /// How many of its names are parties, and how many names it has.
    names: (usize, usize),
    /// Whether none of its names may be something else: 城市运行中心 may be what is built.
    certain: bool,
    /// Whether it looks like words rather than like a name that nobody knows.
    wordy: bool,
    /// Whether it tells how far something is.
    progress: bool,
    persons: bool,
    /// Posts without the names of their holders.
    posts: bool,
    /// Whether it is nothing but the role of those in another column.
    role: bool,
    due: bool,
    /// Whether a sign in it says that there is nothing: -.
    nothing: bool,
    /// Whether it holds a list, or the end of one.
    listed: bool,
    /// Whether its list goes on in the next cell.
    goes_on: bool,
    /// Whether it is a list of parties whose last name is cut off.
    cut_off: bool,
    /// Whether it says itself what it is of: 牵头单位:甲局.
    labelled: bool,
    /// Whether each of its names may be a body, though nothing shows that one is.
    body_like: bool,
    /// Whether it is a branch and whose it is, but no body: 省人口计生.
    branch_of_a_level: bool,
    /// Whether it ends the name of a body that the cell above it begins.
    ends_name: bool,
    /// Whether another cell stands before it in its line, so that it begins no row.
    inside_line: bool,
}

impl Held {
    fn of(grammar: Grammar, cell: &Range<usize>, columns: &[Option<Column>]) -> Self {
        let words = &grammar.text[cell.clone()];
        let length = words.chars().count();
        let inner = words.trim_end_matches('。');
        let ended = words.ends_with('。') && words.contains(',');
        let sentences = length > LONG && (ended || inner.contains(['。', ';']));
        // Sentences name nobody.
        let names: Vec<_> = if sentences {
            vec![]
        } else {
            let names = list(grammar.text, cell.clone(), grammar.names).names;
            let names = names.iter().map(|name| &grammar.text[name.clone()]);
            names.collect()
        };
        // A cell may say the role of each: 市科技局牵头,市教委配合.
        // 市、区县 says of which levels, and names nobody.
        let party = |name: &&&str| {
            let verb = verb_phrase(name).map_or(0, |verb| verb.len);
            let bare = &name[..name.len() - verb];
            grammar.names.is_party(bare) && !is_mere_level(bare)
        };
        let of_cell = (names.iter().filter(party).count(), names.len());
        let last = || {
            names
                .last()
                .is_some_and(|last| !grammar.names.is_party(last))
        };
        let certain = || names.iter().all(|name| grammar.certainly_party(name));
        let times = columns.contains(&Some(Column::States(Slot::Deadline)));
        // 全年演出30场 says more than a time.
        let is_due = || {
            let due = due::expected(grammar.text, cell.clone(), grammar.year);
            due.is_some_and(|due| due.range.len() * 4 >= cell.len())
        };
        let progress = tells_progress(words);
        Self {
            length,
            number: counts(words)
                || numbering::at(grammar.text, cell.start)
                    .is_some_and(|label| label.end >= cell.end),
            sentences,
            names: of_cell,
            certain: length <= LONG && certain(),
            wordy: length > LONG / 3
                || words.contains(|c: char| c.is_ascii_digit() || ",;%".contains(c))
                || words.ends_with('。')
                || progress
                || tells_of_completion(words),
            progress,
            persons: are_persons(words),
            posts: are_posts(words),
            role: columns.contains(&Some(Column::Role)) && role_said(words).is_some(),
            due: times && length <= LONG / 2 && is_due(),
            nothing: words.chars().all(|c| matches!(c, '-' | '/' | '—')),
            // 各县(市、区) is one.
            listed: split_outside(inner, 0..inner.len(), |c| {
                matches!(c, '、' | ',' | ';' | '等')
            })
            .nth(1)
            .is_some(),
            goes_on: words.ends_with(['、', ',']),
            cut_off: of_cell.0 > 0 && of_cell.0 + 1 == of_cell.1 && last(),
            labelled: label(words).is_some_and(|(slot, ..)| slot != Slot::Other),
            body_like: is_of_bodies(words, may_be_body_among_others)
                || is_branch_of_any_level(words),
            branch_of_a_level: level_word(words).is_some() && is_branch_of_any_level(words),
            ends_name: false,
            inside_line: false,
        }
    }

    /// Whether it is a body below what is to be done, and so stands for a cell that is missing before it, or below how far it
    /// is, and so for a second that leads.
    fn moved(&self, column: Option<Column>) -> bool {
        let of_others = |column: Column| column.says_what() || column == Column::Other;
        column.is_some_and(of_others) && self.body() && self.length <= LONG
    }

    /// Whether it is a body, or several, and no mere place.
    fn body(&self) -> bool {
        self.parties() && (self.certain || self.listed)
    }

    /// Whether it is a list of which many are parties.
    fn mostly_parties(&self) -> bool {
        let (parties, all) = self.names;
        self.listed && !self.wordy && parties * 2 >= all
    }

    /// Whether it holds nothing but parties.
    fn parties(&self) -> bool {
        self.names.0 > 0 && self.names.0 == self.names.1
    }
}

/// Whether words begin as those do that tell how far something is: 已完成, 正在施工.
fn tells_progress(words: &str) -> bool {
    const LONGEST: usize = 8;
    const BEGIN: [&str; 8] = [
        "已",
        "正在",
        "目前",
        "截至",
        "截止",
        "提前完成",
        "序时",
        "按序时",
    ];
    const END: [&str; 6] = ["推进中", "推动中", "进行中", "实施中", "建设中", "施工中"];
    BEGIN.iter().any(|begin| words.starts_with(begin))
        || words.chars().nth(LONGEST).is_none() && END.iter().any(|end| words.ends_with(end))
}

/// Whether words may tell how far something is, or what is to be done, and name nobody: 完成, 全面完成.
fn tells_of_completion(words: &str) -> bool {
    const BEGIN: [&str; 5] = ["基本完成", "全面完成", "全部完成", "完成", "未完成"];
    BEGIN.iter().any(|begin| words.starts_with(begin))
}

/// Whether words count a row: 7, 第7号, 2-3, 三, b2.
fn counts(words: &str) -> bool {
    const LONGEST: usize = 6;
    let inner = words.trim_start_matches('第').trim_end_matches('号');
    let plain = inner
        .chars()
        .all(|c| c.is_ascii_digit() || ".、*".contains(c));
    let parts = || {
        let parts: Vec<_> = inner.split('-').collect();
        let digits = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        parts.len() == 2 && inner.len() <= LONGEST && parts.iter().all(digits)
    };
    // 三 by itself, where rows are counted so.
    let han = || words.len() <= LONGEST && !words.is_empty() && words.chars().all(is_han_numeral);
    plain || parts() || han() || coded(words).is_some()
}

/// No mark in the field of a grid is longer.
const MARK: usize = 4;

/// No list of names in a column of tasks is longer, and no name is as long.
const LONG: usize = 60;

/// How badly what a cell holds fits a column.
fn misfit(held: &Held, column: Option<Column>) -> u32 {
    match column {
        Some(Column::States(_) | Column::Other) | None if held.nothing => 0,
        Some(Column::Number) => {
            if held.number {
                0
            } else {
                24
            }
        }
        Some(Column::States(Slot::Deadline)) if held.due => 0,
        Some(Column::States(Slot::Deadline)) if held.progress => 4,
        Some(Column::Other) if held.progress => 0,
        None if held.progress => 1,
        // A target may be no more than a figure.
        Some(Column::States(Slot::Deadline) | Column::Measure | Column::Other | Column::Body)
        | None
            if held.number =>
        {
            5
        }
        _ if held.number => 20,
        Some(Column::Role) if held.role => 0,
        Some(Column::Role) => 20,
        Some(Column::Task | Column::Measure | Column::Section) if held.role => 12,
        Some(Column::States(Slot::Parties(_))) => match held.names {
            _ if held.labelled => 0,
            _ if held.posts => 4,
            _ if held.sentences => 24,
            (0, _) if held.body_like => 4,
            (0, _) if held.wordy || held.persons => 20,
            (0, _) => 12,
            _ if held.parties() => 0,
            _ if held.cut_off => 3,
            (few, all) if few * 2 < all => 16,
            _ => 8,
        },
        Some(Column::States(Slot::Persons)) if held.persons || held.posts => 0,
        Some(Column::States(Slot::Persons)) if held.parties() || held.sentences => 20,
        Some(Column::States(Slot::Persons | Slot::Deadline)) => 16,
        Some(Column::Task | Column::Measure | Column::Section) => {
            if held.parties() && held.length <= LONG {
                if held.certain { 16 } else { 8 }
            } else if (held.cut_off || held.branch_of_a_level || held.mostly_parties())
                && held.length <= LONG
            {
                8
            } else if held.persons || held.due || held.progress {
                12
            } else {
                0
            }
        }
        Some(Column::Body) => {
            if held.length <= MARK {
                0
            } else {
                16
            }
        }
        Some(Column::States(Slot::Other)) if held.parties() => 0,
        Some(Column::Other) if held.parties() => 10,
        None if held.parties() => 7,
        Some(Column::States(Slot::Other) | Column::Other) => 4,
        None => 5,
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
            (
                "序号|任务|目标|领导|牵头单位|配合单位|推进情况|说明",
                "1|推进建设|张三|城管局|市政处|完成三成。",
                "1|推进建设||张三|城管局|市政处|完成三成。|",
            ),
            (
                "序号|任务|牵头单位|配合单位",
                "1|推进建设|市科技局|市商务局|市教委、市财政局",
                "1|推进建设|市科技局 市商务局|市教委、市财政局",
            ),
            (
                "序号|任务|牵头单位|配合单位",
                "1|推进建设|市科技局|市教委|市财政局",
                "1|推进建设|市科技局|市教委 市财政局",
            ),
            (
                "序号|任务|责任单位|完成时限",
                "1|推进建设|市科技局|2023年底前|加快改造|市教委|2024年底前",
                "1|推进建设|市科技局|2023年底前/|加快改造|市教委|2024年底前",
            ),
            (
                "序号|任务|责任单位|完成时限",
                "1|推进建设|市科技局|市教委|2023年底前|加快改造|2024年底前",
                "1|推进建设|市科技局 市教委|2023年底前/|加快改造||2024年底前",
            ),
        ] {
            let columns: Vec<_> = heads.split('|').map(column).collect();
            let text = row.replace('|', "\n");
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
            let aligned = align(grammar, &cells, &columns).unwrap();
            let rows = aligned.rows.into_iter().map(|row| {
                let shown: Vec<_> = row.into_iter().map(|range| &text[range]).collect();
                shown.join("|")
            });
            let rows: Vec<_> = rows.collect();
            assert_eq!(rows.join("/").replace('\n', " "), expected, "{row}");
        }
    }
}
