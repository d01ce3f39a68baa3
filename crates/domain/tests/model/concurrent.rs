//! Readers beside the writer: each view is whole, and stays what it is.

use crate::{
    history::{Kept, changeset, day, register_id},
    sample::{assignment, id, party, party_name, plan, task},
};
use domain::{
    assignment::Assignment,
    change::Change,
    id::{AssignmentId, PartyId, PlanId, TaskId},
    image,
    matrix::{Matrix, MatrixRequest},
    page::PageRequest,
    register::{Compaction, Register, Tail, Writer},
    time::Seq,
    view::{AssignmentFilter, TaskFilter, TaskOrder, Valid, View},
    vocabulary::Role,
};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    thread::ScopedJoinHandle,
};

const READERS: usize = 3;
const CHANGESETS: u32 = 900;
/// How far the writer may run ahead of the slowest reader, so that they do meet.
const LEAD: u32 = 20;
/// Changesets that are there, and compacted, before the readers come.
const LOADED: u32 = 200;
/// How many changesets come while a part is folded, before it takes the old one's place.
const BESIDE: u32 = 7;
const TASKS: u32 = 60;
const PARTIES: u128 = 5;

const PLAN: u128 = 1;
const NAME: u128 = 2;

/// What changeset number `seq` says. After it the plan is called by its number and so is a party, and each task (there
/// is one more until there are enough; then the oldest lead is replaced) has exactly one lead.
fn changes(seq: u32, leads: &mut Vec<(AssignmentId, Assignment)>) -> Vec<Change> {
    let title = |seq: u32| plan(&seq.to_string());
    let name = |seq: u32| party_name(id(10), &seq.to_string());
    if seq == 1 {
        let parties = (0..PARTIES).map(|n| Change::record(id(10 + n), party()));
        let mut changes: Vec<_> = parties.collect();
        changes.push(Change::record(id(NAME), name(1)));
        changes.push(Change::record(id(PLAN), title(1)));
        return changes;
    }
    let plan: PlanId = id(PLAN);
    let mut changes = vec![Change::revise(plan, title(seq - 1), title(seq))];
    let new: AssignmentId = id(1000 + u128::from(seq));
    let party: PartyId = id(10 + u128::from(seq) % PARTIES);
    let lead = if seq < TASKS + 2 {
        let new: TaskId = id(1000 + u128::from(seq));
        changes.push(Change::record(new, task(plan)));
        assignment(new, party, Role::Lead)
    } else {
        let (old, before) = leads.remove(0);
        let lead = assignment(before.task, party, Role::Lead);
        changes.push(Change::withdraw(old, before));
        lead
    };
    changes.push(Change::record(new, lead.clone()));
    changes.push(Change::revise(id(NAME), name(seq - 1), name(seq)));
    leads.push((new, lead));
    changes
}

/// What a reader takes from a view.
#[derive(Debug, PartialEq, Eq)]
struct Answers {
    title: String,
    tasks: Vec<TaskId>,
    leads: Vec<Vec<AssignmentId>>,
    matrix: Matrix,
    portfolios: usize,
    called: Vec<image::PartyRef>,
}

fn answers(view: &View) -> Answers {
    let plan = view.find::<image::Plan>(id(PLAN)).unwrap();
    let first = PageRequest::first(1000);
    let tasks = view.task_page(&TaskFilter::default(), TaskOrder::Position, &first);
    let tasks = tasks.unwrap().items;
    let leads = |task: &image::TaskRef| {
        let leads = view.task_assignments(*task, Valid::OnDay).into_iter();
        leads.map(|lead| view.id(lead)).collect()
    };
    let parties = (0..PARTIES).map(|n| view.find::<image::Party>(id(10 + n)).unwrap());
    let filter = AssignmentFilter::default();
    Answers {
        title: view.text(view.thing(plan).title).to_owned(),
        leads: tasks.iter().map(leads).collect(),
        tasks: tasks.iter().map(|task| view.id(*task)).collect(),
        matrix: view.matrix(&MatrixRequest::of_plan(plan)).unwrap(),
        portfolios: parties
            .map(|party| view.party_assignment_count(party, &filter))
            .sum(),
        called: view.party_find_by_name(&view.seq().to_string()),
    }
}

/// One changeset is seen whole or not at all.
fn assert_whole(view: &View, answers: &Answers) {
    let Seq(seq) = view.seq();
    let tasks = (seq - 1).min(TASKS) as usize;
    assert_eq!(answers.title, seq.to_string());
    assert_eq!(answers.called, [view.find(id(10)).unwrap()], "at {seq}");
    assert_eq!((answers.tasks.len(), answers.portfolios), (tasks, tasks));
    assert!(answers.leads.iter().all(|leads| leads.len() == 1));
    assert_eq!(answers.matrix.cells.len(), tasks);
}

/// Reads until it has seen the end, saying each time how far it has come.
fn read(register: &Mutex<Arc<Register>>, seen: &AtomicU32) {
    let now = || {
        let register = Arc::clone(&register.lock().unwrap());
        let head = register.seq();
        View::new(register, head, day(0))
    };
    let early = now();
    let at_first = answers(&early);
    while seen.load(Ordering::Relaxed) < CHANGESETS {
        let view = now();
        let taken = answers(&view);
        assert_whole(&view, &taken);
        assert_eq!(answers(&view), taken, "the same view answers the same");
        assert_eq!(answers(&early), at_first, "an early view does not change");
        let before = seen.swap(view.seq().0, Ordering::Relaxed);
        assert!(before <= view.seq().0, "time does not run backwards");
    }
}

#[test]
fn readers_beside_the_writer_and_the_folding_see_whole_changesets_and_views_that_never_change() {
    let (mut writer, texts, mut leads) = (Writer::new(register_id()), Kept::new(), vec![]);
    let mut write = |writer: &mut Writer, seq: u32| {
        let changes = changes(seq, &mut leads);
        writer.apply(&changeset(Seq(seq), changes), &texts).unwrap();
    };
    for seq in 1..=LOADED {
        write(&mut writer, seq);
    }
    let mut writer = writer.compact();
    let register = Mutex::new(Arc::clone(writer.register()));
    let mut folds = 0;
    let seen = [const { AtomicU32::new(0) }; READERS];
    std::thread::scope(|threads| {
        let readers = seen
            .each_ref()
            .map(|seen| threads.spawn(|| read(&register, seen)));
        let mut folding = None;
        for seq in LOADED + 1..=CHANGESETS {
            if seq % BESIDE == 0 {
                let folded = folding.take().map(ScopedJoinHandle::join);
                if let Some(folded) = folded {
                    assert!(writer.adopt(folded.unwrap()));
                    *register.lock().unwrap() = Arc::clone(writer.register());
                    folds += 1;
                }
                // One part after the other.
                let parts = seq / BESIDE % 9;
                let mut passed = 0;
                let due = |tail: Tail| {
                    passed += u32::from(tail.is_any());
                    passed > parts
                };
                let compaction = writer.compaction(due);
                folding = compaction
                    .map(|compaction| threads.spawn(move || Compaction::build(compaction)));
            }
            write(&mut writer, seq);
            let is_left_behind = || {
                seen.iter()
                    .any(|seen| seen.load(Ordering::Relaxed) + LEAD < seq)
            };
            while is_left_behind() {
                if readers.iter().any(ScopedJoinHandle::is_finished) {
                    return; // Its panic is the scope's.
                }
                std::thread::yield_now();
            }
        }
    });
    assert!(
        folds > 20,
        "only {folds} parts were folded beside the readers"
    );
}
