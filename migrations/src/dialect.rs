//! Tables are written once, in PostgreSQL's type names; for SQLite those are replaced by its own.
//!
//! Every migration relies on it, so it is as frozen as they are: a replacement may be added for a type that none of them
//! has named yet.

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
