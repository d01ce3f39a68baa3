//! A responsibility matrix for a terminal: tasks by parties, with a mark for every role.

mod render;

pub(crate) use render::shortened;

use crate::terminal::plain;
use domain::{
    draft::{Draft, DraftParty},
    image::{PartyRef, PlanRef, TaskRef},
    matrix::MatrixRequest,
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
    /// The roles of a column in a row, each once.
    pub(crate) cells: BTreeMap<(usize, usize), Vec<Role>>,
}

impl Grid {
    /// The matrix of a plan of the register.
    pub(crate) fn of_plan(view: &View, plan: PlanRef) -> Self {
        let matrix = view
            .matrix(&MatrixRequest::of_plan(plan))
            .expect("neither a page nor a limit is asked for");
        let (rows, columns) = (matrix.tasks(), matrix.parties());
        let row = |task: &TaskRef| {
            let title = view.text(view.thing(*task).title);
            row_name(&view.task_path(*task), title)
        };
        let column = |party: &PartyRef| {
            let name = view.party_name(*party);
            name.map_or_else(String::new, |name| plain(view.text(name)))
        };
        let mut grid = Self {
            rows: rows.iter().flatten().map(row).collect(),
            columns: columns.iter().flatten().map(column).collect(),
            cells: BTreeMap::new(),
        };
        for cell in &matrix.cells {
            for assignment in matrix.assignments(cell) {
                let role = view.thing(*assignment).role;
                grid.mark(cell.row as usize, cell.column as usize, role);
            }
        }
        grid
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
        if !roles.contains(&role) {
            roles.push(role);
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
