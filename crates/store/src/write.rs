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
use sea_orm::DatabaseTransaction;
use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    time::Duration,
};
use tokio::time::{Instant as Moment, timeout, timeout_at};
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

/// How often a write is tried while the database is busy or its connections break.
const ATTEMPTS: u32 = 6;

/// What a write came to before anything is committed.
enum Prepared {
    /// There is nothing to commit.
    Done(Written),
    /// The changeset with its leaf's hash is in the transaction and in the image, where nobody sees it yet.
    Put(Box<Changeset>, Sha256, DatabaseTransaction),
}

/// What a commit that was not confirmed came to.
enum Outcome {
    Committed,
    NotCommitted,
}

impl Store {
    /// Decides on the head as it is under the lock, and commits what was decided as one changeset.
    ///
    /// `decide` is called once for every attempt, of which there are several only when the database is busy or its
    /// connections break; it has to be a pure function of the view. Once begun, a write is finished even if the caller
    /// no longer waits for it.
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
        let options = self.database().options();
        let begun = Moment::now();
        // Writes wait for one another. Where the first is held up by the database, those behind it are told so in time.
        let turn = begun + 2 * options.acquire_timeout;
        let mut image = timeout_at(turn, self.image().lock())
            .await
            .map_err(|waited| StoreError::Busy(waited.into()))?;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let error = match self.attempt(&mut image, write, decide).await {
                Err(WriteError::Store(error)) if error.is_transient() => error,
                done => return done,
            };
            self.database().distrust_after(&error);
            if attempt == ATTEMPTS || begun.elapsed() >= options.acquire_timeout {
                return Err(error.into());
            }
            tracing::debug!(
                store.attempt = attempt,
                error = &error as &dyn std::error::Error,
                "a write that the database did not take is tried again"
            );
            tokio::time::sleep(pause(attempt)).await;
        }
    }

    async fn attempt<E: Send>(
        &self,
        image: &mut Image,
        write: &Write,
        decide: &mut (impl FnMut(&View) -> Result<Vec<Change>, E> + Send),
    ) -> Result<Written, WriteError<E>> {
        self.make_sound(image).await?;
        let patience = self.database().options().patience;
        let prepared = timeout(patience, self.prepare(image, write, decide)).await;
        let (changeset, hash, transaction) = match prepared.map_err(StoreError::silent)?? {
            Prepared::Done(written) => return Ok(written),
            Prepared::Put(changeset, hash, transaction) => (*changeset, hash, transaction),
        };
        let committed = match timeout(patience, transaction.commit()).await {
            Ok(committed) => committed.map_err(StoreError::from),
            Err(waited) => Err(StoreError::silent(waited)),
        };
        if let Err(error) = committed {
            match self.settle(&changeset, hash).await? {
                Outcome::Committed => {}
                Outcome::NotCommitted => return Err(error.into()),
            }
        }
        image.publish(&changeset, hash);
        self.show(image);
        self.notify(changeset.seq);
        Ok(Written::Committed(changeset))
    }

    /// Does everything but the commit. It may be broken off wherever it waits, and leaves the image sound if it is.
    async fn prepare<E: Send>(
        &self,
        image: &mut Image,
        write: &Write,
        decide: &mut (impl FnMut(&View) -> Result<Vec<Change>, E> + Send),
    ) -> Result<Prepared, WriteError<E>> {
        let patience = self.database().options().patience;
        let transaction = self
            .database()
            .begin_write()
            .await
            .map_err(StoreError::from)?;
        let head = log::lock_head(&transaction, self.id()).await?;
        if image.catch_up(&transaction, &head, patience).await? {
            self.show(image);
        }
        if let Some(key) = &write.idempotency
            && let Some(seq) = key.find(&transaction, self.id(), &write.actor).await?
        {
            return Ok(Prepared::Done(Written::Repeated(seq)));
        }
        let changes = decide(&image.view(write.today)).map_err(WriteError::Refused)?;
        if changes.is_empty() {
            return Ok(Prepared::Done(Written::Unchanged(head.seq)));
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
        Ok(Prepared::Put(Box::new(changeset), hash, transaction))
    }

    /// Loads the image anew if a write was broken off after it had been put.
    pub(crate) async fn make_sound(&self, image: &mut Image) -> Result<(), StoreError> {
        if image.is_sound() {
            return Ok(());
        }
        let loaded = Image::load(self.database(), self.id()).await?;
        let (seen, found) = (self.register().seq(), loaded.register().seq());
        if found < seen {
            return Err(StoreError::WentBack { seen, found });
        }
        *image = loaded;
        self.show(image);
        Ok(())
    }

    /// Finds out what a commit came to that was not confirmed, for example because the connection was lost.
    ///
    /// It looks until it has seen, but not for ever: then it says that it does not know.
    async fn settle(&self, changeset: &Changeset, hash: Sha256) -> Result<Outcome, StoreError> {
        let until = Moment::now() + self.database().options().patience;
        let mut attempt = 0;
        loop {
            let looked = timeout_at(until, self.look_for(changeset, hash)).await;
            let error = match looked.map_err(StoreError::silent) {
                Ok(Ok(outcome)) => return Ok(outcome),
                Ok(Err(error)) | Err(error) => error,
            };
            self.database().distrust_after(&error);
            if !error.is_transient() || Moment::now() >= until {
                return Err(StoreError::Unsettled(error.into()));
            }
            attempt = ATTEMPTS.min(attempt + 1);
            tokio::time::sleep(pause(attempt)).await;
        }
    }

    /// Whether the changeset is in the log.
    ///
    /// It takes the lock on the head first: as long as the transaction in question may still be committed, it holds it.
    async fn look_for(&self, changeset: &Changeset, hash: Sha256) -> Result<Outcome, StoreError> {
        let transaction = self.database().begin_write().await?;
        let head = log::lock_head(&transaction, self.id()).await?;
        let before = Seq(changeset.seq.0 - 1);
        if head.seq < before {
            // An older copy of the database knows nothing of it, and that means nothing.
            return Err(StoreError::WentBack {
                seen: before,
                found: head.seq,
            });
        }
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
