//! Whether tables hold exactly the rows that the log determines, without holding either of them in memory.
//!
//! Each row has a hash, and a table the sum of the hashes of its rows: it does not depend on their order, so the rows
//! that the log determines are added in its order and those of the table in whatever order they come. Where the sums
//! differ, the table is compared row by row, which takes memory and finds out what is wrong. The hashes are keyed at
//! random for every check, so nobody can prepare other rows of the same sum.

use super::{finding::Findings, is_unreadable, projection};
use crate::{
    error::StoreError,
    project::origins,
    row::{ByPlace, OPEN, Version, Versioned, each_table, origin},
};
use domain::{
    change::{Changeset, Edit},
    id::RegisterId,
};
use futures_util::TryStreamExt as _;
use rustc_hash::FxHashMap;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _},
};
use std::{
    collections::BTreeMap,
    hash::{BuildHasher as _, Hash, RandomState},
};
use uuid::Uuid;

/// What the log determines, as far as it has been read.
#[derive(Debug)]
pub(super) struct Fingerprints {
    keys: Keys,
    tables: BTreeMap<&'static str, OfTable>,
}

#[derive(Debug, Default)]
struct OfTable {
    rows: Sum,
    /// Of the rows of `origin` that belong to facts of this table.
    origins: Sum,
    /// The seq that recorded the version which holds, by the fact's id.
    open: FxHashMap<Uuid, u32>,
    /// The log contradicts itself about this table.
    contradicted: bool,
}

#[derive(Clone, Debug, Default)]
struct Keys([RandomState; 2]);

/// The number of some rows, and the sums of their hashes under each key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    rows: u64,
    hashes: [u64; 2],
}

impl Sum {
    fn add(&mut self, keys: &Keys, row: &impl Hash) {
        self.rows = self.rows.wrapping_add(1);
        for (sum, key) in self.hashes.iter_mut().zip(&keys.0) {
            *sum = sum.wrapping_add(key.hash_one(row));
        }
    }

    fn take_away(&mut self, keys: &Keys, row: &impl Hash) {
        self.rows = self.rows.wrapping_sub(1);
        for (sum, key) in self.hashes.iter_mut().zip(&keys.0) {
            *sum = sum.wrapping_sub(key.hash_one(row));
        }
    }
}

impl Fingerprints {
    pub(super) fn new() -> Self {
        let mut tables = BTreeMap::new();
        each_table!(Table => tables.insert(Table::NAME, OfTable::default()));
        Self {
            keys: Keys::default(),
            tables,
        }
    }

    /// Takes the next changeset of the log.
    pub(super) fn take(&mut self, changeset: &Changeset) {
        let Self { keys, tables } = self;
        each_table!(Table => if let Some(table) = tables.get_mut(Table::NAME) {
            table.take::<Table>(keys, changeset);
        });
    }

    /// Compares the tables with it, and finds what is wrong in those that differ.
    pub(super) async fn verify(
        mut self,
        db: &DatabaseTransaction,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        let origins = self.sum_origins(db, findings.register).await?;
        each_table!(Table => {
            let expected = self.tables.remove(Table::NAME).unwrap_or_default();
            let found = sum::<Table>(&self.keys, db, findings.register).await?;
            let found_origins = origins.get(Table::NAME).copied().unwrap_or_default();
            let same = found == Some(expected.rows) && found_origins == expected.origins;
            if expected.contradicted || !same {
                projection::verify::<Table>(db, findings).await?;
            }
        });
        Ok(())
    }

    /// The rows of `origin`, by the table to which they belong.
    async fn sum_origins(
        &self,
        db: &DatabaseTransaction,
        register: RegisterId,
    ) -> Result<FxHashMap<String, Sum>, StoreError> {
        let mut sums: FxHashMap<String, Sum> = FxHashMap::default();
        let mut rows = origin::Entity::find()
            .filter(origin::Column::RegisterId.eq(Uuid::from(register)))
            .stream(db)
            .await?;
        while let Some(row) = rows.try_next().await? {
            if let Some(sum) = sums.get_mut(&row.entity) {
                sum.add(&self.keys, &row);
            } else {
                let sum = sums.entry(row.entity.clone()).or_default();
                sum.add(&self.keys, &row);
            }
        }
        Ok(sums)
    }
}

impl OfTable {
    fn take<T: Versioned>(&mut self, keys: &Keys, changeset: &Changeset) {
        for edit in changeset.changes.iter().filter_map(T::edit) {
            self.take_edit::<T>(keys, changeset, edit);
        }
        for origin in origins::<T>(changeset) {
            self.origins.add(keys, &origin);
        }
    }

    fn take_edit<T: Versioned>(
        &mut self,
        keys: &Keys,
        changeset: &Changeset,
        edit: &Edit<T::Fact>,
    ) {
        let id: Uuid = edit.id.into();
        let seq = changeset.seq.0;
        let version = |since: u32, until: i64| Version {
            register: changeset.register.into(),
            id,
            since: since.into(),
            until,
        };
        let held = self.open.remove(&id);
        match (held, &edit.before) {
            (Some(since), Some(before)) => {
                // If this is not what was added, the sum is that of no table from here on.
                let open = T::row(version(since, OPEN), before);
                self.rows.take_away(keys, &open);
                let closed = T::row(version(since, seq.into()), before);
                self.rows.add(keys, &closed);
            }
            (None, None) => {}
            _ => self.contradicted = true,
        }
        if let Some(after) = &edit.after {
            self.rows.add(keys, &T::row(version(seq, OPEN), after));
            self.open.insert(id, seq);
        }
    }
}

/// The rows of a table as it is; nothing if one of them cannot be read.
async fn sum<T: Versioned>(
    keys: &Keys,
    db: &DatabaseTransaction,
    register: RegisterId,
) -> Result<Option<Sum>, StoreError> {
    let mut rows = T::find()
        .filter(Expr::col("register_id").eq(Uuid::from(register)))
        .into_model::<ByPlace<T>>()
        .stream(db)
        .await?;
    let mut sum = Sum::default();
    loop {
        match rows.try_next().await {
            Ok(Some(ByPlace(row))) => sum.add(keys, &row),
            Ok(None) => return Ok(Some(sum)),
            Err(error) if is_unreadable(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
    }
}
