//! Names that the lines of narrow cells break: 市市场监管局、市 and 供销合作社 are one cell.

use crate::{bracket::split_outside, kind, label, person::are_persons};
use domain::{directory::level_word, fold::is_han};
use std::ops::Range;

/// What the name of a body begins with that says of which level it is.
const LEVELS: [char; 9] = ['省', '市', '州', '盟', '县', '区', '旗', '镇', '乡'];

/// A name has no more lines.
const MOST_LINES: usize = 3;

/// The cells with those put together of which one ends inside of a name and the next goes on with it.
pub(super) fn names_joined(text: &str, cells: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = vec![];
    let mut at = 0;
    while at < cells.len() {
        let mut cell = cells[at].clone();
        at += 1;
        while let Some(lines) = goes_on(text, &cell, &cells[at..]) {
            cell.end = cells[at + lines - 1].end;
            at += lines;
        }
        joined.push(cell);
    }
    joined
}

/// How many of the next lines the last name of a cell takes, if it ends in none of its own.
fn goes_on(text: &str, cell: &Range<usize>, next: &[Range<usize>]) -> Option<usize> {
    let words = compact(tail(&text[cell.clone()]));
    let mut names: Vec<_> = names(&words).collect();
    let last = names.pop().filter(|last| may_be_broken(last))?;
    if !names.iter().all(|name| kind::shows_party(name)) {
        return None;
    }
    let listed = !names.is_empty();
    let mut whole = last.to_owned();
    for (index, line) in next.iter().take(MOST_LINES - 1).enumerate() {
        // 一、推进改革 begins a section, and 一 ends no name.
        if label::at(text, line.start).is_some() {
            return None;
        }
        let line = compact(&text[line.clone()]);
        let first = self::names(&line).next()?;
        // The leader has a cell of his own.
        if index == 0 && first.chars().nth(1).is_some() && are_persons(first) {
            return None;
        }
        if !first.starts_with(|c: char| is_han(c) || c == '(') {
            return None;
        }
        if index == 0 && !ends_inside(last, first, listed) {
            return None;
        }
        whole.push_str(first);
        // 人民银行中心支行 is one by 行 alone, and 各街道办事处 are several.
        let short = first.chars().nth(2).is_none();
        if kind::is_certain(&whole) || (listed || short) && kind::shows_party(&whole) {
            return Some(index + 1);
        }
        // Only a line without another name leaves the name open.
        if first.len() < line.len() {
            return None;
        }
    }
    None
}

/// The names of a list; what stands in brackets parts none.
fn names(words: &str) -> impl Iterator<Item = &str> {
    split_outside(words, 0..words.len(), |c| matches!(c, '、' | ',')).map(|(_, name)| &words[name])
}

/// Whether words are so short that they may be the beginning of a name.
fn may_be_broken(last: &str) -> bool {
    const LONGEST: usize = 10;
    !last.is_empty()
        && last.chars().nth(LONGEST).is_none()
        && last
            .chars()
            .all(|c| is_han(c) || matches!(c, '(' | ')' | '、'))
}

/// The last lines of a cell. What stands before them was looked at when they were put to it.
fn tail(words: &str) -> &str {
    const LINES: usize = 2;
    let mut ends = words.rmatch_indices('\n');
    let cut = ends.nth(LINES).map(|(at, _)| at);
    // The first name that is left may be the rest of one.
    let rest = cut.map(|at| &words[at..]);
    rest.map_or(words, |rest| {
        rest.split_once(['、', ',']).map_or(rest, |(_, rest)| rest)
    })
}

/// Whether the last words of a cell are no whole name before these, which stand behind others of a list or by themselves.
fn ends_inside(last: &str, first: &str, listed: bool) -> bool {
    const LAST: [&str; 19] = [
        "局", "委", "办", "厅", "部", "府", "会", "行", "院", "室", "团", "司", "处", "队", "科",
        "股", "站", "心", "门",
    ];
    // 各县 before (市、区)人民政府
    let of_levels = first
        .strip_prefix('(')
        .is_some_and(|inner| inner.starts_with(LEVELS));
    // 各县(市、区) before 教育局
    let of_set = || {
        let body = ["人民政府", "政府", "局", "委", "办"]
            .iter()
            .any(|body| first.ends_with(body));
        let set = last
            .strip_prefix('各')
            .is_some_and(|levels| levels.ends_with(')') && kind::is_mere_level(levels));
        set && body && level_word(first).is_none()
    };
    let levels = last.starts_with('各') && of_levels || of_set();
    // Of 人民银行中心支行 nothing is missing but its last character.
    let one = LAST.contains(&first) && !last.ends_with(first);
    let half = last.ends_with('办') && first == "事处";
    let broken = levels || one || half || breaks_field(last, first);
    if broken || kind::shows_party(last) {
        return broken;
    }
    let certain = kind::is_certain(first);
    if !listed {
        // 市农业农 and 村局; of what is longer nobody knows whether it goes on with a task: 县级财政, 局机关建设.
        return !certain && last.starts_with(LEVELS) && first.chars().nth(2).is_none();
    }
    // A whole name goes on with another only where both may not stand by themselves: 科技, 财政局.
    let level = last.chars().nth(1).is_some() && first.starts_with(LEVELS);
    let branch = kind::is_branch(last.trim_start_matches(LEVELS));
    !certain || !level && !branch && !last.starts_with('各')
}

/// Whether a line ends amid what a body has in its care, whose words hold 和: 市住房和城, 乡建设局.
fn breaks_field(last: &str, first: &str) -> bool {
    const FIELDS: [&str; 12] = [
        "住房和城乡建设",
        "工业和信息化",
        "人力资源和社会保障",
        "林业和草原",
        "文化和旅游",
        "粮食和物资储备",
        "发展和改革",
        "自然资源和规划",
        "规划和自然资源",
        "教育和体育",
        "民族和宗教",
        "水利和湖泊",
    ];
    let begun = last.trim_start_matches(LEVELS);
    FIELDS.iter().any(|field| {
        let rest = field
            .strip_prefix(begun)
            .filter(|rest| rest.len() < field.len());
        rest.is_some_and(|rest| !rest.is_empty() && first.starts_with(rest))
    })
}

fn compact(words: &str) -> String {
    words.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_go_on_inside_of_names_and_end_behind_them() {
        for (lines, cells) in [
            (
                "市市场监管局、市|供销合作社、市林|业局|2023年",
                "市市场监管局、市供销合作社、市林业局|2023年",
            ),
            ("市工业和信|息化局|市财政局", "市工业和信息化局|市财政局"),
            ("市农业农村|局|市市场监管局", "市农业农村局|市市场监管局"),
            (
                "高新区管委会、各县|(市、区)人民政|府",
                "高新区管委会、各县(市、区)人民政府",
            ),
            ("市财政局|市科技局", "市财政局|市科技局"),
            ("人民银行中心支|行、县税务局", "人民银行中心支行、县税务局"),
            ("各街道办|事处|2022年", "各街道办事处|2022年"),
            ("市住房和城|乡建设局", "市住房和城乡建设局"),
            ("恢复线路和基站|市供电公司", "恢复线路和基站|市供电公司"),
            ("统筹发展和安全|应急管理局", "统筹发展和安全|应急管理局"),
            ("推进文化和旅游|文化体育局", "推进文化和旅游|文化体育局"),
            (
                "县级财政|局机关建设|县财政局",
                "县级财政|局机关建设|县财政局",
            ),
            ("县发改、县科技|财政局", "县发改、县科技|财政局"),
            (
                "省直各有关部|门、各市(州)|人民政府|2021年",
                "省直各有关部门、各市(州)人民政府|2021年",
            ),
            ("各县(市、区)|教育局|9月", "各县(市、区)教育局|9月"),
            ("语言文字工作|科", "语言文字工作科"),
            (
                "图书馆、学生公寓交付使用|宋长江|基建处",
                "图书馆、学生公寓交付使用|宋长江|基建处",
            ),
            ("市委办公室|一、推进改革", "市委办公室|一、推进改革"),
            ("推进市场改革、优化|营商局", "推进市场改革、优化|营商局"),
        ] {
            let text = lines.replace('|', "\n");
            let mut at = 0;
            let ranges: Vec<_> = lines
                .split('|')
                .map(|line| {
                    at += line.len() + 1;
                    at - line.len() - 1..at - 1
                })
                .collect();
            let found = names_joined(&text, &ranges);
            let found: Vec<_> = found.into_iter().map(|cell| compact(&text[cell])).collect();
            assert_eq!(found.join("|"), cells);
        }
    }
}
