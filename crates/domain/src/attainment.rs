//! 指标完成情况: targets against what parties report.

use crate::{
    deadline::DueDate,
    image::{ProgressReportRef, TargetRef},
    target::Decimal,
    time::Day,
    view::View,
};

/// How far a target has been reached by the view's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Attainment {
    /// The reports with a figure, by the day on which they were given; of one day in the order of recording. Never empty.
    pub points: Vec<Point>,
    /// Whether the last figure reaches the target; nothing where the target has none.
    pub reached: Option<bool>,
    /// How much of the target the last figure is, 1 being reached; nothing where that cannot be said.
    pub share: Option<f64>,
    /// By how much the figure changes in a day, on the straight line that comes nearest to the reports; nothing where they
    /// are of one day.
    pub per_day: Option<f64>,
    /// The figure on the last day of the target, if it goes on so; nothing where that day is not known or not to come.
    pub forecast: Option<f64>,
    /// Whether that figure would reach the target.
    pub forecast_reaches: Option<bool>,
}

/// A figure that was reported.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day on which it was.
    pub day: Day,
    /// The report.
    pub report: ProgressReportRef,
    /// The figure.
    pub value: f64,
}

/// What a target asks for.
#[derive(Clone, Copy, Debug)]
struct Range {
    min: Option<f64>,
    max: Option<f64>,
}

impl Range {
    /// Where the text names one figure, reaching more is reaching it.
    fn new(min: Option<f64>, max: Option<f64>) -> Self {
        let max = max.filter(|_| min != max);
        Self { min, max }
    }

    fn is_reached(self, value: f64) -> Option<bool> {
        let Self { min, max } = self;
        (min.is_some() || max.is_some())
            .then(|| min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max))
    }

    fn share(self, value: f64) -> Option<f64> {
        match self {
            // Of a least figure it is as much as there is, which may be more than all.
            Self {
                min: Some(min),
                max: None,
            } => (min > 0.0).then(|| (value / min).max(0.0)),
            Self { min: Some(min), .. } if value < min => {
                (min > 0.0).then(|| (value / min).max(0.0))
            }
            Self { max: Some(max), .. } if value > max => {
                (max >= 0.0 && value > 0.0).then(|| max / value)
            }
            Self {
                min: None,
                max: None,
            } => None,
            Self { .. } => Some(1.0),
        }
    }
}

impl View {
    /// How far a target has been reached by the view's day; nothing where nobody has reported a figure.
    pub fn target_attainment(&self, target: TargetRef) -> Option<Attainment> {
        let mut points: Vec<_> = self
            .register()
            .graph
            .target_reports
            .of(target)
            .filter_map(|report| {
                let image = self.get(report)?;
                let value = number(self.text(image.value?));
                (image.reported <= self.valid_on()).then_some(Point {
                    day: image.reported,
                    report,
                    value,
                })
            })
            .collect();
        points.sort_by_key(|point| (point.day, point.report));
        let last = *points.last()?;
        let image = self.thing(target);
        let bound = |bound| Option::map(bound, |text| number(self.text(text)));
        let range = Range::new(bound(image.min), bound(image.max));
        let line = Line::through(&points);
        let due = image.due.and_then(|due| due.date);
        let due = due.map(DueDate::last_day).filter(|day| *day > last.day);
        let forecast = line.and_then(|line| Some(line.at(due?)));
        Some(Attainment {
            reached: range.is_reached(last.value),
            share: range.share(last.value),
            per_day: line.map(|line| line.slope),
            forecast,
            forecast_reaches: forecast.and_then(|value| range.is_reached(value)),
            points,
        })
    }
}

/// The digits of a canonical decimal as a number.
fn number(digits: &str) -> f64 {
    debug_assert!(digits.parse::<Decimal>().is_ok());
    digits.parse().expect("a decimal's digits are a number")
}

/// A straight line through a point.
#[derive(Clone, Copy, Debug)]
struct Line {
    day: f64,
    value: f64,
    slope: f64,
}

impl Line {
    /// The one with the least squares of distances; nothing where all points are of one day.
    fn through(points: &[Point]) -> Option<Self> {
        let first = points.first()?.day.number();
        let days = || points.iter().map(|point| point.day.number() - first);
        if days().all(|day| day == 0) {
            return None;
        }
        let count: f64 = points.iter().map(|_| 1.0).sum();
        let day = days().map(f64::from).sum::<f64>() / count;
        let value = points.iter().map(|point| point.value).sum::<f64>() / count;
        let spread: f64 = days().map(|x| (f64::from(x) - day).powi(2)).sum();
        let common = days()
            .zip(points)
            .map(|(x, point)| (f64::from(x) - day) * (point.value - value));
        Some(Self {
            day: f64::from(first) + day,
            value,
            slope: common.sum::<f64>() / spread,
        })
    }

    fn at(self, day: Day) -> f64 {
        self.value + self.slope * (f64::from(day.number()) - self.day)
    }
}
