//! Verbs at the end of a segment: 牵头, 积极配合, 按职责分工负责.

use crate::words::Words;
use domain::vocabulary::Role;

/// Verbs and what they say of the names before them, the weightier ones first: 配合落实 helps, 负责牵头 leads.
static VERBS: [(Words, Role); 6] = [
    (
        Words::of(
            "牵头 主办 主政 主责 主抓 抓总 领办 为主 为牵头单位 为牵头部门 为主责单位 为主办单位",
        ),
        Role::Lead,
    ),
    (
        Words::of(
            "配合 协办 协助 协力 协作 支持 会办 合营 配合抓 为配合单位 为配合部门 为协办单位 \
            保障经费 保障资金 筹措资金 筹集资金 落实资金 落实经费 安排资金",
        ),
        Role::Support,
    ),
    (
        Words::of("参与 参加 为参与单位 为参加单位"),
        Role::Participate,
    ),
    (
        Words::of("指导 指导下 督导 督办 督查 督促 监督"),
        Role::Supervise,
    ),
    (Words::of("统筹 协调"), Role::Coordinate),
    (
        Words::of(
            "负责 落实 承办 承担 实施 组织实施 具体实施 卖力 负总责 抓落实 具体抓 抓好落实 参照落实 参照执行 为责任单位 为责任部门 为承办单位 \
             为实施主体 为责任主体 为落实主体",
        ),
        Role::Responsible,
    ),
];

/// Verbs that say who acts only beside a word of [`SHARED`] or a verb of the first table: 共同推进, but not 持续推进.
static WEAK: Words = Words::of(
    "推进 推动 执行 组织 进行 汇总 抓好 做好 开展 完成 办理 贯彻 抓好相关工作 做好相关工作 做好有关工作",
);

/// What may stand between the last name and its verb, or between verbs.
static ADVERBS: Words = Words::of(
    "具体 积极 密切 予以 全力 各自 认真 切实 主动 分头 结合各自实际 结合实际 大力 \
    依法 全程 直接 主要 一并 加强 业务 技术 均 都",
);

/// Words that say how duties are shared. By themselves they say that those before them answer.
static SHARED: Words = Words::of(
    "按照各自职责分工 按照各自职责 按照各自职能 按照职责分工 按照职能分工 按照任务分工 按照部门职责 \
    按照职责权限 按照职能职责 按照职责 按照分工 按各自职责分工 按各自职责 按各自职能 按各自分工 按职责分工 按职能分工 \
    按任务分工 按职能职责 按职责任务 按部门职责 按照工作职责 按工作职责 按工作分工 按责任分工 按职责权限 按职责 按职能 \
    按分工 根据职责分工 根据各自职责 根据职责 依据职责分工 依据各自职责 依职责分工 依职责 依职能 依据职责 依各自职责 \
    按程序 按要求 按规定 分工 分别 共同 联合 协同 分级 分类 职责分工 各司其职 各负其责",
);

/// Verbs after which another segment may follow without any sign: 甲局牵头乙局配合.
pub(crate) static VERBS_INSIDE: Words =
    Words::of("牵头 负责 配合 参与 协助 协办 主办 承办 落实 指导 参加 督导 统筹 卖力");

/// Whether what stands behind a verb makes it a part of a name that ends there: 农村经济指导科, 北部都会区统筹办事处, but not 参与处置.
pub(crate) fn names_office(behind: &str) -> bool {
    static OFFICES: Words =
        Words::of("科 处 股 室 站 中心 办公室 办事处 委员会 委员会办公室 领导小组办公室");
    let ends = |rest: &str| {
        rest.is_empty()
            || rest.starts_with(['、', ',', ';', ')', '/', '等', '和', '及', '按', ' ', '\n'])
            || VERBS_INSIDE.start(rest).is_some()
    };
    let office = OFFICES.start(behind);
    office.is_some_and(|office| ends(&behind[office.len()..]))
}

/// Names that end like a verb, so that the verb is not taken off them.
const NAMES: [&str; 7] = [
    "社会组织",
    "党组织",
    "群团组织",
    "社区组织",
    "行业组织",
    "政协办",
    "目督办",
];

/// A verb phrase at the end of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct VerbPhrase {
    /// What it says of the names before it.
    pub(crate) role: Role,
    /// How long it is.
    pub(crate) len: usize,
}

/// The verb phrase that `segment` ends with: verbs with their adverbs, as far back as they reach.
pub(crate) fn verb_phrase(segment: &str) -> Option<VerbPhrase> {
    let mut rest = segment;
    let mut weight = VERBS.len();
    let (mut shared, mut weak) = (false, false);
    loop {
        if NAMES.iter().any(|name| rest.ends_with(name)) {
            break;
        }
        let verb = VERBS
            .iter()
            .enumerate()
            .filter_map(|(weight, (verbs, _))| Some((verbs.end(rest)?, Some(weight))));
        let others = [&SHARED, &WEAK, &ADVERBS].into_iter();
        let others = others.filter_map(|words| Some((words.end(rest)?, None)));
        let total = rest.ends_with(TOTAL).then_some((TOTAL, None));
        let Some((word, found)) = verb
            .chain(others)
            .chain(total)
            .max_by_key(|(word, _)| word.len())
        else {
            break;
        };
        // 市总 is the city's federation of trade unions; 总 belongs to the verb in 总牵头, and in 总负责 and 总协调 behind a whole
        // name.
        if word == TOTAL && !segment[rest.len()..].starts_with("牵头") {
            let name = &rest[..rest.len() - TOTAL.len()];
            let whole = name.ends_with(['局', '委', '办', '厅', '部', '会', '府', '院']);
            let acts = ["负责", "协调"].iter();
            let mut acts = acts.filter(|verb| segment[rest.len()..].starts_with(**verb));
            if !whole || acts.next().is_none() {
                break;
            }
        }
        weight = weight.min(found.unwrap_or(weight));
        shared |= SHARED.has(word);
        weak |= WEAK.has(word);
        rest = &rest[..rest.len() - word.len()];
    }
    let phrase = &segment[rest.len()..];
    let role = match VERBS.get(weight) {
        Some((_, Role::Lead)) if phrase.contains("共同") || phrase.contains("联合") => {
            Role::CoLead
        }
        Some((_, role)) => *role,
        // 协同 alone helps; with a weak verb it says that all do it together.
        None if phrase.starts_with("协同") && !weak => Role::Support,
        // 甲局会同乙局推进 says who does it together with whom.
        None if weak && TOGETHER.iter().any(|word| rest.contains(word)) => Role::Responsible,
        None if shared && (weak || phrase.contains('职') || phrase.contains("按分工")) => {
            Role::Responsible
        }
        None => return None,
    };
    Some(VerbPhrase {
        role,
        len: phrase.len(),
    })
}

/// `name` without a weak verb at its end, if it has one: 市河长办组织.
pub(crate) fn before_weak_verb(name: &str) -> Option<&str> {
    if NAMES.iter().any(|whole| name.ends_with(whole)) {
        return None;
    }
    name.strip_suffix(WEAK.end(name)?)
}

/// What says together with whom somebody acts.
const TOGETHER: [&str; 3] = ["会同", "组织有关", "组织相关"];

const TOTAL: &str = "总";

/// `segment` without the adverbs at its end.
pub(crate) fn before_adverbs(segment: &str) -> &str {
    let mut rest = segment;
    while let Some(word) = ADVERBS
        .end(rest)
        .into_iter()
        .chain(SHARED.end(rest))
        .max_by_key(|word| word.len())
    {
        rest = &rest[..rest.len() - word.len()];
    }
    rest
}

/// The verbs that may stand between names and what they do: 甲局负责资金保障.
pub(crate) const WITH_OBJECT: &[(&str, Role)] = &[
    ("牵头", Role::Lead),
    ("负责", Role::Responsible),
    ("配合", Role::Support),
    ("协助", Role::Support),
    ("参与", Role::Participate),
    ("提供", Role::Support),
    ("指导", Role::Supervise),
    ("督促", Role::Supervise),
    ("统筹", Role::Coordinate),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_phrase_takes_its_adverbs_with_it() {
        for (segment, rest, role) in [
            ("甲局等按职责分工负责", "甲局等", Role::Responsible),
            ("甲局按职责分工协同推进", "甲局", Role::Responsible),
            ("甲局按照职能职责抓好落实", "甲局", Role::Responsible),
            ("甲局按职责分工", "甲局", Role::Responsible),
            ("乙委负责牵头", "乙委", Role::Lead),
            ("乙委总牵头", "乙委", Role::Lead),
            ("乙委牵头抓总", "乙委", Role::Lead),
            ("市总负责", "市总", Role::Responsible),
            ("甲局总负责", "甲局", Role::Responsible),
            ("甲局为主", "甲局", Role::Lead),
            ("丁部加强指导", "丁部", Role::Supervise),
            ("甲局会同乙局推进", "甲局会同乙局", Role::Responsible),
            (
                "甲局组织有关部门进行",
                "甲局组织有关部门",
                Role::Responsible,
            ),
            ("甲局、乙局联合牵头", "甲局、乙局", Role::CoLead),
            ("丙办按照各自职责积极配合", "丙办", Role::Support),
            ("丙办配合落实", "丙办", Role::Support),
            ("丙办协同", "丙办", Role::Support),
            ("甲局分别负责", "甲局", Role::Responsible),
            ("甲局督促落实", "甲局", Role::Supervise),
            ("甲局统筹推进", "甲局", Role::Coordinate),
            ("社会组织参与", "社会组织", Role::Participate),
            ("省妇女联合会参与", "省妇女联合会", Role::Participate),
            ("省生长改造委牵头卖力", "省生长改造委", Role::Lead),
        ] {
            let phrase = verb_phrase(segment).unwrap();
            assert_eq!(&segment[..segment.len() - phrase.len], rest);
            assert_eq!(phrase.role, role, "{segment}");
        }
        for segment in [
            "市市场监督管理局",
            "持续推进",
            "甲局",
            "共同",
            "组织",
            "县政协办",
        ] {
            assert_eq!(verb_phrase(segment), None, "{segment}");
        }
    }
}
