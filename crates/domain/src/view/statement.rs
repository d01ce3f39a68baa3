//! What documents state of a plan, a section or a task: clauses, targets, deadlines.

use super::{Valid, View};
use crate::{
    image::{ClauseRef, DeadlineRef, PlanRef, Subject, TargetRef},
    time::Day,
};

impl View {
    /// The clauses that govern a subject, in the order of the text.
    pub fn clauses(&self, subject: Subject) -> Vec<ClauseRef> {
        let mut clauses = self.register().graph.clauses_of.of(subject);
        clauses.retain(|&clause| self.get(clause).is_some());
        clauses.sort_by_key(|&clause| {
            let quote = self.quote(self.thing(clause).citation);
            (quote.document, quote.passage.span)
        });
        clauses
    }

    /// The targets of a subject itself, in the order of the text.
    pub fn targets(&self, subject: Subject, valid: Valid) -> Vec<TargetRef> {
        let targets = self.register().graph.targets_of.of(subject).into_iter();
        let listed = targets.filter_map(|target| {
            let image = self.get(target)?;
            self.lists(image.validity, valid)
                .then_some((image.position, target))
        });
        let mut targets: Vec<_> = listed.collect();
        targets.sort_unstable();
        targets.into_iter().map(|(_, target)| target).collect()
    }

    /// The deadlines of a subject itself, in the order of recording.
    pub fn deadlines(&self, subject: Subject, valid: Valid) -> Vec<DeadlineRef> {
        let mut deadlines = self.register().graph.deadlines_of.of(subject);
        deadlines.retain(|&deadline| {
            self.get(deadline)
                .is_some_and(|image| self.lists(image.validity, valid))
        });
        deadlines
    }

    /// The day on which a deadline was met, if it was by the view's day.
    pub fn deadline_fulfilled(&self, deadline: DeadlineRef) -> Option<Day> {
        let fulfilled = self.thing(deadline).fulfilled;
        fulfilled.filter(|day| *day <= self.valid_on())
    }

    /// The plan that a subject is or belongs to.
    pub fn subject_plan(&self, subject: Subject) -> PlanRef {
        match subject {
            Subject::Plan(plan) => plan,
            Subject::Section(section) => self.thing(section).plan,
            Subject::Task(task) => self.thing(task).plan,
        }
    }

    /// A plan, its sections and its tasks: everything in it that a document can state something of.
    pub fn plan_subjects(&self, plan: PlanRef) -> Vec<Subject> {
        let sections = self.plan_sections(plan).into_iter().map(Subject::Section);
        let tasks = self
            .plan_tasks(plan, Valid::Any)
            .into_iter()
            .map(Subject::Task);
        [Subject::Plan(plan)]
            .into_iter()
            .chain(sections)
            .chain(tasks)
            .collect()
    }
}
