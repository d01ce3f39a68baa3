//! The table `party`.

use super::{Version, cell, cell::BadCell};
use domain::{
    id::{PartyId, PlaceId},
    party::Party,
};

versioned!("party" of Party {
    kind: String,
    parent_id: Option<Uuid>,
    place_id: Option<Uuid>,
    code: Option<String>,
    position: i64,
    valid_from: String,
    valid_to: String,
});

fn row(version: Version, fact: &Party) -> Model {
    let Party {
        kind,
        parent,
        place,
        code,
        position,
        validity,
    } = fact.clone();
    let (valid_from, valid_to) = cell::validity(validity);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        kind: kind.to_string(),
        parent_id: parent.map(Uuid::from),
        place_id: place.map(Uuid::from),
        code,
        position: position.into(),
        valid_from,
        valid_to,
    }
}

fn fact(row: Model) -> Result<Party, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        kind,
        parent_id,
        place_id,
        code,
        position,
        valid_from,
        valid_to,
    } = row;
    Ok(Party {
        kind: cell::read("kind", &kind)?,
        parent: parent_id.map(PartyId::from),
        place: place_id.map(PlaceId::from),
        code,
        position: cell::number("position", position)?,
        validity: cell::read_validity(&valid_from, &valid_to)?,
    })
}
