//! A body is entered in the register.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::{PartyId, PlaceId},
    party::{Party, PartyName},
    time::Validity,
    vocabulary::{NameKind, PartyKind},
};

/// Enters a body in the register, with its official name and the short ones by which it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateParty {
    /// The new party.
    pub id: PartyId,
    /// Its official name.
    pub name: String,
    /// Short names.
    pub short_names: Vec<String>,
    /// What kind of body it is.
    pub kind: PartyKind,
    /// The body above it.
    pub parent: Option<PartyId>,
    /// The territory it belongs to.
    pub place: Option<PlaceId>,
    /// A code of its own.
    pub code: Option<String>,
    /// Its position in the directory; behind all others if none is given.
    pub position: Option<u32>,
    /// From when to when it exists, and is called so.
    pub validity: Validity,
}

impl CreateParty {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let party = Party {
            kind: self.kind,
            parent: self.parent,
            place: self.place,
            code: self.code.clone(),
            position: self.position.unwrap_or_else(|| behind_all(pending)),
            validity: self.validity,
        };
        pending.record(self.id, party)?;
        let official = [(&self.name, NameKind::Official)].into_iter();
        let short = self.short_names.iter().map(|name| (name, NameKind::Short));
        for (text, kind) in official.chain(short) {
            let name = PartyName {
                party: self.id,
                text: text.clone(),
                kind,
                validity: self.validity,
            };
            let id = pending.next_id();
            pending.record(id, name)?;
        }
        Ok(())
    }
}

fn behind_all(pending: &Pending<'_>) -> u32 {
    let last = pending.parties().map(|party| party.position).max();
    last.map_or(0, |last| last.saturating_add(1))
}
