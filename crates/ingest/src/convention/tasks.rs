//! For which tasks a rule holds.

use crate::{
    number::{digits, han, is_han_numeral},
    outline::Heading,
};
use std::ops::RangeInclusive;

/// For which tasks a convention holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tasks {
    /// Where they stand.
    pub(crate) reach: Reach,
    /// Which of them.
    pub(crate) which: Which,
}

/// Where the tasks of a convention stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// 以上: before it.
    Before,
    /// 以下: behind it.
    Behind,
    /// 下同: where it stands itself, and behind.
    HereAndBehind,
    /// 本部分: in its section.
    Section,
    /// 各项任务: anywhere.
    All,
}

/// Which of the tasks in reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    Every,
    /// 未明确责任单位的
    WithoutClause,
    /// 未明确牵头单位的
    WithoutLead,
    /// 第3至5项
    Only(Items),
    /// 除第3、5项外
    Except(Items),
}

/// Tasks by their numbers, or all of the sections with these numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Items {
    numbers: Vec<RangeInclusive<u32>>,
    sections: bool,
}

impl Items {
    /// Whether a heading is one of these, or lies in one.
    pub(super) fn has(&self, headings: &[Heading], index: usize) -> bool {
        let mut heading = &headings[index];
        while let Some(parent) = heading.parent.filter(|_| self.sections) {
            heading = &headings[parent];
        }
        let number = heading.label.number;
        self.numbers.iter().any(|numbers| numbers.contains(&number))
    }
}

/// What a part says of the tasks that a rule is for: 以下各项任务, 本方案部署的工作, 第3、5项.
pub(super) fn tasks(words: &str) -> Option<Reach> {
    const WHICH: [(&str, Reach); 33] = [
        ("以下", Reach::Behind),
        ("下列", Reach::Behind),
        ("下述", Reach::Behind),
        ("下文", Reach::Behind),
        ("后文", Reach::Behind),
        ("以上", Reach::Before),
        ("上述", Reach::Before),
        ("前述", Reach::Before),
        ("上列", Reach::Before),
        ("本部分", Reach::Section),
        ("本节", Reach::Section),
        ("本章", Reach::Section),
        ("本类", Reach::Section),
        ("本方案", Reach::All),
        ("本计划", Reach::All),
        ("本意见", Reach::All),
        ("本清单", Reach::All),
        ("本通知", Reach::All),
        ("本分工", Reach::All),
        ("本措施", Reach::All),
        ("本表", Reach::All),
        ("方案", Reach::All),
        ("文中", Reach::All),
        ("各项", Reach::All),
        ("各条", Reach::All),
        ("每项", Reach::All),
        ("所有", Reach::All),
        ("全部", Reach::All),
        ("其他", Reach::All),
        ("其余", Reach::All),
        ("其它", Reach::All),
        ("具体", Reach::All),
        ("重点", Reach::All),
    ];
    /// How far behind them the tasks are named, in characters.
    const NEAR: usize = 14;
    let named = |at: usize| {
        let mut near = words[at..].char_indices().take(NEAR);
        near.any(|(offset, _)| names_tasks(&words[at + offset..]))
    };
    let mut found = WHICH.iter().filter_map(|(word, reach)| {
        let at = words.find(word)? + word.len();
        let alone = matches!(reach, Reach::Behind | Reach::Before)
            && (words[at..].is_empty() || words[at..].starts_with(ALONE));
        (alone || named(at)).then_some(*reach)
    });
    let starts = || names_tasks(words).then_some(Reach::All);
    let counted = || items(words).map(|_| Reach::All);
    found.next().or_else(starts).or_else(counted)
}

/// Whether words end with tasks, and so say nothing of what is done: 以下各项任务, 上述任务中.
pub(super) fn ends_with_tasks(words: &str) -> bool {
    let words = words.trim_end_matches(['中', '内', '的']);
    let tail = words.char_indices().rev().take("任务".chars().count());
    tail.last().is_some_and(|(at, _)| names_tasks(&words[at..]))
}

/// What follows where 以下 stands for the tasks by itself.
const ALONE: [char; 9] = ['均', '都', '皆', '需', '须', '由', '涉', '不', '各'];

/// Whether `words` begin with a word for tasks: 任务, but not 工作人员.
fn names_tasks(words: &str) -> bool {
    const TASKS: [&str; 6] = ["任务", "工作", "事项", "措施", "条款", "举措"];
    const OTHERS: [&str; 9] = [
        "人员", "组", "专班", "机构", "经费", "小组", "日", "单位", "机制",
    ];
    let behind = TASKS.iter().find_map(|word| words.strip_prefix(word));
    behind.is_some_and(|behind| !OTHERS.iter().any(|other| behind.starts_with(other)))
}

/// What a part says of which tasks are meant: 未明确责任单位的, 除第3项外, 第1至5项任务.
pub(super) fn which(words: &str) -> Option<Which> {
    let exception = words.find('除').and_then(|at| {
        let inner = &words[at + '除'.len_utf8()..];
        inner.find('外').map(|end| &inner[..end])
    });
    if let Some(exception) = exception {
        // 除已列明责任单位的外: for those that list none.
        return if exception.contains("牵头") {
            Some(Which::WithoutLead)
        } else if ["责任", "单位", "部门", "分工"]
            .iter()
            .any(|word| exception.contains(word))
        {
            Some(Which::WithoutClause)
        } else {
            items(exception).map(Which::Except)
        };
    }
    lacks(words).or_else(|| items(words).map(Which::Only))
}

/// Whether a part speaks of tasks for which somebody is not named: 无牵头单位的, 未明确责任单位的任务.
fn lacks(words: &str) -> Option<Which> {
    const NOT: [&str; 7] = ["未", "没有", "没", "无", "不设", "不明确", "缺"];
    /// How far behind it stands what is missing, in characters.
    const NEAR: usize = 8;
    let start = NOT
        .iter()
        .filter_map(|word| Some(words.find(word)? + word.len()))
        .min()?;
    let end = words[start..].char_indices().nth(NEAR);
    let near = &words[start..end.map_or(words.len(), |(at, _)| start + at)];
    let behind = |missing: &str| near.find(missing).map(|at| &words[start + at..]);
    // 未按要求落实的责任单位 lacks nothing.
    // 没有责任单位的老旧小区 is no task.
    let of_tasks = |behind: &str| {
        let of = behind
            .find(['的', '时'])
            .map(|at| &behind[at + '的'.len_utf8()..]);
        let goes_on = |of: &str| of.is_empty() || of.starts_with(['由', '均', '以']);
        of.is_some_and(|of| goes_on(of) || names_tasks(of)) || behind.contains("任务")
    };
    if behind("牵头").is_some_and(of_tasks) {
        return Some(Which::WithoutLead);
    }
    let missing = [
        "责任单位",
        "责任部门",
        "责任主体",
        "承办单位",
        "单位",
        "部门",
        "分工",
    ];
    let lacks = missing
        .iter()
        .filter_map(|missing| behind(missing))
        .any(of_tasks);
    let said = [
        "明确", "列", "注", "标", "指定", "确定", "分工", "单位", "责任",
    ];
    (lacks && said.iter().any(|word| near.contains(word))).then_some(Which::WithoutClause)
}

/// The tasks that words name by their numbers: 第3、5项, 第(一)至(三)项, 第二部分.
fn items(words: &str) -> Option<Items> {
    const TASKS: [&str; 6] = ["项", "条", "款", "点", "号", "条款"];
    const SECTIONS: [&str; 4] = ["部分", "章", "节", "方面"];
    let mut numbers: Vec<RangeInclusive<u32>> = vec![];
    let mut to = false;
    let mut rest = &words[words.find('第')?..];
    loop {
        rest = rest.trim_start_matches(['第', '(', '、', '和', '及', '与']);
        let len = match digits(rest) {
            0 => rest.len() - rest.trim_start_matches(is_han_numeral).len(),
            len => len,
        };
        let number = rest[..len].parse().ok().or_else(|| han(&rest[..len]))?;
        match numbers.last_mut().filter(|_| to) {
            Some(last) => *last = *last.start()..=number,
            None => numbers.push(number..=number),
        }
        rest = rest[len..].trim_start_matches(')');
        // 第3项、第5项 names what it counts twice.
        let counted = |words: &[&str]| words.iter().find_map(|word| rest.strip_prefix(word));
        let (sections, behind) = match (counted(&TASKS), counted(&SECTIONS)) {
            (Some(behind), _) => (false, behind),
            (None, Some(behind)) => (true, behind),
            (None, None) => (false, rest),
        };
        to = behind.starts_with(['至', '到', '-', '~']);
        let goes_on = to || behind.starts_with(['、', '和', '及', '与']);
        if behind.len() < rest.len() && !goes_on {
            return Some(Items { numbers, sections });
        }
        rest = behind.trim_start_matches(['至', '到', '-', '~']);
        if rest.len() == behind.len() && !goes_on {
            return None;
        }
    }
}
