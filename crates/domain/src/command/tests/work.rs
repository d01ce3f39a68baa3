//! Work goes on: statuses, reports, cases, deadlines that are met.

use super::{Desk, between, day, since};
use crate::{
    change::Thing,
    clause::Subject,
    command::{
        AdvanceCase, FulfilDeadline, OpenCase, Refusal, ReportProgress, SetDeadline, SetTaskStatus,
        Withdraw,
    },
    deadline::{Deadline, Due},
    id::{PartyId, TaskId},
    image,
    party::Party,
    progress::{ProgressReport, Reported},
    standing::Standing,
    supervision::{CaseStep, SupervisionCase},
    task::{Task, Wording},
    time::Seq,
    view::{CaseFilter, ReportFilter, Valid, View},
    vocabulary::{CaseStage, DueKind, DueSource, TaskStatus},
};
use std::sync::Arc;

fn desk() -> (Desk, TaskId, PartyId) {
    let mut desk = Desk::new();
    let plan = desk.a_plan();
    let task = desk.a_task(plan);
    let party = desk.a_party();
    (desk, task, party)
}

fn at(desk: &Desk, seq: Seq, on: &str) -> View {
    View::new(Arc::clone(desk.view().register()), seq, day(on))
}

fn status(desk: &Desk, task: TaskId, seq: Seq, on: &str) -> TaskStatus {
    let view = at(desk, seq, on);
    view.task_status(view.find::<image::Task>(task).unwrap())
}

fn set(desk: &mut Desk, task: TaskId, to: TaskStatus, from: &str) -> SetTaskStatus {
    SetTaskStatus {
        id: desk.id(),
        task,
        expected: None,
        status: to,
        from: day(from),
    }
}

#[test]
fn how_far_a_task_had_come_on_a_day_stays_known_on_both_clocks() {
    let (mut desk, task, _) = desk();
    let done = set(&mut desk, task, TaskStatus::Done, "2024-06-01");
    desk.do_one(done).unwrap();
    let early = desk.seq();
    let begun = set(&mut desk, task, TaskStatus::InProgress, "2024-02-01");
    desk.do_one(begun).unwrap();
    let now = desk.seq();
    for (seq, on, expected) in [
        (now, "2024-01-31", TaskStatus::NotStarted),
        (now, "2024-02-01", TaskStatus::InProgress),
        (now, "2024-06-01", TaskStatus::Done),
        (early, "2024-02-01", TaskStatus::NotStarted),
        (early, "2024-06-01", TaskStatus::Done),
    ] {
        assert_eq!(status(&desk, task, seq, on), expected, "{seq} {on}");
    }
    assert_eq!(
        desk.fact::<Task>(task).unwrap().status,
        TaskStatus::NotStarted
    );
}

#[test]
fn a_day_has_one_status_and_saying_it_again_changes_nothing() {
    let (mut desk, task, _) = desk();
    let first = set(&mut desk, task, TaskStatus::Delayed, "2024-02-01");
    desk.do_one(first.clone()).unwrap();
    let again = set(&mut desk, task, TaskStatus::Delayed, "2024-03-01");
    assert_eq!(desk.do_one(again), Ok(vec![]));
    let other = set(&mut desk, task, TaskStatus::InProgress, "2024-02-01");
    desk.do_one(other).unwrap();
    let standing: Standing = desk.fact(first.id).unwrap();
    assert_eq!(standing.status, TaskStatus::InProgress);
    let seen_before = SetTaskStatus {
        expected: Some(Seq(1)),
        ..set(&mut desk, task, TaskStatus::Done, "2024-05-01")
    };
    let refused = desk.do_one(seen_before);
    assert!(
        matches!(refused, Err(Refusal::VersionConflict { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_report_is_about_a_task_or_target_and_shows_from_its_day_on() {
    let (mut desk, task, party) = desk();
    let report = ReportProgress {
        id: desk.id(),
        report: ProgressReport {
            about: Reported::Task(task),
            party,
            period: between("2024-01-01", "2024-04-01"),
            reported: day("2024-04-05"),
            status: None,
            value: None,
            words: String::new(),
            evidence: vec!["https://example.org/1".to_owned()],
        },
    };
    let blank = desk.do_one(report.clone());
    assert!(matches!(blank, Err(Refusal::Blank { .. })), "{blank:?}");
    let mut early = report.clone();
    early.report.reported = day("2023-12-31");
    early.report.status = Some(TaskStatus::InProgress);
    let refused = desk.do_one(early);
    assert!(
        matches!(refused, Err(Refusal::OutOfOrder { .. })),
        "{refused:?}"
    );
    let mut given = report;
    given.report.words = "已完成选址".to_owned();
    desk.do_one(given).unwrap();
    for (on, count) in [("2024-04-04", 0), ("2024-04-05", 1)] {
        let view = at(&desk, desk.seq(), on);
        let filter = ReportFilter {
            task: view.find(task),
            ..ReportFilter::default()
        };
        assert_eq!(view.report_count(&filter), count, "{on}");
    }
    let withdraw = Withdraw {
        what: Thing::of::<Task>(task),
        expected: None,
    };
    let spoken_of = desk.do_one(withdraw);
    assert!(
        matches!(spoken_of, Err(Refusal::SpokenOf { .. })),
        "{spoken_of:?}"
    );
}

#[test]
fn a_case_goes_on_step_by_step_and_shows_those_taken_by_the_day() {
    let (mut desk, task, party) = desk();
    let open = OpenCase {
        id: desk.id(),
        task,
        party,
        number: "督〔2024〕1号".to_owned(),
        subject: "逾期未报".to_owned(),
        due: Some(day("2024-05-01")),
        on: day("2024-03-01"),
        by: None,
        words: None,
    };
    desk.do_one(open.clone()).unwrap();
    let step = |stage, on| AdvanceCase {
        case: open.id,
        expected: None,
        step: CaseStep {
            stage,
            day: day(on),
            party: Some(party),
            words: Some("请答复".to_owned()),
        },
    };
    let thing = Thing::of::<SupervisionCase>(open.id);
    let next = CaseStage::Assigned;
    let left_out = desk.do_one(step(CaseStage::Answered, "2024-03-02"));
    assert_eq!(left_out, Err(Refusal::OtherStage { thing, next }));
    let early = desk.do_one(step(CaseStage::Assigned, "2024-02-29"));
    assert!(
        matches!(early, Err(Refusal::OutOfOrder { .. })),
        "{early:?}"
    );
    for (stage, on) in [
        (CaseStage::Assigned, "2024-03-01"),
        (CaseStage::Answered, "2024-04-01"),
        (CaseStage::Reviewed, "2024-04-02"),
        (CaseStage::Closed, "2024-04-03"),
    ] {
        desk.do_one(step(stage, on)).unwrap();
    }
    let closed = desk.do_one(step(CaseStage::Closed, "2024-05-01"));
    assert_eq!(closed, Err(Refusal::CaseClosed { thing }));
    for (on, stage, steps) in [
        ("2024-02-29", None, 0),
        ("2024-03-31", Some(CaseStage::Assigned), 2),
        ("2024-04-03", Some(CaseStage::Closed), 5),
    ] {
        let view = at(&desk, desk.seq(), on);
        let case = view.find::<image::SupervisionCase>(open.id).unwrap();
        assert_eq!(
            (view.case_stage(case), view.case_steps(case).len()),
            (stage, steps)
        );
        let filter = CaseFilter {
            task: view.find(task),
            stages: stage.into_iter().collect(),
            ..CaseFilter::default()
        };
        assert_eq!(view.case_count(&filter), usize::from(stage.is_some()));
    }
}

#[test]
fn who_took_a_step_in_a_case_is_not_withdrawn() {
    let (mut desk, task, party) = desk();
    let office = desk.a_party();
    let open = OpenCase {
        id: desk.id(),
        task,
        party,
        number: "督〔2024〕2号".to_owned(),
        subject: "逾期未报".to_owned(),
        due: None,
        on: day("2024-03-01"),
        by: Some(office),
        words: None,
    };
    desk.do_one(open.clone()).unwrap();
    let what = Thing::of::<Party>(office);
    let expected = None;
    let refused = desk.do_one(Withdraw { what, expected });
    let by = Thing::of::<SupervisionCase>(open.id);
    assert_eq!(refused, Err(Refusal::SpokenOf { thing: what, by }));
}

#[test]
fn a_deadline_is_met_once_and_shows_it_from_that_day_on() {
    let (mut desk, task, _) = desk();
    let set = SetDeadline {
        id: desk.id(),
        subject: Subject::Task(task),
        due: Due {
            wording: Wording::Entered("2024年".to_owned()),
            kind: DueKind::ByDate,
            date: Some("2024".parse().unwrap()),
            source: DueSource::Record,
        },
        validity: since("2024-01-01"),
    };
    desk.do_one(set.clone()).unwrap();
    let fulfil = |on| FulfilDeadline {
        deadline: set.id,
        expected: None,
        on: day(on),
    };
    desk.do_one(fulfil("2024-06-01")).unwrap();
    assert_eq!(desk.do_one(fulfil("2024-06-01")), Ok(vec![]));
    let met = Refusal::AlreadyMet {
        thing: Thing::of::<Deadline>(set.id),
        day: day("2024-06-01"),
    };
    assert_eq!(desk.do_one(fulfil("2024-07-01")), Err(met));
    for (on, fulfilled) in [
        ("2024-05-31", None),
        ("2024-06-01", Some(day("2024-06-01"))),
    ] {
        let view = at(&desk, desk.seq(), on);
        let task = view.find::<image::Task>(task).unwrap();
        let [deadline] = view.deadlines(image::Subject::Task(task), Valid::OnDay)[..] else {
            panic!("one is set");
        };
        assert_eq!(view.deadline_fulfilled(deadline), fulfilled);
    }
}
