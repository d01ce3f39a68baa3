//! One lead, and nothing twice, of what offices record by hand, too.
//!
//! What is loaded rests on the same basis, and is taken at its word. Which of both a row is, its changeset says: the log
//! is written before the facts.

use crate::dialect::unsupported;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let triggers = match db.get_database_backend() {
            DbBackend::Sqlite => include_str!("m0008_by_hand/sqlite.sql"),
            DbBackend::Postgres => include_str!("m0008_by_hand/postgres.sql"),
            other => return Err(unsupported(other)),
        };
        db.execute_unprepared(triggers).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
