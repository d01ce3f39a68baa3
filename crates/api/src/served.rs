//! The registers that this process serves.

use crate::{
    env::Env,
    error::{Code, Fault},
};
use domain::time::Day;
use jiff::tz::TimeZone;
use std::sync::Arc;
use store::Store;

/// The registers that are served, and what they need from outside.
#[derive(Clone)]
pub struct Served {
    /// One store a register.
    pub stores: Vec<Store>,
    /// Time and ids.
    pub env: Arc<dyn Env>,
    /// The greatest size of a document, in bytes.
    pub document_limit: usize,
}

impl Served {
    /// The register of this code, or the only one.
    pub(crate) fn store(&self, code: Option<&str>) -> Result<&Store, Fault> {
        let codes = || {
            let codes: Vec<_> = self
                .stores
                .iter()
                .map(|store| store.summary().code.as_str())
                .collect();
            codes.join(", ")
        };
        match (code, self.stores.as_slice()) {
            (None, [only]) => Ok(only),
            (None, _) => {
                let message = format!(
                    "there are several registers: name one with code, one of {}",
                    codes()
                );
                Err(Fault::new(Code::BadUserInput, message))
            }
            (Some(code), stores) => stores
                .iter()
                .find(|store| store.summary().code == code)
                .ok_or_else(|| {
                    let message = format!("there is no register {code:?}; there is {}", codes());
                    Fault::new(Code::BadUserInput, message)
                }),
        }
    }

    /// The civil day that it is now in a register's time zone.
    pub fn today(&self, store: &Store) -> Day {
        let zone = TimeZone::get(&store.summary().time_zone).unwrap_or(TimeZone::UTC);
        self.env.now().day_in(&zone)
    }
}
