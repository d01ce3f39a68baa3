//! Which register of a database is meant.

use super::Location;
use crate::env::SystemEnv;
use anyhow::{Context as _, bail};
use api::env::Env as _;
use clap::Args;
use domain::id::RegisterId;
use jiff::tz::TimeZone;
use store::{Database, NewRegister, Store};

/// The code of the register of a new database, unless it is named.
const DEFAULT_REGISTER: &str = "main";

/// Where registers are kept, and which one is meant.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Database")]
pub(crate) struct Storage {
    #[command(flatten)]
    location: Location,

    /// The code of the register; may be left out while there is one [default for a new database: main].
    #[arg(long, value_name = "CODE", env = "REMIT_REGISTER")]
    register: Option<String>,

    /// Open a new register of that code beside those that the database has.
    #[arg(long, requires = "register")]
    new_register: bool,

    /// The time zone of a register that is opened: where "today" is.
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
    /// The code of the register that was named.
    pub(crate) fn register(&self) -> Option<&str> {
        self.register.as_deref()
    }

    /// The register that is meant; a new database gets its first one.
    pub(crate) async fn store(&self) -> anyhow::Result<Store> {
        let mut stores = self.stores().await?;
        match (stores.pop(), stores.is_empty()) {
            (Some(only), true) => Ok(only),
            (last, _) => {
                let stores = stores.iter().chain(&last);
                let codes: Vec<_> = stores.map(|store| store.summary().code.as_str()).collect();
                bail!(
                    "the database has several registers: name one with --register, one of {}",
                    codes.join(", ")
                );
            }
        }
    }

    /// The register that is named, or else all there are; a new database gets its first one.
    pub(crate) async fn stores(&self) -> anyhow::Result<Vec<Store>> {
        let database = self.location.database().await?;
        let known = database.registers().await;
        let known = known.with_context(|| self.location.unusable())?;
        let known: Vec<String> = known.into_iter().map(|register| register.code).collect();
        let named = self.register.as_ref();
        let may_open = known.is_empty() || self.new_register;
        let codes = match named {
            Some(code) if !may_open && !known.contains(code) => bail!(
                "there is no register {code:?} in {}, only {}: correct --register, or open it with --new-register",
                self.location.shown(),
                known.join(", ")
            ),
            Some(code) => vec![code.clone()],
            None if known.is_empty() => vec![DEFAULT_REGISTER.to_owned()],
            None => known,
        };
        let mut stores = vec![];
        for code in codes {
            stores.push(self.open(&database, &code).await?);
        }
        Ok(stores)
    }

    async fn open(&self, database: &Database, code: &str) -> anyhow::Result<Store> {
        let new = NewRegister {
            id: RegisterId::from(SystemEnv.new_id()),
            name: code.to_owned(),
            time_zone: self.time_zone.clone(),
        };
        let store = database.store(code, Some(new)).await;
        store.with_context(|| {
            format!(
                "cannot open the register {code:?} in {}",
                self.location.shown()
            )
        })
    }
}
