//! What the system is asked for, here and nowhere else: the time, chance, and who is at the keyboard.

use anyhow::Context as _;
use domain::{
    change::{Actor, Authentication},
    time::{Day, Instant},
};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// The system's clock and its sources of ids and secrets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemEnv;

impl SystemEnv {
    /// A secret from the operating system's cryptographic random number generator.
    pub(crate) fn secret(self) -> anyhow::Result<[u8; 32]> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).context("the operating system gives no random numbers")?;
        Ok(secret)
    }

    /// The civil day that it is now in a time zone.
    pub(crate) fn today(self, zone: &TimeZone) -> Day {
        api::env::Env::now(&self).day_in(zone)
    }

    /// The operating system's user, who has a right to whatever the files allow.
    pub(crate) fn local_actor(self) -> Actor {
        let user = whoami::username().unwrap_or_else(|_| "unknown".to_owned());
        Actor {
            subject: format!("local:{user}"),
            authentication: Authentication::Local,
        }
    }
}

impl api::env::Env for SystemEnv {
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
