//! The table `target`.

use super::{Version, cell, cell::BadCell, cell::DueCells};
use domain::target::Target;

versioned!("target" of Target {
    plan_id: Option<Uuid>,
    section_id: Option<Uuid>,
    task_id: Option<Uuid>,
    wording: Option<String>,
    wording_document_id: Option<Uuid>,
    wording_start: Option<i64>,
    wording_end: Option<i64>,
    min: Option<String>,
    max: Option<String>,
    unit: Option<String>,
    firmness: String,
    due_wording: Option<String>,
    due_document_id: Option<Uuid>,
    due_start: Option<i64>,
    due_end: Option<i64>,
    due_kind: Option<String>,
    due_date: Option<String>,
    due_source: Option<String>,
    position: i64,
    valid_from: String,
    valid_to: String,
});

fn row(version: Version, fact: &Target) -> Model {
    let Target {
        subject,
        wording,
        min,
        max,
        unit,
        firmness,
        due,
        position,
        validity,
    } = fact.clone();
    let (plan_id, section_id, task_id) = cell::subject(subject);
    let (wording, (wording_document_id, wording_start, wording_end)) =
        cell::wording(Some(&wording));
    let DueCells {
        wording: (due_wording, (due_document_id, due_start, due_end)),
        kind,
        date,
        source,
    } = cell::due(due.as_ref());
    let (valid_from, valid_to) = cell::validity(validity);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        plan_id,
        section_id,
        task_id,
        wording,
        wording_document_id,
        wording_start,
        wording_end,
        min: min.map(|min| min.to_string()),
        max: max.map(|max| max.to_string()),
        unit,
        firmness: firmness.to_string(),
        due_wording,
        due_document_id,
        due_start,
        due_end,
        due_kind: kind,
        due_date: date,
        due_source: source,
        position: position.into(),
        valid_from,
        valid_to,
    }
}

fn fact(row: Model) -> Result<Target, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        plan_id,
        section_id,
        task_id,
        wording,
        wording_document_id,
        wording_start,
        wording_end,
        min,
        max,
        unit,
        firmness,
        due_wording,
        due_document_id,
        due_start,
        due_end,
        due_kind,
        due_date,
        due_source,
        position,
        valid_from,
        valid_to,
    } = row;
    let wording = (wording, (wording_document_id, wording_start, wording_end));
    Ok(Target {
        subject: cell::read_subject((plan_id, section_id, task_id))?,
        wording: cell::required("wording", cell::read_wording("wording", wording)?)?,
        min: cell::read_optional("min", min)?,
        max: cell::read_optional("max", max)?,
        unit,
        firmness: cell::read("firmness", &firmness)?,
        due: cell::read_due(DueCells {
            wording: (due_wording, (due_document_id, due_start, due_end)),
            kind: due_kind,
            date: due_date,
            source: due_source,
        })?,
        position: cell::number("position", position)?,
        validity: cell::read_validity(&valid_from, &valid_to)?,
    })
}
