//! Lists of drafts, in the order in which they were made.

use super::{Draft, DraftState, row};
use crate::{
    error::StoreError,
    log::Direction,
    row::draft::{self as table, Column},
    store::Store,
};
use domain::id::DraftId;
use sea_orm::{
    ColumnTrait as _, Order, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;

/// Which drafts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DraftFilter {
    /// All.
    #[default]
    Any,
    /// Those that are open.
    Open,
    /// Those that are accepted.
    Accepted,
    /// Those that are dismissed.
    Dismissed,
}

impl DraftFilter {
    fn state(self) -> Option<&'static str> {
        match self {
            Self::Any => None,
            Self::Open => Some(row::OPEN),
            Self::Accepted => Some(row::ACCEPTED),
            Self::Dismissed => Some(row::DISMISSED),
        }
    }
}

impl From<&DraftState> for DraftFilter {
    fn from(state: &DraftState) -> Self {
        match state {
            DraftState::Open => Self::Open,
            DraftState::Accepted => Self::Accepted,
            DraftState::Dismissed { .. } => Self::Dismissed,
        }
    }
}

impl Store {
    /// Drafts strictly between `after` and `before`, at most `limit`, from one end of the range; always in the order in
    /// which they were made.
    pub async fn draft_page(
        &self,
        filter: DraftFilter,
        (after, before): (Option<DraftId>, Option<DraftId>),
        limit: u32,
        direction: Direction,
    ) -> Result<Vec<Draft>, StoreError> {
        let mut query = self.draft_list(filter);
        if let Some(after) = after {
            query = query.filter(Column::Id.gt(Uuid::from(after)));
        }
        if let Some(before) = before {
            query = query.filter(Column::Id.lt(Uuid::from(before)));
        }
        let order = match direction {
            Direction::Forward => Order::Asc,
            Direction::Backward => Order::Desc,
        };
        let query = query.order_by(Column::Id, order).limit(u64::from(limit));
        let rows = query.all(self.database().reader()).await?;
        let mut drafts = rows
            .into_iter()
            .map(row::draft)
            .collect::<Result<Vec<_>, _>>()?;
        if direction == Direction::Backward {
            drafts.reverse();
        }
        Ok(drafts)
    }

    /// How many drafts.
    pub async fn draft_count(&self, filter: DraftFilter) -> Result<u64, StoreError> {
        Ok(self
            .draft_list(filter)
            .count(self.database().reader())
            .await?)
    }

    fn draft_list(&self, filter: DraftFilter) -> sea_orm::Select<table::Entity> {
        match filter.state() {
            Some(state) => self.draft_query().filter(Column::State.eq(state)),
            None => self.draft_query(),
        }
    }
}
