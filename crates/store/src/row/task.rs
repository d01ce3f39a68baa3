//! The table `task`.

use super::{Version, cell, cell::BadCell};
use domain::{
    id::SectionId,
    task::{Body, Task},
};

versioned!("task" of Task {
    plan_id: Uuid,
    section_id: Option<Uuid>,
    label: String,
    title: String,
    body_document_id: Option<Uuid>,
    body_start: Option<i64>,
    body_end: Option<i64>,
    body_sha256: Option<String>,
    position: i64,
    status: String,
    valid_from: String,
    valid_to: String,
});

fn row(version: Version, fact: &Task) -> Model {
    let Task {
        plan,
        section,
        label,
        title,
        body,
        position,
        status,
        validity,
    } = fact.clone();
    let (cited, own) = match body {
        Some(Body::Cited(citation)) => (Some(citation), None),
        Some(Body::Own(digest)) => (None, Some(digest)),
        None => (None, None),
    };
    let (body_document_id, body_start, body_end) = cell::citation(cited);
    let (valid_from, valid_to) = cell::validity(validity);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        plan_id: plan.into(),
        section_id: section.map(Uuid::from),
        label,
        title,
        body_document_id,
        body_start,
        body_end,
        body_sha256: own.map(|digest| digest.to_string()),
        position: position.into(),
        status: status.to_string(),
        valid_from,
        valid_to,
    }
}

fn fact(row: Model) -> Result<Task, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        plan_id,
        section_id,
        label,
        title,
        body_document_id,
        body_start,
        body_end,
        body_sha256,
        position,
        status,
        valid_from,
        valid_to,
    } = row;
    let cited = cell::read_citation("body", (body_document_id, body_start, body_end))?;
    let own = cell::read_optional("body_sha256", body_sha256)?;
    Ok(Task {
        plan: plan_id.into(),
        section: section_id.map(SectionId::from),
        label,
        title,
        body: cited.map(Body::Cited).or(own.map(Body::Own)),
        position: cell::number("position", position)?,
        status: cell::read("status", &status)?,
        validity: cell::read_validity(&valid_from, &valid_to)?,
    })
}
