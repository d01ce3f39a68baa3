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
