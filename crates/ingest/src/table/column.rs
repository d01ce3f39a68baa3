//! Columns of responsibility tables, recognised by the words of their headings.

use super::{Cell, Row};
use crate::role::Slot;
use domain::vocabulary::Role;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// 序号
    Number,
    /// 类别: what several rows belong to.
    Section,
    /// 重点任务
    Task,
    /// 具体举措: more about the task.
    Measure,
    /// 牵头单位, 分管领导, 完成时限: who answers, in which role, by when.
    States(Slot),
    /// 备注
    Other,
}

impl Column {
    /// Whether parties stand in the column.
    pub(crate) fn names_parties(self) -> bool {
        matches!(self, Self::States(Slot::Parties(_)))
    }

    /// Whether the column says what is to be done.
    pub(crate) fn says_what(self) -> bool {
        matches!(self, Self::Task | Self::Measure)
    }
}

/// No heading of a column has more characters.
const LONGEST: usize = 24;

/// The column that the folded words of a heading stand for. White space inside them means nothing: 分 管 领 导.
pub(crate) fn column(heading: &str) -> Option<Column> {
    let words = bare(heading)?;
    let holds = |needles: &str| needles.split(' ').any(|needle| words.contains(needle));
    let is = |exact: &str| exact.split(' ').any(|exact| words == exact);
    if holds(OTHER) && !is(ASSESSED) {
        Some(Column::Other)
    } else if is(NUMBERS) || words.ends_with("编号") {
        Some(Column::Number)
    } else if let Some(role) = role(&words) {
        Some(Column::States(Slot::Parties(role)))
    } else if of_doers(&words) {
        Some(Column::States(Slot::Parties(Role::Responsible)))
    } else if holds("领导 责任人 负责人") {
        Some(Column::States(Slot::Persons))
    } else if holds(DEADLINES) || is("时间 节点") || is_time(&words) {
        Some(Column::States(Slot::Deadline))
    } else if SECTIONS.split(' ').any(|end| words.ends_with(end)) {
        Some(Column::Section)
    } else if holds("任务 事项 重点工作 实事") {
        Some(Column::Task)
    } else if holds("举措 措施 做法 目标 成果 要求") {
        Some(Column::Measure)
    } else {
        holds("工作 项目 内容 指标 策略 议题 行动").then_some(Column::Task)
    }
}

const NUMBERS: &str = "序号 编号 序 号 项次 项目编号 任务序号 任务编号 no. no #";
const DEADLINES: &str = "时限 期限 完成时间 办理时间 实施时间 起止时间 时间节点 时间进度 时间安排 时间要求 时间表 期程 起止 截止 进度安排 进度要求";
const SECTIONS: &str = "类别 分类 领域 方面 板块 类型 大类 一级指标";
/// 销号时间, 办结日期: by when, unless it is when something begins or is told.
fn is_time(words: &str) -> bool {
    const OTHERS: &str = "举办 举行 开工 启动 开始 受理 发布 印发 申报 填报 报送 上报";
    ["时间", "日期", "周期", "完成日"]
        .iter()
        .any(|end| words.ends_with(end))
        && !OTHERS.split(' ').any(|other| words.contains(other))
}

/// What is assessed is what is to be done.
const ASSESSED: &str = "考核内容 考核项目 考核指标 考评内容 考评项目 检查内容 督查内容 督查事项";
const OTHER: &str = "备注 附注 进展 情况 电话 联系 联络 依据 来源 资金 投资 计量 分值 得分 考核";

/// The words without white space, a colon at the end and remarks in brackets: 牵头(责任)单位.
fn bare(heading: &str) -> Option<String> {
    let mut words = String::new();
    let mut depth = 0usize;
    let mut count = 0;
    for c in heading.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                words.push(c);
                count += 1;
            }
            _ => {}
        }
        if count > LONGEST {
            return None;
        }
    }
    let words = words.trim_end_matches([':', '*']).to_owned();
    let is_title = words.ends_with(['表', '案']);
    // 各责任单位 and 有关部门 stand in cells.
    // 相关责任部门 beside 牵头部门 is a column.
    let of_role = || ROLES.iter().any(|(role, _)| words.contains(role));
    let is_set = words.starts_with('各') || words.starts_with(['有', '相']) && !of_role();
    let is_sentence = words.contains(['。', ',', ';', '|', ':']);
    (!words.is_empty() && !is_title && !is_set && !is_sentence).then_some(words)
}

/// The role that the heading of a column of parties gives them.
fn role(words: &str) -> Option<Role> {
    const BODIES: &str = "单位 部门 机关 主体 科室 处室 股室 机构 分工";
    let of_bodies = BODIES.split(' ').any(|body| words.contains(body));
    let (needle, role) = ROLES.iter().find(|(needle, _)| words.contains(needle))?;
    let several = *role == Role::Lead
        && ["配合", "协办", "参与", "及", "和", "、", "/"]
            .iter()
            .any(|sign| words.contains(sign));
    if words == *needle || of_bodies {
        // 牵头及配合单位: which of them leads, the cell may say.
        Some(if several { Role::Responsible } else { *role })
    } else {
        None
    }
}

/// 执行单位, 行业主管部门: who does it, where no other column says who is responsible.
fn of_doers(words: &str) -> bool {
    const DOERS: &str = "承担 执行 推进 推动 完成 办理 经办 分工 主管 建设 业主 项目";
    const BODIES: &str = "单位 部门 机关 主体 科室 处室 机构";
    let body = BODIES.split(' ').find_map(|body| words.strip_suffix(body));
    body.is_some_and(|before| DOERS.split(' ').any(|doer| before.ends_with(doer)))
}

/// What stands first is looked for first: 牵头责任单位 leads.
const ROLES: [(&str, Role); 26] = [
    ("牵头", Role::Lead),
    ("主办", Role::Lead),
    ("主责", Role::Lead),
    ("第一责任", Role::Lead),
    ("主要责任", Role::Lead),
    ("配合", Role::Support),
    ("协办", Role::Support),
    ("协助", Role::Support),
    ("协同", Role::Support),
    ("协作", Role::Support),
    ("支持", Role::Support),
    ("参与", Role::Participate),
    ("参加", Role::Participate),
    ("督导", Role::Supervise),
    ("督办", Role::Supervise),
    ("监督", Role::Supervise),
    ("指导", Role::Supervise),
    ("统筹", Role::Coordinate),
    ("责任", Role::Responsible),
    ("权责", Role::Responsible),
    ("职责分工", Role::Responsible),
    ("任务分工", Role::Responsible),
    ("负责", Role::Responsible),
    ("承办", Role::Responsible),
    ("落实", Role::Responsible),
    ("实施", Role::Responsible),
];

/// Whether these are the columns of a responsibility table: parties, and what they answer for.
pub(super) fn named(columns: &[Option<Column>]) -> bool {
    let columns = columns.iter().flatten();
    columns.clone().any(|column| column.names_parties())
        && columns
            .clone()
            .any(|column| column.says_what() || matches!(column, Column::Number | Column::Section))
}

/// The columns that a row of headings names; nothing if it is none of a responsibility table.
pub(super) fn columns_of(text: &str, row: &Row) -> Option<Vec<Option<Column>>> {
    let columns = row
        .cells
        .iter()
        .map(|cell| column(&text[cell.range.clone()]));
    let mut columns: Vec<_> = columns.collect();
    // What several rows belong to stands before their parties; 目标类型 behind them says something of each row.
    let parties = columns
        .iter()
        .position(|column| column.is_some_and(Column::names_parties));
    for column in &mut columns[parties.unwrap_or_default()..] {
        if *column == Some(Column::Section) {
            *column = Some(Column::Other);
        }
    }
    // The builder of a project is not who answers for it, if another column says who does.
    let doers = |cell: &Cell| {
        let words = bare(&text[cell.range.clone()]);
        words.is_some_and(|words| role(&words).is_none() && of_doers(&words))
    };
    let parties = columns.iter().flatten();
    let parties = parties.filter(|column| column.names_parties()).count();
    let of_doers: Vec<_> = row.cells.iter().map(doers).collect();
    if of_doers.iter().filter(|doers| **doers).count() < parties {
        for (column, _) in columns.iter_mut().zip(of_doers).filter(|(_, doers)| *doers) {
            *column = Some(Column::Other);
        }
    }
    let filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
    let mut numbers = filled.clone().map(|cell| &text[cell.range.clone()]);
    // A row with a number is one of tasks, whatever its words.
    let numbered = numbers.any(|words| words.chars().all(|c| c.is_ascii_digit()));
    let known = columns.iter().flatten().count();
    let count = filled.clone().count();
    let enough = known * 3 >= count * 2 || {
        // Words of its own say little of a table whose first heading counts its rows, and one of which is 牵头单位.
        let words =
            |cell: &Cell| -> String { text[cell.range.clone()].split_whitespace().collect() };
        let short = |words: String| {
            words.chars().count() <= LONGEST_OF_OWN && !words.contains(['。', ',', ';', ':'])
        };
        let counts = columns.first() == Some(&Some(Column::Number));
        (counts || known * 2 >= count) && filled.map(words).all(short)
    };
    (!numbered && enough && named(&columns)).then_some(columns)
}

/// No heading has more characters that is not of known words.
const LONGEST_OF_OWN: usize = 10;

/// Whether headings and what is of them stand beside each other in a row: 牵头单位: | 甲局.
pub(super) fn pairs(text: &str, row: &Row) -> bool {
    let heading = |cell: &Cell| column(&text[cell.range.clone()]);
    let beside = row.cells.iter().zip(row.cells.iter().skip(1));
    beside.into_iter().any(|(left, right)| {
        heading(left).is_some_and(Column::names_parties)
            && heading(right).is_none()
            && !right.range.is_empty()
    })
}

/// The columns that one line of headings names, glued or with white space anywhere between its characters, each with the
/// number of its bytes: 序号重点任务牵头单位.
pub(crate) fn glued(line: &str) -> Vec<(Column, usize)> {
    let mut found = vec![];
    let mut at = 0;
    while let Some((column, len)) = longest(&line[at..]) {
        found.push((column, len));
        at += len;
    }
    found
}

/// The longest heading that `line` begins with. In a glued line only whole words count, as the next heading follows
/// without a sign.
fn longest(line: &str) -> Option<(Column, usize)> {
    let mut compact = String::new();
    let mut found = None;
    for (at, c) in line.char_indices() {
        if !c.is_whitespace() {
            compact.push(c);
        }
        if compact.chars().count() > LONGEST || (c != '(' && c != ')' && c.is_ascii_punctuation()) {
            break;
        }
        if HEADINGS.contains(&*compact) {
            let end = at + c.len_utf8();
            let spaces = line[end..].len() - line[end..].trim_start().len();
            found = column(&compact).map(|column| (column, end + spaces));
        }
    }
    found
}

/// Whether words without white space are a heading that many tables have.
pub(super) fn is_heading(words: &str) -> bool {
    HEADINGS.contains(words)
}

static HEADINGS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| WORDS.split_whitespace().collect());

const WORDS: &str = "序号 编号 类别 领域 任务 工作任务 重点任务 主要任务 具体任务 重点工作 重点工作任务 工作内容 主要内容 具体内容 任务内容 \
     目标任务 目标与任务 工作目标 目标 事项 工作事项 重点事项 项目 项目名称 任务名称 指标 工作项目 具体举措 工作举措 主要举措 具体措施 \
     工作措施 主要措施 工作要求 责任领导 分管领导 牵头领导 责任人 负责人 分管县领导 分管市领导 分管区领导 县领导 市领导 区领导 责任县领导 \
     责任市领导 责任区领导 牵头单位 牵头部门 牵头责任单位 牵头(责任)单位 牵头负责单位 牵头负责部门 主办单位 主责单位 主责部门 主要责任单位 \
     第一责任单位 责任单位 责任部门 责任主体 承办单位 实施单位 落实单位 负责单位 负责部门 配合单位 配合部门 配合责任单位 协办单位 协办部门 \
     协助单位 协同单位 协同配合单位 参与单位 参与部门 参加单位 督导单位 主办机关 协办机关 主责机关 权责机关 办理期程 期程 完成时限 完成时间 \
     完成期限 时限 时间节点 时间进度 时间安排 时限要求 时间要求 进度安排 备注 责任科室 责任处室 牵头科室 完成情况 进展情况 推进情况 当前进度 项目内容 目标要求 指标要求 责任单位及责任人 \
     执行单位 承担单位 推进单位 完成单位 分工单位 攻坚目标 年度目标 年度任务 年度目标任务 重点工作内容 主要工作任务";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_recognised_by_their_headings() {
        let parties = |role| Column::States(Slot::Parties(role));
        for (heading, expected) in [
            ("序号", Some(Column::Number)),
            ("序 号", Some(Column::Number)),
            ("目标与任务", Some(Column::Task)),
            ("工 作 任 务", Some(Column::Task)),
            ("项目名称", Some(Column::Task)),
            ("具体举措", Some(Column::Measure)),
            ("工作目标", Some(Column::Measure)),
            ("分 管\n县领导", Some(Column::States(Slot::Persons))),
            ("牵头单位", Some(parties(Role::Lead))),
            ("牵头(责任)单位", Some(parties(Role::Lead))),
            ("牵头责任单位", Some(parties(Role::Lead))),
            ("牵头负责部门", Some(parties(Role::Lead))),
            ("主责单位", Some(parties(Role::Lead))),
            ("主要责任单位", Some(parties(Role::Lead))),
            ("主办机关", Some(parties(Role::Lead))),
            ("协办机关", Some(parties(Role::Support))),
            ("协同配合单位", Some(parties(Role::Support))),
            ("责任单位", Some(parties(Role::Responsible))),
            (
                "责任单位(第一个为牵头单位)",
                Some(parties(Role::Responsible)),
            ),
            ("牵头及配合单位", Some(parties(Role::Responsible))),
            ("责任单位及责任人", Some(parties(Role::Responsible))),
            ("牵头领导", Some(Column::States(Slot::Persons))),
            ("责任领导", Some(Column::States(Slot::Persons))),
            ("完成时限", Some(Column::States(Slot::Deadline))),
            ("办理期程", Some(Column::States(Slot::Deadline))),
            ("任务类别", Some(Column::Section)),
            ("备注", Some(Column::Other)),
            ("工作完成情况", Some(Column::Other)),
            ("联系人", Some(Column::Other)),
            ("执行单位", Some(parties(Role::Responsible))),
            ("行业主管部门", Some(parties(Role::Responsible))),
            ("填报单位", None),
            ("销号时间", Some(Column::States(Slot::Deadline))),
            ("开工时间", None),
            ("单位", None),
            ("各责任单位", None),
            ("主办单位:市政府办公室", None),
            ("市科技局", None),
            ("", None),
            ("牵头单位要认真落实,及时报告。", None),
        ] {
            assert_eq!(column(heading), expected, "{heading}");
        }
    }

    #[test]
    fn headings_without_separators_are_told_apart() {
        for (line, expected) in [
            ("序号重点工作责任领导牵头单位责任单位", 5),
            ("序号 工 作 任 务 牵头负责部门", 3),
            ("序号目标与任务牵头(责任)单位完成时限1推进", 4),
            ("推进序号", 0),
        ] {
            assert_eq!(glued(line).len(), expected, "{line}");
        }
    }
}
