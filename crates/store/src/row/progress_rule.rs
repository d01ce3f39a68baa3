//! The table `progress_rule`.

use super::{Version, cell, cell::BadCell};
use domain::progress_rule::{ProgressRule, Rhythm};

versioned!("progress_rule" of ProgressRule {
    plan_id: Option<Uuid>,
    amber_days: i64,
    every: Option<String>,
    by_day: Option<i64>,
    following: Option<bool>,
    valid_from: String,
    valid_to: String,
});

fn row(version: Version, fact: &ProgressRule) -> Model {
    let ProgressRule {
        plan,
        amber_days,
        rhythm,
        validity,
    } = fact;
    let (valid_from, valid_to) = cell::validity(*validity);
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        plan_id: plan.map(Into::into),
        amber_days: (*amber_days).into(),
        every: rhythm.map(|rhythm| rhythm.every.to_string()),
        by_day: rhythm.map(|rhythm| rhythm.day.into()),
        following: rhythm.map(|rhythm| rhythm.following),
        valid_from,
        valid_to,
    }
}

fn fact(row: Model) -> Result<ProgressRule, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        plan_id,
        amber_days,
        every,
        by_day,
        following,
        valid_from,
        valid_to,
    } = row;
    let rhythm = match (every, by_day, following) {
        (Some(every), Some(day), Some(following)) => Some(Rhythm {
            every: cell::read("every", &every)?,
            day: cell::number("by_day", day)?,
            following,
        }),
        (None, None, None) => None,
        _ => return Err(cell::incomplete("every, by_day, following")),
    };
    Ok(ProgressRule {
        plan: plan_id.map(Into::into),
        amber_days: cell::number("amber_days", amber_days)?,
        rhythm,
        validity: cell::read_validity(&valid_from, &valid_to)?,
    })
}
