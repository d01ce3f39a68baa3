//! 应报未报: who has not reported for the period that was due.

use crate::{
    calendar::Period,
    image::{Assignment, AssignmentRef, PartyRef, Plan, PlanRef, Subject, TaskRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    progress_rule::Terms,
    view::{Valid, View},
    vocabulary::{Reference, Role},
};

/// Which missing reports.
#[derive(Clone, Debug, Default)]
pub struct MissingFilter {
    /// On tasks of this plan.
    pub plan: Option<PlanRef>,
    /// Of this party.
    pub party: Option<PartyRef>,
}

impl View {
    /// A page of the duties whose parties have not reported for the period that was due, by plan, then as the plan has
    /// their tasks.
    pub fn missing_report_page(
        &self,
        filter: &MissingFilter,
        request: &PageRequest,
    ) -> Result<Page<Assignment>, BadPage> {
        let missing = self.missing_reports(filter).into_iter();
        let key = |duty| self.missing_report_key(duty);
        page::page(self, &Sorted::new(missing, key), request)
    }

    /// Where a duty stands in the list.
    pub fn missing_report_cursor(&self, duty: AssignmentRef) -> Cursor {
        let key = |duty| self.missing_report_key(duty);
        page::cursor(self, &Sorted::new(std::iter::empty(), key), duty)
    }

    /// How many reports are missing.
    pub fn missing_report_count(&self, filter: &MissingFilter) -> usize {
        self.missing_reports(filter).len()
    }

    /// All of the list at once.
    pub fn missing_report_list(&self, filter: &MissingFilter) -> Vec<AssignmentRef> {
        let missing = self.missing_reports(filter).into_iter();
        Sorted::new(missing, |duty| self.missing_report_key(duty)).into_items()
    }

    fn missing_reports(&self, filter: &MissingFilter) -> Vec<AssignmentRef> {
        let tasks = match (filter.party, filter.plan) {
            (Some(party), _) => self.party_tasks(party),
            (None, Some(plan)) => self.plan_tasks(plan, Valid::OnDay),
            (None, None) => {
                let asks = |plan: &PlanRef| self.report_period(&self.plan_terms(*plan)).is_some();
                let plans = self.known::<Plan>().map(|(plan, _)| plan).filter(asks);
                let tasks = plans.flat_map(|plan| self.plan_tasks(plan, Valid::OnDay));
                tasks.collect::<Vec<_>>()
            }
        };
        let is_meant = |duty: &AssignmentRef| {
            let image = self.thing(*duty);
            filter.party.is_none_or(|party| image.party == party)
                && filter
                    .plan
                    .is_none_or(|plan| self.thing(image.task).plan == plan)
        };
        let missing = tasks
            .into_iter()
            .flat_map(|task| self.task_missing_reports(task));
        missing.filter(is_meant).collect()
    }

    fn missing_report_key(&self, duty: AssignmentRef) -> Key<'_> {
        let task = self.thing(self.thing(duty).task);
        Key::Place(task.plan, task.position)
    }

    /// The last period for which reports were due before the view's day, where any were.
    pub fn report_period(&self, terms: &Terms) -> Option<Period> {
        let rhythm = terms.rhythm?;
        let this = Period::of(rhythm.every, self.valid_on())?;
        // Reports on a period may be due in the month after it.
        let mut periods = (-2..=0).rev().map(|count| this.shifted(count));
        let last = periods.find(|period| rhythm.due(*period) < self.valid_on())?;
        (rhythm.due(last) >= terms.since).then_some(last)
    }

    /// The duties whose parties have not reported on a task for the period that was due: one for each party. Asked are
    /// those who lead it, or where nobody does, those who are responsible, by name, if they had the duty within that period.
    pub fn task_missing_reports(&self, task: TaskRef) -> Vec<AssignmentRef> {
        let image = self.get(task);
        image.map_or_else(Vec::new, |image| {
            self.task_reports_missing_by(task, &self.plan_terms(image.plan))
        })
    }

    /// The same, by what holds for the task's plan.
    pub(crate) fn task_reports_missing_by(
        &self,
        task: TaskRef,
        terms: &Terms,
    ) -> Vec<AssignmentRef> {
        let (Some(image), Some(period)) = (self.get(task), self.report_period(terms)) else {
            return vec![];
        };
        let days = period.days();
        let is_asked = image.validity.contains(self.valid_on())
            && image.validity.from < days.to
            && self.task_status(task).is_underway();
        if !is_asked {
            return vec![];
        }
        let reports: Vec<_> = self
            .reports_on(Subject::Task(task))
            .filter_map(|report| self.get(report))
            .filter(|report| {
                (days.from..=self.valid_on()).contains(&report.reported)
                    && report.period.overlaps(&days)
            })
            .collect();
        let mut asked = vec![];
        let mut missing = self.task_reporters(task);
        missing.retain(|&assignment| {
            let image = self.thing(assignment);
            let is_first = !asked.contains(&image.party);
            asked.push(image.party);
            is_first
                && image.validity.from < days.to
                && reports.iter().all(|report| report.party != image.party)
        });
        missing
    }

    /// The assignments whose parties report on a task: who leads it, or where nobody does, who is responsible. Only
    /// bodies that are named: whom a collective means may differ from report to report.
    pub fn task_reporters(&self, task: TaskRef) -> Vec<AssignmentRef> {
        let mut named = self.task_assignments(task, Valid::OnDay);
        named.retain(|&assignment| self.thing(assignment).reference == Reference::Named);
        let in_role = |roles: &[Role]| -> Vec<_> {
            let fits = |assignment: &&AssignmentRef| roles.contains(&self.thing(**assignment).role);
            named.iter().filter(fits).copied().collect()
        };
        let lead = in_role(&[Role::Lead, Role::CoLead]);
        if lead.is_empty() {
            in_role(&[Role::Responsible])
        } else {
            lead
        }
    }
}
