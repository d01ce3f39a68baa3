//! A body is called otherwise from a day on.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::PartyId,
    party::PartyName,
    time::{Day, Seq, Validity},
    vocabulary::NameKind,
};

/// Gives a body another official name from a day on. The old one ends on that day and is a former name from then on, so
/// that who asks by it finds the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameParty {
    /// The party.
    pub party: PartyId,
    /// The version at which the caller saw the party and its names.
    pub expected: Option<Seq>,
    /// The new official name.
    pub name: String,
    /// The first day on which it is called so.
    pub from: Day,
}

impl RenameParty {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        pending.expect_party(self.party, self.expected)?;
        let names = pending.party_names(self.party);
        let held = |kind| {
            let of_kind = names.iter().filter(move |(_, name)| name.kind == kind);
            of_kind.filter(|(_, name)| name.validity.contains(self.from))
        };
        if held(NameKind::Official).any(|(_, name)| name.text == self.name) {
            return Ok(());
        }
        let mut validity = Validity::since(self.from);
        for (id, old) in held(NameKind::Official) {
            validity.to = validity.to.min(old.validity.to);
            let former = PartyName {
                kind: NameKind::Former,
                validity: Validity::since(self.from),
                ..old.clone()
            };
            pending.end(*id, old.clone(), self.from)?;
            let id = pending.next_id();
            pending.record(id, former)?;
        }
        // A body that takes up a former name again is no longer formerly called so.
        for (id, former) in held(NameKind::Former).filter(|(_, name)| name.text == self.name) {
            pending.end(*id, former.clone(), self.from)?;
        }
        let id = pending.next_id();
        let name = PartyName {
            party: self.party,
            text: self.name.clone(),
            kind: NameKind::Official,
            validity,
        };
        pending.record(id, name)
    }
}
