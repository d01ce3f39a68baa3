//! Checking the log by itself: leaves, their hashes, their order, the head; and the keys that writes were repeated by.

use super::{
    changeset::Summaries,
    finding::{Findings, Problem},
    fingerprint::Fingerprints,
    is_unreadable,
};
use crate::{
    cited,
    error::{RowKey, StoreError},
    row::{event, idempotency, log_head, register},
};
use domain::{
    change::Changeset,
    text::Sha256,
    time::Seq,
    tree::{Frontier, leaf_hash},
};
use futures_util::StreamExt as _;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What the walk over the leaves gathers.
struct Walk {
    last: Seq,
    recorded_at: String,
    /// The tree over the leaves as they are.
    of_leaves: Frontier,
    /// The tree over the hashes that are kept beside them; nothing if one of them is no hash.
    of_hashes: Option<Frontier>,
    /// Leaves that do not have the hash that is kept.
    torn: Vec<(Seq, Sha256, Vec<u8>)>,
    /// Every text that the log names.
    named: BTreeSet<Sha256>,
    /// Which changeset every idempotency key stands for.
    keys: BTreeMap<(String, String), Seq>,
    /// What the log is filtered by.
    summaries: Summaries,
    /// What it says that the tables hold.
    fingerprints: Fingerprints,
}

/// Checks the log, and gives the texts that it names and what it says that the tables hold.
pub(super) async fn verify(
    db: &DatabaseTransaction,
    register: &register::Model,
    findings: &mut Findings,
) -> Result<(BTreeSet<Sha256>, Fingerprints), StoreError> {
    let mut walk = Walk {
        last: Seq::EMPTY,
        recorded_at: register.created_at.clone(),
        of_leaves: Frontier::default(),
        of_hashes: Some(Frontier::default()),
        torn: vec![],
        named: BTreeSet::new(),
        keys: BTreeMap::new(),
        summaries: Summaries::default(),
        fingerprints: Fingerprints::new(),
    };
    let mut rows = event::Entity::find()
        .filter(event::Column::RegisterId.eq(register.id))
        .order_by_asc(event::Column::Seq)
        .stream(db)
        .await?;
    while let Some(row) = rows.next().await {
        match row {
            Ok(row) => walk.step(row, findings),
            Err(error) if is_unreadable(&error) => {
                findings.add(
                    "event",
                    RowKey::Seq(walk.last.next()),
                    None,
                    Problem::Unreadable(error.into()),
                );
            }
            Err(error) => return Err(error.into()),
        }
    }
    drop(rows);

    let head = log_head::Entity::find_by_id(register.id).one(db).await?;
    verify_head(&mut walk, register.id, head, findings);
    verify_keys(db, register.id, walk.keys, findings).await?;
    walk.summaries.verify(db, findings).await?;
    Ok((walk.named, walk.fingerprints))
}

impl Walk {
    fn step(&mut self, row: event::Model, findings: &mut Findings) {
        let event::Model {
            register_id: _,
            seq,
            recorded_at,
            leaf,
            leaf_hash: kept,
        } = row;
        let seq = Seq(u32::try_from(seq).unwrap_or(u32::MAX));
        let key = || RowKey::Seq(seq);
        if self.last.0 + 1 < seq.0 {
            let (first, last) = (self.last.next(), Seq(seq.0 - 1));
            findings.add(
                "event",
                RowKey::Seqs { first, last },
                None,
                Problem::Missing,
            );
        }
        self.last = seq;
        if recorded_at <= self.recorded_at && seq.0 > 1 {
            findings.add("event", key(), Some("recorded_at"), Problem::NotLater);
        }
        self.recorded_at.clone_from(&recorded_at);

        let hash = leaf_hash(&leaf);
        self.of_leaves.push(hash);
        match (<[u8; 32]>::try_from(kept.as_slice()), &mut self.of_hashes) {
            (Ok(kept), Some(tree)) => tree.push(Sha256(kept)),
            (_, tree) => *tree = None,
        }
        if kept != hash.0 {
            self.torn.push((seq, hash, kept));
        }

        let changeset = match Changeset::from_leaf(&leaf) {
            Ok(changeset) => changeset,
            Err(error) => {
                let cause = std::error::Error::source(&error)
                    .map(ToString::to_string)
                    .unwrap_or_default();
                findings.add(
                    "event",
                    key(),
                    Some("leaf"),
                    Problem::Unreadable(cause.into()),
                );
                return;
            }
        };
        if changeset.leaf() != leaf {
            findings.add("event", key(), Some("leaf"), Problem::NotCanonical);
        }
        findings.compare(("event", "leaf"), key(), &seq, &changeset.seq);
        findings.compare(
            ("event", "leaf"),
            key(),
            &findings.register.clone(),
            &changeset.register,
        );
        findings.compare(
            ("event", "recorded_at"),
            key(),
            &changeset.recorded_at.to_string(),
            &recorded_at,
        );
        self.named
            .extend(changeset.changes.iter().flat_map(cited::texts));
        self.named.extend(changeset.review);
        self.summaries.take(&changeset);
        self.fingerprints.take(&changeset);
        if let Some(key) = changeset.idempotency_key {
            self.keys.insert((changeset.actor.subject, key), seq);
        }
    }
}

fn verify_head(
    walk: &mut Walk,
    register: Uuid,
    head: Option<log_head::Model>,
    findings: &mut Findings,
) {
    let key = || RowKey::Register(register);
    let Some(log_head::Model {
        register_id: _,
        size,
        recorded_at,
        root,
    }) = head
    else {
        findings.add("log_head", key(), None, Problem::Missing);
        return;
    };
    let of_leaves = walk.of_leaves.root();
    let of_hashes = walk.of_hashes.as_ref().map(Frontier::root);
    // Leaf and hash contradict each other: the root tells which of them was changed.
    let leaf_was_changed = of_hashes.is_some_and(|of_hashes| of_hashes.0[..] == root[..]);
    for (seq, of_leaf, kept) in walk.torn.drain(..) {
        let (column, expected, found) = if leaf_was_changed {
            ("leaf", hex::encode(&kept), of_leaf.to_string())
        } else {
            ("leaf_hash", of_leaf.to_string(), hex::encode(&kept))
        };
        findings.add(
            "event",
            RowKey::Seq(seq),
            Some(column),
            Problem::Differs { expected, found },
        );
    }
    findings.compare(("log_head", "size"), key(), &i64::from(walk.last.0), &size);
    findings.compare(
        ("log_head", "recorded_at"),
        key(),
        &walk.recorded_at,
        &recorded_at,
    );
    let expected = if leaf_was_changed {
        of_hashes.unwrap_or(of_leaves)
    } else {
        of_leaves
    };
    findings.compare(
        ("log_head", "root"),
        key(),
        &expected.to_string(),
        &hex::encode(&root),
    );
}

async fn verify_keys(
    db: &DatabaseTransaction,
    register: Uuid,
    mut expected: BTreeMap<(String, String), Seq>,
    findings: &mut Findings,
) -> Result<(), StoreError> {
    let rows = idempotency::Entity::find()
        .filter(idempotency::Column::RegisterId.eq(register))
        .all(db)
        .await?;
    for idempotency::Model {
        register_id: _,
        subject,
        key,
        input_hash: _,
        seq,
    } in rows
    {
        let name = RowKey::Named(format!("{subject} {key}"));
        match expected.remove(&(subject, key)) {
            Some(expected) => {
                findings.compare(("idempotency", "seq"), name, &i64::from(expected.0), &seq);
            }
            None => findings.add("idempotency", name, None, Problem::Unexpected),
        }
    }
    for (subject, key) in expected.into_keys() {
        findings.add(
            "idempotency",
            RowKey::Named(format!("{subject} {key}")),
            None,
            Problem::Missing,
        );
    }
    Ok(())
}
