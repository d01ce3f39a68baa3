//! Clauses, targets and deadlines.

use super::{Moment, sorted};
use domain::{
    clause::{Clause, Subject},
    deadline::Deadline,
    id::{ClauseId, DeadlineId, PlanId, TargetId},
    plan::Section,
    target::Target,
    task::Task,
    view::Valid,
};

impl Moment<'_> {
    /// In the order of the text.
    pub(crate) fn clauses(&self, subject: Subject) -> Vec<ClauseId> {
        let clauses = self.lists.known::<Clause>();
        let of_it = clauses.filter(|(_, clause)| clause.subject == subject);
        sorted(of_it.map(|(id, _)| id), |id| {
            let citation = self.lists.thing::<Clause>(id).citation;
            let documents = self.lists.ids::<domain::document::Document>();
            let document = documents.into_iter().position(|id| id == citation.document);
            (document, citation.span.start, citation.span.end)
        })
    }

    pub(crate) fn targets(&self, subject: Subject, valid: Valid) -> Vec<TargetId> {
        let targets = self.lists.known::<Target>();
        let of_it = targets
            .filter(|(_, target)| target.subject == subject && self.lists(target.validity, valid));
        sorted(of_it.map(|(id, _)| id), |id| {
            self.lists.thing::<Target>(id).position
        })
    }

    pub(crate) fn deadlines(&self, subject: Subject, valid: Valid) -> Vec<DeadlineId> {
        let deadlines = self.lists.known::<Deadline>();
        let of_it = deadlines.filter(|(_, deadline)| {
            deadline.subject == subject && self.lists(deadline.validity, valid)
        });
        of_it.map(|(id, _)| id).collect()
    }

    pub(crate) fn subject_plan(&self, subject: Subject) -> PlanId {
        match subject {
            Subject::Plan(plan) => plan,
            Subject::Section(section) => self.lists.thing::<Section>(section).plan,
            Subject::Task(task) => self.lists.thing::<Task>(task).plan,
        }
    }

    pub(crate) fn plan_subjects(&self, plan: PlanId) -> Vec<Subject> {
        let mut subjects = vec![Subject::Plan(plan)];
        subjects.extend(self.plan_sections(plan).into_iter().map(Subject::Section));
        subjects.extend(
            self.plan_tasks(plan, Valid::Any)
                .into_iter()
                .map(Subject::Task),
        );
        subjects
    }
}
