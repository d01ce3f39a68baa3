//! 责任矩阵: the responsibility matrix, sparse, flat or rolled up.
//!
//! A row is a task, a section or a plan, a column a party or what several parties have in common: the flat matrix is the
//! one that is grouped by task and party. `axis` says what rows and columns stand for, `total` counts.

mod axis;
mod total;

pub use axis::{Column, ColumnsBy, Depth, Line, Row, RowsBy};
pub use total::{Count, Total};

use crate::{
    image::{Assignment, AssignmentRef, PartyRef, PlanRef, TaskRef},
    page::{self, BadPage, Cursor, PageRequest, Piece},
    view::{ByPlan, PartyFilter, TaskFilter, View},
    vocabulary::{Basis, Reference, Role, WordSet},
};
use axis::ColumnPath;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Which matrix. Of nothing named, everything.
#[derive(Clone, Debug, Default)]
pub struct MatrixRequest {
    /// Of these plans.
    pub plans: Vec<PlanRef>,
    /// Whose tasks are rows or lie in them. Its `valid` holds for assignments, too.
    pub tasks: TaskFilter,
    /// What the rows are.
    pub rows: RowsBy,
    /// Which of the rows; all if no page is asked for.
    pub page: Option<PageRequest>,
    /// Of these parties; each makes a column, though it may stay empty.
    pub parties: Vec<PartyRef>,
    /// Of parties such as these.
    pub party_filter: Option<PartyFilter>,
    /// What the columns are, and before that what they are grouped by, outermost first; parties if nothing is named.
    pub columns: Vec<ColumnsBy>,
    /// The roles that make a cell.
    pub roles: Vec<Role>,
    /// The bases of the assignments that make a cell.
    pub bases: Vec<Basis>,
    /// How many rows and assignments it may hold in all.
    pub limit: Option<usize>,
}

impl MatrixRequest {
    /// The whole matrix of a plan, task by task and party by party.
    pub fn of_plan(plan: PlanRef) -> Self {
        Self {
            plans: vec![plan],
            ..Self::default()
        }
    }

    /// Whether an assignment makes a cell, if its party makes a column.
    fn means(&self, assignment: &Assignment) -> bool {
        assignment.reference != Reference::Indefinite
            && (self.roles.is_empty() || self.roles.contains(&assignment.role))
            && (self.bases.is_empty() || self.bases.contains(&assignment.basis))
    }
}

/// A matrix that is not made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadMatrix {
    /// Page arguments that make no page of its rows.
    #[error(transparent)]
    Page(#[from] BadPage),
    /// It would hold too much.
    #[error(
        "this matrix has more than {limit} rows and assignments: ask for a page of rows, or for fewer plans, tasks or parties"
    )]
    TooLarge {
        /// How much it may hold.
        limit: usize,
    },
}

/// Rows × columns, with a cell wherever a party has a role in a task.
///
/// Every task that is meant is a row or lies in one, even without a cell. Rows stand in the order of plans and of what
/// is in them, columns in that of their groups, parties in directory order. A party that the text leaves open (有关单位)
/// makes no column. Columns and counts are those of the rows that are there: of a page, those of the page; whoever wants
/// the same columns on every page names them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The rows.
    pub rows: Vec<Row>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The cells, row by row, in the order of the columns.
    pub cells: Vec<Cell>,
    /// Whether there are rows before these.
    pub has_previous: bool,
    /// Whether there are rows after these.
    pub has_next: bool,
    assignments: Vec<AssignmentRef>,
    /// How many tasks lie in each row.
    row_sizes: Vec<u32>,
    /// How many parties each column stands for.
    column_sizes: Vec<u32>,
    /// What each column is grouped by, itself last.
    column_paths: Vec<ColumnPath>,
}

/// Where a row meets a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Index of the row.
    pub row: u32,
    /// Index of the column.
    pub column: u32,
    /// The roles of its assignments.
    pub roles: WordSet<Role>,
    /// What its assignments rest on.
    pub bases: WordSet<Basis>,
    assignments: Range<u32>,
}

impl Matrix {
    /// The assignments in a cell, in the order of tasks and of the text.
    pub fn assignments(&self, cell: &Cell) -> &[AssignmentRef] {
        &self.assignments[cell.assignments.start as usize..cell.assignments.end as usize]
    }

    /// The tasks that the rows are, if they are tasks.
    pub fn tasks(&self) -> Option<Vec<TaskRef>> {
        let task = |row: &Row| match row {
            Row::Task(task) => Some(*task),
            Row::Section(_) | Row::Plan(_) => None,
        };
        self.rows.iter().map(task).collect()
    }

    /// The parties that the columns are, if they are parties.
    pub fn parties(&self) -> Option<Vec<PartyRef>> {
        let party = |column: &Column| match column {
            Column::Party(party) => Some(*party),
            Column::Kind(_) | Column::Place(_) => None,
        };
        self.columns.iter().map(party).collect()
    }
}

/// An assignment on its way to its cell.
struct Entry {
    row: u32,
    /// The number of the party, and then that of the column.
    column: u32,
    role: Role,
    basis: Basis,
    assignment: AssignmentRef,
}

/// The parties that make columns, numbered as they come.
struct Numbers<'v> {
    view: &'v View,
    request: &'v MatrixRequest,
    /// What is asked of a party is asked once.
    known: FxHashMap<PartyRef, Option<u32>>,
    parties: Vec<PartyRef>,
}

impl<'v> Numbers<'v> {
    /// Parties that are named come first: they make columns though these may stay empty.
    fn new(view: &'v View, request: &'v MatrixRequest) -> Self {
        let mut numbers = Self {
            view,
            request,
            known: FxHashMap::default(),
            parties: vec![],
        };
        for &party in &request.parties {
            numbers.of(party);
        }
        numbers
    }

    /// The number of a party; nothing if it makes no column.
    fn of(&mut self, party: PartyRef) -> Option<u32> {
        *self.known.entry(party).or_insert_with(|| {
            let MatrixRequest {
                parties: named,
                party_filter: filter,
                ..
            } = self.request;
            let is_meant = (named.is_empty() || named.contains(&party))
                && filter
                    .as_ref()
                    .is_none_or(|filter| self.view.party_matches(party, filter));
            is_meant.then(|| {
                self.parties.push(party);
                self.parties.len() as u32 - 1
            })
        })
    }
}

impl View {
    /// A matrix.
    pub fn matrix(&self, request: &MatrixRequest) -> Result<Matrix, BadMatrix> {
        let limit = request.limit.unwrap_or(usize::MAX);
        let too_large = BadMatrix::TooLarge { limit };
        let Piece {
            items: rows,
            has_previous,
            has_next,
        } = self.matrix_rows(request, limit)?;
        if rows.len() > limit {
            return Err(too_large);
        }
        let tasks = self.matrix_tasks(request, &rows);
        let mut row_sizes = vec![0; rows.len()];
        let mut entries = Vec::with_capacity(tasks.len() * 4);
        let mut numbers = Numbers::new(self, request);
        let mut of_task = vec![];
        for (row, task) in tasks {
            row_sizes[row as usize] += 1;
            self.see_task_assignments(task, request.tasks.valid, &mut of_task);
            for &(assignment, ref image) in &of_task {
                if request.means(image)
                    && let Some(column) = numbers.of(image.party)
                {
                    entries.push(Entry {
                        row,
                        column,
                        role: image.role,
                        basis: image.basis,
                        assignment,
                    });
                }
            }
            if rows.len() + entries.len() > limit {
                return Err(too_large);
            }
        }
        let mut matrix = Matrix {
            rows,
            has_previous,
            has_next,
            row_sizes,
            ..Matrix::default()
        };
        let column_of = self.matrix_columns(request, &numbers.parties, &mut matrix);
        for entry in &mut entries {
            entry.column = column_of[entry.column as usize];
        }
        matrix.fill(entries);
        Ok(matrix)
    }

    /// How many rows the whole matrix has.
    pub fn matrix_row_count(&self, request: &MatrixRequest) -> usize {
        let plans = self.matrix_plans(request);
        if plans.is_none() && request.rows == RowsBy::Task {
            return self.task_count(&request.tasks);
        }
        let plans = plans.unwrap_or_else(|| self.register().graph.plans.refs().collect());
        let rows = |plan| self.plan_rows(plan, request).len();
        plans.into_iter().map(rows).sum()
    }

    /// Where a row stands among the rows of its matrix.
    pub fn matrix_cursor(&self, row: Row) -> Cursor {
        let list = ByPlan::new(self, None, |_| vec![], |row| Some(self.row_place(row)));
        page::cursor(self, &list, row)
    }

    fn matrix_rows(&self, request: &MatrixRequest, limit: usize) -> Result<Piece<Row>, BadPage> {
        let list = ByPlan::new(
            self,
            self.matrix_plans(request),
            |plan| self.plan_rows(plan, request),
            |row| request.rows.makes(row).then(|| self.row_place(row)),
        );
        if let Some(page) = &request.page {
            return page::page(self, &list, page);
        }
        let rows = page::List::after(&list, None);
        Ok(Piece {
            items: rows.take(limit.saturating_add(1)).collect(),
            has_previous: false,
            has_next: false,
        })
    }

    /// The plans that can have rows, in the order of recording; all of them if nothing tells.
    fn matrix_plans(&self, request: &MatrixRequest) -> Option<Vec<PlanRef>> {
        let filter = &request.tasks;
        let mut plans = request.plans.clone();
        if plans.is_empty() {
            if let Some(plan) = filter.plan {
                plans.push(plan);
            } else if let Some(section) = filter.section {
                plans.push(self.thing(section).plan);
            } else {
                let tasks = self.party_tasks(filter.party?).into_iter();
                plans.extend(tasks.map(|task| self.thing(task).plan));
            }
        }
        plans.sort_unstable();
        plans.dedup();
        Some(plans)
    }

    /// The tasks that are rows or lie in them, row by row, each row's in the order of the plan.
    fn matrix_tasks(&self, request: &MatrixRequest, rows: &[Row]) -> Vec<(u32, TaskRef)> {
        let numbered = || (0..).zip(rows.iter().copied());
        if request.rows == RowsBy::Task {
            let task = |(number, row)| match row {
                Row::Task(task) => Some((number, task)),
                Row::Section(_) | Row::Plan(_) => None,
            };
            return numbered().filter_map(task).collect();
        }
        let mut tasks = vec![];
        let row_of: FxHashMap<Row, u32> = numbered().map(|(number, row)| (row, number)).collect();
        let mut plans: Vec<_> = rows.iter().map(|row| self.row_place(*row).0).collect();
        plans.dedup();
        for plan in plans {
            for (_, task) in self.plan_tasks_meant(plan, &request.tasks) {
                let row = self.row_of_task(task, &self.thing(task), request.rows);
                tasks.extend(row_of.get(&row).map(|row| (*row, task)));
            }
        }
        tasks.sort_by_key(|(row, _)| *row);
        tasks
    }

    /// Sets out the columns, and says in which one each party stands.
    fn matrix_columns(
        &self,
        request: &MatrixRequest,
        parties: &[PartyRef],
        matrix: &mut Matrix,
    ) -> Vec<u32> {
        let path = |(number, &party)| (self.column_path(&request.columns, party), party, number);
        let mut placed: Vec<_> = parties.iter().enumerate().map(path).collect();
        placed.sort_unstable();
        let mut column_of = vec![0; parties.len()];
        for (path, _, number) in placed {
            if matrix.column_paths.last() != Some(&path) {
                matrix.columns.push(path.column());
                matrix.column_sizes.push(0);
                matrix.column_paths.push(path);
            }
            let column = matrix.columns.len() - 1;
            matrix.column_sizes[column] += 1;
            column_of[number] = column as u32;
        }
        column_of
    }
}

impl Matrix {
    /// Puts assignments into cells.
    fn fill(&mut self, mut entries: Vec<Entry>) {
        // Row by row, as they came. Stable: the assignments of a cell keep the order of the text.
        for row in entries.chunk_by_mut(|one, other| one.row == other.row) {
            row.sort_by_key(|entry| entry.column);
        }
        self.assignments.reserve_exact(entries.len());
        self.cells.reserve(entries.len());
        for (at, entry) in (0..).zip(entries) {
            self.assignments.push(entry.assignment);
            let roles = WordSet::of(entry.role);
            let bases = WordSet::of(entry.basis);
            match self.cells.last_mut() {
                Some(cell) if (cell.row, cell.column) == (entry.row, entry.column) => {
                    cell.roles = cell.roles.and(roles);
                    cell.bases = cell.bases.and(bases);
                    cell.assignments.end = at + 1;
                }
                _ => self.cells.push(Cell {
                    row: entry.row,
                    column: entry.column,
                    roles,
                    bases,
                    assignments: at..at + 1,
                }),
            }
        }
    }
}
