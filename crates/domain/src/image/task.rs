//! The compact form of the facts of [`crate::task`].

use super::{DocumentRef, Image, PlanRef, QuoteRef, SectionRef};
use crate::{
    register::{Graph, Inapplicable, Packer, Ref, Register, Table, TextRef},
    task,
    text::{Citation, Sha256, Span},
    time::Validity,
    vocabulary::TaskStatus,
};

/// Image of [`crate::task::Task`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Task {
    pub plan: PlanRef,
    pub section: Option<SectionRef>,
    pub label: TextRef,
    pub title: TextRef,
    pub body: Option<Body>,
    pub position: u32,
    pub status: TaskStatus,
    pub validity: Validity,
}

/// Image of [`crate::task::Body`]: long texts stay outside of memory.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// A span of a document.
    Cited(DocumentRef, Span),
    /// A text of its own.
    Own(Sha256),
}

/// Image of [`crate::task::Wording`].
#[derive(Clone, Copy, Debug)]
pub enum Wording {
    /// A document's own characters.
    Cited(QuoteRef),
    /// Words entered or loaded.
    Entered(TextRef),
}

impl Wording {
    pub(crate) fn pack(
        fact: &task::Wording,
        packer: &mut Packer<'_>,
    ) -> Result<Self, Inapplicable> {
        Ok(match fact {
            task::Wording::Cited(citation) => Self::Cited(packer.quote(*citation)?),
            task::Wording::Entered(words) => Self::Entered(packer.text(words)),
        })
    }

    pub(crate) fn unpack(self, register: &Register) -> task::Wording {
        match self {
            Self::Cited(quote) => task::Wording::Cited(register.citation(quote)),
            Self::Entered(text) => task::Wording::Entered(register.string(text)),
        }
    }

    /// The words.
    pub fn text(self, register: &Register) -> TextRef {
        match self {
            Self::Cited(quote) => register.quote(quote).text,
            Self::Entered(text) => text,
        }
    }

    /// Where a document says them, if one does.
    pub fn citation(self) -> Option<QuoteRef> {
        match self {
            Self::Cited(quote) => Some(quote),
            Self::Entered(_) => None,
        }
    }
}

impl Image for Task {
    type Fact = task::Task;
    const ENTITY: &'static str = "task";

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.tasks
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        let body = match fact.body {
            Some(task::Body::Cited(Citation { document, span })) => {
                Some(Body::Cited(packer.refer(document)?, span))
            }
            Some(task::Body::Own(digest)) => Some(Body::Own(digest)),
            None => None,
        };
        Ok(Self {
            plan: packer.refer(fact.plan)?,
            section: packer.optional(fact.section)?,
            label: packer.text(&fact.label),
            title: packer.text(&fact.title),
            body,
            position: fact.position,
            status: fact.status,
            validity: fact.validity,
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        let body = self.body.map(|body| match body {
            Body::Cited(document, span) => task::Body::Cited(Citation {
                document: register.id_of(document),
                span,
            }),
            Body::Own(digest) => task::Body::Own(digest),
        });
        task::Task {
            plan: register.id_of(self.plan),
            section: self.section.map(|section| register.id_of(section)),
            label: register.string(self.label),
            title: register.string(self.title),
            body,
            position: self.position,
            status: self.status,
            validity: self.validity,
        }
    }

    fn stays(&self, earlier: &Self) -> bool {
        self.plan == earlier.plan
    }

    fn link(&self, this: Ref<Self>, earlier: Option<&Self>, register: &Register) {
        if earlier.is_none() {
            register.graph.plan_tasks.add(self.plan, this);
        }
    }
}
