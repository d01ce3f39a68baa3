//! Cases of supervision.

use super::{Valid, View};
use crate::{
    image::{CaseStep, PartyRef, SupervisionCase, SupervisionCaseRef, TaskRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    time::Day,
    vocabulary::CaseStage,
};

/// Which cases.
#[derive(Clone, Debug, Default)]
pub struct CaseFilter {
    /// On this task.
    pub task: Option<TaskRef>,
    /// In which this party is held to it.
    pub party: Option<PartyRef>,
    /// That have come to one of these stages on the view's day; to any if none is named.
    pub stages: Vec<CaseStage>,
    /// Whose answer is overdue on the view's day, or is not.
    pub overdue: Option<bool>,
    /// Opened by the view's day, or any.
    pub valid: Valid,
}

impl View {
    /// A page of cases, by the day on which they were opened.
    pub fn case_page(
        &self,
        filter: &CaseFilter,
        request: &PageRequest,
    ) -> Result<Page<SupervisionCase>, BadPage> {
        let key = |case| self.case_key(case);
        page::page(
            self,
            &Sorted::new(self.cases(filter).into_iter(), key),
            request,
        )
    }

    /// Where a case stands in the list.
    pub fn case_cursor(&self, case: SupervisionCaseRef) -> Cursor {
        let key = |case| self.case_key(case);
        page::cursor(self, &Sorted::new(std::iter::empty(), key), case)
    }

    /// How many cases.
    pub fn case_count(&self, filter: &CaseFilter) -> usize {
        self.cases(filter).len()
    }

    /// The steps taken in a case by the view's day, in order.
    pub fn case_steps(&self, case: SupervisionCaseRef) -> Vec<CaseStep> {
        let image = self.thing(case);
        let steps = image.steps.iter().copied();
        steps.filter(|step| step.day <= self.valid_on()).collect()
    }

    /// How far a case has come by the view's day; nothing before it is opened.
    pub fn case_stage(&self, case: SupervisionCaseRef) -> Option<CaseStage> {
        self.case_steps(case).last().map(|step| step.stage)
    }

    /// Whether the day by which an answer was due is over on the view's day, and none has been given in an open case.
    pub fn case_is_overdue(&self, case: SupervisionCaseRef) -> bool {
        let is_over = self
            .thing(case)
            .due
            .is_some_and(|due| due < self.valid_on());
        let waits = |stage| matches!(stage, CaseStage::Opened | CaseStage::Assigned);
        is_over && self.case_stage(case).is_some_and(waits)
    }

    fn cases(&self, filter: &CaseFilter) -> Vec<SupervisionCaseRef> {
        let graph = &self.register().graph;
        let candidates: Vec<_> = match filter.task {
            Some(task) => graph.task_cases.of(task).collect(),
            None => self
                .known::<SupervisionCase>()
                .map(|(case, _)| case)
                .collect(),
        };
        let listed = |&case: &SupervisionCaseRef| {
            self.get(case).is_some_and(|image| {
                self.has_come(opened(&image), filter.valid)
                    && filter.party.is_none_or(|party| image.party == party)
                    && (filter.stages.is_empty()
                        || self
                            .case_stage(case)
                            .is_some_and(|stage| filter.stages.contains(&stage)))
                    && filter
                        .overdue
                        .is_none_or(|overdue| self.case_is_overdue(case) == overdue)
            })
        };
        candidates.into_iter().filter(listed).collect()
    }

    fn case_key(&self, case: SupervisionCaseRef) -> Key<'_> {
        Key::Number(opened(&self.thing(case)).number().into())
    }
}

/// The day on which a case was opened.
fn opened(case: &SupervisionCase) -> Day {
    case.steps.first().map_or(Day::BEGINNING, |step| step.day)
}
