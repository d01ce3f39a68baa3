//! What the log is filtered by, a row for each changeset, so that nobody has to read all leaves for it.

use crate::dialect::create;
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager.get_connection(),
            include_str!("m0005_changeset/table.sql"),
            include_str!("m0005_changeset/sqlite.sql"),
            include_str!("m0005_changeset/postgres.sql"),
        )
        .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
