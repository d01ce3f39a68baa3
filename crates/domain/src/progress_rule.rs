//! Rules that an office sets for lights and reports.

use crate::{
    calendar::Period,
    id::PlanId,
    time::{Day, Validity},
    vocabulary::PeriodKind,
};
use serde::{Deserialize, Serialize};

/// 督查规则: how many days before a last day lights turn amber, and how often reports are asked for; of one plan, or of every
/// plan that has no rule of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgressRule {
    /// The plan; of the whole register if none is named.
    pub plan: Option<PlanId>,
    /// How many days before a last day a light turns amber.
    pub amber_days: u16,
    /// How often reports are asked for; not at all if nothing is said.
    pub rhythm: Option<Rhythm>,
    /// From when to when it holds.
    pub validity: Validity,
}

/// 填报周期: how often reports are asked for, and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// For which periods.
    pub every: PeriodKind,
    /// By which day of the period's last month, 1–31; the last one of that month where it is shorter.
    pub day: u8,
    /// Whether it is a day of the month after the period instead.
    pub following: bool,
}

impl Rhythm {
    /// The last day on which a report on a period is in time.
    pub fn due(self, period: Period) -> Day {
        period.day_of_last_month(self.day, self.following)
    }
}

/// What holds for a plan on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How many days before a last day a light turns amber.
    pub amber_days: u16,
    /// How often reports are asked for, where they are.
    pub rhythm: Option<Rhythm>,
    /// The first day on which this holds: reports that were due before are not asked for.
    pub since: Day,
}

impl Terms {
    /// What holds where an office has set nothing: 30 days, and no reports.
    pub const DEFAULT: Self = Self {
        amber_days: 30,
        rhythm: None,
        since: Day::BEGINNING,
    };
}
