//! Taking a backup.

use super::{BackupError, Progress, SavedRegister, file::Writer, parts::kind};
use crate::{
    database::{Database, RegisterSummary},
    error::{RowKey, StoreError},
    log,
    row::{api_token, draft, event, idempotency, register, text},
};
use domain::{
    text::Sha256,
    time::Seq,
    tree::{Frontier, leaf_hash},
};
use futures_util::TryStreamExt as _;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, Select,
};
use serde::Serialize;
use std::io::Write;
use uuid::Uuid;

/// What stands in the log is not what its hashes say.
#[derive(Debug, thiserror::Error)]
#[error("it adds up to {found}, and {expected} was written")]
struct OtherHash {
    expected: Sha256,
    found: Sha256,
}

impl Database {
    /// Writes registers to a file, the one of this code or all with the tokens, as they are at one moment; whoever
    /// writes to them goes on. What is not what was written is refused instead of being saved.
    ///
    /// The file is written to as the rows come, on the caller's thread.
    pub async fn backup(
        &self,
        code: Option<&str>,
        out: &mut (dyn Write + Send),
        progress: Progress<'_>,
    ) -> Result<Vec<SavedRegister>, BackupError> {
        if !self.pending().await?.is_empty() {
            return Err(StoreError::Pending.into());
        }
        let snapshot = self.begin_snapshot().await.map_err(StoreError::from)?;
        let registers = registers(&snapshot, code).await?;
        let mut taking = Taking {
            texts: count_texts(&snapshot, &registers).await?,
            snapshot,
            writer: Writer::start(out)?,
            done: 0,
            of: 0,
            progress,
        };
        taking.of = taking.texts
            + registers
                .iter()
                .map(|register| u64::from(register.seq.0))
                .sum::<u64>();
        for register in &registers {
            taking.register(register).await?;
        }
        if code.is_none() {
            taking.tokens().await?;
        }
        taking.writer.finish()?;
        taking.snapshot.commit().await.map_err(StoreError::from)?;
        Ok(registers)
    }
}

async fn registers(
    snapshot: &DatabaseTransaction,
    code: Option<&str>,
) -> Result<Vec<SavedRegister>, StoreError> {
    let mut rows = register::Entity::find().order_by_asc(register::Column::Code);
    if let Some(code) = code {
        rows = rows.filter(register::Column::Code.eq(code));
    }
    let rows = rows.all(snapshot).await?;
    if let (true, Some(code)) = (rows.is_empty(), code) {
        return Err(StoreError::NoSuchRegister {
            code: code.to_owned(),
        });
    }
    let mut registers = vec![];
    for row in rows {
        let RegisterSummary {
            id,
            code,
            name,
            time_zone,
            created_at,
        } = row.try_into()?;
        let log::Head {
            seq,
            recorded_at,
            root,
        } = log::head(snapshot, id).await?;
        registers.push(SavedRegister {
            id,
            code,
            name,
            time_zone,
            created_at,
            seq,
            recorded_at,
            root,
        });
    }
    Ok(registers)
}

async fn count_texts(
    snapshot: &DatabaseTransaction,
    registers: &[SavedRegister],
) -> Result<u64, StoreError> {
    let ids = registers.iter().map(|register| Uuid::from(register.id));
    let texts = text::Entity::find().filter(text::Column::RegisterId.is_in(ids));
    Ok(texts.count(snapshot).await?)
}

struct Taking<'a> {
    snapshot: DatabaseTransaction,
    writer: Writer<'a>,
    texts: u64,
    done: u64,
    of: u64,
    progress: Progress<'a>,
}

impl Taking<'_> {
    async fn register(&mut self, register: &SavedRegister) -> Result<(), BackupError> {
        self.writer.json(kind::REGISTER, register)?;
        self.texts_of(register).await?;
        self.log_of(register).await?;
        self.keys_of(register).await?;
        self.drafts_of(register).await?;
        self.writer.bytes(kind::DONE, b"")
    }

    async fn texts_of(&mut self, register: &SavedRegister) -> Result<(), BackupError> {
        let rows = text::Entity::find()
            .filter(text::Column::RegisterId.eq(Uuid::from(register.id)))
            .order_by_asc(text::Column::Sha256);
        let mut rows = rows
            .stream(&self.snapshot)
            .await
            .map_err(StoreError::from)?;
        while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
            let found = Sha256::of(&row.content);
            let key = || RowKey::Named(row.sha256.clone());
            let expected = row.sha256.parse::<Sha256>();
            let expected = expected.map_err(|error| StoreError::corrupt("text", key(), error))?;
            if found != expected {
                let other = OtherHash { expected, found };
                return Err(StoreError::corrupt("text", key(), other).into());
            }
            self.writer.bytes(kind::TEXT, &row.content)?;
            self.done += 1;
            (self.progress)(self.done, self.of);
        }
        Ok(())
    }

    async fn log_of(&mut self, register: &SavedRegister) -> Result<(), BackupError> {
        let rows = event::Entity::find()
            .filter(event::Column::RegisterId.eq(Uuid::from(register.id)))
            .order_by_asc(event::Column::Seq);
        let mut rows = rows
            .stream(&self.snapshot)
            .await
            .map_err(StoreError::from)?;
        let (mut seq, mut frontier) = (Seq::EMPTY, Frontier::default());
        while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
            seq = seq.next();
            let found = leaf_hash(&row.leaf);
            let expected = log::read_digest("event", RowKey::Seq(seq), row.leaf_hash)?;
            if found != expected {
                let other = OtherHash { expected, found };
                return Err(StoreError::corrupt("event", RowKey::Seq(seq), other).into());
            }
            frontier.push(found);
            self.writer.bytes(kind::LEAF, &row.leaf)?;
            self.done += 1;
            (self.progress)(self.done, self.of);
        }
        let (expected, found) = (register.root, frontier.root());
        if expected != found {
            let (key, other) = (
                RowKey::Register(register.id.into()),
                OtherHash { expected, found },
            );
            return Err(StoreError::corrupt("log_head", key, other).into());
        }
        Ok(())
    }

    async fn keys_of(&mut self, register: &SavedRegister) -> Result<(), BackupError> {
        let rows = idempotency::Entity::find()
            .filter(idempotency::Column::RegisterId.eq(Uuid::from(register.id)))
            .order_by_asc(idempotency::Column::Seq);
        self.rows(kind::KEY, rows, |_| Ok(())).await
    }

    async fn drafts_of(&mut self, register: &SavedRegister) -> Result<(), BackupError> {
        let rows = draft::Entity::find()
            .filter(draft::Column::RegisterId.eq(Uuid::from(register.id)))
            .order_by_asc(draft::Column::Id);
        let check = |row: &draft::Model| {
            let key = || RowKey::Named(row.id.to_string());
            let texts = row.texts();
            texts.map_err(|error| StoreError::corrupt("draft", key(), error))?;
            Ok(())
        };
        self.rows(kind::DRAFT, rows, check).await
    }

    async fn tokens(&mut self) -> Result<(), BackupError> {
        let rows = api_token::Entity::find().order_by_asc(api_token::Column::Name);
        self.rows(kind::TOKEN, rows, |_| Ok(())).await
    }

    /// Writes rows as they stand, unless one is not what was written.
    async fn rows<E: EntityTrait<Model: Serialize>>(
        &mut self,
        kind: &str,
        rows: Select<E>,
        check: impl Fn(&E::Model) -> Result<(), StoreError>,
    ) -> Result<(), BackupError> {
        let mut rows = rows
            .stream(&self.snapshot)
            .await
            .map_err(StoreError::from)?;
        while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
            check(&row)?;
            self.writer.json(kind, &row)?;
        }
        Ok(())
    }
}
