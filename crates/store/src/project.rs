//! Writing a changeset into the projection: versions that cease to hold are closed, new ones inserted.

use crate::{
    error::{RowKey, StoreError},
    row::{OPEN, Version, Versioned, each_table, origin},
};
use domain::change::{Changeset, Origin};
use sea_orm::{
    ConnectionTrait, EntityTrait, IntoActiveModel, Iterable,
    sea_query::{Expr, ExprTrait as _, Query},
};
use uuid::Uuid;

/// How many values one statement carries: far below the limits of SQLite (32,766) and PostgreSQL (65,535), because
/// statements are kept prepared and longer ones are not faster.
const VALUES: usize = 4_000;

pub(crate) async fn project(
    db: &impl ConnectionTrait,
    changeset: &Changeset,
) -> Result<(), StoreError> {
    each_table!(Table => project_table::<Table>(db, changeset).await?);
    Ok(())
}

async fn project_table<T: Versioned>(
    db: &impl ConnectionTrait,
    changeset: &Changeset,
) -> Result<(), StoreError> {
    let since = i64::from(changeset.seq.0);
    let register = Uuid::from(changeset.register);
    let (mut closed, mut opened) = (vec![], vec![]);
    for edit in changeset.changes.iter().filter_map(T::edit) {
        let id = edit.id.into();
        if edit.before.is_some() {
            closed.push(id);
        }
        if let Some(fact) = &edit.after {
            opened.push(T::row(
                Version {
                    register,
                    id,
                    since,
                    until: OPEN,
                },
                fact,
            ));
        }
    }
    for ids in closed.chunks(VALUES) {
        close::<T>(db, register, ids, since).await?;
    }
    insert::<T>(db, opened).await?;
    insert::<origin::Entity>(db, origins::<T>(changeset)).await
}

async fn insert<E: EntityTrait<Model: IntoActiveModel<E::ActiveModel>, Column: Iterable>>(
    db: &impl ConnectionTrait,
    mut rows: Vec<E::Model>,
) -> Result<(), StoreError> {
    let batch = VALUES / E::Column::iter().count();
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(batch));
        let rows = std::mem::replace(&mut rows, rest)
            .into_iter()
            .map(E::Model::into_active_model);
        E::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// A version that a change replaces is not there.
#[derive(Debug, thiserror::Error)]
#[error("{found} of {expected} versions that the changes replace are there and open")]
struct NotOpen {
    expected: usize,
    found: u64,
}

async fn close<T: Versioned>(
    db: &impl ConnectionTrait,
    register: Uuid,
    ids: &[Uuid],
    until: i64,
) -> Result<(), StoreError> {
    let update = Query::update()
        .table(T::default().table_ref())
        .value("until_seq", until)
        .and_where(Expr::col("register_id").eq(register))
        .and_where(Expr::col("until_seq").eq(OPEN))
        .and_where(Expr::col("id").is_in(ids.iter().copied()))
        .to_owned();
    let found = db.execute(&update).await?.rows_affected();
    if found != ids.len() as u64 {
        let source = NotOpen {
            expected: ids.len(),
            found,
        };
        return Err(StoreError::corrupt(
            T::NAME,
            RowKey::Register(register),
            source,
        ));
    }
    Ok(())
}

/// The keys that other systems gave to what a changeset records of one kind.
pub(crate) fn origins<T: Versioned>(changeset: &Changeset) -> Vec<origin::Model> {
    let recorded = changeset.changes.iter().filter_map(T::edit);
    recorded
        .filter_map(|edit| {
            let Origin { source, key } = edit.origin.clone()?;
            Some(origin::Model {
                register_id: changeset.register.into(),
                source,
                entity: T::NAME.to_owned(),
                key,
                since_seq: changeset.seq.0.into(),
                id: edit.id.into(),
            })
        })
        .collect()
}
