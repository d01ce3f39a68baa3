//! 红黄绿灯: how tasks and deadlines stand on the view's day.
//!
//! A light is computed from what the view shows, never stored. What speaks against a task are its [`Concern`]s, and its
//! light is the worst of theirs. `docs/lights.md` has the rules as tables.

use crate::{
    image::{
        AssignmentRef, Deadline, DeadlineRef, PlanRef, ProgressReportRef, SectionRef, Subject,
        TaskRef,
    },
    progress_rule::Terms,
    time::Day,
    view::{Valid, View},
    vocabulary::{DueKind, Light, TaskStatus},
};
use std::iter;

/// Something that speaks against a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// 已逾期: a deadline that governs it is over, and it was not met.
    Overdue(DeadlineRef),
    /// 临期: a deadline that governs it comes near.
    DueSoon(DeadlineRef),
    /// A deadline that governs it is over while what was handed in waits for review.
    Unreviewed(DeadlineRef),
    /// 滞后: the office says that it lags behind.
    Delayed,
    /// 暂缓: it is suspended.
    Suspended,
    /// The last report says that it lags behind, and the office has not said anything since.
    ReportedDelayed(ProgressReportRef),
    /// 应报未报: the party that has this duty has not reported for the period that was due.
    ReportMissing(AssignmentRef),
}

impl Concern {
    /// The light of what this speaks against, if nothing worse does.
    pub fn light(self) -> Light {
        match self {
            Self::Overdue(_) => Light::Red,
            Self::DueSoon(_)
            | Self::Unreviewed(_)
            | Self::Delayed
            | Self::Suspended
            | Self::ReportedDelayed(_)
            | Self::ReportMissing(_) => Light::Amber,
        }
    }

    /// The duty whose party has not reported, if that is what it is.
    pub fn missing_report(self) -> Option<AssignmentRef> {
        match self {
            Self::ReportMissing(duty) => Some(duty),
            _ => None,
        }
    }
}

/// The light of what these speak against.
pub fn light(concerns: &[Concern]) -> Light {
    let lights = concerns.iter().map(|concern| concern.light());
    lights.max().unwrap_or(Light::Green)
}

impl TaskStatus {
    /// Whether work on a task goes on, so that its parties are asked how it does.
    pub fn is_underway(self) -> bool {
        matches!(self, Self::NotStarted | Self::InProgress | Self::Delayed)
    }
}

impl View {
    /// The light of a task on the view's day; nothing where it is not in force, or superseded.
    pub fn task_light(&self, task: TaskRef) -> Option<Light> {
        Some(light(&self.task_concerns(task)?))
    }

    /// What speaks against a task on the view's day; nothing at all where it is not in force, or superseded.
    pub fn task_concerns(&self, task: TaskRef) -> Option<Vec<Concern>> {
        let image = self.get(task)?;
        if !image.validity.contains(self.valid_on()) {
            return None;
        }
        let status = self.task_status(task);
        match status {
            TaskStatus::Superseded => return None,
            TaskStatus::Done => return Some(vec![]),
            TaskStatus::Suspended => return Some(vec![Concern::Suspended]),
            TaskStatus::NotStarted
            | TaskStatus::InProgress
            | TaskStatus::Delayed
            | TaskStatus::AwaitingReview => {}
        }
        let terms = self.plan_terms(image.plan);
        let governing = self.task_governing_deadlines(task).into_iter();
        let mut concerns: Vec<_> = governing
            .filter_map(|deadline| self.due_concern(deadline, status, &terms))
            .collect();
        if status == TaskStatus::Delayed {
            concerns.push(Concern::Delayed);
        }
        if status.is_underway() {
            let reported = self.task_delay_reported(task);
            concerns.extend(reported.map(Concern::ReportedDelayed));
            let missing = self.task_reports_missing_by(task, &terms).into_iter();
            concerns.extend(missing.map(Concern::ReportMissing));
        }
        Some(concerns)
    }

    /// The deadlines that govern a task on the view's day: its own, or else those of the nearest heading that has any, or
    /// else those of the plan.
    pub fn task_governing_deadlines(&self, task: TaskRef) -> Vec<DeadlineRef> {
        let image = self.thing(task);
        let above = |section: &SectionRef| self.thing(*section).parent;
        let sections = iter::successors(image.section, above).map(Subject::Section);
        let subjects = iter::once(Subject::Task(task))
            .chain(sections)
            .chain([Subject::Plan(image.plan)]);
        let mut governing = subjects.map(|subject| self.deadlines(subject, Valid::OnDay));
        governing
            .find(|deadlines| !deadlines.is_empty())
            .unwrap_or_default()
    }

    /// The light of a deadline on the view's day; nothing where it does not count, or nothing is to be done by it.
    pub fn deadline_light(&self, deadline: DeadlineRef) -> Option<Light> {
        let image = self.get(deadline)?;
        if !image.validity.contains(self.valid_on()) {
            return None;
        }
        let (plan, status) = match image.subject {
            Subject::Task(task) => {
                let of = self.get(task)?;
                let in_force = of.validity.contains(self.valid_on());
                (of.plan, in_force.then(|| self.task_status(task))?)
            }
            Subject::Section(section) => {
                let plan = self.thing(section).plan;
                (plan, self.common_status(plan, Some(section)))
            }
            Subject::Plan(plan) => (plan, self.common_status(plan, None)),
        };
        match status {
            TaskStatus::Superseded => return None,
            TaskStatus::Done => return Some(Light::Green),
            _ if self.deadline_fulfilled(deadline).is_some() => return Some(Light::Green),
            TaskStatus::Suspended => return Some(Light::Amber),
            _ => {}
        }
        if let (DueKind::Recurring, None, Subject::Task(task)) =
            (image.due.kind, image.due.date, image.subject)
            && status.is_underway()
            && !self.task_missing_reports(task).is_empty()
        {
            return Some(Light::Amber);
        }
        let concern = self.due_concern(deadline, status, &self.plan_terms(plan));
        Some(concern.map_or(Light::Green, Concern::light))
    }

    /// The last day on which a deadline is still met in time, where its words tell one: of a year or month its last, of a
    /// whole year (全年) without a date that of the plan's year, and of what is to be done at once (立即) the day so many days
    /// after it began to count as lights are amber before a last day.
    pub fn deadline_last_day(&self, deadline: DeadlineRef) -> Option<Day> {
        let image = self.thing(deadline);
        match image.due.date {
            Some(date) => Some(date.last_day()),
            None => {
                self.undated_last_day(&image, || self.plan_terms(self.subject_plan(image.subject)))
            }
        }
    }

    fn undated_last_day(&self, image: &Deadline, terms: impl FnOnce() -> Terms) -> Option<Day> {
        match image.due.kind {
            DueKind::WholeYear => {
                let plan: PlanRef = self.subject_plan(image.subject);
                let year = self.thing(plan).year?;
                Some(crate::deadline::DueDate::Year(year).last_day())
            }
            DueKind::Immediate => {
                let from = image.validity.from;
                let days = i32::from(terms().amber_days);
                from.is_calendar_day()
                    .then(|| Day::from_number(from.number() + days))
            }
            DueKind::ByDate | DueKind::Within | DueKind::Recurring | DueKind::Ongoing => None,
        }
    }

    /// What a deadline says against a task or tasks that have come so far.
    fn due_concern(
        &self,
        deadline: DeadlineRef,
        status: TaskStatus,
        terms: &Terms,
    ) -> Option<Concern> {
        if self.deadline_fulfilled(deadline).is_some() {
            return None;
        }
        let image = self.thing(deadline);
        let last = match image.due.date {
            Some(date) => date.last_day(),
            None => self.undated_last_day(&image, || *terms)?,
        };
        let left = i64::from(last.number()) - i64::from(self.valid_on().number());
        let is_handed_in = status == TaskStatus::AwaitingReview;
        match left {
            ..0 if is_handed_in => Some(Concern::Unreviewed(deadline)),
            ..0 => Some(Concern::Overdue(deadline)),
            _ if left <= terms.amber_days.into() && !is_handed_in => {
                Some(Concern::DueSoon(deadline))
            }
            _ => None,
        }
    }

    /// How far the tasks in force beneath a heading, or of a plan, have come where all have come as far; superseded ones
    /// do not count.
    fn common_status(&self, plan: PlanRef, section: Option<SectionRef>) -> TaskStatus {
        let tasks = self.plan_tasks(plan, Valid::OnDay).into_iter();
        let beneath =
            tasks.filter(|&task| section.is_none_or(|section| self.task_lies_in(task, section)));
        let mut statuses = beneath
            .map(|task| self.task_status(task))
            .filter(|status| *status != TaskStatus::Superseded);
        let first = statuses.next().unwrap_or(TaskStatus::InProgress);
        if statuses.all(|status| status == first) {
            first
        } else {
            TaskStatus::InProgress
        }
    }
}

#[cfg(test)]
mod tests;
