//! Targets: figures to be reached.

use crate::{clause::Subject, deadline::Due, task::Wording, time::Validity, vocabulary::Firmness};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{cmp::Ordering, fmt, str::FromStr};

/// 目标指标: a figure of a task, a section or a whole plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What it belongs to.
    pub subject: Subject,
    /// The words.
    pub wording: Wording,
    /// The least that is to be reached.
    pub min: Option<Decimal>,
    /// The most.
    pub max: Option<Decimal>,
    /// The unit as written, such as 个 or %.
    pub unit: Option<String>,
    /// How firmly it is meant.
    pub firmness: Firmness,
    /// By when.
    pub due: Option<Due>,
    /// Its place among the targets of the plan.
    pub position: u32,
    /// From when to when it is set.
    pub validity: Validity,
}

/// A decimal number in canonical form: no exponent, no needless zero. A string in the log and in both databases.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(String);

/// A number that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a decimal number such as 12.5")]
pub struct NotADecimal(pub String);

impl Decimal {
    /// The canonical digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Decimal {
    type Err = NotADecimal;
    /// Reads ASCII digits with at most one decimal point and an optional minus, and makes them canonical.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let digits = s.strip_prefix('-').unwrap_or(s);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(NotADecimal(s.to_owned()));
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let point = if fraction.is_empty() { "" } else { "." };
        let sign = if digits.len() < s.len() && (whole != "0" || !fraction.is_empty()) {
            "-"
        } else {
            ""
        };
        Ok(Self(format!("{sign}{whole}{point}{fraction}")))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.0.strip_prefix('-'), other.0.strip_prefix('-')) {
            (None, None) => size(&self.0).cmp(&size(&other.0)),
            (Some(this), Some(other)) => size(other).cmp(&size(this)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What orders canonical digits without a sign: a longer whole part is more, then digit by digit.
fn size(digits: &str) -> (usize, &str, &str) {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    (whole.len(), whole, fraction)
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_one_form() {
        for (given, canonical) in [
            ("007.50", "7.5"),
            ("1000", "1000"),
            ("-0.0", "0"),
            ("0.25", "0.25"),
            ("-3.10", "-3.1"),
            ("5.", ""),
        ] {
            let read = given.parse::<Decimal>();
            if canonical.is_empty() {
                assert_eq!(read, Err(NotADecimal(given.to_owned())));
            } else {
                assert_eq!(read.unwrap().as_str(), canonical);
            }
        }
    }

    #[test]
    fn decimals_are_ordered_as_numbers() {
        let ordered = [
            "-10", "-9.5", "-9.25", "0", "0.25", "0.3", "2", "10", "10.01",
        ];
        for (n, smaller) in ordered.iter().enumerate() {
            for greater in &ordered[n + 1..] {
                let read = |digits: &str| digits.parse::<Decimal>().unwrap();
                assert!(read(smaller) < read(greater), "{smaller} < {greater}");
            }
        }
    }
}
