//! Writing changesets into the projection: versions that cease to hold are closed, new ones inserted.

use crate::{
    error::{RowKey, StoreError},
    insert::insert,
    row::{OPEN, Version, Versioned, each_table, origin},
};
use domain::change::{Changeset, Origin};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait as _, Query},
};
use uuid::Uuid;

/// How many versions are closed by one statement.
const CLOSED: usize = 4_000;

/// Writes changesets that follow one another. The fewer statements for each, the better.
pub(crate) async fn project(
    db: &impl ConnectionTrait,
    changesets: impl Iterator<Item = &Changeset> + Clone,
) -> Result<(), StoreError> {
    each_table!(Table => project_table::<Table>(db, changesets.clone()).await?);
    Ok(())
}

async fn project_table<T: Versioned>(
    db: &impl ConnectionTrait,
    changesets: impl Iterator<Item = &Changeset>,
) -> Result<(), StoreError> {
    let (mut opened, mut origins) = (vec![], vec![]);
    for changeset in changesets {
        let since = i64::from(changeset.seq.0);
        let register = Uuid::from(changeset.register);
        let edits = || changeset.changes.iter().filter_map(T::edit);
        let replaced = edits().filter(|edit| edit.before.is_some());
        let closed: Vec<Uuid> = replaced.map(|edit| edit.id.into()).collect();
        if !closed.is_empty() {
            // What a changeset before has opened may be closed here.
            insert::<T>(db, std::mem::take(&mut opened)).await?;
        }
        for ids in closed.chunks(CLOSED) {
            close::<T>(db, register, ids, since).await?;
        }
        opened.extend(edits().filter_map(|edit| {
            let version = Version {
                register,
                id: edit.id.into(),
                since,
                until: OPEN,
            };
            Some(T::row(version, edit.after.as_ref()?))
        }));
        origins.extend(self::origins::<T>(changeset));
    }
    insert::<T>(db, opened).await?;
    insert::<origin::Entity>(db, origins).await
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
