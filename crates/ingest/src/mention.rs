//! Responsibility said in prose: 由甲局统筹协调…, 甲局牵头…, 各区…负责…. Never an assignment by itself.

use crate::{kind::is_branch, list::list, party::Names, role::before_adverbs, statement::Stated};
use domain::{clause::Confidence, vocabulary::Role};
use std::ops::Range;

/// What a sentence of prose says of somebody's responsibility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The words that say it.
    pub(crate) range: Range<usize>,
    /// Whom they name.
    pub(crate) parties: Vec<Stated>,
    /// What shows it.
    pub(crate) shown: Shown,
}

/// What shows that prose speaks of responsibility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// 由甲局制定
    By,
    /// 甲局负责制定
    Duty,
    /// 各区成立专班,负责落实
    Set,
}

impl Shown {
    /// The name of the rule.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::By => "prose_by",
            Self::Duty => "prose_duty",
            Self::Set => "prose_set",
        }
    }

    /// How sure it is that somebody is made responsible.
    pub(crate) fn confidence(self) -> Confidence {
        Confidence::percent(match self {
            Self::By => 60,
            Self::Duty => 55,
            Self::Set => 40,
        })
    }
}

/// The first mention in a sentence.
pub(crate) fn mention(text: &str, sentence: Range<usize>, names: &Names) -> Option<Mention> {
    let words = &text[sentence.clone()];
    let may_say = ["由", "牵头", "负责", "各", "承担", "统筹"];
    if !may_say.iter().any(|word| words.contains(word)) {
        return None;
    }
    let answers = ["负责", "落实", "牵头", "组织实施"];
    let last = answers.iter().filter_map(|verb| words.rfind(verb)).max();
    let mut start = sentence.start;
    for part in words.split_inclusive([',', ':']) {
        let end = start + part.trim_end_matches([',', ':']).len();
        if part.ends_with(':')
            && start == sentence.start
            && let Some(parties) = before_duty(text, start..sentence.end, end, names)
        {
            return Some(Mention {
                range: sentence,
                parties,
                shown: Shown::Duty,
            });
        }
        if let Some(set) = set(&text[start..end])
            && last.is_some_and(|last| start < sentence.start + last)
        {
            let name = start..start + set.len();
            let role = Role::Responsible;
            return Some(Mention {
                range: start..sentence.end,
                parties: vec![Stated { name, role }],
                shown: Shown::Set,
            });
        }
        if let Some((parties, shown)) = acts(text, start..end, names) {
            return Some(Mention {
                range: start..end,
                parties,
                shown,
            });
        }
        start += part.len();
    }
    None
}

/// What follows the names of those who act, and what it says of them.
const VERBS: [(&str, Role); 19] = [
    ("牵头", Role::Lead),
    ("统筹", Role::Coordinate),
    ("协调", Role::Coordinate),
    ("指导", Role::Supervise),
    ("督促", Role::Supervise),
    ("监督", Role::Supervise),
    ("配合", Role::Support),
    ("负责", Role::Responsible),
    ("承担", Role::Responsible),
    ("组织", Role::Responsible),
    ("会同", Role::Responsible),
    ("主管", Role::Responsible),
    ("制定", Role::Responsible),
    ("实施", Role::Responsible),
    ("落实", Role::Responsible),
    ("共同", Role::Responsible),
    ("联合", Role::Responsible),
    ("分别", Role::Responsible),
    ("按职责", Role::Responsible),
];

/// Verbs that show a duty without 由 before the names.
const DUTIES: [&str; 4] = ["牵头", "负责", "承担", "统筹"];

/// The bodies before the colon at `colon`, if the words behind it say what their duty is: 市财政局:负责资金保障.
fn before_duty(
    text: &str,
    range: Range<usize>,
    colon: usize,
    names: &Names,
) -> Option<Vec<Stated>> {
    let behind = text[colon..range.end].trim_start_matches([':', ' ']);
    let verb = DUTIES.iter().find(|verb| behind.starts_with(**verb))?;
    let found = list(text, range.start..colon, names).names;
    let all = found.iter().all(|name| names.is_party(&text[name.clone()]));
    let role = VERBS.iter().find(|(word, _)| word == verb)?.1;
    let stated = found.into_iter().map(|name| Stated { name, role });
    all.then(|| stated.collect())
}

/// How many places of a part are tried, so that no text costs more than its length.
const MOST_TRIES: usize = 4;

/// 由 and names, then what they do; or names that lead or answer for something.
fn acts(text: &str, part: Range<usize>, names: &Names) -> Option<(Vec<Stated>, Shown)> {
    let words = &text[part.clone()];
    let by = words.match_indices('由').take(MOST_TRIES);
    let mut by = by.map(|(at, word)| part.start + at + word.len());
    if let Some((parties, _)) = by.find_map(|start| before_verb(text, start..part.end, names)) {
        return Some((parties, Shown::By));
    }
    let (parties, verb) = before_verb(text, part, names)?;
    DUTIES.contains(&verb).then_some((parties, Shown::Duty))
}

/// The names that `range` begins with, up to a verb. No list of names is longer than what is looked at.
fn before_verb(
    text: &str,
    range: Range<usize>,
    names: &Names,
) -> Option<(Vec<Stated>, &'static str)> {
    const LONGEST: usize = 60;
    let words = &text[range.clone()];
    let end = words.char_indices().nth(LONGEST);
    let words = &words[..end.map_or(words.len(), |(at, _)| at)];
    let verbs = VERBS.iter();
    let places = verbs.filter_map(|(verb, role)| Some((words.find(verb)?, *verb, *role)));
    let (at, verb, role) = places.min_by_key(|(at, ..)| *at)?;
    let subject = before_adverbs(&words[..at]).trim_end();
    let found = list(text, range.start..range.start + subject.len(), names).names;
    // 公安、交通部门 are two bodies, and 部门 stands behind both.
    let of_branches = subject.ends_with("部门");
    let is_body = |name: &str| names.is_party(name) || of_branches && is_branch(name);
    let all = found.iter().all(|name| is_body(&text[name.clone()]));
    if found.is_empty() || !all {
        return None;
    }
    let role = match role {
        Role::Lead if found.len() > 1 => Role::CoLead,
        role => role,
    };
    let stated = found.into_iter().map(|name| Stated { name, role });
    Some((stated.collect(), verb))
}

/// The set of bodies that a part of a sentence begins with: 各区成立建设工作组. If it, or what follows, says that they are
/// to answer for something, that is a mention to the end of the sentence.
fn set(part: &str) -> Option<&'static str> {
    const SETS: [&str; 12] = [
        "各县(市、区)",
        "各有关部门",
        "各有关单位",
        "各县市区",
        "各区县",
        "各部门",
        "各单位",
        "各街道",
        "各地",
        "各区",
        "各县",
        "各市",
    ];
    SETS.into_iter().find(|set| part.starts_with(set))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_says_whom_it_names_and_what_shows_it() {
        for (text, expected) in [
            (
                "由市发展改革委牵头制定年度计划",
                "prose_by lead 市发展改革委",
            ),
            (
                "由市教育局、市财政局共同组织实施",
                "prose_by responsible 市教育局 市财政局",
            ),
            ("市数据局牵头", "prose_duty lead 市数据局"),
            ("各区制定清单,负责抓好落实", "prose_set responsible 各区"),
        ] {
            let found = mention(text, 0..text.len(), &Names::default()).unwrap();
            let names = found.parties.iter().map(|party| &text[party.name.clone()]);
            let names = names.collect::<Vec<_>>().join(" ");
            let shown = format!("{} {} {names}", found.shown.rule(), found.parties[0].role);
            assert_eq!(shown, expected);
        }
    }

    #[test]
    fn responsibility_in_prose_is_noticed() {
        for (text, expected) in [
            (
                "由天津市科技领导小组统筹协调试验区建设工作,明确分工",
                Some("由天津市科技领导小组统筹协调试验区建设工作"),
            ),
            (
                "制定办法,市财政局牵头落实资金",
                Some("市财政局牵头落实资金"),
            ),
            (
                "各区成立建设工作组,强化联动,负责对接",
                Some("各区成立建设工作组,强化联动,负责对接"),
            ),
            ("由此推动产业发展,组织活动", None),
            (
                "市政府定期听取汇报,各区制定清单,负责抓好落实",
                Some("各区制定清单,负责抓好落实"),
            ),
            ("发挥各部门作用", None),
            ("抓好落实,各区各具特色", None),
            ("完善工作机制", None),
            (
                "此项工作由市教育局、甲市师范学院共同组织实施",
                Some("此项工作由市教育局、甲市师范学院共同组织实施"),
            ),
            (
                "区委办公室负责将目标任务纳入考核",
                Some("区委办公室负责将目标任务纳入考核"),
            ),
            ("落实责任,负责到底", None),
        ] {
            let found = mention(text, 0..text.len(), &Names::default());
            assert_eq!(found.map(|found| &text[found.range]), expected, "{text}");
        }
    }
}
