//! `remit token`

use crate::{
    config::{self, Location},
    env,
    terminal::{self, Terminal},
};
use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use std::process::ExitCode;

/// Make, list and revoke API tokens.
///
/// A request names its token as `Authorization: Bearer remit_…`; the token's name is then who writes. The database keeps
/// only a hash of the token.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit token add dashboard\n  \
    remit token new > secrets/remit-token\n  \
    remit token list\n  \
    remit token revoke dashboard")]
pub(crate) struct Token {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a token and print it, this once.
    Add {
        /// Whom it is for. It is kept in the log for ever with all that is written with it: name an office or a program,
        /// not a person.
        #[arg(value_parser = config::plain_name)]
        name: String,
        #[command(flatten)]
        location: Location,
    },
    /// Print a new token without keeping it, for `remit serve --token-file`.
    New,
    /// List all tokens by name.
    List {
        #[command(flatten)]
        location: Location,
    },
    /// Stop accepting a token.
    Revoke {
        /// Its name.
        name: String,
        #[command(flatten)]
        location: Location,
    },
}

impl Token {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        match self.action {
            Action::New => {
                let token = api::auth::Token::new(env::secret()?);
                terminal::result(token.reveal())?;
            }
            Action::Add { name, location } => add(&name, &location, terminal).await?,
            Action::List { location } => list(&location, terminal).await?,
            Action::Revoke { name, location } => revoke(&name, &location, terminal).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn add(name: &str, location: &Location, terminal: Terminal) -> anyhow::Result<()> {
    let database = location.database().await?;
    let token = api::auth::Token::new(env::secret()?);
    let added = database.token_add(name, token.hash()).await;
    if !added.context("cannot keep the token")? {
        bail!(
            "there is or was a token {name:?} already, and a name is never used twice: take another"
        );
    }
    terminal::result(token.reveal())?;
    terminal.remark(format!(
        "This is the token {name:?}. Keep it now: it is not shown again. Requests carry it as\n  \
         Authorization: Bearer remit_…"
    ));
    Ok(())
}

async fn list(location: &Location, terminal: Terminal) -> anyhow::Result<()> {
    let database = location.existing_database().await?;
    let tokens = database.token_list().await.context("cannot list tokens")?;
    if tokens.is_empty() {
        terminal.remark("there is no token: `remit token add NAME` makes one");
        return Ok(());
    }
    let mut table = terminal::table(&["name", "made at", "revoked at"]);
    for store::Token {
        name,
        created_at,
        revoked_at,
    } in tokens
    {
        let revoked_at = revoked_at.map_or_else(String::new, |at| at.to_string());
        table.add_row([name, created_at.to_string(), revoked_at]);
    }
    terminal::result(terminal::text(table, 2))?;
    Ok(())
}

async fn revoke(name: &str, location: &Location, terminal: Terminal) -> anyhow::Result<()> {
    let database = location.existing_database().await?;
    if !database
        .token_revoke(name)
        .await
        .context("cannot revoke the token")?
    {
        bail!("no token {name:?} is accepted: `remit token list` shows all there are");
    }
    terminal.remark(format!(
        "the token {name:?} is no longer accepted, by servers that run within a second"
    ));
    Ok(())
}
