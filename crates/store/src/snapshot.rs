//! A register as it was at one moment, for reading only: beside whoever serves it, and without their lock.

use crate::{
    database::{Database, RegisterSummary},
    error::StoreError,
    image::Image,
    row::{origin, register},
    text,
};
use domain::{
    register::Register,
    text::Sha256,
    time::{Day, Seq},
    view::View,
};
use futures_util::TryStreamExt as _;
use rustc_hash::FxHashMap;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use std::sync::Arc;
use uuid::Uuid;

/// A register as the database held it at one moment. What is written afterwards it does not see.
#[derive(Debug)]
pub struct Snapshot {
    database: Database,
    summary: RegisterSummary,
    register: Arc<Register>,
}

impl Database {
    /// Reads the register of this code as it is now. Nothing is locked, made or migrated.
    pub async fn snapshot(&self, code: &str) -> Result<Snapshot, StoreError> {
        if !self.pending().await?.is_empty() {
            return Err(StoreError::Pending);
        }
        let row = register::Entity::find()
            .filter(register::Column::Code.eq(code))
            .one(self.reader())
            .await?;
        let row = row.ok_or_else(|| StoreError::NoSuchRegister {
            code: code.to_owned(),
        })?;
        let summary = RegisterSummary::try_from(row)?;
        let image = Image::load(self, summary.id).await?;
        Ok(Snapshot {
            database: self.clone(),
            register: Arc::clone(image.register()),
            summary,
        })
    }
}

impl Snapshot {
    /// Its code, name and time zone.
    pub fn summary(&self) -> &RegisterSummary {
        &self.summary
    }

    /// The register.
    pub fn register(&self) -> &Arc<Register> {
        &self.register
    }

    /// The register as known at `seq`, asked about a day.
    pub fn view(&self, seq: Seq, valid_on: Day) -> View {
        View::new(Arc::clone(&self.register), seq, valid_on)
    }

    /// Decoded texts, all that the register keeps of those asked for. They are never changed, so it makes no difference
    /// when they are read.
    pub async fn texts(
        &self,
        digests: &[Sha256],
    ) -> Result<FxHashMap<Sha256, Arc<str>>, StoreError> {
        let texts = text::load(self.database.reader(), self.summary.id, digests).await?;
        Ok(texts.into_iter().collect())
    }

    /// The keys that `source` gave to things of one kind, as far as they were recorded up to `seq`, each with the id
    /// that it stands for. `entity` is the log's name for the kind, such as `task`.
    pub async fn origins(
        &self,
        source: &str,
        entity: &str,
        seq: Seq,
    ) -> Result<FxHashMap<Box<str>, Uuid>, StoreError> {
        // A key that was recorded again stands for what it was recorded for last, which comes last.
        let mut rows = origin::Entity::find()
            .filter(origin::Column::RegisterId.eq(Uuid::from(self.summary.id)))
            .filter(origin::Column::Source.eq(source))
            .filter(origin::Column::Entity.eq(entity))
            .filter(origin::Column::SinceSeq.lte(i64::from(seq.0)))
            .order_by_asc(origin::Column::SinceSeq)
            .stream(self.database.reader())
            .await?;
        let mut keys = FxHashMap::default();
        while let Some(row) = rows.try_next().await? {
            keys.insert(row.key.into_boxed_str(), row.id);
        }
        Ok(keys)
    }
}
