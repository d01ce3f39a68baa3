//! The two clocks: civil days for when something held, sequence numbers for when the register knew it.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

/// A civil day (no time zone), kept as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// A day that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a day between 0001-01-01 and 9999-12-31, written YYYY-MM-DD")]
pub struct NotADay(pub String);

impl Day {
    /// Before every day: the open end of a validity without a beginning. No calendar day.
    pub const BEGINNING: Self = Self(i32::MIN);
    /// After every day: the open end of a validity without an end. No calendar day.
    pub const FOREVER: Self = Self(i32::MAX);

    /// The day of a year, month (1–12) and day of month, if the calendar has it.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        (1..=9999)
            .contains(&year)
            .then(|| Date::new(year, month, day).ok())
            .flatten()
            .map(Self::from)
    }

    /// The calendar date, unless this is one of the two open ends.
    pub fn date(self) -> Option<Date> {
        let epoch = Date::constant(1970, 1, 1);
        // A duration is added faster than a span is: answers are full of days.
        let since = jiff::SignedDuration::from_hours(24 * i64::from(self.0));
        epoch.checked_add(since).ok()
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The day that is `number` days after 1970-01-01.
    pub const fn from_number(number: i32) -> Self {
        Self(number)
    }

    /// Whether this is a day of the calendar and not an open end.
    pub fn is_calendar_day(self) -> bool {
        self != Self::BEGINNING && self != Self::FOREVER
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        // Howard Hinnant's days_from_civil, "chrono-Compatible Low-Level Date Algorithms".
        let (y, m, d) = (
            i32::from(date.year()),
            i32::from(date.month()),
            i32::from(date.day()),
        );
        let y = if m <= 2 { y - 1 } else { y };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
        Self(
            era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year
                - 719_468,
        )
    }
}

impl FromStr for Day {
    type Err = NotADay;
    /// Reads `YYYY-MM-DD` (ISO 8601, extended format) and nothing else.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let shape = s.len() == 10
            && s.bytes().enumerate().all(|(i, b)| {
                if i == 4 || i == 7 {
                    b == b'-'
                } else {
                    b.is_ascii_digit()
                }
            });
        let read = || {
            Self::from_ymd(
                s[..4].parse().ok()?,
                s[5..7].parse().ok()?,
                s[8..].parse().ok()?,
            )
        };
        shape
            .then(read)
            .flatten()
            .ok_or_else(|| NotADay(s.to_owned()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date() {
            Some(date) => date.fmt(f),
            None => f.write_str("open"),
        }
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.is_calendar_day()
            .then(|| self.to_string())
            .serialize(s)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}

/// Valid time: half-open, `from` is the first day on which something holds, `to` the first on which it no longer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Validity {
    /// The first day; [`Day::BEGINNING`] if it always held.
    pub from: Day,
    /// The first day after; [`Day::FOREVER`] if no end is known.
    pub to: Day,
}

impl Validity {
    /// Without beginning or end.
    pub const ALWAYS: Self = Self {
        from: Day::BEGINNING,
        to: Day::FOREVER,
    };

    /// From a day on, with no known end.
    pub const fn since(from: Day) -> Self {
        Self {
            from,
            to: Day::FOREVER,
        }
    }

    /// Whether it holds on `day`.
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day < self.to
    }

    /// Whether it holds on no day at all.
    pub fn is_empty(&self) -> bool {
        self.from >= self.to
    }

    /// The days that belong to both; empty if there is none.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Self {
            from: self.from.max(other.from),
            to: self.to.min(other.to),
        }
    }

    /// Whether some day belongs to both.
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.intersection(other).is_empty()
    }

    /// Whether every day of `other` belongs to it.
    pub fn covers(&self, other: &Self) -> bool {
        other.is_empty() || (self.from <= other.from && other.to <= self.to)
    }
}

#[derive(Serialize, Deserialize)]
struct ValidityForm {
    from: Option<Day>,
    to: Option<Day>,
}

impl Serialize for Validity {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let open = |day: Day| day.is_calendar_day().then_some(day);
        ValidityForm {
            from: open(self.from),
            to: open(self.to),
        }
        .serialize(s)
    }
}

impl<'de> Deserialize<'de> for Validity {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let form = ValidityForm::deserialize(d)?;
        Ok(Self {
            from: form.from.unwrap_or(Day::BEGINNING),
            to: form.to.unwrap_or(Day::FOREVER),
        })
    }
}

/// A register's sequence number: the known-time clock. The first changeset is 1; 0 is the empty register.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Seq(pub u32);

impl Seq {
    /// The register before its first changeset.
    pub const EMPTY: Self = Self(0);

    /// The one after this.
    #[must_use]
    pub fn next(self) -> Self {
        Self(
            self.0
                .checked_add(1)
                .expect("a register holds fewer than 2^32 changesets: 136 years at one a second"),
        )
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An instant, in microseconds since 1970-01-01T00:00:00Z; written as RFC 3339 in UTC with six decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// The civil day of this instant in a time zone.
    pub fn day_in(self, zone: &jiff::tz::TimeZone) -> Day {
        zone.to_datetime(jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::MAX))
            .date()
            .into()
    }
}

/// An instant that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an instant as RFC 3339 writes it, for example 2024-06-30T12:00:00Z")]
pub struct NotAnInstant(pub String);

impl FromStr for Instant {
    type Err = NotAnInstant;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        s.parse::<jiff::Timestamp>()
            .map(|t| Self(t.as_microsecond()))
            .map_err(|_| NotAnInstant(s.to_owned()))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let instant = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::MAX);
        write!(f, "{instant:.6}")
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_day_reads_back_what_it_writes(number in -719_162i32..=2_932_896) {
            let day = Day::from_number(number);
            prop_assert_eq!(day.to_string().parse::<Day>(), Ok(day));
            prop_assert_eq!(Day::from(day.date().unwrap()), day);
        }
    }

    #[test]
    fn only_full_iso_days_are_days() {
        for bad in [
            "2024-2-3",
            "2024-02-30",
            "20240203",
            "2024-02-03T00:00",
            "0000-01-01",
            "２０２４-01-01",
            "",
        ] {
            assert_eq!(bad.parse::<Day>(), Err(NotADay(bad.to_owned())));
        }
    }

    #[test]
    fn an_open_validity_is_written_as_null() {
        let json = serde_json::to_string(&Validity::since("2020-10-22".parse().unwrap())).unwrap();
        assert_eq!(json, r#"{"from":"2020-10-22","to":null}"#);
    }

    #[test]
    fn an_instant_is_written_with_six_decimals() {
        assert_eq!(
            "2024-06-30T12:00:00+08:00"
                .parse::<Instant>()
                .unwrap()
                .to_string(),
            "2024-06-30T04:00:00.000000Z"
        );
    }
}
