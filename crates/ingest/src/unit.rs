//! Step 6: which heading is a task, which a section, and which text a clause governs.
//!
//! A task is a heading that somebody answers for: one with a clause of its own and no clause below it. What stands below
//! a task is its body. A heading with a clause of its own and clauses below stays a section, and its clause is the
//! section's.

use crate::{
    clause::{Clause, Rule},
    line::trimmed,
    outline::Heading,
};
use std::ops::Range;

/// What a heading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// A heading that is no task.
    Section,
    /// A task.
    Task,
    /// A part of the task with this number.
    PartOf(usize),
}

/// The headings of a text as sections and tasks, with the clauses that govern them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Units {
    /// What each heading is.
    pub(crate) of: Vec<Unit>,
    /// For each clause the heading that it governs; none for the whole plan.
    pub(crate) governed: Vec<Option<usize>>,
    /// Tasks without a clause.
    pub(crate) bare: Vec<usize>,
}

/// Tells sections from tasks. Clauses and headings are in the order of the text.
pub(crate) fn units(text: &str, headings: &[Heading], clauses: &[Clause]) -> Units {
    let mut governed: Vec<Option<usize>> = clauses
        .iter()
        .map(|clause| {
            let behind = headings.partition_point(|h| h.own.start <= clause.at);
            behind.checked_sub(1)
        })
        .collect();
    let families = families(headings);
    promote(text, headings, clauses, &families, &mut governed);

    let mut own = vec![false; headings.len()];
    for heading in governed.iter().flatten() {
        own[*heading] = true;
    }
    let mut below = vec![false; headings.len()];
    for (index, heading) in headings.iter().enumerate().rev() {
        if let Some(parent) = heading.parent {
            below[parent] |= own[index] || below[index];
        }
    }
    // What stands below the name of a body is what it has to do.
    let mut lists_tasks = vec![false; headings.len()];
    for (clause, heading) in clauses.iter().zip(&governed) {
        if let Some(heading) = heading.filter(|_| clause.rule == Rule::Heading) {
            lists_tasks[heading] = true;
        }
    }
    for heading in headings {
        if let Some(parent) = heading.parent.filter(|&parent| lists_tasks[parent]) {
            below[parent] = true;
        }
    }
    let given = |index: usize| {
        headings[index]
            .parent
            .is_some_and(|parent| lists_tasks[parent])
    };
    let mut task: Vec<bool> = (0..headings.len())
        .map(|index| (own[index] || given(index)) && !below[index])
        .collect();
    let mut bare = vec![];
    for family in &families {
        if !family.iter().any(|&index| task[index]) {
            continue;
        }
        for &index in family {
            if !task[index]
                && !own[index]
                && !below[index]
                && !is_framework(&text[headings[index].title.clone()])
            {
                task[index] = true;
                bare.push(index);
            }
        }
    }
    bare.sort_unstable();
    let mut of: Vec<Unit> = Vec::with_capacity(headings.len());
    for (index, heading) in headings.iter().enumerate() {
        let above = heading.parent.map(|parent| (parent, of[parent]));
        of.push(match above {
            Some((parent, Unit::Task)) => Unit::PartOf(parent),
            Some((_, Unit::PartOf(task))) => Unit::PartOf(task),
            _ if task[index] => Unit::Task,
            _ => Unit::Section,
        });
    }
    bare.retain(|&index| of[index] == Unit::Task);
    Units { of, governed, bare }
}

/// Headings of one style under one parent, in the order of the text. Where the numbers begin again, so does a family: the
/// points of a notice are no kin of the plan's.
fn families(headings: &[Heading]) -> Vec<Vec<usize>> {
    let mut families: Vec<Vec<usize>> = vec![];
    let mut current: rustc_hash::FxHashMap<_, usize> = rustc_hash::FxHashMap::default();
    for (index, heading) in headings.iter().enumerate() {
        let key = (heading.parent, heading.label.style);
        match current.get(&key) {
            Some(&family) if heading.label.number != 1 => families[family].push(index),
            _ => {
                current.insert(key, families.len());
                families.push(vec![index]);
            }
        }
    }
    families
}

/// A clause in a line of its own behind the last of several items, or at the end of the sentence that lists them, where
/// no other of the items has one, governs what the items belong to.
fn promote(
    text: &str,
    headings: &[Heading],
    clauses: &[Clause],
    families: &[Vec<usize>],
    governed: &mut [Option<usize>],
) {
    // Of a single item, others of its kind show that it is a part, too.
    let kind =
        |last: usize, parent: usize| (headings[last].label.style, headings[parent].label.style);
    let mut kinds = vec![];
    let several = families.iter().rev().filter(|family| family.len() > 1);
    let single = families.iter().filter(|family| family.len() == 1);
    for family in several.chain(single) {
        let [.., last] = family[..] else { continue };
        let Some(parent) = headings[last].parent else {
            continue;
        };
        if family.len() == 1 {
            let again = kinds
                .iter()
                .filter(|other| **other == kind(last, parent))
                .count()
                > 1;
            if !again || governed.contains(&Some(parent)) {
                continue;
            }
        }
        // All clauses of the family's text stand behind the start of its last item.
        let from = headings[family[0]].whole.start;
        let to = headings[last].whole.end;
        let first = clauses.partition_point(|clause| clause.range.start < from);
        let count = clauses[first..].partition_point(|clause| clause.range.start < to);
        if count != 1 || governed[first] != Some(last) {
            continue;
        }
        let inline = family.len() > 1
            && family.iter().all(|&index| headings[index].inline)
            && listed_in_a_sentence(text, headings, family, parent);
        let alone = clauses[first].alone;
        if (inline || alone) && clauses[first].range.end + '。'.len_utf8() >= to {
            governed[first] = Some(parent);
            let kind = kind(last, parent);
            if alone && kinds.iter().filter(|other| **other == kind).count() < 2 {
                kinds.push(kind);
            }
        }
    }
}

/// Whether items stand in one sentence: 做好:(1)甲;(2)乙.
fn listed_in_a_sentence(text: &str, headings: &[Heading], family: &[usize], parent: usize) -> bool {
    let ends = |heading: usize, sign: char| text[headings[heading].own.clone()].ends_with(sign);
    let (_, items) = family.split_last().unwrap_or((&0, &[]));
    ends(parent, ':') || items.iter().all(|&item| ends(item, ';') || ends(item, ','))
}

/// Headings that set the frame of a plan and ask nobody for anything.
fn is_framework(title: &str) -> bool {
    const WORDS: [&str; 12] = [
        "总体要求",
        "总体思路",
        "指导思想",
        "基本原则",
        "建设原则",
        "工作原则",
        "目标",
        "现状",
        "背景",
        "附则",
        "工作要求",
        "总体考虑",
    ];
    WORDS.iter().any(|word| title.contains(word))
}

/// The text that a clause governs: since the clause before it in the same heading, or since the heading began. The one that
/// a heading begins with governs what follows.
pub(crate) fn scope(
    text: &str,
    headings: &[Heading],
    clauses: &[Clause],
    governed: &[Option<usize>],
    clause: usize,
) -> Option<Range<usize>> {
    let heading = &headings[governed[clause]?];
    let before = clause
        .checked_sub(1)
        .filter(|&before| governed[before] == governed[clause]);
    if before.is_none() && clauses[clause].range.start == heading.label.end {
        let next = clauses
            .get(clause + 1)
            .map_or(heading.own.end, |next| next.range.start);
        let start = clauses[clause].range.end;
        let words = &text[start..next.clamp(start, heading.own.end.max(start))];
        let range = start + words.len() - words.trim_start_matches(',').len()..start + words.len();
        return Some(trimmed(text, range)).filter(|range| !range.is_empty());
    }
    let start = before.map_or(heading.label.end, |before| clauses[before].range.end);
    let end = clauses[clause].range.start.max(start);
    let words = &text[start..end];
    let start = start + words.len() - words.trim_start_matches(['。', ';', ',', '|', ' ']).len();
    let end = start + text[start..end].trim_end_matches(['|', ' ', '\n']).len();
    Some(trimmed(text, start..end)).filter(|range| !range.is_empty())
}
