//! The table `progress_report`.

use super::{Version, cell, cell::BadCell};
use domain::progress::{ProgressReport, Reported};

versioned!("progress_report" of ProgressReport {
    task_id: Option<Uuid>,
    target_id: Option<Uuid>,
    party_id: Uuid,
    period_from: String,
    period_to: String,
    reported_on: String,
    status: Option<String>,
    value: Option<String>,
    words: String,
    evidence: String,
});

fn row(version: Version, fact: &ProgressReport) -> Model {
    let ProgressReport {
        about,
        party,
        period,
        reported,
        status,
        value,
        words,
        evidence,
    } = fact;
    let (task_id, target_id) = match *about {
        Reported::Task(task) => (Some(task.into()), None),
        Reported::Target(target) => (None, Some(target.into())),
    };
    let (period_from, period_to) = cell::validity(*period);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        task_id,
        target_id,
        party_id: (*party).into(),
        period_from,
        period_to,
        reported_on: reported.to_string(),
        status: status.map(|status| status.to_string()),
        value: value.as_ref().map(ToString::to_string),
        words: words.clone(),
        evidence: cell::json(evidence),
    }
}

fn fact(row: Model) -> Result<ProgressReport, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        task_id,
        target_id,
        party_id,
        period_from,
        period_to,
        reported_on,
        status,
        value,
        words,
        evidence,
    } = row;
    let about = match (task_id, target_id) {
        (Some(task), None) => Reported::Task(task.into()),
        (None, Some(target)) => Reported::Target(target.into()),
        _ => return Err(cell::incomplete("task_id, target_id")),
    };
    Ok(ProgressReport {
        about,
        party: party_id.into(),
        period: cell::read_validity(&period_from, &period_to)?,
        reported: cell::read("reported_on", &reported_on)?,
        status: cell::read_optional("status", status)?,
        value: cell::read_optional("value", value)?,
        words,
        evidence: cell::read_json("evidence", &evidence)?,
    })
}
