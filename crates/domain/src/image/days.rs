//! Days in three bytes.

use crate::time::{Day, Validity};

/// A day as millions of rows keep it. Three bytes reach 23 thousand years either way, and their ends stand for the open
/// ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PackedDay([u8; 3]);

const FIRST: i32 = -(1 << 23);
const LAST: i32 = (1 << 23) - 1;

impl From<Day> for PackedDay {
    fn from(day: Day) -> Self {
        let [a, b, c, _] = day.number().clamp(FIRST, LAST).to_le_bytes();
        Self([a, b, c])
    }
}

impl From<PackedDay> for Day {
    #[inline]
    fn from(PackedDay([a, b, c]): PackedDay) -> Self {
        // Shifted down from the upper bytes, the sign comes along.
        match i32::from_le_bytes([0, a, b, c]) >> 8 {
            FIRST => Self::BEGINNING,
            LAST => Self::FOREVER,
            number => Self::from_number(number),
        }
    }
}

/// A validity in six bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Days {
    from: PackedDay,
    to: PackedDay,
}

impl From<Validity> for Days {
    fn from(validity: Validity) -> Self {
        Self {
            from: validity.from.into(),
            to: validity.to.into(),
        }
    }
}

impl From<Days> for Validity {
    #[inline]
    fn from(days: Days) -> Self {
        Self {
            from: days.from.into(),
            to: days.to.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_calendar_and_the_open_ends_come_back() {
        let ends = [Day::BEGINNING, Day::FOREVER];
        let calendar = (-719_162..=2_932_896).map(Day::from_number);
        for day in calendar.chain(ends) {
            assert_eq!(Day::from(PackedDay::from(day)), day);
        }
    }
}
