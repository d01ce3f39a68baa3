//! Clauses without brackets and labels: lines, or last sentences of a task, that are nothing but names and verbs.

use super::{Clause, Rule, ends_block, overlapping};
use crate::{
    due,
    frame::ends_like_title,
    kind::{looks_like_name, reference},
    label,
    line::{Line, ends_sentence},
    list::by_whom,
    role::{glued_label, stated_label, verb_phrase},
    statement::{Grammar, Shape, Statement, before_object},
    words::Words,
};
use domain::vocabulary::{Reference, Role};
use std::ops::Range;

/// Longer sentences say more than who is responsible.
const LONGEST: usize = 900;

/// Finds them between the clauses that are known.
pub(super) fn sentences(grammar: Grammar, lines: &[Line], clauses: &[Clause]) -> Vec<Clause> {
    let text = grammar.text;
    let mut found = vec![];
    let mut heads = vec![];
    let mut tails = vec![];
    for line in lines {
        let line = &undashed(text, line);
        let mut start = line.range.start;
        for (offset, c) in text[line.range.clone()].char_indices() {
            let at = line.range.start + offset;
            let last = at + c.len_utf8() == line.range.end;
            // Where a text has lost its lines, a space may be all that ends one: 1.甲 乙局牵头 2.丙.
            let before_item = || c == ' ' && label::at(text, at + 1).is_some();
            if !(last || ends_sentence(c) && c != ';' || before_item()) {
                continue;
            }
            let end = if last && !ends_sentence(c) {
                line.range.end
            } else {
                at
            };
            let sentence = start..end;
            start = at + c.len_utf8();
            let reading = |part: Range<usize>| {
                let read = read(grammar, line, &part, clauses)?;
                Some((part, read))
            };
            let last = || reading(last_part(text, &sentence)?);
            let only = || {
                let (part, read) = reading(behind_subject(text, &sentence)?)?;
                let sure = tells_who_answers(text, &read.0)
                    && read.0.known == 100
                    && !text[part.clone()].contains("自行");
                sure.then_some((part, read))
            };
            let behind_space = || {
                let space = text[sentence.clone()].trim_end().rfind(' ')?;
                reading(sentence.start + space + 1..sentence.end)
            };
            let behind_task = || {
                let (part, read) = reading(roles_at_end(text, &sentence)?)?;
                let told = read.0.form.len() > 1 || !read.0.dues.is_empty();
                (told && tells_who_answers(text, &read.0)).then_some((part, read))
            };
            let clause = |(range, (statement, rule)): (Range<usize>, (Statement, Rule))| Clause {
                alone: rule == Rule::Line,
                at: range.start,
                range,
                statement,
                rule,
            };
            match reading(sentence.clone())
                .or_else(last)
                .or_else(only)
                .or_else(behind_space)
                .or_else(behind_task)
            {
                Some(read) => found.push(clause(read)),
                None => match tail(grammar, &sentence, clauses)
                    .or_else(|| behind_dashes(grammar, line, &sentence, clauses))
                {
                    Some(read) => tails.push(clause(read)),
                    None => match topic(grammar, &sentence, clauses)
                        .or_else(|| below_title(grammar, line, &sentence, clauses))
                    {
                        Some(read) => found.push(clause(read)),
                        None => heads.extend(head(grammar, line, &sentence, clauses).map(clause)),
                    },
                },
            }
        }
    }
    // Items that begin with who does them do so in one text again and again; one alone may tell what somebody is for.
    let again = heads.len() >= FEWEST;
    heads.retain(|clause| again || clause.statement.form.len() > 1);
    found.extend(heads);
    // So do items that end with who sees to them.
    if tails.len() >= FEWEST {
        found.extend(tails);
    }
    found.sort_by_key(|clause| clause.range.start);
    found
}

/// A line without the dashes before who does it: --由甲局会同乙局组织落实.
fn undashed(text: &str, line: &Line) -> Line {
    let words = &text[line.range.clone()];
    let rest = words.trim_start_matches(['-', ' ']);
    let range = if words.starts_with('-') && by_whom(rest).is_some() {
        line.range.end - rest.len()..line.range.end
    } else {
        line.range.clone()
    };
    Line {
        range,
        ..line.clone()
    }
}

/// How many items begin with one body that answers, or end with who sees to them, where all of them are taken for clauses.
const FEWEST: usize = 3;

/// Who does it at the head of an item, or of the line below its title, and then what is to be done:
/// 1.甲局负责,乙局配合,清理摊点.
fn head(
    grammar: Grammar,
    line: &Line,
    sentence: &Range<usize>,
    clauses: &[Clause],
) -> Option<(Range<usize>, (Statement, Rule))> {
    const MOST_SEGMENTS: usize = 4;
    let text = grammar.text;
    // 四、其他工作 (一)甲局负责: a title may stand before the item in its line.
    let words = text[sentence.clone()].split(',').next()?;
    let mut starts = words
        .rmatch_indices(' ')
        .map(|(at, space)| at + space.len())
        .chain([0]);
    let label = starts.find_map(|at| label::at(text, sentence.start + at));
    let begins = sentence.start == line.range.start || behind_title(text, line, sentence.start);
    let led = begins && by_whom(words).is_some();
    let start = label
        .map(|label| label.end)
        .or(led.then_some(sentence.start))?;
    if start >= sentence.end || sentence.end - start > LONGEST {
        return None;
    }
    let mut end = start;
    let mut next = start;
    for part in text[start..sentence.end].split(',').take(MOST_SEGMENTS) {
        if verb_phrase(part).is_none_or(|verb| verb.len == part.len()) {
            break;
        }
        end = next + part.len();
        next = end + ",".len();
    }
    let range = start..end;
    if range.is_empty() || end == sentence.end || overlapping(clauses, &range).is_some() {
        return None;
    }
    let statement = grammar.explicit(range.clone())?;
    let first = start + by_whom(&text[range.clone()]).unwrap_or_default();
    let sure = statement.shape == Shape::Segments
        && statement.known == 100
        && first_named(&statement) == Some(first);
    sure.then_some((range, (statement, Rule::Sentence)))
}

/// Who does it behind what an item is about, before the item says how: (三)食品安全整治,由甲局负责,乙局配合。加大检查力度。
fn topic(
    grammar: Grammar,
    sentence: &Range<usize>,
    clauses: &[Clause],
) -> Option<(Range<usize>, (Statement, Rule))> {
    let text = grammar.text;
    let label = label::at(text, sentence.start)?;
    let part = last_part(text, sentence)?;
    let before = text.get(label.end..part.start)?;
    let one_phrase = before.matches(',').count() == 1 && !before.contains([':', ';']);
    if !one_phrase || sentence.len() > LONGEST || overlapping(clauses, &part).is_some() {
        return None;
    }
    let statement = grammar.explicit(part.clone())?;
    // 公安、交通部门: the first is named by its field.
    let sure = statement.shape == Shape::Segments
        && statement.known >= 50
        && tells_who_answers(text, &statement)
        && says_by_whom(&statement, text, &part);
    sure.then_some((part, (statement, Rule::Sentence)))
}

/// Whether nothing but a number and a title stands in the line before `at`: (一)矿产统一规划。
fn behind_title(text: &str, line: &Line, at: usize) -> bool {
    const LONGEST: usize = 30;
    let title = label::at(text, line.range.start).and_then(|label| text.get(label.end..at));
    title.is_some_and(|title| {
        let title = title.trim_end().strip_suffix('。').unwrap_or_default();
        !title.is_empty() && title.chars().nth(LONGEST).is_none() && !title.contains(ends_sentence)
    })
}

/// Who sees to an item that says nothing of what is to be done but to see to it: 关于甲的问题,由乙部会同丙部等研究提出落实意见.
fn tail(
    grammar: Grammar,
    sentence: &Range<usize>,
    clauses: &[Clause],
) -> Option<(Range<usize>, (Statement, Rule))> {
    const LONGEST_OBJECT: usize = 12;
    static OBJECTS: Words = Words::of("落实 意见 办理 解决 方案 措施");
    let text = grammar.text;
    if sentence.len() > LONGEST || !ends_block(text, sentence.end) {
        return None;
    }
    let part = last_part(text, sentence)?;
    let start = part.start + by_whom(&text[part.clone()])?;
    let end = before_object(text, start..part.end);
    let object = &text[end..part.end];
    let sees_to_it = OBJECTS.end(object).is_some() && object.chars().count() <= LONGEST_OBJECT;
    if !sees_to_it || overlapping(clauses, &part).is_some() {
        return None;
    }
    let names = start..end;
    let statement = grammar
        .explicit(names.clone())
        .or_else(|| grammar.bare(names))?;
    (statement.known == 100).then_some((part, (statement, Rule::Sentence)))
}

/// Who does what an item says, behind the dashes that end it: 1、检查门窗。——总务处.
fn behind_dashes(
    grammar: Grammar,
    line: &Line,
    sentence: &Range<usize>,
    clauses: &[Clause],
) -> Option<(Range<usize>, (Statement, Rule))> {
    let text = grammar.text;
    if sentence.end != line.range.end {
        return None;
    }
    let at = text[sentence.clone()].rfind("--")?;
    label::at(text, line.range.start)?;
    let start = sentence.start + at + "--".len();
    let part = start..sentence.end;
    if start == line.range.start + "--".len() || overlapping(clauses, &part).is_some() {
        return None;
    }
    let statement = grammar.bodies(part.clone())?;
    Some((part, (statement, Rule::Sentence)))
}

/// Who does what stands below a title, as the first sentence there says: 甲局牵头,乙局配合。精简会议三成.
fn below_title(
    grammar: Grammar,
    line: &Line,
    sentence: &Range<usize>,
    clauses: &[Clause],
) -> Option<(Range<usize>, (Statement, Rule))> {
    const LONGEST_TITLE: usize = 40;
    let text = grammar.text;
    let begins = sentence.start == line.range.start && sentence.end < line.range.end;
    let told = begins && holds_verb(&text[sentence.clone()]);
    if !told || sentence.len() > LONGEST || overlapping(clauses, sentence).is_some() {
        return None;
    }
    let above = text[..line.range.start].trim_end();
    let title = above.len() - above.lines().next_back()?.trim_start().len();
    let titled = label::at(text, title).is_some()
        && above[title..].chars().nth(LONGEST_TITLE).is_none()
        && !above.ends_with('。');
    if !titled {
        return None;
    }
    let statement = grammar.explicit(sentence.clone())?;
    let whole = statement.shape == Shape::Segments
        && statement.known == 100
        && statement.form.len() > 1
        && first_named(&statement) == Some(sentence.start)
        && statement
            .form
            .last()
            .is_some_and(|verb| verb.end == sentence.end);
    whole.then_some((sentence.clone(), (statement, Rule::Sentence)))
}

/// Whether words hold one of the verbs that say who answers; most sentences need not be read any further.
fn holds_verb(words: &str) -> bool {
    let verbs = ["牵头", "负责", "配合"];
    verbs.iter().any(|verb| words.contains(verb))
}

/// Whether words say in which cases something is done.
fn conditional(words: &str) -> bool {
    static CASES: Words = Words::of("未按 未经 逾期 拒不 如有 如果 若有");
    let last = words.rsplit([',', '。']).next().unwrap_or_default();
    words.ends_with(['的', '时', '后']) || CASES.inside(last)
}

/// Whether a statement says who answers, and not only who gives an event: 市商务局主办.
fn tells_who_answers(text: &str, statement: &Statement) -> bool {
    let events = ["主办", "承办", "协办"];
    let of_event = |verb: &Range<usize>| {
        events
            .iter()
            .any(|event| text[verb.clone()].ends_with(event))
    };
    !statement.form.iter().all(of_event)
}

/// What a sentence says at its end of whoever does what it says: 由甲局负责 in 推动项目开工,由甲局负责.
fn last_part(text: &str, sentence: &Range<usize>) -> Option<Range<usize>> {
    let at = text[sentence.clone()].rfind(",由")?;
    // 无相关职能的,由市直部门负责 says who does it in some cases.
    let conditional = conditional(&text[..sentence.start + at]);
    (!conditional).then_some(sentence.start + at + ",".len()..sentence.end)
}

/// What stands before 由 where it is a part of a word, or says who did it before, might do it, or does it no more.
const BEFORE_BY: &str = "自理事缘经不再原前曾拟可应改直仍先后已须需将能";

/// What an item says of whoever does it that is no more than that: 由市急救中心负责 in 3.医疗保障由市急救中心负责.
fn behind_subject(text: &str, sentence: &Range<usize>) -> Option<Range<usize>> {
    const LONGEST: usize = 16;
    let label = label::at(text, sentence.start)?;
    let words = text.get(label.end..sentence.end)?;
    let mut near = words.char_indices().take(LONGEST);
    let (at, _) = near.find(|(_, c)| *c == '由')?;
    let subject = &words[..at];
    // 自由贸易, 理由, 不再由, 此前由, 可由
    let of_word = subject.is_empty() || subject.ends_with(|c: char| BEFORE_BY.contains(c));
    let phrase = subject
        .trim_end_matches(':')
        .chars()
        .all(domain::fold::is_han);
    (!of_word && phrase && ends_block(text, sentence.end)).then_some(label.end + at..sentence.end)
}

/// Where those who do it begin behind what is to be done: 甲局牵头,乙局配合 in 改造厂房三座,甲局牵头,乙局配合,6月底前完成.
fn roles_at_end(text: &str, sentence: &Range<usize>) -> Option<Range<usize>> {
    /// So many phrases may say what is to be done.
    const MOST: usize = 6;
    let words = &text[sentence.clone()];
    label::at(text, sentence.start)?;
    if !holds_verb(words) || by_whom(words).is_some() {
        return None;
    }
    let mut commas = words.match_indices(',').take(MOST);
    let start = commas.find_map(|(at, comma)| {
        let start = at + comma.len();
        let first = words[start..].split(',').next()?;
        let verb = verb_phrase(first)?;
        (verb.len < first.len()).then_some(start)
    })?;
    // 发现线索的,甲局负责 says who does it in some cases.
    if conditional(&words[..start - ",".len()]) {
        return None;
    }
    Some(sentence.start + start..sentence.end)
}

fn read(
    grammar: Grammar,
    line: &Line,
    sentence: &Range<usize>,
    clauses: &[Clause],
) -> Option<(Statement, Rule)> {
    let text = grammar.text;
    let words = &text[sentence.clone()];
    let shared = [
        "牵头",
        "配合",
        "职责",
        "分工",
        "负责",
        "落实",
        "会同",
        "承办",
        "主办",
        "协办",
        "组织实施",
    ];
    // 责任单位为甲局
    let stated = stated_label(words).or_else(|| glued_label(words)).is_some();
    // 由甲局牵头,乙局配合。 as a whole sentence says who does what stands before it, though more may follow.
    let begins_line = sentence.start == line.range.start;
    let begins_sentence = begins_line || text[..sentence.start].trim_end().ends_with(ends_sentence);
    let whole = begins_sentence && by_whom(words).is_some();
    let last = ends_block(text, sentence.end);
    let may_be = (6..=LONGEST).contains(&words.len())
        && (stated || shared.iter().any(|word| words.contains(word)))
        && (last || whole)
        && label::at(text, sentence.start).is_none()
        && overlapping(clauses, sentence).is_none();
    if !may_be || is_of_document(words) {
        return None;
    }
    let statement = grammar.explicit(sentence.clone())?;
    // 财政、教育等部门要密切配合 asks them for something.
    let asks = |form: &Range<usize>| text[..form.start].ends_with(['要', '应', '须', '需']);
    if statement.form.iter().any(asks) || acts(&statement, text, sentence) {
        return None;
    }
    let alone = sentence.start == line.range.start;
    let says_who = says_by_whom(&statement, text, sentence);
    // One body that answers is what prose says too; two roles, a lead or shared duties are what clauses say.
    let telling = words.contains("牵头")
        || words.contains("分工")
        || statement.parties.len() > 1
        || !statement.dues.is_empty()
        || says_who
        || says_nothing_else(grammar, &statement, sentence);
    let begins = first_named(&statement) == Some(sentence.start) || says_who;
    let helped = last && acts_with_others(&statement, text, sentence);
    let says = statement.shape == Shape::Segments && telling && begins
        || stated && statement.shape == Shape::Labelled
        || last && only_helpers_act(&statement, text, sentence)
        || helped;
    // 由镇水利站负责,东山村配合: who says by whom may name villages and stations, and so may who names others beside them.
    let mut names = statement
        .parties
        .iter()
        .map(|party| &text[party.name.clone()]);
    let several = last && statement.known >= 50 && statement.parties.len() > 1;
    // 由甲局牵头修订,乙局、丙局、某车务段等单位配合: nor does one of many spoil the others.
    let mostly = helped && statement.known >= 80;
    let bodies = statement.known == 100
        || mostly && names.clone().all(looks_like_name)
        || (says_who || several) && names.all(|name| grammar.may_be_body(name));
    let sure = bodies && says && (last || says_who && statement.form.len() > 1);
    sure.then_some((statement, if alone { Rule::Line } else { Rule::Sentence }))
}

/// Whether a sentence says by whom, and none but those who help do anything of their own: 由甲局负责,乙局配合宣传.
fn only_helpers_act(statement: &Statement, text: &str, sentence: &Range<usize>) -> bool {
    const LONGEST: usize = 6;
    let [answers, .., helps] = &statement.form[..] else {
        return false;
    };
    let object = &text[helps.end..sentence.end];
    let short = object.chars().all(domain::fold::is_han) && object.chars().nth(LONGEST).is_none();
    let helpers = ["配合", "协助", "支持"];
    statement.shape == Shape::WithObject
        && text[answers.end..].starts_with([',', ';'])
        && helpers
            .iter()
            .any(|verb| text[helps.clone()].contains(verb))
        && short
        && first_named(statement).map(|first| first - sentence.start)
            == by_whom(&text[sentence.clone()])
}

/// Whether a sentence says who sees to the document as a whole, 本规划由甲局会同有关部门组织实施, or hands it out: 现将《市委任务分工》
/// 印发给你们,请认真贯彻落实.
fn is_of_document(words: &str) -> bool {
    const LONGEST: usize = 8;
    if words.starts_with("现将") || words.contains("印发给你们") {
        return true;
    }
    let by = words.strip_prefix('本').and_then(|rest| {
        let mut characters = rest.char_indices().take(LONGEST);
        characters
            .find(|(_, c)| *c == '由')
            .map(|(at, _)| &rest[..at])
    });
    by.is_some_and(ends_like_title)
}

/// Whether a sentence is one body's name and that it answers, and nothing more: 市教委负责。 Of a set, prose says it too.
fn says_nothing_else(grammar: Grammar, statement: &Statement, sentence: &Range<usize>) -> bool {
    let [party] = &statement.parties[..] else {
        return false;
    };
    let name = &grammar.text[party.name.clone()];
    let behind = &grammar.text[party.name.end..sentence.end];
    // 等有关部门负责
    let others = behind.strip_prefix('等');
    let others = others.map(|rest| rest.trim_start_matches(|c| "有关相关部门和单位".contains(c)));
    let verb = others.unwrap_or(behind);
    party.name.start == sentence.start
        && reference(name) == Reference::Named
        && grammar.names.is_party(name)
        && verb.contains("负责")
        && verb_phrase(verb).is_some_and(|phrase| phrase.len == verb.len())
}

/// Whether what the last verb is about stands behind it, as in 甲局牵头,负责组织检查, which is prose.
fn acts(statement: &Statement, text: &str, sentence: &Range<usize>) -> bool {
    let last = statement.form.last().map_or(sentence.end, |form| form.end);
    let rest = text[last.min(sentence.end)..sentence.end].trim_start_matches(',');
    statement.shape == Shape::Segments
        && statement.dues.is_empty()
        && ["负责", "组织", "承担"]
            .iter()
            .any(|verb| rest.starts_with(verb))
}

/// Whether a sentence says by whom something is done and who helps: 由甲局牵头修订和组织实施,乙局、丙局配合.
fn acts_with_others(statement: &Statement, text: &str, sentence: &Range<usize>) -> bool {
    let helped = statement
        .parties
        .iter()
        .any(|party| matches!(party.role, Role::Support | Role::Participate));
    statement.shape == Shape::WithObject
        && helped
        && statement
            .form
            .last()
            .is_some_and(|verb| verb.end == sentence.end)
        && first_named(statement).map(|first| first - sentence.start)
            == by_whom(&text[sentence.clone()])
}

/// Where the first body or leader is named.
fn first_named(statement: &Statement) -> Option<usize> {
    let bodies = statement.parties.iter().map(|party| &party.name);
    let named = bodies.chain(&statement.persons);
    named.map(|name| name.start).min()
}

/// 由甲局、乙局负责落实 and 此项工作由甲局牵头 say nothing but who answers; what they are to do would stand behind the verb.
fn says_by_whom(statement: &Statement, text: &str, sentence: &Range<usize>) -> bool {
    const VERBS: [&str; 22] = [
        "负责", "牵头", "配合", "支持", "落实", "实施", "推进", "参加", "参与", "协助", "协办",
        "承办", "主办", "指导", "督办", "督导", "督查", "监督", "资金", "经费", "协调", "统筹",
    ];
    let (Some(first), Some(verb)) = (first_named(statement), statement.form.last()) else {
        return false;
    };
    // Behind the verb stands nothing but by when.
    let rest = text[verb.end..sentence.end].trim_start_matches([',', ';']);
    let due = || {
        let of_clause = statement.dues.first().map(|due| due.range.clone());
        let words = verb.end..sentence.end;
        of_clause.or_else(|| Some(due::find(text, words, None)?.range))
    };
    let only_due = !rest.is_empty()
        && !rest.contains([',', ';', ':'])
        && due().is_some_and(|due| verb.end <= due.start);
    by_whom(&text[sentence.clone()]) == Some(first - sentence.start)
        && (rest.is_empty() || only_due)
        && VERBS.iter().any(|word| text[verb.clone()].contains(word))
}
