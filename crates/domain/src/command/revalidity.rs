//! Corrections of when something holds.

use crate::time::{Day, Validity};

/// Which ends of a validity are corrected, and to which days; an open end is [`Day::BEGINNING`] or [`Day::FOREVER`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revalidity {
    /// The first day, if it was another.
    pub from: Option<Day>,
    /// The first day after, if it was another.
    pub to: Option<Day>,
}

impl Revalidity {
    /// The validity that was meant.
    pub fn of(self, held: Validity) -> Validity {
        Validity {
            from: self.from.unwrap_or(held.from),
            to: self.to.unwrap_or(held.to),
        }
    }
}
