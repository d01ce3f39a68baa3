//! A matrix as a table on paper has it: leading columns that say what each row is, headings, squares.

use super::name;
use crate::terminal::plain;
use domain::{
    image::AssignmentRef,
    matrix::{Cell, Column, Line, Matrix, Row, RowsBy, Total},
    time::Instant,
    view::View,
    vocabulary::Role,
};
use std::{collections::BTreeMap, ops::Range};

/// How many assignments the note of a square tells of.
const MOST_NOTED: usize = 12;

/// What is written down of a matrix.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(super) title: String,
    /// Of which register, and as of when.
    pub(super) about: String,
    /// When what it shows was recorded.
    pub(super) recorded: Option<Instant>,
    /// The names of the leading columns: one for each level of headings over rows, and the row's own.
    pub(super) leading: Vec<String>,
    pub(super) row_headings: Vec<Heading>,
    pub(super) rows: Vec<Head>,
    /// How many levels of headings are over the columns.
    pub(super) column_levels: usize,
    pub(super) column_headings: Vec<Heading>,
    pub(super) columns: Vec<Head>,
    pub(super) squares: BTreeMap<(usize, usize), Square>,
    /// The roles of the whole matrix, with how many assignments.
    pub(super) total: Vec<(Role, u32)>,
}

/// A row or a column.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) name: String,
    /// The roles that stand in it, with how many assignments.
    pub(super) total: Vec<(Role, u32)>,
}

/// A heading over neighbouring rows or columns.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) span: Range<usize>,
    pub(super) name: String,
}

#[derive(Debug)]
pub(super) struct Square {
    pub(super) roles: Vec<(Role, u32)>,
    /// The words that it rests on.
    pub(super) note: String,
}

impl Sheet {
    /// Writes a matrix down, for the register that is called so.
    pub(crate) fn new(view: &View, matrix: &Matrix, rows: RowsBy, register: &str) -> Self {
        let mut row_headings = matrix.row_headings(view);
        let plans = row_headings.iter().filter(|line| line.level == 0).count();
        // One plan is named by the title.
        let above = u32::from(plans == 1);
        let plan = row_headings.first().map(|line| line.group);
        row_headings.retain(|line| line.level >= above);
        let deepest = row_headings.iter().map(|line| line.level - above + 1).max();
        let column_headings = matrix.column_headings(view);
        let column_levels = column_headings.iter().map(|line| line.level + 1).max();
        let title = match plan.filter(|_| above == 1) {
            Some(plan) => format!("{}　责任矩阵", name::row(view, plan)),
            None => format!("{register}　责任矩阵"),
        };
        let square = |cell: &Cell| {
            let square = Square {
                roles: name::counts(&matrix.total_of(view, [cell])),
                note: note(view, matrix.assignments(cell), rows == RowsBy::Task),
            };
            ((cell.row as usize, cell.column as usize), square)
        };
        let head = |name: String, total: &Total| Head {
            name,
            total: name::assignments(total),
        };
        let row = |line: &Line<Row>| head(name::short_row(view, line.group), &line.total);
        Self {
            title,
            about: about(view, register, rows),
            recorded: view.known_at(),
            leading: leading(above == 0, deepest.unwrap_or_default() as usize, rows),
            row_headings: headings(row_headings, above, |row| name::short_row(view, row)),
            rows: matrix.row_lines(view).iter().map(row).collect(),
            column_levels: column_levels.unwrap_or_default() as usize,
            column_headings: headings(column_headings, 0, |column| name::column(view, column)),
            columns: matrix
                .column_lines(view)
                .iter()
                .map(|line| head(name::column(view, line.group), &line.total))
                .collect(),
            squares: matrix.cells.iter().map(square).collect(),
            total: name::assignments(&matrix.total(view)),
        }
    }

    /// What stands in a square, in marks.
    pub(super) fn marks(&self, row: usize, column: usize) -> String {
        let square = self.squares.get(&(row, column));
        square.map_or_else(String::new, |square| name::marks(&square.roles))
    }
}

/// The names of the leading columns.
fn leading(has_plans: bool, levels: usize, rows: RowsBy) -> Vec<String> {
    let sections = levels.saturating_sub(usize::from(has_plans));
    let plans = (has_plans && levels > 0).then(|| "计划".to_owned());
    let section = |level: usize| match level {
        1 => "章节".to_owned(),
        2 => "二级章节".to_owned(),
        3 => "三级章节".to_owned(),
        _ => format!("{level}级章节"),
    };
    let own = match rows {
        RowsBy::Task => "重点任务",
        RowsBy::Section(_) => "本章节",
        RowsBy::Plan => "计划",
    };
    plans
        .into_iter()
        .chain((1..=sections).map(section))
        .chain([own.to_owned()])
        .collect()
}

fn about(view: &View, register: &str, rows: RowsBy) -> String {
    let (day, seq) = (view.valid_on(), view.seq());
    let counts = match rows {
        RowsBy::Task => "",
        RowsBy::Section(_) | RowsBy::Plan => "　格中数字为任务数",
    };
    format!("{register}　有效日：{day}　截至变更：{seq}{counts}　合计为责任分工项数")
}

fn headings<G: Copy>(lines: Vec<Line<G>>, above: u32, name: impl Fn(G) -> String) -> Vec<Heading> {
    let heading = |line: Line<G>| Heading {
        level: (line.level - above) as usize,
        span: line.span.start as usize..line.span.end as usize,
        name: name(line.group),
    };
    lines.into_iter().map(heading).collect()
}

/// What assignments rest on: the words, where they stand, on what basis.
fn note(view: &View, assignments: &[AssignmentRef], is_task: bool) -> String {
    let mut lines: Vec<String> = vec![];
    for &assignment in assignments.iter().take(MOST_NOTED) {
        let image = view.thing(assignment);
        let role = name::role_name(image.role);
        let party = name::column(view, Column::Party(image.party));
        if is_task {
            lines.push(format!("{role}：{party}"));
        } else {
            let task = name::row(view, Row::Task(image.task));
            lines.push(format!("{role}：{party}（{task}）"));
        }
        if let Some(written) = image.written.or(image.citation) {
            let words = view.text(view.quote(written).text);
            lines.push(format!("原文：“{}”", plain(words)));
        }
        let quoted = image.citation.or(image.written);
        let document = quoted.map(|quote| view.thing(view.quote(quote).document));
        let basis = name::basis_name(image.basis);
        lines.push(match document {
            Some(document) => {
                let number = document.number.map_or("", |number| view.text(number));
                plain(&format!(
                    "《{}》{number}　依据：{basis}",
                    view.text(document.title)
                ))
            }
            None => format!("依据：{basis}"),
        });
    }
    if let Some(more @ 1..) = assignments.len().checked_sub(MOST_NOTED) {
        lines.push(format!("另有 {more} 项"));
    }
    lines.join("\n")
}
