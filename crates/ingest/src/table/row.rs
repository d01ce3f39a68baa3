//! The rows of a table as headings and clauses.
//!
//! A row begins a task where its number, or without numbers its task, is a new one; what stands in rows below without one
//! of their own belongs to the same task. A row with nothing but a few words at its beginning is the heading of a section.

mod around;
mod counting;
mod glued;
mod heading;
mod opening;
mod pair;
mod parted;
mod placing;
mod stating;

use super::{
    Cell, Column, Layout, Row, Table,
    align::answers,
    cell,
    column::{column, tells_how_far},
    grid::Legend,
    head::{self, Headed},
    hull,
};
use crate::{
    clause::Clause,
    kind,
    label::{self, Style},
    line::Line,
    outline::Heading,
    role::Slot,
    statement::Grammar,
};
use around::{tells_of_page, titled};
use counting::LostNumbers;
use domain::vocabulary::Role;
use glued::Leaders;
use opening::{SECTION_COLUMN, TASK_COLUMN, UNLABELLED, number_label, numeral_label};
use placing::Placed;
use stating::Stated;
use std::{borrow::Cow, ops::Range};

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
    /// Cells that tell how far something is or what it costs, and so set no targets.
    pub(crate) aside: Vec<Range<usize>>,
}

/// The table with what is written into all cells of a row said once, as where a program repeats the heading of a section in
/// each column.
fn without_repeated_sections<'t>(text: &str, table: &'t Table) -> Cow<'t, Table> {
    const FEWEST: usize = 3;
    let words = |cell: &Cell| &text[cell.range.clone()];
    let repeats = |row: &Row| match &row.cells[..] {
        [first, rest @ ..] => {
            rest.len() + 1 >= FEWEST
                && label::at(text, first.range.start).is_some()
                && rest.iter().all(|cell| words(cell) == words(first))
        }
        [] => false,
    };
    if !table.rows.iter().any(repeats) {
        return Cow::Borrowed(table);
    }
    let mut once = table.clone();
    for row in once.rows.iter_mut().filter(|row| repeats(row)) {
        for cell in &mut row.cells[1..] {
            cell.range.end = cell.range.start;
        }
    }
    Cow::Owned(once)
}

/// Reads the rows of a table; nothing if no row names who answers for anything.
pub(crate) fn rows(grammar: Grammar, table: &Table, lines: &[Line]) -> Option<Rows> {
    if table.layout == Layout::Scattered {
        return None;
    }
    let table = &*without_repeated_sections(grammar.text, table);
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
        counted: Counted::Tasks,
        merged: Merged::default(),
        cut: Cut::Nowhere,
        names_others: false,
        legend: Legend::of(grammar.text, table),
        leaders: match table.layout {
            Layout::Glued => Leaders::of(grammar.text, table),
            _ => Leaders::default(),
        },
        above: vec![],
        sections: vec![],
        record: None,
        apart: false,
        number: None,
        stated: None,
    };
    for index in 0..table.rows.len() {
        reader.row(index, &table.rows);
    }
    let mut rows = reader.rows;
    rows.clauses.sort_by_key(|clause| clause.range.start);
    (!rows.clauses.is_empty() || !rows.unread.is_empty()).then_some(rows)
}

/// So many rows show what stands below headings.
const SAMPLE: usize = 8;

/// What the rest of a cell begins with that a page break has cut.
const GOES_ON: [&str; 6] = ["并", "同时", "其中", "(续", "另", "以及"];

/// What the numbers of a table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    Tasks,
    /// Measures, several of which belong to one task.
    Measures,
    /// What several tasks belong to, which have numbers of their own.
    Sections,
    /// Tasks, several of which have measures with labels and bodies of their own, in this column.
    Problems {
        measure: usize,
    },
}

/// Where the end of the text cuts the last row off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    Nowhere,
    /// Cells are missing, as merged ones at the end of a row would be.
    BehindCell,
    /// So is the sign that all other rows have at their ends.
    InCell,
}

/// What rows show of merged cells.
#[derive(Clone, Copy, Debug, Default)]
struct Merged {
    /// Whether the last cell of some holds something, so that an empty one may stand for a merged one before it.
    last_is_filled: bool,
    /// Whether several hold nothing but a short task below a section.
    tasks_are_short: bool,
    /// Whether those who lead stand once for several rows, so that an empty cell of theirs is merged with the one above.
    leads_hold_on: bool,
}

struct Reader<'a> {
    grammar: Grammar<'a>,
    rows: Rows,
    columns: Vec<Headed>,
    /// Whether no row stands between the headings and here.
    fresh: bool,
    /// What its numbers count.
    counted: Counted,
    /// What the rows below the headings show of merged cells.
    merged: Merged,
    /// Where the row is cut off.
    cut: Cut,
    /// Whether another row below the same number has parties of its own.
    names_others: bool,
    /// What the marks mean, if the table is a grid.
    legend: Legend,
    /// Who leads by name, where nothing separates cells.
    leaders: Leaders<'a>,
    /// What last stood in each column.
    above: Vec<Range<usize>>,
    /// The sections that are open, with how deep they stand.
    sections: Vec<(u8, usize)>,
    /// The task that is open.
    record: Option<usize>,
    /// Whether words that nobody knows stand in a form behind its last clause.
    apart: bool,
    /// The number of the next task, where it stands in a row before that: 序号 | 1.
    number: Option<Range<usize>>,
    /// What the last row with parties of its own states, and where.
    stated: Option<(Stated, Range<usize>)>,
}

impl Reader<'_> {
    fn text(&self) -> &str {
        self.grammar.text
    }

    /// Reads the row with this index.
    fn row(&mut self, index: usize, all: &[Row]) {
        let (row, rows) = (&all[index], &all[index..]);
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
            let above = index
                .checked_sub(1)
                .map(|above| head::by_headings(self.text(), &all[above..]));
            let whole = above.and_then(|above| self.below_one_heading(&above, row, &rows[1..]));
            let whole = whole.or_else(|| self.over_several(&columns, &rows[1..]));
            self.columns = whole.unwrap_or(columns);
            self.above = vec![0..0; self.columns.len()];
            self.stated = None;
            self.fresh = true;
            self.merged = Merged {
                last_is_filled: self.last_is_filled(&rows[1..]),
                tasks_are_short: self.tasks_are_short(&rows[1..]),
                leads_hold_on: self.leads_hold_on(&rows[1..]),
            };
            self.sections_as_numbers(&rows[1..]);
            self.category_before_own_numbers(&rows[1..]);
            self.numbers_over_own_labels(&rows[1..]);
            self.sections_before_own_labels(&rows[1..]);
            self.counted = if self.measures_are_numbered(&rows[1..]) {
                Counted::Measures
            } else if self.tasks_are_numbered(&rows[1..]) {
                Counted::Sections
            } else if let Some(measure) = self.measures_that_name_bodies(&rows[1..]) {
                Counted::Problems { measure }
            } else {
                Counted::Tasks
            };
            return;
        }
        if self.fresh && self.second_headings(row, &rows[1..]) {
            return;
        }
        self.fresh = false;
        if index == 0
            && self.rows.layout == Layout::Signs
            && let Some(columns) = head::shown(self.text(), rows)
        {
            self.above = vec![0..0; columns.len()];
            self.columns = columns;
        }
        if self.columns.is_empty() {
            if !tells_of_page(self.text(), row) {
                self.pairs(row);
            }
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
        if self.says_nothing(row) || self.numbered_section(index, all) || self.section_row(row) {
            return;
        }
        let missing = index + 1 == all.len()
            && self.rows.layout == Layout::Signs
            && row.cells.len() < self.columns.len();
        let torn = || row.goes_on && !all[..index].iter().any(|row| row.goes_on);
        self.cut = match missing {
            true if torn() => Cut::InCell,
            true => Cut::BehindCell,
            false => Cut::Nowhere,
        };
        if let Some((rows, guessed)) = self.placed(row) {
            let lost = self.lost_numbers(index, all, rows.len());
            let names = |cells: &Vec<Placed>| {
                let mut places = cells.iter().zip(&self.columns);
                places.any(|(cell, headed)| {
                    cell.own() && headed.column.is_some_and(Column::names_parties)
                })
            };
            self.names_others = rows.len() > 1 && rows.iter().any(names);
            for cells in rows {
                self.cells(&cells, guessed, lost);
            }
        } else {
            let cells = row.cells.iter().map(|cell| &cell.range);
            self.rows.unread.push(hull(cells));
        }
    }

    /// Whether one of the first rows of full width holds something in its last cell.
    fn last_is_filled(&self, below: &[Row]) -> bool {
        let whole = |row: &&Row| row.cells.len() == self.columns.len();
        let mut shown = below.iter().filter(whole).take(SAMPLE);
        shown.any(|row| row.cells.last().is_some_and(|cell| !cell.range.is_empty()))
    }

    /// Whether those who lead are merged over rows whose others have cells of their own: some rows name nobody at all, and no
    /// lead is written again in the next row.
    fn leads_hold_on(&self, below: &[Row]) -> bool {
        let lead = Some(Column::States(Slot::Parties(Role::Lead)));
        let Some(lead) = self.columns.iter().position(|headed| headed.column == lead) else {
            return false;
        };
        let names = |row: &Row| {
            let mut places = self.columns.iter().zip(&row.cells);
            places.any(|(headed, cell)| {
                headed.column.is_some_and(Column::names_parties) && !cell.range.is_empty()
            })
        };
        let whole = |row: &&Row| row.cells.len() == self.columns.len();
        let rows = || below.iter().filter(whole).take(4 * SAMPLE);
        let leads: Vec<_> = rows()
            .map(|row| &self.text()[row.cells[lead].range.clone()])
            .collect();
        let first = leads.first().is_some_and(|lead| !lead.is_empty());
        let again = |pair: &[&str]| !pair[0].is_empty() && pair[0] == pair[1];
        self.rows.layout == Layout::Signs
            && first
            && rows().any(|row| !names(row))
            && !leads.windows(2).any(again)
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
        // 2.增收 stands in the place of a number where merged cells were left out.
        let counts = |row: &Row, at: usize| {
            own(row, at)
                && label::at(self.text(), row.cells[at].range.start)
                    .is_none_or(|label| label.end >= row.cells[at].range.end)
        };
        let labelled = |row: &Row, at: usize| {
            row.cells
                .get(at)
                .is_some_and(|cell| label::at(self.text(), cell.range.start).is_some())
        };
        let whole = |row: &&Row| row.cells.len() == self.columns.len();
        let shares = |row: &Row| {
            !own(row, task)
                && own(row, measure)
                && number.map_or_else(|| labelled(row, measure), |number| counts(row, number))
        };
        // Where every cell has its sign, a merged one may be missing.
        let goes_on = |row: &Row| {
            self.rows.layout == Layout::Signs
                && number.is_none()
                && row.cells.len() < self.columns.len()
                && labelled(row, 0)
        };
        let mut rows = below.iter().filter(whole);
        rows.clone().any(shares)
            || rows.any(|row| labelled(row, measure) && !labelled(row, task))
                && below.iter().any(goes_on)
    }

    /// The column of measures with labels that have bodies of their own where number and task are merged: 1 | 扬尘 | (1)洒水 |
    /// 甲局, and (2)巡查 | 乙局 below it.
    fn measures_that_name_bodies(&self, below: &[Row]) -> Option<usize> {
        let number = |headed: &Headed| headed.column == Some(Column::Number);
        let number = self.columns.iter().position(number)?;
        // Flattened, a merged cell is empty in all its rows but the first.
        let merged = |row: &Row, at: usize| {
            let flattened =
                self.rows.layout == Layout::Signs && row.cells.len() == self.columns.len();
            row.cells
                .get(at)
                .is_some_and(|cell| cell.above || flattened && cell.range.is_empty())
        };
        below.iter().take(2 * SAMPLE).find_map(|row| {
            let own = |cell: &Cell| !cell.above && !cell.range.is_empty();
            let mut places = self.columns.iter().zip(&row.cells);
            let names = places.clone().any(|(headed, cell)| {
                headed.column.is_some_and(Column::names_parties) && own(cell)
            });
            let measure = places.position(|(headed, cell)| {
                let says = headed.column.is_some_and(Column::says_what);
                says && own(cell) && self.is_labelled(&cell.range)
            });
            // What they are against stands between.
            measure.filter(|measure| number + 1 < *measure && names && merged(row, number))
        })
    }

    /// Whether a cell that begins with a label lists several: 1.安装;2.检查.
    fn lists_several(&self, cell: &Range<usize>) -> bool {
        let text = self.text();
        let Some(first) = label::at(text, cell.start) else {
            return false;
        };
        let next = |label: label::Label| {
            label.style == first.style && label.number == first.number + 1 && label.end < cell.end
        };
        let from = first.end.min(cell.end);
        let words = text[from..cell.end].char_indices();
        let mut places = words.filter(|(_, c)| label::may_begin(*c));
        places.any(|(at, _)| label::at(text, from + at).is_some_and(next))
    }

    /// The number with which the words of a cell begin: 1.修路.
    fn own_number(&self, cell: &Cell) -> Option<u32> {
        let label = label::before_words(self.text(), &cell.range)?;
        (label.style == Style::Arabic).then_some(label.number)
    }

    /// Whether a cell begins with a label and has words behind it.
    fn is_labelled(&self, cell: &Range<usize>) -> bool {
        label::before_words(self.text(), cell).is_some()
    }

    /// Whether tasks have numbers of their own that go on where rows have none: 2 | 学校 | 4.查食堂, and 5.查校服 below it.
    fn tasks_are_numbered(&self, below: &[Row]) -> bool {
        let place = |sought: Column| {
            let mut columns = self.columns.iter();
            columns.position(|headed| headed.column == Some(sought))
        };
        let (Some(number), Some(task)) = (place(Column::Number), place(Column::Task)) else {
            return false;
        };
        let own_number = |cell: Option<&super::Cell>| self.own_number(cell?);
        let mut last = None;
        below.iter().take(SAMPLE).any(|row| {
            let counted = row.cells.get(number).is_some_and(|cell| {
                let words = &self.text()[cell.range.clone()];
                !words.is_empty() && words.chars().all(|c| c.is_ascii_digit())
            });
            let own = own_number(row.cells.get(task));
            let own = own.or_else(|| own_number(row.cells.first()));
            let goes_on = !counted && own.is_some() && own == last.map(|last: u32| last + 1);
            last = own.or(last);
            goes_on
        })
    }

    /// Where the second column of what is to be done has numbers of its own and the first has none, that is what several tasks
    /// belong to: 项目, above 主要目标 | 1.增产.
    fn category_before_own_numbers(&mut self, below: &[Row]) {
        let says_what = |headed: &Headed| headed.column.is_some_and(Column::says_what);
        let places = self.columns.iter().enumerate();
        let places: Vec<_> = places
            .filter(|(_, headed)| says_what(headed))
            .map(|(at, _)| at)
            .collect();
        let [first, second, ..] = places[..] else {
            return;
        };
        if !self.tasks_are_numbered(below) {
            return;
        }
        let own_number = |row: &Row, at: usize| self.is_labelled(&row.cells[at].range);
        let whole = |row: &&Row| row.cells.last().is_some_and(|cell| !cell.range.is_empty());
        let whole = |row: &&Row| row.cells.len() == self.columns.len() && whole(row);
        let row = below.iter().find(whole);
        if row.is_some_and(|row| own_number(row, second) && !own_number(row, first)) {
            self.columns[first].column = Some(Column::Section);
            self.columns[second].column = Some(Column::Task);
        }
    }

    /// Where headings of sections stand in the column of numbers, merged over their rows, nothing counts those: 一、改善交通 |
    /// 修路.
    fn sections_as_numbers(&mut self, below: &[Row]) {
        let number =
            |headed: &Headed| column(&self.text()[headed.heading.clone()]) == Some(Column::Number);
        let Some(at) = self.columns.iter().position(number) else {
            return;
        };
        let whole = |row: &&Row| {
            row.cells
                .iter()
                .skip(at + 1)
                .any(|cell| !cell.range.is_empty())
        };
        let of_section = |row: &Row| {
            let range = row.cells.get(at).map(|cell| &cell.range);
            let label = range.and_then(|range| label::before_words(self.text(), range));
            label.is_some_and(|label| label.style <= Style::HanBracketed)
        };
        let counted = |row: &Row| {
            let range = row.cells.get(at).map(|cell| &cell.range);
            range.is_some_and(|range| self.text()[range.clone()].parse::<u32>().is_ok())
        };
        let mut rows = below.iter().take(2 * SAMPLE).filter(whole);
        if rows.clone().any(of_section) && !rows.any(counted) {
            self.columns[at].column = Some(Column::Section);
        }
    }

    /// Where a number and a category stand once for rows with labels of their own, the first column of those is what is to be
    /// done: 1 | 主要目标, above (1)增产.
    fn numbers_over_own_labels(&mut self, below: &[Row]) {
        let [category, task, ..] = below else {
            return;
        };
        let own = category.cells.len();
        let label = |cell: &super::Cell| label::at(self.text(), cell.range.start);
        let labelled = task.cells.get(own).and_then(label).is_some();
        if !merged_over(category, task) || !labelled || own >= self.columns.len() {
            return;
        }
        for headed in &mut self.columns[..own] {
            headed.column = Some(Column::Other);
        }
        self.columns[own].column = Some(Column::Task);
    }

    /// Where nothing counts rows but labels in the last column of what is to be done, which go on over those that stand before
    /// them, these are what several tasks belong to: 一、公开规划 | 1.放规划, above 2.找旧规划.
    fn sections_before_own_labels(&mut self, below: &[Row]) {
        const FEWEST: usize = 2;
        let says_what = |headed: &Headed| headed.column.is_some_and(Column::says_what);
        let mut columns = self.columns.iter();
        if columns.any(|headed| headed.column == Some(Column::Number)) {
            return;
        }
        let Some(last) = self.columns.iter().rposition(says_what) else {
            return;
        };
        if !self.columns[..last].iter().any(says_what) {
            return;
        }
        let numbered = |cell: &Cell| self.own_number(cell).is_some();
        let shown = below.iter().take(2 * SAMPLE);
        let rows = shown.filter_map(|row| Some((row, row.cells.iter().position(numbered)?)));
        let rows: Vec<_> = rows.collect();
        let in_place =
            rows.iter().all(|(_, at)| *at <= last) && rows.iter().any(|(_, at)| *at == last);
        let numbers: Vec<_> = rows
            .iter()
            .filter_map(|(row, at)| self.own_number(&row.cells[*at]))
            .collect();
        let counts_on = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
        if !in_place || !counts_on || numbers.len() < FEWEST {
            return;
        }
        for headed in &mut self.columns[..last] {
            if headed.column.is_some_and(Column::says_what) {
                headed.column = Some(Column::Section);
            }
        }
        self.columns[last].column = Some(Column::Task);
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

    /// Whether a row stands for none: 1 | 无.
    fn says_nothing(&self, row: &Row) -> bool {
        let words = |cell: &super::Cell| &self.text()[cell.range.clone()];
        let counts = |words: &str| words.chars().all(|c| c.is_ascii_digit());
        let says = row.cells.iter().map(words).filter(|words| !counts(words));
        let mut says = says.peekable();
        let merged = row.cells.iter().any(|cell| cell.above);
        !merged && says.peek().is_some() && says.all(|words| words == "无")
    }

    /// A row with nothing but the number of a section and a title in a cell of its own: 一 | 党建工作.
    fn numbered_section(&mut self, index: usize, all: &[Row]) -> bool {
        let row = &all[index];
        let mut filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
        let (Some(numeral), Some(title), None) = (filled.next(), filled.next(), filled.next())
        else {
            return false;
        };
        if row.cells.iter().any(|cell| cell.above) {
            return false;
        }
        let text = self.grammar.text;
        let of_rows = || {
            let label = number_label(text, &numeral.range);
            let heads = self.columns[0].column == Some(Column::Number)
                && numeral.range == row.cells[0].range
                && self.counts_over(index, all, &label);
            let merged = || {
                all.get(index + 1)
                    .is_some_and(|below| merged_over(row, below))
            };
            (heads || merged()).then_some(label)
        };
        let numeral_label = numeral_label(text, &numeral.range);
        // (二) between (一) and (三) is a row, though it names nobody.
        let of_section = numeral_label.filter(|label| !self.counts_on(index, all, label));
        let Some(label) = of_section.or_else(of_rows) else {
            return false;
        };
        self.open_numbered_section(label.style as u8, label, title.range.clone());
        // No cell is merged over it.
        self.above = vec![0..0; self.columns.len()];
        true
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
        // All else is merged with the row above: 2.找旧规划.
        let own_number = |label: &label::Label| {
            label.style == Style::Arabic
                && (self.counted == Counted::Sections || self.counts_on_from_record(label))
        };
        let label = label::at(text, cell.range.start);
        let of_problem = matches!(self.counted, Counted::Problems { measure } if measure == index)
            && self.is_labelled(&cell.range);
        if of_problem || label.as_ref().is_some_and(own_number) {
            return false;
        }
        let outer = label.filter(|label| {
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
        if outer.is_none() && self.may_help(words) {
            return false;
        }
        if remark || numeral || !says_what {
            return remark || numeral;
        }
        if let Some(label) = &outer {
            self.open_section(label.style as u8, cell.range.clone(), cell.range.start);
        } else if index == 0 && row.cells.len() == self.columns.len() && self.may_open_section() {
            self.open_section(UNLABELLED, cell.range.clone(), cell.range.start);
        } else if self.merged.tasks_are_short && self.is_short_task(row)
            || self.is_whole_task(index, words)
        {
            return false;
        } else if let Some(record) = self.record {
            // The rest of a cell that a page break has cut.
            let heading = &mut self.rows.headings[record];
            heading.own.end = heading.own.end.max(cell.range.end);
            heading.whole.end = heading.own.end;
        }
        true
    }

    /// Whether several rows hold nothing but a task below a section and bodies that are merged over them. They are too short to
    /// be the rest of a cell that a page break has cut.
    fn tasks_are_short(&self, below: &[Row]) -> bool {
        const SEVERAL: usize = 2;
        const SHOWN: usize = 8 * SAMPLE;
        let columns = self.columns.iter().take(2).map(|headed| headed.column);
        let below_sections = columns.eq([Some(Column::Section), Some(Column::Task)]);
        let shown = below.iter().take(SHOWN);
        let mut short = shown.filter(|row| self.is_short_task(row));
        self.rows.layout == Layout::Signs && below_sections && short.nth(SEVERAL - 1).is_some()
    }

    /// Whether a task below a section is no rest of the one above it, since both are sentences: bodies are merged over them.
    fn is_whole_task(&self, index: usize, words: &str) -> bool {
        let columns = self.columns.iter().take(2).map(|headed| headed.column);
        let below_sections = columns.eq([Some(Column::Section), Some(Column::Task)]);
        let above = &self.text()[self.above.get(index).cloned().unwrap_or_default()];
        self.rows.layout == Layout::Signs
            && below_sections
            && index == 1
            && [above, words].iter().all(|words| words.ends_with('。'))
            && !GOES_ON.iter().any(|word| words.starts_with(word))
    }

    fn is_short_task(&self, row: &Row) -> bool {
        const LONGEST: usize = 20;
        let mut filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
        let (Some(only), None) = (filled.next(), filled.next()) else {
            return false;
        };
        let words = &self.text()[only.range.clone()];
        row.cells.len() == self.columns.len()
            && row
                .cells
                .get(1)
                .is_some_and(|cell| cell.range == only.range)
            && words.chars().nth(LONGEST).is_none()
            && !words.ends_with(['。', ';', ',', '、'])
    }

    /// What counts, names and begins a row of which a measure with a label may be the task, below the problem that a number of
    /// its own counts.
    fn measure_below_problem(
        &mut self,
        number: Option<Range<usize>>,
        problem: Option<Range<usize>>,
        measure: Option<Range<usize>>,
        begins: bool,
    ) -> (Option<Range<usize>>, Option<Range<usize>>, bool) {
        if number.is_some() {
            self.close(TASK_COLUMN);
        }
        let below = self
            .sections
            .last()
            .is_some_and(|(depth, _)| *depth == TASK_COLUMN);
        // Of a problem whose first measure has no label, others say more of it; a cell that lists several is of the problem.
        let apart = number.is_some() || below;
        let Some(measure) = measure.filter(|measure| apart && !self.lists_several(measure)) else {
            return (number, problem, begins);
        };
        if let Some((number, problem)) = number.zip(problem) {
            let label = number_label(self.text(), &number);
            self.open_numbered_section(TASK_COLUMN, label, problem);
        }
        (None, Some(measure), true)
    }

    /// Whether a label is the next behind that of the task that is open.
    fn counts_on_from_record(&self, label: &label::Label) -> bool {
        let record = self.record.map(|record| &self.rows.headings[record].label);
        record.is_some_and(|last| last.style == label.style && last.number + 1 == label.number)
    }

    /// Whether a few words alone in their row may be the heading of a section: one stands above the first task, too, or they are
    /// what is to be done, all else being merged with the row above.
    fn may_open_section(&self) -> bool {
        self.record.is_none() || !self.sections.is_empty()
    }

    /// Whether words alone in their row name others who help where the row above has a lead and somebody who does.
    fn may_help(&self, words: &str) -> bool {
        let stated = self.stated.iter().flat_map(|(stated, _)| stated);
        let of_parties = stated
            .map(|(index, _)| self.columns[*index].column)
            .filter(|column| column.is_some_and(Column::names_parties));
        let (answers, helps): (Vec<_>, Vec<_>) = of_parties.partition(|column| answers(*column));
        self.rows.layout == Layout::Signs
            && !answers.is_empty()
            && !helps.is_empty()
            && cell::is_of_bodies(words, kind::shows_party)
    }

    fn cells(&mut self, cells: &[Placed], guessed: bool, lost: LostNumbers) {
        let row = cells.iter().filter(|cell| cell.own());
        let row = hull(row.map(|cell| &cell.range));
        let of = |sought: Column| {
            self.columns
                .iter()
                .position(|headed| headed.column == Some(sought))
        };
        let (number, task) = (of(Column::Number), of(Column::Task));
        let own = |place: Option<usize>| place.map(|at| &cells[at]).filter(|cell| cell.own());
        let columns = self.columns.iter().zip(cells);
        let sections = columns.filter(|(headed, _)| headed.column == Some(Column::Section));
        let sections = (SECTION_COLUMN..UNLABELLED).zip(sections);
        let sections = sections.filter(|(_, (_, cell))| cell.own());
        let sections = sections.map(|(depth, (_, cell))| (depth, cell.range.clone()));
        let sections: Vec<_> = sections.collect();
        for (depth, cell) in sections {
            self.open_again(depth, cell, row.start);
        }
        if self.counted == Counted::Measures
            && let Some(cell) = own(task)
        {
            self.open_again(TASK_COLUMN, cell.range.clone(), row.start);
        }
        let task = task.filter(|_| self.counted != Counted::Measures);
        let title = own(task)
            .or_else(|| own(self.measure()))
            .map(|cell| cell.range.clone());
        let number = number.filter(|_| self.counted != Counted::Sections);
        let begins = match number {
            Some(_) if own(number).is_some() || self.record.is_none() => true,
            Some(_) => lost == LostNumbers::All && own(task).is_some(),
            // 中小学 beside 3.检查食堂 is none.
            None if self.counted == Counted::Sections => {
                own(task).is_some_and(|cell| label::at(self.text(), cell.range.start).is_some())
            }
            None => own(task.or(self.measure())).is_some(),
        };
        let number = own(number).map(|cell| cell.range.clone());
        let (number, title, begins) = match self.counted {
            Counted::Problems { measure: at } => {
                let measure = own(Some(at)).map(|cell| cell.range.clone());
                let problem = cells[..at].iter().rfind(|cell| cell.own());
                let problem = problem.map(|cell| cell.range.clone());
                let own_title = title.filter(|title| Some(title) != measure.as_ref());
                let title = own_title.or(problem);
                let measure = measure.filter(|measure| self.is_labelled(measure));
                self.measure_below_problem(number, title, measure, begins)
            }
            _ => (number, title, begins),
        };
        // A number of its own counts a row, though its task is that of the row above.
        let above = task.or(self.measure()).map(|at| self.above[at].clone());
        let above = above.filter(|above| number.is_some() && !above.is_empty());
        let title = title.or(above);
        if let Some(title) = title.filter(|_| begins) {
            self.open_record(number.clone(), title, row.clone());
        } else if let Some(record) = self.record {
            let heading = &mut self.rows.headings[record];
            heading.own.end = heading.own.end.max(row.end);
            heading.whole.end = heading.own.end;
        }
        let columns = self.columns.iter().zip(cells);
        let aside = columns.filter(|(headed, cell)| {
            let heading = &self.text()[headed.heading.clone()];
            headed.column == Some(Column::Other) && tells_how_far(heading) && cell.own()
        });
        let aside: Vec<_> = aside.map(|(_, cell)| cell.range.clone()).collect();
        self.rows.aside.extend(aside);
        let guessed = guessed || lost == LostNumbers::Some && number.is_none();
        self.state(cells, &row, guessed, begins);
        for (above, cell) in self.above.iter_mut().zip(cells) {
            if cell.own() {
                *above = cell.range.clone();
            }
        }
    }
}

/// Whether all cells of a row are merged over the one below, which has others behind them.
fn merged_over(row: &Row, below: &Row) -> bool {
    let merged = below.cells.iter().take_while(|cell| cell.above).count();
    merged > 1 && merged == row.cells.len() && merged < below.cells.len()
}
