//! Festivals before which something is to be done: 国庆节前, 2025年春节前.

use crate::words::Words;
use domain::time::Day;
use icu_calendar::{Date, types::Month};

/// A festival at the start of some words.
pub(super) struct Festival {
    name: &'static str,
    /// How long its words are: 国庆节前 without 前.
    pub(super) len: usize,
}

/// How festivals begin.
static NAMES: Words =
    Words::of("元旦 春节 元宵 清明 五一 劳动节 端午 七一 八一 中秋 国庆 重阳 两节 双节");

impl Festival {
    /// Whether `words` begin with a festival's name.
    pub(super) fn begins(words: &str) -> bool {
        NAMES.start(words).is_some()
    }

    /// The festival that `words` begin with, if something is to be done before it.
    pub(super) fn before(words: &str) -> Option<Self> {
        const BEHIND: [&str; 4] = ["\"", "节", "假期", "长假"];
        let name = NAMES.start(words)?;
        let mut rest = &words[name.len()..];
        while let Some(shorter) = BEHIND.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = shorter;
        }
        let limits = ["前", "之前", "以前"]
            .iter()
            .any(|word| rest.starts_with(word));
        limits.then(|| Self {
            name,
            len: words.len() - rest.len(),
        })
    }

    /// Whether it comes so early that one that a document names without its year may be the next year's.
    pub(super) fn is_early(&self) -> bool {
        matches!(self.name, "元旦" | "春节" | "元宵")
    }

    /// Its day in a year: of those that the moon moves by the traditional calendar of China (GB/T 33661-2017). 清明 follows the
    /// sun, and 两节 are two: they have none.
    pub(super) fn day(&self, year: i16) -> Option<Day> {
        match self.name {
            "元旦" => Day::from_ymd(year, 1, 1),
            "五一" | "劳动节" => Day::from_ymd(year, 5, 1),
            "七一" => Day::from_ymd(year, 7, 1),
            "八一" => Day::from_ymd(year, 8, 1),
            "国庆" => Day::from_ymd(year, 10, 1),
            "春节" => by_the_moon(year, 1, 1),
            "元宵" => by_the_moon(year, 1, 15),
            "端午" => by_the_moon(year, 5, 5),
            "中秋" => by_the_moon(year, 8, 15),
            "重阳" => by_the_moon(year, 9, 9),
            _ => None,
        }
    }
}

/// A day of the traditional calendar of China, in the year of our calendar in which its own begins.
fn by_the_moon(year: i16, month: u8, day: u8) -> Option<Day> {
    let date = Date::try_new_chinese_traditional(year.into(), Month::new(month), day).ok()?;
    let date = date.to_calendar(icu_calendar::Iso);
    Day::from_ymd(
        year,
        date.month().ordinal.try_into().ok()?,
        date.day_of_month().0.try_into().ok()?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moon_moves_festivals() {
        for (words, year, expected) in [
            ("春节前", 2023, Some("2023-01-22")),
            ("春节假期前", 2024, Some("2024-02-10")),
            ("春节之前", 2025, Some("2025-01-29")),
            ("元宵节前", 2024, Some("2024-02-24")),
            ("端午节前", 2022, Some("2022-06-03")),
            ("中秋\"节前", 2020, Some("2020-10-01")),
            ("重阳节以前", 2023, Some("2023-10-23")),
            ("清明节前", 2024, None),
            ("两节前", 2024, None),
        ] {
            let festival = Festival::before(words).expect(words);
            let day = festival.day(year).map(|day| day.to_string());
            assert_eq!(day.as_deref(), expected, "{words} {year}");
        }
    }

    #[test]
    fn a_festival_alone_limits_nothing() {
        assert!(Festival::before("春节期间").is_none());
    }
}
