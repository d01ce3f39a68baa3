//! The table `deadline`.

use super::{Version, cell, cell::BadCell, cell::DueCells};
use domain::deadline::Deadline;

versioned!("deadline" of Deadline {
    plan_id: Option<Uuid>,
    section_id: Option<Uuid>,
    task_id: Option<Uuid>,
    due_wording: Option<String>,
    due_document_id: Option<Uuid>,
    due_start: Option<i64>,
    due_end: Option<i64>,
    due_kind: Option<String>,
    due_date: Option<String>,
    due_source: Option<String>,
    valid_from: String,
    valid_to: String,
    fulfilled_on: Option<String>,
});

fn row(version: Version, fact: &Deadline) -> Model {
    let Deadline {
        subject,
        due,
        validity,
        fulfilled,
    } = fact;
    let (plan_id, section_id, task_id) = cell::subject(*subject);
    let DueCells {
        wording: (due_wording, (due_document_id, due_start, due_end)),
        kind,
        date,
        source,
    } = cell::due(Some(due));
    let (valid_from, valid_to) = cell::validity(*validity);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        plan_id,
        section_id,
        task_id,
        due_wording,
        due_document_id,
        due_start,
        due_end,
        due_kind: kind,
        due_date: date,
        due_source: source,
        valid_from,
        valid_to,
        fulfilled_on: cell::optional_day(*fulfilled),
    }
}

fn fact(row: Model) -> Result<Deadline, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        plan_id,
        section_id,
        task_id,
        due_wording,
        due_document_id,
        due_start,
        due_end,
        due_kind,
        due_date,
        due_source,
        valid_from,
        valid_to,
        fulfilled_on,
    } = row;
    let due = cell::read_due(DueCells {
        wording: (due_wording, (due_document_id, due_start, due_end)),
        kind: due_kind,
        date: due_date,
        source: due_source,
    })?;
    Ok(Deadline {
        subject: cell::read_subject((plan_id, section_id, task_id))?,
        due: cell::required("due_wording", due)?,
        validity: cell::read_validity(&valid_from, &valid_to)?,
        fulfilled: cell::read_optional("fulfilled_on", fulfilled_on)?,
    })
}
