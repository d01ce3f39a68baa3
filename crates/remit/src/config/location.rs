//! Where a database is: from what a person writes to an open connection.

use crate::env::SystemEnv;
use anyhow::{Context as _, bail};
use api::env::Env as _;
use clap::Args;
use std::path::{Path, PathBuf};
use store::{Database, Options, StoreError};

/// Where the database is.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Database")]
pub(crate) struct Location {
    /// The database: the path of a SQLite file, or `postgres://USER@HOST/DATABASE`.
    #[arg(
        long,
        value_name = "URL",
        env = "REMIT_DATABASE",
        hide_env_values = true,
        default_value = "sqlite://remit.db?mode=rwc"
    )]
    database: String,
}

impl Location {
    /// Connects; an embedded database is created if need be, and brought to the present form. A server's never is by
    /// surprise: others may be using it.
    pub(crate) async fn database(&self) -> anyhow::Result<Database> {
        let database = self.connect().await?;
        if self.is_behind(&database).await? {
            if !database.is_embedded() {
                return Err(StoreError::Pending).with_context(|| self.unusable());
            }
            database.migrate().await.with_context(|| self.unusable())?;
        }
        Ok(database)
    }

    /// Connects to a database that is there already.
    pub(crate) async fn existing_database(&self) -> anyhow::Result<Database> {
        if let Some(file) = self.file()
            && !file.exists()
        {
            bail!(
                "there is no database {}: `remit serve` or `remit import` makes one, --database names another",
                file.display()
            );
        }
        let database = self.connect().await?;
        if self.is_behind(&database).await? {
            return Err(StoreError::Pending).with_context(|| self.unusable());
        }
        Ok(database)
    }

    /// Connects, and leaves everything as it is.
    pub(crate) async fn connect(&self) -> anyhow::Result<Database> {
        let options = Options::new(|| SystemEnv.now());
        let database = Database::connect(&self.url(), &options).await;
        database.with_context(|| self.unusable())
    }

    async fn is_behind(&self, database: &Database) -> anyhow::Result<bool> {
        let pending = database.pending().await;
        Ok(!pending.with_context(|| self.unusable())?.is_empty())
    }

    pub(super) fn unusable(&self) -> String {
        format!("cannot use the database {}", self.shown())
    }

    /// The address as the store takes it: a bare path is that of a SQLite file.
    fn url(&self) -> String {
        if self.is_url() {
            return self.database.clone();
        }
        let path = self.database.replace('%', "%25").replace('?', "%3F");
        format!("sqlite://{path}?mode=rwc")
    }

    fn is_url(&self) -> bool {
        self.database.contains("://") || self.database.starts_with("sqlite:")
    }

    /// The file of an embedded database.
    fn file(&self) -> Option<PathBuf> {
        if !self.is_url() {
            return Some(PathBuf::from(&self.database));
        }
        let rest = self.database.strip_prefix("sqlite:")?;
        let path = rest.strip_prefix("//").unwrap_or(rest);
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        Some(Path::new(path).to_owned())
    }

    /// The address as it may be shown: without a password.
    pub(super) fn shown(&self) -> String {
        if let Some(file) = self.file() {
            return file.display().to_string();
        }
        let Some((scheme, rest)) = self.database.split_once("://") else {
            return self.database.clone();
        };
        let (server, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let Some((user, host)) = server.rsplit_once('@') else {
            return format!("{scheme}://{server}{path}");
        };
        let user = user.split_once(':').map_or(user, |(user, _)| user);
        format!("{scheme}://{user}@{host}{path}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(database: &str) -> Location {
        Location {
            database: database.to_owned(),
        }
    }

    #[test]
    fn a_bare_path_is_that_of_a_sqlite_file() {
        for (given, url, file) in [
            ("r.db", "sqlite://r.db?mode=rwc", Some("r.db")),
            (
                "/d/5%?.db",
                "sqlite:///d/5%25%3F.db?mode=rwc",
                Some("/d/5%?.db"),
            ),
            (
                "sqlite://r.db?mode=ro",
                "sqlite://r.db?mode=ro",
                Some("r.db"),
            ),
            ("sqlite:r.db", "sqlite:r.db", Some("r.db")),
            ("postgres://h/d", "postgres://h/d", None),
        ] {
            let location = location(given);
            assert_eq!(location.url(), url, "{given}");
            assert_eq!(location.file().as_deref(), file.map(Path::new), "{given}");
        }
    }

    #[test]
    fn a_password_is_never_shown() {
        for (given, shown) in [
            (
                "postgres://me:se@cret@host:5432/db",
                "postgres://me@host:5432/db",
            ),
            ("postgres://me@host/db?x=a@b", "postgres://me@host/db?x=a@b"),
            ("postgres://host/db", "postgres://host/db"),
            ("sqlite://r.db?mode=rwc", "r.db"),
        ] {
            assert_eq!(location(given).shown(), shown);
        }
    }
}
