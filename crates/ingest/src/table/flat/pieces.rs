//! Headings that a page breaks into several lines: 责任 over 单位, 分管 over 领导.

use crate::{
    role::Slot,
    table::{
        column::{Column, column, names_any_body, role_in},
        heading::is_heading,
    },
};
use domain::{directory::level_word, fold::is_han, vocabulary::Role};
use std::ops::Range;

/// What is broken off headings.
const PIECES: [&str; 27] = [
    "主要", "责任", "牵头", "配合", "协办", "主办", "协同", "参与", "分管", "领导", "单位", "部门",
    "机关", "科室", "处室", "公开", "主体", "依据", "名称", "完成", "时间", "节点", "进展", "情况",
    "要求", "及", "实施",
];

/// What only ends headings: 层级 below 实施.
const ENDS: [&str; 6] = ["层级", "类型", "日期", "比例", "户数", "方式"];

/// Whether words are a part of a heading rather than one: 领导, or (单位) below 责任股室.
pub(super) fn is_piece(words: &str) -> bool {
    const LONGEST: usize = 24;
    let pieces = || {
        let words = compact(words);
        let inner = words
            .strip_prefix('(')
            .and_then(|words| words.strip_suffix(')'));
        let inner = inner.unwrap_or(&words);
        PIECES.contains(&inner) || ENDS.contains(&inner)
    };
    words.len() <= LONGEST && pieces()
}

/// Whether words are a single character, as a line too narrow for a heading leaves: 位 below 牵头单.
fn is_letter(words: &str) -> bool {
    let mut letters = words.trim().chars();
    letters.next().is_some_and(is_han) && letters.next().is_none()
}

/// No heading is broken into more.
const MOST_PIECES: usize = 3;

/// The headings of cells that follow each other, some of which are pieces of one: as few and as well known as possible.
pub(super) fn whole(text: &str, cells: &[Range<usize>]) -> Vec<Range<usize>> {
    let may_be_pieces = |cell: &Range<usize>| {
        let words = &text[cell.clone()];
        is_piece(words)
            || is_bracketed(words)
            || is_seat(words)
            || is_year(words)
            || is_letter(words)
            || names_parties(words) && !names_any_body(words)
    };
    if !cells.iter().any(may_be_pieces) {
        return cells.to_vec();
    }
    // The least cost of the headings up to each cell, and of how many pieces the last of them is.
    let mut best = vec![(u32::MAX, 0); cells.len() + 1];
    best[0] = (0, 0);
    for end in 1..=cells.len() {
        for count in 1..=MOST_PIECES.min(end) {
            let total = best[end - count].0 + cost(text, &cells[end - count..end]);
            if total < best[end].0 {
                best[end] = (total, count);
            }
        }
    }
    let mut whole = vec![];
    let mut end = cells.len();
    while end > 0 {
        let count = best[end].1;
        whole.push(cells[end - count].start..cells[end - 1].end);
        end -= count;
    }
    whole.reverse();
    whole
}

/// Headings of which the last belong below one before them, as where cells of two rows follow each other: 责任单位, 完成时间,
/// then 牵头单位 and 配合单位 that stand below the first.
pub(super) fn below_one(text: &str, head: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let filled: Vec<_> = head
        .iter()
        .filter(|cell| !cell.is_empty())
        .cloned()
        .collect();
    let kind = |cell: &Range<usize>| column(&text[cell.clone()]);
    let of_parties = |cell: &Range<usize>| kind(cell).is_some_and(Column::names_parties);
    let own = filled.len()
        - filled
            .iter()
            .rev()
            .take_while(|cell| of_parties(cell))
            .count();
    let (before, below) = filled.split_at(own);
    // 责任清单 is none of bodies by itself.
    let of_duties = |cell: &Range<usize>| {
        let words = &text[cell.clone()];
        kind(cell).is_none() && ["责任", "分工"].iter().any(|word| words.contains(word))
    };
    let one = before.iter().position(of_parties);
    let generic = one.filter(|one| is_of_answering(&compact(&text[before[*one].clone()])));
    let generic = generic.or_else(|| before.iter().position(of_duties).filter(|_| one.is_none()));
    let other = below.len() > 1 && below.iter().any(|cell| kind(cell) != kind(&below[0]));
    let Some(one) = generic.filter(|one| other && before.len() > one + 1) else {
        return below_division(text, &filled).unwrap_or(head);
    };
    let rest = &before[one + 1..];
    if rest.iter().any(of_parties) {
        return head;
    }
    [&before[..one], below, rest].concat()
}

/// The same below 责任分工 or 责任落实, which no column is of: leaders may stand below it, too.
fn below_division(text: &str, filled: &[Range<usize>]) -> Option<Vec<Range<usize>>> {
    let kind = |cell: &Range<usize>| column(&text[cell.clone()]);
    let says_who = |cell: &Range<usize>| {
        matches!(
            kind(cell),
            Some(Column::States(Slot::Parties(_) | Slot::Persons))
        )
    };
    let below = filled.iter().rev().take_while(|cell| says_who(cell));
    let (before, below) = filled.split_at(filled.len() - below.count());
    let is_division = |cell: &Range<usize>| {
        let words = compact(&text[cell.clone()]);
        words.ends_with("分工") || words == "责任落实"
    };
    let one = before.iter().position(is_division)?;
    let rest = &before[one + 1..];
    let apart = !rest.is_empty() && !rest.iter().any(says_who);
    let several = below.len() > 1 && below.iter().any(|cell| kind(cell) != kind(&below[0]));
    (apart && several).then(|| [&before[..one], below, rest].concat())
}

/// How little some cells look like one heading.
fn cost(text: &str, cells: &[Range<usize>]) -> u32 {
    let words = |cell: &Range<usize>| compact(&text[cell.clone()]);
    let all: String = cells.iter().map(words).collect();
    let known = column(&all).is_some();
    let is_own = |cell: &Range<usize>| is_heading(&words(cell)) && !is_piece(&words(cell));
    match cells {
        // 时间 may be one by itself.
        [_] if is_piece(&all) && !names_parties(&all) => {
            if known {
                2
            } else {
                6
            }
        }
        // What stands in brackets is a remark on the heading above: 完成目标 over (%).
        [_] if is_bracketed(&all) => 6,
        // 牵头 is one by itself, unless 责任单位 stands below it.
        [_] if known && names_parties(&all) && !names_any_body(&all) => 1,
        [_] if known => 0,
        [_] => 4,
        // 牵头单 over 位
        [_, last] if known && is_letter(&words(last)) => 0,
        _ if is_heading(&all) => 1,
        [first, ..] if ENDS.contains(&&*words(first)) => APART,
        // 第二季度 before 完成情况: what is meant stands last.
        [first, last]
            if column(&words(last)) == Some(Column::Other)
                && column(&words(first)).is_none()
                && !names_any_body(&words(first))
                && !words(first).ends_with("对象") =>
        {
            2
        }
        [_, last] if is_bracketed(&words(last)) => 1,
        [first, last]
            if known
                && names_parties(&words(first))
                && !names_any_body(&words(first))
                && is_of_answering(&words(last)) =>
        {
            0
        }
        // 2025年 over 目标进度: of when it is.
        [year, last]
            if is_year(&words(year))
                && column(&words(last)).is_some_and(|of| of.says_what() || of == Column::Other) =>
        {
            2
        }
        // 市政府 over 分管领导: whose leaders they are.
        [whose, last]
            if is_seat(&words(whose))
                && column(&words(last)) == Some(Column::States(Slot::Persons)) =>
        {
            1
        }
        // 牵头 beside 配合 are two.
        _ if cells.iter().all(|cell| names_parties(&words(cell))) => APART,
        // 民生实事 beside 责任单位 are two.
        _ if !known || cells.iter().any(is_own) => APART,
        // 考核内容 beside 单位: what it is counted in.
        [rest @ .., last]
            if names_any_body(&words(last))
                && rest.iter().all(|cell| role_in(&words(cell)).is_none())
                && rest.iter().any(|cell| column(&words(cell)).is_some()) =>
        {
            APART
        }
        [.., last] if is_piece(&words(last)) && !names_parties(&words(last)) => 3,
        [_, _] => 5,
        _ => APART,
    }
}

/// Whether words stand in brackets, as a remark on the heading above them does.
pub(super) fn is_bracketed(words: &str) -> bool {
    words.starts_with('(') && words.ends_with(')')
}

/// Whether words are nothing but whose leaders a heading is of: 市政府, 县委办.
fn is_seat(words: &str) -> bool {
    let level = level_word(words).map_or(0, char::len_utf8);
    ["政府", "委", "政府办", "委办"].contains(&&words[level..])
}

/// Whether words are a year and no more: 2025年, 2025年度.
fn is_year(words: &str) -> bool {
    let year = words.strip_suffix("年度").or(words.strip_suffix('年'));
    year.is_some_and(|year| year.len() == 4 && year.bytes().all(|c| c.is_ascii_digit()))
}

/// Whether words are a heading of those who answer, whatever else another word says of them: 责任单位.
fn is_of_answering(words: &str) -> bool {
    role_in(words) == Some(Role::Responsible) && names_any_body(words)
}

/// Whether words by themselves are the heading of a column of parties and say in which role: 牵头, and not 科室.
fn names_parties(words: &str) -> bool {
    role_in(words).is_some() && column(words).is_some_and(Column::names_parties)
}

/// What no headings cost that stand apart.
const APART: u32 = 20;

fn compact(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_headings_are_put_together() {
        for (cells, expected) in [
            (
                "序号|民生实事|责任单位|完成时限",
                "序号|民生实事|责任单位|完成时限",
            ),
            (
                "序号|重点工作|责任|领导|责任|科室|攻坚目标|工作安排|第二季度|完成情况",
                "序号|重点工作|责任 领导|责任 科室|攻坚目标|工作安排|第二季度 完成情况",
            ),
            ("序号|任务|措施|牵头|配合", "序号|任务|措施|牵头|配合"),
            (
                "序号|考核内容|单位|年度目标|责任|部门",
                "序号|考核内容|单位|年度目标|责任 部门",
            ),
            (
                "序号|任务|市级牵头|责任单位|完成目标|(%)|备注",
                "序号|任务|市级牵头 责任单位|完成目标 (%)|备注",
            ),
            (
                "序号|工作任务|市政府|分管领导|牵头单位",
                "序号|工作任务|市政府 分管领导|牵头单位",
            ),
            (
                "序号|项目|责任单位|总投资|(万元)|2025年|目标进度",
                "序号|项目|责任单位|总投资 (万元)|2025年 目标进度",
            ),
            (
                "序号|工作任务|牵头|单位|配合|单位|完成|时限",
                "序号|工作任务|牵头 单位|配合 单位|完成 时限",
            ),
        ] {
            let text = cells.replace('|', " ");
            let mut at = 0;
            let cells = cells.split('|').map(|cell| {
                at += cell.len() + 1;
                at - cell.len() - 1..at - 1
            });
            let found = whole(&text, &cells.collect::<Vec<_>>());
            let shown: Vec<_> = found.into_iter().map(|range| &text[range]).collect();
            assert_eq!(shown.join("|"), expected);
        }
    }
}
