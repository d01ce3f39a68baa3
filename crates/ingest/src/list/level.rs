//! Words for levels, which name every place of a level at once: 各县(市)、区.

use crate::kind;

/// Whether words are levels and nothing else: 市、区.
pub(crate) fn is_of_levels(words: &str) -> bool {
    !words.is_empty() && without_levels(words).is_empty()
}

pub(super) fn lists_levels(words: &str) -> bool {
    let levels = words.split_once('各').map_or(words, |(_, rest)| rest);
    let levels = ["有关", "相关"]
        .iter()
        .find_map(|word| levels.strip_prefix(word))
        .unwrap_or(levels);
    let levels = kind::counted(levels).unwrap_or(levels);
    !words.is_empty() && without_levels(levels).is_empty()
}

pub(super) fn ends_levels(words: &str) -> bool {
    // 县开发区管委会 is one, whose zone is the county's.
    const ZONES: [&str; 5] = ["开发区", "高新区", "新区", "园区", "功能区"];
    let of_place = |level: char| {
        let zone = &words[level.len_utf8()..];
        ZONES.iter().any(|own| zone.starts_with(own))
    };
    if domain::directory::level_word(words).is_some_and(of_place) {
        return false;
    }
    // 办 of 街道办事处 is no level by itself.
    let words = words.strip_suffix("办事处").unwrap_or(words);
    let rest = without_levels(words);
    let body = [
        "",
        "公所",
        "人民政府",
        "政府",
        "党委",
        "党委政府",
        "管委会",
        "办事处",
    ];
    rest.len() < words.len() && body.contains(&rest.split(['(', '等', '及']).next().unwrap_or(rest))
}

const LEVEL_WORDS: [&str; 28] = [
    "特区",
    "省辖市",
    "设区市",
    "设区的市",
    "开发区",
    "高新区",
    "新区",
    "自治区",
    "直辖市",
    "县级市",
    "自治县",
    "乡镇",
    "街道",
    "园区",
    "功能区",
    "地区",
    "地",
    "省",
    "市",
    "州",
    "盟",
    "县",
    "区",
    "旗",
    "镇",
    "乡",
    "办",
    "场",
];

/// What stands behind words for levels, of which some may stand in brackets: 县(市)、区.
pub(super) fn without_levels(words: &str) -> &str {
    let level = |rest: &str| {
        let level = LEVEL_WORDS.iter().find(|level| rest.starts_with(**level));
        level.map(|level| level.len())
    };
    let mut rest = words;
    loop {
        let bracketed = rest.strip_prefix(['(', '[']).and_then(|inner| {
            let levels = without_levels(inner);
            let closed = levels.strip_prefix([')', ']']);
            closed.filter(|_| levels.len() < inner.len())
        });
        let Some(shorter) = bracketed.or_else(|| Some(&rest[level(rest)?..])) else {
            return rest;
        };
        rest = shorter.strip_prefix('、').unwrap_or(shorter);
    }
}
