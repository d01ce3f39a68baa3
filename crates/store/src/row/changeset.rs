//! The table `changeset`: what the log is filtered by.

use domain::change;
use sea_orm::entity::prelude::*;
use std::collections::BTreeSet;

#[derive(Clone, Debug, PartialEq, Eq, Hash, DeriveEntityModel)]
#[sea_orm(table_name = "changeset")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub register_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub subject: String,
    pub action: String,
    pub entities: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What the log is filtered by of one changeset.
pub(crate) fn row(changeset: &change::Changeset) -> Model {
    let changes = changeset.changes.iter();
    let entities: BTreeSet<_> = changes.map(change::Change::entity).collect();
    let words = Vec::from_iter(entities).join(" ");
    Model {
        register_id: changeset.register.into(),
        seq: changeset.seq.0.into(),
        subject: changeset.actor.subject.clone(),
        action: changeset.action.clone(),
        entities: format!(" {words} "),
    }
}

/// The pattern (of `LIKE`) for what [`Model::entities`] says of a changeset that changes this kind of fact.
pub(crate) fn with_entity(entity: &str) -> String {
    // An underscore stands for any character, so for itself too; no two kinds differ in that alone.
    format!("% {entity} %")
}
