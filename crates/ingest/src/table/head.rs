//! Which row of a table holds the headings of its columns, and what each column holds.
//!
//! The words of a heading say what its column holds. Where they say nothing that is known, the cells below do: a column
//! of which nearly every cell is a list of bodies is one of parties. That is a guess, and marked as one.

use super::{
    Column, Row,
    cell::{is_of_bodies, looks_like_date},
    column::{self, column, name_leads_and_others, named},
    contents::{Contents, SAMPLE},
    grid,
};
use crate::{kind, list::MARKS, person::are_persons, role::Slot};
use domain::vocabulary::{Reference, Role};
use std::ops::Range;

/// A column under its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Headed {
    /// What its cells hold, if anything that is read.
    pub(super) column: Option<Column>,
    /// The words of its heading.
    pub(super) heading: Range<usize>,
    /// Whether its cells say so and not its heading, or its heading leaves open what they have to do.
    pub(super) supposed: bool,
    /// Whether its cells look like bodies, so that a name that nobody knows is one too.
    pub(super) of_bodies: bool,
}

/// The columns that the first of these rows names, above the others; nothing if it holds no headings of a responsibility
/// table.
pub(super) fn columns(text: &str, rows: &[Row]) -> Option<Vec<Headed>> {
    let head = Head::of(text, rows)?;
    head.known().or_else(|| head.supposed())
}

/// The same where the words of the headings say enough.
pub(super) fn known_columns(text: &str, rows: &[Row]) -> Option<Vec<Headed>> {
    Head::of(text, rows)?.known()
}

/// Whether a row of it names its columns.
pub(super) fn is_there(text: &str, rows: &[Row]) -> bool {
    (0..rows.len()).any(|at| {
        Head::of(text, &rows[at..])
            .is_some_and(|head| head.known().is_some() || at < WITHIN && head.supposed().is_some())
    })
}

/// Headings that are known by what stands below them are among so many rows.
pub(super) const WITHIN: usize = 16;

/// A row that may hold headings, with what their words say.
struct Head<'a> {
    text: &'a str,
    row: &'a Row,
    below: &'a [Row],
    columns: Vec<Headed>,
}

impl<'a> Head<'a> {
    fn of(text: &'a str, rows: &'a [Row]) -> Option<Self> {
        let (row, below) = rows.split_first()?;
        let heads = could_head(text, row) && !are_pairs(text, row, below);
        heads.then(|| Self {
            text,
            row,
            below,
            columns: by_headings(text, rows),
        })
    }

    /// The columns, if the words of the headings say enough.
    fn known(&self) -> Option<Vec<Headed>> {
        let kinds = kinds(&self.columns);
        let is_named = named(&kinds) || self.names_leads_behind_what();
        if !enough(self.text, self.row, &kinds) || !is_named || self.holds_names() {
            return None;
        }
        let (mut columns, contents) = self.look_below();
        for (column, shown) in columns.iter_mut().zip(&contents) {
            column.column = column.column.or_else(|| shown.labelled_column());
            if column.heading.is_empty() && shown.mostly(shown.counts) {
                column.column = Some(Column::Number);
            }
            // Where 序号 is empty in all rows, nothing counts them.
            if column.column == Some(Column::Number) && shown.rows > 1 && shown.numerals == 0 {
                column.column = Some(Column::Other);
            }
        }
        counted_by_labels(&mut columns, &contents);
        duties_below_division(self.text, &mut columns, &contents);
        roles_beside_bodies(&mut columns, &contents);
        // Where others only help, those in the column that nobody knows are helped.
        let answers = |column: &Headed| {
            let parties = |role| Column::States(Slot::Parties(role));
            [Role::Lead, Role::Responsible, Role::Coordinate]
                .iter()
                .any(|role| column.column == Some(parties(*role)))
        };
        if !columns.iter().any(answers) {
            for (column, shown) in columns.iter_mut().zip(&contents) {
                if column.column.is_none() && shown.mostly(shown.parties) {
                    column.column = shown.column();
                    column.supposed = true;
                }
            }
        }
        suppose_task(&mut columns, &contents);
        Some(columns)
    }

    /// The columns, if cells say what headings do not.
    ///
    /// Bodies stand in many tables. Only one that counts or dates what is to be done, and whose title says that it is about
    /// tasks, gives them to a column of bodies.
    fn supposed(&self) -> Option<Vec<Headed>> {
        let text = self.text;
        let mut filled = self.row.cells.iter().filter(|cell| !cell.range.is_empty());
        // 成员单位 beside 工作职责 are enough.
        let of_duties = filled
            .clone()
            .any(|cell| text[cell.range.clone()].ends_with("职责"));
        let fewest = if of_duties { 2 } else { FEWEST_COLUMNS };
        let is_date = |column: &Headed| looks_like_date(&text[column.heading.clone()]);
        let says_what =
            |cell: &super::Cell| column(&text[cell.range.clone()]).is_some_and(Column::says_what);
        if filled.clone().count() < fewest
            || !filled.all(|cell| is_short(text, cell) || says_what(cell))
            || self.holds_names()
            || self.columns.iter().any(is_date)
        {
            return None;
        }
        let (mut columns, contents) = self.look_below();
        // Beside those whom a heading makes answer, others have another part: 技术支撑单位.
        let answered = kinds(&columns)
            .into_iter()
            .flatten()
            .any(Column::names_parties);
        for (column, shown) in columns.iter_mut().zip(&contents) {
            if column.column.is_none() {
                column.column = shown.labelled_column();
            }
            let shown = shown.column();
            let of_parties = shown.is_some_and(Column::names_parties);
            // 单位名称 above bodies says whose the tasks are, if nothing else does.
            let of_any_body = || {
                let words = &text[column.heading.clone()];
                of_parties && column::names_any_body(words.trim_end_matches("名称"))
            };
            let open = column.column.is_none()
                || column.column == Some(Column::Other) && !answered && of_any_body();
            if open && !(answered && of_parties) {
                column.column = shown;
                column.supposed = shown.is_some();
            }
        }
        suppose_task(&mut columns, &contents);
        let kinds = kinds(&columns);
        let parties = columns
            .iter()
            .any(|column| column.column.is_some_and(Column::names_parties) && !column.supposed);
        let dated = kinds.contains(&Some(Column::States(Slot::Deadline)));
        let counted =
            kinds.contains(&Some(Column::Number)) || kinds.contains(&Some(Column::Section));
        // 听证组织机关 is a heading of bodies, though nobody knows what they do.
        let of_offices = columns.iter().any(|column| {
            let words = &text[column.heading.clone()];
            let offices = ["机关", "部门", "机构", "处室", "科室"];
            let shown = column.column.is_some_and(Column::names_parties);
            shown && counted && offices.iter().any(|office| words.ends_with(office))
        });
        let is_one = parties
            || of_offices
            || ((dated || counted || of_duties) && is_announced(text, self.row));
        (is_one && named(&kinds)).then_some(columns)
    }

    /// Whether the first heading, which nobody knows, stands before those who lead and others.
    fn names_leads_behind_what(&self) -> bool {
        let Some((first, rest)) = self.columns.split_first() else {
            return false;
        };
        first.column.is_none()
            && !first.heading.is_empty()
            && name_leads_and_others(rest.iter().map(|column| &self.text[column.heading.clone()]))
    }

    /// Whether one of the cells is no heading but what stands beside one: 牵头单位 | 甲局.
    fn holds_names(&self) -> bool {
        let is_name = |name: &str| {
            // 地区 and 发起部门 are headings.
            let heads = name.chars().count() <= 2 || column::names_any_body(name);
            let named = !heads && kind::reference(name) == Reference::Named;
            (named || name.starts_with('各')) && kind::shows_party(name)
        };
        // 帮扶县 before 牵头单位 is none.
        let first = usize::from(self.names_leads_behind_what());
        let columns = self.columns.iter().skip(first);
        let unknown = columns.filter(|column| column.column.is_none());
        unknown
            .map(|column| &self.text[column.heading.clone()])
            .any(|heading| is_of_bodies(heading, is_name))
    }

    /// The columns with those marked whose cells are bodies, and what the cells of each hold.
    fn look_below(&self) -> (Vec<Headed>, Vec<Contents>) {
        let width = self.row.cells.len();
        let contents = (0..width).map(|at| Contents::of(self.text, self.below, width, at));
        let contents: Vec<_> = contents.collect();
        let mut columns = self.columns.clone();
        for (column, shown) in columns.iter_mut().zip(&contents) {
            column.of_bodies = shown.mostly(shown.bodies);
        }
        (columns, contents)
    }
}

fn kinds(columns: &[Headed]) -> Vec<Option<Column>> {
    columns.iter().map(|column| column.column).collect()
}

/// Whether a row may hold headings: a row with a number is one of tasks, whatever its words. A year may head a column.
pub(super) fn could_head(text: &str, row: &Row) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
    let is_year = |words: &str| words.len() == "2025".len() && words.starts_with("20");
    let numeral = |words: &str| words.chars().all(|c| c.is_ascii_digit()) && !is_year(words);
    filled.clone().nth(1).is_some() && !filled.any(|cell| numeral(&text[cell.range.clone()]))
}

/// Whether rows are headings with what is of them beside each: 责任部门 | 工程部 above 配合部门 | 安全部.
fn are_pairs(text: &str, row: &Row, below: &[Row]) -> bool {
    let states = |row: &Row| {
        let mut cells = row.cells.iter().filter(|cell| !cell.range.is_empty());
        let first = cells
            .next()
            .and_then(|cell| column(&text[cell.range.clone()]));
        matches!(first, Some(Column::States(_))) && cells.count() == 1
    };
    states(row) && below.first().is_some_and(states)
}

/// What the headings say by themselves.
pub(super) fn by_headings(text: &str, rows: &[Row]) -> Vec<Headed> {
    let Some((row, below)) = rows.split_first() else {
        return vec![];
    };
    let words = |cell: &super::Cell| &text[cell.range.clone()];
    let mut columns: Vec<_> = row
        .cells
        .iter()
        .map(|cell| Headed {
            column: column(words(cell)),
            heading: cell.range.clone(),
            supposed: column::leaves_role_open(words(cell)),
            of_bodies: false,
        })
        .collect();
    for column in grid_columns(text, row, below, &mut columns) {
        column.column = Some(Column::Body);
    }
    // What several rows belong to stands before their tasks and parties; 目标类型 behind them says something of each row.
    let tells = |column: &Headed| {
        column
            .column
            .is_some_and(|column| column.says_who() || column == Column::Task)
    };
    let first = columns.iter().position(tells);
    for column in &mut columns[first.unwrap_or_default()..] {
        if column.column == Some(Column::Section) {
            column.column = Some(Column::Other);
        }
    }
    // Members take part beside one who leads; by themselves they answer for their duties.
    let members = Column::States(Slot::Parties(Role::Participate));
    let of_parties = |column: &&mut Headed| column.column.is_some_and(Column::names_parties);
    let mut parties: Vec<_> = columns.iter_mut().filter(of_parties).collect();
    if let [only] = &mut parties[..]
        && only.column == Some(members)
    {
        only.column = Some(Column::States(Slot::Parties(Role::Responsible)));
    }
    // 主要责任单位 lead by themselves, and answer beside 第一责任单位.
    let first = |cell: &super::Cell| words(cell).contains("第一责任");
    if row.cells.iter().any(first) {
        for (column, cell) in columns.iter_mut().zip(&row.cells) {
            if words(cell).contains("主要责任") && column.column.is_some_and(Column::names_parties)
            {
                column.column = Some(Column::States(Slot::Parties(Role::Responsible)));
            }
        }
    }
    // 相关单位 beside those who lead help them.
    let lead = Some(Column::States(Slot::Parties(Role::Lead)));
    if columns.iter().any(|column| column.column == lead) {
        for (column, cell) in columns.iter_mut().zip(&row.cells) {
            if column::of_others(words(cell)) {
                column.column = Some(Column::States(Slot::Parties(Role::Support)));
            }
        }
    }
    // The builder of a project is not who answers for it, if another column says who does.
    let answers = |cell: &super::Cell| column::of_answering_bodies(words(cell));
    if row.cells.iter().any(answers) {
        for (column, cell) in columns.iter_mut().zip(&row.cells) {
            if column::of_builders(words(cell)) {
                column.column = Some(Column::Other);
            }
        }
    }
    columns
}

/// Those of the columns above whose fields with marks the cells of `row` are bodies.
pub(super) fn grid_columns<'c>(
    text: &str,
    row: &Row,
    below: &[Row],
    columns: &'c mut [Headed],
) -> impl Iterator<Item = &'c mut Headed> {
    let bodies = grid::bodies(text, row, below).unwrap_or_default();
    let of_bodies = columns.iter_mut().zip(bodies);
    of_bodies.filter_map(|(column, body)| body.then_some(column))
}

/// The columns of a table that has no headings, as where it goes on from another page: rows that count on, what is to be done in
/// many words, and bodies behind it. Nothing if the rows show less.
pub(super) fn shown(text: &str, rows: &[Row]) -> Option<Vec<Headed>> {
    const FEWEST: usize = 2;
    const LONG: usize = 10;
    let rows = &rows[..rows.len().min(SAMPLE)];
    let width = rows.first().map(|row| row.cells.len())?;
    let alike = rows.iter().all(|row| row.cells.len() == width);
    if rows.len() < FEWEST || width < FEWEST_COLUMNS || !alike {
        return None;
    }
    let words = |row: &Row, at: usize| &text[row.cells[at].range.clone()];
    let number = |row: &Row| {
        let words = words(row, 0);
        let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        words[..digits].parse::<u32>().ok()
    };
    let count_on = rows.windows(2).all(|pair| {
        let both = number(&pair[0]).zip(number(&pair[1]));
        both.is_some_and(|(number, next)| next == number + 1)
    });
    if !count_on {
        return None;
    }
    let alone = rows
        .iter()
        .all(|row| words(row, 0).bytes().all(|c| c.is_ascii_digit()));
    // The heading of a section may stand between the number and the task, merged over some rows.
    let sections = alone && rows.iter().any(|row| row.cells[1].above);
    let task = usize::from(alone) + usize::from(sections);
    let long = rows
        .iter()
        .all(|row| words(row, task).chars().count() >= LONG);
    let of_all = |at: usize, is: &dyn Fn(&str) -> bool| {
        // Lines of narrow cells end inside of names.
        let whole = |row| words(row, at).lines().map(str::trim).collect::<String>();
        let mut cells = rows.iter().map(whole);
        at > task && cells.all(|words| is(words.trim_start_matches(MARKS)))
    };
    // Who leads and by when may be left open here and there.
    let of_most = |at: usize, is: &dyn Fn(&str) -> bool| {
        of_all(at, &|words| words.is_empty() || is(words))
            && rows.iter().any(|row| !row.cells[at].range.is_empty())
    };
    let column = |at: usize| match at {
        _ if at == task => Column::Task,
        0 => Column::Number,
        _ if at < task => Column::Section,
        _ if of_all(at, &|words| is_of_bodies(words, kind::shows_party)) => {
            Column::States(Slot::Parties(Role::Responsible))
        }
        _ if of_most(at, &looks_like_date) => Column::States(Slot::Deadline),
        _ if of_most(at, &are_persons) => Column::States(Slot::Persons),
        _ => Column::Other,
    };
    let columns: Vec<_> = (0..width).map(column).collect();
    let named = columns.iter().any(|column| column.names_parties());
    let start = rows[0].cells[0].range.start;
    let headed = |column| Headed {
        column: Some(column),
        heading: start..start,
        supposed: true,
        of_bodies: false,
    };
    (long && named).then(|| columns.into_iter().map(headed).collect())
}

/// No heading has more characters that is not of known words.
const LONGEST_OF_OWN: usize = 10;

fn is_short(text: &str, cell: &super::Cell) -> bool {
    let words: String = text[cell.range.clone()].split_whitespace().collect();
    words.chars().count() <= LONGEST_OF_OWN && !words.contains(['。', ',', ';', ':'])
}

/// Whether enough of the headings are known.
fn enough(text: &str, row: &Row, columns: &[Option<Column>]) -> bool {
    let mut filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
    let known = columns.iter().flatten().count();
    let count = filled.clone().count();
    // Words of its own say little of a table whose first heading counts its rows, and one of which is 牵头单位.
    let counts = columns.first() == Some(&Some(Column::Number));
    // Where others say what is to be done and who does it, long ones do not hide that these are headings.
    let told = || {
        let mut known = columns.iter().flatten();
        counts && known.clone().any(|column| column.says_what()) && known.any(|c| c.says_who())
    };
    let is_phrase = |cell: &super::Cell| {
        let words = &text[cell.range.clone()];
        words.chars().count() <= column::LONGEST && !words.contains(['。', ',', ';', ':'])
    };
    known * 3 >= count * 2
        || ((counts || known * 2 >= count) && filled.clone().all(|cell| is_short(text, cell)))
        || (told() && filled.all(is_phrase))
}

/// A table with fewer columns shows too little.
const FEWEST_COLUMNS: usize = 3;

/// Whether what stands above a table says that it gives tasks to bodies.
fn is_announced(text: &str, row: &Row) -> bool {
    const WORDS: [&str; 12] = [
        "攻坚",
        "整治",
        "清单",
        "分工",
        "任务",
        "责任",
        "职责",
        "台账",
        "分解",
        "措施",
        "行动",
        "作战图",
    ];
    const NEAR: usize = 160;
    let start = row.cells.first().map_or(0, |cell| cell.range.start);
    let near = text.ceil_char_boundary(start.saturating_sub(NEAR));
    WORDS.iter().any(|word| text[near..start].contains(word))
}

/// Where no heading says what is to be done, that of which nothing is known and whose cells say most does: 民生实事.
fn suppose_task(columns: &mut [Headed], contents: &[Contents]) {
    let mut kinds = columns.iter().filter_map(|column| column.column);
    if kinds.any(Column::says_what) {
        return;
    }
    let unknown = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.column.is_none() && !column.heading.is_empty());
    let longest = unknown.rev().max_by_key(|(at, _)| contents[*at].length());
    if let Some(at) = longest.map(|(at, _)| at) {
        columns[at].column = Some(Column::Task);
    }
}

/// Where no column counts the rows, 问题清单 says what a row is about if its cells count themselves: 1.工作调度不够.
fn counted_by_labels(columns: &mut [Headed], contents: &[Contents]) {
    let counts = |column: &Headed| column.column == Some(Column::Number);
    let counted = contents.iter().position(|shown| shown.mostly(shown.labels));
    let what = columns
        .iter()
        .position(|column| column.column.is_some_and(Column::says_what));
    if columns.iter().any(counts) {
        return;
    }
    let before = counted.filter(|at| what.is_some_and(|what| *at < what));
    let unread = |at: &usize| matches!(columns[*at].column, None | Some(Column::Other));
    if let Some(at) = before.filter(unread) {
        columns[at].column = Some(Column::Task);
    }
}

/// 职责分工 above sentences says what is to be done; whoever does it stands in a column beside it.
fn duties_below_division(text: &str, columns: &mut [Headed], contents: &[Contents]) {
    const SHORTEST: usize = 10;
    for (column, shown) in columns.iter_mut().zip(contents) {
        let divides = text[column.heading.clone()].ends_with("分工");
        let of_parties = column.column.is_some_and(Column::names_parties);
        // 牵头单位:甲局 in its cells names who does it.
        let labelled = shown.labelled_column().is_some();
        let tells = shown.bodies == 0 && !labelled && shown.rows > 1 && shown.length() >= SHORTEST;
        if divides && of_parties && tells {
            column.column = Some(Column::Task);
            column.supposed = false;
        }
    }
}

/// Columns whose cells say the roles of those in another: 牵头 | 甲局, both below 责任分工.
fn roles_beside_bodies(columns: &mut [Headed], contents: &[Contents]) {
    for at in 0..columns.len() {
        let of_roles = contents[at].mostly(contents[at].roles);
        let of_parties = |column: &Headed| column.column.is_some_and(Column::names_parties);
        let own = columns[at].clone();
        // 落实 below 进展情况 says how far it is.
        if !of_roles || !(own.column.is_none() || of_parties(&own)) {
            continue;
        }
        if let Some(next) = columns.get_mut(at + 1)
            && next.column.is_none()
            && next.heading.is_empty()
            && of_parties(&own)
        {
            next.column = own.column;
            next.heading = own.heading;
        }
        let others = columns.iter().enumerate().filter(|(other, _)| *other != at);
        if others.filter(|(_, column)| of_parties(column)).count() == 1 {
            columns[at].column = Some(Column::Role);
        }
    }
}
