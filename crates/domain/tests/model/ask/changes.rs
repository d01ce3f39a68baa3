//! When the register changed what it knows of a thing.

use super::handle;
use crate::naive::Moment;
use domain::{
    change::{Change, Edit, Fact},
    clause::Subject,
    id::{PlanId, TaskId},
    image,
    party::Party,
    plan::Plan,
    progress::Reported,
    target::Target,
    task::Task,
    view::View,
};
use uuid::Uuid;

pub(super) fn all(view: &View, moment: &Moment<'_>) {
    let register = view.register();
    for id in moment.lists.ids::<Party>() {
        let about = moment.changes(|change| match change {
            Change::Party(edit) => edit.id == id,
            Change::PartyName(edit) => said(edit).party == id,
            Change::Assignment(edit) => said(edit).party == id,
            Change::ProgressReport(edit) => said(edit).party == id,
            Change::SupervisionCase(edit) => sides(edit).any(|case| case.party == id),
            Change::Reorganization(edit) => {
                sides(edit).any(|it| it.from.contains(&id) || it.to.contains(&id))
            }
            _ => false,
        });
        let party = handle::<image::Party>(register, id);
        assert_eq!(view.party_changes(party), about);
        let itself = moment.changes(|change| change.id() == Uuid::from(id));
        assert_eq!(view.fact_changes(party), itself);
    }
    for id in moment.lists.ids::<Task>() {
        let about = moment.changes(|change| is_about_task(change, id, moment));
        let task = handle::<image::Task>(register, id);
        assert_eq!(view.task_changes(task), about);
    }
    for id in moment.lists.ids::<Plan>() {
        let about = moment.changes(|change| is_about_plan(change, id, moment));
        let plan = handle::<image::Plan>(register, id);
        assert_eq!(view.plan_changes(plan), about);
    }
}

fn sides<F: Fact>(edit: &Edit<F>) -> impl Iterator<Item = &F> {
    edit.before.iter().chain(&edit.after)
}

/// What an edit is of: the fact after it, or before.
fn said<F: Fact>(edit: &Edit<F>) -> &F {
    let side = edit.after.as_ref().or(edit.before.as_ref());
    side.expect("an edit has a side")
}

fn subject(change: &Change, moment: &Moment<'_>) -> Option<Subject> {
    match change {
        Change::Standing(edit) => Some(Subject::Task(said(edit).task)),
        Change::SupervisionCase(edit) => Some(Subject::Task(said(edit).task)),
        Change::ProgressReport(edit) => Some(match said(edit).about {
            Reported::Task(task) => Subject::Task(task),
            Reported::Target(target) => moment.lists.thing::<Target>(target).subject,
        }),
        Change::Clause(edit) => Some(said(edit).subject),
        Change::Target(edit) => Some(said(edit).subject),
        Change::Deadline(edit) => Some(said(edit).subject),
        _ => None,
    }
}

fn is_about_task(change: &Change, task: TaskId, moment: &Moment<'_>) -> bool {
    match change {
        Change::Task(edit) => edit.id == task,
        Change::Assignment(edit) => said(edit).task == task,
        _ => subject(change, moment) == Some(Subject::Task(task)),
    }
}

fn is_about_plan(change: &Change, plan: PlanId, moment: &Moment<'_>) -> bool {
    match change {
        Change::Plan(edit) => edit.id == plan,
        Change::Section(edit) => said(edit).plan == plan,
        Change::ProgressRule(edit) => said(edit).plan == Some(plan),
        Change::Task(edit) => said(edit).plan == plan,
        Change::Assignment(edit) => moment.lists.thing::<Task>(said(edit).task).plan == plan,
        _ => match subject(change, moment) {
            Some(Subject::Plan(of)) => of == plan,
            Some(Subject::Section(section)) => {
                moment.lists.thing::<domain::plan::Section>(section).plan == plan
            }
            Some(Subject::Task(task)) => moment.lists.thing::<Task>(task).plan == plan,
            None => false,
        },
    }
}
