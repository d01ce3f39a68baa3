//! What parties report.

use super::{Valid, View};
use crate::{
    image::{PartyRef, ProgressReport, ProgressReportRef, Reported, Subject, TargetRef, TaskRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    vocabulary::TaskStatus,
};

/// Which reports.
#[derive(Clone, Debug, Default)]
pub struct ReportFilter {
    /// On this task or a target of it.
    pub task: Option<TaskRef>,
    /// On this target.
    pub target: Option<TargetRef>,
    /// Of this party.
    pub party: Option<PartyRef>,
    /// Given by the view's day, or any.
    pub valid: Valid,
}

impl View {
    /// A page of reports, by the day on which they were given.
    pub fn report_page(
        &self,
        filter: &ReportFilter,
        request: &PageRequest,
    ) -> Result<Page<ProgressReport>, BadPage> {
        let key = |report| self.report_key(report);
        page::page(
            self,
            &Sorted::new(self.reports(filter).into_iter(), key),
            request,
        )
    }

    /// Where a report stands in the list.
    pub fn report_cursor(&self, report: ProgressReportRef) -> Cursor {
        let key = |report| self.report_key(report);
        page::cursor(self, &Sorted::new(std::iter::empty(), key), report)
    }

    /// How many reports.
    pub fn report_count(&self, filter: &ReportFilter) -> usize {
        self.reports(filter).len()
    }

    /// The task that a report is about, itself or by its target; nothing where that is of a section or a plan.
    pub fn report_task(&self, report: ProgressReportRef) -> Option<TaskRef> {
        match self.thing(report).about {
            Reported::Task(task) => Some(task),
            Reported::Target(target) => match self.thing(target).subject {
                Subject::Task(task) => Some(task),
                Subject::Plan(_) | Subject::Section(_) => None,
            },
        }
    }

    /// The last report given by the view's day on these subjects or on targets of theirs: of several on one day, the one
    /// recorded last.
    pub fn last_report_on(
        &self,
        subjects: impl Iterator<Item = Subject>,
    ) -> Option<ProgressReportRef> {
        let reports = subjects.flat_map(|subject| self.reports_on(subject));
        let given = reports.filter_map(|report| {
            let reported = self.get(report)?.reported;
            (reported <= self.valid_on()).then_some((reported, report))
        });
        given.max().map(|(_, report)| report)
    }

    /// The last report on a task as a whole that says how far it has come, if it says that the task lags behind, and the
    /// office has not said how far it has come since.
    pub(crate) fn task_delay_reported(&self, task: TaskRef) -> Option<ProgressReportRef> {
        let reports = self.register().graph.task_reports.of(task);
        let statuses = reports.filter_map(|report| {
            let image = self.get(report)?;
            let status = image.status?;
            (image.reported <= self.valid_on()).then_some((image.reported, report, status))
        });
        let (reported, report, status) =
            statuses.max_by_key(|&(reported, report, _)| (reported, report))?;
        if status != TaskStatus::Delayed {
            return None;
        }
        let standings = self.task_standings(task, Valid::OnDay);
        let said_since = standings
            .last()
            .is_some_and(|&last| self.thing(last).reached > reported);
        (!said_since).then_some(report)
    }

    /// The reports on a subject or on targets of it, as candidates: not all of them are known to this view.
    pub(crate) fn reports_on(&self, subject: Subject) -> impl Iterator<Item = ProgressReportRef> {
        let graph = &self.register().graph;
        let task = match subject {
            Subject::Task(task) => Some(task),
            Subject::Section(_) | Subject::Plan(_) => None,
        };
        let targets = graph.targets_of.of(subject).into_iter();
        let of_targets = targets.flat_map(|target| graph.target_reports.of(target));
        let of_task = task
            .into_iter()
            .flat_map(|task| graph.task_reports.of(task));
        of_task.chain(of_targets)
    }

    fn reports(&self, filter: &ReportFilter) -> Vec<ProgressReportRef> {
        let graph = &self.register().graph;
        let candidates: Vec<_> = match (filter.task, filter.target) {
            (_, Some(target)) => graph.target_reports.of(target).collect(),
            (Some(task), None) => self.reports_on(Subject::Task(task)).collect(),
            (None, None) => self
                .known::<ProgressReport>()
                .map(|(report, _)| report)
                .collect(),
        };
        let listed = |&report: &ProgressReportRef| {
            self.get(report).is_some_and(|image| {
                self.has_come(image.reported, filter.valid)
                    && filter.party.is_none_or(|party| image.party == party)
                    && filter
                        .task
                        .is_none_or(|task| self.report_task(report) == Some(task))
            })
        };
        candidates.into_iter().filter(listed).collect()
    }

    fn report_key(&self, report: ProgressReportRef) -> Key<'_> {
        Key::Number(self.thing(report).reported.number().into())
    }
}
