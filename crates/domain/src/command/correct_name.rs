//! A name was recorded wrongly.

use super::{pending::Pending, refusal::Refusal, revalidity::Revalidity};
use crate::{id::PartyNameId, party::PartyName, time::Seq, vocabulary::NameKind};

/// Corrects what was recorded of a name: it never was as it stands. A body that is called otherwise from a day on is
/// renamed instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectName {
    /// Which name.
    pub name: PartyNameId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// How it is written.
    pub text: Option<String>,
    /// Official, short or former.
    pub kind: Option<NameKind>,
    /// From when to when the body is called so.
    pub validity: Revalidity,
}

impl CorrectName {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: PartyName = pending.expect(self.name, self.expected)?;
        let corrected = PartyName {
            text: self.text.clone().unwrap_or(held.text),
            kind: self.kind.unwrap_or(held.kind),
            validity: self.validity.of(held.validity),
            ..held
        };
        pending.revise(self.name, corrected)
    }
}
