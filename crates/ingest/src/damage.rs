//! Step 1: noise that conversions put between the characters of a page: line ends and page marks inside of brackets,
//! glosses without tones, entities that were not decoded. It is taken out of the copy that is matched; what is reported
//! are the original characters, with what stands between them.

mod advert;
mod angle;
mod doubled;
mod enclosed;
mod field;
mod figure;
mod gloss;
mod line_end;
mod narrow;
mod open;
mod page;
mod rule;
mod scatter;
mod sign;
mod sloppy;
mod space;
mod square;
mod unmapped;
mod viewer;
mod whole;

use crate::{
    label,
    line::{Line, lines},
    markdown, wrap,
};
use domain::fold::Folded;
use std::ops::Range;

/// The copy without noise.
pub(crate) fn without_noise(folded: Folded) -> Folded {
    let folded = without(folded, doubled::seconds);
    let (meant, rest) = unmapped::characters(folded.text());
    let folded = folded.with(&meant).without(&rest);
    let folded = without(folded, advert::marks);
    let folded = without(folded, advert::feet);
    let folded = without(folded, field::instructions);
    let folded = with(folded, sign::brackets);
    let folded = with(folded, square::brackets);
    let folded = with(folded, rule::bars);
    let folded = with(folded, figure::letters);
    let folded = without(folded, scatter::signs);
    let folded = without(folded, space::in_lines);
    let folded = without(folded, space::strewn);
    let folded = with(folded, line_end::letters);
    let folded = with(folded, angle::brackets);
    let folded = without(folded, viewer::page_marks);
    let folded = without(folded, markdown::marks);
    let folded = without(folded, page::marks);
    let marks = page::marks_between(&folded);
    let folded = folded.without(&in_order(marks));
    let (colons, broken) = narrow::cells(&folded);
    let folded = folded.with(&colons).without(&in_order(broken));
    let breaks = wrap::breaks(&folded);
    let folded = folded.without(&in_order(breaks));
    let mut noise = entities(folded.text());
    noise.extend(page::seams(folded.text()));
    noise.extend(strewn_signs(folded.text()));
    noise.extend(gloss::toneless(&folded));
    noise.extend(gloss::bare(folded.text()));
    noise.extend(space::in_labels(folded.text()));
    noise.extend(space::in_verbs(folded.text()));
    noise.extend(space::in_numbers(folded.text()));
    noise.extend(space::at_signs(folded.text()));
    noise.extend(space::in_dates(folded.text()));
    noise.extend(marks_before_ruins(folded.text()));
    noise.extend(marks_at_ends(folded.text()));
    let folded = folded.without(&in_order(noise));
    let separators = sloppy::separators(&folded);
    let folded = folded.with(&separators);
    let folded = with(folded, line_end::lost);
    without(folded, open::breaks)
}

/// The copy without what is found in it.
fn without(folded: Folded, find: fn(&str) -> Vec<Range<usize>>) -> Folded {
    let found = find(folded.text());
    folded.without(&in_order(found))
}

/// The copy with the characters that are meant in the place of those that stand in it.
fn with(folded: Folded, find: fn(&str) -> Vec<(usize, u8)>) -> Folded {
    let meant = find(folded.text());
    folded.with(&meant)
}

/// Sorted, and without those that lie in others.
fn in_order(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    ranges
}

/// Question marks for what is no character, before a label of which only ruins are left.
fn marks_before_ruins(text: &str) -> Vec<Range<usize>> {
    let marks = text.match_indices('?');
    let marks = marks.filter(|(at, _)| {
        let before = text[..*at].trim_end_matches(' ');
        before.is_empty() || before.ends_with(['\n', '?'])
    });
    let before_ruin = |(at, mark): (usize, &str)| {
        let end = at + mark.len();
        let label = label::at(text, end)?;
        label::restored(&label, &text[label.range.clone()]).map(|_| at..end)
    };
    marks.filter_map(before_ruin).collect()
}

/// Question marks that a page shows for white space, where most of its lines begin or end with one: 市财政局?.
fn marks_at_ends(text: &str) -> Vec<Range<usize>> {
    const FEWEST: usize = 4;
    if text.matches('?').nth(FEWEST - 1).is_none() {
        return vec![];
    }
    let lines = lines(text);
    let marked = |line: &&Line| {
        let words = text[line.range.clone()].trim_end_matches(['|', ' ']);
        words.ends_with('?') || words.starts_with('?')
    };
    let count = lines.iter().filter(marked).count();
    if count < FEWEST || count * 2 < lines.len() {
        return vec![];
    }
    // Those that end a question stand alone, and not behind each cell.
    let marks = text.match_indices('?');
    let lost = marks.filter(|(at, mark)| {
        let behind = text[at + mark.len()..].trim_start_matches(' ');
        let before = text[..*at].chars().next_back();
        let begins = || {
            let before = text[..*at].trim_end_matches(['?', ' ']);
            before.is_empty() || before.ends_with('\n')
        };
        behind.is_empty()
            || behind.starts_with(['\n', '|', '?'])
            || before == Some(' ')
            || text[at + mark.len()..].starts_with(' ')
            || begins()
    });
    lost.map(|(at, mark)| at..at + mark.len()).collect()
}

/// Signs that a page has strewn over all its words, mostly several at a time: 市@@教委, 责任单位■◆★:甲局.
fn strewn_signs(text: &str) -> Vec<Range<usize>> {
    const SIGNS: [char; 5] = ['@', '■', '◆', '★', '◇'];
    const FEWEST: usize = 10;
    let mut noise: Vec<Range<usize>> = vec![];
    for (at, sign) in text.match_indices(SIGNS) {
        match noise.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end += sign.len(),
            None => noise.push(at..at + sign.len()),
        }
    }
    let several = |signs: &&Range<usize>| text[(*signs).clone()].chars().nth(1).is_some();
    if noise.iter().filter(several).count() < FEWEST.max(noise.len() / 2) {
        noise.clear();
    }
    noise
}

/// White space as HTML writes it.
fn entities(text: &str) -> Vec<Range<usize>> {
    const ENTITIES: [&str; 6] = ["&nbsp;", "&ensp;", "&emsp;", "&thinsp;", "&#160;", "&#xa0;"];
    let places = text.match_indices('&');
    let entity = |(at, _)| {
        let entity = ENTITIES
            .iter()
            .find(|entity| text[at..].starts_with(**entity))?;
        Some(at..at + entity.len())
    };
    places.filter_map(entity).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_between_characters_is_taken_out_and_words_are_not() {
        for (text, clean) in [
            (
                "(县住建局、县民\n4、\n政局负责)",
                "(县住建局、县民政局负责)",
            ),
            ("一、甲( |\n(1)\t", "一、甲(|\n(1) "),
            (
                "(县住建局、县民 \n\n - 12 -\n 政局负责)",
                "(县住建局、县民政局负责)",
            ),
            (
                "(责任单\n位:甲局、市商务\n- 3 -\n局)",
                "(责任单位:甲局、市商务局)",
            ),
            (
                "(市体\n育局按职责分工\n负责)\n完。",
                "(市体育局按职责分工负责)\n完。",
            ),
            ("(各县(市、\n区)政府\n负责)", "(各县(市、区)政府负责)"),
            ("市文物局&nbsp;、市数据局", "市文物局、市数据局"),
            ("旅游(you)局(ju)树(shu)木", "旅游局树木"),
            ("(甲局负责\n2.乙(丙局负责)", "(甲局负责\n2.乙(丙局负责)"),
            ("(甲局负责\n好。)", "(甲局负责好。)"),
            ("到2024 年 6 月 30 日", "到2024年6月30日"),
            ("甲局 全年 2 写好", "甲局 全年 2 写好"),
            ("1 年产五万吨铝箔 甲局", "1 年产五万吨铝箔 甲局"),
            (
                "—1—一、甲乙局—2—二、丙2020—2022年",
                "一、甲乙局二、丙2020-2022年",
            ),
            ("甲。\n— 3 —\n乙。\n— 4 —\n丙。", "甲。\n乙。\n丙。"),
            (
                "( 一 )甲, 由乙局 、 丙局负责。",
                "(一)甲,由乙局、丙局负责。",
            ),
            ("(甲局负责\n好。\n完)", "(甲局负责\n好。\n完)"),
            ("智能(AI)和(AI)及(AI)", "智能(ai)和(ai)及(ai)"),
            ("一(you)只", "一(you)只"),
            (
                "(市体育局、\n2、市教育局配合)二、乙",
                "(市体育局、市教育局配合)二、乙",
            ),
            ("(甲局负责\n2、乙局配合)", "(甲局负责\n2、乙局配合)"),
            ("(市体育局 负 责)", "(市体育局 负责)"),
            (
                "甲。Р责任单位:乙部Р——丙。Р丁",
                "甲。\n责任单位:乙部\n--丙。\n丁",
            ),
            ("РФ甲Р乙Р丙", "РФ甲Р乙Р丙"),
            ("牵 头 单 位:甲局", "牵头单位:甲局"),
            (
                "* w2 k/ p3 n\n, t% d7 s: k3甲(乙局牵头) c& m1 ]6 r) h5\n丙(丁局牵头)1 g7 q9 t! c-",
                "\n甲(乙局牵头)\n丙(丁局牵头)",
            ),
            (
                "(牵头单位:甲局;责 任单位:乙局)",
                "(牵头单位:甲局;责任单位:乙局)",
            ),
            (
                "抓好 落实 。( 甲 、 乡 镇 、 丙 丁 、 戊局 责任单位:己 , 庚 , 辛 , 壬 , 癸 、一 、子 )",
                "抓好落实 。(甲、乡镇、丙丁、戊局 责任单位:己 ,庚 ,辛 ,壬 ,癸、一、子)",
            ),
            ("张三 责任单位:乙局", "张三 责任单位:乙局"),
            ("责 任 人 :张 三", "责任人:张 三"),
            ("市科技局 责任单位:甲局", "市科技局 责任单位:甲局"),
            ("( 一)甲\n(十 二 )乙( 3)", "(一)甲\n(十二)乙(3)"),
            ("1 .甲\n12 、乙", "1.甲\n12、乙"),
            ("( 含甲)增长1 .2倍", "(含甲)增长1 .2倍"),
        ] {
            let folded = without_noise(Folded::of(text));
            assert_eq!(folded.text(), clean, "{text}");
        }
    }
}
