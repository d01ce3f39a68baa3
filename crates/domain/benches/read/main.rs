//! What reading and writing cost in a register of the shape that offices have: many small plans, a few parties that are
//! in most of them.
//!
//! `REMIT_BENCH_SIZE` is `S` (the default), `M` or `L`.

mod cpu_time;
mod office;

use cpu_time::CpuTime;
use criterion::{BatchSize, BenchmarkGroup, Criterion};
use domain::{
    gaps::GapFilter,
    image::{AssignmentRef, Image, PartyRef, PlanRef, TaskRef},
    matrix::{ColumnsBy, MatrixRequest, Row, RowsBy},
    page::PageRequest,
    register::{Ref, Writer},
    sharing::{NetworkRequest, SharingScope},
    time::{Day, Seq},
    view::{AssignmentFilter, TaskFilter, TaskOrder, Valid, View},
};
use office::{Office, Size, TODAY, Textless};
use std::{hint::black_box, sync::Arc};
use uuid::Uuid;

fn main() {
    let size = std::env::var("REMIT_BENCH_SIZE").unwrap_or_else(|_| "S".to_owned());
    let size = Size::named(&size).expect("REMIT_BENCH_SIZE is S, M or L");
    let mut office = Office::new(size);
    let writer = office.loaded().compact();
    report(&writer);

    let view = View::new(Arc::clone(writer.register()), Seq(u32::MAX), TODAY);
    let mut criterion = Criterion::default()
        .with_measurement(CpuTime)
        .configure_from_args();
    let mut group = criterion.benchmark_group("read");
    reads(&mut group, &view, &office);
    group.finish();
    // What they write stays in a branch: the reads that follow are of the same plans.
    analyses(&mut criterion, writer.branch(), office.clone());
    let writer = long_history(&mut criterion, writer, &mut office);
    applications(&mut criterion, writer, &mut office);
    criterion.final_summary();
}

fn report(writer: &Writer) {
    let size = writer.register().size();
    let each = |bytes: usize| bytes / size.assignments;
    eprintln!(
        "{size:?}: {} bytes per assignment, of which names and titles {}",
        each(size.bytes()),
        each(size.name_bytes)
    );
}

/// Three levels: a task with its title, its assignments, and their parties' names, each with its id. What is counted are
/// the bytes that an answer would hold.
fn task(view: &View, task: TaskRef) -> usize {
    let assignments = view.task_assignments(task, Valid::OnDay);
    let assigned = |assignment: AssignmentRef| {
        let party = view.thing(assignment).party;
        id(view, assignment) + id(view, party) + name(view, party)
    };
    let title = view.text(view.thing(task).title).len();
    id(view, task) + title + assignments.into_iter().map(assigned).sum::<usize>()
}

fn id<I: Image>(view: &View, thing: Ref<I>) -> usize {
    let id: Uuid = view.id(thing).into();
    id.as_bytes().len()
}

fn name(view: &View, party: PartyRef) -> usize {
    view.party_name(party)
        .map_or(0, |name| view.text(name).len())
}

fn page(view: &View, filter: &TaskFilter, request: &PageRequest) -> usize {
    let page = view.task_page(filter, TaskOrder::Position, request);
    let tasks = page.expect("the arguments are a page's").items;
    assert_eq!(tasks.len(), 50);
    tasks.into_iter().map(|item| task(view, item)).sum()
}

fn portfolio(view: &View, party: PartyRef, request: &PageRequest) -> usize {
    let page = view.party_assignment_page(party, &AssignmentFilter::default(), request);
    let assignments = page.expect("the arguments are a page's").items;
    assert_eq!(assignments.len(), 100);
    let titles = assignments.into_iter().map(|assignment| {
        let task = view.thing(view.thing(assignment).task);
        let titles = view.text(task.title).len() + view.text(view.thing(task.plan).title).len();
        id(view, assignment) + titles
    });
    titles.sum()
}

/// The same reads once everything has been recorded five times: as it is now, and as it was known in between.
fn long_history(
    criterion: &mut Criterion<CpuTime>,
    mut writer: Writer,
    office: &mut Office,
) -> Writer {
    let mut seqs = vec![];
    for _ in 0..4 {
        seqs.push(writer.register().seq());
        office.revise_everything(&mut writer);
    }
    let writer = writer.compact();
    report(&writer);
    for (name, seq) in [
        ("read of a long history", Seq(u32::MAX)),
        ("read as of then", seqs[2]),
    ] {
        let view = View::new(Arc::clone(writer.register()), seq, TODAY);
        let mut group = criterion.benchmark_group(name);
        reads(&mut group, &view, office);
        group.finish();
    }
    writer
}

fn reads(group: &mut BenchmarkGroup<'_, CpuTime>, view: &View, office: &Office) {
    let plan: PlanRef = view.find(office.plan_of_50_tasks()).expect("it was loaded");
    let of_plan = TaskFilter {
        plan: Some(plan),
        ..TaskFilter::default()
    };
    let everything = TaskFilter::default();
    let one = view.plan_tasks(plan, Valid::OnDay)[7];
    let busiest: PartyRef = view.find(office.busiest_party()).expect("it was loaded");

    let last: TaskRef = view.find(office.late_task()).expect("it was loaded");
    let deep = view.task_cursor(TaskOrder::Position, last).to_string();
    let deep = PageRequest::new(Some(50), Some(&deep), None, None).expect("it is a cursor");
    let all = view.party_assignment_page(
        busiest,
        &AssignmentFilter::default(),
        &PageRequest::new(None, None, Some(101), None).expect("these are a page's"),
    );
    let late = view
        .party_assignment_cursor(all.expect("they are a page's").items[0])
        .to_string();
    let late = PageRequest::new(Some(100), Some(&late), None, None).expect("it is a cursor");

    group.bench_function("one task with its assignments and parties", |bencher| {
        bencher.iter(|| task(black_box(view), black_box(one)));
    });
    group.bench_function("50 tasks of a plan with assignments and names", |bencher| {
        bencher.iter(|| page(black_box(view), &of_plan, &PageRequest::first(50)));
    });
    group.bench_function("50 tasks behind a cursor deep in the register", |bencher| {
        bencher.iter(|| page(black_box(view), &everything, &deep));
    });
    group.bench_function("the first 100 of the longest portfolio", |bencher| {
        bencher.iter(|| portfolio(black_box(view), busiest, &PageRequest::first(100)));
    });
    group.bench_function(
        "the last 100 of the longest portfolio, by cursor",
        |bencher| {
            bencher.iter(|| portfolio(black_box(view), busiest, &late));
        },
    );
    group.bench_function("the matrix of a plan of 50 tasks", |bencher| {
        let request = MatrixRequest::of_plan(plan);
        bencher.iter(|| black_box(view).matrix(&request));
    });
    rolled_up(group, view, plan, last);
    group.bench_function("the progress of a plan of 50 tasks", |bencher| {
        bencher.iter(|| black_box(view).plan_progress(black_box(plan)));
    });
    group.bench_function("the workload of the busiest party", |bencher| {
        bencher.iter(|| black_box(view).party_workload(black_box(busiest), None));
    });
    group.bench_function("how many tasks there are", |bencher| {
        bencher.iter(|| black_box(view).task_count(&everything));
    });
    group.bench_function("how many there are in the longest portfolio", |bencher| {
        bencher
            .iter(|| black_box(view).party_assignment_count(busiest, &AssignmentFilter::default()));
    });
}

/// Matrices that are rolled up, and pages of rows of the matrix of everything.
fn rolled_up(
    group: &mut BenchmarkGroup<'_, CpuTime>,
    view: &View,
    plan: PlanRef,
    late_task: TaskRef,
) {
    group.bench_function(
        "the matrix of a plan of 50 tasks by section and kind, with its totals",
        |bencher| {
            let request = MatrixRequest {
                rows: RowsBy::Section(None),
                columns: vec![ColumnsBy::Kind],
                ..MatrixRequest::of_plan(plan)
            };
            bencher.iter(|| {
                let matrix = black_box(view).matrix(&request).expect("it has no limit");
                let lines = matrix.row_lines(view).len() + matrix.column_lines(view).len();
                (lines, matrix.total(view))
            });
        },
    );
    let deep = view.matrix_cursor(Row::Task(late_task)).to_string();
    let deep = PageRequest::new(Some(50), Some(&deep), None, None).expect("it is a cursor");
    group.bench_function(
        "50 rows of the matrix of everything, deep in the register",
        |bencher| {
            let request = MatrixRequest {
                page: Some(deep.clone()),
                ..MatrixRequest::default()
            };
            bencher.iter(|| black_box(view).matrix(&request));
        },
    );
    group.bench_function("50 plans of the matrix of everything, by kind", |bencher| {
        let request = MatrixRequest {
            rows: RowsBy::Plan,
            columns: vec![ColumnsBy::Kind],
            page: Some(PageRequest::first(50)),
            ..MatrixRequest::default()
        };
        bencher.iter(|| black_box(view).matrix(&request));
    });
}

/// Who shares most tasks with the busiest party, and what a plan leaves open.
fn analyses(criterion: &mut Criterion<CpuTime>, mut writer: Writer, mut office: Office) {
    let mut group = criterion.benchmark_group("analyses");
    let register = Arc::clone(writer.register());
    let view = View::new(Arc::clone(&register), Seq(u32::MAX), TODAY);
    let busiest_id = office.busiest_party();
    let busiest: PartyRef = view.find(busiest_id).expect("it was loaded");
    let top = |view: &View| {
        let scope = SharingScope {
            plan: None,
            party: Some(busiest),
        };
        let pairs = view.pairs(scope, 1, 0, 20);
        assert_eq!(pairs.len(), 20);
        pairs
    };
    // Of another day every time.
    let mut days = TODAY.number()..;
    group.bench_function("the top 20, for the first time", |bencher| {
        bencher.iter(|| {
            let day = days.next().map_or(TODAY, Day::from_number);
            top(&View::new(Arc::clone(&register), Seq(u32::MAX), day))
        });
    });
    group.bench_function("the top 20, asked again", |bencher| {
        bencher.iter(|| top(black_box(&view)));
    });
    group.bench_function("the top 20, after a changeset", |bencher| {
        bencher.iter_batched(
            || {
                let changeset = office.new_assignment_of(busiest_id);
                let applied = writer.apply(&changeset, &Textless);
                applied.expect("it follows the head");
                View::new(Arc::clone(writer.register()), Seq(u32::MAX), TODAY)
            },
            |view| top(&view),
            BatchSize::PerIteration,
        );
    });
    let plan = view.find(office.plan_of_50_tasks());
    group.bench_function("the gaps of a plan", |bencher| {
        let filter = GapFilter {
            plan,
            ..GapFilter::default()
        };
        bencher.iter(|| black_box(&view).gaps(&filter).count());
    });
    group.bench_function("the network of a plan", |bencher| {
        let request = NetworkRequest {
            plan,
            min: 1,
            first: 200,
        };
        bencher.iter(|| black_box(&view).network(&request));
    });
    group.finish();
}

fn applications(criterion: &mut Criterion<CpuTime>, mut writer: Writer, office: &mut Office) {
    let mut group = criterion.benchmark_group("apply");
    for facts in [1, 250] {
        group.bench_function(format!("a changeset of {facts}"), |bencher| {
            bencher.iter_batched(
                || office.new_assignments(facts),
                |changeset| {
                    let applied = writer.apply(&changeset, &Textless);
                    applied.expect("it follows the head");
                },
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}
