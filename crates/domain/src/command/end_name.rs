//! A body ceases to be called by a name.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::PartyNameId,
    party::PartyName,
    time::{Day, Seq},
};

/// Ends a name: from a day on the body is no longer called so. That it was called so before stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndName {
    /// Which name.
    pub name: PartyNameId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The first day on which the body is no longer called so.
    pub on: Day,
}

impl EndName {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: PartyName = pending.expect(self.name, self.expected)?;
        pending.end(self.name, held, self.on)
    }
}
