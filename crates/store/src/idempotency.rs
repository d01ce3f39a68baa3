//! Writes that are repeated: known by their callers' own keys.

use crate::{
    error::{RowKey, StoreError},
    row::idempotency,
};
use domain::{
    change::{Actor, Changeset},
    id::RegisterId,
    text::Sha256,
    time::Seq,
};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use uuid::Uuid;

/// What makes a repeated write known as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// The caller's own key, unique for its subject.
    pub key: String,
    /// The digest of everything that the command was given.
    pub input_hash: Sha256,
}

impl Idempotency {
    /// The changeset that the same key of the same subject wrote before; refused if that was for another input.
    pub(crate) async fn find(
        &self,
        db: &impl ConnectionTrait,
        register: RegisterId,
        actor: &Actor,
    ) -> Result<Option<Seq>, StoreError> {
        let id = (
            Uuid::from(register),
            actor.subject.clone(),
            self.key.clone(),
        );
        let Some(row) = idempotency::Entity::find_by_id(id).one(db).await? else {
            return Ok(None);
        };
        if row.input_hash != self.input_hash.to_string() {
            return Err(StoreError::Conflict);
        }
        match u32::try_from(row.seq) {
            Ok(seq) => Ok(Some(Seq(seq))),
            Err(error) => {
                let key = RowKey::Named(row.key);
                Err(StoreError::corrupt("idempotency", key, error))
            }
        }
    }

    /// Remembers that the key stands for this changeset.
    pub(crate) async fn keep(
        &self,
        db: &impl ConnectionTrait,
        changeset: &Changeset,
    ) -> Result<(), StoreError> {
        let Self { key, input_hash } = self;
        let row = idempotency::Model {
            register_id: changeset.register.into(),
            subject: changeset.actor.subject.clone(),
            key: key.clone(),
            input_hash: input_hash.to_string(),
            seq: changeset.seq.0.into(),
        };
        let insert = idempotency::Entity::insert(row.into_active_model());
        insert.exec_without_returning(db).await?;
        Ok(())
    }
}
