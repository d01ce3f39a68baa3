//! Spaces that stretch labels, verbs, numbers and dates, or stand around signs.

use super::whole;
use crate::{
    label,
    line::{begins_line, lines},
    number::{digits, is_han_numeral},
    role,
};
use domain::fold::is_han;
use std::ops::Range;

/// The single spaces of lines that have one behind nearly every character: 牵 头 单 位 : 甲 局 、 乙 局.
pub(super) fn in_lines(text: &str) -> Vec<Range<usize>> {
    /// So many show that a line is stretched.
    const FEWEST: usize = 6;
    /// To so many of them, one pair of characters may stand together.
    const TO_EACH: usize = 10;
    let mut noise = vec![];
    for line in lines(text) {
        let words = &text[line.range.clone()];
        let is_written = |c: char| is_han(c) || "、,。;:()".contains(c);
        let (mut stretched, mut together) = (0, 0);
        let mut before = ['\n'; 2];
        for c in words.chars() {
            if is_written(c) {
                stretched += usize::from(before[1] == ' ' && is_written(before[0]));
                together += usize::from(is_written(before[1]));
            }
            before = [before[1], c];
        }
        if stretched < FEWEST || together * TO_EACH > stretched {
            continue;
        }
        let alone = |(at, _): &(usize, &str)| {
            !words[..*at].ends_with(' ') && !words[at + 1..].starts_with(' ')
        };
        let spaces = words.match_indices(' ').filter(alone);
        noise.extend(spaces.map(|(at, _)| line.range.start + at..line.range.start + at + 1));
    }
    noise
}

/// Single spaces between characters, where a page that was set to an even width has strewn them over its words: most of its
/// commas have one before them, which nobody types. So names are parted by signs and by no space, unless both sides of one are
/// whole.
pub(super) fn strewn(text: &str) -> Vec<Range<usize>> {
    const FEWEST: usize = 8;
    let commas = text.match_indices(['、', ',']);
    let (mut after_space, mut all) = (0, 0);
    for (at, _) in commas {
        let before = &text[..at];
        after_space += usize::from(before.ends_with(' ') && !before.ends_with("  "));
        all += 1;
    }
    if after_space < FEWEST || after_space * 2 < all {
        return vec![];
    }
    let inside = |(at, space): &(usize, &str)| {
        let behind = &text[at + space.len()..];
        let characters = text[..*at].ends_with(is_han) && behind.starts_with(is_han);
        characters
            && label::at(text, at + space.len()).is_none()
            && role::label(behind).is_none()
            && !whole::are_two(text, *at, at + space.len())
    };
    let spaces = text.match_indices(' ').filter(inside);
    spaces.map(|(at, space)| at..at + space.len()).collect()
}

/// The spaces that stretch a label at the start of a line or behind a sign: 责 任 单 位:甲局.
pub(super) fn in_labels(text: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 24;
    let mut noise = vec![];
    for (end, _) in text.match_indices(':') {
        let near = text[..end].char_indices().rev().take(LONGEST);
        let mut label = near.take_while(|(_, c)| !"([;,。、)]:\n".contains(*c));
        let Some((start, _)) = label.by_ref().last() else {
            continue;
        };
        let words = &text[start..end];
        let start = start + words.len() - words.trim_start_matches(' ').len();
        let words = words.trim_matches(' ');
        let stretched = words.replace(' ', "") + ":";
        let is_label = |words: &str| {
            let label = role::label(words);
            label.is_some_and(|(_, _, whole)| whole == words.len())
        };
        // 市直有关部门 督导单位: ends with a whole one.
        let last = words.rsplit(' ').next().unwrap_or_default();
        let is_whole = |last: &str| is_label(&format!("{last}:"));
        if words.contains(' ') && !is_whole(last) && is_label(&stretched) {
            let spaces = text[start..end].match_indices(' ');
            noise.extend(spaces.map(|(at, _)| start + at..start + at + 1));
        }
    }
    noise
}

/// The spaces that stretch a verb, or what says how it is done: 甲局 负 责, 甲局按  职责分工.
pub(super) fn in_verbs(text: &str) -> Vec<Range<usize>> {
    const MOST: usize = 3;
    const VERBS: [(char, char); 7] = [
        ('负', '责'),
        ('牵', '头'),
        ('配', '合'),
        ('落', '实'),
        ('参', '与'),
        ('协', '助'),
        ('按', '职'),
    ];
    let spaces = text.match_indices(' ').filter_map(|(at, _)| {
        let before = text[..at].chars().next_back()?;
        let (_, second) = VERBS.iter().find(|(first, _)| *first == before)?;
        let mut behind = text[at..].char_indices().take(MOST + 1);
        let (count, next) = behind.find(|(_, c)| *c != ' ')?;
        (next == *second).then_some(at..at + count)
    });
    spaces.collect()
}

/// The spaces inside of the number of a heading: ( 一 ), 1 . at the start of a line.
pub(super) fn in_numbers(text: &str) -> Vec<Range<usize>> {
    const LONGEST: usize = 12;
    let is_number = |words: &str| {
        let words = words.trim();
        let mut letters = words.chars().filter(|c| *c != ' ');
        letters.clone().nth(3).is_none()
            && !words.is_empty()
            && (letters.all(is_han_numeral) || words.len() == digits(words))
    };
    let spaces = |range: Range<usize>| {
        let spaces = text[range.clone()].match_indices(' ');
        let spaces = spaces.map(|(at, _)| range.start + at..range.start + at + 1);
        spaces.collect::<Vec<_>>()
    };
    let in_brackets = text.match_indices('(').filter_map(|(open, _)| {
        let near = text[open..].char_indices().take(LONGEST);
        let (close, _) = near.skip(1).find(|(_, c)| matches!(c, '(' | ')' | '\n'))?;
        let inner = open + 1..open + close;
        (text[inner.end..].starts_with(')') && is_number(&text[inner.clone()])).then_some(inner)
    });
    let before_signs = lines(text).into_iter().filter_map(|line| {
        let words = &text[line.range.clone()];
        let end = digits(words);
        let sign = end + words[end..].find(|c| c != ' ')?;
        let number = line.range.start + end..line.range.start + sign;
        (end > 0 && is_number(&words[..end]) && words[sign..].starts_with(['.', '、']))
            .then_some(number)
    });
    in_brackets.chain(before_signs).flat_map(spaces).collect()
}

/// Single spaces around signs that part words by themselves, and inside of brackets: ( 一 ), 甲局 、 乙局.
pub(super) fn at_signs(text: &str) -> Vec<Range<usize>> {
    let mut noise = vec![];
    // Where brackets hold nothing, what they held stands elsewhere, and so may what is around other signs.
    if text.contains("( )") {
        return noise;
    }
    for (at, space) in text.match_indices(' ') {
        let end = at + space.len();
        let alone = !text[..at].ends_with(' ') && !text[end..].starts_with(' ');
        // Words typed as in the west have a space behind each sign: 甲局, 由乙局.
        let typed = text[..at].ends_with([',', ';', ':'])
            && text[end..].starts_with(is_han)
            && label::at(text, end).is_none();
        // Behind 1、 at the start of a line another cell may begin.
        let of_number = || {
            let words = &text[..at - '、'.len_utf8()];
            let before = words.trim_end_matches(|c: char| c.is_ascii_digit());
            (1..=3).contains(&(words.len() - before.len())) && begins_line(text, before.len())
        };
        let before =
            typed || text[..at].ends_with(['(', '[']) || text[..at].ends_with('、') && !of_number();
        let behind = text[end..].starts_with([')', ']', '、', ':']);
        if alone && (before || behind) {
            noise.push(at..end);
        }
    }
    noise
}

/// The spaces that word processors put between figures and characters: 2024 年 6 月底前; and the line ends of cells too narrow
/// for a date: 2024年, 6月, or 2024年12, 月.
pub(super) fn in_dates(text: &str) -> Vec<Range<usize>> {
    let spaces = text.match_indices(' ').filter(|(at, space)| {
        let behind = &text[at + space.len()..];
        let before = text[..*at].chars().next_back();
        let is_figure = |c: char| c.is_ascii_digit();
        // What counts a row stands behind 全年, too.
        // Asked of few spaces, so that a run of them is not gone through for each.
        let unit = || {
            let rest = behind.trim_start_matches(is_figure).trim_start();
            rest.chars().next()
        };
        match before {
            Some('年') => behind.starts_with(is_figure) && unit() == Some('月'),
            Some('月') => behind.starts_with(is_figure) && unit() == Some('日'),
            before => {
                before.is_some_and(is_figure)
                    && behind.starts_with(['年', '月', '日'])
                    && !counts_row(&text[..*at], behind)
            }
        }
    });
    let spaces = spaces.map(|(at, space)| at..at + space.len());
    spaces.chain(in_narrow_dates(text)).collect()
}

/// Whether a figure is all that stands before in its line, and counts what begins with 年 as a word does: 1 年产五万吨铝箔.
fn counts_row(before: &str, behind: &str) -> bool {
    const LONGEST: usize = 3;
    const OF_TIME: &str = "内底末初中来间前后度";
    let figures = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let next = behind
        .strip_prefix('年')
        .and_then(|rest| rest.chars().next());
    figures <= LONGEST
        && begins_line(before, before.len() - figures)
        && next.is_some_and(|next| is_han(next) && !OF_TIME.contains(next))
}

/// The line ends between a year and a month that have a line each.
fn in_narrow_dates(text: &str) -> Vec<Range<usize>> {
    // The figure of the month may stand on either line.
    let month = |line: &str| {
        let words = line
            .strip_prefix("20")
            .and_then(|rest| rest.split_once('年'));
        let (year, month) = words?;
        (year.len() == 2 && month.len() <= 2 && month.len() == digits(month)).then_some(month.len())
    };
    let goes_on = |month: usize, line: &str| {
        let line = line.trim_end_matches([' ', '|']);
        let own = digits(line);
        let rest = &line[own.min(2)..];
        (1..=2).contains(&(month + own)) && rest.starts_with('月') && rest.chars().nth(3).is_none()
    };
    let lines = lines(text);
    let pairs = lines.windows(2).filter(|pair| {
        let [first, rest] = [&pair[0].range, &pair[1].range].map(|range| &text[range.clone()]);
        month(first).is_some_and(|month| goes_on(month, rest))
    });
    pairs
        .map(|pair| pair[0].range.end..pair[1].range.start)
        .collect()
}
