//! Lights, what speaks against tasks, missing reports, and what rolls up from them.

use super::{Moment, sorted};
use domain::{
    assignment::Assignment,
    calendar::Period,
    clause::Subject,
    deadline::{Deadline, DueDate},
    id::{
        AssignmentId, DeadlineId, PartyId, PlanId, ProgressReportId, ProgressRuleId, SectionId,
        TaskId,
    },
    plan::Plan,
    progress::{ProgressReport, Reported},
    progress_rule::ProgressRule,
    standing::Standing,
    target::Target,
    task::Task,
    time::Day,
    view::Valid,
    vocabulary::{DueKind, Light, Reference, Role, TaskStatus},
};

/// What speaks against a task, by ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Worry {
    Overdue(DeadlineId),
    DueSoon(DeadlineId),
    Unreviewed(DeadlineId),
    Delayed,
    Suspended,
    ReportedDelayed(ProgressReportId),
    ReportMissing(AssignmentId),
}

/// Tasks, by status, by light, missing reports, the last report.
pub(crate) type Rolled = (
    usize,
    Vec<usize>,
    Vec<usize>,
    usize,
    Option<ProgressReportId>,
);

impl Moment<'_> {
    /// The plan's own rule before the register's; of several the one that began last.
    pub(crate) fn plan_rule(&self, plan: PlanId) -> Option<ProgressRuleId> {
        self.rule(Some(plan)).or_else(|| self.rule(None))
    }

    pub(crate) fn rule(&self, plan: Option<PlanId>) -> Option<ProgressRuleId> {
        let rules = self.lists.known::<ProgressRule>();
        let holding =
            rules.filter(|(_, it)| it.plan == plan && self.lists(it.validity, Valid::OnDay));
        sorted(holding.map(|(id, _)| id), |id| {
            self.lists.thing::<ProgressRule>(id).validity.from
        })
        .pop()
    }

    fn amber_days(&self, plan: PlanId) -> i32 {
        let rule = self.plan_rule(plan);
        rule.map_or(30, |rule| {
            self.lists.thing::<ProgressRule>(rule).amber_days.into()
        })
    }

    fn due_day(&self, deadline: &Deadline) -> Option<Day> {
        let plan = self.subject_plan(deadline.subject);
        match (deadline.due.date, deadline.due.kind) {
            (Some(date), _) => Some(date.last_day()),
            (None, DueKind::WholeYear) => {
                let year = self.lists.thing::<Plan>(plan).year?;
                Some(DueDate::Year(year).last_day())
            }
            (None, DueKind::Immediate) if deadline.validity.from != Day::BEGINNING => Some(
                Day::from_number(deadline.validity.from.number() + self.amber_days(plan)),
            ),
            _ => None,
        }
    }

    pub(crate) fn deadline_last_day(&self, deadline: DeadlineId) -> Option<Day> {
        self.due_day(self.lists.thing::<Deadline>(deadline))
    }

    fn is_met(&self, deadline: &Deadline) -> bool {
        deadline.fulfilled.is_some_and(|day| day <= self.day)
    }

    /// The column of the table in `docs/lights.md` for work that goes on.
    fn due_light(&self, deadline: &Deadline, handed_in: bool) -> Light {
        let plan = self.subject_plan(deadline.subject);
        match self.due_day(deadline) {
            Some(_) if self.is_met(deadline) => Light::Green,
            Some(last) if last < self.day && handed_in => Light::Amber,
            Some(last) if last < self.day => Light::Red,
            Some(last)
                if !handed_in && last.number() - self.amber_days(plan) <= self.day.number() =>
            {
                Light::Amber
            }
            _ => Light::Green,
        }
    }

    /// Known, valid, and not superseded.
    fn is_watched(&self, task: TaskId) -> bool {
        let known = self.lists.get::<Task>(task);
        known.is_some_and(|it| self.lists(it.validity, Valid::OnDay))
            && self.task_status(task) != TaskStatus::Superseded
    }

    pub(crate) fn deadline_light(&self, id: DeadlineId) -> Option<Light> {
        let deadline = self.lists.get::<Deadline>(id)?;
        if !self.lists(deadline.validity, Valid::OnDay) {
            return None;
        }
        let tasks = match deadline.subject {
            Subject::Task(task) => vec![task],
            Subject::Section(section) => {
                let plan = self.subject_plan(deadline.subject);
                let mut tasks = self.plan_tasks(plan, Valid::OnDay);
                tasks.retain(|task| self.task_lies_in(*task, section));
                tasks
            }
            Subject::Plan(plan) => self.plan_tasks(plan, Valid::OnDay),
        };
        let watched: Vec<_> = tasks
            .into_iter()
            .filter(|task| self.is_watched(*task))
            .collect();
        let all_are = |status| {
            !watched.is_empty() && watched.iter().all(|task| self.task_status(*task) == status)
        };
        if watched.is_empty() && matches!(deadline.subject, Subject::Task(_)) {
            return None;
        }
        if self.is_met(deadline) || all_are(TaskStatus::Done) {
            return Some(Light::Green);
        }
        if all_are(TaskStatus::Suspended) {
            return Some(Light::Amber);
        }
        if let Subject::Task(task) = deadline.subject
            && deadline.due.kind == DueKind::Recurring
            && deadline.due.date.is_none()
            && !self.missing_reports(task).is_empty()
        {
            return Some(Light::Amber);
        }
        Some(self.due_light(deadline, all_are(TaskStatus::AwaitingReview)))
    }

    pub(crate) fn governing_deadlines(&self, task: TaskId) -> Vec<DeadlineId> {
        let of = self.lists.thing::<Task>(task);
        let mut subjects = vec![Subject::Task(task)];
        let path = of
            .section
            .map_or(vec![], |section| self.section_path(section));
        subjects.extend(path.into_iter().rev().map(Subject::Section));
        subjects.push(Subject::Plan(of.plan));
        let mut governing = subjects
            .into_iter()
            .map(|subject| self.deadlines(subject, Valid::OnDay));
        governing
            .find(|deadlines| !deadlines.is_empty())
            .unwrap_or_default()
    }

    pub(crate) fn worries(&self, task: TaskId) -> Option<Vec<Worry>> {
        if !self.is_watched(task) {
            return None;
        }
        let status = self.task_status(task);
        if status == TaskStatus::Done {
            return Some(vec![]);
        }
        if status == TaskStatus::Suspended {
            return Some(vec![Worry::Suspended]);
        }
        let handed_in = status == TaskStatus::AwaitingReview;
        let mut worries = vec![];
        for id in self.governing_deadlines(task) {
            let deadline = self.lists.thing::<Deadline>(id);
            match self.due_light(deadline, handed_in) {
                Light::Red => worries.push(Worry::Overdue(id)),
                Light::Amber if handed_in => worries.push(Worry::Unreviewed(id)),
                Light::Amber => worries.push(Worry::DueSoon(id)),
                Light::Green => {}
            }
        }
        if status == TaskStatus::Delayed {
            worries.push(Worry::Delayed);
        }
        if !handed_in {
            worries.extend(self.reported_delayed(task).map(Worry::ReportedDelayed));
            worries.extend(
                self.missing_reports(task)
                    .into_iter()
                    .map(Worry::ReportMissing),
            );
        }
        Some(worries)
    }

    pub(crate) fn task_light(&self, task: TaskId) -> Option<Light> {
        let worries = self.worries(task)?;
        Some(match &worries[..] {
            [] => Light::Green,
            worries if worries.iter().any(|it| matches!(it, Worry::Overdue(_))) => Light::Red,
            _ => Light::Amber,
        })
    }

    fn reported_delayed(&self, task: TaskId) -> Option<ProgressReportId> {
        let reports = self.lists.known::<ProgressReport>().filter(|(_, it)| {
            it.about == Reported::Task(task) && it.status.is_some() && it.reported <= self.day
        });
        let day = |id| self.lists.thing::<ProgressReport>(id).reported;
        let last = sorted(reports.map(|(id, _)| id), day).pop()?;
        let said = self.lists.thing::<ProgressReport>(last);
        let said_since = self
            .task_standings(task, Valid::OnDay)
            .into_iter()
            .any(|standing| self.lists.thing::<Standing>(standing).reached > said.reported);
        (said.status == Some(TaskStatus::Delayed) && !said_since).then_some(last)
    }

    /// Looked for day by day: the last day before today on which reports were due.
    fn period_due(&self, plan: PlanId) -> Option<Period> {
        let rule = self.lists.thing::<ProgressRule>(self.plan_rule(plan)?);
        let rhythm = rule.rhythm?;
        let due_on = |day: Day| {
            let this = Period::of(rhythm.every, day)?;
            [this, this.shifted(-1)]
                .into_iter()
                .find(|period| period.day_of_last_month(rhythm.day, rhythm.following) == day)
        };
        let days = (self.day.number() - 800..self.day.number()).map(Day::from_number);
        let last = days.rev().find_map(|day| Some((day, due_on(day)?)));
        let (day, period) = last.expect("every rhythm asks within two years");
        (day >= rule.validity.from).then_some(period)
    }

    pub(crate) fn reporters(&self, task: TaskId) -> Vec<AssignmentId> {
        let role = |id: &AssignmentId| self.lists.thing::<Assignment>(*id).role;
        let mut named = self.task_assignments(task, Valid::OnDay);
        named.retain(|id| self.lists.thing::<Assignment>(*id).reference == Reference::Named);
        let leads = |id: &AssignmentId| matches!(role(id), Role::Lead | Role::CoLead);
        if named.iter().any(leads) {
            named.retain(leads);
        } else {
            named.retain(|id| role(id) == Role::Responsible);
        }
        named
    }

    pub(crate) fn missing_reports(&self, task: TaskId) -> Vec<AssignmentId> {
        let of = self.lists.thing::<Task>(task);
        let asked = [
            TaskStatus::NotStarted,
            TaskStatus::InProgress,
            TaskStatus::Delayed,
        ];
        let Some(period) = self.period_due(of.plan) else {
            return vec![];
        };
        let days = period.days();
        if !self.is_watched(task)
            || of.validity.from >= days.to
            || !asked.contains(&self.task_status(task))
        {
            return vec![];
        }
        let has_reported = |party: PartyId| {
            self.lists.known::<ProgressReport>().any(|(_, it)| {
                it.party == party
                    && self.report_task(it.about) == Some(task)
                    && days.from <= it.reported
                    && it.reported <= self.day
                    && it.period.overlaps(&days)
            })
        };
        let mut missing: Vec<AssignmentId> = vec![];
        let party = |id: AssignmentId| self.lists.thing::<Assignment>(id).party;
        let mut seen = vec![];
        for id in self.reporters(task) {
            let is_first = !seen.contains(&party(id));
            seen.push(party(id));
            if is_first
                && self.lists.thing::<Assignment>(id).validity.from < days.to
                && !has_reported(party(id))
            {
                missing.push(id);
            }
        }
        missing
    }

    pub(crate) fn plan_progress(&self, plan: PlanId) -> Rolled {
        self.rolled(&self.plan_tasks(plan, Valid::OnDay), |subject| {
            self.subject_plan(subject) == plan
        })
    }

    pub(crate) fn section_progress(&self, plan: PlanId, section: SectionId) -> Rolled {
        let mut tasks = self.plan_tasks(plan, Valid::OnDay);
        tasks.retain(|task| self.task_lies_in(*task, section));
        self.rolled(&tasks, |subject| match subject {
            Subject::Section(of) => self.section_path(of).contains(&section),
            Subject::Task(_) | Subject::Plan(_) => false,
        })
    }

    /// Reports count that are on the tasks, or on targets of them or of the headings that are rolled up.
    fn rolled(&self, tasks: &[TaskId], is_heading_of: impl Fn(Subject) -> bool) -> Rolled {
        let with = |is: &dyn Fn(TaskId) -> bool| tasks.iter().filter(|task| is(**task)).count();
        let by_status = TaskStatus::ALL
            .iter()
            .map(|status| with(&|task| self.task_status(task) == *status));
        let by_light = Light::ALL
            .iter()
            .map(|light| with(&|task| self.task_light(task) == Some(*light)));
        let missing = tasks.iter().map(|task| self.missing_reports(*task).len());
        let reports = self.lists.known::<ProgressReport>().filter(|(_, it)| {
            let counts = match it.about {
                Reported::Task(task) => tasks.contains(&task),
                Reported::Target(target) => match self.lists.thing::<Target>(target).subject {
                    Subject::Task(task) => tasks.contains(&task),
                    heading => {
                        let known = match heading {
                            Subject::Section(section) => {
                                self.lists.get::<domain::plan::Section>(section).is_some()
                            }
                            _ => true,
                        };
                        known && is_heading_of(heading)
                    }
                },
            };
            counts && it.reported <= self.day
        });
        let last = sorted(reports.map(|(id, _)| id), |id| {
            self.lists.thing::<ProgressReport>(id).reported
        });
        (
            tasks.len(),
            by_status.collect(),
            by_light.collect(),
            missing.sum(),
            last.last().copied(),
        )
    }
}
