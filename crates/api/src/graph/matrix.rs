//! The responsibility matrix.

use super::{
    assignment::Assignment,
    define::{graph_types, graph_values},
    id::GlobalId,
    list::{All, EachOnce, Numbered, all, numbered},
    lookup,
    party::{self, Party, PartyFilterInput},
    place::Place,
    plan::{Plan, Section},
    scalar::Shown,
    scope::{Scope, maybe},
    task::{self, Task, TaskFilterInput},
    vocabulary::{Basis, ColumnGroup, PartyKind, Role, RowGroup, domain as words_of},
};
use crate::error::{Code, Fault};
use async_graphql::InputObject;
use domain::{
    image::PlanRef,
    matrix::{self, Column, ColumnsBy, Depth, Line, MatrixRequest, Row, RowsBy, Total},
    page::{Cursor, PageRequest},
};
use std::sync::Arc;

/// How many rows and assignments a matrix may hold in all.
const LIMIT: usize = 100_000;

/// A matrix, and what was asked for.
#[derive(Debug)]
pub(crate) struct Made {
    request: MatrixRequest,
    matrix: matrix::Matrix,
}

/// A cell, and the matrix it belongs to.
type CellOf = (Arc<Made>, usize);

graph_types! {
    /// 责任矩阵: tasks, sections or plans by parties or what they have in common, sparse. The flat matrix of tasks by
    /// parties is one of many. Every task that is meant is a row or lies in one, even without a cell; a party that the
    /// text leaves open (有关单位) makes no column.
    ///
    /// Draw it from `rowGroups`, `columnGroups` and `cells`, which name their row and column by index, with
    /// `rowHeadings` and `columnHeadings` as nested headings over them. On a page of rows, columns, headings and counts
    /// are those of the page; to keep the columns over all pages, name the parties.
    type Matrix(view, made: Arc<Made>) {
        /// The tasks, in the order of plans, where each row is a task.
        rows -> All<Task> = {
            let tasks = made.matrix.tasks();
            all(view, tasks.ok_or_else(|| not_of("rows", "tasks", "rowGroups"))?)
        };
        /// The parties, in directory order, where each column is a party.
        columns -> All<Party> = {
            let parties = made.matrix.parties();
            all(view, parties.ok_or_else(|| not_of("columns", "parties", "columnGroups"))?)
        };
        /// The rows: what each stands for and what stands in it.
        row_groups -> All<MatrixRow> = all(view, made.matrix.row_lines(view));
        /// The columns: what each stands for and what stands in it.
        column_groups -> All<MatrixColumn> = all(view, made.matrix.column_lines(view));
        /// The headings over the rows: of each plan, then of its sections, each before those beneath it. A heading stands
        /// over neighbouring rows: a section whose tasks do not stand together has several.
        row_headings -> All<MatrixRow> = all(view, made.matrix.row_headings(view));
        /// The headings over the columns, by what they were asked to be grouped by, each before those beneath it.
        column_headings -> All<MatrixColumn> = all(view, made.matrix.column_headings(view));
        /// The cells that hold something, row by row.
        cells -> Numbered<Cell, Made> = numbered(view, made, made.matrix.cells.len());
        /// What stands in all rows that are shown.
        total -> MatrixTotal = total(&made.matrix.total(view));
        /// How many rows the whole matrix has. They are counted only when asked for.
        row_count -> usize = view.matrix_row_count(&made.request);
        /// Whether there are rows before these.
        has_previous_rows -> bool = made.matrix.has_previous;
        /// Whether there are rows behind these: go on with the cursor of the last one as `after`.
        has_next_rows -> bool = made.matrix.has_next;
    }

    /// Where a row meets a column.
    type Cell(view, cell: CellOf) {
        /// Index of the row in `rows` or `rowGroups`, counted from 0.
        row -> u32 = found(cell).row;
        /// Index of the column in `columns` or `columnGroups`, counted from 0.
        column -> u32 = found(cell).column;
        /// The roles that the parties have in the tasks, each once.
        roles -> EachOnce<Role> = EachOnce(found(cell).roles);
        /// On what the assignments rest, each basis once.
        bases -> EachOnce<Basis> = EachOnce(found(cell).bases);
        /// How many tasks and assignments stand in it, by role and by basis.
        total -> MatrixTotal = total(&cell.0.matrix.total_of(view, [found(cell)]));
        /// The assignments, in the order of the tasks and of the text.
        assignments -> All<Assignment> =
            all(view, cell.0.matrix.assignments(found(cell)).iter().copied());
    }

    /// A row of a matrix, or a heading over rows. Of `task`, `section` and `plan` exactly one is not null.
    type MatrixRow(view, line: Line<Row>) {
        /// The task, where it stands for one.
        task -> Option<Task> = {
            let task = if let Row::Task(task) = line.group { Some(task) } else { None };
            maybe(view, task)
        };
        /// The section, where it stands for one.
        section -> Option<Section> = {
            let section = if let Row::Section(section) = line.group { Some(section) } else { None };
            maybe(view, section)
        };
        /// The plan, where it stands for one; among rows of sections, for its tasks that stand in none.
        plan -> Option<Plan> = {
            let plan = if let Row::Plan(plan) = line.group { Some(plan) } else { None };
            maybe(view, plan)
        };
        /// How many headings stand above it.
        level -> u32 = line.level;
        /// Index of the row, or of the first row that it stands over.
        first -> u32 = line.span.start;
        /// How many rows it stands over; 1 for a row.
        count -> usize = line.span.len();
        /// How many tasks lie in it, with an assignment that is shown or without.
        size -> u32 = line.size;
        /// What stands in it.
        total -> MatrixTotal = total(&line.total);
        /// Where it stands among the rows: give it as `after` or `before`.
        cursor -> Shown<Cursor> = Shown(view.matrix_cursor(line.group));
    }

    /// A column of a matrix, or a heading over columns. Of `party`, `kind` and `place` at most one is not null; all are
    /// for parties without a place.
    type MatrixColumn(view, line: Line<Column>) {
        /// The party, or the body that others are under, where it stands for one.
        party -> Option<Party> = {
            let party = if let Column::Party(party) = line.group { Some(party) } else { None };
            maybe(view, party)
        };
        /// The kind of parties, where it stands for one.
        kind -> Option<PartyKind> = {
            if let Column::Kind(kind) = line.group { Some(kind.into()) } else { None }
        };
        /// The place of parties, where it stands for one.
        place -> Option<Place> = {
            let place = if let Column::Place(place) = line.group { place } else { None };
            maybe(view, place)
        };
        /// How many headings stand above it.
        level -> u32 = line.level;
        /// Index of the column, or of the first column that it stands over.
        first -> u32 = line.span.start;
        /// How many columns it stands over; 1 for a column.
        count -> usize = line.span.len();
        /// How many parties it stands for.
        size -> u32 = line.size;
        /// What stands in it.
        total -> MatrixTotal = total(&line.total);
    }
}

graph_values! {
    /// What stands in a part of a matrix, counted.
    value MatrixTotal {
        /// How many tasks have an assignment there.
        tasks: u32,
        /// How many assignments there are.
        assignments: u32,
        /// The same by role, for the roles that there are.
        roles: Vec<RoleCount>,
        /// How many assignments rest on what, for the bases that there are.
        bases: Vec<BasisCount>,
    }

    /// How often a role stands in a part of a matrix.
    value RoleCount {
        /// The role.
        role: Role,
        /// How many tasks have an assignment in it. A task with several counts once.
        tasks: u32,
        /// How many assignments there are in it.
        assignments: u32,
    }

    /// How many assignments of a part of a matrix rest on something.
    value BasisCount {
        /// On what they rest.
        basis: Basis,
        /// How many do.
        assignments: u32,
    }
}

/// What the rows of a matrix are, and of which tasks.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct MatrixRowsInput {
    /// What each row is; a task if nothing is said.
    by: Option<RowGroup>,
    /// For sections: those at this depth of the plan, counted from its top, which is 1; a task that does not stand so deep
    /// lies in the section in which it stands. If no depth is given, every task lies in its own section.
    depth: Option<i32>,
    /// Which tasks are rows or lie in them. Its `valid` holds for the assignments that are shown, too.
    filter: Option<TaskFilterInput>,
}

/// What the columns of a matrix are, and of which parties.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct MatrixColumnsInput {
    /// What the columns are, last, and before that what they are grouped by, outermost first: `[{group: KIND}]` rolls
    /// parties up by their kind, `[{group: KIND}, {group: PARTY}]` keeps each and puts headings over them. Parties if
    /// nothing is said.
    by: Option<Vec<MatrixColumnLevelInput>>,
    /// Only parties such as these.
    filter: Option<PartyFilterInput>,
}

/// What columns are or are grouped by.
#[derive(Clone, Copy, Debug, InputObject)]
pub(crate) struct MatrixColumnLevelInput {
    /// What it is.
    group: ColumnGroup,
    /// For places and bodies above: those at this depth, counted from the top, which is 1. A party that does not lie so
    /// deep stands where it is. If no depth is given, its own place, or the body directly above it.
    depth: Option<i32>,
}

/// What is asked of a matrix.
pub(crate) struct Asked {
    pub(crate) plans: Vec<PlanRef>,
    pub(crate) rows: Option<MatrixRowsInput>,
    pub(crate) parties: Option<Vec<GlobalId>>,
    pub(crate) columns: Option<MatrixColumnsInput>,
    pub(crate) roles: Option<Vec<Role>>,
    pub(crate) bases: Option<Vec<Basis>>,
    pub(crate) first: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) last: Option<i32>,
    pub(crate) before: Option<String>,
}

/// Makes the matrix that is asked for.
pub(crate) fn make(scope: &Arc<Scope>, asked: Asked) -> async_graphql::Result<Matrix> {
    let Asked {
        plans,
        rows,
        parties,
        columns,
        roles,
        bases,
        first,
        after,
        last,
        before,
    } = asked;
    let is_paged = first.is_some() || last.is_some() || after.is_some() || before.is_some();
    let page = is_paged.then(|| PageRequest::new(first, after.as_deref(), last, before.as_deref()));
    let rows = rows.unwrap_or_default();
    let columns = columns.unwrap_or_default();
    let party_filter = columns
        .filter
        .map(|filter| party::filter(scope, Some(filter)));
    let levels = columns.by.into_iter().flatten();
    let request = MatrixRequest {
        plans,
        tasks: task::filter(scope, rows.filter)?,
        rows: rows_by(rows.by.unwrap_or_default(), rows.depth)?,
        page: page.transpose().map_err(Fault::from)?,
        parties: lookup::each(scope, "parties", parties)?,
        party_filter: party_filter.transpose()?,
        columns: levels.map(columns_by).collect::<Result<_, _>>()?,
        roles: words_of(roles),
        bases: words_of(bases),
        limit: Some(LIMIT),
    };
    let matrix = scope.view.matrix(&request).map_err(Fault::from)?;
    Ok(Matrix::new(scope, Arc::new(Made { request, matrix })))
}

fn rows_by(group: RowGroup, given: Option<i32>) -> Result<RowsBy, Fault> {
    let depth = depth("rows.depth", given)?;
    match group {
        RowGroup::Section => Ok(RowsBy::Section(depth)),
        RowGroup::Task if depth.is_none() => Ok(RowsBy::Task),
        RowGroup::Plan if depth.is_none() => Ok(RowsBy::Plan),
        RowGroup::Task | RowGroup::Plan => Err(fault(
            "rows.depth is for sections: leave it out, or say by: SECTION".to_owned(),
        )),
    }
}

fn columns_by(level: MatrixColumnLevelInput) -> Result<ColumnsBy, Fault> {
    let depth = depth("columns.by.depth", level.depth)?;
    match level.group {
        ColumnGroup::Place => Ok(ColumnsBy::Place(depth)),
        ColumnGroup::Parent => Ok(ColumnsBy::Parent(depth)),
        ColumnGroup::Party if depth.is_none() => Ok(ColumnsBy::Party),
        ColumnGroup::Kind if depth.is_none() => Ok(ColumnsBy::Kind),
        ColumnGroup::Party | ColumnGroup::Kind => Err(fault(
            "columns.by.depth is for places and bodies above: leave it out, or say group: PLACE or PARENT"
                .to_owned(),
        )),
    }
}

fn depth(argument: &str, given: Option<i32>) -> Result<Option<Depth>, Fault> {
    let read = |given: i32| {
        let depth = u32::try_from(given).ok().and_then(Depth::new);
        depth.ok_or_else(|| fault(format!("{argument} is {given}; the top is 1")))
    };
    given.map(read).transpose()
}

fn fault(message: String) -> Fault {
    Fault::new(Code::BadUserInput, message)
}

fn not_of(lines: &str, things: &str, groups: &str) -> Fault {
    fault(format!(
        "the {lines} of this matrix are no {things}: ask for {groups}"
    ))
}

fn found(cell: &CellOf) -> &matrix::Cell {
    &cell.0.matrix.cells[cell.1]
}

fn total(counted: &Total) -> MatrixTotal {
    let roles = counted.roles().map(|(role, count)| RoleCount {
        role: role.into(),
        tasks: count.tasks,
        assignments: count.assignments,
    });
    let bases = counted.bases().map(|(basis, assignments)| BasisCount {
        basis: basis.into(),
        assignments,
    });
    MatrixTotal {
        tasks: counted.all.tasks,
        assignments: counted.all.assignments,
        roles: roles.collect(),
        bases: bases.collect(),
    }
}
