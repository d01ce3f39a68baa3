//! The compact form of the facts of [`crate::clause`].

use super::{Image, Passage, PlanRef, QuoteRef, SectionRef, TaskRef};
use crate::{
    clause::{self, Confidence},
    register::{Graph, Inapplicable, Packer, Ref, Register, Table, TextRef},
};

/// Image of [`crate::clause::Subject`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A whole plan.
    Plan(PlanRef),
    /// A section.
    Section(SectionRef),
    /// A task.
    Task(TaskRef),
}

impl Subject {
    pub(crate) fn pack(fact: clause::Subject, packer: &Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(match fact {
            clause::Subject::Plan(plan) => Self::Plan(packer.refer(plan)?),
            clause::Subject::Section(section) => Self::Section(packer.refer(section)?),
            clause::Subject::Task(task) => Self::Task(packer.refer(task)?),
        })
    }

    pub(crate) fn unpack(self, register: &Register) -> clause::Subject {
        match self {
            Self::Plan(plan) => clause::Subject::Plan(register.id_of(plan)),
            Self::Section(section) => clause::Subject::Section(register.id_of(section)),
            Self::Task(task) => clause::Subject::Task(register.id_of(task)),
        }
    }
}

/// What kind of thing a [`Subject`] is: the part of it that neighbours mostly share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SubjectKind {
    Plan,
    Section,
    Task,
}

impl Subject {
    /// Its kind, and which one of the kind.
    pub(super) fn split(self) -> (SubjectKind, u32) {
        match self {
            Self::Plan(plan) => (SubjectKind::Plan, plan.index()),
            Self::Section(section) => (SubjectKind::Section, section.index()),
            Self::Task(task) => (SubjectKind::Task, task.index()),
        }
    }

    #[inline]
    pub(super) fn join(kind: SubjectKind, index: u32) -> Self {
        match kind {
            SubjectKind::Plan => Self::Plan(Ref::new(index)),
            SubjectKind::Section => Self::Section(Ref::new(index)),
            SubjectKind::Task => Self::Task(Ref::new(index)),
        }
    }
}

/// Image of [`crate::clause::Clause`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Clause {
    pub subject: Subject,
    pub citation: QuoteRef,
    pub scope: Option<Passage>,
    pub form: TextRef,
    pub rule: TextRef,
    pub open: bool,
    pub garbled: bool,
    pub confidence: Confidence,
}

impl Image for Clause {
    type Fact = clause::Clause;
    const ENTITY: &'static str = "clause";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.clauses
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            subject: Subject::pack(fact.subject, packer)?,
            citation: packer.quote(fact.citation)?,
            scope: fact
                .scope
                .map(|span| packer.passage(fact.citation.document, span))
                .transpose()?,
            form: packer.text(&fact.form),
            rule: packer.text(&fact.rule),
            open: fact.open,
            garbled: fact.garbled,
            confidence: fact.confidence,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        clause::Clause {
            subject: self.subject.unpack(register),
            citation: register.citation(self.citation),
            scope: self.scope.map(|passage| passage.span),
            form: register.string(self.form),
            rule: register.string(self.rule),
            open: self.open,
            garbled: self.garbled,
            confidence: self.confidence,
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.subject == earlier.subject
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_none() {
            register.graph.clauses_of.add(self.subject, this);
        }
    }
}
