//! Plans are entered by hand, and superseded.

use super::{Desk, between, day, since};
use crate::{
    change::Thing,
    clause::Subject,
    command::{
        Assign, Command, CorrectPlan, CorrectSection, CorrectTask, CreatePlan, CreateSection,
        CreateTask, Refusal, Revalidity, SetDeadline, SupersedePlan, Withdraw,
    },
    deadline::{Deadline, Due},
    id::{PlanId, SectionId, TaskId},
    image,
    plan::{Plan, Section},
    task::{Body, Task, Wording},
    text::Sha256,
    time::{Day, Validity},
    view::View,
    vocabulary::{DueKind, DueSource, Role, TaskStatus},
};

fn plan(desk: &mut Desk, code: &str) -> CreatePlan {
    CreatePlan {
        id: desk.id(),
        code: code.to_owned(),
        title: "智慧城市".to_owned(),
        document: None,
        owner: None,
        year: Some(2024),
        validity: since("2024-01-01"),
    }
}

fn section(desk: &mut Desk, plan: PlanId, parent: Option<SectionId>) -> CreateSection {
    CreateSection {
        id: desk.id(),
        plan,
        parent,
        label: "（一）".to_owned(),
        title: "总体要求".to_owned(),
        position: None,
    }
}

fn task(desk: &mut Desk, plan: PlanId, section: Option<SectionId>) -> CreateTask {
    CreateTask {
        id: desk.id(),
        plan,
        section,
        label: "1".to_owned(),
        title: "建设".to_owned(),
        body: Some("建设五个".to_owned()),
        position: None,
        validity: since("2024-01-01"),
    }
}

/// A register with a plan, a section and a task in it.
fn desk() -> (Desk, PlanId, SectionId, TaskId) {
    let mut desk = Desk::new();
    let plan = plan(&mut desk, "a");
    let section = section(&mut desk, plan.id, None);
    let task = task(&mut desk, plan.id, Some(section.id));
    let ids = (plan.id, section.id, task.id);
    let commands: [Command; 3] = [plan.into(), section.into(), task.into()];
    desk.does(commands).unwrap();
    (desk, ids.0, ids.1, ids.2)
}

#[test]
fn a_plan_is_entered_with_its_tasks_in_one_changeset() {
    let (mut desk, plan, section_id, task_id) = desk();
    let held: Task = desk.fact(task_id).unwrap();
    assert_eq!((held.section, held.position), (Some(section_id), 0));
    let text = "建设五个".as_bytes();
    assert_eq!(held.body, Some(Body::Own(Sha256::of(text))));
    let next = task(&mut desk, plan, None);
    let id = next.id;
    assert_eq!(Command::from(next.clone()).text(), Some("建设五个"));
    desk.do_one(next).unwrap();
    assert_eq!(desk.fact::<Task>(id).unwrap().position, 1);
}

#[test]
fn no_two_plans_have_one_code() {
    let (mut desk, held, ..) = desk();
    let second = plan(&mut desk, "a");
    let taken = Refusal::PlanCodeTaken {
        plan: held,
        code: "a".to_owned(),
    };
    assert_eq!(desk.do_one(second.clone()), Err(taken.clone()));
    let (id, other) = (
        second.id,
        CreatePlan {
            code: "b".to_owned(),
            ..second
        },
    );
    desk.do_one(other).unwrap();
    let correct = CorrectPlan {
        plan: id,
        expected: Some(desk.seq()),
        code: Some("a".to_owned()),
        title: None,
        owner: None,
        year: Some(None),
        validity: Revalidity::default(),
    };
    assert_eq!(desk.do_one(correct.clone()), Err(taken));
    let code = Some("c".to_owned());
    desk.do_one(CorrectPlan { code, ..correct }).unwrap();
    let corrected: Plan = desk.fact(id).unwrap();
    assert_eq!((corrected.code.as_str(), corrected.year), ("c", None));
}

#[test]
fn headings_and_tasks_stand_in_their_own_plan() {
    let (mut desk, _, foreign, _) = desk();
    let other = plan(&mut desk, "b");
    let other_id = other.id;
    desk.do_one(other).unwrap();
    let astray = section(&mut desk, other_id, Some(foreign));
    let refusal = |thing| Refusal::OtherPlan {
        thing,
        section: Thing::of::<Section>(foreign),
    };
    let thing = Thing::of::<Section>(astray.id);
    assert_eq!(desk.do_one(astray), Err(refusal(thing)));
    let astray = task(&mut desk, other_id, Some(foreign));
    let thing = Thing::of::<Task>(astray.id);
    assert_eq!(desk.do_one(astray), Err(refusal(thing)));
}

#[test]
fn no_heading_stands_under_itself() {
    let (mut desk, plan, above, _) = desk();
    let below = section(&mut desk, plan, Some(above));
    let below_id = below.id;
    desk.do_one(below).unwrap();
    let correct = CorrectSection {
        section: above,
        expected: None,
        parent: Some(Some(below_id)),
        label: None,
        title: None,
        position: None,
    };
    let thing = Thing::of::<Section>(above);
    assert_eq!(desk.do_one(correct.clone()), Err(Refusal::Cycle { thing }));
    let retitled = CorrectSection {
        parent: None,
        title: Some("主要目标".to_owned()),
        ..correct
    };
    desk.do_one(retitled).unwrap();
    assert_eq!(desk.fact::<Section>(above).unwrap().title, "主要目标");
}

#[test]
fn a_task_is_corrected_and_what_is_not_said_stays() {
    let (mut desk, _, section, id) = desk();
    let correct = CorrectTask {
        task: id,
        expected: Some(desk.seq()),
        section: None,
        label: Some("2".to_owned()),
        title: None,
        body: Some(None),
        position: None,
        validity: Revalidity {
            from: Some(day("2024-02-01")),
            to: None,
        },
    };
    desk.do_one(correct.clone()).unwrap();
    let task: Task = desk.fact(id).unwrap();
    assert_eq!((task.label.as_str(), task.title.as_str()), ("2", "建设"));
    assert_eq!((task.section, task.body), (Some(section), None));
    assert_eq!(task.validity, since("2024-02-01"));
    let untitled = CorrectTask {
        expected: None,
        title: Some(String::new()),
        ..correct
    };
    let thing = Thing::of::<Task>(id);
    let blank = Refusal::Blank {
        thing,
        field: "title",
    };
    assert_eq!(desk.do_one(untitled), Err(blank));
}

#[test]
fn what_a_superseded_plan_asked_for_ends_on_the_day_and_the_past_stays() {
    let (mut desk, older, _, task) = desk();
    let newer = plan(&mut desk, "b");
    let newer_id = newer.id;
    let party = desk.a_party();
    let begun = Assign {
        id: desk.id(),
        task,
        party,
        role: Role::Lead,
        validity: since("2024-01-01"),
    };
    let not_begun = Assign {
        id: desk.id(),
        role: Role::Support,
        validity: since("2026-01-01"),
        ..begun.clone()
    };
    let over = Assign {
        id: desk.id(),
        role: Role::Supervise,
        validity: between("2024-01-01", "2024-06-01"),
        ..begun.clone()
    };
    let deadline = SetDeadline {
        id: desk.id(),
        subject: Subject::Plan(older),
        due: Due {
            wording: Wording::Entered("2025年底前".to_owned()),
            kind: DueKind::ByDate,
            date: Some("2025".parse().unwrap()),
            source: DueSource::Record,
        },
        validity: Validity::ALWAYS,
    };
    let deadline_id = deadline.id;
    let commands: [Command; 5] = [
        newer.into(),
        begun.clone().into(),
        not_begun.into(),
        over.into(),
        deadline.into(),
    ];
    desk.does(commands).unwrap();

    let supersede = SupersedePlan {
        plan: older,
        expected: None,
        by: newer_id,
        on: day("2025-01-01"),
    };
    let by_itself = SupersedePlan {
        by: older,
        ..supersede.clone()
    };
    let thing = Thing::of::<Plan>(older);
    assert_eq!(desk.do_one(by_itself), Err(Refusal::Cycle { thing }));

    let changes = desk.do_one(supersede).unwrap();
    assert_eq!(
        changes.len(),
        6,
        "plan, task, its status, two assignments, deadline"
    );
    assert_eq!(desk.assigned(task, "2024-12-31"), [(party, Role::Lead)]);
    assert_eq!(desk.assigned(task, "2025-01-01"), []);
    assert_eq!(desk.assigned(task, "2026-01-01"), []);
    let until = between("2024-01-01", "2025-01-01");
    assert_eq!(desk.fact::<Plan>(older).unwrap().validity, until);
    let held: Task = desk.fact(task).unwrap();
    assert_eq!(held.validity, until);
    let register = std::sync::Arc::clone(desk.view().register());
    for (on, status) in [
        ("2024-12-31", TaskStatus::NotStarted),
        ("2025-01-01", TaskStatus::Superseded),
    ] {
        let view = View::new(std::sync::Arc::clone(&register), desk.seq(), day(on));
        let task = view.find::<image::Task>(task).unwrap();
        assert_eq!(view.task_status(task), status, "{on}");
    }
    let deadline: Deadline = desk.fact(deadline_id).unwrap();
    assert_eq!(deadline.validity.to, day("2025-01-01"));
}

#[test]
fn a_superseded_plan_says_what_takes_its_place() {
    let mut desk = Desk::new();
    let (older, newer_id) = (desk.a_plan(), desk.a_plan());
    let supersede = SupersedePlan {
        plan: older,
        expected: None,
        by: newer_id,
        on: day("2025-01-01"),
    };
    desk.do_one(supersede).unwrap();
    let view = desk.view();
    let find = |plan| view.find::<image::Plan>(plan).unwrap();
    let (found, newer) = (find(older), find(newer_id));
    assert_eq!(view.thing(found).superseded_by, Some(newer));
    assert_eq!(view.plan_supersedes(newer), [found]);
    let back = SupersedePlan {
        plan: newer_id,
        expected: None,
        by: older,
        on: day("2026-01-01"),
    };
    let thing = Thing::of::<Plan>(newer_id);
    assert_eq!(desk.do_one(back), Err(Refusal::Cycle { thing }));
    let what = thing;
    let expected = None;
    let by = Thing::of::<Plan>(older);
    let refused = desk.do_one(Withdraw { what, expected });
    assert_eq!(refused, Err(Refusal::SpokenOf { thing, by }));

    // Who corrects that it has an end corrects that it was superseded.
    let correct = CorrectPlan {
        plan: older,
        expected: None,
        code: None,
        title: None,
        owner: None,
        year: None,
        validity: Revalidity {
            from: None,
            to: Some(Day::FOREVER),
        },
    };
    desk.do_one(correct).unwrap();
    assert_eq!(desk.fact::<Plan>(older).unwrap().superseded_by, None);
}

#[test]
fn what_takes_a_plans_place_may_be_entered_behind_it() {
    let mut desk = Desk::new();
    let older = desk.a_plan();
    let newer = plan(&mut desk, "b");
    let supersede = SupersedePlan {
        plan: older,
        expected: None,
        by: newer.id,
        on: day("2025-01-01"),
    };
    let thing = Thing::of::<Plan>(newer.id);
    assert_eq!(
        desk.do_one(supersede.clone()),
        Err(Refusal::NotFound { thing })
    );
    let by = newer.id;
    desk.does([Command::from(supersede), newer.into()]).unwrap();
    assert_eq!(desk.fact::<Plan>(older).unwrap().superseded_by, Some(by));
}

#[test]
fn a_plan_is_withdrawn_only_when_it_is_empty() {
    let (mut desk, plan, section, task) = desk();
    let withdraw = |what| Withdraw {
        what,
        expected: None,
    };
    let things = [
        Thing::of::<Plan>(plan),
        Thing::of::<Section>(section),
        Thing::of::<Task>(task),
    ];
    let spoken_of = |thing, by| Err(Refusal::SpokenOf { thing, by });
    let [plan, section, task] = things;
    assert_eq!(desk.do_one(withdraw(plan)), spoken_of(plan, section));
    assert_eq!(desk.do_one(withdraw(section)), spoken_of(section, task));
    desk.does(things.map(withdraw)).unwrap();
}
