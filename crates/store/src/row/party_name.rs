//! The table `party_name`.

use super::{Version, cell, cell::BadCell};
use domain::party::PartyName;

versioned!("party_name" of PartyName {
    party_id: Uuid,
    name: String,
    kind: String,
    valid_from: String,
    valid_to: String,
});

fn row(version: Version, fact: &PartyName) -> Model {
    let PartyName {
        party,
        text,
        kind,
        validity,
    } = fact.clone();
    let (valid_from, valid_to) = cell::validity(validity);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        party_id: party.into(),
        name: text,
        kind: kind.to_string(),
        valid_from,
        valid_to,
    }
}

fn fact(row: Model) -> Result<PartyName, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        party_id,
        name,
        kind,
        valid_from,
        valid_to,
    } = row;
    Ok(PartyName {
        party: party_id.into(),
        text: name,
        kind: cell::read("kind", &kind)?,
        validity: cell::read_validity(&valid_from, &valid_to)?,
    })
}
