//! Rules that a document sets for all its clauses: the first listed leads; every district does its part in all of this.

use crate::{line::trimmed, list::list, party::Names};
use std::ops::Range;

/// A rule and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Convention {
    /// The words, in the folded text.
    pub(crate) range: Range<usize>,
    /// What they lay down.
    pub(crate) rule: Rule,
}

/// What a convention lays down for its own clause and for those behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// 列第一位的为牵头单位: the first of a bare list leads.
    FirstListedLeads,
    /// 以下任务均需各区落实,不再列出: these parties answer for every later task too.
    AlsoResponsible(Vec<Range<usize>>),
}

/// All conventions in the order of the text.
pub(crate) fn conventions(text: &str, body: Range<usize>, names: &Names) -> Vec<Convention> {
    let words = &text[body.clone()];
    let mut found = vec![];
    for (at, _) in words.match_indices("为牵头") {
        let range = part(text, &body, body.start + at, |c| "。;,(".contains(c));
        if FIRST
            .iter()
            .any(|first| text[range.start..body.start + at].contains(first))
        {
            found.push(Convention {
                range,
                rule: Rule::FirstListedLeads,
            });
        }
    }
    for (at, _) in words.match_indices("不再") {
        let range = part(text, &body, body.start + at, |c| "。;(".contains(c));
        if text[range.clone()].contains("列出")
            && let Some(parties) = obliged(text, range.clone(), names)
        {
            found.push(Convention {
                range,
                rule: Rule::AlsoResponsible(parties),
            });
        }
    }
    found.sort_by_key(|convention| convention.range.start);
    found.truncate(MOST);
    found
}

/// No document lays down more; without a bound, a text that only repeats one would cost its length squared.
const MOST: usize = 16;

const FIRST: [&str; 6] = ["第一", "首位", "首个", "排在首", "排名第一", "排首"];

/// How far around a word its sentence is looked for, in characters.
const REACH: usize = 60;

/// The part of a sentence around `at`, between the signs that bound it.
fn part(text: &str, body: &Range<usize>, at: usize, bounds: impl Fn(char) -> bool) -> Range<usize> {
    let stops = |c: char| bounds(c) || matches!(c, ')' | ']' | '[' | '\n');
    let before = text[body.start..at].char_indices().rev().take(REACH);
    let start = before
        .take_while(|(_, c)| !stops(*c))
        .last()
        .map_or(at, |(start, _)| body.start + start);
    let after = text[at..body.end].char_indices().take(REACH);
    let end = after
        .take_while(|(_, c)| !stops(*c) && *c != '(')
        .last()
        .map_or(at, |(end, c)| at + end + c.len_utf8());
    trimmed(text, start..end)
}

/// The parties in 均需…落实.
fn obliged(text: &str, range: Range<usize>, names: &Names) -> Option<Vec<Range<usize>>> {
    let words = &text[range.clone()];
    let (start, lead) = ["均需", "均须", "均由", "都需", "都由", "需要", "须由", "需"]
        .iter()
        .filter_map(|lead| words.find(lead).map(|at| (at, lead)))
        .min_by_key(|(at, _)| *at)?;
    let start = start + lead.len();
    let end = start
        + ["按职责", "贯彻", "落实", "负责", "配合"]
            .iter()
            .filter_map(|verb| words[start..].find(verb))
            .min()?;
    let parties = list(text, range.start + start..range.start + end, names).names;
    let all = parties
        .iter()
        .all(|party| names.is_party(&text[party.clone()]));
    (all && !parties.is_empty()).then_some(parties)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conventions_are_found_and_other_sentences_are_not() {
        let found = |text: &str| {
            let found = conventions(text, 0..text.len(), &Names::default());
            let shown = found.into_iter().map(|c| match c.rule {
                Rule::FirstListedLeads => format!("first: {}", &text[c.range]),
                Rule::AlsoResponsible(parties) => {
                    let names: Vec<_> = parties.into_iter().map(|p| &text[p]).collect();
                    format!("{}: {}", names.join("+"), &text[c.range])
                }
            });
            shown.collect::<Vec<_>>()
        };
        assert_eq!(
            found("(甲局、乙委,列第一位的为牵头单位,下同)"),
            ["first: 列第一位的为牵头单位"]
        );
        assert_eq!(
            found("前文。排在首位的为牵头单位。后文"),
            ["first: 排在首位的为牵头单位"]
        );
        assert_eq!(
            found("前文。(以下任务均需各区人民政府、各街道落实,不再列出)"),
            ["各区人民政府+各街道: 以下任务均需各区人民政府、各街道落实,不再列出"]
        );
        assert_eq!(found("明确市科技局为牵头单位,不再列出。"), [""; 0]);
    }
}
