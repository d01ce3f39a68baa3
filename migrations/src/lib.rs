//! The tables of Remit as frozen history, for SQLite and PostgreSQL.
//!
//! Nothing here knows a current type: a migration that has been released names its tables and columns itself and never
//! changes. The next one is a file beside the last and a line in [`Migrator`].

mod dialect;
mod m0001_register;
mod m0002_event_tree;
mod m0003_draft;
mod m0004_change;
mod m0005_changeset;
mod m0006_progress_rule;
mod m0007_rule;
mod m0008_by_hand;
mod m0009_revised;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

/// All migrations, oldest first.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_register::Migration),
            Box::new(m0002_event_tree::Migration),
            Box::new(m0003_draft::Migration),
            Box::new(m0004_change::Migration),
            Box::new(m0005_changeset::Migration),
            Box::new(m0006_progress_rule::Migration),
            Box::new(m0007_rule::Migration),
            Box::new(m0008_by_hand::Migration),
            Box::new(m0009_revised::Migration),
        ]
    }
}
