//! Step 1: texts that were broken at a fixed width, as exports and viewers do it, in the middle of sentences and of words.
//! The breaks say nothing, and are noise: line ends, or the spaces that pages make of them.
//!
//! That a text was broken shows by its width: most lines that end inside of a sentence end there, and hardly one goes
//! beyond.

use crate::{
    label,
    line::{Line, ends_sentence, lines},
    role,
    table::column,
};
use domain::fold::{Folded, is_han};
use std::ops::Range;

/// Narrower texts are columns, or cells. A Chinese character has a width of two, a letter or digit of one.
const NARROWEST: usize = 36;

/// By so much may lines be shorter that were broken: paragraphs are indented, no line begins with a comma, and no number is
/// broken.
const SHORTER: usize = 6;

/// Fewer lines of the same width show nothing.
const FEWEST: usize = 3;

/// The heading of a column is no longer.
const LONGEST_HEADING: usize = 8;

/// The breaks.
pub(crate) fn breaks(folded: &Folded) -> Vec<Range<usize>> {
    let text = folded.text();
    let lines = lines(text);
    let mut breaks = at_width(folded, &of_lines(text, &lines));
    let of_spaces = lines.iter().flat_map(|line| of_spaces(folded, line));
    breaks.extend(at_width(folded, &of_spaces.collect::<Vec<_>>()));
    breaks
}

/// What a fixed width broke, or a fixed number of characters, whichever explains more.
fn at_width(folded: &Folded, pieces: &[Piece]) -> Vec<Range<usize>> {
    let text = folded.text();
    let inside = pieces
        .windows(2)
        .map(|pair| breaks_off(text, &pair[0], &pair[1]));
    let inside: Vec<bool> = inside.collect();
    if inside.iter().filter(|inside| **inside).count() < FEWEST {
        return vec![];
    }
    // How many characters each has, and how many of them are narrow.
    let characters = pieces.iter().map(|piece| {
        let span = folded.span(piece.range.clone());
        let written = span.slice(folded.original()).unwrap_or_default();
        let narrow = written.bytes().filter(u8::is_ascii).count();
        (written.chars().count(), narrow)
    });
    let characters: Vec<_> = characters.collect();
    let seen = characters.iter().map(|(all, narrow)| all * 2 - narrow);
    let seen = between(text, pieces, &inside, &seen.collect::<Vec<_>>());
    let counted = characters.iter().map(|(all, _)| all * 2);
    let counted = between(text, pieces, &inside, &counted.collect::<Vec<_>>());
    if counted.len() > seen.len() {
        counted
    } else {
        seen
    }
}

/// A stretch of text, and whether the next one may go on with it.
struct Piece {
    range: Range<usize>,
    goes_on: bool,
}

/// Lines; behind an empty line, and where one is indented and others are not, a paragraph begins. What has cells is a row.
fn of_lines(text: &str, lines: &[Line]) -> Vec<Piece> {
    let indented = |line: &Line| text[..line.range.start].ends_with(' ');
    let all = lines.iter().filter(|line| indented(line)).count() * 5 > lines.len() * 4;
    // Below headings that have a line each, cells have.
    let heads = |line: &Line| {
        let words = &text[line.range.clone()];
        words.chars().nth(LONGEST_HEADING).is_none() && column(words).is_some()
    };
    let mut pairs = lines.windows(2);
    let table = pairs.position(|pair| pair.iter().all(heads));
    let piece = |(index, line): (usize, &Line)| {
        let next = lines
            .get(index + 1)
            .filter(|_| table.is_none_or(|table| index < table));
        let goes_on = next.is_some_and(|next| {
            let cell = text[next.range.clone()].starts_with('|');
            !cell && !next.after_gap && (all || !indented(next))
        });
        Piece {
            range: line.range.clone(),
            goes_on: goes_on && !text[line.range.clone()].contains(['|', ' ']),
        }
    };
    lines.iter().enumerate().map(piece).collect()
}

/// What spaces part in a line; where several stand, a paragraph ended, and a tab parts cells.
fn of_spaces(folded: &Folded, line: &Line) -> impl Iterator<Item = Piece> {
    let text = folded.text();
    let end = line.range.end;
    let mut start = line.range.start;
    let pieces = text[line.range.clone()].split(' ').map(move |piece| {
        let range = start..start + piece.len();
        start = range.end + 1;
        let written = || folded.span(range.end..start).slice(folded.original());
        let goes_on = range.end < end && !text[start..].starts_with(' ') && written() != Some("\t");
        Piece { range, goes_on }
    });
    pieces.filter(|piece| !piece.range.is_empty())
}

/// Whether a piece ends where no sentence does, and nothing begins with the next.
fn breaks_off(text: &str, piece: &Piece, next: &Piece) -> bool {
    let ends = |c| ends_sentence(c) || matches!(c, ':' | ')' | ']');
    piece.goes_on && !text[piece.range.clone()].ends_with(ends) && !begins(text, piece, next)
}

/// Whether a heading or a label begins with a piece.
fn begins(text: &str, piece: &Piece, next: &Piece) -> bool {
    let words = |piece: &Piece| &text[piece.range.clone()];
    let goes_on = words(piece).ends_with([',', ';', '、']);
    label::at(text, next.range.start).is_some()
        || !goes_on && role::label(words(next)).is_some() && !in_label(words(piece), words(next))
}

/// What stands between pieces that are one.
fn between(text: &str, pieces: &[Piece], inside: &[bool], widths: &[usize]) -> Vec<Range<usize>> {
    let words = |piece: &Piece| &text[piece.range.clone()];
    // Those that break off, and whether the line has a sign inside, as sentences have and names of projects have not.
    let broken_off = inside.iter().zip(pieces.iter().zip(widths));
    let broken_off = broken_off.filter(|(inside, _)| **inside);
    let mut broken_off: Vec<_> = broken_off
        .map(|(_, (piece, width))| (*width, words(piece).contains(['。', ',', '、', ';'])))
        .collect();
    let Some(usual) = usual(&mut broken_off) else {
        return vec![];
    };
    let broken = |width: usize| width <= usual && width + SHORTER >= usual;
    let beyond = widths.iter().filter(|width| **width > usual).count();
    let of_width = broken_off.iter().filter(|(width, _)| broken(*width));
    let count = of_width.clone().count();
    let signs = of_width.filter(|(_, sign)| *sign).count();
    if count < FEWEST || count * 2 < broken_off.len() || signs * 2 < count || beyond * 10 > count {
        return vec![];
    }
    let joined = pieces.windows(2).zip(widths).filter_map(|(pair, width)| {
        let [piece, next] = pair else { return None };
        // A paragraph may be as wide as a line, but none ends inside of a bracket.
        let in_bracket = || words(piece).rfind(['(', '[']) > words(piece).rfind([')', ']']);
        let one = piece.goes_on && broken(*width) && (!begins(text, piece, next) || in_bracket());
        one.then_some(piece.range.end..next.range.start)
    });
    joined.collect()
}

/// Whether what a line ends with behind a sign and what the next one begins with are one label: 完成 and 时限:.
fn in_label(line: &str, next: &str) -> bool {
    const LONGEST: usize = 6;
    let sign = line
        .char_indices()
        .rev()
        .take(LONGEST)
        .find(|(_, c)| !is_han(*c));
    sign.is_some_and(|(at, sign)| {
        let first = &line[at + sign.len_utf8()..];
        !first.is_empty() && role::label(&[first, next].concat()).is_some()
    })
}

/// The width at which most of these lines end, more or less.
fn usual(inside: &mut [(usize, bool)]) -> Option<usize> {
    inside.sort_unstable();
    let wide = &inside[inside.partition_point(|(width, _)| *width < NARROWEST)..];
    let about = |most: usize| {
        let from = wide.partition_point(|(width, _)| width + SHORTER < most);
        wide.partition_point(|(width, _)| *width <= most) - from
    };
    let widths = wide.iter().map(|(width, _)| *width);
    widths.max_by_key(|width| (about(*width), *width))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let folded = Folded::of(text);
        let breaks = breaks(&folded);
        folded.without(&breaks).text().to_owned()
    }

    #[test]
    fn lines_that_were_broken_at_one_width_are_one() {
        let paragraph = "(一)加快建设全市统一的数据共享平台,推动更多事项在网上办理,到年底至少一百项。\
            健全部门会商机制,每季度通报进展,办好群众反映的事。完善应急预案,配齐各街道的物资,入汛前检查一遍,\
            发现的问题限期整改。(市科技局牵头,市教委、市民政局、市司法局配合)";
        let characters: Vec<_> = paragraph.chars().collect();
        for width in [19, 24, 26] {
            let lines: Vec<_> = characters.chunks(width).map(String::from_iter).collect();
            let text = |sign: &str| format!("一、任务\n{}\n(二)好。", lines.join(sign));
            let whole = format!("一、任务\n{paragraph}\n(二)好。");
            assert_eq!(mended(&text("\n")), whole, "{width}");
            assert_eq!(mended(&text(" ")), whole, "{width}");
        }
    }

    #[test]
    fn lines_of_other_widths_are_kept() {
        for text in [
            "一、任务\n建设全市统一的数据共享平台\n牵头单位:市科技局\n配合单位:市教委、市民政局",
            "市科技局 市教育局 市民政局 市司法局 市财政局 市水利局 市商务局 市体育局",
            "城东新区第二实验小学迁建工程项目\n人民医院门诊综合楼改造提升工程项目\n滨河公园东段景观绿化提升改造项目\n\
             老旧小区雨污分流管网改造工程项目\n环城北路道路拓宽和路灯改造工程项目\n完",
            "任务\t责任单位\n加快建设全市统一的数据共享平台,推动更多事项在网上办理\t市科技局\n\
             优化公交线路,让更多小区居民出门就能坐上车,换乘不超过一次\t市教委\n\
             整修背街小巷,补齐路灯和无障碍设施,年内完成一百二十条街\t市司法局\n\
             建设口袋公园,选用耐旱的本地树种,每个街道不少于两处,好走\t市民政局\n\
             办好社区食堂,方便老人就近吃饭,价格公开,每月公布账目一次\t市财政局",
        ] {
            assert_eq!(mended(text), text.replace('\t', " "));
        }
    }
}
