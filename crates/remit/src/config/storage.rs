//! Where registers are kept: from what a person writes to an open database.

use crate::env::SystemEnv;
use anyhow::{Context as _, bail};
use api::env::Env as _;
use clap::Args;
use domain::id::RegisterId;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use store::{Database, NewRegister, Options, RegisterSummary, Store};

/// The code of a register that is opened without being named.
const DEFAULT_REGISTER: &str = "main";

/// Where registers are kept, and which one is meant.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Database")]
pub(crate) struct Storage {
    /// The database: the path of a SQLite file, or postgres://USER@HOST/DATABASE.
    #[arg(
        long,
        value_name = "URL",
        env = "REMIT_DATABASE",
        hide_env_values = true,
        default_value = "sqlite://remit.db?mode=rwc"
    )]
    database: String,

    /// The code of the register; may be left out while there is one. A new one is opened if there is none so called.
    #[arg(long, value_name = "CODE", env = "REMIT_REGISTER")]
    register: Option<String>,

    /// The time zone of a register that is newly opened: where "today" is.
    #[arg(
        long,
        value_name = "ZONE",
        env = "REMIT_TIME_ZONE",
        default_value = "Asia/Shanghai",
        value_parser = time_zone
    )]
    time_zone: String,
}

fn time_zone(name: &str) -> Result<String, String> {
    match TimeZone::get(name) {
        Ok(_) => Ok(name.to_owned()),
        Err(_) => Err("not a time zone of the IANA database, such as Asia/Shanghai".to_owned()),
    }
}

impl Storage {
    /// Connects; an embedded database is created if need be, and brought to the present form.
    pub(crate) async fn database(&self) -> anyhow::Result<Database> {
        let database = self.connect().await?;
        if database.is_embedded()
            && !database
                .pending()
                .await
                .with_context(|| self.unusable())?
                .is_empty()
        {
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
        self.connect().await
    }

    /// Connects, and leaves everything as it is.
    pub(crate) async fn connect(&self) -> anyhow::Result<Database> {
        let options = Options::new(|| SystemEnv.now());
        Database::connect(&self.url(), &options)
            .await
            .with_context(|| self.unusable())
    }

    /// Opens the register that is meant, and creates it first if the database has none so called.
    pub(crate) async fn store(&self) -> anyhow::Result<Store> {
        let database = self.database().await?;
        let code = self.code(&database).await?;
        self.open(&database, &code).await
    }

    /// Opens the register that is named, or else all there are; creates one if there is none.
    pub(crate) async fn stores(&self) -> anyhow::Result<Vec<Store>> {
        let database = self.database().await?;
        let mut codes: Vec<String> = match &self.register {
            Some(code) => vec![code.clone()],
            None => codes(&self.registers(&database).await?),
        };
        if codes.is_empty() {
            codes.push(DEFAULT_REGISTER.to_owned());
        }
        let mut stores = vec![];
        for code in codes {
            stores.push(self.open(&database, &code).await?);
        }
        Ok(stores)
    }

    /// The codes of the registers that are meant: the one that is named, or else all there are.
    pub(crate) async fn codes(&self, database: &Database) -> anyhow::Result<Vec<String>> {
        match &self.register {
            Some(code) => Ok(vec![code.clone()]),
            None => Ok(codes(&self.registers(database).await?)),
        }
    }

    async fn code(&self, database: &Database) -> anyhow::Result<String> {
        if let Some(code) = &self.register {
            return Ok(code.clone());
        }
        let mut codes = codes(&self.registers(database).await?);
        if codes.len() > 1 {
            bail!(
                "the database has several registers: name one with --register, one of {}",
                codes.join(", ")
            );
        }
        Ok(codes.pop().unwrap_or_else(|| DEFAULT_REGISTER.to_owned()))
    }

    async fn registers(&self, database: &Database) -> anyhow::Result<Vec<RegisterSummary>> {
        if !database
            .pending()
            .await
            .with_context(|| self.unusable())?
            .is_empty()
        {
            return Err(store::StoreError::Pending).with_context(|| self.unusable());
        }
        database.registers().await.with_context(|| self.unusable())
    }

    async fn open(&self, database: &Database, code: &str) -> anyhow::Result<Store> {
        let new = NewRegister {
            id: RegisterId::from(SystemEnv.new_id()),
            name: code.to_owned(),
            time_zone: self.time_zone.clone(),
        };
        let store = database.store(code, Some(new)).await;
        store.with_context(|| format!("cannot open the register {code:?} in {}", self.shown()))
    }

    fn unusable(&self) -> String {
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
    fn shown(&self) -> String {
        let Some((scheme, rest)) = self.database.split_once("://") else {
            return self.database.clone();
        };
        let at = rest
            .split(['/', '?'])
            .next()
            .and_then(|host| host.rfind('@'));
        match at.map(|at| rest.split_at(at)) {
            Some((user, host)) => {
                let user = user.split_once(':').map_or(user, |(user, _)| user);
                format!("{scheme}://{user}{host}")
            }
            None => match scheme {
                "sqlite" => self
                    .file()
                    .map_or_else(String::new, |file| file.display().to_string()),
                _ => self.database.clone(),
            },
        }
    }
}

fn codes(registers: &[RegisterSummary]) -> Vec<String> {
    registers
        .iter()
        .map(|register| register.code.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn storage(database: &str) -> Storage {
        Storage {
            database: database.to_owned(),
            register: None,
            time_zone: "Asia/Shanghai".to_owned(),
        }
    }

    #[test]
    fn a_bare_path_is_that_of_a_sqlite_file() {
        for (given, url, file) in [
            ("r.db", "sqlite://r.db?mode=rwc", Some("r.db")),
            (
                "/d/50%?.db",
                "sqlite:///d/50%25%3F.db?mode=rwc",
                Some("/d/50%?.db"),
            ),
            (
                "sqlite://r.db?mode=ro",
                "sqlite://r.db?mode=ro",
                Some("r.db"),
            ),
            ("sqlite:r.db", "sqlite:r.db", Some("r.db")),
            ("postgres://h/d", "postgres://h/d", None),
        ] {
            let storage = storage(given);
            assert_eq!(storage.url(), url, "{given}");
            assert_eq!(storage.file().as_deref(), file.map(Path::new), "{given}");
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
            assert_eq!(storage(given).shown(), shown);
        }
    }
}
