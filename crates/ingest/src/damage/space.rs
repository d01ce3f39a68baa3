//! Spaces that stretch labels, verbs, numbers and dates, or stand around signs.

use crate::{
    label,
    line::lines,
    number::{digits, is_han_numeral},
};
use domain::fold::is_han;
use std::ops::Range;

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
        let is_label = || {
            let label = crate::role::label(&stretched);
            label.is_some_and(|(_, _, whole)| whole == stretched.len())
        };
        if words.contains(' ') && is_label() {
            let spaces = text[start..end].match_indices(' ');
            noise.extend(spaces.map(|(at, _)| start + at..start + at + 1));
        }
    }
    noise
}

/// The spaces that stretch a verb: 甲局 负 责.
pub(super) fn in_verbs(text: &str) -> Vec<Range<usize>> {
    const VERBS: [(char, char); 6] = [
        ('负', '责'),
        ('牵', '头'),
        ('配', '合'),
        ('落', '实'),
        ('参', '与'),
        ('协', '助'),
    ];
    let spaces = text.match_indices(' ').filter(|(at, space)| {
        let before = text[..*at].chars().next_back();
        let behind = text[at + space.len()..].chars().next();
        VERBS
            .iter()
            .any(|(first, second)| before == Some(*first) && behind == Some(*second))
    });
    spaces.map(|(at, space)| at..at + space.len()).collect()
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
        let before = typed || text[..at].ends_with(['(', '[', '、']);
        let behind = text[end..].starts_with([')', ']', '、', ':']);
        if alone && (before || behind) {
            noise.push(at..end);
        }
    }
    noise
}

/// The spaces that word processors put between figures and characters: 2024 年 6 月底前.
pub(super) fn in_dates(text: &str) -> Vec<Range<usize>> {
    let spaces = text.match_indices(' ').filter(|(at, space)| {
        let behind = &text[at + space.len()..];
        let before = text[..*at].chars().next_back();
        let is_figure = |c: char| c.is_ascii_digit();
        // What counts a row stands behind 全年, too.
        let unit = behind
            .trim_start_matches(is_figure)
            .trim_start()
            .chars()
            .next();
        match before {
            Some('年') => behind.starts_with(is_figure) && unit == Some('月'),
            Some('月') => behind.starts_with(is_figure) && unit == Some('日'),
            before => before.is_some_and(is_figure) && behind.starts_with(['年', '月', '日']),
        }
    });
    spaces.map(|(at, space)| at..at + space.len()).collect()
}
