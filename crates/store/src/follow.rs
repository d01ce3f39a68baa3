//! Following the log: what other processes write is applied here too.

use crate::{error::StoreError, log, store::Store};
use domain::time::Seq;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement, sqlx::postgres::PgListener};

/// Where a process that has written tells the others.
const CHANNEL: &str = "remit";

impl Store {
    /// Looks once for what other processes wrote, and applies it.
    pub async fn catch_up(&self) -> Result<(), StoreError> {
        let seen = self.register().seq();
        let head = log::head(self.database().reader(), self.id()).await?;
        if head.seq < seen {
            return Err(StoreError::WentBack {
                seen,
                found: head.seq,
            });
        }
        if head.seq == seen {
            return Ok(());
        }
        let mut image = self.image().lock().await;
        self.make_sound(&mut image).await?;
        let snapshot = self.database().begin_snapshot().await?;
        let head = log::head(&snapshot, self.id()).await?;
        if image.catch_up(&snapshot, &head).await? {
            self.show(&image);
        }
        Ok(())
    }

    /// Follows the log for as long as it is polled: looks at every interval, and on PostgreSQL as soon as it is woken.
    pub async fn follow(self) {
        let mut listener = None;
        let mut failing = false;
        loop {
            // It listens before it looks, so that nothing falls between the two.
            if listener.is_none() {
                listener = self.listen().await;
            }
            match self.catch_up().await {
                Ok(()) => failing = false,
                Err(error) if !failing => {
                    failing = true;
                    let error = &error as &dyn std::error::Error;
                    tracing::warn!(error, "the log cannot be followed at present");
                }
                Err(_) => {}
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

    /// Wakes other processes. A hint only: they look by themselves as well.
    pub(crate) async fn notify(&self, seq: Seq) {
        let db = self.database().writer();
        if db.get_database_backend() != DbBackend::Postgres {
            return;
        }
        let payload = format!("{} {seq}", self.id());
        let notify = "SELECT pg_notify($1, $2)";
        let notify = Statement::from_sql_and_values(
            DbBackend::Postgres,
            notify,
            [CHANNEL.into(), payload.into()],
        );
        if let Err(error) = db.query_one_raw(notify).await {
            tracing::debug!(
                error = &error as &dyn std::error::Error,
                "other processes were not woken"
            );
        }
    }

    /// A connection that is woken; without one, looking at intervals is enough.
    async fn listen(&self) -> Option<PgListener> {
        let db = self.database().reader();
        if db.get_database_backend() != DbBackend::Postgres {
            return None;
        }
        let mut listener = PgListener::connect_with(db.get_postgres_connection_pool())
            .await
            .ok()?;
        listener.listen(CHANNEL).await.ok()?;
        Some(listener)
    }
}
