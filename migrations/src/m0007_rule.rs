//! The rules of the register, as far as the tables can repeat them: dates in order, one lead, nothing twice, no circles,
//! successors that exist; and which plan takes the place of another.
//!
//! They are checked where rows are inserted, so that what was kept before stands in nobody's way. What documents and loads
//! state is taken at its word: one lead, and nothing twice, is asked of what offices decide.

use crate::dialect::for_sqlite;
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Facts that hold for a time, with the columns of its two ends.
const LASTING: [(&str, &str, &str); 8] = [
    ("party", "valid_from", "valid_to"),
    ("party_name", "valid_from", "valid_to"),
    ("plan", "valid_from", "valid_to"),
    ("task", "valid_from", "valid_to"),
    ("assignment", "valid_from", "valid_to"),
    ("target", "valid_from", "valid_to"),
    ("deadline", "valid_from", "valid_to"),
    ("progress_report", "period_from", "period_to"),
];

const TABLES: &str = "
    ALTER TABLE plan ADD COLUMN superseded_by_id UUID;
    CREATE INDEX assignment_task ON assignment (register_id, task_id) WHERE until_seq = 4294967295;
";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        match db.get_database_backend() {
            DbBackend::Sqlite => up_sqlite(db).await,
            DbBackend::Postgres => up_postgres(db).await,
            other => Err(DbErr::BackendNotSupported {
                db: other.as_str(),
                ctx: "migrations",
            }),
        }
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn up_sqlite(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    db.execute_unprepared(&for_sqlite(TABLES)).await?;
    db.execute_unprepared(include_str!("m0007_rule/sqlite.sql"))
        .await?;
    for (table, from, to) in LASTING {
        db.execute_unprepared(&format!(
            "CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table}
             WHEN NEW.{from} >= NEW.{to}
             BEGIN SELECT RAISE(ABORT, '{table}: it ends without having begun'); END;"
        ))
        .await?;
    }
    Ok(())
}

async fn up_postgres(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    db.execute_unprepared(TABLES).await?;
    db.execute_unprepared(include_str!("m0007_rule/postgres.sql"))
        .await?;
    for (table, from, to) in LASTING {
        db.execute_unprepared(&format!(
            "CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table} FOR EACH ROW
             WHEN (NEW.{from} >= NEW.{to})
             EXECUTE FUNCTION remit_against('it ends without having begun');"
        ))
        .await?;
    }
    Ok(())
}
