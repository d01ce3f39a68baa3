//! The table `standing`.

use super::{Version, cell, cell::BadCell};
use domain::standing::Standing;

versioned!("standing" of Standing {
    task_id: Uuid,
    status: String,
    reached_on: String,
});

fn row(version: Version, fact: &Standing) -> Model {
    let Standing {
        task,
        status,
        reached,
    } = fact;
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        task_id: (*task).into(),
        status: status.to_string(),
        reached_on: reached.to_string(),
    }
}

fn fact(row: Model) -> Result<Standing, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        task_id,
        status,
        reached_on,
    } = row;
    Ok(Standing {
        task: task_id.into(),
        status: cell::read("status", &status)?,
        reached: cell::read("reached_on", &reached_on)?,
    })
}
