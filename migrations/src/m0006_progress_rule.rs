//! Rules that an office sets for lights and reports.

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
        let table = include_str!("m0006_progress_rule/table.sql");
        match db.get_database_backend() {
            DbBackend::Sqlite => {
                let table = for_sqlite(table);
                db.execute_unprepared(&table).await?;
                db.execute_unprepared(include_str!("m0006_progress_rule/sqlite.sql"))
                    .await?;
            }
            DbBackend::Postgres => {
                db.execute_unprepared(table).await?;
                db.execute_unprepared(include_str!("m0006_progress_rule/postgres.sql"))
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
