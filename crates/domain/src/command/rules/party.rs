//! Parties form trees, and have one official name at a time.

use super::Checked;
use crate::{
    command::{pending::Pending, refusal::Refusal},
    id::PartyNameId,
    party::{Party, PartyName},
    place::Place,
    vocabulary::NameKind,
};

pub(super) fn party(pending: &Pending<'_>, checked: &Checked<'_, Party>) -> Result<(), Refusal> {
    checked.holds(|party| party.validity)?;
    checked.refers::<Party>(pending, |party| party.parent)?;
    checked.refers::<Place>(pending, |party| party.place)?;
    checked.lies_under(pending, |party| party.parent)
}

pub(super) fn name(pending: &Pending<'_>, checked: &Checked<'_, PartyName>) -> Result<(), Refusal> {
    checked.holds(|name| name.validity)?;
    checked.refers::<Party>(pending, |name| Some(name.party))?;
    checked.says("name", |name| &name.text)?;
    if checked.after.kind != NameKind::Official {
        return Ok(());
    }
    let stood = |other: PartyNameId| {
        let (one, other) = (checked.before?, pending.before::<PartyName>(other)?);
        (one.kind == NameKind::Official && other.kind == NameKind::Official)
            .then(|| one.validity.intersection(&other.validity))
    };
    let party = checked.after.party;
    let mut others = pending.party_names(party).into_iter();
    let taken = others.find(|(id, other)| {
        let both = checked.after.validity.intersection(&other.validity);
        *id != checked.id
            && other.kind == NameKind::Official
            && !both.is_empty()
            && stood(*id).is_none_or(|stood| !stood.covers(&both))
    });
    match taken {
        Some((name, _)) => Err(Refusal::OfficialNameTaken { party, name }),
        None => Ok(()),
    }
}
