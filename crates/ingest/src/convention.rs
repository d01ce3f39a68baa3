//! Rules that a document sets for all its clauses: the first listed leads; where nobody leads, the responsible do; every
//! district does its part in all of this.

use crate::{line::trimmed, list::list, party::Names, role::before_adverbs};
use domain::vocabulary::Role;
use regex::Regex;
use std::{ops::Range, sync::LazyLock};

/// A rule and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Convention {
    /// The words, in the folded text, with brackets that hold nothing else.
    pub(crate) range: Range<usize>,
    /// What they lay down.
    pub(crate) rule: Rule,
}

/// What a convention lays down for its own clause and for those behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// 列第一位的为牵头单位,其他为参与单位: the first of a bare list leads, and the others have this role if it is said.
    FirstListedLeads { others: Option<Role> },
    /// 加★的为牵头单位,其他为配合单位: those with this mark lead, and the others have this role if it is said.
    MarkedLead { mark: char, others: Option<Role> },
    /// 无牵头单位的,责任单位为牵头单位: those who answer lead where nobody else does.
    ResponsibleLead,
    /// 以下任务均需各区落实,不再列出: these parties answer for other tasks too.
    AlsoResponsible {
        parties: Vec<Range<usize>>,
        role: Role,
        reach: Reach,
    },
}

/// For which tasks a convention holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// 以上: for those before it.
    Before,
    /// 以下: for those behind it.
    Behind,
    /// 下同: for the one in whose clause it stands, and for those behind.
    HereAndBehind,
}

/// All conventions in the order of the text.
pub(crate) fn conventions(text: &str, body: Range<usize>, names: &Names) -> Vec<Convention> {
    let mut found = first_listed(text, &body);
    found.extend(marked_lead(text, &body));
    found.extend(responsible_lead(text, &body));
    let also = also_responsible(text, &body, names, &found);
    found.extend(also);
    found.sort_by_key(|convention| convention.range.start);
    found.dedup_by(|next, before| next.range.start < before.range.end);
    found.truncate(MOST);
    found
}

/// No document lays down more.
const MOST: usize = 16;

/// How far around a word its sentence is looked for, in characters.
const REACH: usize = 120;

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}

fn first_listed(text: &str, body: &Range<usize>) -> Vec<Convention> {
    static FIRST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "(?:第一(?:位|个|责任|名|的|单位|顺位|家)|首位|首个|列首|排首|排在首|排名第一|排第一|排在第一|列第一)\
             [^。;、()由\n]{0,16}?(?:牵头|主责|主办|汇总)",
        )
    });
    let found = FIRST.find_iter(&text[body.clone()]).take(MOST);
    let convention = |words: regex::Match| {
        let words = body.start + words.start()..body.start + words.end();
        let (range, others) = with_others(text, body, &words);
        let start = behind_exception(text, range.start);
        Convention {
            range: with_brackets(text, start..range.end),
            rule: Rule::FirstListedLeads { others },
        }
    };
    found.map(convention).collect()
}

fn marked_lead(text: &str, body: &Range<usize>) -> Vec<Convention> {
    static MARKED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "[加标带注有打用以划画][^,。;、()\n]{0,6}([★☆▲△●◆※*])[^,。;、\n]{0,8}(?:牵头|主责|主办|责任主体)",
        )
    });
    let found = MARKED.captures_iter(&text[body.clone()]).take(MOST);
    let convention = |words: regex::Captures| {
        let mark = words[1].chars().next()?;
        let words = words.get(0)?;
        let words = body.start + words.start()..body.start + words.end();
        let (range, others) = with_others(text, body, &words);
        Some(Convention {
            range: with_brackets(text, range),
            rule: Rule::MarkedLead { mark, others },
        })
    };
    found.filter_map(convention).collect()
}

/// The rule around `words`, with what it says of the others, 其他为参与单位, and the role that it gives them.
fn with_others(
    text: &str,
    body: &Range<usize>,
    words: &Range<usize>,
) -> (Range<usize>, Option<Role>) {
    const OTHERS: [&str; 5] = ["其他", "其余", "其它", "未标", "未加"];
    let range = part(text, body, words, ",。;");
    let sentence = part(text, body, words, "。");
    let behind = &text[words.end..sentence.end.max(words.end)];
    let Some(at) = OTHERS.iter().filter_map(|word| behind.find(word)).min() else {
        return (range, None);
    };
    let word = words.end + at..words.end + at + '其'.len_utf8();
    let of_others = word.start..part(text, body, &word, "。;").end;
    (range.start..of_others.end, others(&text[of_others]))
}

/// Where the exception begins that stands before a rule at `start` in the same bracket: (除已标明外,列第一位的为牵头单位).
fn behind_exception(text: &str, start: usize) -> usize {
    const LONGEST: usize = 30;
    let mut near = text[..start].char_indices().rev().take(LONGEST);
    let open = near.find(|(_, c)| "([。\n".contains(*c));
    let said = open.map(|(at, c)| at + c.len_utf8());
    let is_exception = |at: &usize| {
        let words = text[*at..start].trim();
        words.starts_with('除') && words.ends_with("外,")
    };
    said.filter(is_exception).unwrap_or(start)
}

/// The role that these words give to those that are not listed first.
fn others(words: &str) -> Option<Role> {
    let (_, role) = words.split_once('为')?;
    let roles = [
        ("参与", Role::Participate),
        ("参加", Role::Participate),
        ("配合", Role::Support),
        ("协办", Role::Support),
        ("协助", Role::Support),
        ("协同", Role::Support),
    ];
    let said = roles.iter().find(|(word, _)| role.starts_with(word));
    said.map(|(_, role)| *role)
}

fn responsible_lead(text: &str, body: &Range<usize>) -> Vec<Convention> {
    static RESPONSIBLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "(?:(?:无|没有|未明确|未列出?|未标明?|未注明|未设|不设)[^,。;\n]{0,6}牵头(?:单位|部门)?的?|\
             (?:只列|仅列|只有|仅有|只明确)责任(?:单位|部门)的?)\
             [,:]?[^。;\n]{0,8}责任(?:单位|部门)[^。;,\n]{0,6}牵头",
        )
    });
    let found = RESPONSIBLE.find_iter(&text[body.clone()]).take(MOST);
    let convention = |words: regex::Match| {
        let words = body.start + words.start()..body.start + words.end();
        Convention {
            range: with_brackets(text, part(text, body, &words, "。;")),
            rule: Rule::ResponsibleLead,
        }
    };
    found.map(convention).collect()
}

fn also_responsible(
    text: &str,
    body: &Range<usize>,
    names: &Names,
    others: &[Convention],
) -> Vec<Convention> {
    static BLANKET: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "均[需须应][^。;,\n]{0,4}(?:落实|负责|配合|参与)[^。;\n]{0,2}下同|不再[^。;,\n]{0,6}(?:列|分工|赘述|重复|标注|注明)|(?:以下|下列)[均都](?:需|须|由|应|涉及)|\
             (?:以下|下列|各项|所有|全部|本方案|本计划|上述|以上)[^。;,\n]{0,12}(?:任务|工作|事项|措施)\
             (?:[^。;,\n]{0,4}[均都]|,?[^。;,\n]{0,24}[均都]为[^。;,\n]{0,4}单位)",
        )
    });
    let mut found: Vec<Convention> = vec![];
    for words in BLANKET.find_iter(&text[body.clone()]) {
        let words = body.start + words.start()..body.start + words.end();
        let last = found.last().map_or(0, |last| last.range.end);
        if words.start < last {
            continue;
        }
        let whole = part(text, body, &words, "。;");
        // 市水务局,以下任务均需各区落实: what stands before its first word belongs to the clause.
        let own = opened(text, &whole, words.end).map(|start| start..whole.end);
        // 列首位的为牵头单位,各区均需落实: another rule stands before this one.
        let behind_other = others
            .iter()
            .any(|other| other.range.start < whole.end && whole.start < other.range.end);
        let whole = if behind_other {
            part(text, body, &words, ",。;").start..whole.end
        } else {
            whole
        };
        let mut ranges = own.into_iter().chain([whole]);
        let read = |range: Range<usize>| Some((obliged(text, range.clone(), names)?, range));
        let Some(((parties, role), range)) = ranges.find_map(read) else {
            continue;
        };
        let said = &text[range.clone()];
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        let reach = if says(&["以上", "上述"]) {
            Reach::Before
        } else if says(&["下同"]) && !says(&["以下", "下列"]) {
            Reach::HereAndBehind
        } else {
            Reach::Behind
        };
        found.push(Convention {
            range: with_brackets(text, range),
            rule: Rule::AlsoResponsible {
                parties,
                role,
                reach,
            },
        });
        if found.len() == MOST {
            break;
        }
    }
    found
}

/// Where a convention begins behind a comma, by the words that such begin with.
fn opened(text: &str, part: &Range<usize>, end: usize) -> Option<usize> {
    const OPENERS: [&str; 9] = [
        "以下",
        "下列",
        "上述",
        "以上",
        "各项",
        "所有",
        "全部",
        "本方案",
        "具体任务",
    ];
    let before = &text[part.start..end.max(part.start)];
    let mut commas = before.match_indices(',').map(|(at, _)| at + 1);
    let opens = |at: &usize| OPENERS.iter().any(|word| before[*at..].starts_with(word));
    commas.find(opens).map(|at| part.start + at)
}

/// The part of a sentence around `words`, between the signs that bound it and the brackets that it stands in.
fn part(text: &str, body: &Range<usize>, words: &Range<usize>, bounds: &str) -> Range<usize> {
    let mut depth = 0usize;
    let mut start = words.start;
    for (at, c) in text[body.start..words.start]
        .char_indices()
        .rev()
        .take(REACH)
    {
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' if depth == 0 => break,
            '(' | '[' => depth -= 1,
            '\n' => break,
            c if depth == 0 && bounds.contains(c) => break,
            _ => {}
        }
        start = body.start + at;
    }
    let mut depth = 0usize;
    let mut end = words.end;
    for (at, c) in text[words.end..body.end].char_indices().take(REACH) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth == 0 => break,
            ')' | ']' => depth -= 1,
            '\n' => break,
            c if depth == 0 && bounds.contains(c) => break,
            _ => {}
        }
        end = words.end + at + c.len_utf8();
    }
    trimmed(text, start..end)
}

/// A convention with the brackets around it, if they hold nothing else and stand behind a name.
fn with_brackets(text: &str, range: Range<usize>) -> Range<usize> {
    let before = &text[..range.start];
    let after = &text[range.end..];
    let same_below = after.strip_prefix([',', ';', '。']);
    let after = same_below
        .and_then(|after| after.strip_prefix("下同"))
        .unwrap_or(after)
        .trim_start_matches('。');
    let behind_name = before
        .strip_suffix(['(', '['])
        .is_some_and(|before| before.ends_with(domain::fold::is_han));
    if behind_name && after.starts_with([')', ']']) {
        range.start - 1..text.len() - after.len() + 1
    } else {
        range
    }
}

/// The parties in 均需…落实, and what they are to do.
fn obliged(text: &str, range: Range<usize>, names: &Names) -> Option<(Vec<Range<usize>>, Role)> {
    const LEADS: [&str; 16] = [
        "均需要",
        "均需",
        "均须",
        "均由",
        "均应由",
        "均涉及",
        "均含",
        "均包括",
        "都需要",
        "都需",
        "都须",
        "都由",
        "都涉及",
        "需要",
        "须由",
        "由",
    ];
    let words = &text[range.clone()];
    let mut places: Vec<usize> = LEADS
        .iter()
        .filter_map(|lead| words.find(lead).map(|at| at + lead.len()))
        .collect();
    // Without such a word the set itself begins the sentence: 各区均为以下任务的责任单位.
    places.extend(words.match_indices('各').take(4).map(|(at, _)| at));
    places.sort_unstable();
    places.into_iter().find_map(|start| {
        const ENDS: [&str; 17] = [
            "按职责",
            "按照职责",
            "贯彻",
            "落实",
            "负责",
            "配合",
            "协助",
            "参与",
            "抓好",
            "承担",
            "执行",
            "组织实施",
            "均",
            "都",
            "为",
            "的",
            ",",
        ];
        let rest = &words[start..];
        let (end, verb) = ENDS
            .iter()
            .filter_map(|verb| rest.find(verb).map(|at| (at, *verb)))
            .min_by_key(|(at, _)| *at)
            .unwrap_or((rest.len(), ""));
        let start = range.start + start;
        let subject = before_adverbs(&rest[..end]).len();
        let parties = list(text, start..start + subject, names).names;
        let party = |party: &Range<usize>| names.is_party(&text[party.clone()]);
        let role = match verb {
            "配合" | "协助" => Role::Support,
            "参与" => Role::Participate,
            _ => Role::Responsible,
        };
        (!parties.is_empty() && parties.iter().all(party)).then_some((parties, role))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let found = conventions(text, 0..text.len(), &Names::default());
        let shown = found.into_iter().map(|c| {
            let words = &text[c.range];
            match c.rule {
                Rule::FirstListedLeads { others: None } => format!("first: {words}"),
                Rule::FirstListedLeads { others: Some(role) } => format!("first, {role}: {words}"),
                Rule::MarkedLead { mark, others } => format!("marked {mark}, {others:?}: {words}"),
                Rule::ResponsibleLead => format!("responsible: {words}"),
                Rule::AlsoResponsible {
                    parties,
                    role,
                    reach,
                } => {
                    let names: Vec<_> = parties.into_iter().map(|p| &text[p]).collect();
                    format!("{} {role} {reach:?}: {words}", names.join("+"))
                }
            }
        });
        shown.collect()
    }

    #[test]
    fn conventions_are_found() {
        for (text, expected) in [
            (
                "(甲局、乙委,列第一位的为牵头单位,下同)",
                "first: 列第一位的为牵头单位",
            ),
            (
                "前文。排在首位的为牵头单位。后文",
                "first: 排在首位的为牵头单位",
            ),
            (
                "责任分解中,列第一位的责任单位为牵头单位或汇总单位。",
                "first: 列第一位的责任单位为牵头单位或汇总单位",
            ),
            (
                "排名第一的责任单位为牵头单位,其他责任单位为参与单位。",
                "first, participate: 排名第一的责任单位为牵头单位,其他责任单位为参与单位",
            ),
            (
                "排在首位的为牵头责任单位,负责协调;其余为协同责任单位。",
                "first, support: 排在首位的为牵头责任单位,负责协调;其余为协同责任单位",
            ),
            (
                "(甲局负责。列第一位者为牵头部门,其他有关部门按职责分工负责,下同)",
                "first: 列第一位者为牵头部门,其他有关部门按职责分工负责,下同",
            ),
            (
                "甲局、乙委(除标注\"分别牵头\"外,列第一位为牵头或汇总单位,下同)",
                "first: (除标注\"分别牵头\"外,列第一位为牵头或汇总单位,下同)",
            ),
            (
                "前文。(以下任务均需各区人民政府、各街道落实,不再列出)",
                "各区人民政府+各街道 responsible Behind: 以下任务均需各区人民政府、各街道落实,不再列出",
            ),
            (
                "本方案的以下工作均需各县(市、区)政府、市高新区管委会落实,不再一一列出。高新区无职能的,由市直部门负责。",
                "各县(市、区)政府+市高新区管委会 responsible Behind: 本方案的以下工作均需各县(市、区)政府、市高新区管委会落实,不再一一列出",
            ),
            (
                "[责任单位:省商务厅负责。具体任务均涉及相关市(州)人民政府,不再做分工,下同。]",
                "相关市(州)人民政府 responsible HereAndBehind: 具体任务均涉及相关市(州)人民政府,不再做分工,下同",
            ),
            (
                "市生态环境局,以下均需各乡镇人民政府落实,不再逐",
                "各乡镇人民政府 responsible Behind: 以下均需各乡镇人民政府落实,不再逐",
            ),
            (
                "责任单位:市生态环境局(以下任务均需各乡镇人民政府配合,不再单独列出)",
                "各乡镇人民政府 support Behind: (以下任务均需各乡镇人民政府配合,不再单独列出)",
            ),
            (
                "各区人民政府均为以下任务的责任单位,不再列出。",
                "各区人民政府 responsible Behind: 各区人民政府均为以下任务的责任单位,不再列出",
            ),
            (
                "本方案各项任务均由各区人民政府具体落实,以下不再重复列出。",
                "各区人民政府 responsible Behind: 本方案各项任务均由各区人民政府具体落实,以下不再重复列出",
            ),
            (
                "以上各项任务,各街道办事处均为责任单位。",
                "各街道办事处 responsible Before: 以上各项任务,各街道办事处均为责任单位",
            ),
            (
                "各牵头单位(无牵头单位的,责任单位即为牵头单位,下同)要制定方案。",
                "responsible: (无牵头单位的,责任单位即为牵头单位,下同)",
            ),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn other_sentences_are_no_conventions() {
        for text in [
            "明确市科技局为牵头单位,不再列出。",
            "第一批试点由市教委牵头。",
            "各项工作均取得进展。",
            "现有清单不再单独列示。",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
