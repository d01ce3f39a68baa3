//! Which register is meant of those that are kept already.

use super::Location;
use anyhow::{Context as _, bail};
use clap::Args;
use store::{Database, Snapshot};

/// Where registers are kept, and which one is meant, for reading only.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Database")]
pub(crate) struct Kept {
    #[command(flatten)]
    location: Location,

    /// The code of the register; may be left out while there is one.
    #[arg(long, value_name = "CODE", env = "REMIT_REGISTER")]
    register: Option<String>,
}

impl Kept {
    /// The register that is meant, as it is now. It may be served meanwhile.
    pub(crate) async fn snapshot(&self) -> anyhow::Result<Snapshot> {
        let database = self.location.existing_database().await?;
        let code = match self.register.clone() {
            Some(code) => code,
            None => self.only(&database).await?,
        };
        let snapshot = database.snapshot(&code).await;
        snapshot.with_context(|| {
            format!(
                "cannot read the register {code:?} in {}",
                self.location.shown()
            )
        })
    }

    /// The code of the one register that there is.
    async fn only(&self, database: &Database) -> anyhow::Result<String> {
        let known = database.registers().await;
        let known = known.with_context(|| self.location.unusable())?;
        let mut codes: Vec<_> = known.into_iter().map(|register| register.code).collect();
        match (codes.pop(), codes.is_empty()) {
            (Some(only), true) => Ok(only),
            (None, _) => bail!("the database has no register yet"),
            (Some(last), false) => {
                codes.push(last);
                bail!(
                    "the database has several registers: name one with --register, one of {}",
                    codes.join(", ")
                )
            }
        }
    }
}
