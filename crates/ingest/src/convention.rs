//! Rules that a document sets for all its clauses: the first listed leads; where nobody leads, the responsible do; every
//! district does its part in all of this.

mod effect;
mod obliged;
mod sentence;
mod tasks;

pub(crate) use effect::{add_parties, by_convention, give_roles};
pub(crate) use tasks::Tasks;

use crate::{line::trimmed, party::Names};
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

/// What a convention lays down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// 列第一位的为牵头单位,其他为参与单位: one of a bare list leads, and the others have this role if it is said.
    Leads {
        who: Place,
        others: Option<Role>,
        /// Whether it holds for what stands before it, too: 本方案责任单位中列首位的为牵头单位.
        everywhere: bool,
    },
    /// 无牵头单位的,责任单位为牵头单位: those who answer lead where nobody else does.
    ResponsibleLead,
    /// 以下任务均需各区落实,不再列出: these parties answer for other tasks too.
    Also {
        parties: Vec<Range<usize>>,
        role: Role,
        tasks: Tasks,
    },
}

/// Which one of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// 列第一位的
    First,
    /// 加★的
    Marked(char),
    /// 只有一个单位的
    Alone,
}

/// No document lays down more.
const MOST: usize = 16;

/// How far around a word its sentence is looked for, in characters.
const REACH: usize = 120;

/// All conventions in the order of the text.
pub(crate) fn conventions(text: &str, body: Range<usize>, names: &Names) -> Vec<Convention> {
    /// Every rule holds one of these words; what it says, the grammar finds out.
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "第一|首位|首个|首家|居首|列首|排首|首列|在前|列前|排前|最前|[★☆▲△●◆※*]|均|都|皆|还|统一|一律|不再|未再|不一一|\
             未一一|未逐|不单列|不另|下同|不重复|[无未没不只仅][^。;,\n]{0,6}(?:牵头|责任|单位|部门)|[为是][^。;,\n]{0,12}任务|\
             承担[^。;,\n]{0,6}责任|[上下][述列]?[^。;,\n]{0,4}(?:任务|工作|事项|措施)由各",
        )
        .expect("the pattern is well formed")
    });
    let mut found: Vec<Convention> = vec![];
    let mut last = 0..0;
    for words in WORDS.find_iter(&text[body.clone()]) {
        let words = body.start + words.start()..body.start + words.end();
        let sentence = around(text, &body, &words);
        if sentence == last {
            continue;
        }
        last = sentence.clone();
        for convention in sentence::rules(text, sentence, names) {
            if found
                .iter()
                .all(|other| !overlap(&other.range, &convention.range))
            {
                found.push(Convention {
                    range: with_brackets(text, convention.range),
                    ..convention
                });
            }
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.sort_by_key(|convention| convention.range.start);
    found.dedup_by(|next, before| next.range.start < before.range.end);
    found
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The sentence around `words`, within the brackets that it stands in.
fn around(text: &str, body: &Range<usize>, words: &Range<usize>) -> Range<usize> {
    let mut depth = 0usize;
    let mut start = words.start;
    let before = text[body.start..words.start].char_indices().rev();
    for (at, c) in before.take(REACH) {
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' | '。' if depth == 0 => break,
            '(' | '[' => depth -= 1,
            '\n' => break,
            _ => {}
        }
        start = body.start + at;
    }
    let mut depth = 0usize;
    let mut end = words.end;
    for (at, c) in text[words.end..body.end].char_indices().take(REACH) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' | '。' if depth == 0 => break,
            ')' | ']' => depth -= 1,
            '\n' => break,
            _ => {}
        }
        end = words.end + at + c.len_utf8();
    }
    trimmed(text, start..end)
}

/// A convention with the brackets around it, if they hold nothing else and stand behind a name.
fn with_brackets(text: &str, range: Range<usize>) -> Range<usize> {
    let before = &text[..range.start];
    let after = text[range.end..].trim_start_matches('。');
    let behind_name = before
        .strip_suffix(['(', '['])
        .is_some_and(|before| before.ends_with(domain::fold::is_han));
    if behind_name && after.starts_with([')', ']']) {
        range.start - 1..text.len() - after.len() + 1
    } else {
        range
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let found = conventions(text, 0..text.len(), &Names::default());
        let shown = found.into_iter().map(|c| {
            let words = &text[c.range];
            match c.rule {
                Rule::Leads { who, others, .. } => {
                    let others = others.map_or_else(String::new, |role| format!(", {role}"));
                    format!("{who:?}{others}: {words}")
                }
                Rule::ResponsibleLead => format!("responsible: {words}"),
                Rule::Also {
                    parties,
                    role,
                    tasks,
                } => {
                    let names: Vec<_> = parties.into_iter().map(|p| &text[p]).collect();
                    let which = match tasks.which {
                        tasks::Which::Every => String::new(),
                        which => format!(" {which:?}"),
                    };
                    format!(
                        "{} {role} {:?}{which}: {words}",
                        names.join("+"),
                        tasks.reach
                    )
                }
            }
        });
        shown.collect()
    }

    #[test]
    fn the_first_of_a_list_leads_however_it_is_said() {
        for rule in [
            "列第一位的为牵头单位",
            "列在首位的为牵头单位",
            "排名第一的责任单位为牵头单位",
            "排第一位的部门为牵头部门",
            "首位为牵头单位",
            "第一个单位为牵头单位",
            "第一责任单位为牵头单位",
            "名列首位的责任单位牵头",
            "列首位者牵头",
            "排在首位的单位负责牵头",
            "由列第一位的单位牵头",
            "由排序第一的部门负责牵头落实",
            "排列在前的为牵头单位",
            "列在最前面的单位为牵头单位",
            "第一家为主办单位",
            "责任单位中排第一的是牵头单位",
            "牵头单位为列首位的单位",
            "牵头单位排在第一位",
            "以第一个单位为牵头单位",
            "列第一位的责任单位为牵头单位或汇总单位",
            "首个责任单位为总牵头单位",
            "列首位的部门为第一责任单位",
            "居首位的为主责部门",
            "排在首位的,为牵头单位",
            "列在第一位的市直部门为牵头单位",
            "各任务中列首位的为主要责任单位",
        ] {
            let text = format!("(甲局、乙委。{rule}。)");
            assert_eq!(found(&text), [format!("First: {rule}")]);
        }
    }

    #[test]
    fn what_the_others_are_belongs_to_the_rule() {
        for (rule, role) in [
            (
                "排名第一的责任单位为牵头单位,其他责任单位为参与单位",
                "participate",
            ),
            (
                "排在首位的为牵头责任单位,负责协调;其余为协同责任单位",
                "support",
            ),
            ("列首位的牵头,其他单位配合", "support"),
            ("首位为牵头单位,后列单位为配合单位", "support"),
            ("第一位为牵头单位,其余单位协同落实", "support"),
        ] {
            let text = format!("(甲局、乙委。{rule}。)");
            assert_eq!(found(&text), [format!("First, {role}: {rule}")]);
        }
    }

    #[test]
    fn conventions_are_found() {
        for (text, expected) in [
            (
                "(甲局、乙委,列第一位的为牵头单位,下同)",
                "First: 列第一位的为牵头单位,下同",
            ),
            (
                "(甲局负责。列第一位者为牵头部门,其他有关部门按职责分工负责,下同)",
                "First: 列第一位者为牵头部门,其他有关部门按职责分工负责,下同",
            ),
            (
                "甲局、乙委(除标注\"分别牵头\"外,列第一位为牵头或汇总单位,下同)",
                "First: (除标注\"分别牵头\"外,列第一位为牵头或汇总单位,下同)",
            ),
            (
                "涉及多个单位的,由排在首位的牵头。",
                "First: 涉及多个单位的,由排在首位的牵头",
            ),
            ("注:★为牵头单位。", "Marked('★'): ★为牵头单位"),
            (
                "标注\"*\"的为牵头单位,其他为配合单位。",
                "Marked('*'), support: 标注\"*\"的为牵头单位,其他为配合单位",
            ),
            ("带▲号的单位牵头。", "Marked('▲'): 带▲号的单位牵头"),
            (
                "仅有一个责任单位的为牵头单位。",
                "Alone: 仅有一个责任单位的为牵头单位",
            ),
            (
                "各牵头单位(无牵头单位的,责任单位即为牵头单位,下同)要制定方案。",
                "responsible: (无牵头单位的,责任单位即为牵头单位,下同)",
            ),
            (
                "未明确牵头单位的,由责任单位牵头。",
                "responsible: 未明确牵头单位的,由责任单位牵头",
            ),
            (
                "只列责任单位的,责任单位牵头负责。",
                "responsible: 只列责任单位的,责任单位牵头负责",
            ),
            (
                "没有牵头单位的任务,第一责任单位为牵头单位。",
                "First: 没有牵头单位的任务,第一责任单位为牵头单位",
            ),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn parties_of_many_tasks_are_found_however_it_is_said() {
        for (text, expected) in [
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
                "(甲局、乙委,列首位的为牵头单位;各项任务各区均需落实,不再列出)",
                "各区 responsible All: 各项任务各区均需落实,不再列出",
            ),
            (
                "下列任务责任单位均包括各县(市、区)人民政府,文中不单列。",
                "各县(市、区)人民政府 responsible Behind: 下列任务责任单位均包括各县(市、区)人民政府,文中不单列",
            ),
            (
                "各乡镇(街道)为所有任务的共同责任单位。",
                "各乡镇(街道) responsible All: 各乡镇(街道)为所有任务的共同责任单位",
            ),
            (
                "以下各项任务,各区县都要抓好落实,不再单列。",
                "各区县 responsible Behind: 以下各项任务,各区县都要抓好落实,不再单列",
            ),
            (
                "各区政府、各功能区管委会均需按职责参与,下同。",
                "各区政府+各功能区管委会 participate HereAndBehind: 各区政府、各功能区管委会均需按职责参与,下同",
            ),
            (
                "本部分任务均由市教委牵头。",
                "市教委 lead Section: 本部分任务均由市教委牵头",
            ),
            (
                "所有任务均要求各镇街配合,不逐项注明。",
                "各镇街 support All: 所有任务均要求各镇街配合,不逐项注明",
            ),
            (
                "任务的落实涉及各市、县人民政府,不再逐一注明。",
                "各市、县人民政府 responsible All: 任务的落实涉及各市、县人民政府,不再逐一注明",
            ),
            (
                "各乡镇人民政府负责落实以下所有任务,不再单独列出。",
                "各乡镇人民政府 responsible Behind: 各乡镇人民政府负责落实以下所有任务,不再单独列出",
            ),
            (
                "各县(市、区)人民政府对以下任务均负有责任,不逐项列出。",
                "各县(市、区)人民政府 responsible Behind: 各县(市、区)人民政府对以下任务均负有责任,不逐项列出",
            ),
            (
                "以下任务的责任单位除所列部门外,还包括各区人民政府。",
                "各区人民政府 responsible Behind: 以下任务的责任单位除所列部门外,还包括各区人民政府",
            ),
            (
                "以上工作由各街道统一负责落实。",
                "各街道 responsible Before: 以上工作由各街道统一负责落实",
            ),
            (
                "配合单位均含各区政府,以下略。",
                "各区政府 support Behind: 配合单位均含各区政府,以下略",
            ),
        ] {
            assert_eq!(
                found(text).last().map(String::as_str),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn a_rule_may_be_for_tasks_that_name_nobody() {
        for (text, expected) in [
            (
                "除注明责任单位的外,其余任务均由各区人民政府负责。",
                "各区人民政府 responsible All WithoutClause: 除注明责任单位的外,其余任务均由各区人民政府负责",
            ),
            (
                "未明确责任单位的任务,由市直有关部门按职责分工负责。",
                "市直有关部门 responsible All WithoutClause: 未明确责任单位的任务,由市直有关部门按职责分工负责",
            ),
            (
                "凡未注明牵头单位的,均由市发展改革委牵头。",
                "市发展改革委 lead All WithoutLead: 凡未注明牵头单位的,均由市发展改革委牵头",
            ),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn tasks_of_a_rule_may_be_named_by_number() {
        for text in [
            "除第3、5项外,以上任务均由各区政府落实。",
            "第1至4项任务均由市教委牵头。",
        ] {
            assert_eq!(found(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn other_sentences_are_no_conventions() {
        for text in [
            "明确市科技局为牵头单位,不再列出。",
            "第一批试点由市教委牵头。",
            "各项工作均取得进展。",
            "现有清单不再单独列示。",
            "把安全放在首位,由市应急局牵头。",
            "第一责任人为牵头单位主要负责人。",
            "★牵头单位:市教委",
            "各成员单位均要落实以下工作要求。",
            "各区人民政府是本行政区域各项任务的责任主体。",
            "所有工作人员均由各区选派。",
            "所有项目均须履行手续,由市发展改革委负责审批。",
            "没有责任单位的小区,由属地街道负责管理。",
            "各项指标均由市统计局提供,各部门不再重复统计。",
            "各区、各部门均要高度重视。",
            "未按要求完成任务的单位,由市政府办公室督办。",
            "(市科技局、市教委等均为责任单位)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
