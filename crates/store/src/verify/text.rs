//! Checking the texts: each is what its digest says, and all that the log names are there.

use super::{
    finding::{Findings, Problem},
    is_unreadable,
};
use crate::{
    error::{RowKey, StoreError},
    row::text,
};
use domain::text::Sha256;
use futures_util::StreamExt as _;
use sea_orm::{ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use std::collections::BTreeSet;
use uuid::Uuid;

pub(super) async fn verify(
    db: &DatabaseTransaction,
    mut named: BTreeSet<Sha256>,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let register = Uuid::from(findings.register);
    let mut rows = text::Entity::find()
        .filter(text::Column::RegisterId.eq(register))
        .stream(db)
        .await?;
    while let Some(row) = rows.next().await {
        match row {
            Ok(text::Model {
                register_id: _,
                sha256,
                content,
            }) => {
                let digest = Sha256::of(&content);
                if let Ok(named_by) = sha256.parse() {
                    named.remove(&named_by);
                }
                let (key, column) = (RowKey::Named(sha256.clone()), "content");
                findings.compare(("text", column), key, &sha256, &digest.to_string());
            }
            Err(error) if is_unreadable(&error) => {
                findings.add(
                    "text",
                    RowKey::Register(register),
                    None,
                    Problem::Unreadable(error.into()),
                );
            }
            Err(error) => return Err(error.into()),
        }
    }
    for digest in named {
        findings.add("text", RowKey::Text(digest), None, Problem::Missing);
    }
    Ok(())
}
