//! The responsibility matrix.

use super::{
    assignment::Assignment,
    define::graph_types,
    party::Party,
    scope::all,
    task::Task,
    vocabulary::{Role, words},
};
use domain::matrix;
use std::sync::Arc;

/// A cell, and the matrix it belongs to.
type CellOf = (Arc<matrix::Matrix>, usize);

graph_types! {
    /// 责任矩阵: tasks by parties, sparse. Every task of the plan is a row, even without a cell; a party that the text
    /// leaves open (有关单位) makes no column.
    type Matrix(view, matrix: Arc<matrix::Matrix>) {
        /// The tasks, in the order of the plan.
        rows -> Vec<Task> = all(view, matrix.rows.iter().copied());
        /// The parties, in directory order.
        columns -> Vec<Party> = all(view, matrix.columns.iter().copied());
        /// The cells that hold something, row by row.
        cells -> Vec<Cell> = all(view, (0..matrix.cells.len()).map(|index| (Arc::clone(matrix), index)));
    }

    /// Where a row meets a column.
    type Cell(view, cell: CellOf) {
        /// Index of the row in `rows`, counted from 0.
        row -> u32 = cell.0.cells[cell.1].row;
        /// Index of the column in `columns`, counted from 0.
        column -> u32 = cell.0.cells[cell.1].column;
        /// The roles that the party has in the task, each once.
        roles -> Vec<Role> = {
            let assignments = cell.0.assignments(&cell.0.cells[cell.1]);
            let mut roles: Vec<_> = assignments.iter().map(|&assignment| view.thing(assignment).role).collect();
            roles.sort_unstable();
            roles.dedup();
            words(roles)
        };
        /// The assignments, in the order of the text.
        assignments -> Vec<Assignment> =
            all(view, cell.0.assignments(&cell.0.cells[cell.1]).iter().copied());
    }
}
