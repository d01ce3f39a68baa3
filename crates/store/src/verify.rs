//! Checking a register against its own log: every value that is not what was written is found and named.

mod changeset;
mod finding;
mod fingerprint;
mod log;
mod projection;
mod text;

pub use finding::{Finding, Problem};

use crate::{database::Database, error::StoreError, row::register};
use domain::id::RegisterId;
use finding::Findings;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, RuntimeErr, sqlx};

impl Database {
    /// Recomputes everything that the log of one register determines and lists what differs; nothing listed means
    /// that all is as it was written. It sees the database at one moment and may run beside a server.
    pub async fn verify(&self, code: &str) -> Result<Vec<Finding>, StoreError> {
        if !self.pending().await?.is_empty() {
            return Err(StoreError::Pending);
        }
        let snapshot = self.begin_snapshot().await?;
        let row = register::Entity::find()
            .filter(register::Column::Code.eq(code))
            .one(&snapshot)
            .await?;
        let row = row.ok_or_else(|| StoreError::NoSuchRegister {
            code: code.to_owned(),
        })?;
        let mut findings = Findings::new(RegisterId::from(row.id));
        let (named, fingerprints) = log::verify(&snapshot, &row, &mut findings).await?;
        text::verify(&snapshot, named, &mut findings).await?;
        fingerprints.verify(&snapshot, &mut findings).await?;
        snapshot.commit().await?;
        Ok(findings.list)
    }
}

/// Whether a row came but one of its cells could not be read as what its column should hold.
fn is_unreadable(error: &DbErr) -> bool {
    match error {
        DbErr::Type(_) | DbErr::TryIntoErr { .. } => true,
        DbErr::Query(RuntimeErr::SqlxError(error)) => {
            matches!(
                **error,
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)
            )
        }
        _ => false,
    }
}
