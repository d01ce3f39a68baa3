//! The table `place`.

use super::{Version, cell, cell::BadCell};
use domain::{id::PlaceId, place::Place};

versioned!("place" of Place {
    code: Option<String>,
    name: String,
    level: String,
    parent_id: Option<Uuid>,
});

fn row(version: Version, fact: &Place) -> Model {
    let Place {
        code,
        name,
        level,
        parent,
    } = fact.clone();
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        code,
        name,
        level: level.to_string(),
        parent_id: parent.map(Uuid::from),
    }
}

fn fact(row: Model) -> Result<Place, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        code,
        name,
        level,
        parent_id,
    } = row;
    Ok(Place {
        code,
        name,
        level: cell::read("level", &level)?,
        parent: parent_id.map(PlaceId::from),
    })
}
