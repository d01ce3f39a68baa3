//! Reorganizations are what they are called, and lead to bodies that exist.

use super::Checked;
use crate::{
    command::{pending::Pending, refusal::Refusal},
    id::PartyId,
    party::Party,
    reorganization::Reorganization,
    vocabulary::ReorganizationKind,
};

pub(super) fn reorganization(
    pending: &Pending<'_>,
    checked: &Checked<'_, Reorganization>,
) -> Result<(), Refusal> {
    let Reorganization {
        kind,
        effective: day,
        from,
        to,
        ..
    } = checked.after;
    for party in from {
        pending.fact::<Party>(*party)?;
    }
    for &party in to {
        let validity = pending.fact::<Party>(party)?.validity;
        if !validity.contains(*day) {
            return Err(Refusal::NoHeirThen {
                party,
                day: *day,
                validity,
            });
        }
    }
    match needs(*kind, from, to) {
        Some(needs) => Err(Refusal::NotReorganized { kind: *kind, needs }),
        None => Ok(()),
    }
}

/// What a reorganization needs and lacks.
fn needs(kind: ReorganizationKind, from: &[PartyId], to: &[PartyId]) -> Option<&'static str> {
    let twice =
        |parties: &[PartyId]| (1..parties.len()).any(|n| parties[n..].contains(&parties[n - 1]));
    if twice(from) || twice(to) {
        return Some("each body once");
    }
    let apart = from.iter().all(|party| !to.contains(party));
    let (is_so, needs) = match kind {
        ReorganizationKind::Rename => (
            from.len() == 1 && from == to,
            "one body, the same before and after",
        ),
        ReorganizationKind::Merge => (
            to.len() == 1 && from.iter().any(|party| !to.contains(party)),
            "one body after it, and others before",
        ),
        ReorganizationKind::Split => (
            from.len() == 1 && to.len() > 1,
            "one body before it and several after",
        ),
        ReorganizationKind::Abolish => (
            !from.is_empty() && apart,
            "a body before it, which is none of those after",
        ),
        ReorganizationKind::Create => (
            !to.is_empty() && apart,
            "a body after it, which is none of those before",
        ),
        ReorganizationKind::Transfer => (
            !from.is_empty() && !to.is_empty() && apart,
            "bodies before it, and others after",
        ),
    };
    (!is_so).then_some(needs)
}
