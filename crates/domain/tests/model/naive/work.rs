//! How far work has come: standings, reports, cases.

use super::{Moment, chosen, plan::id, sorted};
use domain::{
    clause::Subject,
    id::{ProgressReportId, StandingId, SupervisionCaseId, TaskId},
    progress::{ProgressReport, Reported},
    register::Register,
    standing::Standing,
    supervision::{CaseStep, SupervisionCase},
    target::Target,
    task::Task,
    time::Day,
    view::{CaseFilter, ReportFilter, Valid},
    vocabulary::{CaseStage, TaskStatus},
};

impl Moment<'_> {
    /// What the last standing reached by the day says.
    pub(crate) fn task_status(&self, task: TaskId) -> TaskStatus {
        let last = self.task_standings(task, Valid::OnDay).pop();
        last.map_or(self.lists.thing::<Task>(task).status, |last| {
            self.lists.thing::<Standing>(last).status
        })
    }

    pub(crate) fn task_standings(&self, task: TaskId, valid: Valid) -> Vec<StandingId> {
        let known = self.lists.known::<Standing>();
        let of_it = known.filter(|(_, it)| it.task == task && self.has_come(it.reached, valid));
        sorted(of_it.map(|(id, _)| id), |id| {
            self.lists.thing::<Standing>(id).reached
        })
    }

    pub(crate) fn report_task(&self, about: Reported) -> Option<TaskId> {
        match about {
            Reported::Task(task) => Some(task),
            Reported::Target(target) => match self.lists.thing::<Target>(target).subject {
                Subject::Task(task) => Some(task),
                _ => None,
            },
        }
    }

    /// By the day on which they were given.
    pub(crate) fn reports(
        &self,
        register: &Register,
        filter: &ReportFilter,
    ) -> Vec<ProgressReportId> {
        let (task, target) = (id(register, filter.task), id(register, filter.target));
        let party = id(register, filter.party);
        let listed = self.lists.known::<ProgressReport>().filter(|(_, it)| {
            self.has_come(it.reported, filter.valid)
                && (task.is_none() || self.report_task(it.about) == task)
                && target.is_none_or(|target| it.about == Reported::Target(target))
                && party.is_none_or(|party| it.party == party)
        });
        sorted(listed.map(|(id, _)| id), |id| {
            self.lists.thing::<ProgressReport>(id).reported
        })
    }

    /// By the day on which they were opened.
    pub(crate) fn cases(&self, register: &Register, filter: &CaseFilter) -> Vec<SupervisionCaseId> {
        let (task, party) = (id(register, filter.task), id(register, filter.party));
        let listed = self.lists.known::<SupervisionCase>().filter(|(id, it)| {
            self.has_come(opened(it), filter.valid)
                && task.is_none_or(|task| it.task == task)
                && party.is_none_or(|party| it.party == party)
                && (filter.stages.is_empty()
                    || self
                        .case_stage(*id)
                        .is_some_and(|stage| chosen(&filter.stages, &stage)))
                && filter
                    .overdue
                    .is_none_or(|overdue| self.case_is_overdue(*id) == overdue)
        });
        sorted(listed.map(|(id, _)| id), |id| {
            opened(self.lists.thing::<SupervisionCase>(id))
        })
    }

    pub(crate) fn case_steps(&self, case: SupervisionCaseId) -> Vec<&CaseStep> {
        let steps = &self.lists.thing::<SupervisionCase>(case).steps;
        steps.iter().filter(|step| step.day <= self.day).collect()
    }

    /// An answer is due until there is one.
    fn case_is_overdue(&self, case: SupervisionCaseId) -> bool {
        let due = self.lists.thing::<SupervisionCase>(case).due;
        let stage = self.case_stage(case);
        due.is_some_and(|due| due < self.day)
            && (stage == Some(CaseStage::Opened) || stage == Some(CaseStage::Assigned))
    }

    pub(crate) fn case_stage(&self, case: SupervisionCaseId) -> Option<CaseStage> {
        self.case_steps(case).pop().map(|step| step.stage)
    }
}

fn opened(case: &SupervisionCase) -> Day {
    case.steps.first().map_or(Day::BEGINNING, |step| step.day)
}
