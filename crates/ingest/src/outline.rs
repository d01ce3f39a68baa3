//! Step 5: the tree of headings, by the sequence of their labels.
//!
//! `place` finds where labels stand, `sequence` which of them are headings and what each stands under. A slip in the
//! numbering is reported and breaks nothing.

mod bare;
mod place;
mod sequence;

use crate::{
    clause::Clause,
    label::{self, Label, Style},
    line::{Line, trimmed},
    role,
    table::Layout,
    words::Words,
};
use domain::clause::Confidence;
use place::places;
use sequence::best;
use std::ops::Range;

/// A heading with its label, and the text below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Its label.
    pub(crate) label: Label,
    /// The heading above it.
    pub(crate) parent: Option<usize>,
    /// Its own words: up to the first full stop, or the whole line.
    pub(crate) title: Range<usize>,
    /// From the label to the end of its own text: where the next heading of any level begins.
    pub(crate) own: Range<usize>,
    /// From the label to the end of everything below it.
    pub(crate) whole: Range<usize>,
    /// Whether it stands inside a line.
    pub(crate) inline: bool,
    /// Whether its number is not the one that the sequence expects.
    pub(crate) slip: bool,
    /// The layout of the table whose row it is.
    pub(crate) table: Option<Layout>,
}

impl Heading {
    /// The name of the rule that found it.
    pub(crate) fn rule(&self) -> &'static str {
        if self.table.is_some() {
            "table_row"
        } else if self.inline {
            "label_in_line"
        } else {
            "label_at_line_start"
        }
    }

    /// How sure it is that this is a heading, and in its place: a label inside a line may be a figure of the sentence, and
    /// one out of sequence may stand for a heading that is missing.
    pub(crate) fn confidence(&self) -> Confidence {
        let found = match self.table {
            Some(layout) => layout.confidence(),
            None if self.inline => 85,
            None => 95,
        };
        Confidence::percent(if self.slip { found - 30 } else { found })
    }
}

/// All headings in the order of the text; a heading stands before everything below it. Inside of `clauses`, which are in
/// the order of the text too, there are none.
pub(crate) fn outline(text: &str, lines: &[Line], clauses: &[Clause]) -> Vec<Heading> {
    let places = places(text, lines, clauses);
    // 二、责任单位 counts what it is a label of, and is no heading: 三 follows it all the same.
    let counted = clauses
        .iter()
        .filter_map(|clause| label::at(text, clause.range.start));
    let mut counted: Vec<_> = counted.map(|label| (label.style, label.number)).collect();
    counted.sort_unstable();
    let mut open: Vec<usize> = vec![];
    let mut headings: Vec<Heading> = vec![];
    for chosen in best(&places) {
        let place = &places[chosen.place];
        let label = Label {
            style: chosen.style,
            number: chosen.number,
            ..place.label.clone()
        };
        open.truncate(chosen.depth);
        let own = label.end..place.line_end.max(label.end);
        let alone = label.style == Style::Named && own.is_empty();
        let below = alone.then(|| title_below(text, lines, own.end)).flatten();
        headings.push(Heading {
            parent: open.last().copied(),
            title: below.unwrap_or(own),
            own: label.range.start..place.line_end,
            whole: label.range.start..place.line_end,
            inline: place.edge.is_inline(),
            slip: chosen.slip
                && counted
                    .binary_search(&(label.style, label.number.saturating_sub(1)))
                    .is_err(),
            table: None,
            label,
        });
        open.push(headings.len() - 1);
    }
    let end = lines.last().map_or(0, |line| line.range.end);
    close(text, &mut headings, end);
    headings
}

/// What the lines below 序号:1 or 问题1 say that it is about: the first, or what stands behind 问题描述 or below it. Nothing if they
/// begin with who does it.
fn title_below(text: &str, lines: &[Line], from: usize) -> Option<Range<usize>> {
    static FIELDS: Words = Words::of(
        "问题 问题描述 问题内容 问题表现 反馈问题 存在问题 任务 工作任务 任务名称 任务内容 工作内容 主要内容 项目名称 事项 内容",
    );
    let below = lines.partition_point(|line| line.range.start < from);
    let first = lines.get(below)?;
    let words = &text[first.range.clone()];
    if role::label(words).is_some() || role::label_line(words).is_some() {
        return None;
    }
    let field = FIELDS
        .start(words)
        .map_or("", |field| &words[field.len()..]);
    match field.strip_prefix(':').map(str::trim_start) {
        Some("") => Some(lines.get(below + 1)?.range.clone()),
        Some(value) => Some(first.range.end - value.len()..first.range.end),
        None if FIELDS.has(words) => Some(lines.get(below + 1)?.range.clone()),
        None => Some(first.range.clone()),
    }
}

/// Sets where the text of each heading ends, now that all are known.
fn close(text: &str, headings: &mut [Heading], end: usize) {
    let mut open: Vec<usize> = vec![];
    for index in 0..=headings.len() {
        let (start, parent) = headings
            .get(index)
            .map_or((end, None), |h| (h.label.range.start, h.parent));
        if let Some(before) = index.checked_sub(1) {
            let own = trimmed(text, headings[before].own.start..start);
            let title = headings[before].title.clone();
            let end = title.end.min(own.end);
            let words = title.start.min(end)..end;
            headings[before].title = if headings[before].inline {
                before_space(text, title_in(text, words))
            } else {
                title_in(text, words)
            };
            headings[before].own = own;
        }
        while let Some(&last) = open.last()
            && Some(last) != parent
        {
            headings[last].whole = trimmed(text, headings[last].whole.start..start);
            open.pop();
        }
        open.push(index);
    }
}

/// A title inside a line may have nothing but a space between itself and its text: 一、总体思路 坚持以….
fn before_space(text: &str, words: Range<usize>) -> Range<usize> {
    const LONGEST: usize = 30;
    let title = &text[words.clone()];
    let mut places = title.char_indices().take(LONGEST);
    match places.find(|(_, c)| *c == ' ' || ",;:".contains(*c)) {
        Some((at, ' ')) => words.start..words.start + at,
        _ => words,
    }
}

/// The words up to the first full stop.
pub(crate) fn title_in(text: &str, words: Range<usize>) -> Range<usize> {
    let end = text[words.clone()]
        .find('。')
        .map_or(words.end, |at| words.start + at);
    trimmed(text, words.start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::lines;

    /// The tree as indented labels, `!` where the numbering slips.
    fn drawn(text: &str) -> String {
        let headings = outline(text, &lines(text), &[]);
        let mut depths: Vec<usize> = vec![];
        let rows = headings.iter().map(|heading| {
            let depth = heading.parent.map_or(0, |parent| depths[parent] + 1);
            depths.push(depth);
            let slip = if heading.slip { "!" } else { "" };
            let label = &text[heading.label.range.clone()];
            format!("{}{label}{slip}", "-".repeat(depth))
        });
        rows.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn labels_nest_by_their_sequence() {
        for (text, tree) in [
            (
                "一、甲\n(一)乙\n1.丙\n2.丁\n(二)戊\n1.己\n二、庚",
                "一 -(一) --1 --2 -(二) --1 二",
            ),
            ("一、甲\n1.乙\n2.丙\n二、丁\n1.戊", "一 -1 -2 二 -1"),
            (
                "一、甲\n(一)乙\n(二)丙\n二、丁\n(三)戊",
                "一 -(一) -(二) 二 -(三)",
            ),
            (
                "一、甲\n(一)乙\n(三)丙\n(三)丁\n二、戊",
                "一 -(一) -(三)! -(三)! 二",
            ),
            (
                "第一章 甲\n第一条 乙\n(一)丙\n第二条 丁",
                "第一章 -第一条 --(一) -第二条",
            ),
            (
                "1.甲\n(一)乙\n(二)丙\n2.丁\n(一)戊",
                "1 -(一) -(二) 2 -(一)",
            ),
            ("一、甲\n3.2020年底前完成\n4.丙", "一 -3! -4"),
            ("1、甲\n2.乙\n3)丙\n4.丁", "1 2 3) 4"),
            ("1.甲\n1)乙\n2)丙\n2.丁", "1 -1) -2) 2"),
            (
                "一、甲\n(一)乙,加强登记台账的清理核对工作,逐户登\n2、\n记造册。\n(二)丙\n1.丁\n2.戊",
                "一 -(一) -(二) --1 --2",
            ),
            ("一、甲\n二、乙\n一、丙\n1.丁\n1.戊", "一 二 一 -1 -1!"),
        ] {
            assert_eq!(drawn(text), tree, "{text}");
        }
    }

    #[test]
    fn labels_inside_a_line_need_the_edge_of_a_sentence_and_the_expected_number() {
        for (text, tree) in [
            ("1.甲。(1)乙。(2)丙。2.丁。", "1 -(1) -(2) 2"),
            (
                "一、甲。二、乙。(一)丙。(二)丁。三、戊。",
                "一 二 -(一) -(二) 三",
            ),
            ("1.甲。达到3.5亿元。7.乙。", "1"),
            ("1.按照第(一)项(二)款,分2.3批。", "1"),
            ("1.甲(甲局负责)2.乙(乙局负责)", "1 2"),
            (
                "一、甲(一)乙。丙。(二)丁。二、戊(三)己。",
                "一 -(一) -(二) 二 -(三)",
            ),
            ("一、按照第(一)项办理。做好甲(一)。", "一"),
            (
                "一、总体要求坚持统一、规范二、任务(一)甲局负责甲(二)乙局负责乙1.丙2.丁三、保障",
                "一 二 -(一) -(二) --1 --2 三",
            ),
            ("1.做好甲。增长2.1%,二、三产业占比提高。2.乙。", "1 2"),
            // Nothing stands behind the last label but the end of its line.
            ("一、甲。(三) \n", "一"),
        ] {
            assert_eq!(drawn(text), tree, "{text}");
        }
    }

    #[test]
    fn a_label_may_end_its_line_with_white_space() {
        for text in ["(一)一、 ", "(一)一、 \n甲", "二、 \n1. "] {
            assert!(!outline(text, &lines(text), &[]).is_empty(), "{text:?}");
        }
    }

    #[test]
    fn a_heading_ends_at_the_full_stop_and_its_text_at_the_next_heading() {
        let text = "一、甲\n  1.乙乙。丙。 (丁) \n\n2.戊";
        let headings = outline(text, &lines(text), &[]);
        let of = |range: &Range<usize>| text[range.clone()].to_owned();
        assert_eq!(of(&headings[0].own), "一、甲");
        assert_eq!(of(&headings[0].whole), text);
        assert_eq!(of(&headings[1].title), "乙乙");
        assert_eq!(of(&headings[1].own), "1.乙乙。丙。 (丁)");
        assert_eq!(of(&headings[2].whole), "2.戊");
    }
}
