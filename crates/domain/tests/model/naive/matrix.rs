//! The matrix, drawn: every row, every column, and what stands in each of the squares.

use super::{Moment, chosen, sorted};
use domain::{
    assignment::Assignment,
    id::{AssignmentId, PartyId, PlaceId, PlanId, SectionId, TaskId},
    matrix::{ColumnsBy, Depth, MatrixRequest, RowsBy},
    party::Party,
    place::Place,
    plan::{Plan, Section},
    register::Register,
    task::Task,
    view::{PartyOrder, TaskOrder},
    vocabulary::{Basis, PartyKind, Reference, Role},
};
use std::{collections::HashSet, ops::Range};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum RowId {
    Plan(PlanId),
    Section(SectionId),
    Task(TaskId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ColumnId {
    Kind(PartyKind),
    Place(Option<PlaceId>),
    Party(PartyId),
}

/// What is asked: the request, and the words in its filters as a person types them.
pub(crate) struct Asked<'a> {
    pub(crate) request: &'a MatrixRequest,
    pub(crate) task_words: Option<&'a str>,
    pub(crate) party_words: Option<&'a str>,
}

/// A row, a column or a heading: what it stands for, its level, what it spans, how much lies in it, what stands there.
pub(crate) type Stretch<G> = (G, usize, Range<usize>, usize, Sum);

/// The same without what lies and stands there.
type Span<G> = (G, usize, Range<usize>);

/// How many tasks and assignments, in all and by role, and how many assignments by basis.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sum {
    pub(crate) all: (usize, usize),
    pub(crate) roles: Vec<(Role, (usize, usize))>,
    pub(crate) bases: Vec<(Basis, usize)>,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Square {
    pub(crate) rows: Vec<Stretch<RowId>>,
    pub(crate) row_headings: Vec<Stretch<RowId>>,
    pub(crate) columns: Vec<Stretch<ColumnId>>,
    pub(crate) column_headings: Vec<Stretch<ColumnId>>,
    pub(crate) squares: Vec<Vec<Vec<AssignmentId>>>,
    pub(crate) total: Sum,
}

fn deep<T: Copy>(path: &[T], depth: Option<Depth>) -> T {
    let at = depth.map_or(path.len(), |depth| depth.get() as usize);
    path[at.min(path.len()) - 1]
}

/// Neighbours that share what is outermost stand under one heading, and so on within.
fn headings<G: Copy + PartialEq>(paths: &[Vec<G>], from: usize, level: usize) -> Vec<Span<G>> {
    let mut all = vec![];
    let mut at = 0;
    for run in paths.chunk_by(|one, next| one.get(level) == next.get(level)) {
        if let Some(group) = run[0].get(level) {
            all.push((*group, level, from + at..from + at + run.len()));
            all.extend(headings(run, from + at, level + 1));
        }
        at += run.len();
    }
    all
}

impl Moment<'_> {
    fn upwards<T: Copy>(thing: T, above: &dyn Fn(T) -> Option<T>) -> Vec<T> {
        let mut path = above(thing).map_or_else(Vec::new, |next| Self::upwards(next, above));
        path.push(thing);
        path
    }

    fn row_of(&self, task: TaskId, rows: RowsBy) -> RowId {
        let section = self.lists.thing::<Task>(task).section;
        match (rows, section) {
            (RowsBy::Task, _) => RowId::Task(task),
            (RowsBy::Section(depth), Some(section)) => {
                RowId::Section(deep(&self.section_path(section), depth))
            }
            _ => RowId::Plan(self.lists.thing::<Task>(task).plan),
        }
    }

    fn row_above(&self, row: RowId) -> Vec<RowId> {
        let (plan, section) = match row {
            RowId::Plan(_) => return vec![],
            RowId::Section(section) => {
                let section = self.lists.thing::<Section>(section);
                (section.plan, section.parent)
            }
            RowId::Task(task) => {
                let task = self.lists.thing::<Task>(task);
                (task.plan, task.section)
            }
        };
        let sections = section.map_or_else(Vec::new, |section| self.section_path(section));
        let sections = sections.into_iter().map(RowId::Section);
        [RowId::Plan(plan)].into_iter().chain(sections).collect()
    }

    fn column_path(&self, party: PartyId, columns: &[ColumnsBy]) -> Vec<ColumnId> {
        let thing = |party| self.lists.thing::<Party>(party);
        let step = |by: &ColumnsBy| match *by {
            ColumnsBy::Party => ColumnId::Party(party),
            ColumnsBy::Kind => ColumnId::Kind(thing(party).kind),
            ColumnsBy::Place(depth) => ColumnId::Place(thing(party).place.map(|place| {
                let above = |place| self.lists.thing::<Place>(place).parent;
                deep(&Self::upwards(place, &above), depth)
            })),
            ColumnsBy::Parent(None) => ColumnId::Party(thing(party).parent.unwrap_or(party)),
            ColumnsBy::Parent(depth) => {
                let above = |party| thing(party).parent;
                ColumnId::Party(deep(&Self::upwards(party, &above), depth))
            }
        };
        let columns = if columns.is_empty() {
            &[ColumnsBy::Party]
        } else {
            columns
        };
        columns.iter().map(step).collect()
    }

    /// Kinds, places and parties in the order in which they are listed everywhere.
    fn column_place(&self, column: ColumnId) -> usize {
        match column {
            ColumnId::Kind(kind) => PartyKind::ALL.iter().position(|other| *other == kind),
            ColumnId::Place(None) => None,
            ColumnId::Place(Some(place)) => {
                let places = self.lists.ids::<Place>().into_iter();
                self.by_code(places)
                    .iter()
                    .position(|other| *other == place)
            }
            ColumnId::Party(party) => {
                let parties = self.lists.ids::<Party>().into_iter();
                let parties = self.in_directory_order(parties);
                parties.iter().position(|other| *other == party)
            }
        }
        .unwrap_or(usize::MAX)
    }

    /// The tasks that lie in the rows, in the order of plans.
    fn matrix_tasks(&self, register: &Register, asked: &Asked<'_>) -> Vec<TaskId> {
        let request = asked.request;
        let plans: Vec<_> = request
            .plans
            .iter()
            .map(|plan| register.id_of(*plan))
            .collect();
        let order = TaskOrder::Position;
        let mut tasks = self.tasks(register, &request.tasks, asked.task_words, order);
        tasks.retain(|task| chosen(&plans, &self.lists.thing::<Task>(*task).plan));
        tasks
    }

    /// Every row that there is, in order.
    pub(crate) fn matrix_rows(&self, register: &Register, asked: &Asked<'_>) -> Vec<RowId> {
        let tasks = self.matrix_tasks(register, asked).into_iter();
        let mut rows: Vec<_> = tasks
            .map(|task| self.row_of(task, asked.request.rows))
            .collect();
        let mut seen = HashSet::new();
        rows.retain(|row| seen.insert(*row));
        let plans = self.lists.ids::<Plan>();
        let plan = |plan| plans.iter().position(|other| *other == plan);
        sorted(rows.into_iter(), |row| match row {
            RowId::Task(_) => (None, false, 0, 0),
            RowId::Plan(id) => (plan(id), false, 0, 0),
            RowId::Section(id) => {
                let section = self.lists.thing::<Section>(id);
                let sections = self.lists.ids::<Section>();
                let recorded = sections.iter().position(|other| *other == id);
                (
                    plan(section.plan),
                    true,
                    section.position,
                    recorded.unwrap(),
                )
            }
        })
    }

    /// The parties that can make a column.
    fn suiting(&self, register: &Register, asked: &Asked<'_>) -> Vec<PartyId> {
        let request = asked.request;
        let named = request.parties.iter();
        let named: Vec<_> = named.map(|party| register.id_of(*party)).collect();
        let mut suiting = self.lists.ids::<Party>();
        suiting.retain(|party| chosen(&named, party));
        if let Some(filter) = &request.party_filter {
            let order = PartyOrder::Directory;
            let meant = self.parties(register, filter, asked.party_words, order);
            suiting.retain(|party| meant.contains(party));
        }
        suiting
    }

    /// What stands in the rows, in the order of tasks and of the text, each with its row.
    fn in_rows(
        &self,
        tasks: &[TaskId],
        suiting: &[PartyId],
        request: &MatrixRequest,
        rows: &[RowId],
    ) -> Vec<(RowId, AssignmentId)> {
        let of_task = |task: &TaskId| {
            let row = self.row_of(*task, request.rows);
            let assignments = self
                .task_assignments(*task, request.tasks.valid)
                .into_iter();
            assignments.map(move |assignment| (row, assignment))
        };
        let is_shown = |(row, id): &(RowId, AssignmentId)| {
            let assignment = self.lists.thing::<Assignment>(*id);
            rows.contains(row)
                && suiting.contains(&assignment.party)
                && chosen(&request.roles, &assignment.role)
                && chosen(&request.bases, &assignment.basis)
                && assignment.reference != Reference::Indefinite
        };
        tasks.iter().flat_map(of_task).filter(is_shown).collect()
    }

    /// What is above each row; a row above others is above itself, too.
    fn above_rows(&self, rows: &[RowId]) -> Vec<Vec<RowId>> {
        let mut above: Vec<Vec<RowId>> = rows.iter().map(|row| self.row_above(*row)).collect();
        let all: Vec<RowId> = above.iter().flatten().copied().collect();
        for (row, above) in rows.iter().zip(&mut above) {
            if all.contains(row) {
                above.push(*row);
            }
        }
        above
    }

    /// The matrix of some of its rows.
    pub(crate) fn matrix(&self, register: &Register, asked: &Asked<'_>, rows: &[RowId]) -> Square {
        let request = asked.request;
        let tasks = self.matrix_tasks(register, asked);
        let mut parties = self.suiting(register, asked);
        let assignments = self.in_rows(&tasks, &parties, request, rows);
        let party = |id: AssignmentId| self.lists.thing::<Assignment>(id).party;
        if request.parties.is_empty() {
            parties.retain(|one| assignments.iter().any(|(_, id)| party(*id) == *one));
        }
        let path = |party: PartyId| self.column_path(party, &request.columns);
        let mut paths: Vec<_> = parties.iter().map(|party| path(*party)).collect();
        paths.sort_by_cached_key(|path| {
            let places = path.iter().map(|column| self.column_place(*column));
            places.collect::<Vec<_>>()
        });
        paths.dedup();
        let square = |row: &RowId, column: &Vec<ColumnId>| -> Vec<AssignmentId> {
            let in_it = assignments
                .iter()
                .filter(|(at, id)| at == row && path(party(*id)) == *column);
            in_it.map(|(_, id)| *id).collect()
        };
        let in_row = |row| paths.iter().map(|column| square(row, column)).collect();
        let squares: Vec<Vec<Vec<AssignmentId>>> = rows.iter().map(in_row).collect();

        let over_rows = |span: Range<usize>| {
            let lies =
                |task: &&TaskId| rows[span.clone()].contains(&self.row_of(**task, request.rows));
            let squares = squares[span.clone()].iter().flatten().flatten();
            (tasks.iter().filter(lies).count(), self.sum(squares))
        };
        let over_columns = |span: Range<usize>| {
            let stands = |party: &&PartyId| paths[span.clone()].contains(&path(**party));
            let squares = squares
                .iter()
                .flat_map(|row| row[span.clone()].iter().flatten());
            (parties.iter().filter(stands).count(), self.sum(squares))
        };
        let above = self.above_rows(rows);
        let heads = paths.iter().map(|path| path[..path.len() - 1].to_vec());
        let heads: Vec<Vec<ColumnId>> = heads.collect();
        let columns: Vec<ColumnId> = paths.iter().map(|path| path[path.len() - 1]).collect();
        Square {
            rows: stretches(leaves(rows, &above), over_rows),
            row_headings: stretches(headings(&above, 0, 0), over_rows),
            columns: stretches(leaves(&columns, &heads), over_columns),
            column_headings: stretches(headings(&heads, 0, 0), over_columns),
            total: self.sum(squares.iter().flatten().flatten()),
            squares,
        }
    }

    pub(crate) fn sum<'a>(&self, assignments: impl Iterator<Item = &'a AssignmentId>) -> Sum {
        let things: Vec<&Assignment> = assignments.map(|id| self.lists.thing(*id)).collect();
        let count = |role: Option<Role>| {
            let counted = things
                .iter()
                .filter(|thing| role.is_none_or(|role| thing.role == role));
            let tasks: HashSet<_> = counted.clone().map(|thing| thing.task).collect();
            (tasks.len(), counted.count())
        };
        let roles = Role::ALL.iter().map(|role| (*role, count(Some(*role))));
        let bases = Basis::ALL.iter().map(|basis| {
            let rest = things.iter().filter(|thing| thing.basis == *basis);
            (*basis, rest.count())
        });
        Sum {
            all: count(None),
            roles: roles
                .filter(|(_, (_, assignments))| *assignments > 0)
                .collect(),
            bases: bases.filter(|(_, assignments)| *assignments > 0).collect(),
        }
    }
}

fn leaves<G: Copy>(groups: &[G], above: &[Vec<G>]) -> Vec<Span<G>> {
    let numbered = groups.iter().zip(above).enumerate();
    numbered
        .map(|(at, (group, above))| (*group, above.len(), at..at + 1))
        .collect()
}

fn stretches<G>(
    spans: Vec<Span<G>>,
    over: impl Fn(Range<usize>) -> (usize, Sum),
) -> Vec<Stretch<G>> {
    let stretch = |(group, level, span): Span<G>| {
        let (size, sum) = over(span.clone());
        (group, level, span, size, sum)
    };
    spans.into_iter().map(stretch).collect()
}
