//! Characters that a page prints twice, a little apart, to make them bold. Its text has both: 责责任任单单位位.

use crate::role;
use domain::fold::is_han;
use std::ops::Range;

/// So many different characters in a row are doubled by nobody who writes: 高高兴兴, 家家户户清清爽爽. A label is doubled by nobody
/// at all.
const SURE: usize = 5;

/// So many are, on a page that prints bold characters twice.
const LIKELY: usize = 3;

/// So many such rows show that a page prints bold characters twice.
const FEWEST: usize = 3;

/// The second ones of doubled characters.
pub(super) fn seconds(text: &str) -> Vec<Range<usize>> {
    let characters: Vec<_> = text.char_indices().collect();
    let rows = rows(&characters);
    let shown = rows.iter().filter(|row| row.sure).count() >= FEWEST;
    // There labels are bold for themselves: ((一一))
    let rows = rows.into_iter().filter(|row| row.sure || shown);
    let seconds = rows.flat_map(|row| row.pairs.skip(1).step_by(2));
    let second = |at: usize| {
        let (start, c) = characters[at];
        start..start + c.len_utf8()
    };
    seconds.map(second).collect()
}

/// Doubled characters behind each other.
struct Row {
    /// Where they stand among all characters, both of each.
    pairs: Range<usize>,
    /// Whether they are so many that this can be nothing else.
    sure: bool,
}

fn rows(characters: &[(usize, char)]) -> Vec<Row> {
    let mut rows = vec![];
    // How far the characters at even and at odd places are known to be no row. A part of what is none is none either.
    let mut none = [0; 2];
    let mut start = 0;
    while start < characters.len() {
        if start < none[start % 2] {
            start += 1;
            continue;
        }
        let pairs = characters[start..].chunks_exact(2);
        let mut pairs = pairs.map_while(|pair| {
            let same = pair[0].1 == pair[1].1 && !pair[0].1.is_whitespace();
            same.then_some(pair[0].1)
        });
        let mut end = start;
        let mut different = vec![];
        let mut sign = false;
        for c in &mut pairs {
            end += 2;
            if different.len() < SURE && !different.contains(&c) && is_han(c) {
                different.push(c);
            }
            sign |= "()、:".contains(c);
        }
        let once = || characters[start..end].iter().step_by(2).map(|(_, c)| c);
        let sure = different.len() == SURE
            || different.len() >= LIKELY && ends_in_label(&once().collect::<String>());
        if sure || different.len() >= LIKELY || sign && !different.is_empty() {
            rows.push(Row {
                pairs: start..end,
                sure,
            });
            start = end;
        } else {
            none[start % 2] = end;
            start += 1;
        }
    }
    rows
}

/// Whether words end with a label, be its colon among them or not: (三)责任单位.
fn ends_in_label(words: &str) -> bool {
    let words = words.trim_end_matches(':');
    let last = words.rsplit([')', '、', '。', ':']).next();
    last.is_some_and(|last| role::label(&format!("{last}:")).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn characters_printed_twice_are_told_from_words_that_repeat_them() {
        for (text, clean) in [
            ("责责任任单单位位：：市教委", "责任单位:市教委"),
            ("三三、、加加强强养养护护。全年", "三、加强养护。全年"),
            ("区区政政府府牵牵头头", "区政府牵头"),
            ("市市市政政府府办办公公室室室前", "市市政府办公室室前"),
            (
                "高高兴兴、、户户。家家户户清清爽爽。年年月月日日",
                "高高兴兴、、户户。家家户户清清爽爽。年年月月日日",
            ),
            ("家家户户、天天慢慢", "家家户户、天天慢慢"),
            ("高高兴兴，，1122334455", "高高兴兴,,1122334455"),
            ("（（一一））修路", "((一一))修路"),
            ("甲甲\n\n乙乙\n\n丙丙", "甲甲\n\n乙乙\n\n丙丙"),
            (
                "（（一一））修路。牵牵头头单单位位：甲\n（（二二））种树。配配合合单单位位：乙\n（（三三））责责任任单单位位：丙",
                "(一)修路。牵头单位:甲\n(二)种树。配合单位:乙\n(三)责任单位:丙",
            ),
        ] {
            let folded = Folded::of(text);
            let seconds = seconds(folded.text());
            assert_eq!(folded.without(&seconds).text(), clean);
        }
    }

    #[test]
    fn long_rows_of_one_character_cost_no_more_than_their_length() {
        let text = "哈".repeat(200_000) + &"甲乙".repeat(100_000);
        assert!(seconds(&text).is_empty());
    }
}
