//! A responsibility matrix in words: for a terminal, with a mark for every role, and for files.

mod csv;
mod json;
mod name;
mod render;
mod sheet;
mod xlsx;

pub(crate) use csv::csv;
pub(crate) use json::json;
pub(crate) use render::shortened;
pub(crate) use sheet::Sheet;
pub(crate) use xlsx::xlsx;

use crate::terminal::plain;
use domain::{
    draft::{Draft, DraftParty},
    image::PlanRef,
    matrix::{Cell, Column, Line, Matrix, MatrixRequest, Row},
    text::Span,
    view::View,
    vocabulary::{Reference, Role},
};
use std::collections::{BTreeMap, HashMap};

/// A matrix as words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) rows: Vec<String>,
    pub(crate) columns: Vec<String>,
    /// Lines that stand before a row, in order.
    pub(crate) headings: Vec<(usize, String)>,
    /// The roles of a column in a row, each once, with in how many tasks it has them.
    pub(crate) cells: BTreeMap<(usize, usize), Vec<(Role, u32)>>,
}

impl Grid {
    /// The matrix of a plan of the register.
    pub(crate) fn of_plan(view: &View, plan: PlanRef) -> Self {
        let matrix = view.matrix(&MatrixRequest::of_plan(plan));
        Self::of(
            view,
            &matrix.expect("neither a page nor a limit is asked for"),
        )
    }

    /// A matrix of the register. Where there are several plans, each has a heading.
    pub(crate) fn of(view: &View, matrix: &Matrix) -> Self {
        let rows = matrix.rows.iter().map(|row| name::row(view, *row));
        let above = matrix.column_headings(view);
        let column = |(number, column): (u32, &Column)| {
            let above = above.iter().filter(|line| line.span.contains(&number));
            let mut path: Vec<_> = above.map(|line| name::column(view, line.group)).collect();
            path.push(name::column(view, *column));
            path.dedup();
            path.join(" ")
        };
        let mut headings = matrix.row_headings(view);
        headings.retain(|line| line.level == 0);
        if headings.len() == 1 {
            headings.clear();
        }
        let heading = |line: Line<Row>| (line.span.start as usize, name::row(view, line.group));
        let cell = |cell: &Cell| {
            let at = (cell.row as usize, cell.column as usize);
            (at, name::counts(&matrix.total_of(view, [cell])))
        };
        Self {
            rows: rows.collect(),
            columns: (0..).zip(&matrix.columns).map(column).collect(),
            headings: headings.into_iter().map(heading).collect(),
            cells: matrix.cells.iter().map(cell).collect(),
        }
    }

    /// The matrix of a draft, with parties as their full names have them or else as they are written.
    pub(crate) fn of_draft(draft: &Draft, text: &str) -> Self {
        let mut grid = Self {
            rows: draft
                .tasks
                .iter()
                .map(|task| row_name(&task.path, &task.title))
                .collect(),
            ..Self::default()
        };
        let mut columns: HashMap<String, usize> = HashMap::new();
        for clause in &draft.clauses {
            let named = clause
                .parties
                .iter()
                .filter(|party| party.reference != Reference::Indefinite);
            for party in named {
                let next = columns.len();
                let name = party_name(party, text);
                let column = *columns.entry(name.clone()).or_insert(next);
                if column == next {
                    grid.columns.push(name);
                }
                for (row, task) in draft.tasks.iter().enumerate() {
                    if task.path.starts_with(&clause.path) {
                        grid.mark(row, column, party.role);
                    }
                }
            }
        }
        grid
    }

    fn mark(&mut self, row: usize, column: usize, role: Role) {
        let roles = self.cells.entry((row, column)).or_default();
        if !roles.contains(&(role, 1)) {
            roles.push((role, 1));
        }
    }
}

/// The name of a party in a draft.
pub(crate) fn party_name(party: &DraftParty, text: &str) -> String {
    let full = party.full_name.as_deref().map(plain);
    full.unwrap_or_else(|| words(party.span, text))
}

/// The words of a span in one line.
pub(crate) fn words(span: Span, text: &str) -> String {
    plain(span.slice(text).unwrap_or_default())
}

fn row_name(path: &[impl AsRef<str>], title: &str) -> String {
    let label: String = path.iter().map(AsRef::as_ref).collect();
    plain(&format!("{label} {title}"))
}
