//! The numbers of pages, on lines of their own and inside of lines, and what stands where one page ends.

use super::whole;
use crate::{kind, line::lines, number::digits, role};
use domain::fold::{Folded, is_han};
use regex::Regex;
use rustc_hash::FxHashMap;
use std::{ops::Range, sync::LazyLock};

/// Lines with nothing but the number of a page between dashes, where a text has several that count on: — 3 —. The running
/// head of the next page goes with them.
pub(super) fn marks(text: &str) -> Vec<Range<usize>> {
    const FEWEST: usize = 2;
    let lines = lines(text);
    let number = |words: &str| -> Option<u32> {
        let inner = words.strip_prefix('-')?.strip_suffix('-')?;
        inner.trim_matches(['-', ' ']).parse().ok()
    };
    let title = lines.first().map_or("", |line| &text[line.range.clone()]);
    let marks = (1..lines.len()).filter_map(|index| {
        let words = &text[lines[index].range.clone()];
        let dashed = number(words);
        let number = dashed.or_else(|| words.parse().ok())?;
        let head = lines.get(index + 1);
        let head = head.is_some_and(|line| is_running_head(&text[line.range.clone()], title));
        // A figure by itself may be a cell; one above the head of a page is none.
        let is_mark = head || dashed.is_some();
        is_mark.then_some((number, index, index + usize::from(head)))
    });
    let mut marks: Vec<_> = marks.collect();
    // A head may have another line, which then stands on every page.
    let below = |last: usize| lines.get(last + 1).map(|line| &text[line.range.clone()]);
    let first = marks.first().and_then(|(.., last)| below(*last));
    let headed = marks
        .iter()
        .all(|(_, index, last)| index < last && below(*last) == first);
    if headed && marks.len() >= FEWEST && first.is_some_and(is_head) {
        for (.., last) in &mut marks {
            *last += 1;
        }
    }
    let marks = marks.into_iter();
    let marks = marks
        .map(|(number, index, last)| (number, lines[index - 1].range.end..lines[last].range.end));
    let mut marks: Vec<_> = marks.collect();
    if marks.is_empty() {
        marks = marks_in_lines(text);
    }
    let counts_on = marks.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if marks.len() < FEWEST || !counts_on {
        return vec![];
    }
    marks.into_iter().map(|(_, range)| range).collect()
}

/// Whether words may be what each page begins with.
fn is_head(words: &str) -> bool {
    const SHORTEST: usize = 4;
    const LONGEST: usize = 40;
    let length = words.chars().count();
    let signs = |c: char| !is_han(c) && !c.is_ascii_digit() && c != ' ';
    (SHORTEST..=LONGEST).contains(&length) && !words.contains(signs)
}

/// Page marks of any kind inside of lines, with the spaces around them and the running heads behind them, where most of a
/// text's count on by one: 市供 第 2 页 销社. Between two whole names a space is left.
pub(super) fn marks_between(folded: &Folded) -> Vec<Range<usize>> {
    const FEWEST: usize = 3;
    let text = folded.text();
    let marks: Vec<_> = numbered(text).collect();
    let next = marks.windows(2).filter(|pair| pair[0].0 + 1 == pair[1].0);
    if marks.len() < FEWEST || next.count() * 2 < marks.len() || are_column(folded, &marks) {
        return vec![];
    }
    let heads = marks
        .iter()
        .filter_map(|(_, range)| head_behind(text, range.end));
    let mut count: FxHashMap<&str, usize> = FxHashMap::default();
    heads.for_each(|head| *count.entry(head).or_default() += 1);
    let with_spaces = |(_, range): (u32, Range<usize>)| {
        let head = head_behind(text, range.end).filter(|head| count[head] > 1);
        let spaces = |words: &str| words.len() - words.trim_start_matches(' ').len();
        let end = range.end + head.map_or(0, |head| spaces(&text[range.end..]) + head.len());
        let start = text[..range.start].trim_end_matches(' ').len();
        let end = end + spaces(&text[end..]);
        let left = whole::are_two(text, start, end);
        if left && text[..end].ends_with(' ') {
            start..end - 1
        } else {
            start + usize::from(left && start < range.start)..end
        }
    };
    marks.into_iter().map(with_spaces).collect()
}

/// Whether marks are a column of a table, which says on which page something stands: most of their lines have one each, in the
/// same cell of as many.
fn are_column(folded: &Folded, marks: &[(u32, Range<usize>)]) -> bool {
    const FEWEST: usize = 3;
    let mut rows: FxHashMap<(usize, usize), usize> = FxHashMap::default();
    let mut with_marks = 0;
    let mut rest = marks;
    for line in lines(folded.text()) {
        let count = rest.partition_point(|(_, mark)| mark.start < line.range.end);
        let (own, behind) = rest.split_at(count);
        rest = behind;
        with_marks += usize::from(!own.is_empty());
        if let [(_, mark)] = own
            && let Some(row) = cells_around(folded, &line.range, mark)
        {
            *rows.entry(row).or_default() += 1;
        }
    }
    let most = rows.into_values().max().unwrap_or_default();
    most >= FEWEST && most * 2 > with_marks
}

/// How many cells of a row stand before a page mark and behind it. What holds a sentence or a label is no row, and spaces make
/// one only if there are more of them than around a mark that has come between words.
fn cells_around(
    folded: &Folded,
    line: &Range<usize>,
    mark: &Range<usize>,
) -> Option<(usize, usize)> {
    const FEWEST: usize = 3;
    const LONGEST: usize = 40;
    let text = folded.text();
    let words = &text[line.clone()];
    let [before, behind] = [line.start..mark.start, mark.end..line.end].map(|range| &text[range]);
    let bars = |words: &str| words.matches('|').count();
    if words.contains('|') {
        return Some((bars(before), bars(behind)));
    }
    let written = folded.span(line.clone()).slice(folded.original());
    let tabs = written.is_some_and(|words| words.contains('\t'));
    let cells = |words: &str| words.split_whitespace().count();
    let (before, behind) = (cells(before), cells(behind));
    let short = words.chars().nth(LONGEST).is_none();
    let named = text[mark.clone()].ends_with('页');
    let apart = named && (short || before + behind >= FEWEST);
    ((tabs || apart) && !words.contains([':', '。', '('])).then_some((before, behind))
}

/// What may be a running head behind a page mark: words that spaces part from it and from what follows.
fn head_behind(text: &str, end: usize) -> Option<&str> {
    const LONGEST: usize = 120;
    let behind = text[end..].trim_start_matches(' ');
    let near = &behind[..behind.floor_char_boundary(LONGEST)];
    let head = &near[..near.find(' ')?];
    // A body that is named twice is one of a list.
    let head = Some(head).filter(|head| is_head(head) && !kind::shows_party(head))?;
    role::label_line(head).is_none().then_some(head)
}

/// Page marks beside other words of their lines: - 1 -, 第 2 页, 第2页 共5页.
fn numbered(text: &str) -> impl Iterator<Item = (u32, Range<usize>)> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"-{1,2} {0,2}(?<dashed>[0-9]{1,4}) {0,2}-{1,2}",
            r"|第 {0,2}(?<named>[0-9]{1,4}) {0,2}页(?:[ ,/]{0,3}共 {0,2}[0-9]{1,4} {0,2}页)?",
        ))
        .expect("the pattern is well formed")
    });
    MARK.captures_iter(text).filter_map(|mark| {
        let number = mark.name("dashed").or(mark.name("named"))?;
        let range = mark.get(0)?.range();
        let (before, behind) = (&text[..range.start], &text[range.end..]);
        // 2020-3-5 is a date.
        let figure = |c: char| c.is_ascii_alphanumeric();
        let between = before.ends_with(figure) || behind.starts_with(figure);
        let begins = || {
            matches!(
                before.trim_end_matches(' ').chars().next_back(),
                None | Some('\n')
            )
        };
        let ends = || {
            matches!(
                behind.trim_start_matches(' ').chars().next(),
                None | Some('\n')
            )
        };
        let apart = mark.name("named").is_some() || !between;
        let apart = apart && !(begins() && ends());
        Some((number.as_str().parse().ok()?, range)).filter(|_| apart)
    })
}

/// Whether a line names the gazette of which a page begins with it, or the document by its title, which is its first line.
fn is_running_head(words: &str, title: &str) -> bool {
    const SHORTEST: usize = 8;
    const LONGEST: usize = 40;
    let length = words.chars().count();
    let fits = (SHORTEST..=LONGEST).contains(&length) && !words.contains(['。', ',', ':', '(']);
    let issue = words.contains("公报") && words.ends_with('期');
    fits && (issue || words == title)
}

/// What law libraries write where a page of a text begins behind another, or ends before one: [接上页].
pub(super) fn seams(text: &str) -> Vec<Range<usize>> {
    const SEAMS: [&str; 3] = ["[接上页]", "[接下页]", "[转下页]"];
    let seams = SEAMS.iter().flat_map(|seam| text.match_indices(seam));
    let seams = seams.map(|(at, seam)| {
        let behind = &text[at + seam.len()..];
        at..text.len() - behind.trim_start_matches(' ').len()
    });
    seams.chain(feet(text)).collect()
}

/// What sites for documents print at the foot of each page, also where the pages are on one line: 第2页共5页.
fn feet(text: &str) -> impl Iterator<Item = Range<usize>> {
    let number = |words: &str| {
        let rest = words.trim_start_matches(' ');
        let figures = digits(rest);
        let rest = rest.get(figures..).filter(|_| (1..=4).contains(&figures))?;
        Some(words.len() - rest.trim_start_matches(' ').len())
    };
    let foot = move |at: usize| {
        let mut end = at + "第".len();
        for sign in ["页", "共", "页"] {
            if sign != "共" {
                end += number(&text[end..])?;
            }
            let rest = text[end..].trim_start_matches([' ', ',']);
            let behind = rest.strip_prefix(sign)?;
            end = text.len() - behind.len();
        }
        Some(at..end)
    };
    text.match_indices('第').filter_map(move |(at, _)| foot(at))
}

/// Numbers between dashes inside of lines, as where the pages of a document were put on one: 嘉兴港区—2—二、产业.
fn marks_in_lines(text: &str) -> Vec<(u32, Range<usize>)> {
    let mut marks = vec![];
    let mut at = 0;
    while let Some(found) = text[at..].find('-') {
        let start = at + found;
        let dashes = |words: &str| words.len() - words.trim_start_matches('-').len();
        let first = start + dashes(&text[start..]);
        let digits = text[first..].len()
            - text[first..]
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        let end = first + digits + dashes(&text[first + digits..]);
        let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let between =
            figure(text[..start].chars().next_back()) || figure(text[end..].chars().next());
        let number = text[first..first + digits].parse();
        if let Ok(number) = number
            && end > first + digits
            && !between
        {
            marks.push((number, start..end));
        }
        at = first.max(end);
    }
    marks
}

/// A line with nothing but the number of a page: — 3 —, 4、, 第5页.
pub(super) fn is_mark(words: &str) -> bool {
    let inner = words
        .trim_start_matches(['-', ' ', '第', '·', '/'])
        .trim_end_matches(['-', ' ', '页', '、', '.', '·', '/']);
    !inner.is_empty() && inner.len() <= 4 && digits(inner) == inner.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn a_column_of_pages_stays() {
        for text in [
            "1\t修路\t第1页\t县交通局\n2\t建桥\t第2页\t县交通局\n3\t种树\t第3页\t县林业局",
            "1 修路 第1页 县交通局 6月\n2 建桥 第2页 县交通局 7月\n3 种树 第3页 县林业局 8月",
            "1 修路 报告第1页 县交通局\n2 建桥 报告第2页 县交通局\n3 种树 报告第3页 县林业局",
            "修路|第 1 页|县交通局\n建桥|第 2 页|县交通局\n种树|第 3 页|县林业局",
        ] {
            assert!(marks_between(&Folded::of(text)).is_empty(), "{text}");
        }
    }

    #[test]
    fn marks_of_pages_go_with_what_each_page_begins_with() {
        for (text, clean) in [
            (
                "甲。(县财 - 1 - 政局、县民第 2 页 政局、县教第3页 共4页 青峰县人民政府文件 育局、县水- 4 - 青峰县人民政府文件 利局)",
                "甲。(县财政局、县民政局、县教育局、县水利局)",
            ),
            (
                "见第3页和第9页，另见第12页 附表",
                "见第3页和第9页,另见第12页 附表",
            ),
        ] {
            let folded = Folded::of(text);
            let marks = marks_between(&folded);
            assert_eq!(folded.without(&marks).text(), clean);
        }
        for (text, clean) in [
            (
                "责任单位：县教育局 - 1 - 县民政局\n责任单位：县财 第2页 政局\n责任单位：县残联 第3页县妇联",
                "责任单位:县教育局 县民政局\n责任单位:县财政局\n责任单位:县残联 县妇联",
            ),
            (
                "甲第1页 县河长制办公室 第2页 县河长制办公室 第3页 乙",
                "甲县河长制办公室 县河长制办公室乙",
            ),
        ] {
            let folded = Folded::of(text);
            let marks = marks_between(&folded);
            assert_eq!(folded.without(&marks).text(), clean);
        }
        let text = "甲\n8\n青峰县人民政府公报 2020年第4期\n县政府文件\n乙\n9\n青峰县人民政府公报 2020年第4期\n县政府文件\n丙";
        let folded = Folded::of(text);
        let marks = marks(folded.text());
        assert_eq!(folded.without(&marks).text(), "甲\n乙\n丙");
        assert!(super::marks("甲\n8\n青峰县水利局\n乙\n9\n青峰县水利局\n丙").is_empty());
    }
}
