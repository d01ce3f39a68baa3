//! Tables are written once, in PostgreSQL's type names; for SQLite those are replaced by its own.
//!
//! Every migration relies on it, so it is as frozen as they are: a replacement may be added for a type that none of them
//! has named yet.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Creates tables, and then what each database has of its own for them.
pub(crate) async fn create(
    db: &SchemaManagerConnection<'_>,
    tables: &str,
    sqlite: &str,
    postgres: &str,
) -> Result<(), DbErr> {
    let tables = match db.get_database_backend() {
        DbBackend::Sqlite => for_sqlite(tables),
        DbBackend::Postgres => tables.to_owned(),
        other => return Err(unsupported(other)),
    };
    db.execute_unprepared(&tables).await?;
    own(db, sqlite, postgres).await
}

/// Does what each database has of its own.
pub(crate) async fn own(
    db: &SchemaManagerConnection<'_>,
    sqlite: &str,
    postgres: &str,
) -> Result<(), DbErr> {
    let own = match db.get_database_backend() {
        DbBackend::Sqlite => sqlite,
        DbBackend::Postgres => postgres,
        other => return Err(unsupported(other)),
    };
    db.execute_unprepared(own).await?;
    Ok(())
}

/// What a migration says of a database that is neither of the two.
pub(crate) fn unsupported(other: DbBackend) -> DbErr {
    DbErr::BackendNotSupported {
        db: other.as_str(),
        ctx: "migrations",
    }
}

/// The statements that create tables, as SQLite takes them.
pub(crate) fn for_sqlite(tables: &str) -> String {
    tables
        .replace(" UUID", " BLOB")
        .replace(" BYTEA", " BLOB")
        .replace(" BIGINT", " INTEGER")
        .replace(" BOOLEAN", " INTEGER")
        .replace(" COLLATE \"C\"", "")
        .replace("\n);", "\n) STRICT;")
}
