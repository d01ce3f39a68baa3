//! The table `plan`.

use super::{Version, cell, cell::BadCell};
use domain::{
    id::{DocumentId, PartyId, PlanId},
    plan::Plan,
};

versioned!("plan" of Plan {
    code: String,
    title: String,
    document_id: Option<Uuid>,
    owner_id: Option<Uuid>,
    year: Option<i32>,
    valid_from: String,
    valid_to: String,
    superseded_by_id: Option<Uuid>,
});

fn row(version: Version, fact: &Plan) -> Model {
    let Plan {
        code,
        title,
        document,
        owner,
        year,
        validity,
        superseded_by,
    } = fact.clone();
    let (valid_from, valid_to) = cell::validity(validity);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        code,
        title,
        document_id: document.map(Uuid::from),
        owner_id: owner.map(Uuid::from),
        year: year.map(i32::from),
        valid_from,
        valid_to,
        superseded_by_id: superseded_by.map(Uuid::from),
    }
}

fn fact(row: Model) -> Result<Plan, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        code,
        title,
        document_id,
        owner_id,
        year,
        valid_from,
        valid_to,
        superseded_by_id,
    } = row;
    Ok(Plan {
        code,
        title,
        document: document_id.map(DocumentId::from),
        owner: owner_id.map(PartyId::from),
        year: year.map(|year| cell::number("year", year)).transpose()?,
        validity: cell::read_validity(&valid_from, &valid_to)?,
        superseded_by: superseded_by_id.map(PlanId::from),
    })
}
