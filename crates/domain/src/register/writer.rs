//! The one writer of a register.

use super::{
    Compacted, Compaction, Graph, Inapplicable, Packer, Register, Tail, Text, interner::Interner,
};
use crate::{
    change::{Change, Changeset, Edit},
    id::RegisterId,
    image::{
        Assignment, Clause, Deadline, Document, Image, Party, PartyName, Place, Plan,
        ProgressReport, ProgressRule, Quote, Reorganization, Section, Standing, SupervisionCase,
        Target, Task,
    },
    text::{CodePoints, Sha256},
    time::{Instant, Seq},
};
use std::sync::{
    Arc,
    atomic::{AtomicU32, AtomicUsize, Ordering},
};
use uuid::Uuid;

/// Where decoded texts of documents are found while facts that quote them are put.
pub trait Texts {
    /// The text with this digest.
    fn text(&self, digest: Sha256) -> Option<Arc<str>>;
}

/// How many versions are put between two looks at the tails of a register that nobody shares.
const LOOK: u32 = 1 << 16;

/// The one writer of a register. That there is one is what `&mut self` proves.
#[derive(Debug)]
pub struct Writer {
    pub(super) register: Arc<Register>,
    pub(super) known_texts: Interner<Text>,
    pub(super) known_quotes: Interner<Quote>,
    pub(super) known_digests: Interner<Sha256>,
    /// The code points of the text that was quoted last: quotes of one document come together.
    pub(super) counted: Option<(Sha256, CodePoints)>,
    /// Versions put since the tails were looked at.
    unlooked: u32,
}

impl Writer {
    /// The writer of a new, empty register.
    pub fn new(id: RegisterId) -> Self {
        let register = Register {
            id,
            seq: AtomicU32::new(0),
            writer_bytes: AtomicUsize::new(0),
            graph: Graph::default(),
            kept: Arc::default(),
        };
        Self {
            register: Arc::new(register),
            known_texts: Interner::default(),
            known_quotes: Interner::default(),
            known_digests: Interner::default(),
            counted: None,
            unlooked: 0,
        }
    }

    /// The writer of a register that holds the same and grows by itself: what is put there is seen there only. Both share
    /// what lies in bases, so it takes as long as what came since they were made is long.
    #[must_use]
    pub fn branch(&self) -> Self {
        let Register { id, seq, graph, .. } = &*self.register;
        let register = Register {
            id: *id,
            seq: seq.load(Ordering::Acquire).into(),
            writer_bytes: AtomicUsize::new(0),
            graph: graph.branch(),
            kept: Arc::default(),
        };
        Self {
            register: Arc::new(register),
            known_texts: self.known_texts.clone(),
            known_quotes: self.known_quotes.clone(),
            known_digests: self.known_digests.clone(),
            counted: None,
            unlooked: 0,
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
            Change::Reorganization(edit) => self.put_fact::<Reorganization>(since, edit, texts),
            Change::Plan(edit) => self.put_fact::<Plan>(since, edit, texts),
            Change::Section(edit) => self.put_fact::<Section>(since, edit, texts),
            Change::Task(edit) => self.put_fact::<Task>(since, edit, texts),
            Change::Standing(edit) => self.put_fact::<Standing>(since, edit, texts),
            Change::Clause(edit) => self.put_fact::<Clause>(since, edit, texts),
            Change::Assignment(edit) => self.put_fact::<Assignment>(since, edit, texts),
            Change::Target(edit) => self.put_fact::<Target>(since, edit, texts),
            Change::Deadline(edit) => self.put_fact::<Deadline>(since, edit, texts),
            Change::ProgressReport(edit) => self.put_fact::<ProgressReport>(since, edit, texts),
            Change::SupervisionCase(edit) => self.put_fact::<SupervisionCase>(since, edit, texts),
            Change::ProgressRule(edit) => self.put_fact::<ProgressRule>(since, edit, texts),
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
        if known.is_none()
            && edit.after.is_some()
            && table
                .last()
                .is_some_and(|(last, first)| first == since && last > id)
        {
            return Err(Inapplicable::OutOfOrder {
                entity: I::ENTITY,
                id,
            });
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
        let earlier = known.and_then(|fact| table.last_held(fact));
        if let (Some(image), Some(earlier)) = (&image, &earlier)
            && !image.stays(earlier)
        {
            return Err(Inapplicable::Moved {
                entity: I::ENTITY,
                id,
            });
        }
        let fact = match (known, &image) {
            // What is withdrawn cannot be withdrawn again.
            (Some(fact), None) if !table.is_held(fact) => return Ok(()),
            (Some(fact), _) => {
                table.revise(fact, since, image.clone());
                fact
            }
            (None, Some(image)) => table.record(id, since, image.clone()),
            (None, None) => {
                return Err(Inapplicable::Unknown {
                    entity: I::ENTITY,
                    id,
                });
            }
        };
        if let Some(image) = image {
            image.link(fact, earlier.as_ref(), &register);
        }
        drop(register);
        self.look();
        Ok(())
    }

    /// Folds what has grown long of a register that nobody shares, so that loading needs little more memory than what
    /// is loaded.
    fn look(&mut self) {
        self.unlooked += 1;
        if self.unlooked < LOOK {
            return;
        }
        self.unlooked = 0;
        if Arc::get_mut(&mut self.register).is_some() {
            self.fold(Tail::is_large);
        }
    }

    /// Makes everything put since the last call visible, as the next seq.
    pub fn publish(&mut self, recorded_at: Instant) -> Seq {
        let register = &self.register;
        register.graph.recorded.push(recorded_at);
        let bytes =
            self.known_texts.bytes() + self.known_quotes.bytes() + self.known_digests.bytes();
        register.writer_bytes.store(bytes, Ordering::Relaxed);
        let seq = register.seq().next();
        register.seq.store(seq.0, Ordering::Release);
        seq
    }

    /// Folds all tails into their bases, as after loading.
    #[must_use]
    pub fn compact(mut self) -> Self {
        self.fold(Tail::is_any);
        self
    }

    /// Folds the tails that are `due`, one part after the other.
    fn fold(&mut self, due: fn(Tail) -> bool) {
        while let Some(compaction) = self.compaction(due) {
            self.adopt(compaction.build());
        }
    }

    /// A part whose tail is `due` for folding, as it is now; nothing if there is none.
    pub fn compaction(&self, due: impl FnMut(Tail) -> bool) -> Option<Compaction> {
        self.register.graph.compaction(due)
    }

    /// Puts a folded part in its place, brought up to what was put while it was built. From now on
    /// [`Self::register`] is another one, which holds the same; whoever reads the old one goes on reading what it held.
    ///
    /// Tells whether it did: a part of a register that was loaded anew meanwhile is let go.
    pub fn adopt(&mut self, compacted: Compacted) -> bool {
        let adopted = compacted.adopted(&self.register);
        let is_adopted = adopted.is_some();
        if let Some(register) = adopted {
            self.register = Arc::new(register);
        }
        is_adopted
    }
}
