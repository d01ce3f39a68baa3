//! Writing: one command is one changeset, and one transaction unless several are written together.

use crate::{
    draft::DraftAcceptance,
    error::{StoreError, WriteError},
    idempotency::Idempotency,
    image::Image,
    log, project,
    store::Store,
    text,
};
use bytes::Bytes;
use domain::{
    change::{Actor, Authority, Change, Changeset, Proposal},
    id::RegisterId,
    text::Sha256,
    time::{Day, Instant, Seq},
    tree::{Frontier, leaf_hash},
    view::View,
};
use sea_orm::DatabaseTransaction;
use std::{
    hash::{BuildHasher as _, Hasher as _, RandomState},
    time::Duration,
};
use tokio::{
    sync::MutexGuard,
    time::{Instant as Moment, timeout, timeout_at},
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

/// A write, and the draft that it accepts, if it does.
struct Task {
    write: Write,
    draft: Option<DraftAcceptance>,
}

/// What came of a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is in the log.
    Committed(Box<Changeset>),
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

    /// What was committed, if anything was.
    pub fn changeset(&self) -> Option<&Changeset> {
        match self {
            Self::Committed(changeset) => Some(changeset),
            Self::Unchanged(_) | Self::Repeated(_) => None,
        }
    }
}

/// How often a write is tried while the database is busy or its connections break.
const ATTEMPTS: u32 = 6;

/// What writes came to before anything is committed.
struct Prepared<E> {
    /// What was appended is in the transaction and in the image, where nobody sees it yet.
    work: Work,
    /// Why the write behind those was not done.
    refused: Option<E>,
    transaction: DatabaseTransaction,
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
        decide: impl FnMut(&View) -> Result<Vec<Change>, E> + Send + 'static,
    ) -> Result<Written, WriteError<E>> {
        self.write_accepting(write, None, decide).await
    }

    /// The same, and what is written accepts a draft: both or neither. A draft that changes nothing is accepted all the
    /// same, as the head on which that was decided.
    pub async fn write_accepting<E: Send + 'static>(
        &self,
        write: Write,
        draft: Option<DraftAcceptance>,
        mut decide: impl FnMut(&View) -> Result<Vec<Change>, E> + Send + 'static,
    ) -> Result<Written, WriteError<E>> {
        let written = self.write_tasks(vec![Task { write, draft }], move |_, view| decide(view));
        let written = written.await?;
        Ok(written
            .into_iter()
            .next()
            .expect("each write comes to something, or all fail"))
    }

    /// Writes several changesets in one transaction, each decided on the register as the one before leaves it: for
    /// loading, where a transaction takes longer than what it commits.
    ///
    /// `decide` is told which of the writes it is to decide. Where it refuses one, those before it are committed
    /// nevertheless, and those behind it are not tried. Else all is as with [`Self::write`].
    pub async fn write_all<E: Send + 'static>(
        &self,
        writes: Vec<Write>,
        decide: impl FnMut(usize, &View) -> Result<Vec<Change>, E> + Send + 'static,
    ) -> Result<Vec<Written>, WriteError<E>> {
        let tasks = writes.into_iter().map(|write| Task { write, draft: None });
        self.write_tasks(tasks.collect(), decide).await
    }

    async fn write_tasks<E: Send + 'static>(
        &self,
        tasks: Vec<Task>,
        mut decide: impl FnMut(usize, &View) -> Result<Vec<Change>, E> + Send + 'static,
    ) -> Result<Vec<Written>, WriteError<E>> {
        let action = tasks.first().map_or("", |task| &task.write.action);
        let span =
            tracing::debug_span!("store.write", write.action = %action, writes = tasks.len());
        let store = self.clone();
        let write = async move { store.write_to_the_end(&tasks, &mut decide).await };
        let thread = self.database().write_thread();
        thread.run(write.instrument(span)).await?
    }

    /// The image, once it is the turn of what was begun then. Writes wait for one another: where the first is held up by the
    /// database, those behind it are told so in time.
    pub(crate) async fn turn(&self, begun: Moment) -> Result<MutexGuard<'_, Image>, StoreError> {
        let latest = begun + 2 * self.database().options().acquire_timeout;
        timeout_at(latest, self.image().lock())
            .await
            .map_err(|waited| StoreError::Busy(waited.into()))
    }

    async fn write_to_the_end<E: Send>(
        &self,
        writes: &[Task],
        decide: &mut (impl FnMut(usize, &View) -> Result<Vec<Change>, E> + Send),
    ) -> Result<Vec<Written>, WriteError<E>> {
        let options = self.database().options();
        let begun = Moment::now();
        let mut image = self.turn(begun).await?;
        let mut attempt = 0;
        loop {
            attempt += 1;
            let error = match self.attempt(&mut image, writes, decide).await {
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
        writes: &[Task],
        decide: &mut (impl FnMut(usize, &View) -> Result<Vec<Change>, E> + Send),
    ) -> Result<Vec<Written>, WriteError<E>> {
        self.make_sound(image).await?;
        let patience = self.database().options().patience;
        let prepared = timeout(patience, self.prepare(image, writes, decide)).await;
        let Prepared {
            work,
            refused,
            transaction,
        } = prepared.map_err(StoreError::silent)??;
        if let Some(&leaf) = work.leaves.last() {
            let committed = match timeout(patience, transaction.commit()).await {
                Ok(committed) => committed.map_err(StoreError::from),
                Err(waited) => Err(StoreError::silent(waited)),
            };
            if let Err(error) = committed {
                match self.settle(&work, leaf).await? {
                    Outcome::Committed => {}
                    Outcome::NotCommitted => return Err(error.into()),
                }
            }
            for (changeset, leaf) in work.changesets().zip(&work.leaves) {
                image.publish(changeset, *leaf);
            }
            self.show(image);
            self.notify(work.seq);
        } else if work.accepted {
            // Nothing can be looked for in the log; whoever repeats it finds the draft as it then is.
            timeout(patience, transaction.commit())
                .await
                .map_err(StoreError::silent)?
                .map_err(StoreError::from)?;
        }
        match refused {
            None => Ok(work.written),
            Some(refusal) => Err(WriteError::Refused(refusal)),
        }
    }

    /// Does everything but the commit. It may be broken off wherever it waits: the image is as it was then, or, between
    /// the writes of one transaction, is known to be unsound.
    async fn prepare<E: Send>(
        &self,
        image: &mut Image,
        writes: &[Task],
        decide: &mut (impl FnMut(usize, &View) -> Result<Vec<Change>, E> + Send),
    ) -> Result<Prepared<E>, WriteError<E>> {
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

        let mut work = Work::on(&head, image);
        let mut refused = None;
        for (number, Task { write, draft }) in writes.iter().enumerate() {
            if let Some(key) = &write.idempotency
                && let Some(seq) = key.find(&transaction, self.id(), &write.actor).await?
            {
                work.written.push(Written::Repeated(seq));
                continue;
            }
            // From the second write on, the image holds what is not yet so. Should anything break this off, it is loaded
            // anew.
            work.put(image, &transaction).await?;
            match decide(number, &image.view_at(work.seq, write.today)) {
                Ok(changes) if changes.is_empty() => {
                    work.written.push(Written::Unchanged(work.seq));
                    if let Some(draft) = draft {
                        self.draft_accept(&transaction, draft, &write.actor.subject, work.seq)
                            .await?;
                        work.accepted = true;
                    }
                }
                Ok(changes) => {
                    let now = self.database().now();
                    let record = draft.as_ref().and_then(|draft| draft.record.as_ref());
                    work.append(&transaction, self.id(), now, (write, record), changes)
                        .await?;
                    if let Some(draft) = draft {
                        self.draft_accept(&transaction, draft, &write.actor.subject, work.seq)
                            .await?;
                    }
                }
                Err(refusal) => {
                    refused = Some(refusal);
                    break;
                }
            }
        }
        if !work.leaves.is_empty() {
            project::project(&transaction, work.changesets()).await?;
            work.put(image, &transaction).await?;
        }
        Ok(Prepared {
            work,
            refused,
            transaction,
        })
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
    async fn settle(&self, work: &Work, leaf: Sha256) -> Result<Outcome, StoreError> {
        let until = Moment::now() + self.database().options().patience;
        let mut attempt = 0;
        loop {
            let looked = timeout_at(until, self.look_for(work, leaf)).await;
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

    /// Whether the changesets are in the log, of which this is the last leaf.
    ///
    /// It takes the lock on the head first: as long as the transaction in question may still be committed, it holds it.
    async fn look_for(&self, work: &Work, leaf: Sha256) -> Result<Outcome, StoreError> {
        let transaction = self.database().begin_write().await?;
        let head = log::lock_head(&transaction, self.id()).await?;
        let before = work.begun;
        if head.seq < before {
            // An older copy of the database knows nothing of it, and that means nothing.
            return Err(StoreError::WentBack {
                seen: before,
                found: head.seq,
            });
        }
        let found = log::leaf_hash(&transaction, self.id(), work.seq).await?;
        Ok(if found == Some(leaf) {
            Outcome::Committed
        } else {
            Outcome::NotCommitted
        })
    }
}

/// What one transaction has come to so far.
struct Work {
    /// The head before it.
    begun: Seq,
    /// The head that it makes.
    seq: Seq,
    recorded_at: Instant,
    frontier: Frontier,
    /// Whether a draft is accepted that changes nothing.
    accepted: bool,
    /// The hashes of the changesets that were appended.
    leaves: Vec<Sha256>,
    written: Vec<Written>,
    /// How many of those are in the image too.
    put: usize,
}

impl Work {
    fn on(head: &log::Head, image: &Image) -> Self {
        Self {
            begun: head.seq,
            seq: head.seq,
            recorded_at: image.recorded_at(),
            frontier: image.frontier().clone(),
            accepted: false,
            leaves: vec![],
            written: vec![],
            put: 0,
        }
    }

    fn changesets(&self) -> impl Iterator<Item = &Changeset> + Clone {
        self.written.iter().filter_map(Written::changeset)
    }

    /// Gives changes their place in the log, behind what was written before.
    async fn append(
        &mut self,
        transaction: &DatabaseTransaction,
        register: RegisterId,
        now: Instant,
        (write, record): (&Write, Option<&Bytes>),
        changes: Vec<Change>,
    ) -> Result<(), StoreError> {
        self.seq = self.seq.next();
        self.recorded_at = now.max(Instant(self.recorded_at.0 + 1));
        let proposal = proposal(write, changes);
        let record = record.map(|record| (Sha256::of(record), record.clone()));
        let changeset = Changeset::new(register, self.seq, self.recorded_at, proposal)
            .reviewed(record.as_ref().map(|(digest, _)| *digest));
        let leaf = changeset.leaf();
        let hash = leaf_hash(&leaf);
        self.frontier.push(hash);
        self.leaves.push(hash);
        text::keep(transaction, register, &changeset.changes, &write.texts).await?;
        text::insert(transaction, register, record.as_slice()).await?;
        log::append(transaction, &changeset, leaf, hash, self.frontier.root()).await?;
        if let Some(key) = &write.idempotency {
            key.keep(transaction, &changeset).await?;
        }
        self.written.push(Written::Committed(Box::new(changeset)));
        Ok(())
    }

    /// Puts into the image what was appended since the last call.
    async fn put(
        &mut self,
        image: &mut Image,
        transaction: &DatabaseTransaction,
    ) -> Result<(), StoreError> {
        for written in &self.written[self.put..] {
            if let Some(changeset) = written.changeset() {
                let texts = image.texts_for(transaction, &changeset.changes).await?;
                image.put(changeset, &texts)?;
            }
        }
        self.put = self.written.len();
        Ok(())
    }
}

/// Twice as long after each attempt, and up to as much again, so that several writers do not meet once more.
fn pause(attempt: u32) -> Duration {
    let base = Duration::from_millis(5 << attempt);
    let chance = RandomState::new().build_hasher().finish() % 1000;
    base + base * (chance as u32) / 1000
}

pub(crate) fn proposal(write: &Write, changes: Vec<Change>) -> Proposal {
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
