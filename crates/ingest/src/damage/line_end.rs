//! Line ends that a text has lost: a whole document on one line, with spaces where its lines ended.

use crate::{
    frame::ends_like_title,
    label,
    line::lines,
    role::{Slot, label as role_label},
};
use domain::fold::is_han;

/// The letters that stand for line ends: the Cyrillic Р, where sites that show the words of files have lost them.
pub(super) fn letters(text: &str) -> Vec<(usize, u8)> {
    const LETTER: char = 'Р';
    const FEWEST: usize = 3;
    let of_words = |c: char| c.is_alphabetic() && !is_han(c) && c != LETTER;
    let letters = text.match_indices(LETTER);
    let letters = letters.map(|(at, letter)| {
        let behind = &text[at + letter.len()..];
        (
            at,
            !text[..at].ends_with(of_words) && !behind.starts_with(of_words),
        )
    });
    let letters: Vec<_> = letters.collect();
    let apart = letters.iter().all(|(_, apart)| *apart);
    if letters.len() < FEWEST || !apart {
        return vec![];
    }
    letters.into_iter().map(|(at, _)| (at, b'\n')).collect()
}

/// A text of more lines has them still.
const MOST_LINES: usize = 3;

/// A shorter text, in bytes, is a line.
const SHORTEST: usize = 120;

/// The spaces that were line ends.
pub(super) fn lost(text: &str) -> Vec<(usize, u8)> {
    let lines = lines(text);
    let Some(line) = lines.iter().max_by_key(|line| line.range.len()) else {
        return vec![];
    };
    let whole = line.range.len() * 5 >= text.trim().len() * 4;
    // The cells of a table have ends of their own.
    let is_table = text.contains('|') || text.contains("序号");
    if lines.len() > MOST_LINES || line.range.len() < SHORTEST || !whole || is_table {
        return vec![];
    }
    let mut lost = vec![];
    let mut start = line.range.start;
    for (offset, _) in text[line.range.clone()].match_indices(' ') {
        let at = line.range.start + offset;
        // A run of spaces is gone through once.
        if text[..at].ends_with(' ') {
            continue;
        }
        let behind = at + (text[at..].len() - text[at..].trim_start_matches(' ').len());
        if behind >= line.range.end {
            continue;
        }
        if ends_line(&text[start..at]) || begins_line(text, at, behind) {
            lost.push((at, b'\n'));
            start = behind;
        }
    }
    lost
}

/// Whether a line may end with these words: with a full stop, with a clause behind one, or as titles do.
fn ends_line(words: &str) -> bool {
    const LONGEST_CLAUSE: usize = 900;
    let clause = || {
        let inner = words.strip_suffix([')', ']'])?;
        let open = inner.rfind(['(', '['])?;
        let behind_stop = inner[..open].trim_end().ends_with('。');
        (behind_stop && inner.len() - open <= LONGEST_CLAUSE).then_some(())
    };
    words.ends_with(['。', '!', '|'])
        || clause().is_some()
        || ends_like_title(words) && is_title(words)
}

/// Whether words are no more than a title.
fn is_title(words: &str) -> bool {
    const LONGEST: usize = 60;
    words.chars().nth(LONGEST).is_none() && !words.contains(['。', ',', ':', ';'])
}

/// Whether a heading begins at `behind`, or a label of a clause. What counts on in a sentence does not: 第 3、4项.
fn begins_line(text: &str, at: usize, behind: usize) -> bool {
    let before = &text[..at];
    let figure = before.ends_with(|c: char| c.is_ascii_digit());
    let counts = before.ends_with(|c| "第、,至到和及与".contains(c));
    let heading = label::at(text, behind).filter(|label| {
        let of_figures = matches!(label.style, label::Style::Arabic | label::Style::Decimal);
        !(counts || figure && of_figures)
    });
    let labelled = matches!(
        role_label(&text[behind..]),
        Some((Slot::Parties(_) | Slot::Persons | Slot::Deadline, ..))
    );
    heading.is_some() || labelled
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn spaces_where_lines_ended_are_told_from_others() {
        let text = "甲县重点任务分工方案 一、民生 1.新建学校。(县教体局负责) 2.改造校舍 责任单位:县教体局 县财政局 完成时限:10月 底 二、其他 增长 3、4项";
        let folded = Folded::of(text);
        let lines = lost(folded.text());
        assert_eq!(
            folded.with(&lines).text(),
            "甲县重点任务分工方案\n一、民生\n1.新建学校。(县教体局负责)\n2.改造校舍\n责任单位:县教体局 县财政局\n完成时限:10月 底\n二、其他 增长\n3、4项"
        );
        let several = format!("{text}\n{text}\n{text}\n{text}");
        assert_eq!(lost(&several), []);
    }
}
