//! The compact form of the facts of [`crate::plan`].

use super::{DocumentRef, Image, PartyRef, PlanRef, QuoteRef, SectionRef};
use crate::{
    plan,
    register::{Graph, Inapplicable, Packer, Ref, Register, Table, TextRef},
    time::Validity,
};

/// Image of [`crate::plan::Plan`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Plan {
    pub code: TextRef,
    pub title: TextRef,
    pub document: Option<DocumentRef>,
    pub owner: Option<PartyRef>,
    pub year: Option<i16>,
    pub validity: Validity,
    pub superseded_by: Option<PlanRef>,
}

impl Image for Plan {
    type Fact = plan::Plan;
    const ENTITY: &'static str = "plan";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.plans
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            code: packer.text(&fact.code),
            title: packer.name(&fact.title),
            document: packer.optional(fact.document)?,
            owner: packer.optional(fact.owner)?,
            year: fact.year,
            validity: fact.validity,
            superseded_by: packer.optional(fact.superseded_by)?,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        plan::Plan {
            code: register.string(self.code),
            title: register.string(self.title),
            document: self.document.map(|document| register.id_of(document)),
            owner: self.owner.map(|owner| register.id_of(owner)),
            year: self.year,
            validity: self.validity,
            superseded_by: self.superseded_by.map(|newer| register.id_of(newer)),
        }
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        register
            .graph
            .document_plans
            .link(self.document, this, earlier.is_none());
        register
            .graph
            .plan_supersedes
            .link(self.superseded_by, this, earlier.is_none());
        register
            .graph
            .by_plan_code
            .add(register.text(self.code), this);
    }
}

/// Image of [`crate::plan::Section`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Section {
    pub plan: PlanRef,
    pub parent: Option<SectionRef>,
    pub label: TextRef,
    pub title: TextRef,
    pub position: u32,
    pub citation: Option<QuoteRef>,
}

impl Image for Section {
    type Fact = plan::Section;
    const ENTITY: &'static str = "section";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.sections
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            plan: packer.refer(fact.plan)?,
            parent: packer.optional(fact.parent)?,
            label: packer.text(&fact.label),
            title: packer.name(&fact.title),
            position: fact.position,
            citation: packer.optional_quote(fact.citation)?,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        plan::Section {
            plan: register.id_of(self.plan),
            parent: self.parent.map(|parent| register.id_of(parent)),
            label: register.string(self.label),
            title: register.string(self.title),
            position: self.position,
            citation: self.citation.map(|quote| register.citation(quote)),
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.plan == earlier.plan
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_none() {
            register.graph.plan_sections.add(self.plan, this);
        }
    }
}
