//! The words that carry a role: labels such as 牵头单位, and verbs at the end of a segment such as 按职责分工负责.

use domain::vocabulary::Role;

/// What stands behind a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Parties with this role.
    Parties(Role),
    /// Leaders by name.
    Persons,
    /// By when.
    Deadline,
    /// Nothing that says who is responsible.
    Other,
}

/// Longer labels stand before those that they begin with.
const LABELS: &[(&str, Slot)] = &[
    ("牵头责任单位", Slot::Parties(Role::Lead)),
    ("牵头责任部门", Slot::Parties(Role::Lead)),
    ("牵头实施单位", Slot::Parties(Role::Lead)),
    ("牵头落实单位", Slot::Parties(Role::Lead)),
    ("第一责任单位", Slot::Parties(Role::Lead)),
    ("责任牵头单位", Slot::Parties(Role::Lead)),
    ("总牵头单位", Slot::Parties(Role::Lead)),
    ("牵头单位", Slot::Parties(Role::Lead)),
    ("牵头部门", Slot::Parties(Role::Lead)),
    ("主办单位", Slot::Parties(Role::Lead)),
    ("主责单位", Slot::Parties(Role::Lead)),
    ("主责部门", Slot::Parties(Role::Lead)),
    ("联合牵头单位", Slot::Parties(Role::CoLead)),
    ("共同牵头单位", Slot::Parties(Role::CoLead)),
    ("责任单位", Slot::Parties(Role::Responsible)),
    ("责任部门", Slot::Parties(Role::Responsible)),
    ("责任处室", Slot::Parties(Role::Responsible)),
    ("责任科室", Slot::Parties(Role::Responsible)),
    ("责任主体", Slot::Parties(Role::Responsible)),
    ("责任分工", Slot::Parties(Role::Responsible)),
    ("任务分工", Slot::Parties(Role::Responsible)),
    ("落实单位", Slot::Parties(Role::Responsible)),
    ("实施单位", Slot::Parties(Role::Responsible)),
    ("承办单位", Slot::Parties(Role::Responsible)),
    ("负责单位", Slot::Parties(Role::Responsible)),
    ("负责部门", Slot::Parties(Role::Responsible)),
    ("配合责任单位", Slot::Parties(Role::Support)),
    ("配合单位", Slot::Parties(Role::Support)),
    ("配合部门", Slot::Parties(Role::Support)),
    ("协助单位", Slot::Parties(Role::Support)),
    ("协办部门", Slot::Parties(Role::Support)),
    ("协办单位", Slot::Parties(Role::Support)),
    ("协同单位", Slot::Parties(Role::Support)),
    ("协作单位", Slot::Parties(Role::Support)),
    ("支持单位", Slot::Parties(Role::Support)),
    ("参与单位", Slot::Parties(Role::Participate)),
    ("参与部门", Slot::Parties(Role::Participate)),
    ("参加单位", Slot::Parties(Role::Participate)),
    ("指导单位", Slot::Parties(Role::Supervise)),
    ("督导单位", Slot::Parties(Role::Supervise)),
    ("督办单位", Slot::Parties(Role::Supervise)),
    ("监督单位", Slot::Parties(Role::Supervise)),
    ("统筹协调单位", Slot::Parties(Role::Coordinate)),
    ("统筹单位", Slot::Parties(Role::Coordinate)),
    ("协调单位", Slot::Parties(Role::Coordinate)),
    ("责任领导", Slot::Persons),
    ("分管领导", Slot::Persons),
    ("牵头领导", Slot::Persons),
    ("责任人", Slot::Persons),
    ("完成时限", Slot::Deadline),
    ("完成时间", Slot::Deadline),
    ("完成期限", Slot::Deadline),
    ("计划完成时间", Slot::Deadline),
    ("时间节点", Slot::Deadline),
    ("工作时限", Slot::Deadline),
    ("时限要求", Slot::Deadline),
    ("时间要求", Slot::Deadline),
    ("时间安排", Slot::Deadline),
    ("执行时间", Slot::Deadline),
    ("时限", Slot::Deadline),
    ("执行对象", Slot::Other),
    ("服务对象", Slot::Other),
    ("适用范围", Slot::Other),
    ("联系人", Slot::Other),
    ("联系电话", Slot::Other),
    // A verb with a colon is a label too: 牵头:甲局;配合:乙局.
    ("牵头", Slot::Parties(Role::Lead)),
    ("主办", Slot::Parties(Role::Lead)),
    ("负责", Slot::Parties(Role::Responsible)),
    ("承办", Slot::Parties(Role::Responsible)),
    ("配合", Slot::Parties(Role::Support)),
    ("协办", Slot::Parties(Role::Support)),
    ("参与", Slot::Parties(Role::Participate)),
    ("指导", Slot::Parties(Role::Supervise)),
];

/// A label with its colon at the start of `text`: what stands behind it, its own length, and that with the colon.
pub(crate) fn label(text: &str) -> Option<(Slot, usize, usize)> {
    let (words, slot) = LABELS.iter().find(|(words, _)| text.starts_with(words))?;
    let rest = &text[words.len()..];
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    rest[spaces..]
        .starts_with(':')
        .then_some((*slot, words.len(), words.len() + spaces + 1))
}

/// Longer verbs stand before those that they end with.
const VERBS: &[(&str, Role)] = &[
    ("牵头组织实施", Role::Lead),
    ("牵头负责", Role::Lead),
    ("牵头落实", Role::Lead),
    ("牵头组织", Role::Lead),
    ("牵头实施", Role::Lead),
    ("牵头推进", Role::Lead),
    ("牵头", Role::Lead),
    ("主办", Role::Lead),
    ("参与配合", Role::Support),
    ("协助配合", Role::Support),
    ("支持配合", Role::Support),
    ("配合", Role::Support),
    ("协办", Role::Support),
    ("协助", Role::Support),
    ("协同", Role::Support),
    ("参与", Role::Participate),
    ("参加", Role::Participate),
    ("指导", Role::Supervise),
    ("督导", Role::Supervise),
    ("督办", Role::Supervise),
    ("监督", Role::Supervise),
    ("统筹协调", Role::Coordinate),
    ("统筹推进", Role::Coordinate),
    ("统筹", Role::Coordinate),
    ("协调", Role::Coordinate),
    ("负责落实", Role::Responsible),
    ("贯彻落实", Role::Responsible),
    ("组织实施", Role::Responsible),
    ("具体实施", Role::Responsible),
    ("抓好落实", Role::Responsible),
    // 推进 alone is what a deadline says too (持续推进); these say who does it.
    ("分工推进", Role::Responsible),
    ("共同推进", Role::Responsible),
    ("协同推进", Role::Responsible),
    ("组织推进", Role::Responsible),
    ("负责推进", Role::Responsible),
    ("按程序推进", Role::Responsible),
    ("落实", Role::Responsible),
    ("负责", Role::Responsible),
    ("承办", Role::Responsible),
    ("承担", Role::Responsible),
];

/// What may stand between the last name and its verb.
const ADVERBS: &[&str] = &[
    "按照各自职责分工",
    "按照各自职责",
    "按照职责分工",
    "按照职能分工",
    "按照任务分工",
    "按照职责",
    "按照分工",
    "按各自职责分工",
    "按各自职责",
    "按职责分工",
    "按职能分工",
    "按任务分工",
    "按职责",
    "按分工",
    "根据职责分工",
    "根据各自职责",
    "结合各自实际",
    "结合实际",
    "依职责",
    "分工",
    "分别",
    "共同",
    "联合",
    "协同",
    "协调",
    "具体",
    "积极",
    "密切",
    "全力",
    "各自",
    "认真",
    "切实",
    "组织",
    "推动",
    "推进",
    "负责",
    "总",
];

/// A verb phrase at the end of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VerbPhrase {
    /// What it says of the names before it.
    pub(crate) role: Role,
    /// How long it is.
    pub(crate) len: usize,
}

/// The verb phrase that `segment` ends with.
pub(crate) fn verb_phrase(segment: &str) -> Option<VerbPhrase> {
    let (verb, role) = VERBS.iter().find(|(verb, _)| segment.ends_with(verb))?;
    let before = &segment[..segment.len() - verb.len()];
    let rest = before_adverbs(before);
    let adverbs = &before[rest.len()..];
    let jointly = adverbs.contains("共同") || adverbs.contains("联合");
    Some(VerbPhrase {
        role: if *role == Role::Lead && jointly {
            Role::CoLead
        } else {
            *role
        },
        len: segment.len() - rest.len(),
    })
}

/// `segment` without the adverbs at its end.
pub(crate) fn before_adverbs(segment: &str) -> &str {
    let mut rest = segment;
    while let Some(shorter) = ADVERBS.iter().find_map(|adverb| rest.strip_suffix(adverb)) {
        rest = shorter;
    }
    rest
}

/// The verbs that may stand between names and what they do: 甲局负责资金保障.
pub(crate) const WITH_OBJECT: &[(&str, Role)] = &[
    ("牵头", Role::Lead),
    ("负责", Role::Responsible),
    ("配合", Role::Support),
    ("参与", Role::Participate),
    ("指导", Role::Supervise),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_phrase_takes_its_adverbs_with_it() {
        for (segment, rest, role) in [
            ("甲局等按职责分工负责", "甲局等", Role::Responsible),
            ("乙委负责牵头", "乙委", Role::Lead),
            ("甲局、乙局联合牵头", "甲局、乙局", Role::CoLead),
            ("丙办按照各自职责积极配合", "丙办", Role::Support),
            ("甲局分别负责", "甲局", Role::Responsible),
            ("省妇女联合会参与", "省妇女联合会", Role::Participate),
        ] {
            let phrase = verb_phrase(segment).unwrap();
            assert_eq!(&segment[..segment.len() - phrase.len], rest);
            assert_eq!(phrase.role, role);
        }
        assert_eq!(verb_phrase("市市场监督管理局"), None);
    }

    #[test]
    fn no_table_hides_a_longer_entry_behind_a_shorter_one() {
        for (i, (words, _)) in LABELS.iter().enumerate() {
            assert!(
                !LABELS[..i].iter().any(|(w, _)| words.starts_with(w)),
                "{words}"
            );
        }
        for (i, (words, _)) in VERBS.iter().enumerate() {
            assert!(
                !VERBS[..i].iter().any(|(w, _)| words.ends_with(w)),
                "{words}"
            );
        }
    }
}
