//! Tables in flattened text: cells ended by `|` one a line, or with it before them, rows of a line with `|` or tabs, cells one a
//! line without any sign, cells behind white space, and cells that nothing separates.

mod around;
mod below_number;
mod broken;
mod card;
mod counter;
mod ended;
mod even;
mod fit;
mod glued;
mod headings;
mod last;
mod leading;
mod merged;
mod one_line;
mod padded;
mod periodic;
mod pieces;
mod quoted;
mod spaced;
mod starts;
mod stream;
mod turned;
mod uncounted;

pub(super) use counter::coded;

use super::{
    Cell, Column, Layout, Row, Table, cell,
    column::{column, labelled, pairs},
    head,
};
use crate::{
    label,
    line::{Line, trimmed},
    role,
    words::Words,
};
use domain::fold::{Folded, is_han};
use std::ops::Range;

/// Finds them all, in the order of the text.
pub(crate) fn flat(folded: &Folded, lines: &[Line]) -> Vec<Table> {
    let text = folded.text();
    let lines = &quoted::whole(folded, lines)[..];
    let cells: Vec<_> = lines.iter().map(|line| line.range.clone()).collect();
    // A line with tabs is a row, and no cell of a table that has one a line.
    let tabbed: Vec<_> = lines.iter().map(|line| is_tabbed(folded, line)).collect();
    let paragraphs = paragraphs(text, lines);
    let mut tables = vec![];
    // What stands before is in a table already.
    let mut free = 0;
    let mut at = 0;
    while at < lines.len() {
        let rest = &lines[at..];
        let near = tabbed[at..]
            .iter()
            .take(HEADINGS_BEFORE)
            .position(|tab| *tab);
        let end = near.map_or(lines.len(), |near| at + near);
        let found = signs_on_lines(text, rest)
            .or_else(|| leading::signs_before(text, rest))
            .or_else(|| separated(folded, rest))
            .or_else(|| card::cards(text, lines, at))
            .or_else(|| glued::lines::below_headings(folded, rest))
            .or_else(|| of_paragraphs(text, &paragraphs, at..end))
            .or_else(|| of_lines(text, &cells[at..end]))
            .or_else(|| spaced::behind_spaces(text, rest))
            .or_else(|| one_line::behind_words(text, rest))
            .or_else(|| glued::in_a_line(text, rest));
        // Of headings without a row below, not all may have been found.
        let bare = |table: &Option<Table>| table.as_ref().is_some_and(|table| table.rows.len() < 2);
        let recurring = found
            .as_ref()
            .is_none_or(|(table, _)| bare(table))
            .then(|| periodic(text, &cells[free..end], at - free))
            .flatten();
        let (table, next) = match (recurring, found) {
            (Some((table, place)), _) => (Some(table), free + place.end),
            (None, Some((table, count))) => (table, at + count),
            (None, None) => (None, at + 1),
        };
        free = if table.is_some() { next } else { free };
        at = next;
        tables.extend(table);
    }
    tables
}

/// A table of which only one heading is known.
fn periodic(text: &str, cells: &[Range<usize>], known: usize) -> Option<(Table, Range<usize>)> {
    /// So many rows show whether it is a responsibility table.
    const SHOWN: usize = 24;
    cells.get(known)?;
    let (shown, _) = periodic::periodic(text, cells, known, SHOWN)?;
    head::is_there(text, &shown.rows)
        .then(|| periodic::periodic(text, cells, known, usize::MAX))
        .flatten()
}

/// Within so many lines of a title stand the headings of a table.
const HEADINGS_BEFORE: usize = 8;

/// Whether cells stand in a line that are the headings of columns, with tabs between them.
fn is_tabbed(folded: &Folded, line: &Line) -> bool {
    let words = &folded.text()[line.range.clone()];
    words.contains(' ') && split(folded, 0, &line.range).is_some_and(|row| row.cells.len() >= 3)
}

/// A table, unless the lines hold none after all, and how many lines were looked through.
type Found = Option<(Option<Table>, usize)>;

/// How many lines without a separator may stand between two with one: lines of a cell.
const LINES_OF_A_CELL: usize = 8;

/// Cells with `|` on a line of its own behind each.
fn signs_on_lines(text: &str, lines: &[Line]) -> Found {
    let is_sign = |line: &Line| text[line.range.clone()].chars().all(|c| c == '|');
    if !lines.iter().take(2).any(is_sign) {
        return None;
    }
    let mut count = 1;
    let mut heads = None;
    for (index, line) in lines.iter().enumerate() {
        let goes_on =
            index < count + LINES_OF_A_CELL && !heads_another(text, lines, index, &mut heads);
        if text[line.range.clone()].contains('|') && goes_on {
            count = index + 1;
        } else if !goes_on {
            break;
        }
    }
    let cells = stream::cells(text, &lines[..count]);
    let table = stream::rows(text, &cells, Layout::Signs);
    let table = table.or_else(|| stream::without_headings(text, &cells));
    Some((table.filter(|table| has_columns(text, table)), count))
}

/// Lines with `|` or tabs.
fn separated(folded: &Folded, lines: &[Line]) -> Found {
    let text = folded.text();
    if let Some(table) = in_one_line(text, &lines[0].range) {
        return Some((Some(table).filter(|table| has_columns(text, table)), 1));
    }
    let first = usize::from(is_parted_number(text, lines));
    let mut rows = vec![split(folded, first, &lines[first].range)?];
    let mut count = first + 1;
    let mut heads = None;
    heads_another(text, lines, first, &mut heads);
    for (index, line) in lines.iter().enumerate().skip(count) {
        if heads_another(text, lines, index, &mut heads) {
            break;
        }
        match split(folded, index, &line.range) {
            Some(row) => {
                rows.push(row);
                count = index + 1;
            }
            None if index - count >= LINES_OF_A_CELL => break,
            // 2.种树 above its own 牵头单位 | 甲局 is no cell of the pairs before it.
            None if label::at(text, line.range.start).is_some() && are_pairs(text, &rows) => {
                break;
            }
            None => {}
        }
    }
    count += labels_behind(text, &lines[count..], rows.last());
    // | 甲 | 乙 | where all rows begin so; else the first cell of a row is empty.
    if text[lines[0].range.clone()].starts_with(['|', '│', '┃', '║']) {
        for row in &mut rows {
            if row.cells.len() > 1 && row.cells[0].is_empty() {
                row.cells.remove(0);
            }
        }
    }
    let single = rows.iter().filter(|row| row.cells.len() == 1);
    let table = if single.count() * 2 > rows.len() {
        ended::rows(text, &lines[..count]).or_else(|| {
            let cells = stream::cells(text, &lines[..count]);
            stream::rows(text, &cells, Layout::Signs)
        })
    } else {
        Some(row_a_line(text, &lines[first..count], &rows))
    };
    Some((table.filter(|table| has_columns(text, table)), count))
}

/// Whether 序 and 号 stand on a line each, the second with the sign that ends the cell.
fn is_parted_number(text: &str, lines: &[Line]) -> bool {
    let words = |at: usize| lines.get(at).map_or("", |line| &text[line.range.clone()]);
    words(0) == "序" && words(1).starts_with('号') && words(1).contains('|')
}

/// Whether the line at `at` holds the headings of another table than the first ones, at `heads`: 序号 again, and other words
/// behind it.
fn heads_another(text: &str, lines: &[Line], at: usize, heads: &mut Option<usize>) -> bool {
    const NEAR: usize = 4;
    let words = |at: usize| lines.get(at).map(|line| &text[line.range.clone()]);
    let first = words(at).and_then(|words| words.trim_start_matches(['|', ' ']).split('|').next());
    if first.and_then(column) != Some(Column::Number) {
        return false;
    }
    let first = *heads.get_or_insert(at);
    (0..NEAR).any(|below| words(at + below) != words(first + below))
}

/// How many lines behind the last row go on with its last cell, as labels do behind one that begins with a label.
fn labels_behind(text: &str, lines: &[Line], last: Option<&Split>) -> usize {
    let labelled = |range: &Range<usize>| role::label(&text[range.clone()]).is_some();
    let may_go_on = last.is_some_and(|row| !row.ended && row.cells.last().is_some_and(labelled));
    let own = lines
        .iter()
        .take_while(|line| may_go_on && !line.after_gap && labelled(&line.range));
    own.count()
}

/// A whole table on one line: the rule below its headings, |---|---|, says how many cells a row has, or the first number
/// does.
fn in_one_line(text: &str, line: &Range<usize>) -> Option<Table> {
    let words = &text[line.clone()];
    let ruled = words.contains("|--") || words.contains("|:-");
    if !ruled && !NUMBERS.inside(words) {
        return None;
    }
    let mut at = line.start;
    let cells = words.split('|').map(|cell| {
        at += cell.len() + 1;
        trimmed(text, at - cell.len() - 1..at - 1)
    });
    let cells: Vec<_> = cells.collect();
    if !ruled {
        return counted_in_one_line(text, &cells);
    }
    // Between two rows stands what lies between the sign that ends one and the sign that begins the other.
    stream::ruled(text, &cells, 1).filter(|table| table.rows.len() > 1)
}

/// Rows of as many cells as stand between the heading of the numbers and the first number, each with the next number.
fn counted_in_one_line(text: &str, cells: &[Range<usize>]) -> Option<Table> {
    const FEWEST: usize = 3;
    let words = |cell: &Range<usize>| &text[cell.clone()];
    let head = cells
        .iter()
        .position(|cell| column(words(cell)) == Some(Column::Number))?;
    let width = cells[head..].iter().position(|cell| words(cell) == "1")?;
    let rows = cells[head..].chunks(width.max(1));
    let mut rows = rows.filter(|row| row.len() + 1 >= width);
    let heads = rows.next().filter(|_| width >= FEWEST)?;
    let counted: Vec<_> = rows
        .enumerate()
        .take_while(|(index, row)| words(&row[0]) == (index + 1).to_string())
        .map(|(_, row)| row)
        .collect();
    let rows = std::iter::once(heads).chain(counted);
    Some(Table {
        rows: rows.map(|row| Row::of(row.iter().cloned())).collect(),
        layout: Layout::Signs,
    })
}

/// The headings of the column with which most tables begin.
static NUMBERS: Words = Words::of("序号 编号 项次");

/// Whether a cell is a part of the rule below headings: ---, :--:.
fn is_rule(words: &str) -> bool {
    words.contains('-') && words.trim_matches(['-', ':', ' ']).is_empty()
}

/// A line with separators.
struct Split {
    /// Which line it is.
    index: usize,
    cells: Vec<Range<usize>>,
    /// Whether the last cell has its separator behind it.
    ended: bool,
}

/// Whether all rows are a heading and what is of it: 牵头单位 | 甲局. That may look like one: 责任人 | 市政府主要负责人.
fn are_pairs(text: &str, rows: &[Split]) -> bool {
    let heading = |cell: &Range<usize>| column(&text[cell.clone()]).is_some();
    let mut like_headings = 0;
    let pairs = rows.iter().all(|row| {
        let mut filled = row.cells.iter().filter(|cell| cell.start < cell.end);
        let (Some(left), Some(right), None) = (filled.next(), filled.next(), filled.next()) else {
            return false;
        };
        like_headings += usize::from(heading(right));
        heading(left)
    });
    pairs && like_headings * 2 < rows.len()
}

/// Whether the space at a place was a tab.
fn is_tab(folded: &Folded, at: usize) -> bool {
    let original = folded.span(at..at + 1).slice(folded.original());
    original == Some("\t")
}

/// The cells of a line; nothing if there is no separator.
fn split(folded: &Folded, index: usize, line: &Range<usize>) -> Option<Split> {
    let text = folded.text();
    let words = &text[line.clone()];
    // Tables drawn with lines have another sign than others.
    let sign = ['|', '│', '┃', '║']
        .into_iter()
        .find(|sign| words.contains(*sign));
    let tab = |at: usize| is_tab(folded, at);
    let separates = |at: usize, c: char| match sign {
        Some(sign) => c == sign,
        None => c == ' ' && tab(at),
    };
    // A tab at the beginning of the line has an empty cell before it, as where merged cells are.
    let before = text[..line.start]
        .char_indices()
        .rev()
        .take_while(|(_, c)| *c == ' ')
        .filter(|(at, _)| sign.is_none() && tab(*at));
    let before = before.count();
    let mut cells = vec![line.start..line.start; before];
    let mut start = line.start;
    for (offset, c) in words.char_indices() {
        let at = line.start + offset;
        if separates(at, c) {
            cells.push(trimmed(text, start..at));
            start = at + c.len_utf8();
        }
    }
    // So are those at the end of the line, of which only the tabs are left.
    let behind = text[line.end..]
        .char_indices()
        .map(|(at, c)| (line.end + at, c));
    let behind = behind
        .take_while(|(_, c)| *c == ' ')
        .filter(|(at, _)| sign.is_none() && tab(*at));
    let behind = behind.count();
    // One tab sets a paragraph in; several, or some at both ends, are of cells.
    if cells.iter().all(Range::is_empty) && (before == 0 || before + behind < 2) {
        return None;
    }
    let last = trimmed(text, start..line.end);
    let ended = last.is_empty();
    if !ended {
        cells.push(last);
    }
    cells.extend(vec![line.end..line.end; behind]);
    if sign.is_none() {
        for cell in &mut cells {
            *cell = quoted::inner(folded, cell.clone());
        }
    }
    Some(Split {
        index,
        cells,
        ended,
    })
}

/// What stands alone on a line and ends a row is no longer.
const LONGEST_OF_LAST: usize = 8;

/// One row a line; what stands in lines of its own goes on with the last cell before it.
fn row_a_line(text: &str, lines: &[Line], found: &[Split]) -> Table {
    let mut rows: Vec<Row> = vec![];
    let mut next = 0;
    let bodies = |cell: &Range<usize>| cell::is_of_bodies(&text[cell.clone()], cell::may_be_body);
    for (at, split) in found.iter().enumerate() {
        let Split {
            index,
            cells,
            ended,
        } = split;
        // A row of its own begins behind bodies that are whole.
        let begins = |last: &Cell| bodies(&last.range) && !bodies(&cells[0]);
        let width = rows.first().map_or(0, |row| row.cells.len());
        let between = behind_labels(text, rows.last_mut(), &lines[next..*index]);
        // Headings on two lines are one row, though the first of these ends with a sign; so is a row whose last cell stands
        // below it.
        let one = |row: &Row| {
            let first = row
                .cells
                .first()
                .map_or("", |cell| &text[cell.range.clone()]);
            let both = row.cells.len() + cells.len();
            let mut words = cells.iter().map(|cell| &text[cell.clone()]);
            let short = || {
                let mut words = words.clone();
                words.all(|words| words.chars().nth(LONGEST_OF_LAST).is_none())
            };
            let heads = are_headings(text, row);
            if column(first) == Some(Column::Number)
                || heads && cells.len() == 1 && !is_number(first, true)
            {
                let next = found.get(at + 1).map(|next| next.cells.len());
                let below = next == Some(both) && (heads || short());
                return both == width || below && words.any(|words| column(words).is_some());
            }
            let [last] = &cells[..] else {
                return false;
            };
            both == width
                && is_number(first, true)
                && !is_number(&text[last.clone()], true)
                && short()
                && !stream::is_section(text, last)
        };
        if let Some(row) = rows.last_mut().filter(|row| !row.goes_on && one(row)) {
            row.cells.extend(cells.iter().cloned().map(Cell::of));
            next = index + 1;
            continue;
        }
        // The last heading may stand on a line of its own: 任务 | 要求, then | 单位 |.
        let of_heads = rows.len() == 1
            && cells[0].is_empty()
            && found
                .get(at + 1)
                .is_some_and(|next| next.cells.len() + 1 == width + cells.len());
        let first = &text[cells[0].clone()];
        let fills = |row: &Row| goes_on_with_measures(text, &row.cells, cells, width);
        let unended = rows.last_mut().filter(|row| {
            row.goes_on
                && (of_heads || row.cells.len() < width)
                && (of_heads || row.cells.len() + cells.len() <= width + 1)
                && !row.cells.last().is_some_and(begins)
                && (!is_number(first, true) || fills(row))
        });
        next = index + 1;
        let mut cells = cells.iter().cloned();
        if let Some(row) = unended
            && let Some(last) = row.cells.last_mut()
        {
            last.range.end = cells.next().map_or(last.range.end, |first| first.end);
            row.cells.extend(cells.map(Cell::of));
            row.goes_on = !ended;
            continue;
        }
        let between = between
            .iter()
            .filter(|line| !is_border(&text[line.range.clone()]));
        rows.extend(between.map(|line| Row::of([line.range.clone()])));
        let mut cells: Vec<_> = cells.collect();
        // Where the headings end without a sign, one at the end of a row has an empty cell behind it.
        if *ended && cells.len() < width && !found[0].ended {
            cells.push(lines[*index].range.end..lines[*index].range.end);
        }
        if !cells.iter().all(|cell| is_rule(&text[cell.clone()])) {
            rows.push(Row {
                goes_on: !ended,
                ..Row::of(cells)
            });
        }
    }
    if let Some(row) = rows.last_mut().filter(|row| row.goes_on)
        && let Some(cell) = row.cells.last_mut()
        && next < lines.len()
    {
        cell.range.end = lines[lines.len() - 1].range.end;
    }
    Table {
        rows,
        layout: if wrapped(text, lines, found) {
            Layout::Scattered
        } else {
            Layout::Signs
        },
    }
}

/// Adds the lines to a row that go on with the labels of its last cell, as 配合单位:乙局 does below 牵头单位:甲局; those behind
/// them are left.
fn behind_labels<'l>(text: &str, row: Option<&mut Row>, mut lines: &'l [Line]) -> &'l [Line] {
    let labelled = |range: &Range<usize>| role::label(&text[range.clone()]).is_some();
    let last = row
        .filter(|row| row.goes_on)
        .and_then(|row| row.cells.last_mut());
    let Some(last) = last.filter(|last| labelled(&last.range)) else {
        return lines;
    };
    while let [line, rest @ ..] = lines
        && labelled(&line.range)
    {
        last.range.end = line.range.end;
        lines = rest;
    }
    lines
}

/// Whether 3.验收 | 甲局 goes on with the measures that the last cell of a row lists, both having as many cells as a row.
fn goes_on_with_measures(text: &str, row: &[Cell], next: &[Range<usize>], width: usize) -> bool {
    let listed = |cell: &Range<usize>| label::before_words(text, cell).is_some();
    row.len() + next.len() == width + 1
        && next.first().is_some_and(listed)
        && row.last().is_some_and(|last| listed(&last.range))
}

/// Rows of so many cells each, if the headings among them say what columns hold.
fn of_width(text: &str, cells: &[Range<usize>], width: usize) -> Option<Table> {
    let rows = cells.chunks(width).map(|row| Row::of(row.iter().cloned()));
    let table = Table {
        rows: rows.collect(),
        layout: Layout::Signs,
    };
    head::columns(text, &table.rows).map(|_| table)
}

/// Whether most cells of a row are headings, one of them of bodies.
fn are_headings(text: &str, row: &Row) -> bool {
    let kinds = row
        .cells
        .iter()
        .map(|cell| column(&text[cell.range.clone()]));
    let named = kinds.clone().flatten().any(Column::names_parties);
    named && kinds.flatten().count() * 2 > row.cells.len()
}

/// Whether a line is drawn and says nothing: ├──┼──┤.
fn is_border(words: &str) -> bool {
    words
        .chars()
        .all(|c| matches!(c, '\u{2500}'..='\u{257F}' | '-' | ' '))
}

/// Whether cells of a drawn table have several lines each, which then stand beside each other.
fn wrapped(text: &str, lines: &[Line], found: &[Split]) -> bool {
    let drawn = |index: usize| is_border(&text[lines[index].range.clone()]);
    let last = found.last().map_or(0, |split| split.index);
    (0..last).any(drawn)
        && found
            .windows(2)
            .any(|pair| pair[1].index == pair[0].index + 1)
}

/// Whether the headings of a responsibility table stand anywhere in it, above or beside what they are of.
pub(super) fn has_columns(text: &str, table: &Table) -> bool {
    head::is_there(text, &table.rows)
        || table.layout == Layout::Signs && head::shown(text, &table.rows).is_some()
        || table
            .rows
            .iter()
            .any(|row| pairs(text, row) || labelled(text, row))
}

/// Lines that follow each other without an empty one between, each with the index of the first. The heading of a section is
/// none of those of the columns above it.
fn paragraphs(text: &str, lines: &[Line]) -> Vec<(usize, Range<usize>)> {
    const LONGEST_HEADING: usize = 60;
    let mut paragraphs: Vec<(usize, Range<usize>)> = vec![];
    for (index, line) in lines.iter().enumerate() {
        let goes_on = |(_, last): &&mut (usize, Range<usize>)| {
            let heads = || {
                let words = &text[last.clone()];
                words.len() <= LONGEST_HEADING && column(words).is_some()
            };
            !(line.after_gap || stream::is_section(text, &line.range) && heads())
        };
        match paragraphs.last_mut().filter(goes_on) {
            Some((_, last)) => last.end = line.range.end,
            None => paragraphs.push((index, line.range.clone())),
        }
    }
    paragraphs
}

/// Cells of several lines, with an empty line between one and the next.
fn of_paragraphs(text: &str, paragraphs: &[(usize, Range<usize>)], lines: Range<usize>) -> Found {
    /// So many show whether cells have several lines.
    const NEAR: usize = MOST_COLUMNS * 2;
    let first = paragraphs.partition_point(|(line, _)| *line < lines.start);
    let behind = paragraphs.partition_point(|(line, _)| *line < lines.end);
    let paragraphs = &paragraphs[first..behind];
    let cells: Vec<_> = paragraphs
        .iter()
        .map(|(_, cell)| cell.clone())
        .take(3)
        .collect();
    let begins = paragraphs
        .first()
        .is_some_and(|(line, _)| *line == lines.start);
    if !begins || !headings::begins_headings(text, &cells) {
        return None;
    }
    let several = |pair: &[(usize, Range<usize>)]| pair[1].0 > pair[0].0 + 1;
    if !paragraphs.windows(2).take(NEAR).any(several) {
        return None;
    }
    let cells: Vec<_> = paragraphs.iter().map(|(_, cell)| cell.clone()).collect();
    let (table, count) = of_lines(text, &cells)?;
    let next = paragraphs.get(count).map_or(lines.end, |(line, _)| *line);
    Some((table, next - lines.start))
}

/// Cells one a line: the headings first.
fn of_lines(text: &str, cells: &[Range<usize>]) -> Found {
    /// So many cells show whether the headings of columns, and what stands below them, make a responsibility table.
    const SHOWN: usize = MOST_COLUMNS * 24;
    if !headings::begins_headings(text, cells) {
        return None;
    }
    if let Some(table) = turned::turned(text, cells) {
        let count = table.rows.iter().map(|row| row.cells.len()).sum();
        return Some((Some(table), count));
    }
    let headings =
        headings::headings_from(text, &cells[..cells.len().min(MOST_COLUMNS * 2)]).ok()?;
    if headings.first()?.start > cells[0].start {
        return None;
    }
    let mut shown = SHOWN.min(cells.len());
    let mut table = stream::rows(text, &cells[..shown], Layout::Lines)?;
    // A line that nobody knows may as well be the last of a text, unless rows show that it is a heading.
    let few = table.rows.len() < 3 && headings::before_headings(text, cells);
    if few || !head::is_there(text, &table.rows) {
        return None;
    }
    // Only as much is looked at as the table may hold, so that many tables take no longer than one.
    while shown < cells.len() && cells[shown - starts::FURTHEST].start < table.range().end {
        shown = (2 * shown).min(cells.len());
        table = stream::rows(text, &cells[..shown], Layout::Lines)?;
    }
    let end = table.range().end;
    let count = cells.partition_point(|cell| cell.start < end);
    Some((Some(table), count))
}

/// No table has more columns.
pub(super) const MOST_COLUMNS: usize = 24;

/// The number that `words` begin with, and the length of its digits.
fn digits(words: &str) -> Option<(u32, usize)> {
    let len = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = words[..len].parse().ok().filter(|_| len <= 3)?;
    Some((number, len))
}

/// The number of a row that `words` begin with: digits, then white space or words.
fn number(words: &str) -> Option<u32> {
    let (number, len) = digits(words)?;
    let after = words[len..].chars().next();
    let sign = after.is_none_or(|c| c == ' ' || c == '.' || c == '、' || is_han(c));
    let unit = after.is_some_and(|c| "年月日号个万亿".contains(c));
    (sign && !unit).then_some(number)
}

/// Whether `words` begin with the number of a row; `alone`: with a separator or nothing behind it.
fn is_number(words: &str, alone: bool) -> bool {
    match digits(words) {
        Some((_, len)) if alone => {
            let rest = words[len..].trim_start_matches(' ');
            rest.is_empty() || rest.starts_with(['|', '\n', '.', '、'])
        }
        Some(_) => number(words).is_some(),
        None => false,
    }
}
