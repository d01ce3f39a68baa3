//! The table `draft`: what is under review, and what became of it.

use domain::text::{NotASha256, Sha256};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Backups have it as it stands, but for the register, which the part before says.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[serde(skip)]
    pub register_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub state: String,
    pub reason: Option<String>,
    pub accepted_seq: Option<i64>,
    pub bytes_sha256: String,
    pub text_sha256: String,
    pub code: Option<String>,
    pub address: Option<String>,
    pub valid_from: Option<String>,
    pub supersedes: Option<Uuid>,
    pub review: String,
    pub created_at: String,
    pub created_by: String,
    pub updated_at: String,
    pub updated_by: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Its document, as bytes and as text.
    pub(crate) fn texts(&self) -> Result<[Sha256; 2], NotASha256> {
        Ok([self.bytes_sha256.parse()?, self.text_sha256.parse()?])
    }
}
