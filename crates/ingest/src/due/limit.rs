//! What around a date makes it a deadline: 到2024年, 6月底前完成, 三年内. Dates tell of much else.

use super::{
    DueWords, Shown, begins,
    date::{date, han_len, is_inside},
};
use crate::{number::digits, words::Words};
use domain::{deadline::DueDate, vocabulary::DueKind};

/// The deadline around the numeral at `at`: where it starts, and what it is; or how far to skip.
pub(super) fn read(words: &str, at: usize, year: Option<i16>) -> Result<(usize, DueWords), usize> {
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
