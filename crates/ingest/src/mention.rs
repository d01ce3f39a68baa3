//! Responsibility said in prose: 由甲局统筹协调…, 甲局牵头…, 各区…负责…. Never an assignment by itself.

use crate::party::Names;
use std::ops::Range;

/// The words of one sentence that say it, if they do.
pub(crate) fn mention(text: &str, sentence: Range<usize>, names: &Names) -> Option<Range<usize>> {
    let words = &text[sentence.clone()];
    if !(words.contains('由') || words.contains("牵头") || words.contains('各')) {
        return None;
    }
    let answers = ["负责", "落实", "牵头", "组织实施"];
    let last = answers.iter().filter_map(|verb| words.rfind(verb)).max();
    let mut start = sentence.start;
    for part in words.split_inclusive([',', ':']) {
        let end = start + part.trim_end_matches([',', ':']).len();
        if is_set(&text[start..end]) && last.is_some_and(|last| start < sentence.start + last) {
            return Some(start..sentence.end);
        }
        if acts(&text[start..end], names) {
            return Some(start..end);
        }
        start += part.len();
    }
    None
}

const VERBS: [&str; 10] = [
    "统筹", "协调", "牵头", "负责", "承担", "组织", "会同", "主管", "指导", "督促",
];

/// 由 and a party, then what it does; or a party that leads.
fn acts(part: &str, names: &Names) -> bool {
    let by = part.match_indices('由').any(|(at, word)| {
        let rest = &part[at + word.len()..];
        before_verb(rest).is_some_and(|name| names.is_party(name))
    });
    by || part.find("牵头").is_some_and(|at| {
        let name = part[..at].rsplit(['、', ' ']).next().unwrap_or_default();
        names.is_party(name)
    })
}

/// The name that `words` begin with, up to a verb. No name is longer than what is looked at.
fn before_verb(words: &str) -> Option<&str> {
    const LONGEST: usize = 30;
    let end = words
        .char_indices()
        .nth(LONGEST)
        .map_or(words.len(), |(at, _)| at);
    let words = &words[..end];
    let verb = VERBS.iter().filter_map(|verb| words.find(verb)).min()?;
    Some(&words[..verb])
}

/// Whether a part of a sentence begins with a set of bodies: 各区成立建设工作组. If it, or what follows, says that they are
/// to answer for something, that is a mention to the end of the sentence.
fn is_set(part: &str) -> bool {
    const SETS: [&str; 9] = [
        "各区",
        "各县",
        "各市",
        "各有关部门",
        "各有关单位",
        "各部门",
        "各单位",
        "各地",
        "各街道",
    ];
    SETS.iter().any(|set| part.starts_with(set))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            let found = mention(text, 0..text.len(), &Names::default());
            assert_eq!(found.map(|range| &text[range]), expected, "{text}");
        }
    }
}
