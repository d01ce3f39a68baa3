//! Checking what the log is filtered by: it says what the leaves say.

use super::{
    finding::{Findings, Problem},
    is_unreadable,
};
use crate::{
    error::{RowKey, StoreError},
    log::{self, Direction},
    row::changeset::{self, Column, Entity, Model},
};
use domain::{change::Changeset, time::Seq};
use futures_util::StreamExt as _;
use rustc_hash::FxBuildHasher;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};
use std::hash::BuildHasher as _;
use uuid::Uuid;

/// Hashes of the rows that the leaves determine, in the order of the log: the rows themselves would take memory.
#[derive(Debug, Default)]
pub(super) struct Summaries(Vec<(i64, u64)>);

impl Summaries {
    /// Notes what there has to be for a changeset.
    pub(super) fn take(&mut self, changeset: &Changeset) {
        self.0
            .push((changeset.seq.0.into(), hash(&changeset::row(changeset))));
    }

    /// Compares with the rows that are there, and looks closely only where one differs.
    pub(super) async fn verify(
        self,
        db: &DatabaseTransaction,
        findings: &mut Findings,
    ) -> Result<(), StoreError> {
        let mut rows = Entity::find()
            .filter(Column::RegisterId.eq(Uuid::from(findings.register)))
            .order_by_asc(Column::Seq)
            .stream(db)
            .await?;
        let (mut expected, mut differing) = (self.0.into_iter().peekable(), vec![]);
        let missing = |findings: &mut Findings, seq| {
            findings.add("changeset", key(seq), None, Problem::Missing);
        };
        let mut last = i64::from(Seq::EMPTY.0);
        while let Some(row) = rows.next().await {
            let row = match row {
                Ok(row) => row,
                Err(error) if is_unreadable(&error) => {
                    let problem = Problem::Unreadable(error.into());
                    findings.add("changeset", key(last + 1), None, problem);
                    expected.next_if(|(seq, _)| *seq == last + 1);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            last = row.seq;
            while let Some((seq, _)) = expected.next_if(|(seq, _)| *seq < row.seq) {
                missing(findings, seq);
            }
            match expected.next_if(|(seq, _)| *seq == row.seq) {
                None => findings.add("changeset", key(row.seq), None, Problem::Unexpected),
                Some((_, expected)) if expected != hash(&row) => differing.push(row),
                Some(_) => {}
            }
        }
        for (seq, _) in expected {
            missing(findings, seq);
        }
        drop(rows);
        for row in differing {
            let seq = [row.seq];
            let leaves = log::leaves_at(db, findings.register, &seq, Direction::Forward);
            for leaf in leaves.await? {
                compare(&changeset::row(&leaf.changeset), &row, findings);
            }
        }
        Ok(())
    }
}

fn compare(expected: &Model, found: &Model, findings: &mut Findings) {
    for (column, expected, actual) in [
        ("subject", &expected.subject, &found.subject),
        ("action", &expected.action, &found.action),
        ("entities", &expected.entities, &found.entities),
    ] {
        findings.compare(("changeset", column), key(found.seq), expected, actual);
    }
}

fn key(seq: i64) -> RowKey {
    RowKey::Seq(Seq(u32::try_from(seq).unwrap_or(u32::MAX)))
}

fn hash(row: &Model) -> u64 {
    FxBuildHasher.hash_one(row)
}
