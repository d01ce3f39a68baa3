//! The log: its head, its leaves, and reading them back.

use crate::{
    error::{RowKey, StoreError},
    row::{changeset, event, log_head},
};
use domain::{
    change::Changeset,
    id::RegisterId,
    text::Sha256,
    time::{Instant, Seq},
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
    sea_query::Expr,
};
use uuid::Uuid;

/// How long a register's log is, when it last grew, and what it adds up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) seq: Seq,
    pub(crate) recorded_at: Instant,
    pub(crate) root: Sha256,
}

/// A leaf of the log with what stands beside it.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) changeset: Changeset,
    pub(crate) hash: Sha256,
}

/// From which end of a range changesets are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The oldest first.
    Forward,
    /// The newest first.
    Backward,
}

/// How many leaves are read at once.
pub(crate) const PAGE: u64 = 500;

/// Gives a register its head: of an empty log, or of one that was restored.
pub(crate) async fn start(
    db: &impl ConnectionTrait,
    register: RegisterId,
    head: Head,
) -> Result<(), StoreError> {
    let Head {
        seq,
        recorded_at,
        root,
    } = head;
    let row = log_head::Model {
        register_id: register.into(),
        size: seq.0.into(),
        recorded_at: recorded_at.to_string(),
        root: root.0.to_vec(),
    };
    row.into_active_model().insert(db).await?;
    Ok(())
}

pub(crate) async fn head(
    db: &impl ConnectionTrait,
    register: RegisterId,
) -> Result<Head, StoreError> {
    let row = log_head::Entity::find_by_id(Uuid::from(register))
        .one(db)
        .await?;
    read_head(register, row)
}

/// The head, held by this transaction until it ends: whoever else would write waits. (On SQLite the transaction holds
/// the write lock already.)
pub(crate) async fn lock_head(
    db: &impl ConnectionTrait,
    register: RegisterId,
) -> Result<Head, StoreError> {
    let row = log_head::Entity::find_by_id(Uuid::from(register))
        .lock_exclusive()
        .one(db)
        .await?;
    read_head(register, row)
}

/// Writes nothing, in a way that fails where nothing can be written: better at start than at the first write.
pub(crate) async fn probe(db: &impl ConnectionTrait) -> Result<(), StoreError> {
    db.execute_unprepared("UPDATE log_head SET size = size WHERE 1 = 0")
        .await?;
    Ok(())
}

fn read_head(register: RegisterId, row: Option<log_head::Model>) -> Result<Head, StoreError> {
    #[derive(Debug, thiserror::Error)]
    #[error("the row is missing")]
    struct Missing;

    let key = || RowKey::Register(register.into());
    let row = row.ok_or_else(|| StoreError::corrupt("log_head", key(), Missing))?;
    let log_head::Model {
        register_id: _,
        size,
        recorded_at,
        root,
    } = row;
    Ok(Head {
        seq: Seq(
            u32::try_from(size).map_err(|error| StoreError::corrupt("log_head", key(), error))?
        ),
        recorded_at: read_instant("log_head", key(), &recorded_at)?,
        root: read_digest("log_head", key(), root)?,
    })
}

pub(crate) fn read_instant(
    table: &'static str,
    key: RowKey,
    cell: &str,
) -> Result<Instant, StoreError> {
    cell.parse()
        .map_err(|error: domain::time::NotAnInstant| StoreError::corrupt(table, key, error))
}

pub(crate) fn read_digest(
    table: &'static str,
    key: RowKey,
    cell: Vec<u8>,
) -> Result<Sha256, StoreError> {
    #[derive(Debug, thiserror::Error)]
    #[error("a digest of {0} bytes instead of 32")]
    struct Length(usize);

    let digest: [u8; 32] = cell
        .try_into()
        .map_err(|cell: Vec<u8>| StoreError::corrupt(table, key, Length(cell.len())))?;
    Ok(Sha256(digest))
}

/// Appends a changeset and advances the head, which this transaction holds.
pub(crate) async fn append(
    db: &impl ConnectionTrait,
    changeset: &Changeset,
    leaf: Vec<u8>,
    hash: Sha256,
    root: Sha256,
) -> Result<(), StoreError> {
    keep(db, changeset, leaf, hash).await?;
    let register = Uuid::from(changeset.register);
    let recorded_at = changeset.recorded_at.to_string();
    log_head::Entity::update_many()
        .col_expr(
            log_head::Column::Size,
            Expr::value(i64::from(changeset.seq.0)),
        )
        .col_expr(log_head::Column::RecordedAt, Expr::value(recorded_at))
        .col_expr(log_head::Column::Root, Expr::value(root.0.to_vec()))
        .filter(log_head::Column::RegisterId.eq(register))
        .exec(db)
        .await?;
    Ok(())
}

/// Keeps a leaf, and what it is found by.
pub(crate) async fn keep(
    db: &impl ConnectionTrait,
    changeset: &Changeset,
    leaf: Vec<u8>,
    hash: Sha256,
) -> Result<(), StoreError> {
    let event = event::Model {
        register_id: changeset.register.into(),
        seq: changeset.seq.0.into(),
        recorded_at: changeset.recorded_at.to_string(),
        leaf,
        leaf_hash: hash.0.to_vec(),
    };
    event::Entity::insert(event.into_active_model())
        .exec_without_returning(db)
        .await?;
    changeset::Entity::insert(changeset::row(changeset).into_active_model())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The leaf hash of one changeset, if it is there.
pub(crate) async fn leaf_hash(
    db: &impl ConnectionTrait,
    register: RegisterId,
    seq: Seq,
) -> Result<Option<Sha256>, StoreError> {
    let row = event::Entity::find_by_id((Uuid::from(register), i64::from(seq.0)))
        .one(db)
        .await?;
    row.map(|row| read_digest("event", RowKey::Seq(seq), row.leaf_hash))
        .transpose()
}

/// Leaves strictly between `after` and `before`, from one end of the range.
pub(crate) async fn leaves(
    db: &impl ConnectionTrait,
    register: RegisterId,
    after: Seq,
    before: Option<Seq>,
    limit: u64,
    direction: Direction,
) -> Result<Vec<Leaf>, StoreError> {
    let mut rows = event::Entity::find()
        .filter(event::Column::RegisterId.eq(Uuid::from(register)))
        .filter(event::Column::Seq.gt(i64::from(after.0)))
        .limit(limit);
    if let Some(before) = before {
        rows = rows.filter(event::Column::Seq.lt(i64::from(before.0)));
    }
    read_leaves(db, rows, direction).await
}

/// The leaves with these seqs.
pub(crate) async fn leaves_at(
    db: &impl ConnectionTrait,
    register: RegisterId,
    seqs: &[i64],
    direction: Direction,
) -> Result<Vec<Leaf>, StoreError> {
    if seqs.is_empty() {
        return Ok(vec![]);
    }
    let rows = event::Entity::find()
        .filter(event::Column::RegisterId.eq(Uuid::from(register)))
        .filter(event::Column::Seq.is_in(seqs.iter().copied()));
    read_leaves(db, rows, direction).await
}

async fn read_leaves(
    db: &impl ConnectionTrait,
    rows: Select<event::Entity>,
    direction: Direction,
) -> Result<Vec<Leaf>, StoreError> {
    let rows = match direction {
        Direction::Forward => rows.order_by_asc(event::Column::Seq),
        Direction::Backward => rows.order_by_desc(event::Column::Seq),
    };
    rows.all(db).await?.into_iter().map(read_leaf).collect()
}

fn read_leaf(row: event::Model) -> Result<Leaf, StoreError> {
    let event::Model {
        register_id: _,
        seq,
        recorded_at: _,
        leaf,
        leaf_hash,
    } = row;
    let key = || RowKey::Seq(Seq(u32::try_from(seq).unwrap_or_default()));
    Ok(Leaf {
        changeset: Changeset::from_leaf(&leaf)
            .map_err(|error| StoreError::corrupt("event", key(), error))?,
        hash: read_digest("event", key(), leaf_hash)?,
    })
}
