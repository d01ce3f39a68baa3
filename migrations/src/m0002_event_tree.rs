//! An index over what the hash tree needs of each changeset.
//!
//! SQLite keeps the columns of a row behind one another, and a leaf may be long: without the index, opening a register
//! reads the whole log. (PostgreSQL keeps long leaves apart.)

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
        if db.get_database_backend() == DbBackend::Sqlite {
            let index =
                "CREATE INDEX event_tree ON event (register_id, seq, recorded_at, leaf_hash)";
            db.execute_unprepared(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
