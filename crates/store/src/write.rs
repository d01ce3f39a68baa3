//! Writing: one command, one transaction, one changeset.

use crate::{
    error::{StoreError, WriteError},
    idempotency::Idempotency,
    image::Image,
    log,
    project::project,
    store::Store,
    text,
};
use bytes::Bytes;
use domain::{
    change::{Actor, Authority, Change, Changeset, Proposal},
    text::Sha256,
    time::{Day, Instant, Seq},
    tree::leaf_hash,
    view::View,
};
use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    time::Duration,
};
use tracing::Instrument as _;

/// A write, but for what it changes.
#[derive(Clone, Debug)]
pub struct Write {
    /// Who writes.
    pub actor: Actor,
    /// What is done, as `entity.verb`, such as `plan.accepted`.
    pub action: String,
    /// Why.
    pub reason: Option<String>,
    /// On whose authority.
    pub authority: Option<Authority>,
    /// The caller's own key for this write.
    pub idempotency: Option<Idempotency>,
    /// Bytes and decoded texts that the changes name, by their digests.
    pub texts: Vec<(Sha256, Bytes)>,
    /// The civil day on which it is decided.
    pub today: Day,
}

/// What came of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is in the log.
    Committed(Changeset),
    /// Nothing changed, so nothing was written; this is the head on which that was decided.
    Unchanged(Seq),
    /// The same was written before, as this changeset.
    Repeated(Seq),
}

impl Written {
    /// The seq from which to answer.
    pub fn seq(&self) -> Seq {
        match self {
            Self::Committed(changeset) => changeset.seq,
            Self::Unchanged(seq) | Self::Repeated(seq) => *seq,
        }
    }
}

/// How often a write is tried while the database says that it is busy.
const ATTEMPTS: u32 = 6;

/// What a commit that was not confirmed came to.
enum Outcome {
    Committed,
    NotCommitted,
}

impl Store {
    /// Decides on the head as it is under the lock, and commits what was decided as one changeset.
    ///
    /// `decide` is called once for every attempt, of which there are several only when the database is busy; it has to
    /// be a pure function of the view. Once begun, a write is finished even if the caller no longer waits for it.
    pub async fn write<E: Send + 'static>(
        &self,
        write: Write,
        mut decide: impl FnMut(&View) -> Result<Vec<Change>, E> + Send + 'static,
    ) -> Result<Written, WriteError<E>> {
        let span = tracing::debug_span!("store.write", write.action = %write.action);
        let store = self.clone();
        let write = async move { store.write_to_the_end(&write, &mut decide).await };
        match tokio::spawn(write.instrument(span)).await {
            Ok(written) => written,
            Err(stopped) if stopped.is_panic() => std::panic::resume_unwind(stopped.into_panic()),
            Err(stopped) => Err(StoreError::Unavailable(stopped.into()).into()),
        }
    }

    async fn write_to_the_end<E: Send>(
        &self,
        write: &Write,
        decide: &mut (impl FnMut(&View) -> Result<Vec<Change>, E> + Send),
    ) -> Result<Written, WriteError<E>> {
        let mut image = self.image().lock().await;
        let mut attempt = 0;
        loop {
            attempt += 1;
            match self.attempt(&mut image, write, decide).await {
                Err(WriteError::Store(error)) if error.is_transient() && attempt < ATTEMPTS => {
                    tracing::debug!(
                        store.attempt = attempt,
                        "the database is busy, the write is tried again"
                    );
                    tokio::time::sleep(pause(attempt)).await;
                }
                done => return done,
            }
        }
    }

    async fn attempt<E: Send>(
        &self,
        image: &mut Image,
        write: &Write,
        decide: &mut (impl FnMut(&View) -> Result<Vec<Change>, E> + Send),
    ) -> Result<Written, WriteError<E>> {
        self.make_sound(image).await?;
        let transaction = self
            .database()
            .begin_write()
            .await
            .map_err(StoreError::from)?;
        let head = log::lock_head(&transaction, self.id()).await?;
        if image.catch_up(&transaction, &head).await? {
            self.show(image);
        }
        if let Some(key) = &write.idempotency
            && let Some(seq) = key.find(&transaction, self.id(), &write.actor).await?
        {
            return Ok(Written::Repeated(seq));
        }
        let changes = decide(&image.view(write.today)).map_err(WriteError::Refused)?;
        if changes.is_empty() {
            return Ok(Written::Unchanged(head.seq));
        }

        let recorded_at = self
            .database()
            .now()
            .max(Instant(image.recorded_at().0 + 1));
        let changeset = Changeset::new(
            self.id(),
            head.seq.next(),
            recorded_at,
            proposal(write, changes),
        );
        let leaf = changeset.leaf();
        let hash = leaf_hash(&leaf);
        text::keep(&transaction, self.id(), &changeset.changes, &write.texts).await?;
        log::append(&transaction, &changeset, leaf, hash, image.root_with(hash)).await?;
        project(&transaction, &changeset).await?;
        if let Some(key) = &write.idempotency {
            key.keep(&transaction, &changeset).await?;
        }
        let texts = image.texts_for(&transaction, &changeset.changes).await?;

        // From here on the image holds what is not yet so. Should anything break this off, it is loaded anew.
        image.put(&changeset, &texts).map_err(StoreError::from)?;
        if let Err(error) = transaction.commit().await {
            match self.settle(&changeset, hash).await? {
                Outcome::Committed => {}
                Outcome::NotCommitted => return Err(StoreError::from(error).into()),
            }
        }
        image.publish(&changeset, hash);
        self.show(image);
        self.notify(changeset.seq).await;
        Ok(Written::Committed(changeset))
    }

    /// Loads the image anew if a write was broken off after it had been put.
    pub(crate) async fn make_sound(&self, image: &mut Image) -> Result<(), StoreError> {
        if !image.is_sound() {
            *image = Image::load(self.database(), self.id()).await?;
            self.show(image);
        }
        Ok(())
    }

    /// Finds out what a commit came to that was not confirmed, for example because the connection was lost.
    ///
    /// It takes the lock on the head first: as long as the transaction in question may still be committed, it holds it.
    async fn settle(&self, changeset: &Changeset, hash: Sha256) -> Result<Outcome, StoreError> {
        let transaction = self.database().begin_write().await?;
        log::lock_head(&transaction, self.id()).await?;
        let found = log::leaf_hash(&transaction, self.id(), changeset.seq).await?;
        Ok(if found == Some(hash) {
            Outcome::Committed
        } else {
            Outcome::NotCommitted
        })
    }
}

/// Twice as long after each attempt, and up to as much again, so that several writers do not meet once more.
fn pause(attempt: u32) -> Duration {
    let base = Duration::from_millis(5 << attempt);
    let chance = RandomState::new().build_hasher().finish() % 1000;
    base + base * (chance as u32) / 1000
}

fn proposal(write: &Write, changes: Vec<Change>) -> Proposal {
    let Write {
        actor,
        action,
        reason,
        authority,
        idempotency,
        texts: _,
        today: _,
    } = write;
    Proposal {
        actor: actor.clone(),
        action: action.clone(),
        reason: reason.clone(),
        authority: authority.clone(),
        idempotency_key: idempotency
            .as_ref()
            .map(|idempotency| idempotency.key.clone()),
        changes,
    }
}
