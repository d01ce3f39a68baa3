//! What the register says of a body is set right.

use super::{pending::Pending, refusal::Refusal, revalidity::Revalidity};
use crate::{
    id::{PartyId, PlaceId},
    party::Party,
    time::Seq,
    vocabulary::PartyKind,
};

/// Says of a body what kind it is, what is above it, where it belongs, and from when to when it exists. What is not said
/// stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DescribeParty {
    /// The party.
    pub party: PartyId,
    /// The version at which the caller saw the party and its names.
    pub expected: Option<Seq>,
    /// What kind of body it is.
    pub kind: Option<PartyKind>,
    /// The body above it, or that there is none.
    pub parent: Option<Option<PartyId>>,
    /// The territory it belongs to, or none.
    pub place: Option<Option<PlaceId>>,
    /// A code of its own, or none.
    pub code: Option<Option<String>>,
    /// Its position in the directory.
    pub position: Option<u32>,
    /// From when to when it exists.
    pub validity: Revalidity,
}

impl DescribeParty {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held = pending.expect_party(self.party, self.expected)?;
        let described = Party {
            kind: self.kind.unwrap_or(held.kind),
            parent: self.parent.unwrap_or(held.parent),
            place: self.place.unwrap_or(held.place),
            code: self.code.clone().unwrap_or(held.code),
            position: self.position.unwrap_or(held.position),
            validity: self.validity.of(held.validity),
        };
        pending.revise(self.party, described)
    }
}
