//! The grammar of a rule: who, in which role, for which tasks.
//!
//! A sentence is cut at its signs, and each part may say who is meant by a place in a list (排在首位的), by a sign, or by
//! name; as what they count (为牵头单位, 均需落实); and for which tasks (以下任务, 除第3项外, 未明确牵头单位的). What parts say
//! together is a rule, in whatever order and words they say it.

use super::{
    Convention, Place, Rule,
    obliged::{Obliged, label_role, obliged, verb_inside},
    tasks::{Reach, Tasks, Which, ends_with_tasks, tasks, which},
};
use crate::{
    bracket::split_outside,
    line::trimmed,
    list::MARKS,
    party::Names,
    role::{lead_at_start, verb_phrase},
    words::Words,
};
use domain::vocabulary::{Reference, Role};
use std::ops::Range;

/// All rules that a sentence lays down.
pub(super) fn rules(text: &str, sentence: Range<usize>, names: &Names) -> Vec<Convention> {
    let parts = split_outside(text, sentence, |c| matches!(c, ',' | ';' | ':'));
    let parts: Vec<_> = parts.map(|(_, part)| trimmed(text, part)).collect();
    let sentence = Sentence { text, names, parts };
    let mut found = vec![];
    let mut from = 0;
    for index in 0..sentence.parts.len() {
        if index < from {
            continue;
        }
        let read = sentence.lead(index).or_else(|| sentence.also(index));
        let Some((rule, last)) = read else { continue };
        let first = sentence.first(index, from, &rule);
        from = last + 1;
        found.push(Convention {
            range: sentence.parts[first].start..sentence.parts[last].end,
            rule,
        });
    }
    found
}

struct Sentence<'a> {
    text: &'a str,
    names: &'a Names<'a>,
    parts: Vec<Range<usize>>,
}

impl Sentence<'_> {
    fn words(&self, index: usize) -> &str {
        self.parts
            .get(index)
            .map_or("", |part| &self.text[part.clone()])
    }

    /// Who leads, by place, sign or for want of another: the rule that the part at `index` says, with those that go on
    /// with it.
    fn lead(&self, index: usize) -> Option<(Rule, usize)> {
        let words = self.words(index);
        let next = self.words(index + 1);
        if let Some(last) = lacks_lead(words)
            .and_then(|behind| leads_instead(behind).then_some(index))
            .or_else(|| {
                // 未明确牵头单位的,由排在第一位的责任单位牵头
                let instead = leads_instead(next) && placed(next).is_none();
                (lacks_lead(words).is_some() && instead).then_some(index + 1)
            })
        {
            return Some((Rule::ResponsibleLead, self.last(last)));
        }
        let (who, last) = match placed(words)? {
            (place, true) => (place, index),
            // 排在首位的,为牵头单位
            (place, false) => (place, lead_behind(next).then_some(index + 1)?),
        };
        let mut others = None;
        let mut end = last;
        for (at, _) in self.parts.iter().enumerate().skip(last + 1) {
            let words = self.words(at);
            if is_of_others(words) {
                others = of_others(words).filter(|role| *role != Role::Responsible);
                end = at;
            } else if is_unlisted(words) || is_same_below(words) {
                end = at;
            } else if placed(words).is_some() || self.also(at).is_some() {
                break;
            }
        }
        // 本文件责任单位中,排名首位的为牵头单位
        let first = index.saturating_sub(1);
        let everywhere = (first..=end).any(|part| ALL.inside(self.words(part)));
        let rule = Rule::Leads {
            who,
            others,
            everywhere,
        };
        Some((rule, end))
    }

    /// Who does something in other tasks too: the rule around the part at `index`, which names them.
    fn also(&self, index: usize) -> Option<(Rule, usize)> {
        let words = self.words(index);
        if words.starts_with('除') && is_condition(words) {
            return None;
        }
        let Obliged {
            parties,
            role,
            labelled,
            must,
        } = obliged(self.text, self.parts[index].clone(), self.names)?;
        let last = self.last(index);
        let first = (0..index)
            .rev()
            .take_while(|&before| speaks_of_tasks(self.words(before)));
        let first = first.last().unwrap_or(index);
        let said = || (first..=last).map(|part| self.words(part));
        let of_own = &self.text[self.parts[index].start..parties[0].start];
        let is_total = said().any(|words| TOTAL.iter().any(|word| words.contains(word)));
        let unlisted = said().any(is_unlisted);
        let same_below = said().any(is_same_below);
        // 除所列部门外,还包括各区 excepts nobody.
        let which = said().find_map(which).filter(|_| !words.starts_with('还'));
        // 以下任务均由各区落实 speaks of tasks before it says who; 各区均要落实以下工作 asks for something.
        let before = (first..index)
            .map(|part| self.words(part))
            .chain([of_own])
            .find_map(tasks);
        let object = tasks(words);
        let collective = || {
            let reference =
                |party: &Range<usize>| crate::kind::reference(&self.text[party.clone()]);
            parties
                .iter()
                .all(|party| reference(party) != Reference::Named)
        };
        // 各乡镇对上述任务承担属地责任: to bear a duty for these tasks is to do so for each.
        let bears = || {
            matches!(before.or(object), Some(Reach::Before | Reach::Behind))
                && words.contains("承担")
                && words.ends_with("责任")
                && collective()
        };
        // 以上任务由各镇具体实施 says nothing else.
        let does = || {
            matches!(before, Some(Reach::Before | Reach::Behind))
                && verb_phrase(words).is_some()
                && collective()
        };
        // 除特别注明外,均由甲局负责: where nothing else is said, one body answers.
        let unless = |words: &str| {
            let noted = ["注明", "标明", "说明", "规定"];
            words.starts_with('除') && noted.iter().any(|word| words.contains(word))
        };
        let which = which.or_else(|| {
            let default = !collective() && (0..index).any(|part| unless(self.words(part)));
            default.then_some(Which::WithoutClause)
        });
        let lacking = matches!(which, Some(Which::WithoutClause | Which::WithoutLead));
        let is_rule = lacking
            || bears()
            || does()
            || before.is_some()
                && (is_total || unlisted || same_below || labelled || which.is_some())
            || unlisted && (is_total || must || labelled && collective())
            || is_total && (same_below || which.is_some())
            || object.is_some()
                && (unlisted || labelled && (is_total || collective() && words.ends_with("单位")));
        if !is_rule {
            return None;
        }
        let named: Vec<Reach> = said().filter_map(tasks).collect();
        let says = |reach: Reach| named.contains(&reach);
        let reach = if says(Reach::Before) {
            Reach::Before
        } else if says(Reach::Behind) {
            Reach::Behind
        } else if says(Reach::Section) {
            Reach::Section
        } else if same_below {
            Reach::HereAndBehind
        } else if named.is_empty() && which.is_none() {
            Reach::Behind
        } else {
            Reach::All
        };
        let tasks = Tasks {
            reach,
            which: which.unwrap_or(Which::Every),
        };
        Some((
            Rule::Also {
                parties,
                role,
                tasks,
            },
            last,
        ))
    }

    /// The part that a rule begins with: what tasks it is for, or with what exception, may stand before.
    fn first(&self, index: usize, from: usize, rule: &Rule) -> usize {
        let leads = !matches!(rule, Rule::Also { .. });
        let before = (from..index).rev().take_while(|&before| {
            let words = self.words(before);
            is_condition(words) || !leads && speaks_of_tasks(words)
        });
        before.last().unwrap_or(index)
    }

    /// The part that a rule ends with: that it is said once for all may stand behind.
    fn last(&self, index: usize) -> usize {
        let mut last = index;
        while last + 1 < self.parts.len() {
            let words = self.words(last + 1);
            if is_unlisted(words) || is_same_below(words) {
                last += 1;
            } else if lacks_duty(words) && last + 2 < self.parts.len() {
                // 无相关职能的,由市直部门负责: an exception and what holds there.
                last += 2;
            } else {
                break;
            }
        }
        last
    }
}

/// 均: for all of them.
const TOTAL: [&str; 8] = ["均", "都", "皆", "一律", "统一", "还", "全部", "共同责任"];

/// What says that a rule is for the whole document.
static ALL: Words = Words::of(
    "本方案 本计划 本意见 本清单 本通知 本措施 本文件 本表 本分工 文中 全文 各项任务 各任务 所有任务 全部任务",
);

/// Whether a part says that something is not repeated: 不再逐一列出, 文中不单列.
fn is_unlisted(words: &str) -> bool {
    const NOT: [&str; 12] = [
        "不再",
        "未再",
        "不一一",
        "未一一",
        "未逐",
        "不逐",
        "不单",
        "不另",
        "不重复",
        "不作",
        "未单",
        "略",
    ];
    const LIST: [&str; 15] = [
        "列", "注", "重复", "赘述", "分工", "说明", "标", "明确", "单独", "罗列", "一一", "逐",
        "写", "略", "分解",
    ];
    let behind = NOT
        .iter()
        .filter_map(|word| Some(&words[words.find(word)?..]));
    let mut behind = behind.map(|behind| behind.trim_start_matches("不再"));
    behind.any(|behind| LIST.iter().any(|word| behind.contains(word)))
}

fn is_same_below(words: &str) -> bool {
    ["下同", "以下同", "下列同", "以下均同", "下均同"].contains(&words) || words.ends_with("下同")
}

/// Whether a part says nothing but for which tasks a rule is: 以下各项任务, 除第3项外.
fn speaks_of_tasks(words: &str) -> bool {
    /// Longer parts say something of these tasks.
    const LONGEST: usize = 24;
    let named = tasks(words).is_some() && ends_with_tasks(words);
    named && words.chars().count() <= LONGEST || is_condition(words)
}

/// Whether a part sets a condition or makes an exception: 除已标明外, 涉及多个单位的.
fn is_condition(words: &str) -> bool {
    let of_lists = ["单位", "部门", "责任", "牵头"]
        .iter()
        .any(|word| words.contains(word));
    (words.contains('除') && words.ends_with('外'))
        || lacks_duty(words)
        || matches!(
            which(words),
            Some(Which::WithoutClause | Which::WithoutLead)
        )
        || words.ends_with(['的', '时']) && (of_lists || which(words).is_some())
}

/// Whether a part excepts those whose duty it is not: 区政府无相关职能的.
fn lacks_duty(words: &str) -> bool {
    words.ends_with('的') && words.contains('无') && words.contains("职能")
}

/// The first of a list, by the words for it.
static FIRST: Words = Words::of("第一 首位 首个 首家 居首 列首 排首 首列 在前 列前 排前 最前 之首");

/// What may stand between a place and the word that says what it counts as.
static BETWEEN: Words = Words::of(
    "位 个 家 名 顺位 序位 列 面 的 者 市直 省直 区直 县直 责任 负责 承办 单位 部门 机构 处室 科室 列出 列明 标注 所列 为 即为 即 是 作为 均为 视为 视同 应 \
    该 项 此 任务 工作 要 须 总 ( ) \" ' 、 号 符号 标识 标记 标志 主体 一方 方 表示 代表 系 则 , 排列",
);

/// What may stand between 牵头单位 and its place.
static TO_PLACE: Words = Words::of(
    "为 是 即 均 都 由 排 列 排列 在 于 位 居 放 置 名 责任单位 单位 部门 中 的 其 用 以 加 标 注 有 前 后 标注 标有 \" '",
);

/// Who is meant by a place in a list or a sign, and whether these words say that they lead.
fn placed(words: &str) -> Option<(Place, bool)> {
    let mut far = None;
    for (at, c) in words.char_indices() {
        let rest = &words[at..];
        let (place, len) = if let Some(word) = FIRST.start(rest) {
            (Place::First, word.len())
        } else if MARKS.contains(&c) {
            (Place::Marked(c), c.len_utf8())
        } else if let Some(word) = ALONE.start(rest) {
            (Place::Alone, word.len())
        } else {
            continue;
        };
        let behind = &rest[len..];
        let past = past(behind, &BETWEEN);
        // ★牵头单位:甲局 is a bullet.
        let bullet = matches!(place, Place::Marked(_)) && past.len() == behind.len();
        if lead_at_start(past) && !bullet || names_lead(&words[..at]) && past.is_empty() {
            return Some((place, true));
        }
        if past.is_empty() && words.ends_with(['的', '者']) {
            far = far.or(Some((place, false)));
        }
    }
    far
}

/// 只有一个单位的
static ALONE: Words = Words::of(
    "只有一个 仅有一个 只有一家 仅有一家 只列一个 仅列一个 只列一家 仅列一家 只有1个 仅有1个 单独一个 单独列出",
);

/// What is left of words behind those of a list.
fn past<'w>(words: &'w str, between: &Words) -> &'w str {
    let mut rest = words;
    while !lead_at_start(rest)
        && let Some(word) = between.start(rest)
    {
        rest = &rest[word.len()..];
    }
    rest
}

/// Whether words end with 牵头单位 and what leads from there to a place: 牵头单位排在.
fn names_lead(words: &str) -> bool {
    let mut rest = words;
    while !matches!(label_role(rest), Some(Role::Lead | Role::CoLead)) {
        let Some(word) = TO_PLACE.end(rest) else {
            return false;
        };
        rest = &rest[..rest.len() - word.len()];
    }
    true
}

/// Whether a part says that somebody leads, and nothing before that: 为牵头单位, 由其牵头.
fn lead_behind(words: &str) -> bool {
    lead_at_start(past(words, &BETWEEN))
}

/// What stands behind 无牵头单位的 in a part.
fn lacks_lead(words: &str) -> Option<&str> {
    let only = [
        "只列责任",
        "仅列责任",
        "只有责任",
        "仅有责任",
        "只明确责任",
        "仅明确责任",
    ];
    let only = only.iter().find_map(|word| words.find(word));
    let lacks = matches!(which(words), Some(Which::WithoutLead));
    let at = only.or_else(|| lacks.then(|| words.find("牵头")).flatten())?;
    let of = words[at..]
        .find(['的', '时'])
        .map(|of| at + of + '的'.len_utf8());
    Some(&words[of.unwrap_or(words.len())..])
}

/// Whether a part says that the responsible lead: 责任单位即为牵头单位.
fn leads_instead(words: &str) -> bool {
    let at = ["责任单位", "责任部门"]
        .iter()
        .find_map(|word| words.find(word));
    at.is_some_and(|at| {
        words[at..].contains("牵头") && !FIRST.iter().any(|first| words[..at].ends_with(first))
    })
}

/// Whether a part speaks of those who are not the first: 其他, 后列.
fn is_of_others(words: &str) -> bool {
    const OTHERS: [&str; 12] = [
        "其他", "其余", "其它", "未标", "未加", "其后", "后列", "列后", "在后", "后面", "靠后",
        "第二",
    ];
    OTHERS.iter().any(|word| words.contains(word))
}

/// The role that a part gives to them.
fn of_others(words: &str) -> Option<Role> {
    label_role(words).or_else(|| verb_inside(words))
}
