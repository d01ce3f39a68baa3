//! Facts that hold for a time, and how they end.

use super::Pending;
use crate::{
    assignment::Assignment,
    change::{Fact, Thing},
    command::Refusal,
    deadline::Deadline,
    party::{Party, PartyName},
    plan::Plan,
    progress_rule::ProgressRule,
    target::Target,
    task::Task,
    time::{Day, Validity},
};

/// A fact that holds for a time.
pub trait Lasting: Fact {
    /// When it holds.
    fn validity(&self) -> Validity;

    /// The same, at another time.
    #[must_use]
    fn held(self, validity: Validity) -> Self;
}

macro_rules! lasting {
    ($($fact:ty),*) => {
        $(impl Lasting for $fact {
            fn validity(&self) -> Validity {
                self.validity
            }

            fn held(self, validity: Validity) -> Self {
                Self { validity, ..self }
            }
        })*
    };
}

lasting!(
    Party,
    PartyName,
    Plan,
    Task,
    Assignment,
    Target,
    Deadline,
    ProgressRule
);

impl Pending<'_> {
    /// Ends a fact on a day on which it holds, and has held before: it is the first day on which it no longer does.
    pub fn end<F: Lasting>(&mut self, id: F::Id, held: F, day: Day) -> Result<(), Refusal> {
        let validity = held.validity();
        if validity.from < day && day < validity.to {
            let to = Validity {
                to: day,
                ..validity
            };
            self.revise(id, held.held(to))
        } else {
            Err(Refusal::NotThen {
                thing: Thing::of::<F>(id),
                day,
                validity,
            })
        }
    }
}
