//! Where labels stand, and how much the place speaks for each.

use super::bare::bare;
use crate::{
    clause::Clause,
    frame::ends_like_title,
    label::{self, Label, Style},
    line::{Line, ends_sentence, is_bullet},
};

/// A place where a label stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) label: Label,
    /// What else the number of a damaged label may be.
    pub(super) others: &'static [u32],
    pub(super) line_end: usize,
    pub(super) edge: Edge,
    /// Whether a short title follows, and then a space or a label below it; or such a title stands before.
    pub(super) titled: bool,
}

/// What stands before a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// A line begins.
    Line,
    /// A line begins, and the one before it breaks off in mid-sentence: page marks stand so.
    BrokenLine,
    /// A clause ends.
    Clause,
    /// A sentence, a bracket or an introduction ends.
    Sentence,
    /// A space, or the words of a heading that has lost its line break: 一、总体要求(一)指导思想.
    Sign,
    /// Nothing that ends anything.
    None,
}

impl Edge {
    /// Whether the label stands inside a line.
    pub(super) fn is_inline(self) -> bool {
        !matches!(self, Self::Line | Self::BrokenLine)
    }
}

/// All places in the order of the text, but those inside of clauses.
pub(super) fn places(text: &str, lines: &[Line], clauses: &[Clause]) -> Vec<Place> {
    let mut places = vec![];
    let mut next_clause = 0;
    let mut broken = false;
    for (index, line) in lines.iter().enumerate() {
        let words = &text[line.range.clone()];
        if words.starts_with(|c: char| c.is_ascii_digit())
            && let Some((label, line_end)) = bare(text, &lines[index..], clauses)
        {
            places.push(Place {
                label,
                others: &[],
                line_end,
                edge: Edge::Line,
                titled: false,
            });
        }
        let mut edge = if broken { Edge::BrokenLine } else { Edge::Line };
        let mut title_ends = 0;
        let mut before = '\n';
        let mut skip_to = line.range.start;
        for (offset, c) in words.char_indices() {
            let at = line.range.start + offset;
            while clauses
                .get(next_clause)
                .is_some_and(|clause| clause.range.end <= at)
            {
                if clauses[next_clause].range.end == at && offset > 0 {
                    edge = Edge::Clause;
                }
                next_clause += 1;
            }
            let inside = clauses
                .get(next_clause)
                .is_some_and(|clause| clause.range.start <= at);
            if !inside
                && at >= skip_to
                && label::may_begin(c)
                && let Some(label) = label::at(text, at)
                && let Some(edge) = standing(text, &label, edge, before, at < title_ends)
            {
                let below_title = at < title_ends && label.style > Style::Han;
                title_ends = match label.style {
                    Style::HanBracketed => words_end(text, label.end),
                    style if style < Style::HanBracketed => title_end(text, label.end),
                    _ => 0,
                };
                skip_to = label.end;
                let titled = below_title || is_titled(&text[..line.range.end], &label);
                places.push(Place {
                    others: label::other_numbers(&text[label.range.clone()]),
                    titled: titled || goes_far(&label, edge),
                    label,
                    line_end: line.range.end,
                    edge,
                });
            }
            edge = behind(c, edge);
            before = c;
        }
        // What a clause ends is whole, whatever its last sign.
        let ends_clause = clauses
            .get(next_clause)
            .is_some_and(|clause| clause.range.end == line.range.end);
        broken = breaks_off(words) && !ends_clause;
    }
    places
}

/// How much of a title is looked at, in bytes.
const TITLE: usize = 120;

/// Whether nothing but a short title stands between 二、 and a space, or a label below it; behind (三) only a number shows that
/// words are one.
fn is_titled(text: &str, label: &Label) -> bool {
    const LONGEST: usize = 24;
    // The white space behind a label may reach beyond its line.
    let words = text.get(label.end..).unwrap_or_default();
    if label.style == Style::HanBracketed {
        let mut title = words.char_indices().take(LONGEST);
        let end = title.find(|(_, c)| !domain::fold::is_han(*c));
        return end.is_some_and(|(at, _)| {
            let below = words.len() - words[at..].trim_start_matches(['。', ' ']).len();
            let counted = label::at(text, label.end + below);
            at > 0 && below > at && counted.is_some_and(|below| below.style == Style::Arabic)
        });
    }
    if label.style != Style::Han || !text[label.range.end..].starts_with('、') {
        return false;
    }
    let mut title = words.char_indices().take(LONGEST);
    let end = title.find(|(_, c)| !domain::fold::is_han(*c) && !matches!(c, '"' | '-'));
    end.is_some_and(|(at, c)| {
        let below = label::at(text, label.end + at);
        let counts = |below: Label| below.number == 1 || below.style > Style::Han;
        at > 0 && (c == ' ' || below.is_some_and(counts))
    })
}

/// Whether a number is so high that it hardly counts parts of a sentence: (二十一) behind a full stop.
fn goes_far(label: &Label, edge: Edge) -> bool {
    const FAR: u32 = 10;
    let ended = matches!(edge, Edge::Sentence | Edge::Clause);
    ended && label.style == Style::HanBracketed && label.number > FAR
}

/// Where the title behind a label must have ended: 推进简政放权,释放发展活力 has two halves.
fn title_end(text: &str, start: usize) -> usize {
    const LONGEST: usize = 32;
    let mut commas = 0;
    let mut ends = text[start..].char_indices().enumerate();
    let end = ends.find(|(length, (_, c))| {
        commas += usize::from(*c == ',');
        *length == LONGEST || commas > 1 || ends_sentence(*c)
    });
    end.map_or(text.len(), |(_, (at, _))| start + at)
}

/// Where the words behind a label end, if no sign stands in them: 提高治理水平 of (一)提高治理水平1.建设平台.
fn words_end(text: &str, start: usize) -> usize {
    const LONGEST: usize = 20;
    let mut words = text[start..].char_indices().take(LONGEST);
    let end = words.find(|(_, c)| !domain::fold::is_han(*c) && *c != '"');
    end.map_or(start, |(at, _)| start + at + 1)
}

/// What the character `c` says of what stands behind it.
fn behind(c: char, edge: Edge) -> Edge {
    let ends = ends_sentence(c) || matches!(c, ')' | ']' | ':');
    match c {
        _ if ends => Edge::Sentence,
        // Quotation marks close after the full stop.
        '"' if edge == Edge::Sentence => edge,
        ' ' if matches!(edge, Edge::Sentence | Edge::Clause | Edge::Line) => edge,
        // ·一、晒权力
        _ if !edge.is_inline() && c != '-' && is_bullet(c) => edge,
        ' ' => Edge::Sign,
        _ => Edge::None,
    }
}

/// Characters that lead to a number of their own: 第(二)项, 图2, 增长5, 统一、规范.
const LEADS: &str =
    "第图表附见款项条约达近超至于及和与或为由的共以从到在按前后各每其之统唯专单同逐再不举反两";

/// The edge at which a label stands; none where it is certainly a part of what stands around it.
fn standing(text: &str, label: &Label, edge: Edge, before: char, in_title: bool) -> Option<Edge> {
    // A number alone in its line is a page's rather than a heading's.
    let alone = text[label.end..].starts_with('\n') || label.end == text.len();
    if edge == Edge::Line && alone {
        return Some(Edge::BrokenLine);
    }
    // 二、发展数字经济 12.建设: the space ends the title.
    if edge == Edge::Sign && in_title && label.style > Style::Han {
        return Some(Edge::Sentence);
    }
    if edge != Edge::None {
        return Some(edge);
    }
    if in_title && label.style == Style::HanBracketed && before != '第' {
        return Some(Edge::Sign);
    }
    // 实施方案一、, 浏览次数:305一、总体要求
    let titled = is_titled(text, label);
    let near = text.floor_char_boundary(label.range.start.saturating_sub(TITLE));
    let behind_title = || ends_like_title(&text[near..label.range.start]);
    if titled && (before.is_ascii_digit() || behind_title()) {
        return Some(Edge::None);
    }
    let part = before.is_ascii_alphanumeric()
        || LEADS.contains(before)
        || ",、-.\"《<+*/×~".contains(before)
        || crate::number::is_han_numeral(before);
    let goes_on = text[label.end..]
        .starts_with(|c: char| c.is_ascii_digit() || crate::number::is_han_numeral(c));
    let possible = matches!(
        label.style,
        Style::Han | Style::HanBracketed | Style::Arabic | Style::ArabicBracketed
    );
    // 做二。: only 、 shows that a numeral in mid-sentence counts something.
    let shown = label.style != Style::Han || text[label.range.end..].starts_with('、');
    // 发展数字经济1.建设, and where tasks count on 发展数字经济6.建设
    let first = in_title
        && label.style == Style::Arabic
        && (label.number == 1 || text[label.range.end..].starts_with('.'));
    let edge = if first { Edge::Sign } else { Edge::None };
    (possible && shown && !part && !goes_on).then_some(edge)
}

/// Whether a line ends in mid-sentence. A short one may be a heading.
fn breaks_off(line: &str) -> bool {
    const SHORT: usize = 24;
    let ends = |c: char| ends_sentence(c) || matches!(c, ')' | ']' | ':' | '"');
    !line.ends_with(ends) && line.chars().nth(SHORT).is_some()
}
