//! Step 6: the clauses of a text: in brackets, or as lines and sentences that begin with a label.

use crate::{
    bracket::{Bracket, brackets},
    label,
    line::{Line, ends_sentence, trimmed},
    list::list,
    role::{Slot, label as role_label, verb_phrase},
    statement::{Grammar, Statement},
};
use std::ops::Range;

/// A clause in the folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// The words, with their brackets.
    pub(crate) range: Range<usize>,
    /// What they state.
    pub(crate) statement: Statement,
    /// The name of the rule that found it.
    pub(crate) rule: &'static str,
    /// Whether its bracket was never closed.
    pub(crate) unclosed: bool,
    /// Whether nothing else stands in its lines.
    pub(crate) alone: bool,
}

/// The clauses of a text, and the brackets that look like clauses and could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clauses {
    pub(crate) read: Vec<Clause>,
    pub(crate) unread: Vec<Range<usize>>,
}

/// What is longer, in bytes, is no clause.
const LONGEST: usize = 3000;

/// Finds all clauses, in the order of the text. None overlaps another.
pub(crate) fn clauses(grammar: Grammar, lines: &[Line]) -> Clauses {
    let text = grammar.text;
    let labelled = labelled(grammar, lines);
    let mut found = Clauses::default();
    let mut end = 0;
    for bracket in brackets(text, lines) {
        let next = labelled.partition_point(|c| c.range.end <= bracket.range.start);
        let taken = labelled
            .get(next)
            .is_some_and(|c| c.range.start < bracket.range.end);
        if bracket.range.start < end || taken || bracket.range.len() > LONGEST {
            continue;
        }
        if let Some(clause) = bracketed(grammar, lines, &bracket) {
            end = bracket.range.end;
            found.read.push(clause);
        } else if bracket.closed
            && ends_block(text, bracket.range.end)
            && looks_like_clause(&text[bracket.inner.clone()])
        {
            end = bracket.range.end;
            found.unread.push(bracket.range);
        }
    }
    found.read.extend(labelled);
    found.read.sort_by_key(|clause| clause.range.start);
    found
}

fn bracketed(grammar: Grammar, lines: &[Line], bracket: &Bracket) -> Option<Clause> {
    let text = grammar.text;
    let explicit = grammar.explicit(bracket.inner.clone());
    let (statement, rule) = if let Some(statement) = explicit {
        (statement, "bracket")
    } else {
        // 报市委宣传部(市政府新闻办) names one body twice and is no list of the responsible.
        let after_name = text[..bracket.range.start]
            .ends_with(['局', '委', '办', '厅', '部', '署', '会', '院', '府', '室']);
        if after_name || !bracket.closed || !ends_block(text, bracket.range.end) {
            return None;
        }
        (grammar.bare(bracket.inner.clone())?, "bracket_list")
    };
    Some(Clause {
        alone: stands_alone(text, lines, &bracket.range),
        range: bracket.range.clone(),
        statement,
        rule,
        unclosed: !bracket.closed,
    })
}

/// Whether a line, or an item, ends at `at` or behind the full stop there.
fn ends_block(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(['。', ';', ' ']);
    rest.is_empty() || rest.starts_with('\n') || label::at(text, text.len() - rest.len()).is_some()
}

fn looks_like_clause(inner: &str) -> bool {
    let says = |word: &str| inner.ends_with(word);
    role_label(inner).is_some()
        || (verb_phrase(inner).is_some() && (says("负责") || says("牵头") || says("配合")))
}

fn stands_alone(text: &str, lines: &[Line], range: &Range<usize>) -> bool {
    let line = lines.partition_point(|line| line.range.end <= range.start);
    let begins = lines
        .get(line)
        .is_some_and(|line| line.range.start == range.start);
    begins && ends_block(text, range.end)
}

/// Label lines and label sentences; those that follow each other are one clause.
fn labelled(grammar: Grammar, lines: &[Line]) -> Vec<Clause> {
    let text = grammar.text;
    let mut runs: Vec<Range<usize>> = vec![];
    for (index, line) in lines.iter().enumerate() {
        let (mut edge, mut depth) = (true, 0usize);
        let mut from = line.range.start;
        for (offset, c) in text[line.range.clone()].char_indices() {
            let at = line.range.start + offset;
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if edge
                && depth == 0
                && at >= from
                && let Some((.., label)) = role_label(&text[at..line.range.end])
            {
                let sentence = text[at..line.range.end].find('。');
                from = sentence.map_or(line.range.end, |end| at + end);
                if at + label == line.range.end {
                    from = names_below(grammar, &lines[index + 1..]).unwrap_or(from);
                }
                match runs.last_mut() {
                    Some(run) if only_ends(&text[run.end..at]) => run.end = from,
                    _ => runs.push(at..from),
                }
            }
            edge = ends_sentence(c) || (edge && c == ' ');
        }
    }
    let clause = |run: Range<usize>| {
        let range = trimmed(text, run);
        let statement = grammar.explicit(range.clone())?;
        Some(Clause {
            alone: stands_alone(text, lines, &range),
            range,
            statement,
            rule: "label_lines",
            unclosed: false,
        })
    };
    runs.into_iter()
        .filter(|run| run.len() <= LONGEST && names_parties(text, run))
        .filter_map(clause)
        .collect()
}

/// Where the lines end that hold nothing but parties: names may stand below a label that ends its line.
fn names_below(grammar: Grammar, lines: &[Line]) -> Option<usize> {
    let text = grammar.text;
    let holds_names = |line: &&Line| {
        let names = list(text, line.range.clone(), grammar.names).names;
        let party = |name: &Range<usize>| grammar.names.is_party(&text[name.clone()]);
        label::at(text, line.range.start).is_none() && !names.is_empty() && names.iter().all(party)
    };
    let last = lines.iter().take_while(holds_names).last()?;
    Some(last.range.end)
}

fn only_ends(between: &str) -> bool {
    between
        .chars()
        .all(|c| c.is_whitespace() || ends_sentence(c))
}

/// A run that begins with a deadline or a telephone number is none of ours.
fn names_parties(text: &str, run: &Range<usize>) -> bool {
    let first = role_label(&text[run.clone()]);
    matches!(first, Some((Slot::Parties(_) | Slot::Persons, ..)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{convention::conventions, line::lines, party::Names};

    fn found(text: &str) -> Vec<String> {
        let names = Names::default();
        let grammar = Grammar {
            text,
            names: &names,
            year: None,
            conventions: &conventions(text, 0..text.len(), &names),
        };
        let clauses = clauses(grammar, &lines(text));
        let read = clauses.read.iter().map(|clause| {
            let parties = clause
                .statement
                .parties
                .iter()
                .map(|p| &text[p.name.clone()]);
            format!("{} {}", clause.rule, parties.collect::<Vec<_>>().join("+"))
        });
        let unread = clauses
            .unread
            .iter()
            .map(|range| format!("unread {}", &text[range.clone()]));
        read.chain(unread).collect()
    }

    #[test]
    fn clauses_are_found_in_brackets_of_any_kind() {
        for (text, expected) in [
            ("工作。(市科技局负责)", "bracket 市科技局"),
            ("工作(市科技局负责)。", "bracket 市科技局"),
            (
                "工作。[市科技局、各县(市、区)政府负责)",
                "bracket 市科技局+各县(市、区)政府",
            ),
            ("工作。(市科技局、市教委负责", "bracket 市科技局+市教委"),
            ("甲(说明)乙。(市科技局负责)", "bracket 市科技局"),
            ("工作。[市科技局、市教委]", "bracket_list 市科技局+市教委"),
            ("(一)甲(市科技局)\n(二)乙", "bracket_list 市科技局"),
            (
                "工作。(牵头单位:市科技局;责任单位:市教委)",
                "bracket 市科技局+市教委",
            ),
            (
                "工作。(市科技局、市教委,列第一位的为牵头单位,下同)",
                "bracket_list 市科技局+市教委",
            ),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
        for text in [
            "西青(市科技局)等地方,工作。",
            "报市委宣传部(市政府新闻办)。",
            "创建天津(西青)先导区。",
            "(以下简称试验区)",
            "(含市科技局)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(found("工作。(专人负责)"), ["unread (专人负责)"]);
    }

    #[test]
    fn label_lines_that_follow_each_other_are_one_clause() {
        for (text, expected) in [
            (
                "1.甲。\n牵头单位:市科技局\n\n责任单位:市教委、市委宣传部(市政府新闻办)\n时限要求:持续推进\n2.乙。",
                vec!["label_lines 市科技局+市教委+市委宣传部(市政府新闻办)"],
            ),
            (
                "1.甲。责任单位:市科技局、市教委。2.乙。责任单位:市财政局。",
                vec!["label_lines 市科技局+市教委", "label_lines 市财政局"],
            ),
            ("时限要求:持续推进", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
