//! Responsibility tables: where they are, what their columns are, and what each row states.
//!
//! A table comes from the format of the document (HTML, Word, a sheet) with every cell in its place, or it is found in
//! flattened text (`flat`), where cells have to be put under their columns again (`align`). Either way the columns are
//! recognised by their headings (`column`), and the rows (`row`) become headings and clauses, so that all later steps
//! treat them as those of prose. A table without a column of parties is no responsibility table and stays text.

mod align;
mod cell;
mod column;
mod contents;
mod flat;
mod grid;
mod head;
mod heading;
mod row;

pub(crate) use row::Rows;

use crate::{
    label::{Label, Style},
    line::{Line, trimmed},
    outline::Heading,
    problem,
    statement::Grammar,
};
pub(crate) use column::{Column, column};
use domain::{draft::Problem, fold::Folded};
pub(crate) use heading::glued;
use std::ops::Range;

/// A table, as ranges of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// In the order of the text.
    pub(crate) rows: Vec<Row>,
    /// How sure its cells are.
    pub(crate) layout: Layout,
}

/// The cells of a row from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    /// Whether its last cell may go on in the next line.
    goes_on: bool,
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            goes_on: false,
        }
    }
}

impl Row {
    /// A row of cells of their own.
    pub(crate) fn of(cells: impl IntoIterator<Item = Range<usize>>) -> Self {
        Self {
            cells: cells.into_iter().map(Cell::of).collect(),
            goes_on: false,
        }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Its words; empty where it holds nothing.
    pub(crate) range: Range<usize>,
    /// Whether it is merged with the one above, so that what stands there holds here too.
    pub(crate) above: bool,
}

impl Cell {
    /// A cell of its own.
    pub(crate) fn of(range: Range<usize>) -> Self {
        Self {
            range,
            above: false,
        }
    }

    /// A cell that left nothing where it is merged with the one above.
    fn merged_at(at: usize) -> Self {
        Self {
            range: at..at,
            above: true,
        }
    }
}

/// How sure it is which cell stands where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Layout {
    /// The format of the document says so.
    #[default]
    Cells,
    /// Every cell has its separator, but a merged one shows as empty ones.
    Signs,
    /// Their places in the lines of the text say so.
    Columns,
    /// Rows are sure, but cells have to be told apart by what they hold.
    Lines,
    /// Only their place among the others tells cells apart: columns follow each other, or nothing counts the rows.
    Places,
    /// Nothing separates cells.
    Glued,
    /// Lines of cells stand beside each other, so that none can be read as written.
    Scattered,
}

impl Layout {
    /// Whether an empty cell is none that was left out.
    fn shows_empty_cells(self) -> bool {
        matches!(self, Self::Cells | Self::Columns)
    }

    /// How sure it is, in percent, that a row of such a table is read rightly.
    pub(crate) fn confidence(self) -> u8 {
        match self {
            Self::Cells => 95,
            Self::Signs => 92,
            Self::Columns => 90,
            Self::Lines => 85,
            Self::Places => 75,
            Self::Glued => 40,
            Self::Scattered => 20,
        }
    }
}

impl Table {
    /// The same table as ranges of the folded copy.
    pub(crate) fn folded(&self, folded: &Folded) -> Self {
        let cell = |cell: &Cell| Cell {
            range: trimmed(folded.text(), folded.range(cell.range.clone())),
            above: cell.above,
        };
        let row = |row: &Row| Row {
            cells: row.cells.iter().map(cell).collect(),
            goes_on: false,
        };
        Self {
            rows: self.rows.iter().map(row).collect(),
            layout: self.layout,
        }
    }

    /// From its first cell to its last.
    pub(crate) fn range(&self) -> Range<usize> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        hull(cells.map(|cell| &cell.range))
    }
}

/// From the first of some ranges to the last, without those that are empty.
fn hull<'r>(ranges: impl Iterator<Item = &'r Range<usize>>) -> Range<usize> {
    let filled = ranges.filter(|range| !range.is_empty());
    let hull = filled
        .cloned()
        .reduce(|hull, range| hull.start.min(range.start)..hull.end.max(range.end));
    hull.unwrap_or_default()
}

/// Which of these rows of words, not folded yet, holds the headings of a responsibility table.
pub(crate) fn heads_table(cells: &[Vec<&str>]) -> Option<usize> {
    const LONGEST: usize = 600;
    let mut text = String::new();
    // What is longer is no heading, and names nobody.
    let short = |cells: &Vec<&str>| {
        let cells = cells
            .iter()
            .map(|cell| if cell.len() <= LONGEST { cell } else { "" });
        folded_row(&mut text, cells)
    };
    let rows: Vec<_> = cells.iter().map(short).collect();
    (0..rows.len()).find(|at| head::columns(&text, &rows[*at..]).is_some())
}

/// Whether folded words are a list of bodies, or say what bodies do.
pub(crate) fn is_list_of_bodies(words: &str) -> bool {
    cell::is_of_bodies(words, cell::may_be_body) || cell::says_roles(words)
}

/// Whether cells of a row, not folded yet, say themselves who answers for what another says, or stand beside their headings.
pub(crate) fn explains_itself(cells: &[String]) -> bool {
    let mut text = String::new();
    let row = folded_row(&mut text, cells.iter().map(String::as_str));
    column::labelled(&text, &row) || column::pairs(&text, &row)
}

/// A row of words, which are folded and put behind a text.
fn folded_row<'w>(text: &mut String, cells: impl Iterator<Item = &'w str>) -> Row {
    let cells = cells.map(|cell| {
        let start = text.len();
        text.push_str(&domain::fold::fold(cell));
        let range = trimmed(text, start..text.len());
        text.push('\n');
        range
    });
    Row::of(cells)
}

/// The responsibility tables of a document: those that its format shows, and those found in its flattened text.
pub(crate) fn all(folded: &Folded, lines: &[Line], given: &[Table]) -> Vec<Table> {
    let mut all = vec![];
    let mut rest = lines;
    for table in given {
        let table = table.folded(folded);
        let range = table.range();
        let (before, behind) =
            rest.split_at(rest.partition_point(|line| line.range.start < range.start));
        all.extend(flat::flat(folded, before));
        rest = &behind[behind.partition_point(|line| line.range.start < range.end)..];
        let text = folded.text();
        let before = all.last_mut().filter(|last| goes_on(text, last, &table));
        // 成员单位 | 全年 is no pair of a heading and what is of it in a row that counts on.
        let columns = flat::has_columns(text, &table);
        if let Some(last) = before.filter(|last| !columns || counts_on(text, last, &table)) {
            last.rows.extend(table.rows);
        } else if columns {
            all.push(table);
        }
    }
    all.extend(flat::flat(folded, rest));
    all
}

/// Whether a table without headings goes on with the one before it, as behind the end of a page: it has as many columns, and
/// bodies nearly everywhere they should be.
fn goes_on(text: &str, before: &Table, table: &Table) -> bool {
    const NEAR: usize = 60;
    let between = text.get(before.range().end..table.range().start);
    let near = between.is_some_and(|between| between.trim().len() <= NEAR);
    let first = before.rows.len().min(head::WITHIN);
    let headed = || (0..first).find_map(|at| head::columns(text, &before.rows[at..]));
    let Some(columns) = near.then(headed).flatten() else {
        return false;
    };
    let of_parties = |(cell, column): &(&Cell, &head::Headed)| {
        column.column.is_some_and(Column::names_parties) && !cell.range.is_empty()
    };
    let rows = table.rows.iter();
    let of_parties = rows.flat_map(|row| row.cells.iter().zip(&columns).filter(of_parties));
    let (mut bodies, mut others) = (0, 0);
    for (cell, _) in of_parties {
        let words = &text[cell.range.clone()];
        let is_body = cell::is_of_bodies(words, cell::may_be_body);
        bodies += usize::from(is_body);
        others += usize::from(!is_body);
    }
    before.layout == table.layout
        && table
            .rows
            .iter()
            .all(|row| row.cells.len() == columns.len())
        && bodies > 0
        && others * OTHERS <= bodies
}

/// Whether the first number of a table is the next behind the last of the one before it.
fn counts_on(text: &str, before: &Table, table: &Table) -> bool {
    let number = |row: &Row| {
        let mut cells = row.cells.iter().map(|cell| &text[cell.range.clone()]);
        cells.find_map(|words| words.parse::<u32>().ok())
    };
    let last = before.rows.iter().rev().find_map(number);
    let first = table.rows.iter().find_map(number);
    last.is_some_and(|last| first == Some(last + 1))
}

/// Among so many lists of bodies, one may hold a name that nobody knows.
const OTHERS: usize = 3;

/// From the first line of all tables to the last.
pub(crate) fn lines_of(lines: &[Line], tables: &[Table]) -> Range<usize> {
    let (Some(first), Some(last)) = (tables.first(), tables.last()) else {
        return 0..0;
    };
    let at = |place: usize| lines.partition_point(|line| line.range.start < place);
    at(first.range().start)..at(last.range().end)
}

/// Reads all tables, and reports what of them cannot be read, or not for sure: the second are those that nothing was read
/// of.
pub(crate) fn read(
    grammar: Grammar,
    folded: &Folded,
    tables: &[Table],
    lines: &[Line],
    problems: &mut Vec<Problem>,
) -> (Vec<Rows>, Vec<Range<usize>>) {
    let (mut read, mut unread) = (vec![], vec![]);
    for table in tables {
        let rows = row::rows(grammar, table, lines);
        let span = || folded.span(table.range());
        match &rows {
            // A table without headings of columns is none of responsibilities, whatever words it explains.
            None if table.layout != Layout::Scattered
                && !head::is_there(grammar.text, &table.rows) => {}
            None => {
                problems.push(problem::table_not_read(span()));
                unread.push(table.range());
            }
            Some(_) if table.layout == Layout::Glued => {
                problems.push(problem::glued_cells(span()));
            }
            Some(_) => {}
        }
        if let Some(rows) = rows {
            let unread = rows.unread.iter().cloned();
            problems.extend(unread.map(|row| problem::row_not_read(folded.span(row))));
            read.push(rows);
        }
    }
    (read, unread)
}

/// The lines that stand in no table; of one in which a table begins, what stands before it. Behind each table there is a gap.
pub(crate) fn without(text: &str, lines: &[Line], tables: &[Rows]) -> Vec<Line> {
    let mut tables = tables.iter().peekable();
    let mut outside = vec![];
    let mut after_table = false;
    for line in lines {
        while tables
            .next_if(|table| table.range.end <= line.range.start)
            .is_some()
        {}
        let start = tables.peek().map_or(usize::MAX, |table| table.range.start);
        let end = line.range.end.min(start.max(line.range.start));
        let range = trimmed(text, line.range.start..end);
        if !range.is_empty() {
            outside.push(Line {
                after_gap: line.after_gap || after_table,
                range,
            });
        }
        after_table = start < line.range.end;
    }
    outside
}

/// Puts the headings of tables among those of the text around them. A table stands below the heading before it, unless a
/// title of its own stands between; its sections that go on with that heading stand beside it.
pub(crate) fn among(text: &str, outline: Vec<Heading>, tables: Vec<Rows>) -> Vec<Heading> {
    let mut all: Vec<Heading> = Vec::with_capacity(outline.len());
    // Where each heading of the outline has come to stand.
    let mut places: Vec<usize> = Vec::with_capacity(outline.len());
    let mut tables = tables.into_iter().peekable();
    let mut outline = outline.into_iter().peekable();
    loop {
        let next = outline.peek().map(|heading| heading.label.range.start);
        if let Some(rows) = tables.next_if(|rows| next.is_none_or(|next| rows.range.start < next)) {
            let before = places.last().copied();
            end_before(text, &mut all, before, &rows);
            let base = all.len();
            let mut above = before.filter(|_| !rows.titled);
            let mut counted = vec![];
            for mut heading in rows.headings {
                if heading.parent.is_none() && heading.label.style <= Style::HanBracketed {
                    if !counted.contains(&heading.label.style) {
                        above = end_section_before(text, &mut all, above, &heading.label);
                    }
                    counted.push(heading.label.style);
                }
                heading.parent = heading.parent.map(|parent| base + parent).or(above);
                all.push(heading);
            }
        } else if let Some(mut heading) = outline.next() {
            heading.parent = heading.parent.map(|parent| places[parent]);
            places.push(all.len());
            all.push(heading);
        } else {
            return all;
        }
    }
}

/// What a section in a table stands below that is open before it: 二 is none of 一's, but the next one, as where headings of
/// columns are repeated below each. What ends there has no more text.
fn end_section_before(
    text: &str,
    all: &mut [Heading],
    above: Option<usize>,
    section: &Label,
) -> Option<usize> {
    let open: Vec<_> = std::iter::successors(above, |index| all[*index].parent).collect();
    let goes_on = |index: &usize| {
        let label = &all[*index].label;
        label.style == section.style && label.number + 1 == section.number
    };
    let Some(last) = open.iter().position(goes_on) else {
        return above;
    };
    for &index in &open[..=last] {
        let whole = &mut all[index].whole;
        *whole = trimmed(text, whole.start..whole.end.min(section.range.start));
    }
    all[open[last]].parent
}

/// The text of the heading before a table ends where the table begins; where the table has a title of its own, so does
/// everything that is open there.
fn end_before(text: &str, all: &mut [Heading], before: Option<usize>, rows: &Rows) {
    let at = rows.range.start;
    let cut = |range: &mut Range<usize>| {
        if range.start < at && range.end > at {
            *range = trimmed(text, range.start..at);
        }
    };
    let mut open = before;
    if let Some(index) = before {
        cut(&mut all[index].own);
    }
    while let Some(index) = open.filter(|_| rows.titled) {
        cut(&mut all[index].whole);
        open = all[index].parent;
    }
}
