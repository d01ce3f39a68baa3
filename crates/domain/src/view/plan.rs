//! Plans and their sections.

use super::{Valid, View, Words};
use crate::{
    image::{DocumentRef, Plan, PlanRef, SectionRef, TaskRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
};

/// Which plans.
#[derive(Clone, Debug, Default)]
pub struct PlanFilter {
    /// With these words in the title.
    pub words: Option<Words>,
    /// For this year.
    pub year: Option<i16>,
    /// Set out by this document.
    pub document: Option<DocumentRef>,
    /// In force on the view's day, or any.
    pub valid: Valid,
}

impl View {
    /// A page of plans, in the order of recording.
    pub fn plan_page(
        &self,
        filter: &PlanFilter,
        request: &PageRequest,
    ) -> Result<Page<Plan>, BadPage> {
        page::page(self, &self.plan_list(filter), request)
    }

    /// Where a plan stands in the list of plans.
    pub fn plan_cursor(&self, plan: PlanRef) -> Cursor {
        page::cursor(
            self,
            &Sorted::new(std::iter::empty(), |_| Key::Recorded),
            plan,
        )
    }

    /// How many plans.
    pub fn plan_count(&self, filter: &PlanFilter) -> usize {
        self.plans(filter).count()
    }

    /// The plan that is called by this code.
    pub fn plan_find_by_code(&self, code: &str) -> Option<PlanRef> {
        let graph = &self.register().graph;
        let named = |&plan: &PlanRef| {
            self.get(plan)
                .is_some_and(|image| self.text(image.code) == code)
        };
        graph
            .by_plan_code
            .find(code)
            .into_iter()
            .filter(named)
            .min()
    }

    /// The plans that a document sets out, in the order of recording.
    pub fn document_plans(&self, document: DocumentRef) -> Vec<PlanRef> {
        let graph = &self.register().graph;
        let sets_out = |plan: &PlanRef| {
            self.get(*plan)
                .is_some_and(|image| image.document == Some(document))
        };
        let mut plans: Vec<_> = graph.document_plans.of(document).filter(sets_out).collect();
        plans.sort_unstable();
        plans
    }

    /// The plans whose place a plan takes, in the order of recording.
    pub fn plan_supersedes(&self, plan: PlanRef) -> Vec<PlanRef> {
        let older = self.register().graph.plan_supersedes.of(plan);
        let mut older: Vec<_> = older
            .filter(|&older| {
                let image = self.get(older);
                image.is_some_and(|image| image.superseded_by == Some(plan))
            })
            .collect();
        older.sort_unstable();
        older
    }

    /// All sections of a plan, in the order of the text.
    pub fn plan_sections(&self, plan: PlanRef) -> Vec<SectionRef> {
        let graph = &self.register().graph;
        let mut sections: Vec<_> = graph
            .plan_sections
            .of(plan)
            .filter_map(|section| Some((self.get(section)?.position, section)))
            .collect();
        sections.sort_unstable();
        sections.into_iter().map(|(_, section)| section).collect()
    }

    /// The sections directly beneath a section, or at the top of a plan.
    pub fn section_children(&self, plan: PlanRef, parent: Option<SectionRef>) -> Vec<SectionRef> {
        let mut sections = self.plan_sections(plan);
        sections.retain(|&section| self.thing(section).parent == parent);
        sections
    }

    /// A section and the headings above it, outermost first.
    pub fn section_path(&self, section: SectionRef) -> Vec<SectionRef> {
        let above = |section: &SectionRef| self.thing(*section).parent;
        let mut path: Vec<_> = std::iter::successors(Some(section), above).collect();
        path.reverse();
        path
    }

    /// Whether `section` is `above` or lies beneath it.
    pub fn section_lies_in(&self, section: SectionRef, above: SectionRef) -> bool {
        self.section_path(section).contains(&above)
    }

    /// The labels of a section and of the headings above it, outermost first.
    pub fn section_labels(&self, section: SectionRef) -> Vec<&str> {
        let path = self.section_path(section).into_iter();
        path.map(|above| self.text(self.thing(above).label))
            .collect()
    }

    /// The labels of a task and of the headings above it, outermost first.
    pub fn task_path(&self, task: TaskRef) -> Vec<&str> {
        let image = self.thing(task);
        let section = image.section;
        let mut path = section.map_or_else(Vec::new, |section| self.section_labels(section));
        path.push(self.text(image.label));
        path
    }

    fn plans(&self, filter: &PlanFilter) -> impl Iterator<Item = PlanRef> {
        let matches = move |plan: &Plan| {
            self.lists(plan.validity, filter.valid)
                && filter.year.is_none_or(|year| plan.year == Some(year))
                && filter
                    .document
                    .is_none_or(|document| plan.document == Some(document))
                && filter
                    .words
                    .as_ref()
                    .is_none_or(|words| words.are_in(self.text(plan.title)))
        };
        self.known::<Plan>()
            .filter(move |(_, plan)| matches(plan))
            .map(|(plan, _)| plan)
    }

    fn plan_list(&self, filter: &PlanFilter) -> Sorted<'_, PlanRef> {
        Sorted::new(self.plans(filter), |_| Key::Recorded)
    }
}
