//! `remit verify`

use crate::{
    config::Location,
    terminal::{self, Terminal},
};
use anyhow::{Context as _, bail};
use clap::Args;
use std::process::ExitCode;
use store::Database;

/// Check that what is kept is what was written.
///
/// Recomputes the log's hashes and everything that the log determines, and names every value that differs. It may run
/// beside a server. Exit code 1 if anything is found.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  remit verify --database remit.db && echo intact")]
pub(crate) struct Verify {
    #[command(flatten)]
    location: Location,

    /// The code of the register; all of them if none is named.
    #[arg(long, value_name = "CODE", env = "REMIT_REGISTER")]
    register: Option<String>,
}

impl Verify {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let database = self.location.existing_database().await?;
        let codes = match self.register {
            Some(code) => vec![code],
            None => codes(&database).await?,
        };
        if codes.is_empty() {
            bail!("the database has no register yet: there is nothing to verify");
        }
        let mut findings = 0;
        for code in codes {
            let found = database.verify(&code).await;
            let found = found.with_context(|| format!("cannot verify the register {code:?}"))?;
            for finding in &found {
                terminal::result(format!("{code}: {finding}"))?;
            }
            if found.is_empty() {
                terminal.remark(format!("{code}: everything is as it was written"));
            }
            findings += found.len();
        }
        if findings == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        terminal::warn(format!(
            "{findings} {} not what was written: keep a copy of the database as it is, and restore a backup",
            if findings == 1 {
                "value is"
            } else {
                "values are"
            }
        ));
        Ok(ExitCode::FAILURE)
    }
}

async fn codes(database: &Database) -> anyhow::Result<Vec<String>> {
    let registers = database
        .registers()
        .await
        .context("cannot list the registers")?;
    Ok(registers
        .into_iter()
        .map(|register| register.code)
        .collect())
}
