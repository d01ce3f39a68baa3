//! Sets that a sign parts and that are one all the same: 各县、区人民政府, 有关部门、单位.

use super::{
    and_so_on::only_bodies,
    level::{ends_levels, lists_levels, without_levels},
};
use crate::kind::{self, reference};
use domain::vocabulary::Reference;
use std::ops::Range;

/// Joins 各县、区人民政府 again: words for levels after 各 are one set, whatever separates them. So are 有关部门、单位 and
/// 各乡镇党委、政府: a word for any body at all names none by itself and shares the words of the set before it.
pub(super) fn levels_joined(
    text: &str,
    parts: impl Iterator<Item = (Option<char>, Range<usize>)>,
) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = vec![];
    for (separator, part) in parts {
        if separator == Some('、')
            && let Some(last) = joined.last_mut()
            && (lists_levels(&text[last.clone()]) && ends_levels(&text[part.clone()])
                || shares_body(&text[last.clone()], &text[part.clone()])
                || shares_set(&text[last.clone()], &text[part.clone()])
                || goes_on_in_general(&text[last.clone()], &text[part.clone()])
                || lists_offices(&text[last.clone()], &text[part.clone()])
                || shares_branch(&text[last.clone()], &text[part.clone()]))
        {
            last.end = part.end;
        } else {
            joined.push(part);
        }
    }
    joined
}

/// Whether 等部门 goes on as in 甲局等部门、单位.
fn goes_on_in_general(words: &str, next: &str) -> bool {
    words.contains('等')
        && ["部门", "单位", "机构", "企业"]
            .iter()
            .any(|body| words.ends_with(body))
        && only_bodies(next)
}

/// Whether mere levels share the body of the next one: 市、县(区)教育局.
fn shares_body(levels: &str, next: &str) -> bool {
    let (levels, next) = (levels.trim(), next.trim());
    let own = &next[..next.len() - without_levels(next).len()];
    // 各区、市科技局 are two; 各区、县(市)教育局 lists levels on both sides.
    let shared = kind::is_mere_level(levels) && !own.is_empty()
        || lists_levels(levels) && own.contains(['(', '[', '、']);
    shared && kind::shows_party(next)
}

/// Whether `next` is a mere word for a body behind a set that ends with another one.
pub(super) fn shares_set(set: &str, next: &str) -> bool {
    const BODIES: [&str; 9] = [
        "部门",
        "单位",
        "机构",
        "企业",
        "政府",
        "人民政府",
        "党委",
        "管委会",
        "办事处",
    ];
    let next = next.trim().split('等').next().unwrap_or_default();
    let set = set.trim();
    let of_set =
        || reference(set) != Reference::Named && BODIES.iter().any(|body| set.ends_with(body));
    // 各县(区)委、政府: each has a committee and a government.
    let governs = || {
        let levels = set
            .strip_prefix('各')
            .and_then(|set| set.strip_suffix('委'));
        next.ends_with("政府") && levels.is_some_and(|levels| without_levels(levels).is_empty())
    };
    // 各盟行政公署、市人民政府
    let governed = ["行政公署", "行署", "公署"];
    let of_several = set.starts_with(['各', '有', '相']);
    if of_several && governed.iter().any(|body| set.ends_with(body)) {
        return ends_levels(next) || next == "人民政府";
    }
    // 市高新区党工委、管委会: what a place has beside its committee.
    BODIES.contains(&next) && (of_set() || governs() || next == "管委会" && set.ends_with("党工委"))
}

/// Whether offices of a government are listed by their last characters: 市政府各委、办、局.
fn lists_offices(set: &str, next: &str) -> bool {
    const OFFICES: [&str; 6] = ["委", "办", "局", "部", "厅", "办公室"];
    let offices = set.trim().rsplit_once('各').map(|(_, offices)| offices);
    let listed = offices.is_some_and(|offices| {
        !offices.is_empty() && offices.split('、').all(|office| OFFICES.contains(&office))
    });
    listed && OFFICES.contains(&next.trim())
}

/// Whether a set names branches and no body, so that it shares the next one's: 各级教育、卫生健康部门.
fn shares_branch(set: &str, next: &str) -> bool {
    const BODIES: [&str; 3] = ["部门", "行政部门", "主管部门"];
    let next = next.trim();
    let of_levels = set.split_once("各级").is_some_and(|(_, branch)| {
        (2..=4).contains(&branch.chars().count()) && !kind::shows_party(branch)
    });
    of_levels
        && BODIES.iter().any(|body| next.ends_with(body))
        && reference(next) == Reference::Named
}
