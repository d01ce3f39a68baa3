//! Parties: anybody who can be responsible, and their names.

use crate::{
    id::{PartyId, PlaceId},
    time::Validity,
    vocabulary::{NameKind, PartyKind},
};
use serde::{Deserialize, Serialize};

/// 责任主体: a body (or a set of bodies) that can answer for a task. What it is called are its [`PartyName`]s.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// What kind of body it is.
    pub kind: PartyKind,
    /// The body above it (上级、主管).
    pub parent: Option<PartyId>,
    /// The territory it belongs to.
    pub place: Option<PlaceId>,
    /// A code of its own, where an office gives one.
    pub code: Option<String>,
    /// Its position in the directory: parties are listed in this order.
    pub position: u32,
    /// From when to when it exists.
    pub validity: Validity,
}

/// 名称、简称: a name of a party and the time it was valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyName {
    /// Whose name.
    pub party: PartyId,
    /// The name, exactly as given.
    pub text: String,
    /// Official, short or former.
    pub kind: NameKind,
    /// When it was valid.
    pub validity: Validity,
}
