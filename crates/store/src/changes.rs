//! Which changesets of the log somebody asks for, and pages of them.

use crate::{
    error::StoreError,
    log::{self, Direction},
    row::changeset::{Column, Entity, with_entity},
    store::Store,
};
use domain::{change::Changeset, time::Seq};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};
use uuid::Uuid;

/// Which changesets. All of what is named has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangesetFilter {
    /// Among these, in ascending order; nothing means any.
    pub among: Option<Vec<Seq>>,
    /// That change this kind of fact, as the log names it.
    pub entity: Option<String>,
    /// By this subject.
    pub subject: Option<String>,
    /// That do this, as `entity.verb`.
    pub action: Option<String>,
}

impl ChangesetFilter {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How many seqs lie strictly between two: the log has no gaps.
fn between(after: Seq, before: Seq) -> u32 {
    before.0.saturating_sub(after.0).saturating_sub(1)
}

/// How many seqs one statement is given.
const AMONG: usize = 500;

impl Store {
    /// Changesets strictly between `after` and `before`, at most `limit`, from one end of the range.
    pub async fn changeset_page(
        &self,
        filter: &ChangesetFilter,
        (after, before): (Seq, Seq),
        limit: u32,
        direction: Direction,
    ) -> Result<Vec<Changeset>, StoreError> {
        if filter.is_empty() {
            return self.changesets(after, Some(before), limit, direction).await;
        }
        let mut seqs = vec![];
        for range in self.asked(filter, (after, before), direction) {
            let left = u64::from(limit) - seqs.len() as u64;
            if left == 0 {
                break;
            }
            let rows = range.select_only().column(Column::Seq).limit(left);
            let rows = match direction {
                Direction::Forward => rows.order_by_asc(Column::Seq),
                Direction::Backward => rows.order_by_desc(Column::Seq),
            };
            let rows = rows.into_tuple::<i64>().all(self.database().reader());
            seqs.extend(rows.await?);
        }
        let leaves = log::leaves_at(self.database().reader(), self.id(), &seqs, direction).await?;
        Ok(leaves.into_iter().map(|leaf| leaf.changeset).collect())
    }

    /// How many there are strictly between `after` and `before`.
    pub async fn changeset_count(
        &self,
        filter: &ChangesetFilter,
        (after, before): (Seq, Seq),
    ) -> Result<u64, StoreError> {
        if filter.is_empty() {
            return Ok(between(after, before).into());
        }
        let mut count = 0;
        for range in self.asked(filter, (after, before), Direction::Forward) {
            count += range.count(self.database().reader()).await?;
        }
        Ok(count)
    }

    /// Whether there is one strictly between `after` and `before`.
    pub async fn changeset_exists(
        &self,
        filter: &ChangesetFilter,
        (after, before): (Seq, Seq),
    ) -> Result<bool, StoreError> {
        if filter.is_empty() || between(after, before) == 0 {
            return Ok(between(after, before) > 0);
        }
        for range in self.asked(filter, (after, before), Direction::Forward) {
            let one = range.select_only().column(Column::Seq).limit(1);
            let one = one.into_tuple::<i64>().one(self.database().reader());
            if one.await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The statements for one filter, in the order in which their rows come.
    fn asked(
        &self,
        filter: &ChangesetFilter,
        (after, before): (Seq, Seq),
        direction: Direction,
    ) -> Vec<Select<Entity>> {
        let ChangesetFilter {
            among,
            entity,
            subject,
            action,
        } = filter;
        let mut rows = Entity::find()
            .filter(Column::RegisterId.eq(Uuid::from(self.id())))
            .filter(Column::Seq.gt(i64::from(after.0)))
            .filter(Column::Seq.lt(i64::from(before.0)));
        if let Some(entity) = entity {
            rows = rows.filter(Column::Entities.like(with_entity(entity)));
        }
        if let Some(subject) = subject {
            rows = rows.filter(Column::Subject.eq(subject));
        }
        if let Some(action) = action {
            rows = rows.filter(Column::Action.eq(action));
        }
        let Some(among) = among else {
            return vec![rows];
        };
        let first = among.partition_point(|seq| *seq <= after);
        let end = among.partition_point(|seq| *seq < before).max(first);
        let one_of = |seqs: &[Seq]| {
            let seqs = seqs.iter().map(|seq| i64::from(seq.0));
            rows.clone().filter(Column::Seq.is_in(seqs))
        };
        match direction {
            Direction::Forward => among[first..end].chunks(AMONG).map(one_of).collect(),
            Direction::Backward => among[first..end].rchunks(AMONG).map(one_of).collect(),
        }
    }
}
