//! The matrix: of anything, grouped by anything, whole and page by page.

use super::{
    handle, ids,
    list::{maybe_one, valid, words},
    page::{Size, cut},
};
use crate::{
    dice::Dice,
    naive::{Asked, ColumnId, Moment, RowId, Square, Stretch, Sum},
};
use domain::{
    image,
    matrix::{
        BadMatrix, Column, ColumnsBy, Depth, Line, Matrix, MatrixRequest, Row, RowsBy, Total,
    },
    page::PageRequest,
    party, place, plan,
    view::{PartyFilter, TaskFilter, Valid, View, Words},
    vocabulary::{Basis, Light, PartyKind, Reference, Role, TaskStatus},
};

pub(super) fn all(view: &View, moment: &Moment<'_>, dice: &mut Dice) {
    for id in moment.lists.ids::<plan::Plan>() {
        let request = MatrixRequest::of_plan(handle(view.register(), id));
        check(view, moment, &asked(&request, None, None));
    }
    for _ in 0..2 {
        let (task_words, party_words) = (words(dice), words(dice));
        let request = invent(view, moment, task_words, party_words, dice);
        let asked = asked(&request, task_words, party_words);
        let rows = check(view, moment, &asked);
        pages(view, moment, &asked, &rows, dice);
        limits(view, &request);
    }
}

fn asked<'a>(
    request: &'a MatrixRequest,
    task_words: Option<&'a str>,
    party_words: Option<&'a str>,
) -> Asked<'a> {
    Asked {
        request,
        task_words,
        party_words,
    }
}

fn depth(dice: &mut Dice) -> Option<Depth> {
    Depth::new(dice.below(4) as u32)
}

fn invent(
    view: &View,
    moment: &Moment<'_>,
    task_words: Option<&str>,
    party_words: Option<&str>,
    dice: &mut Dice,
) -> MatrixRequest {
    let register = view.register();
    let plans = moment.lists.ids::<plan::Plan>();
    let parties = moment.lists.ids::<party::Party>();
    let (kinds, roles) = ([PartyKind::Department, PartyKind::Government], Role::ALL);
    let bases = [Basis::Stated, Basis::Recorded];
    let party_filter = dice.once_in(3).then(|| PartyFilter {
        kinds: dice.few(&kinds),
        place: maybe_one(register, &moment.lists.ids::<place::Place>(), dice),
        parent: maybe_one(register, &parties, dice),
        plan: maybe_one(register, &plans, dice),
        roles: dice.few(roles),
        words: party_words.map(Words::new),
        valid: valid(dice),
    });
    let columns = [
        ColumnsBy::Party,
        ColumnsBy::Kind,
        ColumnsBy::Place(depth(dice)),
        ColumnsBy::Parent(depth(dice)),
    ];
    let rows = [RowsBy::Task, RowsBy::Section(depth(dice)), RowsBy::Plan];
    let handles = |ids: Vec<_>| ids.into_iter().map(|id| handle(register, id)).collect();
    MatrixRequest {
        plans: dice
            .few(&plans)
            .into_iter()
            .map(|id| handle(register, id))
            .collect(),
        tasks: TaskFilter {
            plan: maybe_one(register, &plans, dice),
            section: maybe_one(register, &moment.lists.ids::<plan::Section>(), dice),
            statuses: dice.few(&[TaskStatus::NotStarted, TaskStatus::InProgress]),
            lights: dice.few(&[Light::Amber, Light::Red]),
            words: task_words.map(Words::new),
            open: dice.one_of(&[None, None, None, Some(true), Some(false)]),
            party: maybe_one(register, &parties, dice),
            roles: dice.few(roles),
            bases: dice.few(&bases),
            references: dice.few(Reference::ALL),
            kinds: dice.few(&kinds),
            valid: valid(dice),
        },
        rows: dice.one_of(&rows),
        page: None,
        parties: handles(dice.few(&parties)),
        party_filter,
        columns: (0..dice.below(4)).map(|_| dice.one_of(&columns)).collect(),
        roles: dice.few(roles),
        bases: dice.few(&bases),
        limit: None,
    }
}

/// Compares the whole matrix, and returns its rows.
fn check(view: &View, moment: &Moment<'_>, asked: &Asked<'_>) -> Vec<RowId> {
    let matrix = view.matrix(asked.request).unwrap();
    let rows = moment.matrix_rows(view.register(), asked);
    assert_eq!(
        drawn(view, &matrix),
        moment.matrix(view.register(), asked, &rows),
        "{:?}",
        asked.request
    );
    assert_eq!(view.matrix_row_count(asked.request), rows.len());
    assert!(!matrix.has_previous && !matrix.has_next);
    rows
}

/// Walks the rows both ways, and cuts a page anywhere. Each page is the matrix of its rows.
fn pages(view: &View, moment: &Moment<'_>, asked: &Asked<'_>, rows: &[RowId], dice: &mut Dice) {
    let request = MatrixRequest {
        plans: vec![],
        tasks: TaskFilter {
            valid: Valid::Any,
            ..TaskFilter::default()
        },
        ..asked.request.clone()
    };
    let all = moment.matrix_rows(view.register(), &self::asked(&request, None, None));
    let page = |size: Size, after: Option<&RowId>, before: Option<&RowId>| {
        let cursor =
            |row: Option<&RowId>| row.map(|row| view.matrix_cursor(row_of(view, *row)).to_string());
        let (first, last) = size.arguments();
        let (after_cursor, before_cursor) = (cursor(after), cursor(before));
        let page = PageRequest::new(
            first,
            after_cursor.as_deref(),
            last,
            before_cursor.as_deref(),
        );
        let request = MatrixRequest {
            page: Some(page.unwrap()),
            ..asked.request.clone()
        };
        let matrix = view.matrix(&request).unwrap();
        let expected = cut(rows, &all, size, after, before);
        let has = (matrix.has_previous, matrix.has_next);
        assert_eq!(
            has,
            (expected.has_previous, expected.has_next),
            "{request:?}"
        );
        assert_eq!(
            drawn(view, &matrix),
            moment.matrix(view.register(), asked, &expected.items),
            "{request:?}"
        );
        expected
    };
    let size = 1 + dice.below(rows.len() + 1) as u8;
    let mut after: Option<RowId> = None;
    loop {
        let page = page(Size::First(size), after.as_ref(), None);
        if !page.has_next {
            break;
        }
        after = page.items.last().copied();
    }
    let mut before: Option<RowId> = None;
    loop {
        let page = page(Size::Last(size), None, before.as_ref());
        if !page.has_previous {
            break;
        }
        before = page.items.first().copied();
    }
    let size = dice.below(4) as u8;
    let size = dice.one_of(&[Size::First(size), Size::Last(size)]);
    page(size, dice.maybe(&all).as_ref(), dice.maybe(&all).as_ref());
}

/// A matrix is made up to its limit and not beyond it, whatever it is of.
fn limits(view: &View, request: &MatrixRequest) {
    let matrix = view.matrix(request).unwrap();
    let assignments: usize = matrix
        .cells
        .iter()
        .map(|cell| matrix.assignments(cell).len())
        .sum();
    let size = matrix.rows.len() + assignments;
    let within = |limit| {
        view.matrix(&MatrixRequest {
            limit: Some(limit),
            ..request.clone()
        })
    };
    assert_eq!(within(size), Ok(matrix));
    if let Some(limit) = size.checked_sub(1) {
        assert_eq!(within(limit), Err(BadMatrix::TooLarge { limit }));
    }
}

fn row_of(view: &View, row: RowId) -> Row {
    match row {
        RowId::Plan(plan) => Row::Plan(handle::<image::Plan>(view.register(), plan)),
        RowId::Section(section) => Row::Section(handle::<image::Section>(view.register(), section)),
        RowId::Task(task) => Row::Task(handle::<image::Task>(view.register(), task)),
    }
}

fn row_id(view: &View, row: Row) -> RowId {
    match row {
        Row::Plan(plan) => RowId::Plan(view.id(plan)),
        Row::Section(section) => RowId::Section(view.id(section)),
        Row::Task(task) => RowId::Task(view.id(task)),
    }
}

fn column_id(view: &View, column: Column) -> ColumnId {
    match column {
        Column::Kind(kind) => ColumnId::Kind(kind),
        Column::Place(place) => ColumnId::Place(place.map(|place| view.id(place))),
        Column::Party(party) => ColumnId::Party(view.id(party)),
    }
}

/// The sparse matrix with its empty squares. Cells stand row by row, each square at most once and never empty.
fn drawn(view: &View, matrix: &Matrix) -> Square {
    let mut squares = vec![vec![vec![]; matrix.columns.len()]; matrix.rows.len()];
    let places = matrix.cells.iter().map(|cell| (cell.row, cell.column));
    assert!(places.is_sorted_by(|one, next| one < next));
    let mut assigned = 0;
    for cell in &matrix.cells {
        let assignments = matrix.assignments(cell);
        assert!(!assignments.is_empty());
        squares[cell.row as usize][cell.column as usize] = ids(view, assignments.iter().copied());
        let total = matrix.total_of(view, [cell]);
        assert_eq!(total.all.assignments as usize, assignments.len());
        assert!(cell.roles.iter().eq(total.roles().map(|(role, _)| role)));
        assert!(cell.bases.iter().eq(total.bases().map(|(basis, _)| basis)));
        assigned += total.all.assignments;
    }
    assert_eq!(assigned, matrix.total(view).all.assignments);
    let rows = matrix.row_lines(view);
    let columns = matrix.column_lines(view);
    let by_row: u32 = rows.iter().map(|line| line.total.all.assignments).sum();
    let by_column: u32 = columns.iter().map(|line| line.total.all.assignments).sum();
    assert_eq!((by_row, by_column), (assigned, assigned));
    let row = |group: Row| row_id(view, group);
    let column = |group: Column| column_id(view, group);
    let groups = rows.iter().map(|line| line.group);
    assert!(groups.eq(matrix.rows.iter().copied()));
    let groups = columns.iter().map(|line| line.group);
    assert!(groups.eq(matrix.columns.iter().copied()));
    Square {
        rows: stretches(rows, row),
        row_headings: stretches(matrix.row_headings(view), row),
        columns: stretches(columns, column),
        column_headings: stretches(matrix.column_headings(view), column),
        squares,
        total: sum(&matrix.total(view)),
    }
}

fn stretches<G, T>(lines: Vec<Line<G>>, id: impl Fn(G) -> T) -> Vec<Stretch<T>> {
    let stretch = |line: Line<G>| {
        let span = line.span.start as usize..line.span.end as usize;
        (
            id(line.group),
            line.level as usize,
            span,
            line.size as usize,
            sum(&line.total),
        )
    };
    lines.into_iter().map(stretch).collect()
}

fn sum(total: &Total) -> Sum {
    let count = |count: domain::matrix::Count| (count.tasks as usize, count.assignments as usize);
    let roles = total.roles().map(|(role, counted)| (role, count(counted)));
    let bases = total
        .bases()
        .map(|(basis, counted)| (basis, counted as usize));
    Sum {
        all: count(total.all),
        roles: roles.collect(),
        bases: bases.collect(),
    }
}
