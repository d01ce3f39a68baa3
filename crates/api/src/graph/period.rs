//! Stretches of the calendar.

use super::{
    define::graph_values,
    scalar::{Date, date},
    scope::Scope,
    vocabulary::PeriodKind,
};
use crate::error::{Code, Fault};
use domain::calendar::Period;

/// How many periods one list has at most.
const MOST: u16 = 120;

graph_values! {
    /// A month, quarter, half-year or year.
    value CalendarPeriod {
        /// What it is called: 2024-06, 2024-Q2, 2024-H1 or 2024.
        name: String,
        /// Its first day; null before the calendar begins.
        from: Option<Date>,
        /// The first day after it; null after the calendar ends.
        to: Option<Date>,
    }
}

impl From<Period> for CalendarPeriod {
    fn from(period: Period) -> Self {
        let days = period.days();
        Self {
            name: period.to_string(),
            from: date(days.from),
            to: date(days.to),
        }
    }
}

/// The first of some periods and how many they are, as arguments say.
pub(super) fn periods(
    scope: &Scope,
    by: PeriodKind,
    from: Option<Date>,
    count: Option<u16>,
) -> async_graphql::Result<(Period, u16)> {
    let day = from.map_or(scope.view.valid_on(), |from| from.0);
    let count = count.unwrap_or(12);
    let bad = |message: String| Fault::new(Code::BadUserInput, message);
    if count > MOST {
        let message = format!("periods: at most {MOST} can be asked for at once, not {count}");
        return Err(bad(message).into());
    }
    let first = Period::of(by.into(), day);
    let first = first.ok_or_else(|| bad("from: this is no day of the calendar".to_owned()))?;
    Ok((first, count))
}
