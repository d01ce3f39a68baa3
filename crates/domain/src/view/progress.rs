//! What parties report.

use super::{Valid, View};
use crate::{
    image::{PartyRef, ProgressReport, ProgressReportRef, Reported, Subject, TargetRef, TaskRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
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

    fn reports(&self, filter: &ReportFilter) -> Vec<ProgressReportRef> {
        let graph = &self.register().graph;
        let candidates: Vec<_> = match (filter.task, filter.target) {
            (_, Some(target)) => graph.target_reports.of(target).collect(),
            (Some(task), None) => {
                let targets = graph.targets_of.of(Subject::Task(task)).into_iter();
                let of_targets = targets.flat_map(|target| graph.target_reports.of(target));
                graph.task_reports.of(task).chain(of_targets).collect()
            }
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
