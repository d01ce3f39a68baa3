//! Lists by bodies: each heading, or each item, is the name of whoever does what stands below or behind it. 五、市财政局, or
//! (二十六)市财政局。负责资金保障.

use super::{Clause, Rule, overlapping};
use crate::{
    kind::{may_be_body, reference},
    label,
    line::{Line, trimmed},
    role::{Slot, verb_phrase},
    statement::{Grammar, Shape},
};
use domain::vocabulary::{Reference, Role};
use std::ops::Range;

/// Fewer may be anything: who signs, or who is a member.
const FEWEST: usize = 3;

/// So many are enough if each stands over items of its own.
const FEWEST_OVER_ITEMS: usize = 2;

/// The headings between the clauses that are known.
pub(super) fn headings(grammar: Grammar, lines: &[Line], clauses: &[Clause]) -> Vec<Clause> {
    let titles: Vec<_> = lines.iter().map(|line| title(grammar, line)).collect();
    let alone = |index: usize| {
        let title = titles.get(index).and_then(Option::as_ref);
        title.is_some_and(|title| !title.has_duties)
    };
    let mut found = vec![];
    let (mut over_items, mut plain) = (0, 0);
    for (index, title) in titles.iter().enumerate() {
        let Some(Title {
            name,
            has_duties,
            is_plain,
        }) = title
        else {
            continue;
        };
        // Names below each other are a list of members.
        let member = !has_duties && (alone(index + 1) || index > 0 && alone(index - 1));
        let followed = *has_duties || index + 1 < lines.len();
        if member || !followed || overlapping(clauses, name).is_some() {
            continue;
        }
        // 民政部门:孤儿的生活 is one of those around it.
        let beside = [index.checked_sub(1), Some(index + 1)];
        let mut beside = beside
            .into_iter()
            .flatten()
            .filter_map(|at| titles.get(at)?.as_ref());
        if !is_plain && !beside.any(|title| title.has_duties && title.is_plain) {
            continue;
        }
        let of_duties = || {
            let whose = Slot::Parties(Role::Responsible);
            has_duties.then(|| grammar.row([(whose, name, name)], Shape::Bare))
        };
        let listed = || grammar.bodies(name.clone()).filter(|_| !has_duties);
        let statement = grammar.bare(name.clone()).or_else(of_duties);
        let Some(statement) = statement.or_else(listed) else {
            continue;
        };
        over_items += usize::from(!has_duties && stands_over_items(grammar.text, &lines[index..]));
        plain += usize::from(*is_plain);
        found.push(Clause {
            alone: true,
            at: name.start,
            range: name.clone(),
            statement,
            rule: Rule::Heading,
        });
    }
    if plain < FEWEST && over_items < FEWEST_OVER_ITEMS {
        found.clear();
    }
    let leads = lines.iter().filter_map(|line| {
        leads(grammar, line, clauses).or_else(|| shares(grammar, line, clauses))
    });
    found.extend(leads);
    found
}

/// A heading that says by verbs who does what stands below it, and no more: (三)燃气办牵头,天然气公司配合.
fn shares(grammar: Grammar, line: &Line, clauses: &[Clause]) -> Option<Clause> {
    const LONGEST: usize = 120;
    let text = grammar.text;
    let label = label::at(text, line.range.start)?;
    // The white space behind a number may reach beyond its line.
    text.get(label.end..line.range.end)?;
    let range = trimmed(text, label.end..line.range.end);
    let words = &text[range.clone()];
    let last = words.rsplit(',').next()?;
    let acts = verb_phrase(last).is_some_and(|verb| verb.len < last.len());
    if !acts || range.len() > LONGEST || overlapping(clauses, &range).is_some() {
        return None;
    }
    let statement = grammar.explicit(range.clone())?;
    let names = statement.parties.iter();
    let mut names = names.map(|party| &text[party.name.clone()]);
    let first = statement.parties.first().map(|party| party.name.start);
    let whole = statement.shape == Shape::Segments
        && statement.form.len() > 1
        && first == Some(range.start)
        && names.all(|name| grammar.may_be_body(name) || may_be_body(name));
    whole.then_some(Clause {
        alone: true,
        at: range.start,
        range,
        statement,
        rule: Rule::Heading,
    })
}

/// Whether the first of these lines is the heading of items of its own that say what is to be done, and not what was found
/// wanting.
fn stands_over_items(text: &str, lines: &[Line]) -> bool {
    let [heading, first, ..] = lines else {
        return false;
    };
    let own = label::at(text, heading.range.start);
    let below = label::at(text, first.range.start);
    let counts = own
        .zip(below)
        .is_some_and(|(own, below)| below.number == 1 && below.style > own.style);
    counts
        && !["问题", "存在"]
            .iter()
            .any(|word| text[first.range.clone()].contains(word))
}

/// A heading that says who leads what stands below it, or answers for it, and no more: (一)省监察厅牵头的工作,
/// 一、市科技局牵头任务(8项), 二、各区政府负责落实的工作任务.
fn leads(grammar: Grammar, line: &Line, clauses: &[Clause]) -> Option<Clause> {
    const WORK: [&str; 4] = ["工作", "任务", "事项", "项目"];
    const ANSWERS: [&str; 4] = ["负责", "落实", "承办", "承担"];
    let text = grammar.text;
    let label = label::at(text, line.range.start)?;
    let words = text.get(label.end..line.range.end)?;
    let counted = words
        .strip_suffix(')')
        .and_then(|words| words.rsplit_once('('));
    let counted = counted.filter(|(_, inner)| inner.starts_with(|c: char| c.is_ascii_digit()));
    let words = counted.map_or(words, |(words, _)| words).trim_end();
    let one = |words: &'_ str| {
        WORK.iter()
            .find_map(|work| Some(words.strip_suffix(work)?.len()))
    };
    let mut end = one(words)?;
    end = one(&words[..end]).unwrap_or(end);
    let words = &words[..end];
    let doing = words.strip_suffix('的');
    let answers = doing.is_some_and(|words| ANSWERS.iter().any(|verb| words.ends_with(verb)));
    let words = doing.unwrap_or(words);
    let range = label.end..label.end + words.len();
    // 市政府要求落实的工作 says who asks for it.
    let answers = answers
        && !["要求", "部署", "确定"]
            .iter()
            .any(|word| words.contains(word));
    if !(answers || words.ends_with("牵头")) || overlapping(clauses, &range).is_some() {
        return None;
    }
    let statement = grammar.explicit(range.clone())?;
    (statement.known == 100).then_some(Clause {
        alone: true,
        at: range.start,
        range,
        statement,
        rule: Rule::Heading,
    })
}

/// A title that is the name of a body.
struct Title {
    name: Range<usize>,
    /// Whether its duties stand behind it in its line.
    has_duties: bool,
    /// Whether nothing stands behind it, or what begins as duties do. Others are such where those around them are.
    is_plain: bool,
}

/// The body that is all that the first sentence of a heading says.
fn title(grammar: Grammar, line: &Line) -> Option<Title> {
    const LONGEST: usize = 60;
    const DUTIES: [&str; 4] = ["负责", "牵头", "承担", "会同"];
    let text = grammar.text;
    let label = label::at(text, line.range.start)?;
    let words = text.get(label.end..line.range.end)?;
    let end = words.find(['。', ':']).unwrap_or(words.len());
    let behind = words[end..].trim_start_matches(['。', ':', ' ']);
    let name = trimmed(text, label.end..label.end + end);
    let said = &text[name.clone()];
    let duties = DUTIES.iter().any(|word| behind.starts_with(word));
    let of_one = reference(said) == Reference::Named
        && (grammar.certainly_party(said) || !behind.is_empty() && said.ends_with("部门"))
        && grammar.names.is_party(said);
    // (四)建管处、质监站
    let of_several = || {
        let listed = said.contains('、').then(|| grammar.bodies(name.clone()));
        listed.flatten().is_some_and(|list| list.parties.len() > 1)
    };
    let is_body = name.len() <= LONGEST
        && !said.is_empty()
        && (behind.is_empty() || duties || words[end..].starts_with(':'))
        && (of_one || behind.is_empty() && of_several());
    is_body.then_some(Title {
        name,
        has_duties: !behind.is_empty(),
        is_plain: behind.is_empty() || duties,
    })
}
