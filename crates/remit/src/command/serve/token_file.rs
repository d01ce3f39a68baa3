//! A token that comes in a file, as containers get their secrets.

use crate::{
    config::{self},
    input,
};
use anyhow::{Context as _, bail};
use api::auth::Token;
use clap::Args;
use std::path::PathBuf;
use store::Database;

/// A token file holds one token; anything much longer is something else.
const LIMIT: usize = 1024;

/// A token from a file.
#[derive(Clone, Debug, Args)]
pub(super) struct TokenFile {
    /// A file with a token (`remit token new` makes one) that is to be accepted: it is added at start, unless it is
    /// known already. So a server with a new database can listen where others are.
    #[arg(long, value_name = "FILE", env = "REMIT_TOKEN_FILE")]
    token_file: Option<PathBuf>,

    /// The name of the token in the file: who writes with it. Another token needs another name.
    #[arg(
        long,
        value_name = "NAME",
        env = "REMIT_TOKEN_NAME",
        default_value = "bootstrap",
        value_parser = config::plain_name
    )]
    token_name: String,
}

impl TokenFile {
    /// Adds the token, if there is one to add.
    pub(super) async fn add_to(&self, database: &Database) -> anyhow::Result<()> {
        let Some(path) = &self.token_file else {
            return Ok(());
        };
        let content = input::read(path, LIMIT)?;
        let token = std::str::from_utf8(&content).ok();
        let token = token.and_then(|text| Token::parse(text.trim()));
        let Some(token) = token else {
            bail!(
                "{} does not hold a token: `remit token new` prints one",
                path.display()
            );
        };
        let keep = || "cannot keep the token of --token-file";
        let hash = token.hash();
        // Of several processes that start at once, one adds it and the others find it.
        let added = database.token_add(&self.token_name, hash).await;
        if added.with_context(keep)? {
            return Ok(());
        }
        match database.token_find_by_hash(hash).await.with_context(keep)? {
            Some(known) if known.revoked_at.is_some() => bail!(
                "the token in {} was revoked: put another one there, with another --token-name",
                path.display()
            ),
            Some(_) => Ok(()),
            None => bail!(
                "there is or was another token {:?}: give the one in {} another name with --token-name",
                self.token_name,
                path.display()
            ),
        }
    }
}
