//! Step 2: what a document says of itself: title, issuer, number, dates, the place whose government speaks, and the
//! documents that it cites.

use crate::{
    due::year_number,
    frame::{Frame, ends_like_title},
    kind::shows_party,
    line::Line,
    number::han,
};
use domain::{directory::Directory, fold::Folded, text::Span, time::Day};
use regex::Regex;
use rustc_hash::FxHashSet;
use std::{ops::Range, sync::LazyLock};

/// What a document says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) title: String,
    pub(crate) issuer: Option<String>,
    pub(crate) number: Option<String>,
    pub(crate) issued_on: Option<Day>,
    pub(crate) posted_on: Option<Day>,
    pub(crate) jurisdiction: Option<String>,
    pub(crate) cites: Vec<Span>,
}

/// Reads it.
pub(crate) fn head(
    folded: &Folded,
    lines: &[Line],
    frame: &Frame,
    directory: Option<&Directory>,
) -> Head {
    let text = folded.text();
    let mut head = Head::default();
    let written = |range: Range<usize>| folded.written(range);
    let own_title = if frame.title.is_empty() {
        title_behind_notice(text, lines, frame.body.clone())
    } else {
        frame.title.clone()
    };
    let title: String = lines[own_title.clone()]
        .iter()
        .map(|line| &text[line.range.clone()])
        .collect();
    for line in &lines[own_title.clone()] {
        head.title.push_str(&written(line.range.clone()));
    }
    let mut title = title;
    if title.is_empty()
        && let Some(words) = lines.first().and_then(|line| title_in_line(text, line))
    {
        text[words.clone()].clone_into(&mut title);
        head.title = written(words);
    }
    for line in &lines[frame.about.clone()] {
        about(&mut head, text, line, written);
    }
    // On the letterhead the number stands above the title.
    let letterhead = &lines[own_title.start.saturating_sub(LETTERHEAD)..own_title.start];
    for line in letterhead.iter().rev() {
        if let Some(number) = NUMBER.find(&text[line.range.clone()])
            && number.range() == (0..line.range.len())
        {
            head.number
                .get_or_insert_with(|| written(line.range.clone()));
        }
    }
    // Who signs stands behind the text, or behind the notice that goes before it.
    signature(&mut head, text, &lines[frame.body.start..], written);
    if let Some((issuer, _)) = title.split_once("关于")
        && let issuer = issuer.trim_end()
        && shows_party(issuer)
        && !is_mere_place(issuer)
    {
        // 区人民政府 in a title leaves out the place that it has where it signs: 和平区人民政府.
        let signs_in_full = |name: &String| domain::fold::fold(name).ends_with(issuer);
        if !head.issuer.as_ref().is_some_and(signs_in_full) {
            let line = &lines[own_title.start].range;
            let end = line.end.min(line.start + issuer.len());
            head.issuer = Some(written(line.start..end));
        }
    }
    let issuer = head.issuer.as_deref().map(domain::fold::fold);
    head.jurisdiction = place(announced(&title), directory)
        .or_else(|| place(&title, directory))
        .or_else(|| place(issuer.as_deref()?, directory));
    if let (Some(first), Some(last)) = (
        lines.get(frame.body.start),
        lines[frame.body.clone()].last(),
    ) {
        head.cites = cites(folded, first.range.start..last.range.end);
    }
    head
}

/// The title of the plan itself, behind the notice that sends it out, where a page leaves out the title of the notice.
fn title_behind_notice(text: &str, lines: &[Line], body: Range<usize>) -> Range<usize> {
    let words = |index: usize| &text[lines[index].range.clone()];
    let mut behind = body.skip_while(|&index| !is_date_line(words(index)));
    behind.next();
    let title = behind.take(2).find(|&index| ends_like_title(words(index)));
    title.map_or(0..0, |index| index..index + 1)
}

/// The title that a document on one line begins with: up to the first of what plans call themselves that a space, a
/// bracket, a number or an address follows.
fn title_in_line(text: &str, line: &Line) -> Option<Range<usize>> {
    const LONGEST: usize = 80;
    let words = &text[line.range.clone()];
    let places = words.char_indices().take(LONGEST).skip(5);
    let mut ends = places.filter_map(|(at, c)| {
        let bounds = matches!(c, ' ' | '(' | '各' | '为' | '一') || c.is_ascii_digit();
        (bounds && ends_like_title(&words[..at])).then_some(line.range.start + at)
    });
    let end = ends.next()?;
    let plain = !text[line.range.start..end].contains(['。', ',', ':']);
    plain.then(|| crate::line::trimmed(text, line.range.start..end))
}

/// One line between title and text.
fn about(head: &mut Head, text: &str, line: &Line, written: impl Fn(Range<usize>) -> String) {
    let words = &text[line.range.clone()];
    if let Some(day) = day(words) {
        let says = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
        // A date written out is the document's, one in figures the page's, unless the line says which.
        let issue = says(&["成文日期", "印发日期", "发文日期"])
            || (says(&["年"]) && !says(&["发布", "时间", "来源"]));
        let slot = if issue {
            &mut head.issued_on
        } else {
            &mut head.posted_on
        };
        slot.get_or_insert(day);
    }
    if let Some(number) = NUMBER.find(words)
        && number.end() == words.trim_end_matches(')').len()
        && head.number.is_none()
    {
        let start = line.range.start;
        head.number = Some(written(start + number.start()..start + number.end()));
    }
}

/// Who signs, and the day of issue: a line with a date alone, and the one above it.
fn signature(
    head: &mut Head,
    text: &str,
    lines: &[Line],
    written: impl Fn(Range<usize>) -> String,
) {
    for (index, line) in lines.iter().enumerate() {
        let words = &text[line.range.clone()];
        if is_date_line(words)
            && let Some(day) = day(words)
        {
            head.issued_on.get_or_insert(day);
            if let Some(above) = index.checked_sub(1).map(|above| lines[above].range.clone())
                && shows_party(&text[above.clone()])
            {
                head.issuer.get_or_insert(written(above));
            }
        }
    }
}

/// Whether a title only says where: 和平区关于…. A place as such issues nothing.
fn is_mere_place(words: &str) -> bool {
    first_place(words, &["市", "州", "县", "区", "旗"]) == Some(words.len())
}

/// Whether a line is a date written out and nothing more.
pub(crate) fn is_date_line(words: &str) -> bool {
    const LONGEST: &str = "二〇二〇年十二月三十一日";
    words.ends_with('日') && words.len() <= LONGEST.len() && day(words).is_some()
}

/// The first full date in `words`.
fn day(words: &str) -> Option<Day> {
    figures_day(words).or_else(|| numerals_day(words))
}

/// A date in Chinese numerals: 二〇二一年三月一日.
fn numerals_day(words: &str) -> Option<Day> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("([〇○零一二三四五六七八九]{4}年)([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
            .expect("the pattern is well formed")
    });
    let [year, month, day] = DATE.captures(words)?.extract().1;
    let (year, _) = year_number(year)?;
    let number = |numerals: &str| han(numerals)?.try_into().ok();
    Day::from_ymd(year, number(month)?, number(day)?)
}

fn figures_day(words: &str) -> Option<Day> {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"((?:19|20)\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})")
            .expect("the pattern is well formed")
    });
    let [year, month, day] = DATE.captures(words)?.extract().1;
    Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The name of the plan in a title that announces it: what follows 关于印发.
fn announced(title: &str) -> &str {
    let start = ["关于印发", "关于转发"]
        .iter()
        .find_map(|word| title.find(word).map(|at| at + word.len()));
    start.map_or(title, |start| {
        title[start..].trim_start_matches(['《', '"', '〈'])
    })
}

/// The place that `words` begin with: 天津市, 天津市滨海新区, 河北省唐山市.
///
/// A district behind its city counts only if its own government speaks or the directory knows the place, since much
/// that is no place ends in 区.
fn place(words: &str, directory: Option<&Directory>) -> Option<String> {
    let mut end = first_place(words, &["省", "自治区", "市", "州", "盟", "县", "区", "旗"])?;
    while let Some(len) = first_place(&words[end..], &["市", "州", "盟", "县", "区", "旗"]) {
        let name = &words[end..end + len];
        let after = &words[end + len..];
        let speaks = ["人民政府", "政府", "委办公", "关于"]
            .iter()
            .any(|word| after.starts_with(word));
        let known = directory.is_some_and(|directory| {
            let mut entries = directory.entries().iter();
            entries.any(|entry| entry.place.as_deref() == Some(name))
        });
        if !speaks && !known {
            break;
        }
        end += len;
    }
    Some(words[..end].to_owned())
}

/// The length of the place name, two to eight characters and a level word, at the start of `words`.
fn first_place(words: &str, levels: &[&str]) -> Option<usize> {
    // 和 is none of these: 和平区, 呼和浩特市.
    const NEVER: &str = "部院委局厅关于等的与及省市";
    for (count, (at, c)) in words.char_indices().enumerate().take(9) {
        if count >= 2
            && let Some(level) = levels.iter().find(|l| words[at..].starts_with(**l))
        {
            return Some(at + level.len());
        }
        if !domain::fold::is_han(c) || NEVER.contains(c) {
            return None;
        }
    }
    None
}

/// How many lines above a title may hold its number.
const LETTERHEAD: usize = 2;

/// A document number: an office's sign, a year in brackets, a number.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\p{Han}{1,10} ?[\[(](?:19|20)\d\d[\])] ?第?\d{1,4} ?号")
        .expect("the pattern is well formed")
});

/// Words that lead to a document number in a sentence and are no part of it.
const LEADS: [&str; 16] = [
    "按照",
    "根据",
    "依据",
    "依照",
    "落实",
    "贯彻",
    "执行",
    "参照",
    "以下简称",
    "和",
    "及",
    "与",
    "见",
    "以",
    "为",
    "按",
];

fn cites(folded: &Folded, body: Range<usize>) -> Vec<Span> {
    let text = folded.text();
    let mut seen = FxHashSet::default();
    let mut cites = vec![];
    for found in NUMBER.find_iter(&text[body.clone()]) {
        let sign = found.as_str().find(['[', '(']).unwrap_or_default();
        let ends = LEADS.iter().filter_map(|lead| {
            let at = found.as_str()[..sign].rfind(lead)?;
            Some(at + lead.len())
        });
        let number = &found.as_str()[ends.max().unwrap_or_default()..];
        let begins_with_sign = number.chars().next().is_some_and(domain::fold::is_han);
        if begins_with_sign && seen.insert(number) {
            let end = body.start + found.end();
            cites.push(folded.span(end - number.len()..end));
        }
    }
    cites
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{frame::frame, line::lines};

    fn read(text: &str) -> Head {
        let folded = Folded::of(text);
        let lines = lines(folded.text());
        let frame = frame(folded.text(), &lines, 0..0);
        head(&folded, &lines, &frame, None)
    }

    #[test]
    fn a_document_says_what_it_is() {
        let text = "天津市人民政府辦公廳關於印發\n天津市數字行動計劃的通知\n津政辦發〔2021〕5號\n發佈時間：2021-03-04\n\n各區人民政府：\n根據國發〔2017〕35號和津政發〔2018〕1號、國發〔2017〕35號，為落實津政發〔2019〕2號制定本計劃，請認真貫徹落實並抓好有關工作。\n天津市人民政府辦公廳\n2021年3月1日";
        let head = read(text);
        let cites: Vec<_> = head.cites.iter().map(|c| c.slice(text).unwrap()).collect();
        assert_eq!(
            head.title,
            "天津市人民政府辦公廳關於印發天津市數字行動計劃的通知"
        );
        assert_eq!(head.issuer.as_deref(), Some("天津市人民政府辦公廳"));
        assert_eq!(head.number.as_deref(), Some("津政辦發〔2021〕5號"));
        assert_eq!(head.posted_on, "2021-03-04".parse().ok());
        assert_eq!(head.issued_on, "2021-03-01".parse().ok());
        assert_eq!(head.jurisdiction.as_deref(), Some("天津市"));
        assert_eq!(
            cites,
            ["國發〔2017〕35號", "津政發〔2018〕1號", "津政發〔2019〕2號"]
        );
    }

    #[test]
    fn who_signs_completes_the_issuer_that_the_title_shortens() {
        let text = "区人民政府办公室关于印发数字行动方案的通知\n（和政办〔2021〕 5 号）\n\n各街道办事处：\n现将方案印发给你们，请认真贯彻落实，并把完成的情况及时报告区人民政府办公室。\n和平区人民政府办公室\n二〇二一年十二月二十一日";
        let head = read(text);
        assert_eq!(head.issuer.as_deref(), Some("和平区人民政府办公室"));
        assert_eq!(head.jurisdiction.as_deref(), Some("和平区"));
        assert_eq!(head.number.as_deref(), Some("和政办〔2021〕 5 号"));
        assert_eq!(head.issued_on, "2021-12-21".parse().ok());
    }

    #[test]
    fn the_number_of_a_letterhead_is_found_and_a_place_issues_nothing() {
        let text = "和平区政府文件\n和政办〔2021〕5号\n和平区关于推进数字行动的方案\n一、甲\n乙。";
        let head = read(text);
        assert_eq!(head.number.as_deref(), Some("和政办〔2021〕5号"));
        assert_eq!(head.issuer, None);
        assert_eq!(head.jurisdiction.as_deref(), Some("和平区"));
    }

    #[test]
    fn a_page_without_the_title_of_its_notice_has_that_of_the_plan() {
        let text = "津政办发〔2021〕5号\n各区人民政府：\n《天津市数字行动方案》已经市政府同意，现印发给你们，请认真贯彻落实并及时报告情况。\n天津市人民政府\n2021年3月1日\n天津市数字行动方案\n为加快数字化转型，推动高质量发展，结合本市的实际情况，特制定本行动方案。\n一、甲\n乙。";
        let head = read(text);
        assert_eq!(head.title, "天津市数字行动方案");
        assert_eq!(head.number.as_deref(), Some("津政办发〔2021〕5号"));
        assert_eq!(head.issuer.as_deref(), Some("天津市人民政府"));
        assert_eq!(head.jurisdiction.as_deref(), Some("天津市"));
    }

    #[test]
    fn a_document_on_one_line_has_its_title() {
        let head = read(
            "临溪县人民政府关于印发数字乡村行动方案的通知 各乡镇人民政府: 现将方案印发给你们。一、任务(一)建设平台。(县发改局负责)",
        );
        assert_eq!(head.title, "临溪县人民政府关于印发数字乡村行动方案的通知");
        assert_eq!(head.jurisdiction.as_deref(), Some("临溪县"));
    }

    #[test]
    fn the_place_is_the_one_whose_government_speaks() {
        for (title, expected) in [
            (
                "天津市建设国家新一代人工智能创新发展试验区行动计划",
                Some("天津市"),
            ),
            (
                "天津市滨海新区人民政府关于印发方案的通知",
                Some("天津市滨海新区"),
            ),
            ("河北省唐山市人民政府关于方案的通知", Some("河北省唐山市")),
            ("天津市老旧小区改造方案", Some("天津市")),
            ("呼和浩特市数字方案", Some("呼和浩特市")),
            ("内蒙古自治区数字方案", Some("内蒙古自治区")),
            ("国务院关于印发规划的通知", None),
            ("科技部关于支持天津市的函", None),
        ] {
            let found = place(announced(title), None).or_else(|| place(title, None));
            assert_eq!(found.as_deref(), expected, "{title}");
        }
    }
}
