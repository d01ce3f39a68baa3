//! The register in memory as the database says it is: loaded at start, then advanced changeset by changeset.

mod load;

use crate::{
    cited,
    database::Database,
    error::{RowKey, StoreError},
    log::{self, Direction, Head, Leaf},
    text::{self, AtHand},
};
use domain::{
    change::{Change, Changeset},
    id::{DocumentId, RegisterId},
    register::{Compacted, Compaction, Inapplicable, Register, Tail, Writer},
    text::Sha256,
    time::{Day, Instant, Seq},
    tree::Frontier,
    view::View,
};
use sea_orm::ConnectionTrait;
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// The one writer of the live register, and the tree over the log as far as it has read it.
#[derive(Debug)]
pub(crate) struct Image {
    writer: Writer,
    frontier: Frontier,
    recorded_at: Instant,
    /// Whether nothing was put that is not published. While a changeset is put and committed it is not, and if that is
    /// broken off the image has to be loaded anew.
    sound: bool,
}

/// The log in the database is not the one that was read before.
#[derive(Debug, thiserror::Error)]
#[error("the leaves add up to {found}, the head says {expected}")]
struct OtherRoot {
    expected: Sha256,
    found: Sha256,
}

impl Image {
    /// Reads a whole register as it is known at the head that the database shows.
    pub(crate) async fn load(
        database: &Database,
        register: RegisterId,
    ) -> Result<Self, StoreError> {
        load::load(database, register).await
    }

    pub(crate) fn register(&self) -> &Arc<Register> {
        self.writer.register()
    }

    pub(crate) fn is_sound(&self) -> bool {
        self.sound
    }

    /// When the last changeset was recorded, or the register opened.
    pub(crate) fn recorded_at(&self) -> Instant {
        self.recorded_at
    }

    fn seq(&self) -> Seq {
        self.register().seq()
    }

    /// The view that commands are decided on: what was put up to `seq`, published or not.
    pub(crate) fn view_at(&self, seq: Seq, today: Day) -> View {
        View::unpublished(Arc::clone(self.register()), seq, today)
    }

    /// The root of the log as far as it has been read.
    pub(crate) fn root(&self) -> Sha256 {
        self.frontier.root()
    }

    /// The tree over the log.
    pub(crate) fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Applies what the database holds beyond this image, up to its head; tells whether there was any. A database that
    /// keeps silent for longer than `patience` is given up; what was applied by then stays.
    pub(crate) async fn catch_up(
        &mut self,
        db: &impl ConnectionTrait,
        head: &Head,
        patience: Duration,
    ) -> Result<bool, StoreError> {
        let seen = self.seq();
        if head.seq < seen {
            return Err(StoreError::WentBack {
                seen,
                found: head.seq,
            });
        }
        while self.seq() < head.seq {
            let (id, from) = (self.register().id(), self.seq());
            let leaves = log::leaves(
                db,
                id,
                from,
                Some(head.seq.next()),
                log::PAGE,
                Direction::Forward,
            );
            let leaves = timeout(patience, leaves)
                .await
                .map_err(StoreError::silent)??;
            if leaves.is_empty() {
                let missing = RowKey::Seq(from.next());
                return Err(StoreError::corrupt("event", missing, load::Gap));
            }
            for Leaf { changeset, hash } in leaves {
                let texts = timeout(patience, self.texts_for(db, &changeset.changes));
                let texts = texts.await.map_err(StoreError::silent)??;
                self.put(&changeset, &texts).map_err(|error| {
                    StoreError::corrupt("event", RowKey::Seq(changeset.seq), error)
                })?;
                self.publish(&changeset, hash);
            }
        }
        let found = self.frontier.root();
        if found != head.root {
            let source = OtherRoot {
                expected: head.root,
                found,
            };
            return Err(StoreError::corrupt(
                "log_head",
                RowKey::Register(self.register().id().into()),
                source,
            ));
        }
        Ok(self.seq() > seen)
    }

    /// The texts that changes quote: of documents that they record, and of those that the register knows.
    pub(crate) async fn texts_for(
        &self,
        db: &impl ConnectionTrait,
        changes: &[Change],
    ) -> Result<AtHand, StoreError> {
        let digests = cited::digests(changes.iter(), |document| self.text_of(document));
        let texts = text::load(db, self.register().id(), &digests).await?;
        Ok(texts.into_iter().collect())
    }

    /// The text of a document that the register knows already.
    fn text_of(&self, document: DocumentId) -> Option<Sha256> {
        let view = self.view_at(Seq(u32::MAX), Day::FOREVER);
        let document = view.find::<domain::image::Document>(document)?;
        Some(view.thing(document).text)
    }

    /// Puts a changeset into memory, where nobody sees it before [`Self::publish`].
    pub(crate) fn put(
        &mut self,
        changeset: &Changeset,
        texts: &AtHand,
    ) -> Result<(), Inapplicable> {
        self.sound = false;
        changeset
            .changes
            .iter()
            .try_for_each(|change| self.writer.put(changeset.seq, change, texts))
    }

    /// The writer of a register that holds what this one does, and that nobody else sees.
    pub(crate) fn branch(&self) -> Writer {
        self.writer.branch()
    }

    /// A part that has grown a long tail, to be folded; nothing if there is none.
    pub(crate) fn compaction(&self) -> Option<Compaction> {
        self.writer.compaction(Tail::is_heavy)
    }

    /// Puts a folded part in its place.
    pub(crate) fn adopt(&mut self, compacted: Compacted) {
        self.writer.adopt(compacted);
    }

    /// Shows the changeset that was put last.
    pub(crate) fn publish(&mut self, changeset: &Changeset, leaf: Sha256) {
        self.writer.publish(changeset.recorded_at);
        self.frontier.push(leaf);
        self.recorded_at = changeset.recorded_at;
        self.sound = true;
    }
}
