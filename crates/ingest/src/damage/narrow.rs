//! Cells so narrow that even the words of their labels take two lines, one below the other: 责任, 单位, 市水利局、市自,
//! 然资源局. They are label lines whose words the width of the cell has broken.

use super::whole;
use crate::{
    kind, label,
    line::{Line, lines},
    role::{Slot, label_line},
    table::column,
};
use domain::fold::{Folded, is_han};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// So often does such a label stand in a text.
const FEWEST: usize = 3;

/// Where a label lacks its colon or names their comma, and the line ends that the width of cells made.
pub(super) fn cells(folded: &Folded) -> (Vec<(usize, u8)>, Vec<Range<usize>>) {
    let text = folded.text();
    let lines = lines(text);
    let labels = labels(text, &lines);
    let values: Vec<_> = labels
        .iter()
        .map(|&at| value(text, &lines, &labels, at))
        .collect();
    let between = |first: usize| lines[first].range.end..lines[first + 1].range.start;
    let mut broken: Vec<_> = labels.iter().map(|&at| between(at)).collect();
    let mut colons = vec![];
    for value in values.iter().filter(|value| !value.is_empty()) {
        let gap = between(value.start - 1);
        colons.push((gap.start, b':'));
        broken.push(gap.start + 1..gap.end);
    }
    let ends = values.iter().flat_map(|value| {
        let last = value.end.saturating_sub(1);
        value.start..last.max(value.start)
    });
    let ends: Vec<_> = ends.collect();
    let widths = ends.iter().map(|&at| width(folded, &lines[at].range));
    let before = |at: usize| whole::word_before(text, lines[at].range.end);
    let behind = |at: usize| whole::word_behind(text, lines[at + 1].range.start);
    let joined: FxHashSet<usize> =
        width_of_cells(widths).map_or_else(FxHashSet::default, |usual| {
            let is_full = |at: &usize| {
                // The next character had no place.
                let next = text[lines[at + 1].range.clone()].chars().next();
                let next = next.map_or(0, |c| if c.is_ascii_alphanumeric() { 1 } else { 2 });
                width(folded, &lines[*at].range) + next > usual
            };
            let ends = ends.iter().copied().filter(is_full);
            ends.filter(|at| goes_on(before(*at), behind(*at)))
                .collect()
        });
    broken.extend(joined.iter().map(|at| between(*at)));
    // Lines that begin with a body each are parted by nothing else.
    for at in ends.into_iter().filter(|at| !joined.contains(at)) {
        let is_line = |word: &str, line: usize| word.len() == lines[line].range.len();
        let mut first = before(at).to_owned();
        if at > 0 && is_line(&first, at) && joined.contains(&(at - 1)) {
            first.insert_str(0, before(at - 1));
        }
        let mut second = behind(at).to_owned();
        if is_line(&second, at + 1) && joined.contains(&(at + 1)) {
            second.push_str(behind(at + 1));
        }
        if whole::are_bodies(&first, &second) {
            let gap = between(at);
            colons.push((gap.start, b','));
            broken.push(gap.start + 1..gap.end);
        }
    }
    colons.sort_unstable();
    (colons, broken)
}

/// The first lines of labels that two short lines make, if a text has one of bodies among them.
fn labels(text: &str, lines: &[Line]) -> Vec<usize> {
    const LONGEST: usize = 3;
    const HEADINGS: [&str; 3] = ["序号", "编号", "序"];
    const NEAR: usize = 8;
    let label = |pair: &[Line]| {
        let [first, second] = [&pair[0].range, &pair[1].range].map(|range| &text[range.clone()]);
        let short = |words: &str| words.chars().nth(LONGEST).is_none() && words.chars().all(is_han);
        if pair[1].after_gap || !short(first) || !short(second) {
            return None;
        }
        let whole = format!("{first}{second}");
        let known = label_line(&whole).is_some() || column(&whole).is_some();
        known.then_some(whole)
    };
    let found = lines.windows(2).enumerate();
    let found = found.filter_map(|(at, pair)| Some((at, label(pair)?)));
    let found: Vec<_> = found.collect();
    // The headings of a table with a cell a line stand below its first one, and nothing but the next ones below them.
    let starts: FxHashSet<usize> = found.iter().map(|(at, _)| *at).collect();
    let heads = |at: usize| {
        let near = &lines[at.saturating_sub(NEAR)..at];
        let first = |line: &Line| HEADINGS.contains(&&text[line.range.clone()]);
        near.iter().any(first) || starts.contains(&(at + 2))
    };
    let found = found.into_iter().filter(|(at, _)| !heads(*at));
    let found: Vec<_> = found.collect();
    let mut count: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, label) in &found {
        *count.entry(label).or_default() += 1;
    }
    let of_bodies = count.iter().any(|(label, count)| {
        *count >= FEWEST && matches!(label_line(label), Some(Slot::Parties(_)))
    });
    if !of_bodies {
        return vec![];
    }
    let often = found.iter().filter(|(_, label)| count[&**label] >= FEWEST);
    let mut labels: Vec<usize> = often.map(|(at, _)| *at).collect();
    // The second line of one is not the first of the next.
    labels.dedup_by(|next, before| *next == *before + 1);
    labels
}

/// The lines that stand beside the label that begins at `at`.
fn value(text: &str, lines: &[Line], labels: &[usize], at: usize) -> Range<usize> {
    let start = at + 2;
    let next = labels.partition_point(|label| *label <= at);
    let next = labels.get(next).copied().unwrap_or(lines.len());
    let ends = |line: &Line| line.after_gap || label::at(text, line.range.start).is_some();
    let own = lines.get(start..next).unwrap_or_default();
    start..start + own.iter().take_while(|line| !ends(line)).count()
}

/// Whether a name may go on in the next line: not behind what is whole, unless it is so with that too.
fn goes_on(before: &str, behind: &str) -> bool {
    let ends = || kind::shows_party(before) && !kind::shows_party(&[before, behind].concat());
    !whole::are_bodies(before, behind) && !whole::are_persons(before, behind) && !ends()
}

/// How wide a line is: a Chinese character or sign is as wide as two letters.
fn width(folded: &Folded, line: &Range<usize>) -> usize {
    let written = folded.span(line.clone()).slice(folded.original());
    let characters = written.unwrap_or_default().chars();
    characters.map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// The width that most lines fill. A cell has hardly a wider one.
fn width_of_cells(widths: impl Iterator<Item = usize>) -> Option<usize> {
    const FEWEST: usize = 2;
    let widths: Vec<_> = widths.collect();
    let mut count: FxHashMap<usize, usize> = FxHashMap::default();
    for width in &widths {
        *count.entry(*width).or_default() += 1;
    }
    let most = count
        .into_iter()
        .max_by_key(|(width, count)| (*count, *width));
    let (usual, count) = most?;
    let wider = widths.iter().filter(|width| **width > usual).count();
    (count >= FEWEST && wider <= count).then_some(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_values_of_narrow_cells_are_lines() {
        let text = "一、采砂。\n责任\n单位\n市水利局、市自\n然资源局\n整改\n时限\n2021 年 12 月\n底前\n\n二、污水。\n责任\n单位\n市生态环境局、\n市住建局\n整改\n时限\n长期\n\n三、扬尘。\n责任\n单位\n市住建局\n市城管局\n整改\n时限\n5月\n完";
        let folded = Folded::of(text);
        let (colons, broken) = cells(&folded);
        let mut broken = broken;
        broken.sort_by_key(|range| range.start);
        assert_eq!(
            folded.with(&colons).without(&broken).text(),
            "一、采砂。\n责任单位:市水利局、市自然资源局\n整改时限:2021 年 12 月底前\n\n二、污水。\n责任单位:市生态环境局、市住建局\n整改时限:长期\n\n三、扬尘。\n责任单位:市住建局,市城管局\n整改时限:5月\n完"
        );
        let (colons, broken) = cells(&Folded::of("责任\n单位\n甲局\n责任\n单位\n乙局"));
        assert!(colons.is_empty() && broken.is_empty());
    }

    #[test]
    fn headings_that_each_page_repeats_are_no_labels_and_whole_names_stay_apart() {
        for headings in [
            "序号\n任务\n责任\n单位\n时限\n",
            "任务\n责任\n单位\n完成\n时限\n",
        ] {
            let text = format!("{headings}修路\n县交通局\n6月\n").repeat(3);
            let (colons, broken) = cells(&Folded::of(&text));
            assert!(colons.is_empty() && broken.is_empty(), "{text}");
        }
        let text = "一、甲\n责任\n单位\n县委宣传部\n县文旅局\n整改\n二、乙\n责任\n单位\n县住建局\n措施\n加强管理\n三、丙\n责任\n单位\n县交通局\n县公安局\n县自然资源\n局";
        let folded = Folded::of(text);
        let (colons, mut broken) = cells(&folded);
        broken.sort_by_key(|range| range.start);
        let kept = folded.with(&colons).without(&broken);
        for apart in [
            "县委宣传部,县文旅局\n整改",
            "县住建局\n措施",
            "县交通局,县公安局,县自然资源局",
        ] {
            assert!(kept.text().contains(apart), "{}", kept.text());
        }
    }
}
