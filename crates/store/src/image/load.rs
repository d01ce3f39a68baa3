//! Loading a whole register: rows of the projection, read by several readers, go through the one writer.
//!
//! Every row says from which seq to which it holds. So all readers see the register as it was known at one head, in
//! however many transactions they read and whatever others write meanwhile.

mod range;

use super::{Image, OtherRoot};
use crate::{
    database::Database,
    error::{RowKey, StoreError},
    log::{self, Head},
    row::{Versioned, each_table, event},
    text::AtHand,
};
use domain::{
    change::{Edit, Fact as _},
    id::RegisterId,
    register::Writer,
    time::{Instant, Seq},
    tree::Frontier,
};
use futures_util::TryStreamExt as _;
use range::{Ranges, Recorded};
use rustc_hash::FxHashMap;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use std::sync::Arc;
use uuid::Uuid;

/// A changeset that should be in the log is not.
#[derive(Debug, thiserror::Error)]
#[error("the log has a gap here")]
pub(super) struct Gap;

pub(super) async fn load(database: &Database, register: RegisterId) -> Result<Image, StoreError> {
    let head = log::head(database.reader(), register).await?;
    let (frontier, recorded) = read_tree(database, register, &head).await?;
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

    let ranges = Ranges::of(database, register, head.seq).await?;
    let mut writer = Writer::new(register);
    each_table!(Table => load_table::<Table>(&ranges, &mut writer).await?);
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

/// The tree over the leaf hashes up to the head, and when each leaf was recorded.
async fn read_tree(
    database: &Database,
    register: RegisterId,
    head: &Head,
) -> Result<(Frontier, Vec<Instant>), StoreError> {
    let mut leaves = event::Entity::find()
        .select_only()
        .columns([
            event::Column::Seq,
            event::Column::RecordedAt,
            event::Column::LeafHash,
        ])
        .filter(event::Column::RegisterId.eq(Uuid::from(register)))
        .filter(event::Column::Seq.lte(i64::from(head.seq.0)))
        .order_by_asc(event::Column::Seq)
        .into_tuple::<(i64, String, Vec<u8>)>()
        .stream(database.reader())
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

/// Puts every version in one table, in the order in which they were recorded.
///
/// What a changeset revises may refer to what the same changeset records under a greater id (a known body put under a new
/// one), so of each seq the new facts come first. A row that is closed and has no successor was withdrawn; that is put as
/// late as it may be, since only the versions of one fact have to come in order.
async fn load_table<T: Versioned>(ranges: &Ranges, writer: &mut Writer) -> Result<(), StoreError> {
    let mut closed: FxHashMap<Uuid, Seq> = FxHashMap::default();
    let mut revised: Vec<(Recorded, Arc<AtHand>)> = vec![];
    let mut rows = ranges.read::<T>();
    while let Some(batch) = rows.next().await? {
        for recorded in batch.recorded {
            let Recorded {
                id, since, until, ..
            } = recorded;
            if revised
                .first()
                .is_some_and(|(first, _)| first.since < since)
            {
                put_revised::<T>(writer, &mut revised)?;
            }
            match closed.remove(&id) {
                None => put::<T>(writer, &recorded, &batch.texts)?,
                Some(ended) => {
                    if ended < since {
                        withdraw::<T>(writer, id, ended)?;
                    }
                    revised.push((recorded, Arc::clone(&batch.texts)));
                }
            }
            if let Some(until) = until {
                closed.insert(id, until);
            }
        }
    }
    put_revised::<T>(writer, &mut revised)?;
    let mut withdrawn: Vec<_> = closed.into_iter().collect();
    withdrawn.sort_unstable_by_key(|&(id, seq)| (seq, id));
    withdrawn
        .into_iter()
        .try_for_each(|(id, seq)| withdraw::<T>(writer, id, seq))
}

/// Puts the revisions of one seq, behind the facts that it records.
fn put_revised<T: Versioned>(
    writer: &mut Writer,
    revised: &mut Vec<(Recorded, Arc<AtHand>)>,
) -> Result<(), StoreError> {
    revised
        .drain(..)
        .try_for_each(|(recorded, texts)| put::<T>(writer, &recorded, &texts))
}

fn withdraw<T: Versioned>(writer: &mut Writer, id: Uuid, since: Seq) -> Result<(), StoreError> {
    let change = T::Fact::change(Edit {
        id: id.into(),
        before: None,
        after: None,
        origin: None,
    });
    let withdrawn = Recorded {
        id,
        since,
        until: None,
        change,
    };
    put::<T>(writer, &withdrawn, &AtHand::default())
}

fn put<T: Versioned>(
    writer: &mut Writer,
    recorded: &Recorded,
    texts: &AtHand,
) -> Result<(), StoreError> {
    let Recorded {
        id, since, change, ..
    } = recorded;
    writer.put(*since, change, texts).map_err(|error| {
        let (id, since) = (*id, since.0.into());
        StoreError::corrupt(T::NAME, RowKey::Version { id, since }, error)
    })
}
