//! Step 2: what of a page is the document: where its title and its body are, and what a web site put around them.
//!
//! Nothing is cut out or repaired; what lies outside is named by its place and read by no later step.

use crate::{
    label,
    line::{Line, ends_sentence, is_bullet},
    role::{self, Slot},
};
use std::ops::Range;

/// The parts of a page, as ranges of its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The title; empty if none was found.
    pub(crate) title: Range<usize>,
    /// Lines about the document between title and text: dates, number, source.
    pub(crate) about: Range<usize>,
    /// The text, with the notice that sends it out.
    pub(crate) body: Range<usize>,
}

impl Frame {
    /// The lines before the title and behind the text.
    pub(crate) fn outside(&self, lines: usize) -> [Range<usize>; 2] {
        let first = if self.title.is_empty() {
            self.about.start
        } else {
            self.title.start
        };
        [0..first, self.body.end..lines]
    }
}

/// So many lines of an item may stand between its number and who does it.
const LINES_OF_AN_ITEM: usize = 4;

/// Finds the parts of a page. Its responsibility tables, in these lines, belong to the text.
pub(crate) fn frame(text: &str, lines: &[Line], tables: Range<usize>) -> Frame {
    let words = |index: usize| &text[lines[index].range.clone()];
    let before_tables = if tables.is_empty() {
        lines.len()
    } else {
        tables.start
    };
    // 主办单位:甲局 before 会办单位:乙局 says who sees to something, and not whose site it is.
    let hosts = |index: usize| {
        let next = lines
            .get(index + 1)
            .map_or("", |line| &text[line.range.clone()]);
        let helped = ["会办", "协办", "配合", "办结", "完成"];
        words(index).starts_with(HOST) && helped.iter().any(|word| next.starts_with(word))
    };
    let text_begins = (0..before_tables)
        .find(|&index| {
            (hosts(index) || !is_furniture(words(index))) && begins_text(text, &lines[index])
        })
        .unwrap_or(before_tables);
    // The number of the first item may have a line of its own, as 01 has above the title of what it counts.
    let counted = |index: &usize| match text_begins - index {
        1 => words(*index) == "1",
        _ => words(*index) == "01",
    };
    let near = text_begins.saturating_sub(LINES_OF_AN_ITEM)..text_begins;
    let first = near
        .rev()
        .find(counted)
        .filter(|_| text_begins < before_tables);
    let text_begins = first.unwrap_or(text_begins);
    let title = title(text, &lines[..text_begins]);
    let first_own = (0..text_begins)
        .find(|&index| !is_furniture(words(index)))
        .unwrap_or(text_begins);
    let about = if title.is_empty() {
        first_own..text_begins
    } else {
        title.end..text_begins
    };
    // Lines to the addressees belong to the text.
    let about_end = about
        .clone()
        .find(|&index| words(index).ends_with(':') && !is_furniture(words(index)))
        .unwrap_or(about.end);
    let body_end = (about_end..lines.len())
        .rev()
        .find(|&index| ends_text(text, &lines[index]))
        .map_or(lines.len(), |last| last + 1 + goes_on(text, lines, last))
        .max(tables.end);
    Frame {
        title,
        about: about.start..about_end,
        body: about_end..body_end,
    }
}

/// How many lines go on with names that break off at the end of a label line.
fn goes_on(text: &str, lines: &[Line], last: usize) -> usize {
    const LONGEST: usize = 60;
    let words = |line: &Line| &text[line.range.clone()];
    let label = role::label(words(&lines[last])).is_some()
        || role::label_line(words(&lines[last])).is_some();
    let breaks_off = label && !words(&lines[last]).ends_with(ends_sentence);
    let next = lines.get(last + 1).filter(|next| {
        let words = words(next);
        !next.after_gap && words.chars().nth(LONGEST).is_none() && !is_furniture(words)
    });
    usize::from(breaks_off && next.is_some())
}

fn begins_text(text: &str, line: &Line) -> bool {
    const PARAGRAPH: usize = 30;
    let words = &text[line.range.clone()];
    label::at(text, line.range.end - behind_bullet(words).len()).is_some()
        || has_clause(words)
        || opens_clause(words)
        || matches!(
            role::label(behind_bullet(words)),
            Some((Slot::Parties(_), ..))
        )
        || matches!(role::label_line(words), Some(Slot::Parties(_)))
        || names_behind_space(words)
        || (words.chars().count() >= PARAGRAPH && (words.contains('。') || is_whole_plan(words)))
}

/// Whether a line is a label that has lost its colon, and what stands behind it no other one, as in the headings of a table:
/// 牵头单位 市教委.
fn names_behind_space(words: &str) -> bool {
    // 主办单位 某市人民政府 says whose a site is.
    let answers = ["责任", "牵头", "配合"];
    if !answers.iter().any(|word| words.starts_with(word)) {
        return false;
    }
    let label = role::spaced_label(words);
    let behind = label.filter(|(slot, ..)| matches!(slot, Slot::Parties(_)));
    behind.is_some_and(|(_, _, whole)| {
        let rest = words[whole..].trim_start();
        !rest.is_empty() && role::spaced_label(rest).is_none() && role::label_line(rest).is_none()
    })
}

/// A line without the bullet before it: · 主办机关:甲局.
fn behind_bullet(words: &str) -> &str {
    words.trim_start_matches(is_bullet)
}

/// Whether a line holds a plan without a full stop: 分工方案 一、甲 责任单位:乙局 二、丙.
fn is_whole_plan(words: &str) -> bool {
    let first = ["一、", "(一)", "1.", "1、"];
    let behind = first.iter().filter_map(|first| words.find(first)).min();
    let mut spaces = behind.map_or("", |at| &words[at..]).match_indices(' ');
    spaces.any(|(at, _)| {
        let label = role::label(words[behind.unwrap_or_default() + at..].trim_start());
        matches!(label, Some((Slot::Parties(_), ..)))
    })
}

fn has_clause(words: &str) -> bool {
    let ends = [
        "负责)", "牵头)", "配合)", "落实)", "参与)", "负责]", "牵头]", "配合]",
    ];
    ends.iter().any(|end| words.contains(end))
}

/// Whether a bracket opens before a label, though the end of the text may cut off what closes it.
fn opens_clause(words: &str) -> bool {
    let brackets = words.match_indices(['(', '[']);
    brackets
        .map(|(at, bracket)| &words[at + bracket.len()..])
        .any(|inner| role::label(inner).is_some())
}

/// Whether a sentence of a line begins with a label of parties: 完善收运体系。责任单位:甲局.
fn holds_label(words: &str) -> bool {
    let mut signs = words.match_indices(ends_sentence);
    signs.any(|(at, sign)| {
        let label = role::label(&words[at + sign.len()..]);
        matches!(label, Some((Slot::Parties(_), ..)))
    })
}

/// Whether a line ends with what somebody does: 由镇水利站负责.
fn has_verb_at_end(words: &str) -> bool {
    ["负责", "牵头", "配合", "落实", "参与"]
        .iter()
        .any(|verb| words.ends_with(verb))
}

fn ends_text(text: &str, line: &Line) -> bool {
    const PARAGRAPH: usize = 60;
    let words = &text[line.range.clone()];
    let closes = |c: char| ends_sentence(c) || matches!(c, ')' | ']' | ':');
    !is_furniture(words)
        && (words.ends_with(closes)
            || label::at(text, line.range.end - behind_bullet(words).len()).is_some()
            || role::label(behind_bullet(words)).is_some()
            || role::label_line(words).is_some()
            || role::spaced_label(words).is_some_and(|(slot, ..)| slot != Slot::Other)
            || has_clause(words)
            || opens_clause(words)
            || holds_label(words)
            || has_verb_at_end(words)
            || (words.contains([',', '。']) && words.chars().count() >= PARAGRAPH))
}

/// What published plans call themselves.
const TYPES: [&str; 19] = [
    "计划",
    "方案",
    "通知",
    "意见",
    "规划",
    "措施",
    "办法",
    "要点",
    "行动",
    "分工",
    "清单",
    "细则",
    "纲要",
    "决定",
    "任务",
    "政策",
    "批复",
    "分解表",
    "责任分解",
];

const LOOSE_TYPES: [&str; 5] = ["工作", "安排", "实事", "举措", "一览表"];

/// Whether a line ends with what plans call themselves, and perhaps years or a note in brackets behind it.
pub(crate) fn ends_like_title(words: &str) -> bool {
    let base = words
        .strip_suffix(')')
        .and_then(|w| w.rfind('(').map(|at| &w[..at]));
    let base = base.unwrap_or(words).trim_end();
    TYPES.iter().any(|kind| base.ends_with(kind))
}

/// The line that ends like a title and those above that belong to it; else the first that has a type's word at all.
fn title(text: &str, lines: &[Line]) -> Range<usize> {
    let words = |index: usize| &text[lines[index].range.clone()];
    let may_be = |index: &usize| {
        let words = words(*index);
        (5..=100).contains(&words.chars().count())
            && !is_furniture(words)
            && !words.ends_with([':', ',', '!', '。'])
    };
    let ends = |index: &usize| ends_like_title(words(*index));
    let holds = |index: &usize| TYPES.iter().any(|kind| words(*index).contains(kind));
    let candidates = || (0..lines.len()).filter(may_be);
    // 某县2024年重点工作: what much else ends with too counts only where no type is named.
    let ends_loosely = |index: &usize| LOOSE_TYPES.iter().any(|kind| words(*index).ends_with(kind));
    let found = candidates().find(ends).or_else(|| candidates().find(holds));
    let Some(last) = found.or_else(|| candidates().find(ends_loosely)) else {
        return 0..0;
    };
    let mut first = last;
    while first > 0
        && !lines[first].after_gap
        && may_be(&(first - 1))
        && ["关于", "印发", "人民政府", "委员会", "办公厅"]
            .iter()
            .any(|word| words(first - 1).contains(word))
    {
        first -= 1;
    }
    first..last + 1
}

/// What says whose a site is, and in some plans who sees to a task.
const HOST: &str = "主办单位:";

/// Words of pages that tasks speak of, too: 完善无障碍设施,开通微信预约。
const SPOKEN_OF: [&str; 5] = ["首页", "打印", "无障碍", "有效性", "微信"];

/// Words that stand on pages and not in plans.
const FURNITURE: &[&str] = &[
    "您的位置",
    "当前位置",
    "所在位置",
    "首页",
    "打印",
    "字体:",
    "字号:",
    "分享到",
    "扫一扫",
    "扫码使用",
    "浏览次数",
    "点击数",
    "点击率",
    "阅读次数",
    "无障碍",
    "上一篇",
    "下一篇",
    "责任编辑",
    "来源:",
    "信息来源",
    "作者:",
    "此件公开发布",
    "索引号",
    "主题分类",
    "公文种类",
    "有效性",
    "欢迎光临",
    "欢迎访问",
    "致电",
    "版权所有",
    "icp备",
    "公网安备",
    "联系电话",
    "网站地图",
    "关闭窗口",
    "收藏本",
    "微信",
    "手机版",
    "返回顶部",
    "下载文档",
    "会员分享",
    "网站标识码",
    HOST,
    "技术支持:",
    "相关附件",
    "相关链接",
];

/// Whether words hold one that pages have around a text, and tasks speak of, too.
pub(crate) fn speaks_of_pages(words: &str) -> bool {
    SPOKEN_OF.iter().any(|word| words.contains(word))
}

/// Whether a line is a web site's and not the document's, by generic signs.
pub(crate) fn is_furniture(words: &str) -> bool {
    const LONG: usize = 60;
    let length = words.chars().count();
    // 1.办好书展。主办单位:甲局 is an item.
    let item = || label::at(words, 0).is_some() && words.contains('。');
    let short = length <= LONG && !has_clause(words) && !opens_clause(words) && !item();
    // Nobody ends the line that says whose a site is as a sentence: 主办单位:甲局;责任主体:乙局。
    let sentence = words.starts_with(HOST) && words.ends_with('。');
    let told = words.ends_with(['。', ';']) || words.contains(',');
    let is_named = |word: &&str| {
        words.contains(word) && !(sentence && *word == HOST || told && SPOKEN_OF.contains(word))
    };
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let telephone = digits >= 7
        && words
            .chars()
            .all(|c| c.is_ascii_digit() || "-+() 、,/".contains(c))
        && !looks_like_date(words);
    // Where a whole page is one line, its crumbs are in it.
    let crumb = length <= 2 * LONG
        && (words.contains(" > ") || words.contains('»') || words.matches('>').count() > 1);
    let menu = words.starts_with('·')
        && length <= 20
        && !words.ends_with('。')
        && label::at(behind_bullet(words), 0).is_none()
        && role::label(behind_bullet(words)).is_none();
    (short && (FURNITURE.iter().any(is_named) || is_of_office(words))) || telephone || crumb || menu
}

/// Whether a line says which office saw to a document, and which part of it to its being done: 主办:市政府办公室 督办:市政府办公室四科.
fn is_of_office(words: &str) -> bool {
    let Some((office, section)) = words
        .strip_prefix("主办:")
        .and_then(|words| words.split_once("督办:"))
    else {
        return false;
    };
    let office = office.trim();
    ["办公室", "办公厅"].iter().any(|end| office.ends_with(end)) && section.starts_with(office)
}

/// Ten figures and signs, such as 2020-10-22, are a date and not a telephone number.
fn looks_like_date(words: &str) -> bool {
    let mut parts = words.splitn(3, ['-', '/']);
    let year = parts
        .next()
        .is_some_and(|p| p.len() == 4 && (p.starts_with("19") || p.starts_with("20")));
    let short = |part: Option<&str>| part.is_some_and(|p| (1..=2).contains(&p.trim().len()));
    year && short(parts.next()) && parts.next().is_some_and(|p| !p.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::lines;

    fn parts(text: &str) -> [String; 3] {
        let lines = lines(text);
        let frame = frame(text, &lines, 0..0);
        [frame.title, frame.about, frame.body].map(|range| {
            let words = lines[range].iter().map(|line| &text[line.range.clone()]);
            words.collect::<Vec<_>>().join("|")
        })
    }

    #[test]
    fn a_page_is_told_from_the_document_on_it() {
        let page = "欢迎访问某网站!\n022-12345678\n· 商务合作\n您的位置:首页 > 文件\n\n某市人民政府关于印发\n某市数字行动计划的通知\n\n2021-03-04\n来源:某网\n\n各区人民政府:\n现将计划印发给你们。\n一、总体要求\n坚持创新。\n某市人民政府\n2021年3月1日\n无关词无关词2021\n无关的词 无关的词 无关的词 无关的词 无关的词 无关的词 无关的词 无关的词 无关的词 无关的词 无关的词 无关的词 无关的词\n版权所有。";
        assert_eq!(
            parts(page),
            [
                "某市人民政府关于印发|某市数字行动计划的通知",
                "2021-03-04|来源:某网",
                "各区人民政府:|现将计划印发给你们。|一、总体要求|坚持创新。",
            ]
        );
    }

    #[test]
    fn a_text_without_title_or_punctuation_is_all_body() {
        assert_eq!(
            parts("一、甲\n责任单位:市科技局"),
            ["", "", "一、甲|责任单位:市科技局"]
        );
        assert_eq!(parts("只有一行"), ["", "只有一行", ""]);
    }

    #[test]
    fn a_title_that_names_no_type_is_one_where_no_other_line_does() {
        assert_eq!(parts("甲县2024年重点工作\n一、甲")[0], "甲县2024年重点工作");
        assert_eq!(
            parts("政务公开工作\n甲县实施方案\n一、甲")[0],
            "甲县实施方案"
        );
    }

    #[test]
    fn dates_are_no_telephone_numbers() {
        assert!(!is_furniture("2020-10-22"));
        assert!(is_furniture("022-23299923"));
        assert!(is_furniture("18526420289"));
    }

    #[test]
    fn a_sentence_about_who_sees_to_something_is_not_whose_site_it_is() {
        assert!(!is_furniture("1.办好书展。主办单位:市文旅局。"));
        assert!(!is_furniture("主办单位:市发展改革委;责任主体:有关部门。"));
        assert!(is_furniture("主办单位:某市人民政府办公室"));
        assert!(is_furniture("主办单位:某市人民政府办公室,版权所有。"));
    }

    #[test]
    fn the_office_that_saw_to_a_document_stands_below_it() {
        assert!(is_furniture("主办:市政府办公室  督办:市政府办公室四科"));
        assert!(!is_furniture("主办:市教育局 督办:市政府办公室"));
    }

    #[test]
    fn a_sentence_that_speaks_of_a_word_of_pages_is_a_task() {
        assert!(!is_furniture("完善无障碍设施和导向标识。"));
        assert!(!is_furniture("开通微信、电话预约,缩短候诊时间"));
        assert!(is_furniture("无障碍浏览"));
        assert!(is_furniture("打印本页 关闭窗口"));
    }
}
