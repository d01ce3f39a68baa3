//! Lists of parties: what separates names, and what only looks as if it did.

mod and_so_on;
mod bare;
mod joiner;
mod level;
mod place;
mod seam;
mod set;

use crate::{
    bracket::split_outside,
    kind::{is_certain, reference},
    party::Names,
};
use and_so_on::{after_apposition, before_and_so_on, only_bodies};
use bare::bare;
pub(crate) use bare::{MARKS, by_whom};
use domain::{directory::level_word, fold::is_han, vocabulary::Reference};
use joiner::joiner;
pub(crate) use level::is_of_levels;
pub(crate) use place::shared_end;
use seam::{between_lines, seam};
use set::levels_joined;
use std::ops::Range;

/// Names in the order of the text, and whether the list goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) names: Vec<Range<usize>>,
    /// 等, 有关, 相关: there are more.
    pub(crate) open: bool,
}

/// A longer item is no name, and is not looked into.
const LONGEST_ITEM: usize = 150;

/// Reads the list that `range` of the folded text holds.
pub(crate) fn list(text: &str, range: Range<usize>, names: &Names) -> List {
    let mut list = List::default();
    let separates = |c: char| matches!(c, '、' | '丶' | ',' | ';' | '/' | '|' | '①'..='⑳');
    for item in levels_joined(text, split_outside(text, range, separates)) {
        push(text, item, names, &mut list);
    }
    list.open |= list
        .names
        .iter()
        .any(|name| leaves_open(&text[name.clone()]));
    list
}

/// Whether a name by itself says that there are more: 有关单位, 各牵头部门, 各相关省级人民政府.
fn leaves_open(name: &str) -> bool {
    match reference(name) {
        Reference::Named => false,
        Reference::Indefinite => true,
        Reference::Collective => name.contains("有关") || name.contains("相关"),
    }
}

fn push(text: &str, item: Range<usize>, names: &Names, list: &mut List) {
    let mut item = bare(text, item, names);
    // Bodies of which each has a line are taken off one by one, however many they are.
    while item.len() > LONGEST_ITEM
        && let Some(at) = between_lines(&text[item.clone()], names)
    {
        push(text, item.start..item.start + at, names, list);
        item = bare(text, item.start + at..item.end, names);
    }
    let words = &text[item.clone()];
    // 甲局负责组织各企业实施 says whom it gets to do it.
    if words.is_empty() || words.starts_with("组织各") {
        return;
    }
    if words.len() > LONGEST_ITEM {
        list.names.push(item);
        return;
    }
    // 甲局、等有关部门: the sign before 等 is one too many.
    let behind = words.strip_prefix('等');
    if behind.is_some_and(|rest| only_bodies(rest) || reference(rest) == Reference::Indefinite) {
        list.open = true;
        return;
    }
    if let Some((name, rest)) = before_and_so_on(words, names) {
        list.open = true;
        push(text, item.start..item.start + name, names, list);
        let rest = item.start + rest..item.end;
        if let Some(rest) = after_apposition(text, rest) {
            push(text, rest, names, list);
        }
        return;
    }
    if let Some(parts) = between_dots(words) {
        for part in parts {
            push(
                text,
                item.start + part.start..item.start + part.end,
                names,
                list,
            );
        }
        return;
    }
    let apart = || between_marks(words, names);
    match joiner(words, names)
        .or_else(|| seam(words, names))
        .or_else(apart)
    {
        Some((left, right)) => {
            push_apart(text, item.start..item.start + left, names, list);
            push(text, item.start + right..item.end, names, list);
        }
        None => list.names.push(item),
    }
}

/// Where a question mark stands for a lost sign between two bodies, 市教育局?市物价局, and not for a lost character of one, or
/// an ampersand joins them: 区住建局&区城管局. That may also stand inside of one name.
fn between_marks(words: &str, names: &Names) -> Option<(usize, usize)> {
    const SIGNS: [char; 2] = ['?', '&'];
    let mut marks = words.match_indices(SIGNS);
    marks.find_map(|(at, sign)| {
        let rest = words[at..].trim_start_matches(|c| c == ' ' || SIGNS.contains(&c));
        let next = rest.split(SIGNS).next().unwrap_or_default().trim_end();
        let before = words[..at].trim_end();
        let two = rest.starts_with(is_han)
            && names.is_party(before)
            && names.is_party(next)
            && (sign == "?" || is_certain(before) && is_another(next));
        two.then_some((at, words.len() - rest.len()))
    })
}

/// The bodies that dots join, 区电信公司·区联通公司·区移动公司: one dot may stand inside of a name, 县工商银行·青峰支行.
fn between_dots(words: &str) -> Option<Vec<Range<usize>>> {
    const FEWEST: usize = 3;
    const DOT: char = '·';
    words.matches(DOT).nth(FEWEST - 2)?;
    let mut start = 0;
    let parts = words.split(DOT).map(|part| {
        let range = start..start + part.len();
        start = range.end + DOT.len_utf8();
        range
    });
    let parts: Vec<_> = parts.collect();
    let mut names = parts.iter().map(|part| words[part.clone()].trim());
    let bodies = names.next().is_some_and(is_certain) && names.all(is_another);
    bodies.then_some(parts)
}

/// Whether words are surely a body, and by their begin none that is only a part of the name before.
fn is_another(name: &str) -> bool {
    is_certain(name) && (level_word(name).is_some() || name.starts_with('各'))
}

/// Two names that nothing separates, or what is one: 市科技局市教委 before another line.
fn push_apart(text: &str, item: Range<usize>, names: &Names, list: &mut List) {
    match seam(&text[item.clone()], names) {
        Some((left, right)) => {
            list.names.push(item.start..item.start + left);
            push_apart(text, item.start + right..item.end, names, list);
        }
        None => list.names.push(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of a list, and whether it goes on.
    fn listed(text: &str) -> (String, bool) {
        let found = list(text, 0..text.len(), &Names::default());
        let names: Vec<_> = found.names.into_iter().map(|name| &text[name]).collect();
        (names.join("|"), found.open)
    }

    #[test]
    fn levels_that_share_a_body_are_one_set() {
        for (text, expected) in [
            ("各区人民政府、市教委", "各区人民政府|市教委"),
            ("甲局、各县、区人民政府", "甲局|各县、区人民政府"),
            ("甲局、市、县(区)教育局", "甲局|市、县(区)教育局"),
            ("开发区、市教委", "开发区|市教委"),
            (
                "各设区市、县(市、区)教育局,各高校",
                "各设区市、县(市、区)教育局|各高校",
            ),
            ("各区、县级市,各乡镇、街道", "各区、县级市|各乡镇、街道"),
            ("各县(市)、区人民政府", "各县(市)、区人民政府"),
            (
                "各地、州、市人民政府(行政公署),兵团工业和信息化局",
                "各地、州、市人民政府(行政公署)|兵团工业和信息化局",
            ),
            ("甲区管委会(以下统称各区)、甲局", "甲区管委会|甲局"),
            ("甲局(负责小学)、乙局", "甲局|乙局"),
            ("①甲局②乙局", "甲局|乙局"),
            ("13个街道、镇,甲局", "13个街道、镇|甲局"),
            ("各区、市科技局", "各区|市科技局"),
        ] {
            assert_eq!(listed(text), (expected.to_owned(), false), "{text}");
        }
    }

    #[test]
    fn signs_and_spaces_that_may_stand_inside_of_names_part_certain_ones_only() {
        for (text, expected) in [
            (
                "区移动公司·区联通公司·区铁塔公司",
                "区移动公司|区联通公司|区铁塔公司",
            ),
            ("县工商银行·青峰支行", "县工商银行·青峰支行"),
            ("万科·青峰置业公司", "万科·青峰置业公司"),
            ("县人民医院·妇幼保健院", "县人民医院·妇幼保健院"),
            (
                "市科技局&各区政府、万科&青峰公司",
                "市科技局|各区政府|万科&青峰公司",
            ),
            ("市科技局 管委会", "市科技局|管委会"),
            (
                "高新区 管委会、各街道 办事处",
                "高新区 管委会|各街道 办事处",
            ),
        ] {
            assert_eq!(listed(text), (expected.to_owned(), false), "{text}");
        }
    }

    #[test]
    fn names_are_separated_where_two_parties_meet() {
        for (text, expected, open) in [
            ("甲局、乙委,丙办", "甲局|乙委|丙办", false),
            (
                "市工业和信息化局、市人力资源和社会保障局",
                "市工业和信息化局|市人力资源和社会保障局",
                false,
            ),
            ("市科技局和市财政局", "市科技局|市财政局", false),
            (
                "市科技局、市教委及各区人民政府",
                "市科技局|市教委|各区人民政府",
                false,
            ),
            ("市科技局等", "市科技局", true),
            ("市科技局等有关部门", "市科技局", true),
            ("省甲厅、丙局等省有关部门和单位", "省甲厅|丙局", true),
            (
                "甲局、乙局等国务院相关部门及各地区",
                "甲局|乙局|各地区",
                true,
            ),
            (
                "甲部、乙会等和各省级人民政府",
                "甲部|乙会|各省级人民政府",
                true,
            ),
            ("各有关部门和单位", "各有关部门和单位", true),
            ("甲局等有关部门和单位", "甲局", true),
            (
                "甲局、乙局等省直有关部门及有关高校",
                "甲局|乙局|有关高校",
                true,
            ),
            ("民政、财政等部门", "民政|财政", true),
            ("州委编办及州直相关单位", "州委编办|州直相关单位", true),
            ("各州(市)党委和政府", "各州(市)党委和政府", false),
            ("各县(市)党委和人民政府", "各县(市)党委和人民政府", false),
            (
                "市委宣传部(市政府新闻办、市版权局)、市教委",
                "市委宣传部(市政府新闻办、市版权局)|市教委",
                false,
            ),
            ("市科技局、市教委等部门和单位", "市科技局|市教委", true),
            ("市直有关部门、单位,各区", "市直有关部门、单位|各区", true),
            ("市教委,各乡镇党委、政府", "市教委|各乡镇党委、政府", false),
            ("由市教委、和平区人民政府", "市教委|和平区人民政府", false),
            ("市教委、和市科技局", "市教委|市科技局", false),
            ("市高等教育局", "市高等教育局", false),
            ("市委机要和保密局、市教委", "市委机要和保密局|市教委", false),
            ("市委宣传部和市教委", "市委宣传部|市教委", false),
            (
                "地方各级教育、卫生健康部门,市教委",
                "地方各级教育、卫生健康部门|市教委",
                false,
            ),
            ("甲局 乙局\n丙局", "甲局|乙局|丙局", false),
            (
                "各乡 ( 镇 ) 人民政府 甲局",
                "各乡 ( 镇 ) 人民政府|甲局",
                false,
            ),
            ("甲局、市财\n政局", "甲局|市财\n政局", false),
            ("市科技局市教委市税务局", "市科技局|市教委|市税务局", false),
            (
                "市场监督管理局各街道办事处",
                "市场监督管理局|各街道办事处",
                false,
            ),
            ("市公安局各分局", "市公安局各分局", false),
            ("市生态环境局市中分局", "市生态环境局市中分局", false),
            ("市委市政府办公室", "市委市政府办公室", false),
            (
                "市住房城乡建设局市政工程处",
                "市住房城乡建设局市政工程处",
                false,
            ),
            ("市科技局/市教委", "市科技局|市教委", false),
            ("各区县及园区", "各区县及园区", false),
            ("各直辖市及县市政府", "各直辖市及县市政府", false),
            ("、 ,", "", false),
        ] {
            assert_eq!(listed(text), (expected.to_owned(), open), "{text}");
        }
    }
}
