//! Who has to do something by a rule, and in which role.

use crate::{
    list::list,
    party::Names,
    role::{before_adverbs, label_at_end, verb_phrase},
    words::Words,
};
use domain::vocabulary::Role;
use std::ops::Range;

/// Who is obliged by a part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Obliged {
    /// The parties.
    pub(super) parties: Vec<Range<usize>>,
    /// What they are to do.
    pub(super) role: Role,
    /// Whether a label says so: 均为责任单位.
    pub(super) labelled: bool,
    /// Whether the words before them say that they must, or are among those who do: 需, 均涉及.
    pub(super) must: bool,
}

/// The words before those who are obliged, and whether these say that they must.
const BEFORE: [(&str, bool); 13] = [
    ("由", false),
    ("为", false),
    ("是", false),
    ("请", false),
    ("需要", true),
    ("需", true),
    ("须", true),
    ("应", true),
    ("要求", true),
    ("涉及", true),
    ("包括", true),
    ("包含", true),
    ("含", true),
];

/// What begins behind them.
static BEHIND: Words = Words::of(
    "按 根据 结合 贯彻 落实 负责 配合 协助 支持 参与 参加 抓好 抓 做好 承担 执行 组织实施 \
    组织落实 组织开展 实施 推进 推动 牵头 共同 分别 均 都需 都要 都由 都应 都须 都为 都是 \
    都有 皆 也 一并 同步 要 须 需 为 是 列为 纳入 的 对以下 对上述 对各项 对所有 对本 统一 \
    一律",
);

/// What makes a name of such a word: 推进办.
static OF_NAMES: Words = Words::of("办 局 委 室 部 会 中心 处");

/// How many places are tried of each word.
const MOST_TRIES: usize = 4;

/// Reads a part of a sentence: 均需各区人民政府负责落实, 各街道为责任单位.
pub(super) fn obliged(text: &str, part: Range<usize>, names: &Names) -> Option<Obliged> {
    let words = &text[part.clone()];
    let mut places = vec![];
    let total = words.len()
        - words
            .trim_start_matches(['均', '都', '皆', '也', '还'])
            .len();
    if !BEFORE
        .iter()
        .any(|(word, _)| words[total..].starts_with(word))
    {
        places.push((total, false));
    }
    for (word, must) in BEFORE {
        // 市应急局 holds 应.
        let apart = |at: &usize| !(word == "应" && words[at + word.len()..].starts_with('急'));
        let found = words.match_indices(word).map(|(at, _)| at).filter(apart);
        places.extend(found.take(MOST_TRIES).map(|at| (at + word.len(), must)));
    }
    // Without such a word the set itself begins what is said: 以下任务各区均需落实.
    let sets = words.match_indices('各').take(MOST_TRIES);
    places.extend(sets.map(|(at, _)| (at, false)));
    places.sort_unstable_by_key(|&(at, must)| (at, !must));
    places.into_iter().find_map(|(start, must)| {
        let rest = &words[start..];
        let end = behind(rest);
        let subject = before_adverbs(&rest[..end]).len();
        let parties = list(
            text,
            part.start + start..part.start + start + subject,
            names,
        )
        .names;
        let party = |party: &Range<usize>| {
            let name = &text[party.clone()];
            let is_label = label_at_end(name).is_some() && !name.contains('关');
            let of_tasks = name.contains("任务") || name.contains("各项") || name.starts_with('本');
            !is_label && !of_tasks && names.is_party(name)
        };
        if parties.is_empty() || !parties.iter().all(party) {
            return None;
        }
        let (role, labelled) = role(&words[..start], &rest[end..]);
        let role = match role {
            Role::Lead if parties.len() > 1 => Role::CoLead,
            role => role,
        };
        Some(Obliged {
            parties,
            role,
            labelled,
            must,
        })
    })
}

/// Where the names end.
fn behind(words: &str) -> usize {
    let mut ends = BEHIND.first_places(words);
    let end = ends.find(|(at, word)| {
        let next = &words[at + word.len()..];
        *at > 0 && OF_NAMES.start(next).is_none()
    });
    end.map_or(words.len(), |(at, _)| at)
}

/// The role that stands before those obliged (责任单位均含) or behind them (均为配合单位, 做好配合), and whether a label says it.
fn role(before: &str, behind: &str) -> (Role, bool) {
    let before = before
        .trim_end_matches(['均', '都', '皆', '还', '也', '为', '是', '含'])
        .trim_end_matches("包括")
        .trim_end_matches("包含")
        .trim_end_matches(['均', '都', '皆', '还', '也']);
    for words in [before, behind.trim_end_matches("之一")] {
        if let Some(role) = label_role(words) {
            return (role, true);
        }
    }
    let verb = verb_phrase(behind).map(|verb| verb.role);
    let role = verb.or_else(|| verb_inside(behind));
    (role.unwrap_or(Role::Responsible), false)
}

/// The role of the label that words end with: 以下任务的配合单位.
pub(super) fn label_role(words: &str) -> Option<Role> {
    label_at_end(words).map(|(role, _)| role)
}

/// The role of what verbs anywhere in these words say beside 负责: 做好配合工作.
pub(super) fn verb_inside(words: &str) -> Option<Role> {
    const VERBS: [(&str, Role); 8] = [
        ("牵头", Role::Lead),
        ("配合", Role::Support),
        ("协助", Role::Support),
        ("协同", Role::Support),
        ("支持", Role::Support),
        ("参与", Role::Participate),
        ("参加", Role::Participate),
        ("督导", Role::Supervise),
    ];
    VERBS
        .iter()
        .find(|(verb, _)| words.contains(verb))
        .map(|(_, role)| *role)
}
