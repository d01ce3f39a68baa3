//! `remit migrate`

use crate::{
    config::Location,
    terminal::{self, Terminal},
};
use anyhow::Context as _;
use clap::Args;
use std::process::ExitCode;

/// Bring a database to the form that this version needs.
///
/// An embedded SQLite file is migrated by itself when it is opened; a server database only here, never by surprise.
/// Everything is one transaction: it is done wholly or not at all.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  remit migrate --database postgres://remit@localhost/remit")]
pub(crate) struct Migrate {
    #[command(flatten)]
    location: Location,
}

impl Migrate {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let database = self.location.connect().await?;
        let pending = database.pending().await?;
        if pending.is_empty() {
            terminal.remark("the database is up to date");
            return Ok(ExitCode::SUCCESS);
        }
        database.migrate().await.context("cannot migrate")?;
        for migration in pending {
            terminal::result(format!("applied {migration}"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
