//! Labels: 牵头单位:, 责任领导:, 完成时限:, and what stands behind each.

use super::verb_phrase;
use crate::{
    kind,
    words::{Characters, Words},
};
use domain::{directory::level_word, fold::is_han, vocabulary::Role};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

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

/// Words that give the role, whatever stands beside them.
static ROLES: [(Words, Role); 7] = [
    (Words::of("共同牵头 联合牵头 副牵头"), Role::CoLead),
    (
        Words::of("总牵头 牵头 主办 主(协)办 主政 主责 主抓 领办 第一责任 首要责任"),
        Role::Lead,
    ),
    (
        Words::of("配合 协办 协助 协同 协力 协作 合作 支持 会办 会同 辅助"),
        Role::Support,
    ),
    (Words::of("参与 参加 参演 成员"), Role::Participate),
    (
        Words::of("指导 督导 督办 督查 督促 监督 监管 验收 验证"),
        Role::Supervise,
    ),
    (Words::of("统筹协调 统筹 协调"), Role::Coordinate),
    (
        Words::of(
            "责任 权责 负责 落实 实施 承办 承担 执行 组织 推进 具体 主要 主管 主体 任务 工作 完成 业务 建设 相关 有关 \
            办理 分别办理 作战 攻坚 包保 包抓 整改 共同 经办 归口",
        ),
        Role::Responsible,
    ),
];

/// Whose duties they are, or in what: 市级责任单位, 项目责任人.
static LEVELS: Words = Words::of(
    "国家 中央 省级 省直 自治区 市级 市直 区级 区直 县级 县直 州级 州直 省 市 区 县 州 属地 项目",
);

static BODIES: Words = Words::of(
    "单位 单元 部门 机构 机关 司局 处室 科室 股室 部室 办所 站所 主体 企业 实体 地区 街镇 乡镇 镇街 街道 社区 村居 学校 学院 责任方 委室",
);

static DIVISION: Words =
    Words::of("责任分工 任务分工 职责分工 工作分工 部门分工 责任落实 工作职责 分工 责任");

static BARE_VERBS: Words = Words::of(
    "共同牵头 联合牵头 总牵头 副牵头 牵头 主办 主责 负责 承办 配合 协办 协助 协同 会办 分别办理 参与 参加 指导 督导 督办 监督",
);

static AND_LEADERS: Words =
    Words::of("及责任人 和责任人 、责任人 及负责人 和负责人 、负责人 及其责任人 及其负责人");

static LEADERS: Words = Words::of(
    "领导 领导同志 人 负责人 责任人 同志 市长 副市长 县长 副县长 区长 副区长 州长 副州长 局长 秘书长 副秘书长 干部 \
    河长 林长 链长 校领导 厅领导 局领导",
);

/// What leaders do who answer for something.
static LEADING: Words =
    Words::of("分管 包保 包联 包抓 包案 挂牌 挂钩 挂点 联系 挂帅 主管 主要 直接");

static TIMES: Words = Words::of(
    "时限 时间 期限 期程 节点 进度 日期 年限 时间节点 时间要求 时限要求 时间安排 进度安排 进度要求 \
    时间进度 节点要求 时间表",
);

/// What may stand behind them: 时限要求.
static BEHIND_TIMES: Words = Words::of("要求 安排");

static OF_TIMES: Words = Words::of(
    "计划 预计 预定 拟 目标 总体 工作 任务 办理 完成 落实 实施 整改 执行 推进 达成 建设 办结 答复 反馈 办复",
);

/// Labels of nothing that concerns us.
static OTHERS: Words =
    Words::of("执行对象 服务对象 适用范围 联系人 联系人员 联系电话 联系方式 咨询电话");

/// How labels begin that a full stop closes: 责任主体。甲局。
static STOPPED: Words = Words::of(
    "责任 牵头 主办 主责 主要 第一 配合 协办 协助 协同 参与 督导 承办 落实 执行 完成 办理 时限 时间 服务 适用 联系",
);

/// What stands for the colon in messages to telephones: 责任单位丨甲局.
const BAR: char = '丨';

/// No label has more characters with its sign.
const LONGEST: usize = 20;

/// A label with its sign at the start of `text`: what stands behind it, its own length, and that with the sign.
///
/// The sign is a colon, or the bracket that closes around the label alone: [责任单位]甲局.
pub(crate) fn label(text: &str) -> Option<(Slot, usize, usize)> {
    if !may_begin_label(text) {
        return None;
    }
    let mut near = text.chars().take(LONGEST);
    let sign = near.find(|&c| matches!(c, ':' | BAR | ']' | ')' | '。' | ';'))?;
    // A full stop closes the labels of one template only, and is near everywhere; so are semicolons.
    if matches!(sign, '。' | ';') && STOPPED.start(text).is_none() {
        return None;
    }
    if let Some(inner) = text.strip_prefix(['[', '(']) {
        let (slot, len) = label_words(inner)?;
        let rest = inner[len..].strip_prefix([']', ')'])?;
        let whole = text.len() - rest.strip_prefix(':').unwrap_or(rest).len();
        return Some((slot, 1 + len, whole));
    }
    let (slot, len) = label_words(text).or_else(|| duty(text))?;
    let rest = &text[len..];
    let sign = rest.trim_start_matches(' ');
    let after = sign.strip_prefix("为").unwrap_or(sign);
    // One template closes its labels with a full stop: 责任主体。甲局。
    let stopped = sign.strip_prefix('。').map(str::trim_start);
    let stopped = stopped.filter(|after| len >= "责任主体".len() && !after.is_empty());
    // A semicolon may have slipped in for the colon: 责任单位;甲局.
    let slipped = sign.strip_prefix(';').filter(|after| {
        let names = !after.is_empty() && label_words(after).is_none();
        names && len >= "责任单位".len() && matches!(slot, Slot::Parties(_))
    });
    // 主办丨甲局 is the foot of a message.
    let hosts = ["主办", "承办", "协办", "监督", "指导", "支持"];
    let foot = hosts.iter().any(|host| text.starts_with(host));
    let barred = after.strip_prefix(BAR).filter(|_| !foot);
    let after = after.strip_prefix(':').or(barred).or(stopped).or(slipped)?;
    Some((slot, len, text.len() - after.trim_start_matches(':').len()))
}

/// Whether a label is those to whom a notice goes, whose first words stand behind it: 有关单位:现将方案印发给你们.
pub(crate) fn is_salutation(label: &str, behind: &str) -> bool {
    static FIRST: Words = Words::of("现将 现印发 现就 现把 为贯彻 为落实 为进一步 为切实 根据《");
    anybody(label) && FIRST.start(behind.trim_start()).is_some()
}

/// Whether the words of a label leave open who they are: 有关单位.
fn anybody(label: &str) -> bool {
    label.contains("有关") || label.contains("相关")
}

/// The label at the start of `text` behind the character `before`: the level of 阳信县责任主体 ends a name.
pub(crate) fn label_behind(before: char, text: &str) -> Option<(Slot, usize, usize)> {
    if is_han(before) && is_duty(text) {
        return None;
    }
    let ends_name = is_han(before) && text.starts_with(['省', '市', '区', '县', '州']);
    label(text).filter(|_| !ends_name)
}

/// The words of a label that may do without its sign; 有关部门 by itself is somebody.
fn bare_label(text: &str) -> Option<(Slot, usize)> {
    let (slot, len) = label_words(text)?;
    (len >= "责任单位".len() && !anybody(&text[..len])).then_some((slot, len))
}

/// A label with white space in the place of its colon: 责任单位 甲局. The same as [`label`] gives.
pub(crate) fn spaced_label(text: &str) -> Option<(Slot, usize, usize)> {
    let (slot, len) = bare_label(text).or_else(|| persons_line(text))?;
    text[len..]
        .starts_with([' ', '\n'])
        .then_some((slot, len, len))
}

/// What stands behind a label that is all that its line holds.
pub(crate) fn label_line(line: &str) -> Option<Slot> {
    let (slot, len) = bare_label(line).or_else(|| persons_line(line))?;
    (len == line.len()).then_some(slot)
}

/// The short label of leaders, where it has a line of its own.
fn persons_line(text: &str) -> Option<(Slot, usize)> {
    const PERSONS: &str = "责任人";
    let behind = text.strip_prefix(PERSONS)?;
    let behind = behind.trim_start_matches(' ');
    (behind.is_empty() || behind.starts_with('\n')).then_some((Slot::Persons, PERSONS.len()))
}

/// A label with 为 in the place of its colon: 责任单位为甲局. The same as [`label`] gives.
pub(crate) fn stated_label(text: &str) -> Option<(Slot, usize, usize)> {
    let (slot, len) = bare_label(text)?;
    let after = text[len..].strip_prefix(['为', '是'])?;
    // 第一责任单位为牵头单位 is a rule.
    let names = label_words(after).is_none();
    names.then(|| (slot, len, text.len() - after.len()))
}

/// A label that has lost its colon: 责任单位甲局. The same as [`label`] gives.
pub(crate) fn glued_label(text: &str) -> Option<(Slot, usize, usize)> {
    let (slot, len) = bare_label(text)?;
    glued(text, slot, len)
}

/// A label without its colon, be there white space or nothing in its place. The same as [`label`] gives.
pub(crate) fn lost_colon(text: &str) -> Option<(Slot, usize, usize)> {
    let (slot, len) = bare_label(text)?;
    let spaced = text[len..].starts_with(' ').then_some((slot, len, len));
    spaced.or_else(|| glued(text, slot, len))
}

fn glued(text: &str, slot: Slot, len: usize) -> Option<(Slot, usize, usize)> {
    const JOINED: &str = "和及与或的要应须按在等";
    let names = &text[len..];
    let end = names.find(['、', ',', ';', '。', ')', ' ', '\n']);
    let first = &names[..end.unwrap_or(names.len())];
    // 完成时限2024年6月
    if slot == Slot::Deadline && names.starts_with(|c: char| c.is_ascii_digit()) {
        return Some((slot, len, len));
    }
    let is_label = matches!(slot, Slot::Parties(_));
    // 有关部门协办 says what they do, and 协办 only ends like a name.
    let is_name = !first.starts_with(|c| JOINED.contains(c))
        && verb_phrase(first).is_none_or(|verb| verb.len < first.len())
        && first.len() <= LONGEST * '字'.len_utf8()
        && (kind::shows_party(first) || level_word(first).is_some());
    (is_label && is_name).then_some((slot, len, len))
}

/// The role of the label of parties that `text` ends with, without a sign, and where it begins: 以下任务的配合单位.
pub(crate) fn label_at_end(text: &str) -> Option<(Role, usize)> {
    let far = text
        .char_indices()
        .rev()
        .nth(LONGEST)
        .map_or(0, |(at, _)| at);
    let places = text[far..].char_indices().map(|(at, _)| far + at);
    let mut labels = places.filter_map(|at| match label_words(&text[at..])? {
        (Slot::Parties(role), len) if at + len == text.len() => Some((role, at)),
        _ => None,
    });
    labels.next()
}

/// Whether `text` begins with a word for those who lead: 牵头单位, 主责.
pub(crate) fn lead_at_start(text: &str) -> bool {
    /// Who puts together what others report is the one that leads, and who answers first of all.
    const FIRST: [&str; 2] = ["汇总", "主要责任"];
    let leads = role_word(text).is_some_and(|(_, role)| matches!(role, Role::Lead | Role::CoLead));
    leads || FIRST.iter().any(|first| text.starts_with(first))
}

/// Whether `text` begins with a character that a label with or without its sign may begin with.
pub(crate) fn may_begin_label(text: &str) -> bool {
    text.starts_with(['[', '(']) || may_begin(text)
}

/// Whether the first two characters of `text` may be those of a label's words. Few are, and every place is asked.
fn may_begin(text: &str) -> bool {
    /// With which characters words begin, and what may stand behind each.
    static BEGIN: LazyLock<(Characters, FxHashMap<char, Characters>)> = LazyLock::new(|| {
        let lists = [
            &OTHERS,
            &OF_TIMES,
            &TIMES,
            &LEVELS,
            &BODIES,
            &LEADERS,
            &LEADING,
            &DIVISION,
            &BARE_VERBS,
        ];
        let lists = lists
            .into_iter()
            .chain(ROLES.iter().map(|(words, _)| words));
        let words: Vec<_> = lists.flat_map(Words::iter).collect();
        let first: Vec<_> = words
            .iter()
            .filter_map(|word| word.chars().next())
            .collect();
        let mut behind = FxHashMap::<char, Characters>::default();
        for (word, first_one) in words.iter().zip(&first) {
            let behind = behind.entry(*first_one).or_default();
            match word.chars().nth(1) {
                Some(second) => behind.insert(second),
                // 市责任单位: another word stands behind it.
                None => first.iter().for_each(|c| behind.insert(*c)),
            }
        }
        (first.iter().copied().collect(), behind)
    });
    let (first, behind) = &*BEGIN;
    let mut characters = text.chars();
    characters.next().is_some_and(|c| {
        let mut goes_on =
            |behind: &Characters| characters.next().is_some_and(|c| behind.may_hold(c));
        first.may_hold(c) && behind.get(&c).is_some_and(&mut goes_on)
    })
}

/// The words of a label at the start of `text`, without a sign, and how long they are.
fn label_words(text: &str) -> Option<(Slot, usize)> {
    if !may_begin(text) {
        return None;
    }
    if let Some(word) = OTHERS.start(text) {
        return Some((Slot::Other, word.len()));
    }
    times(text)
        .or_else(|| bodies(text))
        .or_else(|| leaders(text))
        .or_else(|| division(text))
        .or_else(|| bare_verb(text))
}

/// 完成时限, 计划完成时间
fn times(text: &str) -> Option<(Slot, usize)> {
    let mut len = 0;
    while let Some(word) = OF_TIMES.start(&text[len..])
        && TIMES.start(&text[len..]).is_none()
    {
        len += word.len();
    }
    let mut end = len + TIMES.start(&text[len..])?.len();
    while let Some(word) = TIMES
        .start(&text[end..])
        .or_else(|| BEHIND_TIMES.start(&text[end..]))
    {
        end += word.len();
    }
    Some((Slot::Deadline, end))
}

/// 牵头责任单位, 责任(配合)单位, 牵头单位及责任单位
fn bodies(text: &str) -> Option<(Slot, usize)> {
    let mut role: Option<Role> = None;
    let mut len = 0;
    let mut heads = 0;
    let mut end = None;
    loop {
        let rest = &text[len..];
        if let Some(word) = BODIES.start(rest).filter(|_| role.is_some()) {
            len += word.len();
            heads += 1;
            end = Some(len);
        } else if let Some((word, said)) = role_word(rest) {
            len += word.len();
            // The word that says most counts: 责任牵头单位 leads, 配合责任单位 helps.
            if role.is_none_or(|role| role == Role::Responsible) {
                role = Some(said);
            }
        } else if let Some(word) = LEVELS.start(rest).filter(|_| role.is_none()) {
            len += word.len();
        } else if let Some(sign) = rest
            .chars()
            .next()
            .filter(|&c| "及和与、/()".contains(c) && role.is_some())
        {
            len += sign.len_utf8();
            // The bracket around a word of the label belongs to it: 牵头(责任)单位, 责任单位(部门).
            if sign == ')' && end.is_some() {
                end = Some(len);
            }
        } else {
            break;
        }
    }
    // 责任单位及责任人: bodies, and who answers in them.
    if let Some(whole) = end
        && let Some(word) = AND_LEADERS.start(&text[whole..])
    {
        end = Some(whole + word.len());
    }
    // 推进建设(牵头单位:甲局): the bracket begins a clause.
    let words = &text[..end?];
    if words.matches('(').count() != words.matches(')').count() {
        return None;
    }
    // Two labels in one give no single role: 牵头单位及责任单位.
    let role = if heads > 1 && text[..end?].contains("牵头") && text[..end?].contains("责任") {
        Role::Responsible
    } else {
        role?
    };
    Some((Slot::Parties(role), end?))
}

fn role_word(text: &str) -> Option<(&'static str, Role)> {
    ROLES
        .iter()
        .find_map(|(words, role)| words.start(text).map(|word| (word, *role)))
}

/// 分管领导, 牵头负责领导, 责任人
fn leaders(text: &str) -> Option<(Slot, usize)> {
    const WATCHES: &str = "分管";
    let mut len = 0;
    loop {
        let rest = &text[len..];
        if let Some(word) = LEADERS.start(rest) {
            let alone = ["责任人", "负责人"].contains(&word);
            return (len > 0 || alone).then_some((Slot::Persons, len + word.len()));
        }
        // 分管:王校长
        if &text[..len] == WATCHES && rest.starts_with(':') {
            return Some((Slot::Persons, len));
        }
        let word = LEADING
            .start(rest)
            .or_else(|| role_word(rest).map(|(word, _)| word))
            .or_else(|| LEVELS.start(rest))?;
        len += word.len();
    }
}

/// 责任分工, 任务分工, 职责分工, 分工: who has which role is said behind it.
fn division(text: &str) -> Option<(Slot, usize)> {
    let word = DIVISION.start(text)?;
    Some((Slot::Parties(Role::Responsible), word.len()))
}

/// Whether a label begins here that is a word of the text behind another one: 明确主体责任:.
pub(crate) fn is_duty(text: &str) -> bool {
    label_words(text).is_none() && duty(text).is_some()
}

/// 主体责任, 监督责任: without a sign behind them they are words of the text.
fn duty(text: &str) -> Option<(Slot, usize)> {
    const ANSWERS: &str = "责任";
    let (word, role) = role_word(text).filter(|(word, _)| !word.contains(ANSWERS))?;
    let whole = text[word.len()..].starts_with(ANSWERS);
    whole.then_some((Slot::Parties(role), word.len() + ANSWERS.len()))
}

/// A verb with a colon is a label too: 牵头:甲局;配合:乙局.
fn bare_verb(text: &str) -> Option<(Slot, usize)> {
    let verb = BARE_VERBS.start(text)?;
    // 监督责任 is a duty.
    if text[verb.len()..].starts_with("责任") {
        return None;
    }
    let (_, role) = role_word(verb)?;
    Some((Slot::Parties(role), verb.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_put_together_from_words() {
        use Role as R;
        for (text, slot) in [
            ("牵头单位:", Slot::Parties(R::Lead)),
            ("牵头责任单位:", Slot::Parties(R::Lead)),
            ("责任牵头单位:", Slot::Parties(R::Lead)),
            ("牵头(责任)单位:", Slot::Parties(R::Lead)),
            ("第一责任单位:", Slot::Parties(R::Lead)),
            ("主办机关:", Slot::Parties(R::Lead)),
            ("协办机关:", Slot::Parties(R::Support)),
            ("共同牵头单位:", Slot::Parties(R::CoLead)),
            ("协同责任单位:", Slot::Parties(R::Support)),
            ("共同责任单位:", Slot::Parties(R::Responsible)),
            ("配合责任单位:", Slot::Parties(R::Support)),
            ("市级责任单位:", Slot::Parties(R::Responsible)),
            ("项目责任单位:", Slot::Parties(R::Responsible)),
            ("项目责任人:", Slot::Persons),
            ("责任单位(部门):", Slot::Parties(R::Responsible)),
            ("责任单位和部门:", Slot::Parties(R::Responsible)),
            ("具体落实部门:", Slot::Parties(R::Responsible)),
            ("牵头单位及责任单位:", Slot::Parties(R::Responsible)),
            ("牵头单位及责任人:", Slot::Parties(R::Lead)),
            ("督促指导单位:", Slot::Parties(R::Supervise)),
            ("统筹协调单位:", Slot::Parties(R::Coordinate)),
            ("责任单位为:", Slot::Parties(R::Responsible)),
            ("责任单位 :", Slot::Parties(R::Responsible)),
            ("[责任单位]", Slot::Parties(R::Responsible)),
            ("归口单位丨", Slot::Parties(R::Responsible)),
            ("责任分工:", Slot::Parties(R::Responsible)),
            ("牵头:", Slot::Parties(R::Lead)),
            ("主体责任:", Slot::Parties(R::Responsible)),
            ("监督责任:", Slot::Parties(R::Supervise)),
            ("责任领导:", Slot::Persons),
            ("牵头负责领导:", Slot::Persons),
            ("分管副市长:", Slot::Persons),
            ("责任人:", Slot::Persons),
            ("完成时限:", Slot::Deadline),
            ("计划完成时间:", Slot::Deadline),
            ("办理期程:", Slot::Deadline),
            ("时间节点要求:", Slot::Deadline),
            ("联系人:", Slot::Other),
        ] {
            let found = label(text);
            assert_eq!(
                found.map(|(slot, _, whole)| (slot, whole)),
                Some((slot, text.len())),
                "{text}"
            );
        }
        for text in [
            "责任单位",
            "责任重大:",
            "单位:",
            "工作要求:",
            "市委:",
            "牵头做好:",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn a_label_that_has_lost_its_colon_stands_before_a_name() {
        assert!(glued_label("责任单位市教委、市科技局").is_some());
        for text in ["有关部门协办;完成时限:年底前", "责任单位和个人", "责任单位"]
        {
            assert_eq!(glued_label(text), None, "{text}");
        }
    }
}
