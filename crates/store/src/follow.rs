//! Following the log: what other processes write is applied here too.

use crate::{error::StoreError, image::Image, log, store::Store};
use domain::{
    text::Sha256,
    time::{Instant, Seq},
};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, sqlx::postgres::PgListener};
use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::timeout;

/// Where a process that has written tells the others.
const CHANNEL: &str = "remit";

/// How long a look at the head may take before the database counts as lost.
const LOOK: Duration = Duration::from_secs(3);

/// Since when the database has not been followed, and why. What was known by then is still shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutOfStep {
    /// When it was noticed.
    pub since: Instant,
    /// Why, and what to do about it.
    pub reason: String,
}

/// How a store stands to its database.
#[derive(Debug)]
pub(crate) struct Standing {
    /// The head that is shown, and what the log adds up to there.
    shown: Mutex<(Seq, Sha256)>,
    lost: Mutex<Option<OutOfStep>>,
}

impl Standing {
    pub(crate) fn new(image: &Image) -> Self {
        Self {
            shown: Mutex::new((image.register().seq(), image.root())),
            lost: Mutex::default(),
        }
    }

    pub(crate) fn shown(&self, image: &Image) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) =
            (image.register().seq(), image.root());
    }
}

impl Store {
    /// Since when the database has not been followed, and why; nothing while it is.
    pub fn out_of_step(&self) -> Option<OutOfStep> {
        let lost = &self.standing().lost;
        lost.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks once for what other processes wrote, and applies it.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        let looked = self.look().await;
        if let Err(error) = &looked {
            self.database().distrust_after(error);
        }
        self.note(looked.as_ref().err());
        looked
    }

    /// Remembers what a look came to; the log has where that changes.
    fn note(&self, error: Option<&StoreError>) {
        let lost = &self.standing().lost;
        let mut lost = lost.lock().unwrap_or_else(PoisonError::into_inner);
        let register = &self.summary().code;
        match (&mut *lost, error) {
            (None, None) => {}
            (Some(_), None) => {
                tracing::info!(register.code = %register, "the log is followed again");
                *lost = None;
            }
            (Some(lost), Some(error)) => lost.reason = error.to_string(),
            (None, Some(error)) => {
                let cause = error as &dyn std::error::Error;
                tracing::warn!(register.code = %register, error = cause, "the log cannot be followed at present");
                *lost = Some(OutOfStep {
                    since: self.database().now(),
                    reason: error.to_string(),
                });
            }
        }
    }

    async fn look(&self) -> Result<(), StoreError> {
        let (seen, root) = *self
            .standing()
            .shown
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let head = log::head(self.database().reader(), self.id());
        let head = timeout(LOOK, head).await.map_err(StoreError::silent)??;
        if head.seq < seen {
            return Err(StoreError::WentBack {
                seen,
                found: head.seq,
            });
        }
        if head.seq == seen {
            return if head.root == root {
                Ok(())
            } else {
                Err(StoreError::OtherHistory { seq: seen })
            };
        }
        let mut image = self.image().lock().await;
        self.make_sound(&mut image).await?;
        let patience = self.database().options().patience;
        let snapshot = async {
            let snapshot = self.database().begin_snapshot().await?;
            let head = log::head(&snapshot, self.id()).await?;
            Ok::<_, StoreError>((snapshot, head))
        };
        let (snapshot, head) = timeout(patience, snapshot)
            .await
            .map_err(StoreError::silent)??;
        if image.catch_up(&snapshot, &head, patience).await? {
            self.show(&image);
        }
        Ok(())
    }
    /// Follows the log for as long as it is polled: looks at every interval, and on PostgreSQL as soon as it is woken.
    pub async fn follow(self) {
        let interval = self.database().options().poll;
        let mut listener = None;
        loop {
            // It listens before it looks, so that nothing falls between the two.
            if listener.is_none() {
                listener = timeout(interval.min(LOOK), self.listen())
                    .await
                    .unwrap_or_default();
            }
            if self.catch_up().await.is_err() {
                // It may hang on the same thread as what has just failed.
                listener = None;
            }
            if !self.woken(listener.as_mut()).await {
                listener = None;
            }
        }
    }

    /// Waits for a hint, at most until it is time to look anyway; tells whether the listener is still of use.
    async fn woken(&self, listener: Option<&mut PgListener>) -> bool {
        let interval = tokio::time::sleep(self.database().options().poll);
        let Some(listener) = listener else {
            interval.await;
            return true;
        };
        tokio::pin!(interval);
        tokio::select! {
            hint = listener.try_recv() => {
                if hint.is_err() {
                    interval.await;
                }
                hint.is_ok()
            }
            () = &mut interval => true,
        }
    }

    /// Wakes other processes. A hint only, which nobody waits for: they look by themselves as well.
    pub(crate) fn notify(&self, seq: Seq) {
        let db = self.database().writer().clone();
        if db.get_database_backend() != DbBackend::Postgres {
            return;
        }
        let payload = format!("{} {seq}", self.id());
        let notify = Statement::from_sql_and_values(
            DbBackend::Postgres,
            "SELECT pg_notify($1, $2)",
            [CHANNEL.into(), payload.into()],
        );
        tokio::spawn(async move {
            if let Err(error) = db.query_one_raw(notify).await {
                let error = &error as &dyn std::error::Error;
                tracing::debug!(error, "other processes were not woken");
            }
        });
    }

    /// A connection that is woken; without one, looking at intervals is enough.
    async fn listen(&self) -> Option<PgListener> {
        let mut listener = PgListener::connect_with(self.database().hints()?)
            .await
            .ok()?;
        listener.listen(CHANNEL).await.ok()?;
        Some(listener)
    }
}
