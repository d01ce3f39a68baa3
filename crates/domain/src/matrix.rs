//! 责任矩阵: the responsibility matrix of a plan, sparse.

use crate::{
    image::{AssignmentRef, PartyRef, PlanRef, TaskRef},
    view::{Valid, View},
    vocabulary::{Reference, Role},
};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Which matrix.
#[derive(Clone, Debug)]
pub struct MatrixRequest {
    /// Whose tasks are the rows.
    pub plan: PlanRef,
    /// The columns; all parties with an assignment if none is named.
    pub parties: Vec<PartyRef>,
    /// The roles that make a cell; all if none is named.
    pub roles: Vec<Role>,
}

/// Tasks × parties, with a cell wherever a party has a role in a task.
///
/// Every task of the plan that is in force is a row, even without a cell. Parties stand in directory order. A party
/// that the text leaves open (有关单位) makes no column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The rows.
    pub rows: Vec<TaskRef>,
    /// The columns.
    pub columns: Vec<PartyRef>,
    /// The cells, row by row, in the order of the columns.
    pub cells: Vec<Cell>,
    assignments: Vec<AssignmentRef>,
}

/// Where a row meets a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Index of the row.
    pub row: u32,
    /// Index of the column.
    pub column: u32,
    assignments: Range<u32>,
}

impl Matrix {
    /// The assignments in a cell, in the order of the text.
    pub fn assignments(&self, cell: &Cell) -> &[AssignmentRef] {
        &self.assignments[cell.assignments.start as usize..cell.assignments.end as usize]
    }
}

impl View {
    /// The matrix of a plan.
    pub fn matrix(&self, request: &MatrixRequest) -> Matrix {
        let rows = self.plan_tasks(request.plan, Valid::OnDay);
        let mut entries: Vec<(u32, PartyRef, AssignmentRef)> = Vec::with_capacity(rows.len() * 4);
        for (row, &task) in (0..).zip(&rows) {
            let assignments = self.task_assignments(task, Valid::OnDay).into_iter();
            entries.extend(assignments.filter_map(|assignment| {
                let image = self.thing(assignment);
                let shown = image.reference != Reference::Indefinite
                    && (request.roles.is_empty() || request.roles.contains(&image.role))
                    && (request.parties.is_empty() || request.parties.contains(&image.party));
                shown.then_some((row, image.party, assignment))
            }));
        }
        let columns = self.matrix_columns(request, &entries);
        let column_of: FxHashMap<_, _> = columns.iter().copied().zip(0..).collect();
        let mut placed: Vec<_> = entries
            .into_iter()
            .map(|(row, party, a)| (row, column_of[&party], a))
            .collect();
        // Stable: the assignments of a cell keep the order of the text.
        placed.sort_by_key(|&(row, column, _)| (row, column));
        let mut matrix = Matrix {
            rows,
            columns,
            ..Matrix::default()
        };
        for (row, column, assignment) in placed {
            let at = matrix.assignments.len() as u32;
            matrix.assignments.push(assignment);
            match matrix.cells.last_mut() {
                Some(cell) if (cell.row, cell.column) == (row, column) => {
                    cell.assignments.end = at + 1;
                }
                _ => matrix.cells.push(Cell {
                    row,
                    column,
                    assignments: at..at + 1,
                }),
            }
        }
        matrix
    }

    fn matrix_columns(
        &self,
        request: &MatrixRequest,
        entries: &[(u32, PartyRef, AssignmentRef)],
    ) -> Vec<PartyRef> {
        let mut columns = request.parties.clone();
        if columns.is_empty() {
            columns.extend(entries.iter().map(|&(_, party, _)| party));
        }
        columns.sort_unstable();
        columns.dedup();
        // Stable: equals stay in the order of recording.
        columns.sort_by_cached_key(|&party| self.thing(party).position);
        columns
    }
}
