//! The one writer of a register.

use super::{Arena, Graph, Part, Ref, Register, texts};
use crate::{
    change::{Change, Changeset, Edit},
    id::{DocumentId, Id, RegisterId},
    image::{
        Assignment, Clause, Deadline, Document, DocumentRef, Image, Party, PartyName, Passage,
        Place, Plan, Quote, QuoteRef, Section, Target, Task,
    },
    register::TextRef,
    text::{Citation, CodePoints, Sha256, Span},
    time::{Instant, Seq},
};
use rustc_hash::FxHashMap;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use uuid::Uuid;

/// Where decoded texts of documents are found while facts that quote them are put.
pub trait Texts {
    /// The text with this digest.
    fn text(&self, digest: Sha256) -> Option<Arc<str>>;
}

/// A change that does not fit the register it is applied to: it comes from elsewhere or was altered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Inapplicable {
    /// It refers to something that the register does not hold.
    #[error("{entity} {id} refers to {refers_to} {missing}, which the register does not hold")]
    Dangling {
        /// The kind of fact that refers.
        entity: &'static str,
        /// Its id.
        id: Uuid,
        /// The kind of thing it refers to.
        refers_to: &'static str,
        /// The id it refers to.
        missing: Uuid,
    },
    /// It quotes a text that is not kept.
    #[error("{entity} {id} quotes the text {digest}, which is not kept")]
    TextMissing {
        /// The kind of fact that quotes.
        entity: &'static str,
        /// Its id.
        id: Uuid,
        /// The digest of the text.
        digest: Sha256,
    },
    /// Its span does not fit the text.
    #[error("{entity} {id} quotes bytes {} to {} of the text {digest}, which do not fit it", span.start, span.end)]
    SpanOutside {
        /// The kind of fact that quotes.
        entity: &'static str,
        /// Its id.
        id: Uuid,
        /// The digest of the text.
        digest: Sha256,
        /// What it quotes.
        span: Span,
    },
    /// What it is about is another than before.
    #[error("{entity} {id} would be about something else: withdraw it and record another instead")]
    Moved {
        /// The kind of fact.
        entity: &'static str,
        /// Its id.
        id: Uuid,
    },
    /// It withdraws something that the register does not hold.
    #[error("{entity} {id} is withdrawn but was never recorded")]
    Unknown {
        /// The kind of fact.
        entity: &'static str,
        /// Its id.
        id: Uuid,
    },
    /// The things that one changeset records do not come in the order of their ids.
    #[error("{entity} {id} comes after one with a greater id in the same changeset")]
    OutOfOrder {
        /// The kind of fact.
        entity: &'static str,
        /// Its id.
        id: Uuid,
    },
    /// A changeset that does not follow the head.
    #[error("changeset {seq} does not follow the head {head}")]
    NotNext {
        /// Its seq.
        seq: Seq,
        /// The head.
        head: Seq,
    },
}

/// The one writer of a register. That there is one is what `&mut self` proves.
#[derive(Debug)]
pub struct Writer {
    register: Arc<Register>,
    interner: texts::Interner,
    quoted: FxHashMap<Citation, QuoteRef>,
    /// The code points of the text that was quoted last: quotes of one document come together.
    counted: Option<(Sha256, CodePoints)>,
}

impl Writer {
    /// The writer of a new, empty register.
    pub fn new(id: RegisterId) -> Self {
        let register = Register {
            id,
            seq: AtomicU32::new(0),
            recorded: Arena::default(),
            texts: texts::Texts::default(),
            quotes: Arena::default(),
            graph: Graph::default(),
        };
        Self {
            register: Arc::new(register),
            interner: texts::Interner::default(),
            quoted: FxHashMap::default(),
            counted: None,
        }
    }

    /// The register, for readers.
    pub fn register(&self) -> &Arc<Register> {
        &self.register
    }

    /// Puts every change of a changeset, then publishes it.
    ///
    /// After an error part of the changeset has been put, though nobody sees it: the register is not to be written any
    /// more, and is to be built anew.
    pub fn apply(&mut self, changeset: &Changeset, texts: &dyn Texts) -> Result<(), Inapplicable> {
        let head = self.register.seq();
        if changeset.seq != head.next() {
            return Err(Inapplicable::NotNext {
                seq: changeset.seq,
                head,
            });
        }
        for change in &changeset.changes {
            self.put(changeset.seq, change, texts)?;
        }
        self.publish(changeset.recorded_at);
        Ok(())
    }

    /// Adds a version of a fact that is so from `since` on; not visible before [`Self::publish`].
    ///
    /// Versions of one fact come in the order of their seq; new facts of one kind in the order of seq and id; what is
    /// referred to comes before what refers to it. `before` is not looked at: whether a change fits was decided by the
    /// command that made it.
    pub fn put(
        &mut self,
        since: Seq,
        change: &Change,
        texts: &dyn Texts,
    ) -> Result<(), Inapplicable> {
        match change {
            Change::Document(edit) => self.put_fact::<Document>(since, edit, texts),
            Change::Place(edit) => self.put_fact::<Place>(since, edit, texts),
            Change::Party(edit) => self.put_fact::<Party>(since, edit, texts),
            Change::PartyName(edit) => self.put_fact::<PartyName>(since, edit, texts),
            Change::Plan(edit) => self.put_fact::<Plan>(since, edit, texts),
            Change::Section(edit) => self.put_fact::<Section>(since, edit, texts),
            Change::Task(edit) => self.put_fact::<Task>(since, edit, texts),
            Change::Clause(edit) => self.put_fact::<Clause>(since, edit, texts),
            Change::Assignment(edit) => self.put_fact::<Assignment>(since, edit, texts),
            Change::Target(edit) => self.put_fact::<Target>(since, edit, texts),
            Change::Deadline(edit) => self.put_fact::<Deadline>(since, edit, texts),
        }
    }

    fn put_fact<I: Image>(
        &mut self,
        since: Seq,
        edit: &Edit<I::Fact>,
        texts: &dyn Texts,
    ) -> Result<(), Inapplicable> {
        let id: Uuid = edit.id.into();
        let register = Arc::clone(&self.register);
        let table = I::table(&register.graph);
        let known = table.find(id);
        if known.is_none() {
            if edit.after.is_none() {
                return Err(Inapplicable::Unknown {
                    entity: I::ENTITY,
                    id,
                });
            }
            if table
                .last()
                .is_some_and(|(last, first)| first == since && last > id)
            {
                return Err(Inapplicable::OutOfOrder {
                    entity: I::ENTITY,
                    id,
                });
            }
        }
        let mut packer = Packer {
            writer: self,
            texts,
            entity: I::ENTITY,
            id,
        };
        let image = edit
            .after
            .as_ref()
            .map(|fact| I::pack(fact, &mut packer))
            .transpose()?;
        let earlier = known.and_then(|fact| {
            table
                .versions(fact)
                .find_map(|version| version.held.as_ref())
        });
        if let (Some(image), Some(earlier)) = (&image, earlier)
            && !image.stays(earlier)
        {
            return Err(Inapplicable::Moved {
                entity: I::ENTITY,
                id,
            });
        }
        let fact = table.put(id, since, image);
        if let Some(image) = table.newest(fact) {
            image.link(fact, earlier, &register);
        }
        Ok(())
    }

    /// Makes everything put since the last call visible, as the next seq.
    pub fn publish(&mut self, recorded_at: Instant) -> Seq {
        self.register.recorded.push(recorded_at);
        let seq = self.register.seq().next();
        self.register.seq.store(seq.0, Ordering::Release);
        seq
    }

    /// Folds all tails into their bases: after loading, before the register is shared. While it is shared it stays as
    /// it is.
    #[must_use]
    pub fn compact(mut self) -> Self {
        self.register = match Arc::try_unwrap(self.register) {
            Ok(register) => Arc::new(Register {
                id: register.id,
                seq: register.seq,
                recorded: register.recorded.compact(),
                texts: register.texts.compact(),
                quotes: register.quotes.compact(),
                graph: register.graph.compact(),
            }),
            Err(shared) => shared,
        };
        self
    }
}

/// Turns the ids and strings of one fact into handles.
pub struct Packer<'w> {
    writer: &'w mut Writer,
    texts: &'w dyn Texts,
    entity: &'static str,
    id: Uuid,
}

impl Packer<'_> {
    pub(crate) fn text(&mut self, text: &str) -> TextRef {
        self.writer
            .interner
            .intern(&self.writer.register.texts, text)
    }

    pub(crate) fn optional_text(&mut self, text: Option<&str>) -> Option<TextRef> {
        text.map(|text| self.text(text))
    }

    /// The handle of the thing that this fact refers to.
    pub(crate) fn refer<I: Image>(&self, id: impl Id) -> Result<Ref<I>, Inapplicable> {
        let missing: Uuid = id.into();
        I::table(&self.writer.register.graph)
            .find(missing)
            .ok_or(Inapplicable::Dangling {
                entity: self.entity,
                id: self.id,
                refers_to: I::ENTITY,
                missing,
            })
    }

    pub(crate) fn optional<I: Image>(
        &self,
        id: Option<impl Id>,
    ) -> Result<Option<Ref<I>>, Inapplicable> {
        id.map(|id| self.refer(id)).transpose()
    }

    /// The citation with its words, kept once.
    pub(crate) fn quote(&mut self, citation: Citation) -> Result<QuoteRef, Inapplicable> {
        if let Some(&known) = self.writer.quoted.get(&citation) {
            return Ok(known);
        }
        let document: DocumentRef = self.refer(citation.document)?;
        let (passage, text) = self.words(self.text_of(document), citation.span)?;
        let quote = Ref::new(self.writer.register.quotes.push(Quote {
            document,
            passage,
            text,
        }));
        self.writer.quoted.insert(citation, quote);
        Ok(quote)
    }

    pub(crate) fn optional_quote(
        &mut self,
        citation: Option<Citation>,
    ) -> Result<Option<QuoteRef>, Inapplicable> {
        citation.map(|citation| self.quote(citation)).transpose()
    }

    /// A stretch of a document, without its words.
    pub(crate) fn passage(
        &mut self,
        document: DocumentId,
        span: Span,
    ) -> Result<Passage, Inapplicable> {
        let digest = self.text_of(self.refer(document)?);
        let text = self.decoded(digest)?;
        self.locate(&text, digest, span)
    }

    /// The words at `span` of the text with this digest.
    pub(crate) fn words(
        &mut self,
        digest: Sha256,
        span: Span,
    ) -> Result<(Passage, TextRef), Inapplicable> {
        let text = self.decoded(digest)?;
        let passage = self.locate(&text, digest, span)?;
        Ok((passage, self.text(&text[span.range()])))
    }

    fn text_of(&self, document: DocumentRef) -> Sha256 {
        self.writer
            .register
            .graph
            .documents
            .resolve(document, Seq(u32::MAX))
            .text
    }

    fn decoded(&self, digest: Sha256) -> Result<Arc<str>, Inapplicable> {
        let Self { entity, id, .. } = *self;
        self.texts
            .text(digest)
            .ok_or(Inapplicable::TextMissing { entity, id, digest })
    }

    /// Finds a span's code points; fails where it does not fit the text.
    fn locate(&mut self, text: &str, digest: Sha256, span: Span) -> Result<Passage, Inapplicable> {
        let Self { entity, id, .. } = *self;
        span.slice(text).ok_or(Inapplicable::SpanOutside {
            entity,
            id,
            digest,
            span,
        })?;
        let counted = &mut self.writer.counted;
        if counted.as_ref().is_none_or(|(of, _)| *of != digest) {
            *counted = Some((digest, CodePoints::of(text)));
        }
        let points = counted
            .as_ref()
            .map(|(_, points)| points.points(text, span));
        Ok(Passage {
            span,
            points: points.expect("the text was just counted"),
        })
    }
}
