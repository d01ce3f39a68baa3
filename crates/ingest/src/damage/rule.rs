//! The lines of a table that a scanner has read as the characters that look like them: 丨1丨修路丨甲局丨.

use super::figure;
use crate::line::{Line, lines};
use domain::fold::is_han;

/// What a line between two cells is read as for most of them.
const RULE: char = '丨';

/// What some of them are read as. Folding has lowered I.
const ALIKE: [char; 2] = ['l', 'i'];

/// Where they stand, with the sign between cells.
pub(super) fn bars(text: &str) -> Vec<(usize, u8)> {
    const FEWEST: usize = 3;
    let lines = lines(text);
    let rows = lines.iter().filter(|line| {
        let mut rules = text[line.range.clone()].match_indices(RULE);
        rules.nth(1).is_some()
    });
    let rows: Vec<_> = rows.collect();
    if rows.len() < FEWEST {
        return vec![];
    }
    rows.into_iter().flat_map(|row| of_row(text, row)).collect()
}

fn of_row(text: &str, row: &Line) -> Vec<(usize, u8)> {
    let words = &text[row.range.clone()];
    let is_rule = |(at, c): &(usize, char)| {
        let behind = &words[at + c.len_utf8()..];
        let before = words[..*at].chars().next_back();
        let figure = |c: char| c.is_ascii_digit();
        let begins = before.is_none() && behind.starts_with(figure);
        let ends = behind.is_empty() && before.is_some_and(is_han);
        let counts = || {
            let number = words[..*at].trim_end_matches(figure);
            before.is_some_and(figure)
                && (number.is_empty() || number.ends_with(RULE))
                && behind.starts_with(is_han)
        };
        // Looking back over a number is for the few letters among the signs.
        *c == RULE || ALIKE.contains(c) && (begins || ends || counts())
    };
    let rules = words.char_indices().filter(is_rule);
    let rules: Vec<_> = rules.map(|(at, _)| (row.range.start + at, b'|')).collect();
    let mut meant = [number(text, row, &rules), rules].concat();
    meant.sort_unstable();
    meant
}

/// The figures of a row's number, if letters stand for all of them: 丨lO丨.
fn number(text: &str, row: &Line, rules: &[(usize, u8)]) -> Vec<(usize, u8)> {
    let [(first, _), (second, _), ..] = rules else {
        return vec![];
    };
    let start = first + RULE.len_utf8();
    let alone = *first == row.range.start && start < *second;
    let cell = if alone && text.is_char_boundary(start) {
        &text[start..*second]
    } else {
        ""
    };
    let figures = cell.char_indices();
    let figures = figures.map(|(at, c)| Some((start + at, figure::of_letter(c)?)));
    figures.collect::<Option<Vec<_>>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn the_lines_of_a_table_are_told_from_letters_and_from_a_bar_in_a_title() {
        let text = "丨1丨修路丨甲局丨\nl2丨AI计算丨乙局I\n丨3l种树丨丙局丨\n丨lO丨清河丨丁局丨\n解读丨分工";
        let folded = Folded::of(text);
        let bars = bars(folded.text());
        assert_eq!(
            folded.with(&bars).text(),
            "|1|修路|甲局|\n|2|ai计算|乙局|\n|3|种树|丙局|\n|10|清河|丁局|\n解读丨分工"
        );
        assert!(super::bars("责任单位丨甲局\n时限丨5月\n解读丨分工丨").is_empty());
    }

    #[test]
    fn long_numbers_cost_no_more_than_their_length() {
        let row = format!("丨{}丨甲局丨\n", "1".repeat(200_000));
        assert_eq!(bars(&row.repeat(3)).len(), 9);
    }
}
