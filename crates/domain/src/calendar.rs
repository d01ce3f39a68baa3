//! Months, quarters, half-years and years.

use crate::{
    time::{Day, Validity},
    vocabulary::PeriodKind,
};
use std::fmt;

impl PeriodKind {
    /// How many months it has.
    pub const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }
}

/// A month, quarter, half-year or year of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    kind: PeriodKind,
    /// How many of its kind lie between it and the beginning of the year 0.
    number: i32,
}

impl Period {
    /// The period of a kind in which a day lies; nothing for an open end.
    pub fn of(kind: PeriodKind, day: Day) -> Option<Self> {
        let date = day.date()?;
        let month = i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
        Some(Self {
            kind,
            number: month.div_euclid(kind.months()),
        })
    }

    /// Which kind of period it is.
    pub fn kind(self) -> PeriodKind {
        self.kind
    }

    /// The period that is `count` of its kind later, or earlier.
    #[must_use]
    pub fn shifted(self, count: i32) -> Self {
        Self {
            number: self.number.saturating_add(count),
            ..self
        }
    }

    /// So many periods, of which this is the first.
    pub fn and_on(self, count: u16) -> impl Iterator<Item = Self> {
        (0..i32::from(count)).map(move |number| self.shifted(number))
    }

    /// How many of its kind it comes after another one.
    pub fn since(self, other: Self) -> i32 {
        self.number - other.number
    }

    /// Its days.
    pub fn days(self) -> Validity {
        Validity {
            from: first_of(self.first_month()),
            to: first_of(self.shifted(1).first_month()),
        }
    }

    /// A day of its last month, or of the month after; the last one of that month where it is shorter.
    pub fn day_of_last_month(self, day: u8, following: bool) -> Day {
        let month = self.shifted(1).first_month() - i32::from(!following);
        let last = first_of(month.saturating_add(1)).number().saturating_sub(1);
        let day = first_of(month)
            .number()
            .saturating_add(i32::from(day.max(1)) - 1);
        Day::from_number(day.min(last))
    }

    fn first_month(self) -> i32 {
        self.number.saturating_mul(self.kind.months())
    }
}

/// The first day of a month, counted from the beginning of the year 0; an open end where the calendar has no such month.
fn first_of(month: i32) -> Day {
    let year = i16::try_from(month.div_euclid(12)).ok();
    // A remainder of a division by 12.
    let of_year = (month.rem_euclid(12) + 1) as i8;
    let day = year.and_then(|year| Day::from_ymd(year, of_year, 1));
    day.unwrap_or(if month <= 0 {
        Day::BEGINNING
    } else {
        Day::FOREVER
    })
}

impl fmt::Display for Period {
    /// As people write it: `2024`, `2024-H1`, `2024-Q2`, `2024-06`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = self.first_month();
        let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12));
        match self.kind {
            PeriodKind::Month => write!(f, "{year:04}-{:02}", of_year + 1),
            PeriodKind::Quarter => write!(f, "{year:04}-Q{}", of_year / 3 + 1),
            PeriodKind::HalfYear => write!(f, "{year:04}-H{}", of_year / 6 + 1),
            PeriodKind::Year => write!(f, "{year:04}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn periods_are_written_as_people_write_them_and_know_their_days() {
        for (kind, written, from, to) in [
            (PeriodKind::Month, "2024-02", "2024-02-01", "2024-03-01"),
            (PeriodKind::Quarter, "2024-Q1", "2024-01-01", "2024-04-01"),
            (PeriodKind::HalfYear, "2024-H1", "2024-01-01", "2024-07-01"),
            (PeriodKind::Year, "2024", "2024-01-01", "2025-01-01"),
        ] {
            let period = Period::of(kind, day("2024-02-29")).unwrap();
            let days = Validity {
                from: day(from),
                to: day(to),
            };
            assert_eq!(
                (period.to_string().as_str(), period.days()),
                (written, days)
            );
        }
    }

    #[test]
    fn a_day_that_a_month_does_not_have_is_its_last_one() {
        let of = |text: &str, day_of, following| {
            let quarter = Period::of(PeriodKind::Quarter, day(text)).unwrap();
            quarter.day_of_last_month(day_of, following).to_string()
        };
        assert_eq!(of("2023-02-01", 28, false), "2023-03-28");
        assert_eq!(of("2023-05-01", 31, false), "2023-06-30");
        assert_eq!(of("2023-12-31", 31, true), "2024-01-31");
        assert_eq!(of("2023-11-30", 5, true), "2024-01-05");
    }

    proptest! {
        #[test]
        fn periods_follow_one_another_without_gap(number in -719_162i32..=2_932_896) {
            let day = Day::from_number(number);
            for &kind in PeriodKind::ALL {
                let period = Period::of(kind, day).unwrap();
                prop_assert!(period.days().contains(day));
                prop_assert_eq!(period.shifted(1).days().from, period.days().to);
                prop_assert_eq!(period.shifted(3).since(period), 3);
            }
        }
    }
}
