//! Clauses in brackets.

use super::{Clause, Clauses, LONGEST, Rule, ends_block, overlapping, stands_alone};
use crate::{
    bracket::{Bracket, Whole},
    kind::is_mere_level,
    line::{Line, ends_sentence, trimmed},
    role::{Slot, label, verb_phrase},
    statement::{Grammar, Shape, Statement},
};
use domain::vocabulary::Role;
use std::ops::Range;

/// Reads the brackets that hold clauses, except those inside of other clauses.
pub(super) fn bracketed(
    grammar: Grammar,
    lines: &[Line],
    brackets: &[Bracket],
    labelled: &[Clause],
) -> Clauses {
    let text = grammar.text;
    let mut found = Clauses::default();
    let mut end = 0;
    let mut passed_over = vec![];
    for bracket in brackets {
        if bracket.range.start < end || overlapping(labelled, &bracket.range).is_some() {
            continue;
        }
        if let Some((range, statement, rule)) = read(grammar, bracket) {
            end = range.end;
            let clause = Clause {
                alone: stands_alone(text, lines, &range),
                at: range.start,
                range,
                statement,
                rule,
            };
            match found.read.last_mut() {
                Some(last) if goes_on(text, last, &clause) => {
                    last.range.end = clause.range.end;
                    last.alone = stands_alone(text, lines, &last.range);
                    last.statement.extend(clause.statement);
                }
                _ => found.read.push(clause),
            }
        } else if bracket.whole == Whole::Both
            && bracket.range.len() <= LONGEST
            && ends_block(text, bracket.range.end)
            && looks_like_clause(&text[bracket.inner.clone()])
        {
            end = bracket.range.end;
            found.unread.push(bracket.range.clone());
        } else if bracket.whole == Whole::Both {
            passed_over.push(bracket);
        }
    }
    found
        .read
        .extend(lists(grammar, lines, &passed_over, &found.read));
    found.read.sort_by_key(|clause| clause.range.start);
    found
}

/// Whether a bracket right behind another says what others do for the same: 【牵头科室:甲】【配合科室:乙】.
fn goes_on(text: &str, last: &Clause, clause: &Clause) -> bool {
    let labelled =
        |clause: &Clause| clause.rule == Rule::Bracket && clause.statement.shape == Shape::Labelled;
    let says = |clause: &Clause, role: Role| {
        clause
            .statement
            .parties
            .iter()
            .any(|party| party.role == role)
    };
    let mut roles = clause.statement.parties.iter().map(|party| party.role);
    let between = &text[last.range.end..clause.range.start];
    labelled(last)
        && labelled(clause)
        && between.trim().is_empty()
        && (!between.contains('\n') || last.alone && clause.alone)
        && !roles.any(|role| says(last, role))
}

/// Where brackets at the ends of items say who does them, so do others there that hold nothing but names of bodies which
/// nobody knows: (教务处).
fn lists(
    grammar: Grammar,
    lines: &[Line],
    passed_over: &[&Bracket],
    read: &[Clause],
) -> Vec<Clause> {
    const FEWEST: usize = 3;
    let text = grammar.text;
    let known = read
        .iter()
        .filter(|clause| ends_block(text, clause.range.end));
    if known.count() < FEWEST {
        return vec![];
    }
    let list = |bracket: &&Bracket| {
        let range = bracket.range.clone();
        let words = &text[bracket.inner.clone()];
        // 办好文体活动(机关团委)。: in the last place of a sentence.
        let behind = text[range.end..].trim_start_matches(' ');
        let ends = ends_block(text, range.end) || behind.starts_with(['。', ';']);
        // 李四(计财科) says where somebody works.
        let before = text[..range.start].trim_end();
        let phrase = before.rsplit(|c: char| !domain::fold::is_han(c)).next();
        let named = phrase.is_some_and(|phrase| (1..=3).contains(&phrase.chars().count()));
        let ends = ends && !named;
        let other = names_part(words) || says_whose(words) || says_of_levels(text, bracket);
        let at_end = ends && overlapping(read, &range).is_none() && !other;
        let statement = at_end.then(|| grammar.bodies(bracket.inner.clone()))??;
        // 报市委宣传部(市政府新闻办) names one body twice.
        if ends_with_body(grammar, before) {
            return None;
        }
        Some(Clause {
            alone: stands_alone(text, lines, &range),
            at: range.start,
            range,
            statement,
            rule: Rule::BracketList,
        })
    };
    passed_over.iter().filter_map(list).collect()
}

fn read(grammar: Grammar, bracket: &Bracket) -> Option<(Range<usize>, Statement, Rule)> {
    let range = bracket.range.clone();
    if names_part(&grammar.text[bracket.inner.clone()]) || says_of_levels(grammar.text, bracket) {
        return None;
    }
    let short = range.len() <= LONGEST;
    match bracket.whole {
        Whole::Both if short => {
            if let Some(statement) = grammar.explicit(bracket.inner.clone()) {
                return Some((range, statement, Rule::Bracket));
            }
            if let Some(statement) = bare(grammar, bracket) {
                return Some((range, statement, Rule::BracketList));
            }
            // What closes it may belong to another one that was never opened.
            let first = first_sentence(grammar.text, &bracket.inner);
            (first.len() < bracket.inner.len())
                .then(|| half(grammar, range.start, first))
                .flatten()
        }
        Whole::Both | Whole::NotClosed => {
            let first = first_sentence(grammar.text, &bracket.inner);
            half(grammar, range.start, first)
        }
        Whole::NotOpened if short => {
            let statement = grammar.explicit(bracket.inner.clone())?;
            // One body that answers is all that its sentence says: 市教委负责).
            let first = statement.parties.first().map(|party| party.name.start);
            let alone = first == Some(trimmed(grammar.text, bracket.inner.clone()).start)
                && statement.shape == Shape::Segments;
            let sure = statement.known == 100 && (statement.parties.len() > 1 || alone);
            sure.then_some((range, statement, Rule::HalfBracket))
        }
        Whole::NotOpened => None,
    }
}

/// Whether a bracket in a title says whose part of the tasks stands below: 责任分解表(市农业农村局牵头任务).
fn names_part(inner: &str) -> bool {
    let work = ["牵头任务", "牵头的任务", "牵头事项", "牵头部分"];
    work.iter().any(|work| inner.ends_with(work))
}

/// Whether a bracket says of which levels places are, and names nobody: 覆盖所有县(市、区)。
fn says_of_levels(text: &str, bracket: &Bracket) -> bool {
    let before = text[..bracket.range.start].chars().next_back();
    before.is_some_and(|c| "省市州盟县区旗乡镇".contains(c))
        && is_mere_level(&text[bracket.inner.clone()])
}

/// Whether a bracket says whose a proposal is: (第33号,县政协提案委).
fn says_whose(inner: &str) -> bool {
    let number = inner.strip_prefix('第');
    number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// A clause that is never closed ends where its sentence does.
fn half(
    grammar: Grammar,
    start: usize,
    inner: Range<usize>,
) -> Option<(Range<usize>, Statement, Rule)> {
    // No name begins with a bracket: only the last of many that are never closed is looked into.
    if inner.len() > LONGEST || grammar.text[inner.clone()].starts_with(['(', '[']) {
        return None;
    }
    let statement = grammar
        .explicit(whole_names(grammar, &inner))
        .or_else(|| cut_off(grammar, &inner))?;
    Some((start..inner.end, statement, Rule::HalfBracket))
}

/// A clause without the last name, where the end of the text cut that to a piece that names nobody: 市委宣传部、市.
fn whole_names(grammar: Grammar, inner: &Range<usize>) -> Range<usize> {
    const SHORTEST: usize = 3;
    let text = grammar.text;
    let words = text[inner.clone()].trim_end();
    let sign = words
        .char_indices()
        .rev()
        .find(|(_, c)| "、,;:".contains(*c));
    let piece = sign
        .map(|(at, c)| at + c.len_utf8())
        .filter(|_| text[inner.end..].trim_start().is_empty());
    let is_whole = |name: &str| {
        name.chars().count() >= SHORTEST && grammar.names.is_party(name)
            || verb_phrase(name).is_some()
    };
    let end = piece.filter(|at| !is_whole(words[*at..].trim()));
    let words = &words[..end.unwrap_or(words.len())];
    // 各区人民政府(含开发区: so it may cut a remark on the last one.
    let remark = words
        .rfind(['(', '〈'])
        .filter(|at| piece.is_some() && !words[*at..].contains([')', '〉']));
    inner.start..remark.or(end).map_or(inner.end, |at| inner.start + at)
}

/// A list of nothing but names that is never closed: at the end of a block, or the whole ones before the end of a page.
fn cut_off(grammar: Grammar, inner: &Range<usize>) -> Option<Statement> {
    let text = grammar.text;
    let whole = || {
        let statement = grammar.bare(inner.clone())?;
        (statement.parties.len() > 1 || text[inner.end..].trim_start().is_empty())
            .then_some(statement)
    };
    let but_last = || {
        let cut = text[inner.end..].trim_start().is_empty();
        let end = text[inner.clone()].rfind('、').filter(|_| cut)?;
        grammar.bare(inner.start..inner.start + end)
    };
    let ends = ends_block(text, inner.end);
    ends.then(|| whole().or_else(but_last)).flatten()
}

fn first_sentence(text: &str, inner: &Range<usize>) -> Range<usize> {
    let words = &text[inner.clone()];
    let near = words[..words.floor_char_boundary(LONGEST)].char_indices();
    let mut ends = near.filter(|(_, c)| (ends_sentence(*c) && *c != ';') || *c == '\n');
    // Labels may be closed by full stops: (牵头单位:甲局。责任单位:乙局.
    let end = ends.find(|(end, c)| {
        let behind = words[end + c.len_utf8()..].trim_start_matches(' ');
        *c == '\n' || !matches!(label(behind), Some((Slot::Parties(_), ..)))
    });
    inner.start..end.map_or(inner.end, |(end, _)| inner.start + end)
}

/// Brackets with nothing but names: behind the end of what they govern, or at the end of a block.
fn bare(grammar: Grammar, bracket: &Bracket) -> Option<Statement> {
    let text = grammar.text;
    let before = text[..bracket.range.start].trim_end();
    let closes = ends_block(text, bracket.range.end);
    let behind_sentence = before.ends_with(ends_sentence);
    // 报市委宣传部(市政府新闻办) names one body twice and is no list of the responsible.
    let after_name = before.ends_with([
        '局', '委', '办', '厅', '部', '署', '会', '院', '府', '室', '门', '位', '构', '司', '团',
        '校', '站', '所',
    ]);
    // 加装电梯60部 counts.
    let counts = |c: char| c.is_ascii_digit();
    let after_name = after_name && !before.trim_end_matches('部').ends_with(counts);
    // 制定改造计划(区住建局,3月底前)。完善设施: in the last place of a sentence.
    let ends_sentence = text[bracket.range.end..].starts_with(['。', ';']) || before.ends_with(',');
    // 办好运动会 ends like a name and holds none.
    let after_name = after_name && ends_with_body(grammar, before);
    if after_name
        || says_whose(&text[bracket.inner.clone()])
        || !(closes || behind_sentence || ends_sentence)
    {
        return None;
    }
    let statement = grammar.bare(bracket.inner.clone())?;
    let list = statement.parties.len() > 1 && statement.known == 100;
    let of_offices = || {
        let mut names = statement
            .parties
            .iter()
            .map(|party| &text[party.name.clone()]);
        let is_office = |name: &str| name.ends_with(['局', '委', '办', '厅', '部', '府', '署']);
        statement.certain == 100 && names.any(is_office)
    };
    let is_clause = closes || behind_sentence && list || ends_sentence && of_offices();
    is_clause.then_some(statement)
}

/// Whether the last words are certainly a body's name, whatever stands before it.
fn ends_with_body(grammar: Grammar, words: &str) -> bool {
    const LONGEST_NAME: usize = 14;
    let starts = words.char_indices().rev().map(|(at, _)| at);
    let mut names = starts.take(LONGEST_NAME).skip(1).map(|at| &words[at..]);
    names.any(|name| grammar.certainly_party(name))
}

fn looks_like_clause(inner: &str) -> bool {
    let says = |word: &str| inner.ends_with(word);
    label(inner).is_some()
        || (verb_phrase(inner).is_some() && (says("负责") || says("牵头") || says("配合")))
}
