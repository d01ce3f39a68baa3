//! Step 7: deadlines: the words and what they mean.

mod date;
mod festival;
mod limit;
mod undated;
mod year;

use crate::number::{digits, han_digit};
use date::{date, figures, year_from_here};
use domain::{clause::Confidence, deadline::DueDate, vocabulary::DueKind};
use festival::Festival;
use limit::read;
use std::ops::Range;
use undated::{each, word};
pub(crate) use year::{
    only_year, only_year_named, only_year_of_months, year_number, year_of_number,
};

/// A deadline in the folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DueWords {
    pub(crate) range: Range<usize>,
    pub(crate) kind: DueKind,
    pub(crate) date: Option<DueDate>,
    /// What shows that it is a deadline.
    pub(crate) shown: Shown,
}

/// What shows that words are a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// 2024年底前, 到2024年
    Limit,
    /// 三年内
    Span,
    /// 持续推进, 每月
    Word,
    /// A date alone, in a place where a deadline is expected.
    Place,
}

impl Shown {
    /// The name of the rule.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::Limit => "due_limit",
            Self::Span => "due_within",
            Self::Word => "due_word",
            Self::Place => "due_date_in_place",
        }
    }

    /// How sure it is.
    pub(crate) fn confidence(self) -> Confidence {
        Confidence::percent(match self {
            Self::Limit => 92,
            Self::Span => 85,
            Self::Word => 90,
            Self::Place => 80,
        })
    }
}

/// The first deadline by a date or within a time in `range`. A bare month or 年底 is of `year`, the document's own.
///
/// What only looks like one: a start (自2021年起), what has been (截至2019年底), a year that is just named.
pub(crate) fn find(text: &str, range: Range<usize>, year: Option<i16>) -> Option<DueWords> {
    let words = &text[range.clone()];
    let mut next = 0;
    while let Some(at) = next_place(words, next) {
        let again = words[at..].starts_with('每');
        let due = if again {
            each(words, at)
        } else {
            read(words, at, year)
        };
        match due {
            Ok((start, due)) => {
                return Some(DueWords {
                    range: range.start + start..range.start + due.range.end,
                    ..due
                });
            }
            Err(skip) => next = at + skip,
        }
    }
    None
}

/// The first place from `from` on where a deadline may begin.
fn next_place(words: &str, from: usize) -> Option<usize> {
    let mut places = words[from..].char_indices();
    let begin = places.find(|&(at, c)| {
        let rest = &words[from + at..];
        c == '每' || begins(c) || Festival::begins(rest) || year_from_here(rest).is_some()
    });
    begin.map(|(at, _)| from + at)
}

fn begins(c: char) -> bool {
    c.is_ascii_digit() || c == '年' || c == '十' || han_digit(c).is_some()
}

/// All deadlines where one is expected: 立行立改,长期坚持; 2023年底前完成,并持续推进. What is said twice counts once.
pub(crate) fn all_expected(text: &str, range: Range<usize>, year: Option<i16>) -> Vec<DueWords> {
    let mut dues: Vec<DueWords> = vec![];
    let mut year = year;
    for part in parts(text, range.clone()) {
        // A bare date counts where no other does.
        let dated = dues.iter().any(|due| due.kind == DueKind::ByDate);
        let due = find(text, part.clone(), year).or_else(|| word(text, part.clone()));
        let due = due.or_else(|| expected(text, part, year).filter(|_| !dated));
        let Some(due) = due else { continue };
        year = due.date.and_then(year_of).or(year);
        let said = |other: &DueWords| other.kind == due.kind && other.date == due.date;
        if !dues.iter().any(said) {
            dues.push(due);
        }
    }
    if dues.is_empty() {
        dues.extend(expected(text, range, year));
    }
    dues
}

/// The deadlines of words that say nothing else: (长期坚持), 立行立改、持续推进.
pub(crate) fn alone(text: &str, range: Range<usize>) -> Vec<DueWords> {
    const VERBS: [&str; 7] = ["推进", "坚持", "落实", "实施", "整改", "执行", "开展"];
    let dues = parts(text, range).map(|part| {
        let due = word(text, part.clone())?;
        let behind = &text[due.range.end..part.end];
        let whole = due.range.start == part.start && (behind.is_empty() || VERBS.contains(&behind));
        whole.then_some(due)
    });
    dues.collect::<Option<_>>().unwrap_or_default()
}

/// The parts of a text between the signs and words that join deadlines.
fn parts(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let joins = |c| matches!(c, ',' | ';' | '、' | '。' | '并' | '和' | '\n');
    let parts = crate::bracket::split_outside(text, range, joins);
    parts
        .map(|(_, part)| crate::line::trimmed(text, part))
        .filter(|part| !part.is_empty())
}

/// A deadline where one is expected: behind a label or as a part of a clause. Words such as 持续推进 count here, and so
/// does a bare date.
pub(crate) fn expected(text: &str, range: Range<usize>, year: Option<i16>) -> Option<DueWords> {
    if let Some(due) = find(text, range.clone(), year) {
        return Some(due);
    }
    let words = &text[range.clone()];
    let said = |at: usize, len: usize, kind, date, shown| DueWords {
        range: range.start + at..range.start + at + len,
        kind,
        date,
        shown,
    };
    if let Some((at, mut len, mut date)) = figures(words) {
        // 2026.02.01-2026.11.30 ends with the second.
        let behind = &words[at + len..];
        if let Some(rest) = behind.strip_prefix(['-', '~', '至'])
            && let Some((0, second_len, second)) = figures(rest)
        {
            len += behind.len() - rest.len() + second_len;
            date = second;
        }
        return Some(said(at, len, DueKind::ByDate, Some(date), Shown::Place));
    }
    if let Some(due) = word(text, range.clone()) {
        return Some(due);
    }
    let half = ["上半年", "下半年"]
        .iter()
        .filter_map(|half| words.find(half));
    let at = next_place(words, 0).into_iter().chain(half).min()?;
    // 112-113年 says what it counts behind the second.
    let from = digits(&words[at..]);
    let from = from + usize::from(from > 0 && words[at + from..].starts_with(['-', '~']));
    let (mut last, mut len) = date(&words[at..], year).or_else(|| {
        let (last, len) = date(&words[at + from..], year)?;
        Some((last, from + len))
    })?;
    // 2023年-2025年 ends with the second.
    let behind = &words[at + len..];
    if let Some(sign) = behind.chars().next().filter(|c| "-~至到".contains(*c))
        && let Some((second, second_len)) =
            date(&behind[sign.len_utf8()..], last.and_then(year_of).or(year))
    {
        last = second;
        len += sign.len_utf8() + second_len;
    }
    Some(said(at, len, DueKind::ByDate, last, Shown::Place))
}

fn year_of(date: DueDate) -> Option<i16> {
    match date {
        DueDate::Year(year) | DueDate::Month(year, _) => Some(year),
        DueDate::Day(day) => Some(day.date()?.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(due: Option<DueWords>, text: &str) -> String {
        due.map_or_else(String::new, |due| {
            let date = due.date.map_or_else(String::new, |date| format!(" {date}"));
            format!("{} {}{date}", &text[due.range], due.kind)
        })
    }

    #[test]
    fn deadlines_in_prose_are_told_from_other_dates() {
        for (text, expected) in [
            ("到2024年,取得成效", "到2024年 by_date 2024"),
            ("力争到2025年底建成", "到2025年底 by_date 2025"),
            ("2023年12月底前完成", "2023年12月底前 by_date 2023-12"),
            ("2024年6月30日前完成", "2024年6月30日前 by_date 2024-06-30"),
            ("二〇二四年底前完成", "二〇二四年底前 by_date 2024"),
            ("二○二五年六月底前", "二○二五年六月底前 by_date 2025-06"),
            ("114年12月底前", "114年12月底前 by_date 2025-12"),
            ("建校110年", ""),
            ("6月底完成", "6月底 by_date 2022-06"),
            (
                "二〇二四年六月底前完成",
                "二〇二四年六月底前 by_date 2024-06",
            ),
            ("2024年第三季度末完成", "2024年第三季度末 by_date 2024-09"),
            ("2024年上半年完成", "2024年上半年 by_date 2024-06"),
            ("年底前完成", "年底前 by_date 2022"),
            ("年内完成改造", "年内 by_date 2022"),
            ("2014年年底前完成", "2014年年底前 by_date 2014"),
            ("6月中旬前完成", "6月中旬前 by_date 2022-06"),
            (
                "2000年底前建成的小区,2023年底前改造",
                "2023年底前 by_date 2023",
            ),
            ("2023年内建成", "2023年内 by_date 2023"),
            ("2023年内蒙古增长", ""),
            ("全年内部审计", ""),
            ("近年内需增长", ""),
            ("2023年7月至12月底前", "2023年7月至12月底前 by_date 2023-12"),
            ("2023年1-11月底前", "2023年1-11月底前 by_date 2023-11"),
            ("用三年内时间", "三年内 within"),
            ("10个工作日内办结", "10个工作日内 within"),
            ("自2021年1月1日起施行,到2023年", "到2023年 by_date 2023"),
            ("国庆节前完成", "国庆节前 by_date 2022-10-01"),
            ("今年年底前完成", "今年年底前 by_date 2022"),
            ("明年6月底前完成", "明年6月底前 by_date 2023-06"),
            ("明年再办", ""),
            ("2024年q3完成", "2024年q3 by_date 2024-09"),
            ("确保\"五一\"前投用", "五一\"前 by_date 2022-05-01"),
            ("2024年元旦前,春节前完成", "2024年元旦前 by_date 2024-01-01"),
            ("春节前后,端午节前完成", "端午节前 by_date 2022-06-03"),
            ("春节前完成", "春节前 by_date"),
            ("2025年春节前完成", "2025年春节前 by_date 2025-01-29"),
            ("明年春节前完成", "明年春节前 by_date 2023-01-22"),
            ("清明节前完成", "清明节前 by_date"),
            ("于6月底前完成清淤", "6月底前 by_date 2022-06"),
            ("于2月5日前报送督查室", ""),
            ("于2月5日前将名单报督查室", ""),
            ("截至2019年底,已建成", ""),
            ("有效期至2026年12月31日", ""),
            ("2022年1月1日至2022年12月31日,减征税费", ""),
            ("2025年起实施", ""),
            ("2021年计划", ""),
            ("打造100个项目", ""),
            ("一系列重要指示", ""),
            ("2023年13月前", ""),
            ("每年12月底前报送", "每年12月底前 recurring"),
            ("每月10日前通报,2023年底前完成", "每月10日前 recurring"),
            ("每年开展一次,2023年底前完成", "2023年底前 by_date 2023"),
        ] {
            assert_eq!(
                shown(find(text, 0..text.len(), Some(2022)), text),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn where_a_deadline_is_expected_words_and_bare_dates_count() {
        for (text, expected) in [
            ("持续推进", "持续推进 ongoing"),
            ("2023年", "2023年 by_date 2023"),
            ("2023年12月", "2023年12月 by_date 2023-12"),
            ("113年-115年", "113年-115年 by_date 2026"),
            ("112-113年", "112-113年 by_date 2024"),
            ("2026年第四季", "2026年第四季 by_date 2026-12"),
            ("全年", "全年 whole_year"),
            ("2023.12", "2023.12 by_date 2023-12"),
            ("2023-12-31", "2023-12-31 by_date 2023-12-31"),
            ("2023年7月-12月", "2023年7月-12月 by_date 2023-12"),
            ("每月28日前", "每月28日前 recurring"),
            ("每年底前", "每年底前 recurring"),
            ("每季度末", "每季度末 recurring"),
            ("每半年", "每半年 recurring"),
            ("每季", "每季 recurring"),
            ("每个月", "每个月 recurring"),
            ("修路1200米(2023.12)", "2023.12 by_date 2023-12"),
            ("修路2050米(2023.12)", "2023.12 by_date 2023-12"),
            ("12月底前", "12月底前 by_date"),
            ("2023年6月30\n日前", "2023年6月30\n日前 by_date 2023-06-30"),
            ("2023年9月\n20日前", "2023年9月\n20日前 by_date 2023-09-20"),
            ("每学期", "每学期 recurring"),
            ("2023年2月30日前", ""),
            ("市科技局", ""),
        ] {
            let year = None;
            assert_eq!(shown(expected_in(text, year), text), expected, "{text}");
        }
    }

    #[test]
    fn a_stretch_of_time_in_figures_is_due_by_its_end() {
        for (text, expected) in [
            (
                "2026.02.01-2026.11.30",
                "2026.02.01-2026.11.30 by_date 2026-11-30",
            ),
            ("2023.3至2023.6", "2023.3至2023.6 by_date 2023-06"),
            ("2023-06-30", "2023-06-30 by_date 2023-06-30"),
        ] {
            assert_eq!(shown(expected_in(text, None), text), expected, "{text}");
        }
    }

    #[test]
    fn several_deadlines_may_stand_beside_each_other() {
        for (text, expected) in [
            ("立行立改,长期坚持", "立行立改 immediate|长期坚持 ongoing"),
            ("长期坚持、持续推进", "长期坚持 ongoing"),
            ("全年持续推进", "持续推进 ongoing"),
            (
                "2023年6月底前完成并持续推进",
                "2023年6月底前 by_date 2023-06|持续推进 ongoing",
            ),
            (
                "2022年底前建成,2024年底前达标",
                "2022年底前 by_date 2022|2024年底前 by_date 2024",
            ),
            (
                "2022年6月底前启动,12月底前完成",
                "2022年6月底前 by_date 2022-06|12月底前 by_date 2022-12",
            ),
            (
                "2023年12月,长期坚持",
                "2023年12月 by_date 2023-12|长期坚持 ongoing",
            ),
        ] {
            let dues = all_expected(text, 0..text.len(), Some(2021)).into_iter();
            let dues: Vec<_> = dues.map(|due| shown(Some(due), text)).collect();
            assert_eq!(dues.join("|"), expected, "{text}");
        }
    }

    #[test]
    fn words_that_say_nothing_else_are_deadlines_by_themselves() {
        for (text, expected) in [
            ("长期坚持", 1),
            ("立行立改、持续推进", 2),
            ("持续推进改革", 0),
            ("长期坚持党的领导", 0),
        ] {
            assert_eq!(alone(text, 0..text.len()).len(), expected, "{text}");
        }
    }

    fn expected_in(text: &str, year: Option<i16>) -> Option<DueWords> {
        super::expected(text, 0..text.len(), year)
    }
}
