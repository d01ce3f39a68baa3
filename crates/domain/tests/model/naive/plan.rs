//! Plans, sections and documents.

use super::{Moment, has_words, sorted};
use domain::{
    change::Fact,
    document::Document,
    id::{DocumentId, PlanId, SectionId, TaskId},
    image::Image,
    plan::{Plan, Section},
    register::{Ref, Register},
    text::Sha256,
    view::PlanFilter,
};

/// The id that a filter's handle stands for.
pub(super) fn id<I: Image>(
    register: &Register,
    thing: Option<Ref<I>>,
) -> Option<<I::Fact as Fact>::Id> {
    thing.map(|thing| register.id_of(thing))
}

impl Moment<'_> {
    pub(crate) fn plans(
        &self,
        register: &Register,
        filter: &PlanFilter,
        words: Option<&str>,
    ) -> Vec<PlanId> {
        let document = id(register, filter.document);
        let listed = |plan: &Plan| {
            self.lists(plan.validity, filter.valid)
                && has_words(&plan.title, words)
                && filter.year.is_none_or(|year| plan.year == Some(year))
                && (document.is_none() || plan.document == document)
        };
        let plans = self.lists.known::<Plan>().filter(|(_, plan)| listed(plan));
        plans.map(|(id, _)| id).collect()
    }

    /// Of two plans with one code, which the rules do not allow, the first recorded.
    pub(crate) fn plan_by_code(&self, code: &str) -> Option<PlanId> {
        let mut plans = self.lists.known::<Plan>();
        plans.find(|(_, plan)| plan.code == code).map(|(id, _)| id)
    }

    pub(crate) fn document_plans(&self, document: DocumentId) -> Vec<PlanId> {
        let plans = self.lists.known::<Plan>();
        let of_it = plans.filter(|(_, plan)| plan.document == Some(document));
        of_it.map(|(id, _)| id).collect()
    }

    pub(crate) fn documents(&self, words: Option<&str>) -> Vec<DocumentId> {
        let documents = self.lists.known::<Document>();
        let listed = documents.filter(|(_, document)| has_words(&document.title, words));
        listed.map(|(id, _)| id).collect()
    }

    pub(crate) fn document_by_bytes(&self, bytes: Sha256) -> Option<DocumentId> {
        let mut documents = self.lists.known::<Document>();
        let found = documents.find(|(_, document)| document.bytes == bytes);
        found.map(|(id, _)| id)
    }

    pub(crate) fn plan_sections(&self, plan: PlanId) -> Vec<SectionId> {
        let sections = self.lists.known::<Section>();
        let of_it = sections.filter(|(_, section)| section.plan == plan);
        sorted(of_it.map(|(id, _)| id), |id| {
            self.lists.thing::<Section>(id).position
        })
    }

    pub(crate) fn section_children(
        &self,
        plan: PlanId,
        parent: Option<SectionId>,
    ) -> Vec<SectionId> {
        let mut sections = self.plan_sections(plan);
        sections.retain(|id| self.lists.thing::<Section>(*id).parent == parent);
        sections
    }

    /// A section and what is above it, outermost first.
    pub(crate) fn section_path(&self, section: SectionId) -> Vec<SectionId> {
        let above = self.lists.thing::<Section>(section).parent;
        let mut path = above.map_or_else(Vec::new, |above| self.section_path(above));
        path.push(section);
        path
    }

    pub(crate) fn task_path(&self, task: TaskId) -> Vec<String> {
        let task = self.lists.thing::<domain::task::Task>(task);
        let sections = task
            .section
            .map_or_else(Vec::new, |section| self.section_path(section));
        let labels = sections
            .into_iter()
            .map(|id| self.lists.thing::<Section>(id).label.clone());
        labels.chain([task.label.clone()]).collect()
    }
}
