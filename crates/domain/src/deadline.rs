//! Deadlines: what the text says and what it means.

use crate::{
    clause::Subject,
    task::Wording,
    time::{Day, Validity},
    vocabulary::{DueKind, DueSource},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// 完成时限: by when a task, a section or a whole plan is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// What it belongs to.
    pub subject: Subject,
    /// By when.
    pub due: Due,
    /// From when to when this deadline is the one that counts.
    pub validity: Validity,
    /// The day on which it was met. Left out of the leaf while it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fulfilled: Option<Day>,
}

/// A time that is set: its words and their meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The words.
    pub wording: Wording,
    /// What they mean.
    pub kind: DueKind,
    /// The day, month or year, at the text's own precision.
    pub date: Option<DueDate>,
    /// Where it is said.
    pub source: DueSource,
}

/// A date at the precision that the text gives it: `2024`, `2023-12` or `2024-06-30` (ISO 8601, reduced precision).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DueDate {
    /// A year.
    Year(i16),
    /// A month of a year (1–12).
    Month(i16, i8),
    /// A day.
    Day(Day),
}

impl DueDate {
    /// The last day that is still in time.
    pub fn last_day(self) -> Day {
        let first_of = |year, month| Day::from_ymd(year, month, 1).map(Day::number);
        let last_before =
            |next: Option<i32>| Day::from_number(next.map_or(2_932_896, |day| day - 1));
        match self {
            Self::Year(year) | Self::Month(year, 12) => {
                last_before(first_of(year.saturating_add(1), 1))
            }
            Self::Month(year, month) => last_before(first_of(year, month + 1)),
            Self::Day(day) => day,
        }
    }
}

impl FromStr for DueDate {
    type Err = NotADueDate;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let error = || NotADueDate(s.to_owned());
        let probe = match s.len() {
            4 => format!("{s}-01-01"),
            7 => format!("{s}-01"),
            _ => s.to_owned(),
        };
        let day: Day = probe.parse().map_err(|_| error())?;
        let date = day.date().ok_or_else(error)?;
        Ok(match s.len() {
            4 => Self::Year(date.year()),
            7 => Self::Month(date.year(), date.month()),
            _ => Self::Day(day),
        })
    }
}

/// A due date that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a year, month or day written YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct NotADueDate(pub String);

impl fmt::Display for DueDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

impl Serialize for DueDate {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DueDate {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_date_keeps_its_precision_and_knows_its_last_day() {
        for (text, last) in [
            ("2024", "2024-12-31"),
            ("2023-12", "2023-12-31"),
            ("2024-02", "2024-02-29"),
            ("2024-06-30", "2024-06-30"),
        ] {
            let due: DueDate = text.parse().unwrap();
            assert_eq!(
                (
                    due.to_string().as_str(),
                    due.last_day().to_string().as_str()
                ),
                (text, last)
            );
        }
        for bad in ["24", "2024-13", "2024-6", "2024-02-30", "２０２４"] {
            assert!(bad.parse::<DueDate>().is_err(), "{bad}");
        }
    }
}
