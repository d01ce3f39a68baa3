//! What the log is filtered by, a row for each changeset, so that nobody has to read all leaves for it.

use crate::dialect::for_sqlite;
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
        let table = include_str!("m0005_changeset/table.sql");
        match db.get_database_backend() {
            DbBackend::Sqlite => {
                let table = for_sqlite(table);
                db.execute_unprepared(&table).await?;
                db.execute_unprepared(include_str!("m0005_changeset/sqlite.sql"))
                    .await?;
            }
            DbBackend::Postgres => {
                db.execute_unprepared(table).await?;
                db.execute_unprepared(include_str!("m0005_changeset/postgres.sql"))
                    .await?;
            }
            other => {
                return Err(DbErr::BackendNotSupported {
                    db: other.as_str(),
                    ctx: "migrations",
                });
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
