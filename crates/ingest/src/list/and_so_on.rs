//! Where 等 says that a list goes on, and what follows it: 等有关部门及各地区.

use crate::{
    kind::{self, looks_like_name, reference},
    party::Names,
};
use domain::vocabulary::Reference;
use std::ops::Range;

/// Where the name before 等 ends and what follows 等 begins, if 等 says that the list goes on (and not 高等教育).
pub(super) fn before_and_so_on(words: &str, names: &Names) -> Option<(usize, usize)> {
    words.match_indices('等').find_map(|(at, sign)| {
        let after = at + sign.len();
        let ends = after == words.len();
        let before = &words[..at];
        // What stands before 等部门和单位 is a name, whether anybody knows it or not.
        let shown = || looks_like_name(before) && only_bodies(&words[after..]);
        // 海南省、上海市等试验区所在地人民政府
        let of_places = || before.ends_with(['省', '市']) && words.ends_with("政府");
        let is_name = names.is_party(before) || kind::is_branch(before) || shown() || of_places();
        (at > 0 && (ends || is_name)).then_some((at, after))
    })
}

/// What follows the words in apposition behind 等: 及各地区 in 等国务院相关部门及各地区. Nothing if that is all.
pub(super) fn after_apposition(text: &str, rest: Range<usize>) -> Option<Range<usize>> {
    let words = &text[rest.clone()];
    let joined = ["以及", "和", "及", "与", "并"];
    if let Some(word) = joined.iter().find(|word| words.starts_with(**word)) {
        return Some(rest.start + word.len()..rest.end);
    }
    if let Some(at) = another_set(words) {
        return Some(rest.start + at..rest.end);
    }
    let generic =
        reference(words) != Reference::Named && !words.contains('各') || only_bodies(words);
    let (at, word) = joined
        .iter()
        .filter_map(|word| words.find(word).map(|at| (at, word)))
        .min_by_key(|(at, _)| *at)
        .filter(|_| !generic)?;
    Some(rest.start + at + word.len()..rest.end)
}

/// Where another set begins that is none of the bodies in apposition: 有关高校 in 省直有关部门及有关高校.
fn another_set(words: &str) -> Option<usize> {
    const OTHERS: [&str; 8] = [
        "高校", "院校", "企业", "地区", "地方", "市县", "园区", "街镇",
    ];
    let mut joined = words.match_indices(['及', '和', '与']);
    joined.find_map(|(at, sign)| {
        let behind = at + sign.len();
        let open = ["有关", "相关"].iter();
        let set = open.filter_map(|open| words[behind..].strip_prefix(open));
        let mut set = set.filter(|set| OTHERS.iter().any(|other| set.starts_with(other)));
        set.next().map(|_| behind)
    })
}

/// Whether nothing but words for bodies in general stands here: 部门和单位.
pub(super) fn only_bodies(words: &str) -> bool {
    let parts = words.split(['和', '及', '与', '、']);
    parts
        .map(str::trim)
        .all(|part| ["部门", "单位", "机构", "企业"].contains(&part))
}
