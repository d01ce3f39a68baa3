//! 进度汇总: how far tasks have come, rolled up for sections and plans.

use crate::{
    image::{PlanRef, ProgressReportRef, SectionRef, Subject, TaskRef},
    light,
    view::{Valid, View},
    vocabulary::{Light, TaskStatus},
};

/// How far tasks have come on the view's day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many tasks there are in force.
    pub tasks: u32,
    statuses: [u32; TaskStatus::ALL.len()],
    lights: [u32; Light::ALL.len()],
    /// How many reports are missing for the period that was due: one for each task and party.
    pub missing_reports: u32,
    /// The last report given.
    pub last_report: Option<ProgressReportRef>,
}

impl Progress {
    /// How many have come so far.
    pub fn with_status(&self, status: TaskStatus) -> u32 {
        self.statuses[status as usize]
    }

    /// How many have this light. Superseded ones have none.
    pub fn with_light(&self, light: Light) -> u32 {
        self.lights[light as usize]
    }

    /// How much of what is to be done is done, from 0 to 1; nothing where there is nothing to do. Superseded tasks are not
    /// to be done.
    pub fn share_done(&self) -> Option<f64> {
        let to_do = self.tasks - self.with_status(TaskStatus::Superseded);
        (to_do > 0).then(|| f64::from(self.with_status(TaskStatus::Done)) / f64::from(to_do))
    }
}

impl View {
    /// How far the tasks of a plan have come.
    pub fn plan_progress(&self, plan: PlanRef) -> Progress {
        let sections = self.plan_sections(plan).into_iter().map(Subject::Section);
        let tasks = self.plan_tasks(plan, Valid::OnDay);
        self.progress(&tasks, [Subject::Plan(plan)].into_iter().chain(sections))
    }

    /// How far the tasks in a section and beneath it have come.
    pub fn section_progress(&self, section: SectionRef) -> Progress {
        let plan = self.thing(section).plan;
        let mut sections = self.plan_sections(plan);
        sections.retain(|&other| self.section_lies_in(other, section));
        let mut tasks = self.plan_tasks(plan, Valid::OnDay);
        tasks.retain(|&task| self.task_lies_in(task, section));
        self.progress(&tasks, sections.into_iter().map(Subject::Section))
    }

    /// How far tasks have come, of which the targets of other subjects are reported, too.
    fn progress(&self, tasks: &[TaskRef], others: impl Iterator<Item = Subject>) -> Progress {
        let mut progress = Progress::default();
        for &task in tasks {
            progress.tasks += 1;
            progress.statuses[self.task_status(task) as usize] += 1;
            let Some(concerns) = self.task_concerns(task) else {
                continue;
            };
            progress.lights[light::light(&concerns) as usize] += 1;
            let missing = concerns
                .iter()
                .filter_map(|concern| concern.missing_report());
            progress.missing_reports += missing.count() as u32;
        }
        let subjects = tasks.iter().copied().map(Subject::Task).chain(others);
        progress.last_report = self.last_report_on(subjects);
        progress
    }
}
