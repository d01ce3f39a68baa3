//! Rules that an office sets for lights and reports.

use super::{
    define::{graph_types, graph_values},
    history::{Version, history},
    id::GlobalId,
    list::All,
    plan::Plan,
    scalar::{Date, SeqNumber, Shown, date},
    scope::maybe,
    vocabulary::PeriodKind,
};
use domain::{image::ProgressRuleRef, progress_rule};
use uuid::Uuid;

graph_types! {
    /// 督查规则: how many days before a last day lights turn amber, and how often parties report.
    type ProgressRule(view, rule: ProgressRuleRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*rule);
        /// The rule's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*rule);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*rule));
        /// The plan; null for the rule of all plans without one of their own.
        plan -> Option<Plan> = maybe(view, view.thing(*rule).plan);
        /// How many days before a last day a light turns amber.
        amber_days -> u16 = view.thing(*rule).amber_days;
        /// How often parties report; null if they are not asked to.
        rhythm -> Option<Rhythm> = view.thing(*rule).rhythm.map(Rhythm::from);
        /// The first day on which it holds; null if it always did.
        valid_from -> Option<Date> = date(view.thing(*rule).validity.from);
        /// The first day on which it no longer does; null while no end is known.
        valid_to -> Option<Date> = date(view.thing(*rule).validity.to);
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *rule);
    }

    /// What holds for lights and reports on the day that is asked about.
    type ProgressTerms(view, rule: Option<ProgressRuleRef>) {
        /// The rule that says so; null where the office has set none, and the default holds: 30 days, and no reports.
        rule -> Option<ProgressRule> = maybe(view, *rule);
        /// How many days before a last day a light turns amber.
        amber_days -> u16 = view.terms(*rule).amber_days;
        /// How often parties report; null if they are not asked to.
        rhythm -> Option<Rhythm> = view.terms(*rule).rhythm.map(Rhythm::from);
        /// The last period for which reports were due before the day that is asked about: 2024-06, 2024-Q2, 2024-H1 or
        /// 2024. Null if none was.
        period_due -> Option<String> = view.report_period(&view.terms(*rule)).map(|period| period.to_string());
    }
}

graph_values! {
    /// 填报周期: how often parties report, and by when.
    value Rhythm {
        /// For which periods.
        every: PeriodKind,
        /// By which day of the period's last month; the last one of that month where it is shorter.
        day: u16,
        /// Whether it is a day of the month after the period instead.
        following: bool,
    }
}

impl From<progress_rule::Rhythm> for Rhythm {
    fn from(rhythm: progress_rule::Rhythm) -> Self {
        Self {
            every: rhythm.every.into(),
            day: rhythm.day.into(),
            following: rhythm.following,
        }
    }
}
