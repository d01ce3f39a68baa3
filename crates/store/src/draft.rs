//! Drafts under review: the one thing kept here whose rows change. They are outside of the log and of every view.
//!
//! A draft is versioned: whoever changes it says which version it is that they saw. Its document lies among the texts as
//! those of all documents do, and stays there whatever becomes of the draft.

mod page;
mod row;

pub use page::DraftFilter;

use crate::{
    error::StoreError,
    row::draft::{self as table, Column},
    store::Store,
    text,
};
use bytes::Bytes;
use domain::{
    id::{DocumentId, DraftId},
    review::Review,
    text::Sha256,
    time::{Day, Instant, Seq},
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, sea_query::Expr,
};
use std::sync::Arc;
use uuid::Uuid;

/// A draft and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Which one.
    pub id: DraftId,
    /// How often it was changed, from 1.
    pub version: u32,
    /// Open, accepted or dismissed.
    pub state: DraftState,
    /// The last changeset that accepted it or a part of it.
    pub accepted_as: Option<Seq>,
    /// The document's bytes, by their digest.
    pub bytes: Sha256,
    /// Its decoded text.
    pub text: Sha256,
    /// What is said of the document beside what it says itself.
    pub said: DraftOrigin,
    /// What was read and what people made of it.
    pub review: Arc<Review>,
    /// When it was made and by whom.
    pub created: Stamp,
    /// When it was changed last and by whom.
    pub updated: Stamp,
}

/// What the one who brings in a document says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftOrigin {
    /// What its plan is to be called by.
    pub code: Option<String>,
    /// Where it came from: a file name or a web address.
    pub address: Option<String>,
    /// From when it holds, if it does not say so itself.
    pub valid_from: Option<Day>,
    /// The document of which it is a newer version.
    pub supersedes: Option<DocumentId>,
}

/// When something was done and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub at: Instant,
    /// An opaque subject.
    pub by: String,
}

/// What became of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// It can be corrected, accepted or dismissed.
    Open,
    /// It is in the register.
    Accepted,
    /// It is not to be accepted.
    Dismissed {
        /// Why.
        reason: String,
    },
}

/// A draft that is to be kept.
#[derive(Clone, Debug)]
pub struct NewDraft {
    /// Its id.
    pub id: DraftId,
    /// The document's bytes.
    pub bytes: Bytes,
    /// Its decoded text.
    pub text: Bytes,
    /// What is said of the document.
    pub said: DraftOrigin,
    /// What was read.
    pub review: Review,
    /// Who brings it in.
    pub by: String,
}

/// A change of a draft.
#[derive(Clone, Debug)]
pub enum DraftChange {
    /// It was corrected.
    Correct {
        /// What people made of it.
        review: Box<Review>,
    },
    /// It is not to be accepted.
    Dismiss {
        /// Why.
        reason: String,
    },
}

/// What the acceptance of a draft does to it, in the same transaction.
#[derive(Clone, Debug)]
pub struct DraftAcceptance {
    /// Which one.
    pub id: DraftId,
    /// The version that is accepted.
    pub version: u32,
    /// What is left of it.
    pub rest: DraftRest,
    /// The record of its review, if anybody corrected anything.
    pub record: Option<Bytes>,
}

/// What is left of a draft when it is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftRest {
    /// Nothing: it is closed.
    Nothing,
    /// Something that is not sure: it stays open.
    Doubtful,
}

impl Store {
    /// Keeps a draft; if the same bytes are under review already, that draft is told and nothing is kept.
    pub async fn draft_create(&self, new: NewDraft) -> Result<Draft, StoreError> {
        let NewDraft {
            id,
            bytes,
            text,
            said,
            review,
            by,
        } = new;
        let (bytes, text) = ((Sha256::of(&bytes), bytes), (Sha256::of(&text), text));
        let transaction = self.database().begin_write().await?;
        // The head is locked as for a write, so that of two who bring in the same bytes one finds the other's draft.
        crate::log::lock_head(&transaction, self.id()).await?;
        let same = self
            .draft_query()
            .filter(Column::BytesSha256.eq(bytes.0.to_string()))
            .filter(Column::State.eq(row::OPEN));
        if let Some(open) = same.one(&transaction).await? {
            return row::draft(open);
        }
        let stamp = Stamp {
            at: self.database().now(),
            by,
        };
        let draft = Draft {
            id,
            version: 1,
            state: DraftState::Open,
            accepted_as: None,
            bytes: bytes.0,
            text: text.0,
            said,
            review: Arc::new(review),
            created: stamp.clone(),
            updated: stamp,
        };
        text::insert(&transaction, self.id(), &[bytes, text]).await?;
        let row = row::model(self.id(), &draft)?;
        let insert = table::Entity::insert(row.into_active_model());
        insert.exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(draft)
    }

    /// The draft with this id.
    pub async fn draft_get(&self, id: DraftId) -> Result<Option<Draft>, StoreError> {
        self.draft_find(self.database().reader(), id).await
    }

    /// Changes an open draft that is still at this version. [`StoreError::Stale`] tells the version that it is at
    /// now; nothing if there is no such draft.
    pub async fn draft_update(
        &self,
        (id, version): (DraftId, u32),
        by: String,
        change: DraftChange,
    ) -> Result<Option<Draft>, StoreError> {
        let transaction = self.database().begin_write().await?;
        let Some(mut draft) = self.draft_at(&transaction, id, version).await? else {
            return Ok(None);
        };
        match change {
            DraftChange::Correct { review } => draft.review = review.into(),
            DraftChange::Dismiss { reason } => draft.state = DraftState::Dismissed { reason },
        }
        let draft = self.draft_put(&transaction, draft, by).await?;
        transaction.commit().await?;
        Ok(Some(draft))
    }

    /// Notes in the transaction of a write that it accepts a draft, as `seq`.
    pub(crate) async fn draft_accept(
        &self,
        transaction: &DatabaseTransaction,
        acceptance: &DraftAcceptance,
        by: &str,
        seq: Seq,
    ) -> Result<(), StoreError> {
        let DraftAcceptance {
            id,
            version,
            rest,
            record: _,
        } = acceptance;
        let draft = self.draft_at(transaction, *id, *version).await?;
        let mut draft = draft.ok_or(StoreError::NoSuchDraft { draft: *id })?;
        draft.accepted_as = Some(seq);
        draft.state = match rest {
            DraftRest::Nothing => DraftState::Accepted,
            DraftRest::Doubtful => DraftState::Open,
        };
        self.draft_put(transaction, draft, by.to_owned()).await?;
        Ok(())
    }

    async fn draft_find(
        &self,
        db: &impl ConnectionTrait,
        id: DraftId,
    ) -> Result<Option<Draft>, StoreError> {
        let found = self.draft_query().filter(Column::Id.eq(Uuid::from(id)));
        found.one(db).await?.map(row::draft).transpose()
    }

    /// An open draft, if it is at this version.
    pub(crate) async fn draft_at(
        &self,
        db: &impl ConnectionTrait,
        id: DraftId,
        version: u32,
    ) -> Result<Option<Draft>, StoreError> {
        match self.draft_find(db, id).await? {
            Some(draft) if draft.version == version && draft.state == DraftState::Open => {
                Ok(Some(draft))
            }
            Some(draft) => Err(draft.stale()),
            None => Ok(None),
        }
    }

    /// Writes the next version of a draft, if it is still the one that was read.
    async fn draft_put(
        &self,
        db: &impl ConnectionTrait,
        mut draft: Draft,
        by: String,
    ) -> Result<Draft, StoreError> {
        let before = draft.version;
        draft.version += 1;
        draft.updated = Stamp {
            at: self.database().now(),
            by,
        };
        let row = row::model(self.id(), &draft)?;
        let updated = table::Entity::update_many()
            .col_expr(Column::Version, Expr::value(row.version))
            .col_expr(Column::State, Expr::value(row.state))
            .col_expr(Column::Reason, Expr::value(row.reason))
            .col_expr(Column::AcceptedSeq, Expr::value(row.accepted_seq))
            .col_expr(Column::Review, Expr::value(row.review))
            .col_expr(Column::UpdatedAt, Expr::value(row.updated_at))
            .col_expr(Column::UpdatedBy, Expr::value(row.updated_by))
            .filter(Column::RegisterId.eq(Uuid::from(self.id())))
            .filter(Column::Id.eq(Uuid::from(draft.id)))
            .filter(Column::Version.eq(i64::from(before)))
            .exec(db)
            .await?;
        if updated.rows_affected == 1 {
            return Ok(draft);
        }
        match self.draft_find(db, draft.id).await? {
            Some(now) => Err(now.stale()),
            None => Err(StoreError::NoSuchDraft { draft: draft.id }),
        }
    }

    fn draft_query(&self) -> sea_orm::Select<table::Entity> {
        table::Entity::find().filter(Column::RegisterId.eq(Uuid::from(self.id())))
    }
}

impl Draft {
    /// Why this is not the draft that somebody wants to change.
    fn stale(self) -> StoreError {
        StoreError::Stale {
            version: self.version,
            by: self.updated.by,
            is_open: self.state == DraftState::Open,
        }
    }
}
