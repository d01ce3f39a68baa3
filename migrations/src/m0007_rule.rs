//! The rules of the register, as far as the tables can repeat them: dates in order, one lead, nothing twice, no circles,
//! successors that exist; and which plan takes the place of another.
//!
//! They are checked where rows are inserted, so that what was kept before stands in nobody's way. What documents and loads
//! state is taken at its word: one lead, and nothing twice, is asked of what offices decide.

use crate::dialect::create;
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

/// Things that lie under others of their kind.
const TREES: [&str; 2] = ["party", "section"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        create(
            db,
            TABLES,
            include_str!("m0007_rule/sqlite.sql"),
            include_str!("m0007_rule/postgres.sql"),
        )
        .await?;
        let on_sqlite = db.get_database_backend() == DbBackend::Sqlite;
        for (table, from, to) in LASTING {
            let trigger = if on_sqlite {
                format!(
                    "CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table}
                     WHEN NEW.{from} >= NEW.{to}
                     BEGIN SELECT RAISE(ABORT, '{table}: it ends without having begun'); END;"
                )
            } else {
                format!(
                    "CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table} FOR EACH ROW
                     WHEN (NEW.{from} >= NEW.{to})
                     EXECUTE FUNCTION remit_against('it ends without having begun');"
                )
            };
            db.execute_unprepared(&trigger).await?;
        }
        for table in TREES {
            let above = above(table);
            let trigger = if on_sqlite {
                format!(
                    "CREATE TRIGGER {table}_no_circle AFTER INSERT ON {table}
                     WHEN NEW.parent_id IS NOT NULL
                     BEGIN
                         SELECT RAISE(ABORT, '{table}: it would lie under itself') WHERE EXISTS ({above});
                     END;"
                )
            } else {
                format!(
                    "CREATE FUNCTION remit_{table}_circle() RETURNS trigger LANGUAGE plpgsql AS $$
                     BEGIN
                         IF EXISTS ({above}) THEN
                             RAISE EXCEPTION '{table}: it would lie under itself';
                         END IF;
                         RETURN NULL;
                     END
                     $$;
                     CREATE TRIGGER {table}_no_circle AFTER INSERT ON {table} FOR EACH ROW
                     WHEN (NEW.parent_id IS NOT NULL)
                     EXECUTE FUNCTION remit_{table}_circle();"
                )
            };
            db.execute_unprepared(&trigger).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A row, if it lies above itself.
fn above(table: &str) -> String {
    format!(
        "WITH RECURSIVE above (id) AS (
             SELECT NEW.parent_id
             UNION
             SELECT {table}.parent_id FROM above
             JOIN {table} ON {table}.register_id = NEW.register_id AND {table}.id = above.id
                 AND {table}.until_seq = 4294967295
             WHERE {table}.parent_id IS NOT NULL
         )
         SELECT 1 FROM above WHERE id = NEW.id"
    )
}
