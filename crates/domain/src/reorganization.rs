//! Reorganizations: how bodies are renamed, merged, split, abolished and created.

use crate::{id::PartyId, task::Wording, time::Day, vocabulary::ReorganizationKind};
use serde::{Deserialize, Serialize};

/// 机构改革: which bodies became which, from a day on. The duties that it moved name it as what they inherit by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reorganization {
    /// What is done.
    pub kind: ReorganizationKind,
    /// The first day on which it is so.
    pub effective: Day,
    /// The bodies that it is done to.
    pub from: Vec<PartyId>,
    /// The bodies that there are afterwards: they stand for those before them.
    pub to: Vec<PartyId>,
    /// The words of the decision, where somebody gave them.
    pub wording: Option<Wording>,
}

impl ReorganizationKind {
    /// Whether the bodies after it stand for those before it. Where duties pass and both go on, nobody succeeds anybody.
    pub fn has_successors(self) -> bool {
        self != Self::Transfer
    }

    /// Whether a body that it is done to is over afterwards.
    pub fn ends<P: PartialEq>(self, party: &P, from: &[P], to: &[P]) -> bool {
        let is_over = match self {
            Self::Merge | Self::Split => !to.contains(party),
            Self::Abolish => true,
            Self::Rename | Self::Create | Self::Transfer => false,
        };
        is_over && from.contains(party)
    }

    /// Whether it sets a body up.
    pub fn begins<P: PartialEq>(self, party: &P, from: &[P], to: &[P]) -> bool {
        let sets_up = matches!(self, Self::Merge | Self::Split | Self::Create);
        sets_up && to.contains(party) && !from.contains(party)
    }
}
