//! Drafts under review: mutable, versioned, outside of the log.

use crate::dialect::{for_sqlite, unsupported};
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
        let tables = include_str!("m0003_draft/tables.sql");
        let tables = match db.get_database_backend() {
            DbBackend::Sqlite => for_sqlite(tables),
            DbBackend::Postgres => tables.to_owned(),
            other => return Err(unsupported(other)),
        };
        db.execute_unprepared(&tables).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
