//! The log, its texts, its projection, and the triggers that keep them from being rewritten.

use crate::dialect::{for_sqlite, unsupported};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Facts: rows are closed once and never deleted.
const VERSIONED: [&str; 11] = [
    "document",
    "place",
    "party",
    "party_name",
    "plan",
    "section",
    "task",
    "clause",
    "assignment",
    "target",
    "deadline",
];

/// Rows that stay exactly as they were inserted.
const APPEND_ONLY: [&str; 4] = ["event", "text", "idempotency", "origin"];

const OPEN: u32 = u32::MAX;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        match db.get_database_backend() {
            DbBackend::Sqlite => up_sqlite(db).await,
            DbBackend::Postgres => up_postgres(db).await,
            other => Err(unsupported(other)),
        }
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// One index finds the version that holds now, and refuses a second; the other is the order in which facts are loaded.
fn indexes(table: &str) -> String {
    format!(
        "CREATE UNIQUE INDEX {table}_open ON {table} (register_id, id) WHERE until_seq = {OPEN};
         CREATE INDEX {table}_since ON {table} (register_id, since_seq, id);"
    )
}

async fn up_sqlite(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let tables = for_sqlite(include_str!("m0001_register/tables.sql"));
    db.execute_unprepared(&tables).await?;
    for table in VERSIONED {
        let columns = sqlite_columns(db, table).await?;
        let frozen: Vec<_> = columns
            .iter()
            .map(String::as_str)
            .filter(|column| *column != "until_seq")
            .collect();
        let frozen = frozen.join(", ");
        db.execute_unprepared(&format!(
            "{indexes}
             CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table}: rows are never deleted'); END;
             CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {frozen} ON {table}
             BEGIN SELECT RAISE(ABORT, '{table}: rows are only closed'); END;
             CREATE TRIGGER {table}_close_once BEFORE UPDATE OF until_seq ON {table}
             WHEN OLD.until_seq <> {OPEN} OR NEW.until_seq >= {OPEN}
             BEGIN SELECT RAISE(ABORT, '{table}: rows are closed once'); END;",
            indexes = indexes(table),
        ))
        .await?;
    }
    for table in APPEND_ONLY {
        db.execute_unprepared(&format!(
            "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table}: rows are never deleted'); END;
             CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed'); END;"
        ))
        .await?;
    }
    db.execute_unprepared(
        "CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head
         BEGIN SELECT RAISE(ABORT, 'log_head: rows are never deleted'); END;
         CREATE TRIGGER log_head_forward BEFORE UPDATE ON log_head
         WHEN NEW.register_id <> OLD.register_id OR NEW.size <> OLD.size + 1 OR NEW.recorded_at <= OLD.recorded_at
         BEGIN SELECT RAISE(ABORT, 'log_head: advances by one changeset at a time'); END;",
    )
    .await?;
    Ok(())
}

async fn sqlite_columns(
    db: &SchemaManagerConnection<'_>,
    table: &str,
) -> Result<Vec<String>, DbErr> {
    let statement = sea_orm_migration::sea_orm::Statement::from_string(
        DbBackend::Sqlite,
        format!("SELECT name FROM pragma_table_info('{table}')"),
    );
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| row.try_get("", "name")).collect()
}

async fn up_postgres(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    db.execute_unprepared(include_str!("m0001_register/tables.sql"))
        .await?;
    db.execute_unprepared(include_str!("m0001_register/postgres.sql"))
        .await?;
    for table in VERSIONED {
        db.execute_unprepared(&format!(
            "{indexes}
             CREATE TRIGGER {table}_close_once BEFORE UPDATE ON {table}
             FOR EACH ROW EXECUTE FUNCTION remit_close_once();",
            indexes = indexes(table),
        ))
        .await?;
    }
    for table in APPEND_ONLY {
        db.execute_unprepared(&format!(
            "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
             FOR EACH ROW EXECUTE FUNCTION remit_refuse();"
        ))
        .await?;
    }
    db.execute_unprepared(
        "CREATE TRIGGER log_head_forward BEFORE UPDATE ON log_head
         FOR EACH ROW EXECUTE FUNCTION remit_forward();",
    )
    .await?;
    for table in VERSIONED.into_iter().chain(APPEND_ONLY).chain(["log_head"]) {
        db.execute_unprepared(&format!(
            "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION remit_refuse();
             CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
             FOR EACH STATEMENT EXECUTE FUNCTION remit_refuse();"
        ))
        .await?;
    }
    Ok(())
}
