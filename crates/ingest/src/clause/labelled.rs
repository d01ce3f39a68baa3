//! Clauses that begin with a label and stand in no brackets: lines of their own, or sentences.

use super::{Clause, LONGEST, Rule, stands_alone};
use crate::{
    bracket::{Bracket, Whole},
    due,
    kind::may_be_body,
    label,
    line::{Line, ends_sentence, is_bullet, trimmed},
    list::list,
    person::{are_persons, are_posts},
    role::{
        Slot, is_duty, is_salutation, label as role_label, label_at_end, label_behind, label_line,
        lost_colon, may_begin_label, verb_phrase,
    },
    statement::Grammar,
};
use std::ops::Range;

/// Label lines and label sentences; those that follow each other are one clause.
pub(super) fn labelled(grammar: Grammar, lines: &[Line], brackets: &[Bracket]) -> Vec<Clause> {
    let text = grammar.text;
    let mut runs: Vec<Run> = vec![];
    for index in 0..lines.len() {
        of_line(grammar, lines, index, brackets, &mut runs);
    }
    let clause = |run: Run| {
        let range = trimmed(text, run.range);
        let number = label::before_words(text, &range);
        let words = number.map_or(range.start, |label| label.end)..range.end;
        let mut statement = grammar.explicit(words)?;
        if run.form.is_some() {
            statement
                .dues
                .extend(dues_of_form(grammar, lines, range.end));
        }
        Some(Clause {
            alone: stands_alone(text, lines, &range),
            at: run.form.unwrap_or(range.start),
            range,
            statement,
            rule: Rule::LabelLines,
        })
    };
    runs.into_iter()
        .filter(|run| run.names_parties && run.range.len() <= LONGEST)
        .filter_map(clause)
        .collect()
}

/// Where a form stands, of whose headings a numbered label without a colon is one: 一、整改问题, 二、责任单位, 三、整改措施. Whoever
/// is named below it answers for all of it.
fn whole_form(text: &str, lines: &[Line], number: &label::Label) -> Option<usize> {
    let own = lines.partition_point(|line| line.range.start < number.range.start);
    let words = text.get(number.end..lines.get(own)?.range.end)?;
    let of_bodies = ["单位", "主体", "部门"]
        .iter()
        .any(|body| words.ends_with(body));
    // 成员单位 says who sits on a committee.
    let members = words.starts_with("成员");
    if number.style != label::Style::Han || number.number == 1 || !of_bodies || members {
        return None;
    }
    label_line(words)?;
    above_first(text, lines, own, number)
}

/// Whether a numbered line begins with the label of those who answer, or by when, and its sign: 2.责任单位:甲局. Who gives an
/// event, or owns what is built, stands in forms of other things too: 三、主办单位:甲局.
fn answers(words: &str) -> bool {
    let label = role_label(words);
    label.is_some_and(|(slot, len, whole)| {
        let signed = words[len..whole].contains([':', ']', '丨']);
        let told = of_answering(&words[..len]) || slot == Slot::Deadline;
        signed && !is_duty(words) && told
    })
}

/// Whether the words of a label are of those who answer for a task, or see to it.
fn of_answering(words: &str) -> bool {
    const ANSWERS: [&str; 9] = [
        "责任", "牵头", "配合", "协同", "主责", "督导", "督办", "监督", "分管",
    ];
    ANSWERS.iter().any(|word| words.contains(word)) && !words.contains("落实责任")
}

/// Where a form stands of whose fields a numbered label is one: 1.目标:…, 2.责任单位:甲局, 3.时限:….
fn form_of_fields(text: &str, lines: &[Line], number: &label::Label) -> Option<usize> {
    let own = lines.partition_point(|line| line.range.start < number.range.start);
    let words = text.get(number.end..lines.get(own)?.range.end)?;
    let alone = || label_line(words).is_some() && number.style != label::Style::Han;
    let timed = || label_line(words) == Some(Slot::Deadline);
    if !(answers(words) || alone() && (of_answering(words) || timed())) {
        return None;
    }
    above_first(text, lines, own, number)
}

/// What stands above the first of the numbers that lead to this one, which its own line `own` begins with.
fn above_first(text: &str, lines: &[Line], own: usize, number: &label::Label) -> Option<usize> {
    /// So many lines a form has at most.
    const FARTHEST: usize = 200;
    if number.number == 1 {
        return Some(lines.get(own)?.range.start.saturating_sub(1));
    }
    let mut next = number.number;
    let mut before = lines[..own].iter().rev().take(FARTHEST);
    let first = before.find(|line| {
        let above = label::at(text, line.range.start);
        if above.is_some_and(|above| above.style == number.style && above.number + 1 == next) {
            next -= 1;
        }
        next == 1
    });
    // What is said there is of what stands above the first heading.
    Some(first?.range.start.saturating_sub(1))
}

/// By when what a form asks for has to be done, as a heading behind the bodies says: 五、完成时限, and below it 11月底.
fn dues_of_form(grammar: Grammar, lines: &[Line], bodies: usize) -> Vec<due::DueWords> {
    /// So many lines stand at most between the two.
    const FARTHEST: usize = 40;
    let behind = lines.partition_point(|line| line.range.start < bodies);
    let mut near = lines[behind..].iter().take(FARTHEST);
    let found = near.find_map(|line| {
        let number = label::at(grammar.text, line.range.start)?;
        // The next form has numbers of its own.
        let heads = number.style == label::Style::Han;
        if heads && number.number == 1 {
            return Some(None);
        }
        let words = grammar.text.get(number.end..line.range.end)?;
        let asks = heads && label_line(words) == Some(Slot::Deadline);
        asks.then(|| {
            let start = line.range.end;
            let below = lines.partition_point(|line| line.range.start < start);
            let end = value_below(grammar, Slot::Deadline, start, &lines[below..]);
            end.map(|end| start..end)
        })
    });
    let value = found.flatten();
    value.map_or(vec![], |value| {
        due::all_expected(grammar.text, value, grammar.year)
    })
}

/// Labels that follow each other.
struct Run {
    range: Range<usize>,
    /// A run that has only deadlines or telephone numbers is none of ours.
    names_parties: bool,
    /// Where the form counts whose heading the label is.
    form: Option<usize>,
}

fn of_line(
    grammar: Grammar,
    lines: &[Line],
    index: usize,
    brackets: &[Bracket],
    runs: &mut Vec<Run>,
) {
    let text = grammar.text;
    let line = &lines[index].range;
    let number = label::at(text, line.start);
    let number_end = number.as_ref().map(|number| number.end);
    let heads = number
        .as_ref()
        .is_some_and(|number| number.style == label::Style::Han);
    let of_form = |find: fn(&str, &[Line], &label::Label) -> Option<usize>| {
        number.as_ref().and_then(|number| find(text, lines, number))
    };
    let form = of_form(whole_form);
    let fields = of_form(form_of_fields).or_else(|| {
        // 3.协办单位:乙局 is a field where 2.责任单位:甲局 is one.
        let (number, run) = (number.as_ref()?, runs.last()?);
        let own = lines.get(index)?;
        let (slot, ..) = role_label(text.get(number.end..own.range.end)?)?;
        let form = run
            .form
            .filter(|_| matches!(slot, Slot::Parties(_) | Slot::Persons))?;
        above_first(text, lines, index, number).filter(|above| *above == form)
    });
    let mut before = '\n';
    let mut from = line.start.max(runs.last().map_or(0, |run| run.range.end));
    for (offset, c) in text[line.clone()].char_indices() {
        let at = line.start + offset;
        if at >= from
            && let numbered = number_end == Some(at)
            && let before = match numbered {
                true if form.is_some() || fields.is_some() => '\n',
                // 2.责任单位:甲局
                true if answers(&text[at..line.end]) => ')',
                _ => before,
            }
            && let Some((slot, len)) = label_at(grammar, &lines[index..], at, before)
            && !inside(text, brackets, at)
            && !is_of_a_site(&text[at..])
        {
            from = end(grammar, lines, index, slot, at + len);
            // 成员单位 alone says who sits on a committee.
            let names_parties = matches!(slot, Slot::Parties(_) | Slot::Persons)
                && !text[at..line.end].starts_with("成员");
            // (二)责任单位:甲局 numbers the label, and is no heading; a heading whose first ones are cut off is one.
            let own = heads && form.is_none() && fields.is_none();
            let at = if numbered && !own { line.start } else { at };
            match runs.last_mut() {
                Some(run)
                    if form.is_none()
                        && (only_ends(&text[run.range.end..at])
                            || only_fields(text, run, at..from)) =>
                {
                    run.range.end = from;
                    run.names_parties |= names_parties;
                }
                _ => runs.push(Run {
                    range: at..from,
                    names_parties,
                    form: form.or(fields).filter(|_| numbered),
                }),
            }
        }
        before = c;
    }
}

/// Whether a label is the foot of a web site: 主办:某市人民政府办公室 网站标识码:….
fn is_of_a_site(words: &str) -> bool {
    const SIGNS: [&str; 6] = [
        "网站标识码",
        "icp",
        "公网安备",
        "版权所有",
        "技术支持:",
        "网站地图",
    ];
    const FAR: usize = 60;
    let hosts = words.starts_with("主办") || words.starts_with("承办") || words.starts_with("协办");
    let end = words
        .char_indices()
        .nth(FAR)
        .map_or(words.len(), |(at, _)| at);
    hosts && SIGNS.iter().any(|sign| words[..end].contains(sign))
}

/// The label that stands at `at` in the first of some lines, behind the character `before`, and where what it introduces
/// begins.
fn label_at(grammar: Grammar, lines: &[Line], at: usize, before: char) -> Option<(Slot, usize)> {
    let (line, below) = lines.split_first()?;
    let line = &line.range;
    let words = &grammar.text[at..line.end];
    if !may_begin_label(words) {
        return None;
    }
    let edge = before == '\n'
        || ends_sentence(before)
        || before.is_whitespace()
        || matches!(before, ',' | ')' | ']' | '-' | '·');
    if let Some((slot, len, whole)) = role_label(words) {
        if is_salutation(&words[..len], &grammar.text[at + whole..]) {
            return None;
        }
        // Without a sign before it, only a whole label such as 责任单位 is one, and 各责任单位 addresses somebody.
        let glued = len >= "责任单位".len()
            && !is_duty(words)
            // 整改率98%责任科室:甲办
            && (domain::fold::is_han(before) || before.is_ascii_digit() || "%\"》".contains(before))
            && !"各和及与为的由对、".contains(before);
        return (edge || glued).then_some((slot, whole));
    }
    if before == '\n'
        && let Some(slot) = label_line(words)
    {
        return value_below(grammar, slot, line.end, below).map(|_| (slot, words.len()));
    }
    // White space, or nothing at all, stands for the colon if names follow.
    let (slot, len, _) = edge.then(|| lost_colon(words)).flatten()?;
    let names = at + len..before_lost_colon(grammar.text, at + len..line.end);
    let names = trimmed(grammar.text, names);
    // 牵头单位 责任单位 are headings of a table.
    let is_label = |name: &Range<usize>| {
        label_at_end(&grammar.text[name.clone()]).is_some_and(|(_, start)| start == 0)
    };
    let heads = || {
        let names = list(grammar.text, names.clone(), grammar.names).names;
        matches!(slot, Slot::Parties(_)) && names.iter().any(is_label)
    };
    let follow = names.len() <= LONGEST && holds(grammar, slot, names.clone()) && !heads();
    follow.then_some((slot, len))
}

/// Whether a short name ends like that of a group: 派驻纪检监察组.
fn ends_like_group(name: &str) -> bool {
    const LONGEST: usize = 8;
    name.ends_with('组') && name.chars().nth(LONGEST).is_none() && may_be_body(name)
}

/// Whether words are what a label asks for, and nothing else.
fn holds(grammar: Grammar, slot: Slot, words: Range<usize>) -> bool {
    /// In a list so long, one may be no body.
    const SHORTEST: usize = 3;
    match slot {
        // 甲局牵头,乙局配合 below 责任单位
        Slot::Parties(_) => {
            let names = list(grammar.text, words.clone(), grammar.names).names;
            let names = names.iter().map(|name| &grammar.text[name.clone()]);
            let body = |name: &&str| grammar.may_be_body(name) || ends_like_group(name);
            let mut others = names.clone().filter(|name| !body(name));
            // 各村河长 among bodies answers, too.
            let listed = match (others.next(), others.next()) {
                (None, _) => names.len() > 0,
                (Some(other), None) => {
                    names.clone().next() != Some(other)
                        && are_posts(other)
                        && names.len() >= SHORTEST
                }
                _ => false,
            };
            listed || grammar.says_roles(words)
        }
        Slot::Persons => {
            let words = &grammar.text[words];
            are_persons(words) || are_posts(words)
        }
        Slot::Deadline => !due::all_expected(grammar.text, words, grammar.year).is_empty(),
        Slot::Other => false,
    }
}

/// Where the line below a label that stands in a line of its own ends, if it holds what the label asks for: 牵头单位, and below
/// it 市教委. The row of a table that begins there is no line of the text, and the last line may be none of its body.
fn value_below(grammar: Grammar, slot: Slot, line_end: usize, below: &[Line]) -> Option<usize> {
    let text = grammar.text;
    let behind = &text[line_end..];
    let start = line_end + behind.len() - behind.trim_start().len();
    let in_table = below.first().is_some_and(|next| next.range.start != start)
        || !text[line_end..start].contains('\n');
    if in_table {
        return None;
    }
    let end = start + text[start..].find('\n').unwrap_or(text.len() - start);
    let value = trimmed(text, start..end);
    let words = &text[value.clone()];
    if value.is_empty() || value.len() > LONGEST || label_line(words).is_some() {
        return None;
    }
    holds(grammar, slot, value.clone()).then_some(value.end)
}

/// Where the names behind a label without its colon end: with their sentence, or before the next label or heading.
fn before_lost_colon(text: &str, range: Range<usize>) -> usize {
    let words = &text[range.clone()];
    let end = words.find('。').unwrap_or(words.len());
    let mut signs = words[..end].match_indices([' ', ',', ';', '?']);
    let next = signs.find(|(at, sign)| {
        let behind = at + sign.len();
        lost_colon(&words[behind..])
            .or_else(|| role_label(&words[behind..]))
            .is_some()
            || label::at(text, range.start + behind).is_some()
    });
    range.start + next.map_or(end, |(at, _)| at)
}

/// Whether `at` stands in a pair of brackets that is no longer than a clause, or in one that begins with a label and is
/// never closed.
fn inside(text: &str, brackets: &[Bracket], at: usize) -> bool {
    const NEAR: usize = 8;
    let behind = brackets.partition_point(|bracket| bracket.range.start < at);
    brackets[..behind].iter().rev().take(NEAR).any(|bracket| {
        let within = bracket.inner.start <= at
            && at < bracket.inner.end
            && at - bracket.inner.start <= LONGEST;
        let before = || &text[bracket.inner.start..at];
        within
            && match bracket.whole {
                Whole::Both => bracket.range.len() <= LONGEST,
                Whole::NotClosed => {
                    let mut sentences = before().split_inclusive('。');
                    sentences.all(|sentence| role_label(sentence.trim_start()).is_some())
                }
                Whole::NotOpened => false,
            }
    })
}

/// Where the text that a label introduces ends: at the full stop, at the next label or heading in the same line, with its
/// line, or with the lines below that go on with names.
fn end(grammar: Grammar, lines: &[Line], index: usize, slot: Slot, start: usize) -> usize {
    let text = grammar.text;
    let line_end = lines[index].range.end;
    if start >= line_end {
        let of_parties = matches!(slot, Slot::Parties(_));
        let below = &lines[index + 1..];
        let names = of_parties.then(|| names_below(grammar, below)).flatten();
        let value = names.or_else(|| value_below(grammar, slot, line_end, below));
        return value.unwrap_or(line_end);
    }
    // What is longer is no clause, however far away its full stop may be.
    let near = within(text, start..line_end);
    let sentence = text[near.clone()].find('。');
    let end = sentence.map_or(line_end, |end| start + end);
    if let Some(cut) = cut(grammar, slot, start..end) {
        return cut;
    }
    if end == line_end
        && let Slot::Parties(_) = slot
    {
        let below = &lines[index + 1..];
        return lines_of_names(grammar, below, slot, start..end)
            .unwrap_or_else(|| goes_on(grammar, below, start, end));
    }
    end
}

/// Where the lines end that list the rest of the names behind a label before the next label or heading: 主办单位:甲局, and below
/// it 乙局. What stands below the last label of a text may be who signs it.
fn lines_of_names(
    grammar: Grammar,
    lines: &[Line],
    slot: Slot,
    first: Range<usize>,
) -> Option<usize> {
    const MOST: usize = 12;
    /// 人民公园 and 河西镇 may be the title of what comes next.
    const ENDS: [char; 12] = [
        '局', '委', '办', '厅', '部', '府', '会', '署', '司', '处', '科', '室',
    ];
    let text = grammar.text;
    let numbered = |line: &Line| label::at(text, line.range.start).is_some();
    let labelled = |line: &Line| role_label(&text[line.range.clone()]).is_some();
    let body = |name: &Range<usize>| {
        let name = &text[name.clone()];
        let ends = name.ends_with(ENDS) || name.ends_with("公司") || name.starts_with('各');
        ends && grammar.certainly_party(name)
    };
    let names = |line: &&Line| {
        let words = line.range.clone();
        let may_name = words.len() <= LONGEST
            && !text[words.clone()].ends_with([':', '。'])
            && !numbered(line)
            && !labelled(line);
        may_name && {
            let names = list(text, words, grammar.names).names;
            !names.is_empty() && names.iter().all(body)
        }
    };
    let count = lines.iter().take(MOST).take_while(names).count();
    let next = lines.get(count).filter(|_| count > 0)?;
    let whole = first.len() <= LONGEST && all_parties(grammar, first);
    // The same label, or a first item, begins something else, and so may a body above it.
    let goes_on = match role_label(&text[next.range.clone()]) {
        Some((another, ..)) => another != slot,
        None => label::at(text, next.range.start).is_some_and(|label| label.number > 1),
    };
    (whole && goes_on).then(|| lines[count - 1].range.end)
}

/// Where the next label begins, or the next heading without any sign before it: 责任单位:甲局、乙局2.对.
fn cut(grammar: Grammar, slot: Slot, range: Range<usize>) -> Option<usize> {
    /// How many places are tried, so that a line of numbers costs no more than its length.
    const MOST_TRIES: usize = 6;
    const FOOT: [&str; 3] = ["主题词:", "抄送:", "抄报:"];
    let text = grammar.text;
    let words = &text[range.clone()];
    let mut tries = 0;
    let mut before = ' ';
    let mut depth = 0usize;
    for (offset, c) in text[within(text, range.clone())].char_indices() {
        let at = range.start + offset;
        match c {
            '(' | '[' => depth += 1,
            // Names end at a bracket that was never opened.
            ')' | ']' if depth == 0 && offset > 0 && matches!(slot, Slot::Parties(_)) => {
                return Some(at);
            }
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // What stands at the foot of a paper is none of the names: 主题词:, 抄送:.
        if offset > 0
            && matches!(c, '主' | '抄')
            && FOOT.iter().any(|foot| words[offset..].starts_with(foot))
        {
            return Some(at);
        }
        // What is longer than a character behind the label, and no part of a number.
        let may_begin = offset > 0 && !(before.is_ascii_digit() || before == '.');
        let sign = std::mem::replace(&mut before, c);
        if !may_begin {
            continue;
        }
        let next = label_behind(sign, &words[offset..]);
        let next = next.or_else(|| lost_colon(&words[offset..]).filter(|_| " ,;".contains(sign)));
        // 实验室(分管领导:王校长) is whole.
        let inside = depth > 0 && opened_near(&text[range.start..at]);
        if !inside && next.is_some_and(|(_, len, _)| len >= "责任单位".len()) {
            return Some(at);
        }
        let parts = sign == ' ' && matches!(slot, Slot::Parties(_)) && tries < MOST_TRIES;
        if parts && names_nobody(grammar, at..range.end) {
            tries += 1;
            if all_parties(grammar, range.start..at) {
                return Some(at);
            }
        }
        let Some(heading) = label::at(text, at).filter(|_| tries < MOST_TRIES) else {
            continue;
        };
        tries += 1;
        // 责任领导:张三,责任单位:甲局 has no heading in the name.
        let in_a_name = heading.style == label::Style::Han && domain::fold::is_han(sign);
        if slot == Slot::Persons && in_a_name {
            continue;
        }
        // Names end where a heading begins only if they are whole; what else a label introduces holds no numbers of
        // this kind.
        // 主办:甲局 会办:乙局 are two lists.
        let list = text[range.start..at]
            .rfind(':')
            .map_or(0, |colon| colon + 1);
        if !matches!(slot, Slot::Parties(_)) || all_parties(grammar, range.start + list..at) {
            return Some(at);
        }
    }
    None
}

/// Whether a bracket opens a few characters before: (安全 before 责任人:.
fn opened_near(before: &str) -> bool {
    const NEAR: usize = 5;
    before
        .chars()
        .rev()
        .take(NEAR)
        .find(|c| !domain::fold::is_han(*c))
        == Some('(')
}

/// Whether what stands behind a space is no more of a list: a small table, or the title of what comes next.
fn names_nobody(grammar: Grammar, rest: Range<usize>) -> bool {
    let may_go_on = |c: char| !domain::fold::is_han(c) || "等和及与并按分共".contains(c);
    let ends = |c: char| ends_sentence(c) || c == ':' || c.is_ascii_digit();
    let words = &grammar.text[within(grammar.text, rest.clone())];
    let words = &words[..words.find(ends).unwrap_or(words.len())];
    let goes_on = words.starts_with(may_go_on) || verb_phrase(words).is_some();
    // 市档案馆 王伟
    let leader = || words.chars().nth(1).is_some() && are_persons(words);
    // 市城管局 沿街单位 begins with a body.
    let first = words.split(' ').next().unwrap_or_default();
    let body = || first.len() < words.len() && grammar.names.is_party(first);
    if words.is_empty() || goes_on || leader() || body() {
        return false;
    }
    let names = list(
        grammar.text,
        rest.start..rest.start + words.len(),
        grammar.names,
    )
    .names;
    !grammar.any_party(&names)
}

/// As much of a range as a clause may be long.
fn within(text: &str, range: Range<usize>) -> Range<usize> {
    let end = range.end.min(range.start + LONGEST);
    range.start..text.floor_char_boundary(end)
}

/// A list that breaks off at the end of its line goes on in the next one, if that makes parties of what stands there.
fn goes_on(grammar: Grammar, lines: &[Line], start: usize, end: usize) -> usize {
    let text = grammar.text;
    let breaks_off = text[start..end].ends_with(['、', ',']) || !all_parties(grammar, start..end);
    let Some(next) = lines
        .first()
        .filter(|_| breaks_off && end - start <= LONGEST)
    else {
        return end;
    };
    let words = &text[next.range.clone()];
    let new = label::at(text, next.range.start).is_some() || role_label(words).is_some();
    // 市住/更局、市城管委;责任单位:乙局: as far as the next label, if one stands in the line.
    let stop = words.find('。').unwrap_or(words.len());
    let signs = words[..stop].match_indices([';', ',', ' ']);
    let mut behind = signs.map(|(at, sign)| (at, at + sign.len()));
    let labelled = behind.find(|(_, behind)| role_label(&words[*behind..]).is_some());
    let next_end = next.range.start + labelled.map_or(stop, |(at, _)| at);
    if new || next_end - start > LONGEST || !all_parties(grammar, start..next_end) {
        return end;
    }
    next_end
}

fn all_parties(grammar: Grammar, range: Range<usize>) -> bool {
    let names = list(grammar.text, range, grammar.names).names;
    grammar.all_parties(&names)
}

/// Where the lines end that hold nothing but parties: names may stand below a label that ends its line.
fn names_below(grammar: Grammar, lines: &[Line]) -> Option<usize> {
    let text = grammar.text;
    let holds_names = |line: &&Line| {
        label::at(text, line.range.start).is_none()
            && line.range.len() <= LONGEST
            && all_parties(grammar, line.range.clone())
    };
    let last = lines.iter().take_while(holds_names).last()?;
    Some(last.range.end)
}

/// Whether nothing but other fields of the same record stands before a label, and the record does not begin anew with it:
/// 整改资金:自筹 between 责任单位:甲局 and 监管单位:乙局.
fn only_fields(text: &str, run: &Run, label: Range<usize>) -> bool {
    /// What is to be done begins another record.
    const TASKS: [&str; 11] = [
        "任务", "项目", "事项", "名称", "内容", "问题", "隐患", "措施", "目标", "序号", "编号",
    ];
    const MOST: usize = 3;
    const LONGEST_NAME: usize = 8;
    const LONGEST: usize = 40;
    let Some(between) = text.get(run.range.end..label.start) else {
        return false;
    };
    let field = |line: &str| {
        let line = line.trim();
        let name = line.find(':').map_or("", |colon| &line[..colon]);
        !TASKS.iter().any(|task| name.contains(task))
            && (2..=LONGEST_NAME).contains(&name.chars().count())
            && name.chars().all(domain::fold::is_han)
            && line.chars().nth(LONGEST).is_none()
    };
    let mut lines = between.split('\n').filter(|line| !line.trim().is_empty());
    let count = lines.clone().count();
    let words = text[label].split(':').next().unwrap_or_default();
    let anew = text[run.range.clone()].contains(words);
    between.trim_matches(' ').starts_with('\n')
        && between.trim_matches(' ').ends_with('\n')
        && (1..=MOST).contains(&count)
        && lines.all(field)
        && !anew
}

/// Whether nothing but signs stands between two labels: ends of sentences, dashes, bullets.
fn only_ends(between: &str) -> bool {
    between
        .chars()
        .all(|c| is_bullet(c) || ends_sentence(c) || c == ',')
}
