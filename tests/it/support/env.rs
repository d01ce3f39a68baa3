//! A clock that stands still unless told otherwise, and ids that are counted.

use domain::{
    id::Id,
    time::{Day, Instant},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};
use uuid::Uuid;

/// Time and ids as the test wants them. Clones share both.
#[derive(Clone, Debug)]
pub(crate) struct TestEnv {
    now: Arc<AtomicI64>,
    ids: Arc<AtomicU64>,
}

impl TestEnv {
    /// On 2024-06-30 at noon in Shanghai, before the first id.
    pub(crate) fn new() -> Self {
        let noon: Instant = "2024-06-30T12:00:00+08:00".parse().unwrap();
        Self {
            now: Arc::new(AtomicI64::new(noon.0)),
            ids: Arc::default(),
        }
    }

    pub(crate) fn now(&self) -> Instant {
        Instant(self.now.load(Ordering::SeqCst))
    }

    pub(crate) fn today(&self) -> Day {
        self.now()
            .day_in(&jiff::tz::TimeZone::get("Asia/Shanghai").unwrap())
    }

    pub(crate) fn set_now(&self, now: Instant) {
        self.now.store(now.0, Ordering::SeqCst);
    }

    /// The next id: version 7, its timestamp the number of the id, so that ids grow.
    pub(crate) fn uuid(&self) -> Uuid {
        let number = u128::from(self.ids.fetch_add(1, Ordering::SeqCst) + 1);
        Uuid::from_u128(number << 80 | 7 << 76 | 2 << 62)
    }

    /// How many ids were given.
    pub(crate) fn ids(&self) -> u64 {
        self.ids.load(Ordering::SeqCst)
    }

    /// Gives the ids behind so many again.
    pub(crate) fn give_again(&self, given: u64) {
        self.ids.store(given, Ordering::SeqCst);
    }

    pub(crate) fn id<I: Id>(&self) -> I {
        I::from(self.uuid())
    }

    pub(crate) fn options(&self) -> store::Options {
        let env = self.clone();
        let mut options = store::Options::new(move || env.now());
        options.connections = 4;
        options
    }
}
