//! Targets against what parties report.

use super::{
    define::graph_types,
    list::{All, One, all, one},
    progress::ProgressReport,
    scalar::Date,
};
use domain::attainment;
use std::sync::Arc;

graph_types! {
    /// 指标完成情况: how far a target has been reached by the day that is asked about, by what parties report. The last figure
    /// counts, whoever reported it.
    type Attainment(view, attainment: Arc<attainment::Attainment>) {
        /// The last figure that was reported.
        value -> Option<&str> = {
            let last = attainment.points.last().and_then(|point| view.thing(point.report).value);
            view.optional(last)
        };
        /// The report with it.
        report -> Option<ProgressReport> =
            super::scope::maybe(view, attainment.points.last().map(|point| point.report));
        /// Whether that reaches the target: at least `min`, at most `max`, or both; where the text names one exact figure, at
        /// least that. Null where the target has no figure.
        reached -> Option<bool> = attainment.reached;
        /// How much of the target it is, 1 being reached: of a least figure as much as there is, which may be more than 1; of
        /// a greatest figure 1 up to it, and less the more it is exceeded; of a range 1 within it. Null where that cannot be
        /// said, as of a least figure of 0.
        share -> Option<f64> = attainment.share;
        /// The figures that were reported, by the day on which they were.
        points -> All<AttainmentPoint> = all(view, attainment.points.iter().copied());
        /// By how much the figure changes in a day, on the straight line that comes nearest to all of them: more than 0 where
        /// it rises. Null where they are of one day.
        change_per_day -> Option<f64> = attainment.per_day;
        /// The figure on the last day by which the target is due, if it goes on like that: a straight line, nothing more.
        /// Null where there are figures of fewer than two days, and where that day is not known or not later than the last of
        /// them.
        forecast -> Option<f64> = attainment.forecast;
        /// Whether that figure would reach the target.
        forecast_reaches -> Option<bool> = attainment.forecast_reaches;
    }

    /// A figure that was reported.
    type AttainmentPoint(view, point: attainment::Point) {
        /// The day on which it was.
        on -> Date = Date(point.day);
        /// The figure: a decimal number as a string.
        value -> Option<&str> = view.optional(view.thing(point.report).value);
        /// The report.
        report -> One<'_, ProgressReport> = one(view, point.report);
    }
}
