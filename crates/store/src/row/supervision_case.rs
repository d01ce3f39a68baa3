//! The table `supervision_case`.

use super::{Version, cell, cell::BadCell};
use domain::supervision::SupervisionCase;

versioned!("supervision_case" of SupervisionCase {
    task_id: Uuid,
    party_id: Uuid,
    number: String,
    subject: String,
    due_on: Option<String>,
    steps: String,
});

fn row(version: Version, fact: &SupervisionCase) -> Model {
    let SupervisionCase {
        task,
        party,
        number,
        subject,
        due,
        steps,
    } = fact;
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        task_id: (*task).into(),
        party_id: (*party).into(),
        number: number.clone(),
        subject: subject.clone(),
        due_on: cell::optional_day(*due),
        steps: cell::json(steps),
    }
}

fn fact(row: Model) -> Result<SupervisionCase, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        task_id,
        party_id,
        number,
        subject,
        due_on,
        steps,
    } = row;
    Ok(SupervisionCase {
        task: task_id.into(),
        party: party_id.into(),
        number,
        subject,
        due: cell::read_optional("due_on", due_on)?,
        steps: cell::read_json("steps", &steps)?,
    })
}
