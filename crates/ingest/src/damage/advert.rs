//! What a site puts among the words of a text to name itself: 【…网www.….com整理】. Its address shows it.

use crate::{
    kind, label,
    line::{Line, lines},
    role,
};
use domain::fold::is_han;
use std::ops::Range;

/// The square brackets that hold an address, and nothing of a clause, which may name one too.
pub(super) fn marks(text: &str) -> Vec<Range<usize>> {
    const ADDRESSES: [&str; 3] = ["www.", "http:", "https:"];
    /// No such mark is longer, in bytes.
    const LONGEST: usize = 200;
    let mark = |(at, opening): (usize, &str)| {
        let start = at + opening.len();
        let near = &text[start..text.floor_char_boundary(start.saturating_add(LONGEST))];
        let inner = &near[..near.find(['[', ']', '\n', '。'])?];
        let end = start + inner.len();
        let closed = text[end..].starts_with(']');
        let shown = ADDRESSES.iter().any(|address| inner.contains(address));
        (closed && shown && !says_who(inner)).then_some(at..end + 1)
    };
    text.match_indices('[').filter_map(mark).collect()
}

/// Whether words speak of duties, or name a body: no site does so where it speaks of its own.
fn says_who(words: &str) -> bool {
    const DUTIES: [&str; 9] = [
        "责任", "牵头", "负责", "配合", "主办", "承办", "协助", "参与", "落实",
    ];
    let mut names = words.split(|c| !is_han(c));
    DUTIES.iter().any(|duty| words.contains(duty)) || names.any(kind::is_certain)
}

/// The feet of pages that have a line, with the next one, in which a site speaks of its own: 第 2 页 共 9 页, 欢迎下载. A text
/// has several of them, and may speak of such things itself: an item of it, a label or a clause is none.
pub(super) fn feet(text: &str) -> Vec<Range<usize>> {
    const FEWEST: usize = 2;
    const WORDS: [&str; 8] = [
        "侵权",
        "欢迎下载",
        "仅供参考",
        "学习参考",
        "精品资料",
        "精品文档",
        "用户上传",
        "版权所有",
    ];
    let lines = lines(text);
    let is_foot = |words: &str| words.starts_with('第') && words.ends_with('页');
    let of_site = |line: &Line| {
        let words = &text[line.range.clone()];
        let item = label::at(text, line.range.start).is_some() || role::label(words).is_some();
        WORDS.iter().any(|word| words.contains(word)) && !item && !says_who(words)
    };
    let feet = lines.windows(3).filter(|lines| {
        let [_, foot, behind] = lines else {
            return false;
        };
        let foot = &text[foot.range.clone()];
        let figures = foot.chars().filter(|c| !"第页共 /,".contains(*c));
        is_foot(foot) && figures.clone().all(|c| c.is_ascii_digit()) && of_site(behind)
    });
    let feet = feet.map(|lines| lines[0].range.end..lines[2].range.end);
    let feet: Vec<_> = feet.collect();
    if feet.len() < FEWEST { vec![] } else { feet }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn what_a_site_says_at_the_feet_of_pages_goes_with_them() {
        let text = "牵头单位:市教委\n第 2 页 共 9 页\n精品文档，欢迎下载\n责任单位:市财政局\n第3页\n各区\n版权所有\n第4页\n用户上传";
        let folded = Folded::of(text);
        let feet = feet(folded.text());
        assert_eq!(
            folded.without(&feet).text(),
            "牵头单位:市教委\n责任单位:市财政局\n第3页\n各区\n版权所有"
        );
        let text = "一、维权\n第 2 页 共 9 页\n2.查处侵权行为。\n第 3 页\n责任单位:市版权局,侵权调查组\n第 4 页\n市版权局负责版权所有登记";
        assert!(super::feet(text).is_empty());
        assert!(super::feet("修路\n第 2 页\n欢迎下载\n种树").is_empty());
    }

    #[test]
    fn only_brackets_with_an_address_are_taken_for_those_of_a_site() {
        for (text, clean) in [
            (
                "(市教委、【文库www.a.example整理】市财政局负责)",
                "(市教委、市财政局负责)",
            ),
            ("【责任单位】市教委", "[责任单位]市教委"),
            (
                "[牵头单位:市教委。www.a.example]",
                "[牵头单位:市教委。www.a.example]",
            ),
            (
                "【责任单位：市教委，网址www.a.example】(甲[网址:www.a.example])",
                "[责任单位:市教委,网址www.a.example](甲)",
            ),
            (
                "[市财政局,见https://a.example]",
                "[市财政局,见https://a.example]",
            ),
            ("见[网站\nwww.a.example]", "见[网站\nwww.a.example]"),
        ] {
            let folded = Folded::of(text);
            let marks = marks(folded.text());
            assert_eq!(folded.without(&marks).text(), clean);
        }
    }
}
