//! How tasks and deadlines stand, and what rolls up from them.

use super::{handle, ids};
use crate::naive::{Moment, Rolled, Worry};
use domain::{
    deadline, image,
    light::Concern,
    plan,
    rollup::Progress,
    task,
    view::View,
    vocabulary::{Light, TaskStatus},
};

pub(super) fn all(view: &View, moment: &Moment<'_>) {
    let register = view.register();
    for id in moment.lists.ids::<deadline::Deadline>() {
        let deadline = handle::<image::Deadline>(register, id);
        assert_eq!(
            view.deadline_last_day(deadline),
            moment.deadline_last_day(id)
        );
        assert_eq!(view.deadline_light(deadline), moment.deadline_light(id));
    }
    for id in moment.lists.ids::<task::Task>() {
        let task = handle::<image::Task>(register, id);
        assert_eq!(
            ids(view, view.task_governing_deadlines(task)),
            moment.governing_deadlines(id)
        );
        let concerns = view.task_concerns(task);
        let concerns = concerns.map(|them| {
            let them = them.into_iter();
            them.map(|concern| worry(view, concern)).collect::<Vec<_>>()
        });
        assert_eq!(concerns, moment.worries(id));
        assert_eq!(view.task_light(task), moment.task_light(id));
        assert_eq!(ids(view, view.task_reporters(task)), moment.reporters(id));
        assert_eq!(
            ids(view, view.task_missing_reports(task)),
            moment.missing_reports(id)
        );
    }
    let register_rule = view.register_rule().map(|rule| view.id(rule));
    assert_eq!(register_rule, moment.rule(None));
    for id in moment.lists.ids::<plan::Plan>() {
        let plan = handle::<image::Plan>(register, id);
        let rule = view.plan_rule(plan).map(|rule| view.id(rule));
        assert_eq!(rule, moment.plan_rule(id));
        assert_eq!(
            rolled(view, &view.plan_progress(plan)),
            moment.plan_progress(id)
        );
    }
    for id in moment.lists.ids::<plan::Section>() {
        let section = handle::<image::Section>(register, id);
        let plan = view.id(view.thing(section).plan);
        assert_eq!(
            rolled(view, &view.section_progress(section)),
            moment.section_progress(plan, id)
        );
    }
}

fn worry(view: &View, concern: Concern) -> Worry {
    match concern {
        Concern::Overdue(deadline) => Worry::Overdue(view.id(deadline)),
        Concern::DueSoon(deadline) => Worry::DueSoon(view.id(deadline)),
        Concern::Unreviewed(deadline) => Worry::Unreviewed(view.id(deadline)),
        Concern::Delayed => Worry::Delayed,
        Concern::Suspended => Worry::Suspended,
        Concern::ReportedDelayed(report) => Worry::ReportedDelayed(view.id(report)),
        Concern::ReportMissing(assignment) => Worry::ReportMissing(view.id(assignment)),
    }
}

fn rolled(view: &View, progress: &Progress) -> Rolled {
    let statuses = TaskStatus::ALL.iter();
    let statuses = statuses.map(|status| progress.with_status(*status) as usize);
    let lights = Light::ALL.iter();
    let lights = lights.map(|light| progress.with_light(*light) as usize);
    (
        progress.tasks as usize,
        statuses.collect(),
        lights.collect(),
        progress.missing_reports as usize,
        progress.last_report.map(|report| view.id(report)),
    )
}
