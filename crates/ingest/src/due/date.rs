//! How dates are written: 2024年6月底, 第三季度, 明年春节前, 2023.12.

use super::{festival::Festival, year::year_number};
use crate::number::{digits, han, han_digit};
use domain::{deadline::DueDate, time::Day};

/// The date at the start of `words`, and how long it is with a 底 or 末 behind it. Of a year that nobody says, there are
/// words but no date.
pub(super) fn date(words: &str, year: Option<i16>) -> Option<(Option<DueDate>, usize)> {
    if let Some(rest) = words.strip_prefix('年') {
        let end = rest.starts_with(['底', '末']) || is_inside(rest);
        let end = end.then_some("年底".len())?;
        return Some((year.map(DueDate::Year), end));
    }
    if let Some((year, len)) = end_of_five_years(words) {
        return Some((Some(DueDate::Year(year)), len));
    }
    let mut len = 0;
    let from_here = year_from_here(words).and_then(|(years, len)| Some((year? + years, len)));
    let named = year_number(words).or(from_here);
    if let Some((_, year_len)) = named {
        len += year_len;
    }
    let year = named.map(|(year, _)| year).or(year);
    let number_before = |at: usize, sign: char| {
        // A narrow cell may break before the day, 9月 and 20日前, or behind its figure, 6月30 and 日前.
        let gap = usize::from(sign == '日' && words[at..].starts_with(['\n', ' ']));
        let rest = &words[at + gap..];
        let count = match digits(rest).min(2) {
            0 => han_len(rest),
            count => count,
        };
        let number = &rest[..count];
        let number: i8 = number
            .parse()
            .ok()
            .or_else(|| han(number)?.try_into().ok())?;
        let broken = sign == '日' && rest[count..].starts_with("\n日");
        let count = count + usize::from(broken);
        rest[count..]
            .starts_with(sign)
            .then_some((number, gap + count + sign.len_utf8()))
    };
    let mut date = named.map(|(year, _)| DueDate::Year(year));
    if let Some((month, part_len)) = part_of_year(&words[len..]) {
        date = year.map(|year| DueDate::Month(year, month));
        len += part_len;
    } else if let Some((month, month_len)) = months_without_unit(&words[len..]) {
        date = year.map(|year| DueDate::Month(year, month));
        len += month_len;
    } else if let Some((month, month_len)) = number_before(len, '月') {
        if !(1..=12).contains(&month) {
            return None;
        }
        date = year.map(|year| DueDate::Month(year, month));
        len += month_len;
        // 7月-12月 ends with the second.
        let sign = words[len..]
            .chars()
            .next()
            .filter(|c| "-—~至到".contains(*c));
        let last = sign.and_then(|sign| {
            let (last, last_len) = number_before(len + sign.len_utf8(), '月')?;
            (month < last && last <= 12).then_some((last, sign.len_utf8() + last_len))
        });
        if let Some((last, last_len)) = last {
            date = year.map(|year| DueDate::Month(year, last));
            len += last_len;
        }
        let day = number_before(len, '日').or_else(|| number_before(len, '号'));
        if let Some((day, day_len)) = day {
            date = match year {
                Some(year) => Some(DueDate::Day(Day::from_ymd(year, month, day)?)),
                None => None,
            };
            len += day_len;
        }
    }
    if let Some(festival) = Festival::before(&words[len..]) {
        let year = named
            .map(|(year, _)| year)
            .or(year.filter(|_| !festival.is_early()));
        let day = year.and_then(|year| festival.day(year));
        date = day.map(DueDate::Day);
        len += festival.len;
    }
    let starts = |list: &[&str]| list.iter().any(|word| words[len..].starts_with(word));
    if named.is_some() && starts(&["年底", "年末"]) {
        len += '年'.len_utf8();
    } else if len > 0 && starts(&["上旬", "中旬", "下旬"]) {
        len += "中旬".len();
    }
    if words[len..].starts_with(['底', '末']) {
        len += '底'.len_utf8();
    }
    (len > 0).then_some((date, len))
}

/// The last of two months of which the first does without its 月, and how long they are: 1-12月.
fn months_without_unit(words: &str) -> Option<(i8, usize)> {
    let number = |words: &str| -> Option<(i8, usize)> {
        let len = digits(words);
        let month = words[..len].parse().ok();
        month
            .filter(|month| (1..=12).contains(month))
            .map(|month| (month, len))
    };
    let (first, len) = number(words)?;
    let rest = words[len..].strip_prefix(['-', '—', '~', '至'])?;
    let (last, last_len) = number(rest)?;
    let behind = rest[last_len..].strip_prefix('月')?;
    (first < last).then(|| (last, words.len() - behind.len()))
}

/// The last month of 第三季度, 一季度 or 上半年 at the start of `words`, and how long that is.
fn part_of_year(words: &str) -> Option<(i8, usize)> {
    for (half, month) in [("上半年", 6), ("下半年", 12)] {
        if words.starts_with(half) {
            return Some((month, half.len()));
        }
    }
    let quarters = ["q1", "q2", "q3", "q4"];
    if let Some(quarter) = (1..)
        .zip(quarters)
        .find(|(_, quarter)| words.starts_with(quarter))
    {
        return Some((quarter.0 * 3, quarter.1.len()));
    }
    let rest = words.strip_prefix('第').unwrap_or(words);
    let first = rest.chars().next()?;
    let quarter = first.to_digit(10).or_else(|| han_digit(first))?;
    let behind = &rest[first.len_utf8()..];
    let month = i8::try_from(quarter)
        .ok()
        .filter(|quarter| (1..=4).contains(quarter))?
        * 3;
    // 第四季 is a quarter, 四季 are all of them.
    let behind = behind.strip_prefix("季度").or_else(|| {
        behind
            .strip_prefix('季')
            .filter(|_| rest.len() < words.len())
    })?;
    Some((month, words.len() - behind.len()))
}

/// How many years from the document's own 今年 and 明年 are at the start of `words`, and how long they are.
pub(super) fn year_from_here(words: &str) -> Option<(i16, usize)> {
    let (name, years) = [("今年", 0), ("当年", 0), ("明年", 1), ("后年", 2)]
        .into_iter()
        .find(|(name, _)| words.starts_with(name))?;
    // 明年 alone is no date, and 当年 tells of another.
    let behind = &words[name.len()..];
    let goes_on = behind.starts_with(['底', '末', '内'])
        || behind.starts_with("年底")
        || behind.starts_with("上半年")
        || Festival::begins(behind)
        || digits(behind).max(han_len(behind)) > 0;
    goes_on.then_some((years, name.len()))
}

/// The last year of a plan of five years, where its end is meant: 十四五末, "十四五"期末.
fn end_of_five_years(words: &str) -> Option<(i16, usize)> {
    const PLANS: [(&str, i16); 6] = [
        ("十一五", 2010),
        ("十二五", 2015),
        ("十三五", 2020),
        ("十四五", 2025),
        ("十五五", 2030),
        ("十六五", 2035),
    ];
    let (plan, year) = PLANS.iter().find(|(plan, _)| words.starts_with(plan))?;
    let rest = words[plan.len()..].trim_start_matches('"');
    let rest = rest.strip_prefix("时期").unwrap_or(rest);
    let behind = ["期末", "末"]
        .iter()
        .find_map(|end| rest.strip_prefix(end))?;
    Some((*year, words.len() - behind.len()))
}

/// A date in figures alone, 2023.12 or 2023-12-31, and where it stands.
pub(super) fn figures(words: &str) -> Option<(usize, usize, DueDate)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let years = words.match_indices("20").map(|(at, _)| at);
    // Only where figures begin are they counted, so that many of them cost no more than once.
    let mut years =
        years.filter(|at| !words[..*at].ends_with(is_digit) && digits(&words[*at..]) == 4);
    years.find_map(|at| {
        let (len, date) = figures_at(&words[at..])?;
        Some((at, len, date))
    })
}

/// The length of such a date at the start of words.
fn figures_at(words: &str) -> Option<(usize, DueDate)> {
    let year = words[..4].parse().ok()?;
    let part = |from: usize| {
        let rest = words[from..].strip_prefix(['.', '-', '/'])?;
        let len = digits(rest);
        let number: i8 = rest[..len].parse().ok().filter(|_| len <= 2)?;
        Some((number, 1 + len))
    };
    let (month, month_len) = part(4)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let len = 4 + month_len;
    match part(len) {
        Some((day, day_len)) => {
            let day = Day::from_ymd(year, month, day)?;
            Some((len + day_len, DueDate::Day(day)))
        }
        None => Some((len, DueDate::Month(year, month))),
    }
}

/// Whether 内 stands here for itself and sets a limit: 年内, but not 2023年内蒙古 or 年内持续推进.
pub(super) fn is_inside(words: &str) -> bool {
    const OTHER: [&str; 11] = [
        "持续", "蒙", "地", "部", "外", "容", "涝", "河", "需", "循", "控",
    ];
    let behind = words.strip_prefix('内');
    behind.is_some_and(|behind| !OTHER.iter().any(|other| behind.starts_with(other)))
}

pub(super) fn han_len(words: &str) -> usize {
    let len = words
        .chars()
        .take(3)
        .take_while(|&c| c == '十' || han_digit(c).is_some())
        .map(char::len_utf8)
        .sum();
    if han(&words[..len]).is_some() { len } else { 0 }
}
