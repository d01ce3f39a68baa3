//! What the system is asked for, here and nowhere else: the time, chance, and who is at the keyboard.

use anyhow::Context as _;
use api::env::Env;
use domain::{
    change::{Actor, Authentication},
    time::{Day, Instant},
};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// The system's clock and its source of ids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemEnv;

impl Env for SystemEnv {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the system's clock"
    )]
    fn now(&self) -> Instant {
        Instant(jiff::Timestamp::now().as_microsecond())
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// The civil day that it is now in a time zone (IANA name).
pub(crate) fn today(zone: &str) -> Day {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    SystemEnv.now().day_in(&zone)
}

/// A secret from the operating system's cryptographic random number generator.
pub(crate) fn secret() -> anyhow::Result<[u8; 32]> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).context("the operating system gives no random numbers")?;
    Ok(secret)
}

/// The operating system's user, who has a right to whatever the files allow.
pub(crate) fn local_actor() -> Actor {
    let user = whoami::username().unwrap_or_else(|_| "unknown".to_owned());
    Actor {
        subject: format!("local:{user}"),
        authentication: Authentication::Local,
    }
}
