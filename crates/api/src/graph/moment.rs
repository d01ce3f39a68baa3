//! What "now" is: the same for everything that one request asks for.

use crate::served::Served;
use domain::{
    id::RegisterId,
    time::{Day, Seq},
};
use std::sync::{Mutex, PoisonError};
use store::Store;

/// The head and the civil day of each register that a request has looked at, as they were when it first did.
#[derive(Debug, Default)]
pub(crate) struct Moment {
    seen: Mutex<Vec<(RegisterId, Now)>>,
}

/// The last changeset, and today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Now {
    pub(crate) seq: Seq,
    pub(crate) today: Day,
}

impl Now {
    /// As it is at this instant.
    pub(crate) fn of(served: &Served, store: &Store) -> Self {
        Self {
            seq: store.register().seq(),
            today: served.today(store),
        }
    }
}

impl Moment {
    /// Now, for this request. A field that asks for a later changeset than that is answered from the head, by itself.
    pub(crate) fn now(&self, served: &Served, store: &Store, at_least: Option<Seq>) -> Now {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let known = seen.iter().find(|(register, _)| *register == store.id());
        match known {
            Some((_, now)) if at_least.is_none_or(|seq| seq <= now.seq) => *now,
            Some(_) => Now::of(served, store),
            None => {
                let now = Now::of(served, store);
                seen.push((store.id(), now));
                now
            }
        }
    }
}
