//! How tasks stand, and why.

use super::{
    assignment::Assignment,
    define::{graph_types, graph_values},
    list::{All, all},
    progress::ProgressReport,
    scope::maybe,
    target::Deadline,
    vocabulary::{ConcernKind, Light, TaskStatus},
};
use domain::{
    image::{Subject, TaskRef},
    light, rollup, vocabulary,
};
use std::{iter, sync::Arc};

graph_types! {
    /// Something that speaks against a task on the day that is asked about.
    type Concern(view, concern: light::Concern) {
        /// What it is.
        kind -> ConcernKind = ConcernKind::from(*concern);
        /// The light that a task has by it, if nothing worse speaks against it.
        light -> Light = concern.light().into();
        /// The deadline that is over or comes near: one of the task, or of a heading or the plan above it.
        deadline -> Option<Deadline> = maybe(view, match concern {
            light::Concern::Overdue(deadline)
            | light::Concern::DueSoon(deadline)
            | light::Concern::Unreviewed(deadline) => Some(*deadline),
            _ => None,
        });
        /// The report that says so.
        report -> Option<ProgressReport> = maybe(view, match concern {
            light::Concern::ReportedDelayed(report) => Some(*report),
            _ => None,
        });
        /// The duty whose party has not reported.
        assignment -> Option<Assignment> = maybe(view, concern.missing_report());
    }

    /// How a task stands on the day that is asked about.
    type TaskProgress(view, task: TaskRef) {
        /// How far it has come.
        status -> TaskStatus = view.task_status(*task).into();
        /// 红黄绿灯: the worst of what speaks against it; null where it is not in force, or superseded.
        light -> Option<Light> = view.task_light(*task).map(Light::from);
        /// What speaks against it: deadlines, then what the office and its parties say, then reports that are missing.
        concerns -> All<Concern> = all(view, view.task_concerns(*task).unwrap_or_default());
        /// The deadlines that govern it: its own, or else those of the nearest heading that has any, or else the plan's.
        deadlines -> All<Deadline> = all(view, view.task_governing_deadlines(*task));
        /// The last report on it or on a target of it.
        last_report -> Option<ProgressReport> =
            maybe(view, view.last_report_on(iter::once(Subject::Task(*task))));
        /// The duties whose parties have not reported for the period that was due, one for each party. Asked are those who
        /// lead it, or where nobody does, those who are responsible, by name.
        missing_reports -> All<Assignment> = all(view, view.task_missing_reports(*task));
    }

    /// How far tasks have come on the day that is asked about, rolled up.
    type Progress(_view, progress: Arc<rollup::Progress>) {
        /// How many tasks there are in force.
        tasks -> u32 = progress.tasks;
        /// How many of them are done.
        done -> u32 = progress.with_status(vocabulary::TaskStatus::Done);
        /// How much of what is to be done is done, from 0 to 1: superseded tasks are not to be done. Null where there is
        /// nothing to do.
        share_done -> Option<f64> = progress.share_done();
        /// How many have come how far. A status that none has is left out.
        by_status -> Vec<StatusCount> = status_counts(|status| progress.with_status(status));
        /// How many have which light. A light that none has is left out, and superseded tasks have none.
        by_light -> Vec<LightCount> = light_counts(|light| progress.with_light(light));
        /// How many reports are missing for the period that was due: one for each task and party.
        missing_reports -> u32 = progress.missing_reports;
        /// The last report on any of the tasks, or on a target of them or of their headings.
        last_report -> Option<ProgressReport> = maybe(_view, progress.last_report);
    }
}

graph_values! {
    /// How many tasks have come so far.
    value StatusCount {
        /// How far.
        status: TaskStatus,
        /// How many.
        count: u32,
    }

    /// How many tasks have a light.
    value LightCount {
        /// The light.
        light: Light,
        /// How many.
        count: u32,
    }
}

/// Those that any task has.
pub(super) fn status_counts(count: impl Fn(vocabulary::TaskStatus) -> u32) -> Vec<StatusCount> {
    let counts = vocabulary::TaskStatus::ALL.iter();
    let counts = counts.map(|&status| StatusCount {
        status: status.into(),
        count: count(status),
    });
    counts.filter(|it| it.count > 0).collect()
}

/// Those that any task has.
pub(super) fn light_counts(count: impl Fn(vocabulary::Light) -> u32) -> Vec<LightCount> {
    let counts = vocabulary::Light::ALL.iter();
    let counts = counts.map(|&light| LightCount {
        light: light.into(),
        count: count(light),
    });
    counts.filter(|it| it.count > 0).collect()
}

impl From<light::Concern> for ConcernKind {
    fn from(concern: light::Concern) -> Self {
        match concern {
            light::Concern::Overdue(_) => Self::Overdue,
            light::Concern::DueSoon(_) => Self::DueSoon,
            light::Concern::Unreviewed(_) => Self::Unreviewed,
            light::Concern::Delayed => Self::Delayed,
            light::Concern::Suspended => Self::Suspended,
            light::Concern::ReportedDelayed(_) => Self::ReportedDelayed,
            light::Concern::ReportMissing(_) => Self::ReportMissing,
        }
    }
}
