//! The compact form of the facts of [`crate::task`].

use super::{DigestRef, DocumentRef, Image, PlanRef, QuoteRef, SectionRef, days::Days};
use crate::{
    register::{Graph, Inapplicable, Packer, Ref, Register, Rows, Runs, Table, TextRef},
    task,
    text::{Citation, Span},
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
    /// A text of its own, by its digest.
    Own(DigestRef),
}

/// Image of [`crate::task::Wording`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// What kind of words a [`Wording`] is: the part of it that neighbours mostly share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordingKind {
    Cited,
    Entered,
}

impl Wording {
    /// Its kind, and which one of the kind.
    pub(super) fn split(self) -> (WordingKind, u32) {
        match self {
            Self::Cited(quote) => (WordingKind::Cited, quote.index()),
            Self::Entered(text) => (WordingKind::Entered, text.index()),
        }
    }

    #[inline]
    pub(super) fn join(kind: WordingKind, index: u32) -> Self {
        match kind {
            WordingKind::Cited => Self::Cited(Ref::new(index)),
            WordingKind::Entered => Self::Entered(Ref::new(index)),
        }
    }
}

impl Image for Task {
    type Fact = task::Task;
    const ENTITY: &'static str = "task";
    type Rows = Tasks;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.tasks
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        let body = match fact.body {
            Some(task::Body::Cited(Citation { document, span })) => {
                Some(Body::Cited(packer.refer(document)?, span))
            }
            Some(task::Body::Own(digest)) => Some(Body::Own(packer.digest(digest))),
            None => None,
        };
        Ok(Self {
            plan: packer.refer(fact.plan)?,
            section: packer.optional(fact.section)?,
            label: packer.text(&fact.label),
            title: packer.name(&fact.title),
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
            Body::Own(digest) => task::Body::Own(register.digest(digest)),
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

/// Tasks side by side: twenty-four bytes each, and once for a run of them where they stand.
#[derive(Debug)]
pub struct Tasks {
    rows: Vec<Row>,
    places: Runs<Place>,
    /// Bodies that are spans of documents.
    cited: Vec<(DocumentRef, Span)>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    label: TextRef,
    title: TextRef,
    /// Which of the cited bodies or of the digests, or nothing.
    body: u32,
    position: u32,
    days: Days,
    status: TaskStatus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    plan: PlanRef,
    section: Option<SectionRef>,
    body: Option<BodyKind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BodyKind {
    Cited,
    Own,
}

impl Rows<Task> for Tasks {
    fn with_capacity(rows: usize) -> Self {
        Self {
            rows: Vec::with_capacity(rows),
            places: Runs::default(),
            cited: Vec::new(),
        }
    }

    fn push(&mut self, image: Task) {
        let Task {
            plan,
            section,
            label,
            title,
            body,
            position,
            status,
            validity,
        } = image;
        let (kind, body) = match body {
            Some(Body::Cited(document, span)) => {
                self.cited.push((document, span));
                (Some(BodyKind::Cited), self.cited.len() as u32 - 1)
            }
            Some(Body::Own(digest)) => (Some(BodyKind::Own), digest.index()),
            None => (None, 0),
        };
        self.rows.push(Row {
            label,
            title,
            body,
            position,
            days: validity.into(),
            status,
        });
        self.places.push(Place {
            plan,
            section,
            body: kind,
        });
    }

    #[inline]
    fn get(&self, place: u32) -> Task {
        let row = self.rows[place as usize];
        let (place, _) = self.places.at(place);
        let body = place.body.map(|kind| match kind {
            BodyKind::Cited => {
                let (document, span) = self.cited[row.body as usize];
                Body::Cited(document, span)
            }
            BodyKind::Own => Body::Own(Ref::new(row.body)),
        });
        Task {
            plan: place.plan,
            section: place.section,
            label: row.label,
            title: row.title,
            body,
            position: row.position,
            status: row.status,
            validity: row.days.into(),
        }
    }

    fn shrink(&mut self) {
        self.places.shrink();
        self.cited.shrink_to_fit();
    }

    fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>()
            + self.places.bytes()
            + self.cited.capacity() * size_of::<(DocumentRef, Span)>()
    }
}

// There are millions of them.
const _: () = assert!(size_of::<Row>() == 24);
