//! Trying a write: what it would come to is put into a branch of the register, and nothing is kept.

use crate::{
    draft::DraftAcceptance,
    error::{StoreError, WriteError},
    store::Store,
    write::{Write, Written, proposal},
};
use domain::{
    change::{Change, Changeset},
    register::Register,
    text::Sha256,
    time::Instant,
    view::View,
};
use std::sync::Arc;
use tokio::time::Instant as Moment;
use tracing::Instrument as _;

/// What a write would come to.
#[derive(Clone, Debug)]
pub struct Tried {
    /// What it would be: a changeset behind the head that only [`Self::register`] knows.
    pub written: Written,
    /// The register as it would be then.
    pub register: Arc<Register>,
}

impl Store {
    /// Decides as [`Store::write_accepting`] does, and answers from a branch of the register into which that was put. The database is
    /// asked for what others have written and for what is quoted; where it does not answer the first, what is known here
    /// counts.
    pub async fn try_out<E: Send + 'static>(
        &self,
        write: Write,
        draft: Option<DraftAcceptance>,
        decide: impl FnOnce(&View) -> Result<Vec<Change>, E> + Send + 'static,
    ) -> Result<Tried, WriteError<E>> {
        let span = tracing::debug_span!("store.try_out", write.action = %write.action);
        let store = self.clone();
        let trial = async move { store.try_on_branch(write, draft, decide).await };
        let thread = self.database().write_thread();
        thread.run(trial.instrument(span)).await?
    }

    async fn try_on_branch<E>(
        &self,
        write: Write,
        draft: Option<DraftAcceptance>,
        decide: impl FnOnce(&View) -> Result<Vec<Change>, E>,
    ) -> Result<Tried, WriteError<E>> {
        if let Err(error) = self.catch_up().await {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "tried on what is known here"
            );
        }
        let db = self.database().reader();
        if let Some(key) = &write.idempotency
            && let Some(seq) = key.find(db, self.id(), &write.actor).await?
        {
            return Ok(Tried {
                written: Written::Repeated(seq),
                register: self.register(),
            });
        }
        if let Some(DraftAcceptance { id, version, .. }) = draft {
            let draft = self.draft_at(db, id, version).await?;
            draft.ok_or(StoreError::NoSuchDraft { draft: id })?;
        }
        let mut image = self.turn(Moment::now()).await?;
        self.make_sound(&mut image).await?;
        let head = image.register().seq();
        let changes = decide(&image.view_at(head, write.today)).map_err(WriteError::Refused)?;
        if changes.is_empty() {
            return Ok(Tried {
                written: Written::Unchanged(head),
                register: Arc::clone(image.register()),
            });
        }
        let now = self.database().now();
        let recorded_at = now.max(Instant(image.recorded_at().0 + 1));
        let changeset = Changeset::new(
            self.id(),
            head.next(),
            recorded_at,
            proposal(&write, changes),
        );
        // The bytes of a document need not be text.
        let given = write.texts.iter().filter_map(|(digest, content)| {
            let text = std::str::from_utf8(content).ok()?;
            Some((*digest, Arc::from(text)))
        });
        let given: Vec<(Sha256, Arc<str>)> = given.collect();
        let mut texts = image.texts_for(db, &changeset.changes).await?;
        texts.extend(given.iter().cloned());
        let mut branch = image.branch();
        // What is put into memory only need not wait for others.
        drop(image);
        branch.apply(&changeset, &texts).map_err(StoreError::from)?;
        for (digest, text) in &given {
            self.text_cache().add(*digest, text);
        }
        Ok(Tried {
            written: Written::Committed(Box::new(changeset)),
            register: Arc::clone(branch.register()),
        })
    }
}
