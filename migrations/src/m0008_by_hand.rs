//! One lead, and nothing twice, of what offices record by hand, too.
//!
//! What is loaded rests on the same basis, and is taken at its word. Which of both a row is, its changeset says: the log
//! is written before the facts.

use crate::dialect::own;
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        own(
            manager.get_connection(),
            include_str!("m0008_by_hand/sqlite.sql"),
            include_str!("m0008_by_hand/postgres.sql"),
        )
        .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
