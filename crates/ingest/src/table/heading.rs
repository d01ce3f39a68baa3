//! Headings of columns that nothing separates: 序号重点任务牵头单位.

use super::column::{Column, LONGEST, column};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The columns that one line of headings names, glued or with white space anywhere between its characters, each with the
/// number of its bytes: 序号重点任务牵头单位.
pub(crate) fn glued(line: &str) -> Vec<(Column, usize)> {
    glued_by(line, longest)
}

/// The same, and headings of which only the end is a word that many have: 改革任务.
pub(crate) fn glued_of_own_words(line: &str) -> Vec<(Column, usize)> {
    glued_by(line, |line| {
        longest(line).or_else(|| shortest_of_own_words(line))
    })
}

fn glued_by(line: &str, heading: impl Fn(&str) -> Option<(Column, usize)>) -> Vec<(Column, usize)> {
    let mut found = vec![];
    let mut at = 0;
    while let Some((column, len)) = heading(&line[at..]) {
        found.push((column, len));
        at += len;
    }
    found
}

/// The fewest characters that `line` begins with and that end like a heading.
fn shortest_of_own_words(line: &str) -> Option<(Column, usize)> {
    const ENDS: [&str; 13] = [
        "任务", "事项", "项目", "领导", "单位", "部门", "时限", "时间", "措施", "举措", "目标",
        "要求", "内容",
    ];
    const MOST: usize = 8;
    let ends = line
        .char_indices()
        .map(|(at, c)| at + c.len_utf8())
        .take(MOST);
    ends.into_iter().find_map(|end| {
        let words = &line[..end];
        let whole = ENDS.iter().any(|word| words.ends_with(word));
        whole
            .then(|| column(words))
            .flatten()
            .map(|column| (column, end))
    })
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
     完成期限 时限 时间节点 时间进度 时间安排 时限要求 时间要求 进度安排 备注 责任科室 责任处室 牵头科室 完成情况 进展情况 推进情况 工作进展情况 工作推进情况 工作完成情况 工作进展 当前进度 项目内容 目标要求 指标要求 责任单位及责任人 \
     执行单位 承担单位 推进单位 完成单位 分工单位 工作组 工作职责 主要职责 攻坚目标 年度目标 年度任务 年度目标任务 重点工作内容 主要工作任务 事项类别 任务类别 工作类别 项目类别 检查类别 抽查类别 考核项目 考核指标 考核内容";

#[cfg(test)]
mod tests {
    use super::*;

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
