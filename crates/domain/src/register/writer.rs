//! The one writer of a register.

use super::{Arena, Graph, Inapplicable, Packer, Part, Register, texts};
use crate::{
    change::{Change, Changeset, Edit},
    id::RegisterId,
    image::{
        Assignment, Clause, Deadline, Document, Image, Party, PartyName, Place, Plan, QuoteRef,
        Section, Target, Task,
    },
    text::{Citation, CodePoints, Sha256},
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

/// The one writer of a register. That there is one is what `&mut self` proves.
#[derive(Debug)]
pub struct Writer {
    pub(super) register: Arc<Register>,
    pub(super) interner: texts::Interner,
    pub(super) quoted: FxHashMap<Citation, QuoteRef>,
    /// The code points of the text that was quoted last: quotes of one document come together.
    pub(super) counted: Option<(Sha256, CodePoints)>,
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
