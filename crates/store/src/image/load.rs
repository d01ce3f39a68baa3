//! Loading a whole register: rows of the projection are streamed through the writer.

use super::{Image, OtherRoot};
use crate::{
    error::{RowKey, StoreError},
    log,
    row::{Row, Version, Versioned, document, each_table, event},
    text::{self, AtHand},
};
use domain::{
    change::{Edit, Fact},
    id::RegisterId,
    register::Writer,
    text::Sha256,
    time::{Instant, Seq},
    tree::Frontier,
};
use futures_util::TryStreamExt as _;
use rustc_hash::FxHashMap;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

/// A changeset that should be in the log is not.
#[derive(Debug, thiserror::Error)]
#[error("the log has a gap here")]
pub(super) struct Gap;

pub(super) async fn load(
    db: &DatabaseTransaction,
    register: RegisterId,
) -> Result<Image, StoreError> {
    let head = log::head(db, register).await?;
    let (frontier, recorded) = read_tree(db, register).await?;
    let key = || RowKey::Register(register.into());
    if recorded.len() != head.seq.0 as usize {
        return Err(StoreError::corrupt("log_head", key(), Gap));
    }
    let found = frontier.root();
    if found != head.root {
        return Err(StoreError::corrupt(
            "log_head",
            key(),
            OtherRoot {
                expected: head.root,
                found,
            },
        ));
    }

    let texts = read_texts(db, register).await?;
    let mut writer = Writer::new(register);
    each_table!(Table => load_table::<Table>(db, register, &mut writer, &texts).await?);
    for recorded_at in recorded {
        writer.publish(recorded_at);
    }
    Ok(Image {
        writer: writer.compact(),
        frontier,
        recorded_at: head.recorded_at,
        sound: true,
    })
}

/// The tree over the leaf hashes, and when each leaf was recorded.
async fn read_tree(
    db: &DatabaseTransaction,
    register: RegisterId,
) -> Result<(Frontier, Vec<Instant>), StoreError> {
    let mut leaves = event::Entity::find()
        .select_only()
        .columns([
            event::Column::Seq,
            event::Column::RecordedAt,
            event::Column::LeafHash,
        ])
        .filter(event::Column::RegisterId.eq(Uuid::from(register)))
        .order_by_asc(event::Column::Seq)
        .into_tuple::<(i64, String, Vec<u8>)>()
        .stream(db)
        .await?;
    let (mut frontier, mut recorded) = (Frontier::default(), vec![]);
    let mut expected = Seq::EMPTY;
    while let Some((seq, recorded_at, hash)) = leaves.try_next().await? {
        expected = expected.next();
        let key = || RowKey::Seq(expected);
        if seq != i64::from(expected.0) {
            return Err(StoreError::corrupt("event", key(), Gap));
        }
        recorded.push(log::read_instant("event", key(), &recorded_at)?);
        frontier.push(log::read_digest("event", key(), hash)?);
    }
    Ok((frontier, recorded))
}

/// The texts of all documents, while facts that quote them are loaded.
async fn read_texts(db: &DatabaseTransaction, register: RegisterId) -> Result<AtHand, StoreError> {
    let digests: Vec<String> = document::Entity::find()
        .select_only()
        .column(document::Column::TextSha256)
        .distinct()
        .filter(document::Column::RegisterId.eq(Uuid::from(register)))
        .into_tuple()
        .all(db)
        .await?;
    let digests: Vec<Sha256> = digests
        .iter()
        .map(|digest| {
            digest
                .parse()
                .map_err(|e| StoreError::corrupt("document", RowKey::Named(digest.clone()), e))
        })
        .collect::<Result<_, _>>()?;
    let texts = text::load(db, register, &digests).await?;
    Ok(texts.into_iter().collect())
}

/// Puts every version in one table, in the order in which they were recorded.
///
/// What a changeset revises may refer to what the same changeset records under a greater id (a known body put under a new
/// one), so of each seq the new facts come first. A row that is closed and has no successor was withdrawn; that is put as
/// late as it may be, since only the versions of one fact have to come in order.
async fn load_table<T: Versioned>(
    db: &DatabaseTransaction,
    register: RegisterId,
    writer: &mut Writer,
    texts: &AtHand,
) -> Result<(), StoreError> {
    let mut rows = T::find()
        .filter(Expr::col("register_id").eq(Uuid::from(register)))
        .order_by_asc(Expr::col("since_seq"))
        .order_by_asc(Expr::col("id"))
        .stream(db)
        .await?;
    let mut closed: FxHashMap<Uuid, Seq> = FxHashMap::default();
    let mut revised: Vec<(Uuid, Seq, T::Fact)> = vec![];
    while let Some(row) = rows.try_next().await? {
        let version = row.version();
        let Version { id, since, .. } = version;
        let bad = |error| StoreError::bad_row(T::NAME, id, since, error);
        let (begins, ends) = version.known().map_err(bad)?;
        let fact = T::fact(row).map_err(bad)?;
        if revised.first().is_some_and(|&(_, seq, _)| seq < begins) {
            put_revised::<T>(writer, &mut revised, texts)?;
        }
        match closed.remove(&id) {
            None => put::<T>(writer, id, begins, Some(fact), texts)?,
            Some(ended) => {
                if ended < begins {
                    put::<T>(writer, id, ended, None, texts)?;
                }
                revised.push((id, begins, fact));
            }
        }
        if let Some(ends) = ends {
            closed.insert(id, ends);
        }
    }
    put_revised::<T>(writer, &mut revised, texts)?;
    let mut withdrawn: Vec<_> = closed.into_iter().collect();
    withdrawn.sort_unstable_by_key(|&(id, seq)| (seq, id));
    withdrawn
        .into_iter()
        .try_for_each(|(id, seq)| put::<T>(writer, id, seq, None, texts))
}

/// Puts the revisions of one seq, behind the facts that it records.
fn put_revised<T: Versioned>(
    writer: &mut Writer,
    revised: &mut Vec<(Uuid, Seq, T::Fact)>,
    texts: &AtHand,
) -> Result<(), StoreError> {
    revised
        .drain(..)
        .try_for_each(|(id, seq, fact)| put::<T>(writer, id, seq, Some(fact), texts))
}

fn put<T: Versioned>(
    writer: &mut Writer,
    id: Uuid,
    since: Seq,
    after: Option<T::Fact>,
    texts: &AtHand,
) -> Result<(), StoreError> {
    let edit = Edit {
        id: id.into(),
        before: None,
        after,
        origin: None,
    };
    writer
        .put(since, &T::Fact::change(edit), texts)
        .map_err(|error| {
            StoreError::corrupt(
                T::NAME,
                RowKey::Version {
                    id,
                    since: since.0.into(),
                },
                error,
            )
        })
}
