//! Inserting many rows with few statements, each of which is prepared once.

use crate::error::StoreError;
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable as _, ModelTrait as _, Statement,
};
use std::fmt::Write as _;

/// How many values one statement carries at most: far below the limits of SQLite (32,766) and PostgreSQL (65,535),
/// because longer ones are not faster.
const VALUES: usize = 4_000;

/// Inserts rows, none of which is there.
pub(crate) async fn insert<E: EntityTrait>(
    db: &impl ConnectionTrait,
    rows: Vec<E::Model>,
) -> Result<(), StoreError> {
    insert_with::<E>(db, rows, "").await
}

/// Inserts those rows that are not there yet.
pub(crate) async fn insert_missing<E: EntityTrait>(
    db: &impl ConnectionTrait,
    rows: Vec<E::Model>,
) -> Result<(), StoreError> {
    insert_with::<E>(db, rows, " ON CONFLICT DO NOTHING").await
}

/// A statement is prepared by its text, and that depends on how many rows it takes. So rows go in powers of two, of
/// which there are few.
async fn insert_with<E: EntityTrait>(
    db: &impl ConnectionTrait,
    rows: Vec<E::Model>,
    conflict: &str,
) -> Result<(), StoreError> {
    let columns: Vec<E::Column> = E::Column::iter().collect();
    let longest = (VALUES / columns.len()).ilog2();
    let mut rows = &rows[..];
    while !rows.is_empty() {
        let (now, later) = rows.split_at(1 << rows.len().ilog2().min(longest));
        let backend = db.get_database_backend();
        let sql = sql::<E>(&columns, now.len(), backend) + conflict;
        let cells = now
            .iter()
            .flat_map(|row| columns.iter().map(|column| row.get(*column)));
        db.execute_raw(Statement::from_sql_and_values(backend, sql, cells))
            .await?;
        rows = later;
    }
    Ok(())
}

fn sql<E: EntityTrait>(columns: &[E::Column], rows: usize, backend: DbBackend) -> String {
    let names: Vec<&str> = columns.iter().map(IdenStatic::as_str).collect();
    let mut sql = format!(
        "INSERT INTO {} ({}) VALUES ",
        E::default().table_name(),
        names.join(", ")
    );
    let mut number = 0;
    for row in 0..rows {
        for column in 0..columns.len() {
            let before = match (row, column) {
                (0, 0) => "(",
                (_, 0) => "), (",
                _ => ", ",
            };
            sql.push_str(before);
            number += 1;
            match backend {
                DbBackend::Sqlite => sql.push('?'),
                _ => write!(sql, "${number}").expect("a string can be written to"),
            }
        }
    }
    sql.push(')');
    sql
}
