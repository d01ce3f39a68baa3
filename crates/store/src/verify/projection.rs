//! Checking the projection: one table at a time is built again from the log and compared row by row.

use super::{
    finding::{Findings, Problem},
    is_unreadable,
};
use crate::{
    error::{RowKey, StoreError},
    project::origins,
    row::{OPEN, Row as _, Version, Versioned, event, origin},
};
use domain::change::{Changeset, Edit};
use futures_util::StreamExt as _;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, IdenStatic as _, Iterable as _,
    ModelTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _, QueryBuilder as _, SqliteQueryBuilder, Value},
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the log says that a table holds.
struct Expected<T: Versioned> {
    rows: BTreeMap<(Uuid, i64), T::Model>,
    /// The versions that hold, with the seq that recorded them.
    open: BTreeMap<Uuid, (i64, T::Fact)>,
    origins: BTreeMap<(String, String, i64), Uuid>,
}

pub(super) async fn verify<T: Versioned>(
    db: &DatabaseTransaction,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let register = Uuid::from(findings.register);
    let Expected {
        rows: mut expected,
        open: _,
        origins,
    } = replay::<T>(db, findings).await?;
    let mut rows = T::find()
        .filter(Expr::col("register_id").eq(register))
        .stream(db)
        .await?;
    while let Some(row) = rows.next().await {
        let row = match row {
            Ok(row) => row,
            Err(error) if is_unreadable(&error) => {
                findings.add(
                    T::NAME,
                    RowKey::Register(register),
                    None,
                    Problem::Unreadable(error.into()),
                );
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let Version { id, since, .. } = row.version();
        match expected.remove(&(id, since)) {
            Some(expected) => compare::<T>(&expected, &row, findings),
            None => findings.add(
                T::NAME,
                RowKey::Version { id, since },
                None,
                Problem::Unexpected,
            ),
        }
    }
    drop(rows);
    for (id, since) in expected.into_keys() {
        findings.add(
            T::NAME,
            RowKey::Version { id, since },
            None,
            Problem::Missing,
        );
    }
    verify_origins::<T>(db, origins, findings).await
}

fn compare<T: Versioned>(expected: &T::Model, found: &T::Model, findings: &mut Findings) {
    let Version { id, since, .. } = expected.version();
    let show = |value: &Value| SqliteQueryBuilder.value_to_string(value);
    for column in T::Column::iter() {
        let (expected, found) = (expected.get(column), found.get(column));
        if expected != found {
            let problem = Problem::Differs {
                expected: show(&expected),
                found: show(&found),
            };
            findings.add(
                T::NAME,
                RowKey::Version { id, since },
                Some(column.as_str()),
                problem,
            );
        }
    }
}

/// Reads the log from its beginning and builds the table as the writes did.
///
/// A leaf that cannot be read was reported when the log itself was checked.
async fn replay<T: Versioned>(
    db: &DatabaseTransaction,
    findings: &mut Findings,
) -> Result<Expected<T>, StoreError> {
    let mut expected = Expected::<T> {
        rows: BTreeMap::new(),
        open: BTreeMap::new(),
        origins: BTreeMap::new(),
    };
    let mut leaves = event::Entity::find()
        .select_only()
        .column(event::Column::Leaf)
        .filter(event::Column::RegisterId.eq(Uuid::from(findings.register)))
        .order_by_asc(event::Column::Seq)
        .into_tuple::<Vec<u8>>()
        .stream(db)
        .await?;
    // Most changesets touch few kinds of fact; the others need not be parsed for this table.
    let mark = format!(r#""entity":"{}""#, T::NAME);
    while let Some(leaf) = leaves.next().await {
        let leaf = leaf?;
        let Ok(text) = std::str::from_utf8(&leaf) else {
            continue;
        };
        if !text.contains(&mark) {
            continue;
        }
        let Ok(changeset) = Changeset::from_leaf(&leaf) else {
            continue;
        };
        for edit in changeset.changes.iter().filter_map(T::edit) {
            expected.apply(&changeset, edit, findings);
        }
        for origin in origins::<T>(&changeset) {
            expected
                .origins
                .insert((origin.source, origin.key, origin.since_seq), origin.id);
        }
    }
    let register = Uuid::from(findings.register);
    for (id, (since, fact)) in std::mem::take(&mut expected.open) {
        let row = T::row(
            Version {
                register,
                id,
                since,
                until: OPEN,
            },
            &fact,
        );
        expected.rows.insert((id, since), row);
    }
    Ok(expected)
}

impl<T: Versioned> Expected<T> {
    fn apply(&mut self, changeset: &Changeset, edit: &Edit<T::Fact>, findings: &mut Findings) {
        let (register, id) = (Uuid::from(changeset.register), edit.id.into());
        let seq = i64::from(changeset.seq.0);
        let before = self.open.remove(&id);
        if before.as_ref().map(|(_, fact)| fact) != edit.before.as_ref() {
            let problem = Problem::Differs {
                expected: format!("{} {id} before as it was left", T::NAME),
                found: "something else".to_owned(),
            };
            findings.add("event", RowKey::Seq(changeset.seq), Some("leaf"), problem);
        }
        if let Some((since, fact)) = before {
            self.rows.insert(
                (id, since),
                T::row(
                    Version {
                        register,
                        id,
                        since,
                        until: seq,
                    },
                    &fact,
                ),
            );
        }
        if let Some(fact) = &edit.after {
            self.open.insert(id, (seq, fact.clone()));
        }
    }
}

async fn verify_origins<T: Versioned>(
    db: &DatabaseTransaction,
    mut expected: BTreeMap<(String, String, i64), Uuid>,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let named = |source: &str, key: &str| RowKey::Named(format!("{source} {} {key}", T::NAME));
    let rows = origin::Entity::find()
        .filter(origin::Column::RegisterId.eq(Uuid::from(findings.register)))
        .filter(origin::Column::Entity.eq(T::NAME))
        .all(db)
        .await?;
    for origin::Model {
        register_id: _,
        source,
        entity: _,
        key,
        since_seq,
        id,
    } in rows
    {
        let name = named(&source, &key);
        match expected.remove(&(source, key, since_seq)) {
            Some(expected) => findings.compare(("origin", "id"), name, &expected, &id),
            None => findings.add("origin", name, None, Problem::Unexpected),
        }
    }
    for (source, key, _) in expected.into_keys() {
        findings.add("origin", named(&source, &key), None, Problem::Missing);
    }
    Ok(())
}
