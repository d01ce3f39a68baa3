//! What changes in a register: reorganizations and what they moved, deadlines that are met, how far tasks have come,
//! what parties report, cases of supervision.

use crate::dialect::{for_sqlite, unsupported};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Facts, as those of the first migration: rows are closed once and never deleted.
const VERSIONED: [&str; 4] = [
    "reorganization",
    "standing",
    "progress_report",
    "supervision_case",
];

/// Tables of the first migration that get columns.
const WIDENED: [&str; 2] = ["assignment", "deadline"];

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

fn indexes(table: &str) -> String {
    format!(
        "CREATE UNIQUE INDEX {table}_open ON {table} (register_id, id) WHERE until_seq = {OPEN};
         CREATE INDEX {table}_since ON {table} (register_id, since_seq, id);"
    )
}

async fn up_sqlite(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let tables = for_sqlite(include_str!("m0004_change/tables.sql"));
    db.execute_unprepared(&tables).await?;
    for table in WIDENED {
        // It names the columns that are not to change.
        db.execute_unprepared(&format!("DROP TRIGGER {table}_no_update"))
            .await?;
        db.execute_unprepared(&no_update(db, table).await?).await?;
    }
    for table in VERSIONED {
        db.execute_unprepared(&format!(
            "{indexes}
             CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             BEGIN SELECT RAISE(ABORT, '{table}: rows are never deleted'); END;
             {no_update}
             CREATE TRIGGER {table}_close_once BEFORE UPDATE OF until_seq ON {table}
             WHEN OLD.until_seq <> {OPEN} OR NEW.until_seq >= {OPEN}
             BEGIN SELECT RAISE(ABORT, '{table}: rows are closed once'); END;",
            indexes = indexes(table),
            no_update = no_update(db, table).await?,
        ))
        .await?;
    }
    Ok(())
}

async fn no_update(db: &SchemaManagerConnection<'_>, table: &str) -> Result<String, DbErr> {
    let statement = sea_orm_migration::sea_orm::Statement::from_string(
        DbBackend::Sqlite,
        format!("SELECT name FROM pragma_table_info('{table}') WHERE name <> 'until_seq'"),
    );
    let rows = db.query_all_raw(statement).await?;
    let frozen: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", "name"))
        .collect::<Result<_, _>>()?;
    let frozen = frozen.join(", ");
    Ok(format!(
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {frozen} ON {table}
         BEGIN SELECT RAISE(ABORT, '{table}: rows are only closed'); END;"
    ))
}

async fn up_postgres(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    db.execute_unprepared(include_str!("m0004_change/tables.sql"))
        .await?;
    for table in VERSIONED {
        db.execute_unprepared(&format!(
            "{indexes}
             CREATE TRIGGER {table}_close_once BEFORE UPDATE ON {table}
             FOR EACH ROW EXECUTE FUNCTION remit_close_once();
             CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION remit_refuse();
             CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
             FOR EACH STATEMENT EXECUTE FUNCTION remit_refuse();",
            indexes = indexes(table),
        ))
        .await?;
    }
    Ok(())
}
