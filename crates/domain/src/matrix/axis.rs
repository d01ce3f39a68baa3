//! What the rows and columns of a matrix stand for, and the headings over them.

use super::{Matrix, MatrixRequest, Total};
use crate::{
    image::{PartyRef, PlaceRef, PlanRef, SectionRef, Task, TaskRef},
    page::Item,
    view::{PartyFilter, View},
    vocabulary::PartyKind,
};
use rustc_hash::FxHashSet;
use std::{num::NonZeroU32, ops::Range};
use uuid::Uuid;

/// How deep in a tree, counted from its top, which is 1. What does not lie so deep stands where it is.
pub type Depth = NonZeroU32;

/// What the rows of a matrix are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowsBy {
    /// Tasks.
    #[default]
    Task,
    /// Sections: those in which the tasks stand, or those above them at a depth. What stands in no section makes a row
    /// of the plan.
    Section(Option<Depth>),
    /// Plans.
    Plan,
}

/// What columns of a matrix are, or are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnsBy {
    /// Parties.
    Party,
    /// Kinds of parties.
    Kind,
    /// The places of parties, or those in which they lie at a depth.
    Place(Option<Depth>),
    /// The bodies directly above parties, or those above them at a depth: at the first, the topmost. A body that has
    /// none above it stands for itself.
    Parent(Option<Depth>),
}

/// A row, or a heading over rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// A plan; where rows are sections, its tasks that stand in none.
    Plan(PlanRef),
    /// A section.
    Section(SectionRef),
    /// A task.
    Task(TaskRef),
}

/// A column, or a heading over columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Parties of a kind.
    Kind(PartyKind),
    /// Parties of a place, or of none that is known.
    Place(Option<PlaceRef>),
    /// A party, or those under it.
    Party(PartyRef),
}

/// A row, a column, or a heading over neighbouring ones, with what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<G> {
    /// What it stands for.
    pub group: G,
    /// How many headings are above it.
    pub level: u32,
    /// The rows or columns that it is or stands over, by index.
    pub span: Range<u32>,
    /// How many tasks lie in these rows, or how many parties these columns stand for.
    pub size: u32,
    /// What stands in them.
    pub total: Total,
}

/// What a column is grouped by, outermost first, itself last; each step with its place in the order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ColumnPath(Vec<(i64, Column)>);

impl ColumnPath {
    pub(super) fn column(&self) -> Column {
        self.0[self.0.len() - 1].1
    }

    fn headings(&self) -> Vec<Column> {
        let steps = &self.0[..self.0.len() - 1];
        steps.iter().map(|(_, column)| *column).collect()
    }
}

impl RowsBy {
    /// Whether a row can be one of these.
    pub(super) fn makes(self, row: Row) -> bool {
        match self {
            Self::Task => matches!(row, Row::Task(_)),
            Self::Section(_) => matches!(row, Row::Section(_) | Row::Plan(_)),
            Self::Plan => matches!(row, Row::Plan(_)),
        }
    }
}

impl Item for Row {
    fn find(id: Uuid, view: &View) -> Option<Self> {
        let register = view.register();
        let task = || register.find(id.into()).map(Self::Task);
        let section = || register.find(id.into()).map(Self::Section);
        let plan = || register.find(id.into()).map(Self::Plan);
        task().or_else(section).or_else(plan)
    }

    fn id(self, view: &View) -> Uuid {
        match self {
            Self::Plan(plan) => view.id(plan).into(),
            Self::Section(section) => view.id(section).into(),
            Self::Task(task) => view.id(task).into(),
        }
    }
}

impl View {
    /// The rows that a plan has, in order, each with its place in the plan.
    pub(super) fn plan_rows(&self, plan: PlanRef, request: &MatrixRequest) -> Vec<(u32, Row)> {
        let tasks = self.plan_tasks_meant(plan, &request.tasks);
        if request.rows == RowsBy::Task {
            let row = |(position, task)| (position, Row::Task(task));
            return tasks.into_iter().map(row).collect();
        }
        let row = |(_, task)| self.row_of_task(task, &self.thing(task), request.rows);
        let rows: FxHashSet<Row> = tasks.into_iter().map(row).collect();
        let placed = |row| (self.row_place(row).1, row);
        let mut rows: Vec<_> = rows.into_iter().map(placed).collect();
        rows.sort_unstable();
        rows
    }

    /// The row in which a task lies.
    pub(super) fn row_of_task(&self, task: TaskRef, image: &Task, rows: RowsBy) -> Row {
        match (rows, image.section) {
            (RowsBy::Task, _) => Row::Task(task),
            (RowsBy::Section(depth), Some(section)) => {
                let path = self.section_path(section);
                Row::Section(at(&path, depth).unwrap_or(section))
            }
            (RowsBy::Section(_), None) | (RowsBy::Plan, _) => Row::Plan(image.plan),
        }
    }

    /// A row's plan, and its place there: tasks and sections as the plan has them, what stands in no section first.
    pub(super) fn row_place(&self, row: Row) -> (PlanRef, u32) {
        match row {
            Row::Plan(plan) => (plan, 0),
            Row::Section(section) => {
                let section = self.thing(section);
                (section.plan, section.position)
            }
            Row::Task(task) => {
                let task = self.thing(task);
                (task.plan, task.position)
            }
        }
    }

    /// What is above a row, outermost first: its plan, then sections.
    fn row_headings(&self, row: Row) -> Vec<Row> {
        let section = match row {
            Row::Plan(_) => return vec![],
            Row::Section(section) => self.thing(section).parent,
            Row::Task(task) => self.thing(task).section,
        };
        let sections = section.map_or_else(Vec::new, |section| self.section_path(section));
        let plan = Row::Plan(self.row_place(row).0);
        let sections = sections.into_iter().map(Row::Section);
        std::iter::once(plan).chain(sections).collect()
    }

    pub(super) fn column_path(&self, columns: &[ColumnsBy], party: PartyRef) -> ColumnPath {
        let columns = if columns.is_empty() {
            &[ColumnsBy::Party]
        } else {
            columns
        };
        let step = |by: &ColumnsBy| {
            let column = self.column_of_party(*by, party);
            (self.column_number(column), column)
        };
        ColumnPath(columns.iter().map(step).collect())
    }

    fn column_of_party(&self, by: ColumnsBy, party: PartyRef) -> Column {
        match by {
            ColumnsBy::Party => Column::Party(party),
            ColumnsBy::Kind => Column::Kind(self.thing(party).kind),
            ColumnsBy::Place(depth) => {
                let above = |place: &PlaceRef| self.thing(*place).parent;
                let mut path: Vec<_> =
                    std::iter::successors(self.thing(party).place, above).collect();
                path.reverse();
                Column::Place(at(&path, depth))
            }
            ColumnsBy::Parent(None) => Column::Party(self.thing(party).parent.unwrap_or(party)),
            ColumnsBy::Parent(depth) => {
                let above = |party: &PartyRef| self.thing(*party).parent;
                let mut path: Vec<_> = std::iter::successors(Some(party), above).collect();
                path.reverse();
                Column::Party(at(&path, depth).unwrap_or(party))
            }
        }
    }

    /// Kinds as the vocabulary lists them, places by division code, those without one after them, parties in directory
    /// order.
    fn column_number(&self, column: Column) -> i64 {
        match column {
            Column::Kind(kind) => kind as i64,
            Column::Place(Some(place)) => self.place_number(place).min(i64::MAX - 1),
            Column::Place(None) => i64::MAX,
            Column::Party(party) => self.thing(party).position.into(),
        }
    }

    pub(super) fn party_matches(&self, party: PartyRef, filter: &PartyFilter) -> bool {
        self.get(party)
            .is_some_and(|image| self.party_is_meant(party, &image, filter))
    }
}

impl Matrix {
    /// The rows with what stands in each.
    pub fn row_lines(&self, view: &View) -> Vec<Line<Row>> {
        let paths = self.row_paths(view);
        let lines = leaves(&self.rows, &paths);
        self.summed_rows(view, lines)
    }

    /// The headings over the rows: of each plan, then of its sections. One stands over neighbouring rows, so a section
    /// whose tasks do not stand together has several.
    pub fn row_headings(&self, view: &View) -> Vec<Line<Row>> {
        let lines = headings(&self.row_paths(view));
        self.summed_rows(view, lines)
    }

    /// The columns with what stands in each.
    pub fn column_lines(&self, view: &View) -> Vec<Line<Column>> {
        let lines = leaves(&self.columns, &self.column_headings_above());
        self.summed_columns(view, lines)
    }

    /// The headings over the columns, each before those beneath it.
    pub fn column_headings(&self, view: &View) -> Vec<Line<Column>> {
        let lines = headings(&self.column_headings_above());
        self.summed_columns(view, lines)
    }

    fn column_headings_above(&self) -> Vec<Vec<Column>> {
        self.column_paths.iter().map(ColumnPath::headings).collect()
    }

    /// What is above each row. A row that is itself above others, such as a section with tasks of its own and sections
    /// beneath it, stands beneath its heading like them.
    fn row_paths(&self, view: &View) -> Vec<Vec<Row>> {
        let path = |row: &Row| view.row_headings(*row);
        let mut paths: Vec<_> = self.rows.iter().map(path).collect();
        let above: FxHashSet<Row> = paths.iter().flatten().copied().collect();
        for (row, path) in self.rows.iter().zip(&mut paths) {
            path.extend(above.get(row));
        }
        paths
    }

    fn summed_rows(&self, view: &View, lines: Vec<Line<Row>>) -> Vec<Line<Row>> {
        self.summed(view, lines, &self.row_sizes, |cell| cell.row)
    }

    fn summed_columns(&self, view: &View, lines: Vec<Line<Column>>) -> Vec<Line<Column>> {
        self.summed(view, lines, &self.column_sizes, |cell| cell.column)
    }
}

/// A step of a path at a depth, or its last.
fn at<T: Copy>(path: &[T], depth: Option<Depth>) -> Option<T> {
    let deep = depth.and_then(|depth| path.get(depth.get() as usize - 1));
    deep.or(path.last()).copied()
}

fn line<G>(group: G, level: usize, span: Range<usize>) -> Line<G> {
    Line {
        group,
        level: level as u32,
        span: span.start as u32..span.end as u32,
        size: 0,
        total: Total::default(),
    }
}

fn leaves<G: Copy>(groups: &[G], paths: &[Vec<G>]) -> Vec<Line<G>> {
    let numbered = groups.iter().zip(paths).enumerate();
    numbered
        .map(|(number, (group, path))| line(*group, path.len(), number..number + 1))
        .collect()
}

/// The headings that paths make: each stands over neighbours that have it, and all above it, in common.
fn headings<G: Copy + PartialEq>(paths: &[Vec<G>]) -> Vec<Line<G>> {
    let mut lines: Vec<Line<G>> = vec![];
    // The lines that stand over the path before, by level.
    let mut open: Vec<usize> = vec![];
    for (number, path) in paths.iter().enumerate() {
        let shared = open.iter().zip(path);
        let shared = shared
            .take_while(|(line, group)| lines[**line].group == **group)
            .count();
        open.truncate(shared);
        for &line in &open {
            lines[line].span.end = number as u32 + 1;
        }
        for (level, group) in path.iter().enumerate().skip(shared) {
            open.push(lines.len());
            lines.push(line(*group, level, number..number + 1));
        }
    }
    lines
}
