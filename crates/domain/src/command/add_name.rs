//! A body is called by another name, too.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::{PartyId, PartyNameId},
    party::PartyName,
    time::Validity,
    vocabulary::NameKind,
};

/// Adds a name by which a body is called, such as a short one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddName {
    /// The new name.
    pub id: PartyNameId,
    /// Whose name.
    pub party: PartyId,
    /// The name, exactly as it is to be kept.
    pub text: String,
    /// Official, short or former.
    pub kind: NameKind,
    /// From when to when the body is called so.
    pub validity: Validity,
}

impl AddName {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let name = PartyName {
            party: self.party,
            text: self.text.clone(),
            kind: self.kind,
            validity: self.validity,
        };
        pending.record(self.id, name)
    }
}
