//! The rows of a table as headings and clauses.
//!
//! A row begins a task where its number, or without numbers its task, is a new one; what stands in rows below without one
//! of their own belongs to the same task. A row with nothing but a few words at its beginning is the heading of a section.

mod around;
mod glued;
mod opening;
mod pair;
mod placing;

use super::{
    Column, Layout, Row, Table,
    column::column,
    head::{self, Headed},
    hull,
};
use crate::{
    clause::{Clause, Rule},
    label::{self, Style},
    line::Line,
    outline::Heading,
    role::Slot,
    statement::{Grammar, Shape, Statement},
};
use around::{tells_of_page, titled};
use opening::{SECTION_COLUMN, TASK_COLUMN, UNLABELLED};
use placing::Placed;
use std::ops::Range;

/// What the rows of a table say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rows {
    /// From the first cell to the last.
    pub(crate) range: Range<usize>,
    /// Sections and tasks; a parent is another one of these.
    pub(crate) headings: Vec<Heading>,
    /// In the order of the text.
    pub(crate) clauses: Vec<Clause>,
    /// Whether a title of its own stands above it.
    pub(crate) titled: bool,
    /// How sure its cells are.
    pub(crate) layout: Layout,
    /// Rows that could not be put under the columns.
    pub(crate) unread: Vec<Range<usize>>,
}

/// Reads the rows of a table; nothing if no row names who answers for anything.
pub(crate) fn rows(grammar: Grammar, table: &Table, lines: &[Line]) -> Option<Rows> {
    if table.layout == Layout::Scattered {
        return None;
    }
    let range = table.range();
    let mut reader = Reader {
        grammar,
        rows: Rows {
            titled: titled(grammar.text, lines, table),
            layout: table.layout,
            range,
            ..Rows::default()
        },
        columns: vec![],
        fresh: false,
        task_is_section: false,
        above: vec![],
        sections: vec![],
        record: None,
        stated: None,
    };
    for (index, row) in table.rows.iter().enumerate() {
        reader.row(index, row, &table.rows[index..]);
    }
    let mut rows = reader.rows;
    rows.clauses.sort_by_key(|clause| clause.range.start);
    (!rows.clauses.is_empty() || !rows.unread.is_empty()).then_some(rows)
}

struct Reader<'a> {
    grammar: Grammar<'a>,
    rows: Rows,
    columns: Vec<Headed>,
    /// Whether no row stands between the headings and here.
    fresh: bool,
    /// Whether the tasks of the table are what its measures belong to: numbers count the measures.
    task_is_section: bool,
    /// What last stood in each column.
    above: Vec<Range<usize>>,
    /// The sections that are open, with how deep they stand.
    sections: Vec<(u8, usize)>,
    /// The task that is open.
    record: Option<usize>,
    /// What the last row with parties of its own states, and where.
    stated: Option<(Stated, Range<usize>)>,
}

/// Cells that say who answers or by when, with their columns.
type Stated = Vec<(usize, Range<usize>)>;

impl Reader<'_> {
    fn text(&self) -> &str {
        self.grammar.text
    }

    /// Reads a row; `rows` are this one and those below.
    fn row(&mut self, index: usize, row: &Row, rows: &[Row]) {
        let filled = |row: &Row| {
            row.cells
                .iter()
                .filter(|cell| !cell.range.is_empty())
                .count()
        };
        if filled(row) == 0 {
            return;
        }
        let headings = if self.columns.is_empty() && index < head::WITHIN {
            head::columns(self.text(), rows)
        } else {
            head::known_columns(self.text(), rows)
        };
        if let Some(columns) = headings {
            self.columns = columns;
            self.above = vec![0..0; self.columns.len()];
            self.stated = None;
            self.fresh = true;
            self.task_is_section = self.measures_are_numbered(&rows[1..]);
            return;
        }
        if self.fresh && self.second_headings(row) {
            return;
        }
        self.fresh = false;
        if self.columns.is_empty() {
            self.pairs(row);
            return;
        }
        if self.rows.layout == Layout::Glued {
            self.glued(row);
            return;
        }
        if tells_of_page(self.text(), row) {
            self.columns.clear();
            return;
        }
        if self.numbered_section(row) || self.section_row(row) {
            return;
        }
        if let Some((rows, guessed)) = self.placed(row) {
            for cells in rows {
                let own = cells.iter().filter(|cell| cell.own());
                let own = hull(own.map(|cell| &cell.range));
                self.cells(&cells, own, guessed);
            }
        } else {
            let cells = row.cells.iter().map(|cell| &cell.range);
            self.rows.unread.push(hull(cells));
        }
    }

    /// Headings in several rows: 责任分工 over 牵头单位 and 配合单位. Those of the first row that are merged reach into the
    /// others.
    fn second_headings(&mut self, row: &Row) -> bool {
        const LONGEST: usize = 12;
        let text = self.grammar.text;
        let cells = row.cells.iter().zip(&mut self.columns);
        let named = cells.filter(|(cell, _)| !cell.above && !cell.range.is_empty());
        let mut named: Vec<_> = named
            .map(|(cell, slot)| (column(&text[cell.range.clone()]), cell, slot))
            .collect();
        let all = named.iter().all(|(column, ..)| column.is_some());
        let parties = named
            .iter()
            .any(|(column, ..)| column.is_some_and(Column::names_parties));
        let merged = row.cells.first().is_some_and(|cell| cell.above)
            && named.iter().all(|(_, cell, _)| {
                let words = &text[cell.range.clone()];
                words.chars().nth(LONGEST).is_none() && !words.contains(['。', '、', ','])
            });
        if !(merged || all && parties) {
            return false;
        }
        for (column, cell, slot) in named.iter_mut().filter(|(column, ..)| column.is_some()) {
            slot.column = *column;
            slot.heading = cell.range.clone();
        }
        true
    }

    /// Whether rows have numbers of their own below one task that several share.
    fn measures_are_numbered(&self, below: &[Row]) -> bool {
        let place = |sought: Column| {
            self.columns
                .iter()
                .position(|headed| headed.column == Some(sought))
        };
        let (Some(task), Some(measure)) = (place(Column::Task), self.measure()) else {
            return false;
        };
        let number = place(Column::Number);
        let own = |row: &Row, at: usize| {
            row.cells
                .get(at)
                .is_some_and(|cell| !cell.above && !cell.range.is_empty())
        };
        below.iter().any(|row| {
            row.cells.len() == self.columns.len()
                && !own(row, task)
                && row.cells.get(measure).is_some_and(|cell| {
                    own(row, measure)
                        && match number {
                            Some(number) => own(row, number),
                            None => label::at(self.text(), cell.range.start).is_some(),
                        }
                })
        })
    }

    /// The column that says more about the task.
    fn measure(&self) -> Option<usize> {
        let task = self
            .columns
            .iter()
            .position(|headed| headed.column == Some(Column::Task));
        let says = |column: &Option<Column>| column.is_some_and(Column::says_what);
        let mut columns = self.columns.iter().enumerate();
        columns.position(|(index, headed)| says(&headed.column) && Some(index) != task)
    }

    /// A row with nothing but a Chinese number and a title in a cell of its own: 一 | 党建工作.
    fn numbered_section(&mut self, row: &Row) -> bool {
        let mut filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
        let (Some(numeral), Some(title), None) = (filled.next(), filled.next(), filled.next())
        else {
            return false;
        };
        if row.cells.iter().any(|cell| cell.above) {
            return false;
        }
        self.open_numbered_section(numeral.range.clone(), title.range.clone())
    }

    /// A row with nothing but some words at its beginning.
    fn section_row(&mut self, row: &Row) -> bool {
        let filled = |cell: &super::Cell| !cell.range.is_empty();
        let mut cells = row
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| filled(cell));
        let (Some((index, cell)), None) = (cells.next(), cells.next()) else {
            return false;
        };
        if row.cells.iter().any(|cell| cell.above) {
            return false;
        }
        let text = self.grammar.text;
        let words = &text[cell.range.clone()];
        let outer = label::at(text, cell.range.start).filter(|label| {
            label.style <= Style::HanBracketed && label.range.end <= cell.range.end
        });
        let remark = ["注", "备注", "说明", "合计", "总计"]
            .iter()
            .any(|word| words.starts_with(word));
        let says_what = self.columns.get(index).is_none_or(|headed| {
            matches!(headed.column, Some(Column::Number | Column::Section))
                || headed.column.is_none_or(Column::says_what)
        });
        let numeral = words.chars().all(|c| c.is_ascii_digit());
        if remark || numeral || !says_what {
            return remark || numeral;
        }
        if let Some(label) = &outer {
            self.open_section(label.style as u8, cell.range.clone(), cell.range.start);
        } else if index == 0 && row.cells.len() == self.columns.len() {
            self.open_section(UNLABELLED, cell.range.clone(), cell.range.start);
        } else if let Some(record) = self.record {
            // The rest of a cell that a page break has cut.
            let heading = &mut self.rows.headings[record];
            heading.own.end = heading.own.end.max(cell.range.end);
            heading.whole.end = heading.own.end;
        }
        true
    }

    fn cells(&mut self, cells: &[Placed], row: Range<usize>, guessed: bool) {
        let of = |sought: Column| {
            self.columns
                .iter()
                .position(|headed| headed.column == Some(sought))
        };
        let (number, section, task) = (of(Column::Number), of(Column::Section), of(Column::Task));
        let own = |place: Option<usize>| place.map(|at| &cells[at]).filter(|cell| cell.own());
        if let Some(cell) = own(section) {
            self.open_again(SECTION_COLUMN, cell.range.clone(), row.start);
        }
        if self.task_is_section
            && let Some(cell) = own(task)
        {
            self.open_again(TASK_COLUMN, cell.range.clone(), row.start);
        }
        let task = if self.task_is_section { None } else { task };
        let title = own(task).or_else(|| own(self.measure()));
        let begins = match number {
            Some(_) => own(number).is_some() || self.record.is_none(),
            None => own(task.or(self.measure())).is_some(),
        };
        if let Some(title) = title.filter(|_| begins) {
            let number = own(number).map(|cell| cell.range.clone());
            self.open_record(number, title.range.clone(), row.clone());
        } else if let Some(record) = self.record {
            let heading = &mut self.rows.headings[record];
            heading.own.end = heading.own.end.max(row.end);
            heading.whole.end = heading.own.end;
        }
        self.state(cells, &row, guessed, begins);
        for (above, cell) in self.above.iter_mut().zip(cells) {
            if cell.own() {
                *above = cell.range.clone();
            }
        }
    }

    /// What the row states, or what stands above it and holds for it too.
    fn state(&mut self, cells: &[Placed], row: &Range<usize>, guessed: bool, begins: bool) {
        let text = self.grammar.text;
        let mut stated: Stated = vec![];
        let mut own = vec![];
        for (index, cell) in cells.iter().enumerate() {
            let Some(Column::States(_)) = self.columns[index].column else {
                continue;
            };
            let words = &text[cell.range.clone()];
            let same = words == "同上" || (cell.above && cell.range.is_empty());
            if same && !self.above[index].is_empty() {
                stated.push((index, self.above[index].clone()));
            } else if words
                .chars()
                .any(|c| domain::fold::is_han(c) || c.is_ascii_digit())
                && words != "无"
            {
                stated.push((index, cell.range.clone()));
            }
            if cell.own() {
                own.push(cell.range.clone());
            }
        }
        let names_parties = |stated: &Stated| {
            let mut columns = stated.iter().map(|(index, _)| self.columns[*index].column);
            columns.any(|column| column.is_some_and(Column::names_parties))
        };
        let mut shape = if guessed {
            Shape::GuessedRow
        } else {
            Shape::Row
        };
        let mut range = hull(own.iter());
        if !names_parties(&stated) {
            // Flattened, a merged cell is empty in all its rows but the first.
            let cut_off = text[row.end..].trim().is_empty() && !text[row.clone()].ends_with('。');
            if self.rows.layout == Layout::Cells || !begins || !own.is_empty() || cut_off {
                return;
            }
            let Some(above) = &self.stated else { return };
            (stated, range) = above.clone();
            shape = Shape::GuessedRow;
        } else if range.is_empty() {
            let Some((_, above)) = &self.stated else {
                return;
            };
            range = above.clone();
        } else {
            self.stated = Some((stated.clone(), range.clone()));
        }
        self.clause(&stated, range, row.start, shape);
    }

    fn clause(&mut self, stated: &Stated, range: Range<usize>, at: usize, mut shape: Shape) {
        // Bodies in a column that nobody reads may answer too.
        let unread = |headed: &Headed| headed.column.is_none() && headed.of_bodies;
        let mut supposed = self.columns.iter().any(unread);
        if self.rows.layout == Layout::Places {
            shape = Shape::GuessedRow;
        }
        let mut of_bodies = false;
        let cells = stated.iter().filter_map(|(index, cell)| {
            let Headed {
                column: Some(Column::States(slot)),
                heading,
                ..
            } = &self.columns[*index]
            else {
                return None;
            };
            if matches!(slot, Slot::Parties(_)) {
                supposed |= self.columns[*index].supposed;
                of_bodies |= self.columns[*index].of_bodies
                    && head::is_of_bodies(&self.grammar.text[cell.clone()], head::may_be_body);
            }
            Some((*slot, heading, cell))
        });
        let cells: Vec<_> = cells.collect();
        if supposed {
            shape = Shape::GuessedRow;
        }
        let statement = self.grammar.row(cells, shape);
        // Cells that name nobody known, such as 制定方案、确定目标, make nobody responsible, unless all others of their column
        // name bodies.
        if statement.known > 0 || of_bodies {
            let rule = match shape {
                Shape::GuessedRow if supposed => Rule::TableRowSupposed,
                Shape::GuessedRow => Rule::TableRowFitted,
                _ => Rule::TableRow,
            };
            self.push(statement, range, at, rule);
        }
    }

    fn push(&mut self, statement: Statement, range: Range<usize>, at: usize, rule: Rule) {
        if !statement.parties.is_empty() {
            self.rows.clauses.push(Clause {
                range,
                statement,
                rule,
                alone: false,
                at,
            });
        }
    }
}
