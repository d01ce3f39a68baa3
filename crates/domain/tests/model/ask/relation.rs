//! What is asked about one thing: what belongs to it, what it lies in, what it is called.

use super::{handle, ids};
use crate::naive::Moment;
use domain::{
    assignment, clause, deadline, document,
    id::{PlaceId, PlanId, SectionId, TaskId},
    image::{self, Subject},
    party, place, plan, progress, supervision, task,
    text::Sha256,
    view::{Valid, View},
};
use std::collections::HashSet;

const VALID: [Valid; 2] = [Valid::OnDay, Valid::Any];

pub(super) fn all(view: &View, moment: &Moment<'_>) {
    documents(view, moment);
    places(view, moment);
    parties(view, moment);
    plans(view, moment);
    sections(view, moment);
    tasks(view, moment);
    clauses(view, moment);
    assignments(view, moment);
    fulfilment(view, moment);
    work(view, moment);
    for code in ["a", "b", "c", "d"] {
        let found = view.plan_find_by_code(code).map(|plan| view.id(plan));
        assert_eq!(found, moment.plan_by_code(code), "plan {code}");
    }
    for code in [
        "120116",
        "120000",
        "120116001000",
        "1201",
        "120116001",
        "110000",
        "9",
    ] {
        let found = view.place_find_by_code(code).map(|place| view.id(place));
        assert_eq!(found, moment.place_by_code(code), "place {code}");
    }
    for name in [
        " 滨海新区",
        "濱海新區",
        "科技局",
        "滨海新区科技局",
        "发展5g",
        "(一)",
        "binhai",
        "市科技局",
    ] {
        let found = ids(view, view.party_find_by_name(name));
        assert_eq!(found, moment.parties_by_name(name), "party {name}");
    }
}

fn documents(view: &View, moment: &Moment<'_>) {
    for id in moment.lists.ids::<document::Document>() {
        let document = handle::<image::Document>(view.register(), id);
        assert_eq!(
            ids(view, view.document_plans(document)),
            moment.document_plans(id)
        );
    }
    for bytes in (0..4).map(|n| Sha256([n; 32])) {
        let found = view
            .document_find_by_bytes(bytes)
            .map(|document| view.id(document));
        assert_eq!(found, moment.document_by_bytes(bytes));
    }
}

fn places(view: &View, moment: &Moment<'_>) {
    let all: Vec<PlaceId> = moment.lists.ids::<place::Place>();
    for &id in &all {
        let place = handle::<image::Place>(view.register(), id);
        assert_eq!(
            ids(view, view.place_children(place)),
            moment.place_children(id)
        );
        assert_eq!(
            ids(view, view.place_parties(place)),
            moment.place_parties(id)
        );
        for &other in &all {
            let within = handle(view.register(), other);
            assert_eq!(
                view.place_lies_in(place, within),
                moment.place_lies_in(id, other)
            );
        }
    }
}

fn parties(view: &View, moment: &Moment<'_>) {
    for id in moment.lists.ids::<party::Party>() {
        let party = handle::<image::Party>(view.register(), id);
        let name = view
            .party_name(party)
            .map(|name| view.text(name).to_owned());
        assert_eq!(name, moment.party_name(id));
        assert_eq!(view.party_is_district(party), moment.party_is_district(id));
        assert_eq!(
            ids(view, view.party_children(party)),
            moment.party_children(id)
        );
        for valid in VALID {
            assert_eq!(
                ids(view, view.party_names(party, valid)),
                moment.party_names(id, valid)
            );
            assert_eq!(
                ids(view, view.party_predecessors(party, valid)),
                moment.party_predecessors(id, valid)
            );
            assert_eq!(
                ids(view, view.party_successors(party, valid)),
                moment.party_successors(id, valid)
            );
        }
        let heirs: HashSet<_> = ids(view, view.party_heirs(party)).into_iter().collect();
        assert_eq!(heirs, moment.party_heirs(id).into_iter().collect());
    }
}

fn assignments(view: &View, moment: &Moment<'_>) {
    for id in moment.lists.ids::<assignment::Assignment>() {
        let assignment = handle::<image::Assignment>(view.register(), id);
        for valid in VALID {
            assert_eq!(
                ids(view, view.assignment_heirs(assignment, valid)),
                moment.assignment_heirs(id, valid)
            );
        }
    }
}

fn work(view: &View, moment: &Moment<'_>) {
    for id in moment.lists.ids::<progress::ProgressReport>() {
        let report = handle::<image::ProgressReport>(view.register(), id);
        let about = moment.lists.thing::<progress::ProgressReport>(id).about;
        let task = view.report_task(report).map(|task| view.id(task));
        assert_eq!(task, moment.report_task(about));
    }
    for id in moment.lists.ids::<supervision::SupervisionCase>() {
        let case = handle::<image::SupervisionCase>(view.register(), id);
        assert_eq!(view.case_stage(case), moment.case_stage(id));
        let steps = view.case_steps(case);
        let taken: Vec<_> = steps.iter().map(|step| (step.stage, step.day)).collect();
        let expected = moment.case_steps(id);
        let expected: Vec<_> = expected.iter().map(|step| (step.stage, step.day)).collect();
        assert_eq!(taken, expected);
    }
}

fn fulfilment(view: &View, moment: &Moment<'_>) {
    for id in moment.lists.ids::<deadline::Deadline>() {
        let deadline = handle::<image::Deadline>(view.register(), id);
        let met = moment.lists.thing::<deadline::Deadline>(id).fulfilled;
        let met_by_then = met.filter(|day| *day <= moment.day);
        assert_eq!(view.deadline_fulfilled(deadline), met_by_then);
    }
}

fn plans(view: &View, moment: &Moment<'_>) {
    for id in moment.lists.ids::<plan::Plan>() {
        let plan = handle::<image::Plan>(view.register(), id);
        assert_eq!(
            ids(view, view.plan_sections(plan)),
            moment.plan_sections(id)
        );
        assert_eq!(
            ids(view, view.section_children(plan, None)),
            moment.section_children(id, None)
        );
        assert_eq!(ids(view, view.plan_parties(plan)), moment.plan_parties(id));
        for valid in VALID {
            assert_eq!(
                ids(view, view.plan_tasks(plan, valid)),
                moment.plan_tasks(id, valid)
            );
        }
        let subjects = view
            .plan_subjects(plan)
            .into_iter()
            .map(|subject| subject_id(view, subject));
        assert_eq!(subjects.collect::<Vec<_>>(), moment.plan_subjects(id));
        statements(view, moment, Subject::Plan(plan));
    }
}

fn sections(view: &View, moment: &Moment<'_>) {
    let all: Vec<SectionId> = moment.lists.ids::<plan::Section>();
    for &id in &all {
        let section = handle::<image::Section>(view.register(), id);
        let plan = view.thing(section).plan;
        let children = view.section_children(plan, Some(section));
        assert_eq!(
            ids(view, children),
            moment.section_children(view.id(plan), Some(id))
        );
        let path = moment.section_path(id);
        assert_eq!(ids(view, view.section_path(section)), path);
        for &other in &all {
            let above = handle(view.register(), other);
            assert_eq!(view.section_lies_in(section, above), path.contains(&other));
        }
        statements(view, moment, Subject::Section(section));
    }
}

fn tasks(view: &View, moment: &Moment<'_>) {
    for id in moment.lists.ids::<task::Task>() {
        let task = handle::<image::Task>(view.register(), id);
        for valid in VALID {
            assert_eq!(
                ids(view, view.task_assignments(task, valid)),
                moment.task_assignments(id, valid)
            );
            assert_eq!(
                ids(view, view.task_standings(task, valid)),
                moment.task_standings(id, valid)
            );
        }
        let path = moment.task_path(id);
        assert_eq!(view.task_path(task), path);
        assert_eq!(view.task_status(task), moment.task_status(id));
        assert_eq!(view.task_is_open(task), moment.task_is_open(id));
        let plan = view.thing(task).plan;
        found_by_path(view, moment, view.id(plan), &path);
        found_by_path(view, moment, view.id(plan), &path[1..]);
        for section in moment.lists.ids::<plan::Section>() {
            let within = handle(view.register(), section);
            assert_eq!(
                view.task_lies_in(task, within),
                moment.task_lies_in(id, section)
            );
        }
        statements(view, moment, Subject::Task(task));
    }
}

fn found_by_path(view: &View, moment: &Moment<'_>, plan: PlanId, path: &[String]) {
    let found = view.task_find_by_path(handle(view.register(), plan), path);
    let found: Option<TaskId> = found.map(|task| view.id(task));
    assert_eq!(found, moment.task_by_path(plan, path), "{path:?}");
}

fn subject_id(view: &View, subject: Subject) -> clause::Subject {
    match subject {
        Subject::Plan(plan) => clause::Subject::Plan(view.id(plan)),
        Subject::Section(section) => clause::Subject::Section(view.id(section)),
        Subject::Task(task) => clause::Subject::Task(view.id(task)),
    }
}

fn statements(view: &View, moment: &Moment<'_>, subject: Subject) {
    let id = subject_id(view, subject);
    assert_eq!(
        ids(view, view.clauses(subject)),
        moment.clauses(id),
        "{id:?}"
    );
    assert_eq!(view.id(view.subject_plan(subject)), moment.subject_plan(id));
    for valid in VALID {
        assert_eq!(
            ids(view, view.targets(subject, valid)),
            moment.targets(id, valid),
            "{id:?}"
        );
        assert_eq!(
            ids(view, view.deadlines(subject, valid)),
            moment.deadlines(id, valid),
            "{id:?}"
        );
    }
}

fn clauses(view: &View, moment: &Moment<'_>) {
    for id in moment.lists.ids::<clause::Clause>() {
        let clause = handle::<image::Clause>(view.register(), id);
        for valid in VALID {
            assert_eq!(
                ids(view, view.clause_assignments(clause, valid)),
                moment.clause_assignments(id, valid)
            );
        }
    }
}
