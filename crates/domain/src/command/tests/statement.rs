//! Deadlines and targets are set, moved and corrected.

use super::{Desk, between, day, since};
use crate::{
    change::Thing,
    clause::Subject,
    command::{
        CorrectDeadline, CorrectTarget, EndTarget, MoveDeadline, Refusal, Revalidity, SetDeadline,
        SetTarget,
    },
    deadline::{Deadline, Due},
    id::TaskId,
    target::Target,
    task::Wording,
    vocabulary::{DueKind, DueSource, Firmness},
};

fn desk() -> (Desk, TaskId) {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    let task = desk.a_task(plan);
    (desk, task)
}

fn due(words: &str, date: Option<&str>) -> Due {
    Due {
        wording: Wording::Entered(words.to_owned()),
        kind: DueKind::ByDate,
        date: date.map(|date| date.parse().unwrap()),
        source: DueSource::Record,
    }
}

fn set(desk: &mut Desk, task: TaskId, due: Due) -> SetDeadline {
    SetDeadline {
        id: desk.id(),
        subject: Subject::Task(task),
        due,
        validity: since("2024-01-01"),
    }
}

fn target(desk: &mut Desk, task: TaskId, min: &str, max: &str) -> SetTarget {
    SetTarget {
        id: desk.id(),
        subject: Subject::Task(task),
        words: "建成5个".to_owned(),
        min: min.parse().ok(),
        max: max.parse().ok(),
        unit: Some("个".to_owned()),
        firmness: Firmness::Firm,
        due: None,
        validity: since("2024-01-01"),
    }
}

#[test]
fn a_deadline_is_moved_from_a_day_on_and_what_was_due_stays_known() {
    let (mut desk, task) = desk();
    let first = set(&mut desk, task, due("2024年底前", Some("2024")));
    desk.do_one(first.clone()).unwrap();
    let moved = MoveDeadline {
        deadline: first.id,
        expected: Some(desk.seq()),
        id: desk.id(),
        due: due("2025年6月底前", Some("2025-06")),
        from: day("2024-10-01"),
    };
    let too_early = MoveDeadline {
        from: day("2024-01-01"),
        ..moved.clone()
    };
    assert!(matches!(
        desk.do_one(too_early),
        Err(Refusal::NotThen { .. })
    ));
    desk.do_one(moved.clone()).unwrap();
    let held: Deadline = desk.fact(first.id).unwrap();
    assert_eq!(held.validity, between("2024-01-01", "2024-10-01"));
    let held: Deadline = desk.fact(moved.id).unwrap();
    assert_eq!(held.validity, since("2024-10-01"));
    assert_eq!(held.due, moved.due);
}

#[test]
fn a_deadline_that_was_recorded_wrongly_is_corrected() {
    let (mut desk, task) = desk();
    let first = set(&mut desk, task, due("2024年底前", Some("2042")));
    desk.do_one(first.clone()).unwrap();
    let correct = CorrectDeadline {
        deadline: first.id,
        expected: Some(desk.seq()),
        due: Some(due("2024年底前", Some("2024"))),
        validity: Revalidity::default(),
    };
    assert_eq!(desk.do_one(correct.clone()).unwrap().len(), 1);
    let held: Deadline = desk.fact(first.id).unwrap();
    assert_eq!(Some(held.due), correct.due);
    assert_eq!(held.validity, first.validity);
}

#[test]
fn what_is_due_by_a_date_says_which_and_in_which_words() {
    let (mut desk, task) = desk();
    let undated = set(&mut desk, task, due("年底前", None));
    let thing = Thing::of::<Deadline>(undated.id);
    assert_eq!(desk.do_one(undated.clone()), Err(Refusal::NoDate { thing }));
    let wordless = SetDeadline {
        due: due("", Some("2024")),
        ..undated
    };
    let field = "words";
    assert_eq!(desk.do_one(wordless), Err(Refusal::Blank { thing, field }));
}

#[test]
fn a_deadline_belongs_to_something() {
    let (mut desk, _) = desk();
    let nothing: TaskId = desk.id();
    let set = set(&mut desk, nothing, due("2024年底前", Some("2024")));
    let not_found = Refusal::not_found::<crate::task::Task>(nothing);
    assert_eq!(desk.do_one(set), Err(not_found));
}

#[test]
fn a_target_is_set_corrected_and_ended() {
    let (mut desk, task) = desk();
    let first = target(&mut desk, task, "5", "");
    let second = target(&mut desk, task, "1", "2");
    let (id, second_id) = (first.id, second.id);
    desk.does([first, second]).unwrap();
    assert_eq!(desk.fact::<Target>(second_id).unwrap().position, 1);
    let correct = CorrectTarget {
        target: id,
        expected: Some(desk.seq()),
        words: None,
        min: Some("6".parse().ok()),
        max: None,
        unit: None,
        firmness: None,
        due: Some(Some(due("2024年底前", Some("2024")))),
        validity: Revalidity::default(),
    };
    desk.do_one(correct).unwrap();
    let end = EndTarget {
        target: id,
        expected: Some(desk.seq()),
        on: day("2025-01-01"),
    };
    desk.do_one(end).unwrap();
    let held: Target = desk.fact(id).unwrap();
    assert_eq!(held.min.unwrap().as_str(), "6");
    assert_eq!(held.unit.as_deref(), Some("个"));
    assert_eq!(held.validity, between("2024-01-01", "2025-01-01"));
}

#[test]
fn at_least_is_no_more_than_at_most() {
    let (mut desk, task) = desk();
    let set = target(&mut desk, task, "10", "9.5");
    let thing = Thing::of::<Target>(set.id);
    assert_eq!(desk.do_one(set), Err(Refusal::NoFigure { thing }));
}
