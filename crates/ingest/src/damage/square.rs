//! Square brackets that stand for the round ones of a label, ﹝一﹞, 【二】: Big5 and some fonts have these alone.

use super::enclosed::is_number;
use crate::line::lines;

/// Where they stand, with the round ones. Figures in them are notes.
pub(super) fn brackets(text: &str) -> Vec<(usize, u8)> {
    const FEWEST: usize = 2;
    let lines = lines(text);
    let label = |start: usize| {
        let inner = text[start..].strip_prefix('[')?;
        let end = inner.find([']', '\n'])?;
        let number = is_number(&inner[..end]) && !inner.starts_with(|c: char| c.is_ascii_digit());
        let closed = inner[end..].starts_with(']');
        (number && closed).then_some([(start, b'('), (start + 1 + end, b')')])
    };
    let labels = lines.iter().filter_map(|line| label(line.range.start));
    let labels: Vec<_> = labels.collect();
    if labels.len() < FEWEST {
        return vec![];
    }
    labels.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn numbers_in_square_brackets_are_labels_where_lines_begin_with_several() {
        let text = "　﹝一﹞修路﹝甲局﹞\n﹝二﹞種樹\n[1]註";
        let folded = Folded::of(text);
        let others = brackets(folded.text());
        assert_eq!(
            folded.with(&others).text(),
            " (一)修路[甲局]\n(二)种树\n[1]注"
        );
        assert!(brackets("[一]修路\n种树[二]").is_empty());
    }
}
