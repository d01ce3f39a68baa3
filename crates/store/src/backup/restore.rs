//! Restoring a backup, and looking whether one could be.

use super::{
    BackupError, SavedRegister,
    parts::{Part, Parts},
};
use crate::{
    database::{Database, RegisterSummary, one_at_a_time},
    error::StoreError,
    log::{self, Head},
    project::project,
    row::{api_token, draft, idempotency, register, text},
};
use domain::{change::Changeset, id::RegisterId, text::Sha256};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, DatabaseTransaction, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, sea_query::OnConflict,
};
use std::io::BufRead;
use uuid::Uuid;

/// What was restored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restored {
    /// The registers.
    pub registers: Vec<SavedRegister>,
    /// How many tokens are accepted again.
    pub tokens: usize,
    /// The names of tokens that were here already, and were left as they are.
    pub tokens_left: Vec<String>,
}

/// Reads a backup to its end and checks everything in it, as restoring does, without a database.
pub fn check_backup(input: &mut (dyn BufRead + Send)) -> Result<Vec<SavedRegister>, BackupError> {
    let (mut parts, mut registers) = (Parts::of(input)?, vec![]);
    while let Some(part) = parts.next()? {
        if let Part::Done(register) = part {
            registers.push(register);
        }
    }
    Ok(registers)
}

impl Database {
    /// Brings back what is in a backup, all of it in one transaction or nothing. No register that is here already is
    /// touched, and a file that anybody serves is not restored into.
    ///
    /// The file is read as the rows are written, on the caller's thread.
    pub async fn restore(&self, input: &mut (dyn BufRead + Send)) -> Result<Restored, BackupError> {
        let mut parts = Parts::of(input)?;
        if !self.pending().await?.is_empty() {
            return Err(StoreError::Pending.into());
        }
        self.serve()?;
        let transaction = self.begin_write().await.map_err(StoreError::from)?;
        one_at_a_time(&transaction)
            .await
            .map_err(StoreError::from)?;
        let mut restoring = Restoring {
            transaction,
            register: None,
            texts: vec![],
            restored: Restored::default(),
        };
        while let Some(part) = parts.next()? {
            restoring.part(part).await?;
        }
        let Restoring {
            transaction,
            restored,
            ..
        } = restoring;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(restored)
    }
}

/// How many texts one statement keeps, and how many bytes of them are held until then.
const TEXTS: usize = 100;
const BYTES: usize = 4 << 20;

struct Restoring {
    transaction: DatabaseTransaction,
    register: Option<RegisterId>,
    texts: Vec<(Sha256, Vec<u8>)>,
    restored: Restored,
}

impl Restoring {
    async fn part(&mut self, part: Part) -> Result<(), BackupError> {
        match part {
            Part::Register(register) => self.begin(register).await?,
            Part::Text(digest, content) => self.text(digest, content).await?,
            Part::Leaf {
                changeset,
                leaf,
                hash,
            } => self.leaf(&changeset, leaf, hash).await?,
            Part::Key(key) => self.key(key).await?,
            Part::Draft(draft) => self.draft(*draft).await?,
            Part::Done(register) => self.done(register).await?,
            Part::Token(token) => self.token(token).await?,
        }
        Ok(())
    }

    async fn begin(&mut self, saved: SavedRegister) -> Result<(), BackupError> {
        let SavedRegister {
            id,
            code,
            name,
            time_zone,
            created_at,
            seq: _,
            recorded_at: _,
            root: _,
        } = saved;
        let same = Condition::any()
            .add(register::Column::Code.eq(&code))
            .add(register::Column::Id.eq(Uuid::from(id)));
        let found = register::Entity::find().filter(same).one(&self.transaction);
        if let Some(row) = found.await.map_err(StoreError::from)? {
            return Err(BackupError::Exists { code: row.code });
        }
        let summary = RegisterSummary {
            id,
            code,
            name,
            time_zone,
            created_at,
        };
        let row = register::Model::from(summary).into_active_model();
        row.insert(&self.transaction)
            .await
            .map_err(StoreError::from)?;
        self.register = Some(id);
        Ok(())
    }

    async fn text(&mut self, digest: Sha256, content: Vec<u8>) -> Result<(), StoreError> {
        self.texts.push((digest, content));
        let bytes: usize = self.texts.iter().map(|(_, content)| content.len()).sum();
        if self.texts.len() >= TEXTS || bytes >= BYTES {
            self.keep_texts().await?;
        }
        Ok(())
    }

    async fn keep_texts(&mut self) -> Result<(), StoreError> {
        let (Some(register), false) = (self.register, self.texts.is_empty()) else {
            return Ok(());
        };
        let rows = self.texts.drain(..).map(|(digest, content)| {
            let row = text::Model {
                register_id: register.into(),
                sha256: digest.to_string(),
                content,
            };
            row.into_active_model()
        });
        text::Entity::insert_many(rows)
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }

    async fn leaf(
        &mut self,
        changeset: &Changeset,
        leaf: Vec<u8>,
        hash: Sha256,
    ) -> Result<(), StoreError> {
        self.keep_texts().await?;
        log::keep(&self.transaction, changeset, leaf, hash).await?;
        project(&self.transaction, std::iter::once(changeset)).await
    }

    async fn key(&mut self, key: idempotency::Model) -> Result<(), StoreError> {
        let Some(register) = self.register else {
            return Ok(());
        };
        let row = idempotency::Model {
            register_id: register.into(),
            ..key
        };
        idempotency::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }

    async fn draft(&mut self, draft: draft::Model) -> Result<(), StoreError> {
        let Some(register) = self.register else {
            return Ok(());
        };
        // A register without changesets has no leaf before which its texts would have been kept.
        self.keep_texts().await?;
        let row = draft::Model {
            register_id: register.into(),
            ..draft
        };
        draft::Entity::insert(row.into_active_model())
            .exec_without_returning(&self.transaction)
            .await?;
        Ok(())
    }

    async fn done(&mut self, saved: SavedRegister) -> Result<(), StoreError> {
        self.keep_texts().await?;
        let head = Head {
            seq: saved.seq,
            recorded_at: saved.recorded_at,
            root: saved.root,
        };
        log::start(&self.transaction, saved.id, head).await?;
        self.restored.registers.push(saved);
        self.register = None;
        Ok(())
    }

    async fn token(&mut self, token: api_token::Model) -> Result<(), StoreError> {
        let name = token.name.clone();
        let conflict = OnConflict::new().do_nothing().to_owned();
        let insert = api_token::Entity::insert(token.into_active_model())
            .on_conflict(conflict)
            .try_insert();
        let inserted = insert.exec_without_returning(&self.transaction).await?;
        match inserted {
            sea_orm::TryInsertResult::Inserted(1..) => self.restored.tokens += 1,
            _ => self.restored.tokens_left.push(name),
        }
        Ok(())
    }
}
