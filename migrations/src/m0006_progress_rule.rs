//! Rules that an office sets for lights and reports.

use crate::dialect::create;
use sea_orm_migration::prelude::*;

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(
            manager.get_connection(),
            include_str!("m0006_progress_rule/table.sql"),
            include_str!("m0006_progress_rule/sqlite.sql"),
            include_str!("m0006_progress_rule/postgres.sql"),
        )
        .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
