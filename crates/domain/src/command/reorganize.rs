//! Bodies are renamed, merged, split, abolished or set up, and their duties pass on.

mod duty;
mod moves;
mod party;

pub use duty::{Allotment, Duties, Fate};
pub use moves::{Move, moves};

use super::{RenameParty, pending::Pending, refusal::Refusal};
use crate::{
    id::{PartyId, ReorganizationId},
    reorganization::Reorganization,
    task::Wording,
    time::{Day, Seq},
    vocabulary::ReorganizationKind,
};

/// Reorganizes bodies from a day on. Each of their open duties passes on its handover day to the body that takes it over:
/// there the assignment of the old body ends, and the new one's begins in the same role and on the same words. What was
/// before that day stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reorganize {
    /// The new reorganization.
    pub id: ReorganizationId,
    /// What is done.
    pub kind: ReorganizationKind,
    /// The first day on which it is so.
    pub effective: Day,
    /// The bodies that it is done to.
    pub from: Vec<PartyId>,
    /// The changeset as of which the caller saw the bodies and their duties.
    pub expected: Option<Seq>,
    /// The bodies that there are afterwards, each of them in the register or recorded by a command before.
    pub to: Vec<PartyId>,
    /// The words of the decision.
    pub wording: Option<Wording>,
    /// What a renamed body is called from that day on.
    pub name: Option<String>,
    /// Which duties go where, of several that mean a duty the first. What none of them means goes to the one body after
    /// a merger or abolition, and stays with a body that goes on.
    pub allotments: Vec<Allotment>,
}

impl Reorganize {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let reorganization = Reorganization {
            kind: self.kind,
            effective: self.effective,
            from: self.from.clone(),
            to: self.to.clone(),
            wording: self.wording.clone(),
        };
        pending.record(self.id, reorganization)?;
        if let Some(expected) = self.expected {
            let mut bodies = self.from.iter();
            bodies.try_for_each(|&party| pending.expect_duties(party, expected))?;
        }
        self.move_duties(pending)?;
        for &party in &self.from {
            if self.ends(party) {
                self.end_party(pending, party)?;
            }
        }
        if self.kind != ReorganizationKind::Rename {
            return Ok(());
        }
        let name = self.name.clone().ok_or(Refusal::NoNewName)?;
        let rename = |&party: &PartyId| RenameParty {
            party,
            expected: None,
            name: name.clone(),
            from: self.effective,
        };
        let mut renamed = self.from.iter().map(rename);
        renamed.try_for_each(|rename| rename.decide(pending))
    }

    /// Whether a body before it is over afterwards.
    fn ends(&self, party: PartyId) -> bool {
        self.kind.ends(&party, &self.from, &self.to)
    }
}
