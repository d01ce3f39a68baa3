//! Angle brackets that stand for round ones, 〈市教委负责〉, 各县<市、区>人民政府, or for the square ones of a label, <责任单位>市教委.
//! Those of titles stay.

use super::enclosed::is_round;
use crate::{line::begins_line, role};
use domain::fold::is_han;

/// No clause is longer, in bytes.
const LONGEST: usize = 900;

/// Where they stand, with the ones that are meant.
pub(super) fn brackets(text: &str) -> Vec<(usize, u8)> {
    let mut meant = vec![];
    let mut end = 0;
    for (at, opening) in text.match_indices(['<', '〈']) {
        let start = at + opening.len();
        let near = &text[start..text.floor_char_boundary(start.saturating_add(LONGEST))];
        let Some(close) = near.find(['>', '〉', '<', '〈', '\n', '《', '》']) else {
            continue;
        };
        let closed = near[close..].starts_with(['>', '〉']);
        let plate = || is_plate(&text[..at], &near[..close]);
        // <责任单位>甲局
        let is_label =
            closed && begins_line(text, at) && role::label_line(&near[..close]).is_some();
        if at >= end && closed && (is_label || is_round(&near[..close]) || plate()) {
            end = start + close;
            let (open, close) = if is_label { (b'[', b']') } else { (b'(', b')') };
            meant.extend([(at, open), (end, close)]);
        }
    }
    meant
}

/// Whether words are what a body is called too: 市政府办公室<研究室>.
fn is_plate(before: &str, inner: &str) -> bool {
    const LONGEST: usize = 8;
    let of_body = before.ends_with(['府', '室', '局', '委', '办', '厅', '部', '会']);
    of_body && inner.chars().nth(LONGEST).is_none() && inner.chars().all(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn angle_brackets_of_clauses_and_sets_are_round_ones_and_those_of_titles_are_not() {
        for (text, meant) in [
            ("各县<市、区>人民政府", "各县(市、区)人民政府"),
            ("各区〈含开发区〉", "各区(含开发区)"),
            (
                "建成。〈市教委牵头,市财政局配合〉",
                "建成。(市教委牵头,市财政局配合)",
            ),
            ("<责任单位:市教委>", "(责任单位:市教委)"),
            ("<责任单位>市教委", "[责任单位]市教委"),
            ("《市〈政府工作报告〉任务》", "《市〈政府工作报告〉任务》"),
            ("市政府办公室<研究室>", "市政府办公室(研究室)"),
            ("增长<5%", "增长<5%"),
            ("<br>", "<br>"),
        ] {
            let folded = Folded::of(text);
            let others = brackets(folded.text());
            assert_eq!(folded.with(&others).text(), meant);
        }
    }
}
