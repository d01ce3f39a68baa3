//! Step 9a: deadlines: the words and what they mean.

mod festival;

use crate::{
    number::{digits, han, han_digit},
    words::Words,
};
use domain::{clause::Confidence, deadline::DueDate, time::Day, vocabulary::DueKind};
use festival::Festival;
use std::ops::Range;

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

/// The deadline at 每, if it says by when each time; or how far to skip.
fn each(words: &str, at: usize) -> Result<(usize, DueWords), usize> {
    let (len, limit) = recurring(&words[at..]).unwrap_or(('每'.len_utf8(), false));
    if !limit {
        return Err(len);
    }
    let due = DueWords {
        range: at..at + len,
        kind: DueKind::Recurring,
        date: None,
        shown: Shown::Limit,
    };
    Ok((at, due))
}

/// The length of 每年12月底前, 每季度 at the start of `words`, and whether it says by when each time.
fn recurring(words: &str) -> Option<(usize, bool)> {
    let rest = words.strip_prefix('每')?;
    let unit = ["年度", "半年", "季度", "个月", "年", "季", "月", "周", "日"]
        .iter()
        .find(|unit| rest.starts_with(**unit))?;
    let len = '每'.len_utf8() + unit.len();
    let within = |c: char| {
        c.is_ascii_digit()
            || crate::number::is_han_numeral(c)
            || "月日号底末初上中下旬前".contains(c)
    };
    let more = words[len..]
        .find(|c| !within(c))
        .unwrap_or(words.len() - len);
    let limit = words[len..len + more].ends_with(['前', '底', '末', '初', '旬']);
    Some(if limit {
        (len + more, true)
    } else {
        (len, false)
    })
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
    let dues = parts(text, range).into_iter().map(|part| {
        let due = word(text, part.clone())?;
        let behind = &text[due.range.end..part.end];
        let whole = due.range.start == part.start && (behind.is_empty() || VERBS.contains(&behind));
        whole.then_some(due)
    });
    dues.collect::<Option<_>>().unwrap_or_default()
}

/// The parts of a text between the signs and words that join deadlines.
fn parts(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let joins = |c: char| ",;、。并和\n".contains(c);
    let parts = crate::bracket::split_outside(text, range, joins);
    parts
        .map(|(_, part)| crate::line::trimmed(text, part))
        .filter(|part| !part.is_empty())
        .collect()
}

/// The first word such as 持续推进 in a range.
fn word(text: &str, range: Range<usize>) -> Option<DueWords> {
    let words = &text[range.clone()];
    let (at, len, kind) = WORDS.iter().find_map(|(word, kind)| {
        let at = words.find(word)?;
        let len = recurring(&words[at..]).map_or(word.len(), |(len, _)| len);
        Some((at, len, *kind))
    })?;
    Some(DueWords {
        range: range.start + at..range.start + at + len,
        kind,
        date: None,
        shown: Shown::Word,
    })
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

const WORDS: &[(&str, DueKind)] = &[
    ("立行立改", DueKind::Immediate),
    ("长期坚持", DueKind::Ongoing),
    ("长期有效", DueKind::Ongoing),
    ("长期推进", DueKind::Ongoing),
    ("持续推进", DueKind::Ongoing),
    ("持续实施", DueKind::Ongoing),
    ("持续进行", DueKind::Ongoing),
    ("持续办理", DueKind::Ongoing),
    ("持续执行", DueKind::Ongoing),
    ("持续开展", DueKind::Ongoing),
    ("常年坚持", DueKind::Ongoing),
    ("常年", DueKind::Ongoing),
    ("常态化", DueKind::Ongoing),
    ("常态工作", DueKind::Ongoing),
    ("持续", DueKind::Ongoing),
    ("长期", DueKind::Ongoing),
    ("经常性", DueKind::Ongoing),
    ("按年度", DueKind::Recurring),
    ("每半年", DueKind::Recurring),
    ("每日", DueKind::Recurring),
    ("每年", DueKind::Recurring),
    ("每季度", DueKind::Recurring),
    ("每月", DueKind::Recurring),
    ("每周", DueKind::Recurring),
    ("全年", DueKind::WholeYear),
    ("立即", DueKind::Immediate),
];

fn begins(c: char) -> bool {
    c.is_ascii_digit() || c == '年' || c == '十' || han_digit(c).is_some()
}

/// The deadline around the numeral at `at`: where it starts, and what it is; or how far to skip.
fn read(words: &str, at: usize, year: Option<i16>) -> Result<(usize, DueWords), usize> {
    let numerals: usize = if words[at..].starts_with("年年") {
        '年'.len_utf8()
    } else {
        let numerals = words[at..].chars().take_while(|&c| begins(c));
        numerals.map(char::len_utf8).sum()
    };
    if let Some(len) = within(&words[at..]) {
        return Ok((
            at,
            DueWords {
                range: at..at + len,
                kind: DueKind::Within,
                date: None,
                shown: Shown::Span,
            },
        ));
    }
    let Some((date, len)) = date(&words[at..], year) else {
        let first = words[at..].chars().next().map_or(0, char::len_utf8);
        return Err(numerals.max(first));
    };
    let before = &words[..at];
    let after = &words[at + len..];
    // Until when a document is in force is no deadline of anybody.
    let past = [
        "截至",
        "截止",
        "自",
        "从",
        "已于",
        "有效期至",
        "有效期到",
        "几",
        "多",
        "数",
        "近",
    ]
    .iter()
    .any(|word| before.ends_with(word));
    let limit = ["之前", "以前", "前"]
        .iter()
        .find(|word| after.starts_with(**word) && !after.starts_with("前后"))
        .or_else(|| is_inside(after).then_some(&"内"));
    let until = ["到", "至", "力争"]
        .iter()
        .find(|word| before.ends_with(**word));
    let finished = after.starts_with("完成") && !matches!(date, Some(DueDate::Year(_)));
    let ends = words[..at + len].ends_with(['底', '末']) || words[at..at + len] == *"年内";
    let start = match until {
        Some(&word) if word != "力争" => at - word.len(),
        _ => at,
    };
    let behind = limit.map_or(after, |word| &after[word.len()..]);
    // 于6月底前完成 sets a limit, 于2月5日 tells of a day, and 于2月5日前报督查室 asks for a report.
    let told = before.ends_with('于') && (limit.is_none() || is_report(behind));
    // 2022年1月1日至12月31日 says how long something is in force, unless it is to be done by its end.
    let lasts = until == Some(&"至")
        && limit.is_none()
        && !finished
        && !ends
        && before.trim_end_matches('至').ends_with(['日', '年', '月']);
    let past = past || told || lasts || is_attribute(behind);
    if past || after.starts_with('起') || !(limit.is_some() || until.is_some() || finished || ends)
    {
        return Err(len);
    }
    Ok((
        start,
        DueWords {
            range: start..at + len + limit.map_or(0, |word| word.len()),
            kind: DueKind::ByDate,
            date,
            shown: Shown::Limit,
        },
    ))
}

fn year_of(date: DueDate) -> Option<i16> {
    match date {
        DueDate::Year(year) | DueDate::Month(year, _) => Some(year),
        DueDate::Day(day) => Some(day.date()?.year()),
    }
}

/// Whether a date says of something when it came to be: 2000年底前建成的小区.
fn is_attribute(behind: &str) -> bool {
    const LONGEST_VERB: usize = 4;
    let mut verb = behind.chars().take(LONGEST_VERB + 1).enumerate();
    let end = verb.find(|&(_, c)| c == '的' || !domain::fold::is_han(c));
    end.is_some_and(|(at, c)| at > 0 && c == '的')
}

/// Whether what is to be done is to report: 将名单报督查室.
fn is_report(behind: &str) -> bool {
    static REPORTS: Words =
        Words::of("报送 上报 反馈 函告 报我 报市 报省 报县 报区 报州 报督 报领导");
    let end = behind.find([',', '。', ';']).unwrap_or(behind.len());
    REPORTS.inside(&behind[..end])
}

/// Whether 内 stands here for itself and sets a limit: 年内, but not 2023年内蒙古 or 年内持续推进.
fn is_inside(words: &str) -> bool {
    const OTHER: [&str; 11] = [
        "持续", "蒙", "地", "部", "外", "容", "涝", "河", "需", "循", "控",
    ];
    let behind = words.strip_prefix('内');
    behind.is_some_and(|behind| !OTHER.iter().any(|other| behind.starts_with(other)))
}

/// The length of 三年内, 6个月内, 10个工作日内 at the start of `words`.
fn within(words: &str) -> Option<usize> {
    let numeral = digits(words).max(han_len(words));
    let rest = &words[numeral..];
    let unit = ["个工作日", "个月", "年", "周", "日", "天"]
        .iter()
        .find(|unit| rest.starts_with(**unit))?;
    let end = ["以内", "之内", "内"]
        .iter()
        .find(|end| rest[unit.len()..].starts_with(**end))?;
    // 2023年内 is in that year.
    let is_year = digits(words) == "2023".len();
    (numeral > 0 && !is_year).then(|| numeral + unit.len() + end.len())
}

fn han_len(words: &str) -> usize {
    let len = words
        .chars()
        .take(3)
        .take_while(|&c| c == '十' || han_digit(c).is_some())
        .map(char::len_utf8)
        .sum();
    if han(&words[..len]).is_some() { len } else { 0 }
}

/// The date at the start of `words`, and how long it is with a 底 or 末 behind it. Of a year that nobody says, there are
/// words but no date.
fn date(words: &str, year: Option<i16>) -> Option<(Option<DueDate>, usize)> {
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
        let rest = &words[at..];
        let count = match digits(rest).min(2) {
            0 => han_len(rest),
            count => count,
        };
        let number = &rest[..count];
        let number: i8 = number
            .parse()
            .ok()
            .or_else(|| han(number)?.try_into().ok())?;
        rest[count..]
            .starts_with(sign)
            .then_some((number, count + sign.len_utf8()))
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

/// How many years from the document's own 今年 and 明年 are at the start of `words`, and how long they are.
fn year_from_here(words: &str) -> Option<(i16, usize)> {
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
fn figures(words: &str) -> Option<(usize, usize, DueDate)> {
    let at = words.find("20").filter(|at| digits(&words[*at..]) == 4)?;
    let year = words[at..at + 4].parse().ok()?;
    let part = |from: usize| {
        let rest = words[from..].strip_prefix(['.', '-', '/'])?;
        let len = digits(rest);
        let number: i8 = rest[..len].parse().ok().filter(|_| len <= 2)?;
        Some((number, 1 + len))
    };
    let (month, month_len) = part(at + 4)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let len = 4 + month_len;
    match part(at + len) {
        Some((day, day_len)) => {
            let day = Day::from_ymd(year, month, day)?;
            Some((at, len + day_len, DueDate::Day(day)))
        }
        None => Some((at, len, DueDate::Month(year, month))),
    }
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

/// The one year whose months a text names: a page without a date of its own speaks of that year.
pub(crate) fn only_year_of_months(text: &str) -> Option<i16> {
    let years = text.match_indices('年').filter_map(|(at, sign)| {
        let month = &text[at + sign.len()..];
        let of_month = month[digits(month).min(2)..].starts_with('月');
        let before = &text[..at];
        let numerals = before
            .chars()
            .rev()
            .take(4)
            .take_while(char::is_ascii_digit);
        let (year, _) = year_number(&text[at - numerals.count()..])?;
        (of_month && !month.starts_with('月')).then_some(year)
    });
    only(years)
}

/// The one year that a text names with four figures.
pub(crate) fn only_year_named(text: &str) -> Option<i16> {
    let years = text.match_indices('年').filter_map(|(at, _)| {
        let before = &text[..at];
        let figures = before
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .count();
        let (year, _) = (figures == 4).then(|| year_number(&text[at - figures..]))??;
        Some(year)
    });
    only(years)
}

/// The year in a document's number: 2006 of 穗府办[2006]19号.
pub(crate) fn year_of_number(number: &str) -> Option<i16> {
    let (_, year) = number.split_once(['[', '('])?;
    year.get(..4)?.parse().ok()
}

/// The year that all of these are.
fn only(mut years: impl Iterator<Item = i16>) -> Option<i16> {
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

/// The one year that a title names; none of the two in 2023-2025年.
pub(crate) fn only_year(title: &str) -> Option<i16> {
    let years = title.match_indices('年').filter_map(|(at, _)| {
        let before = title[..at].strip_suffix(|c: char| c.is_ascii_digit())?;
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let range = title[..start].ends_with(['-', '至', '到', '~']);
        (!range).then(|| year_number(&title[start..]))?
    });
    let years: Vec<_> = years.map(|(year, _)| year).collect();
    match years[..] {
        [year] => Some(year),
        _ => None,
    }
}

/// The year at the start of `words` with its 年: 2024年, 二〇二四年.
pub(crate) fn year_number(words: &str) -> Option<(i16, usize)> {
    let ascii = digits(words);
    let (year, len) = if ascii > 0 {
        (words[..ascii].parse().ok()?, ascii)
    } else {
        let numerals: Vec<char> = words
            .chars()
            .take(5)
            .take_while(|&c| han_digit(c).is_some())
            .collect();
        let digits = numerals.iter().filter_map(|&c| han_digit(c));
        let year = digits.fold(0, |year, digit| year * 10 + digit as i16);
        (year, numerals.iter().map(|c| c.len_utf8()).sum())
    };
    let after = words[len..].strip_prefix('年')?;
    // Taiwan counts the years of the Republic: 114年12月底前.
    let goes_on = |c: char| c.is_ascii_digit() || "底度至到-~\n。;)".contains(c);
    let republic = ascii == 3
        && (90..=150).contains(&year)
        && (after.is_empty() || after.starts_with(goes_on));
    let year = if republic { year + 1911 } else { year };
    (1900..2200)
        .contains(&year)
        .then(|| (year, len + '年'.len_utf8()))
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
            ("12月底前", "12月底前 by_date"),
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

    #[test]
    fn the_year_of_a_title_is_the_only_one_it_names() {
        for (title, year) in [
            ("某县2022年重点工作任务分工方案", Some(2022)),
            ("智慧城市行动计划(2023-2025年)", None),
            ("三年行动计划", None),
        ] {
            assert_eq!(only_year(title), year, "{title}");
        }
    }

    fn expected_in(text: &str, year: Option<i16>) -> Option<DueWords> {
        super::expected(text, 0..text.len(), year)
    }
}
