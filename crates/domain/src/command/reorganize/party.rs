//! What becomes of the bodies and of their names.

use super::Reorganize;
use crate::{
    command::{pending::Pending, refusal::Refusal},
    id::PartyId,
    party::{Party, PartyName},
};

impl Reorganize {
    /// The body is over from the day on, and is called nothing any more.
    pub(super) fn end_party(&self, pending: &mut Pending<'_>, id: PartyId) -> Result<(), Refusal> {
        let party = pending.fact::<Party>(id)?;
        if party.validity.to != self.effective {
            pending.end(id, party, self.effective)?;
        }
        for (id, name) in pending.party_names(id) {
            if name.validity.from >= self.effective {
                pending.withdraw::<PartyName>(id)?;
            } else if name.validity.to > self.effective {
                pending.end(id, name, self.effective)?;
            }
        }
        Ok(())
    }
}
