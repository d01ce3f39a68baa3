//! Where names part though no sign or word is left between them: 市科技局市教委.

use super::LONGEST_ITEM;
use crate::{
    kind::{is_branch_of_any_level, is_certain, reference},
    party::Names,
};
use domain::{directory::level_word, vocabulary::Reference};

/// Where a name ends and the next begins with its level word, though the sign between them was lost: 市科技局市教委,
/// 各区政府市教委.
pub(super) fn seam(words: &str, names: &Names) -> Option<(usize, usize)> {
    const SHORTEST: usize = 3;
    const ENDS: [char; 8] = ['局', '委', '办', '厅', '院', '会', '行', '府'];
    if let Some(at) = before_places(words, names) {
        return Some((at, at));
    }
    let level = level_word(words);
    let is_set = words.starts_with('各');
    if level.is_none() && !is_set {
        return None;
    }
    let mut places = words.char_indices().skip(SHORTEST);
    places.find_map(|(at, c)| {
        let (left, right) = words.split_at(at);
        // On a line of its own, what begins so is a name though nothing else shows it: 县书协.
        let line = left.trim_end();
        let shown = if line.len() < left.len() {
            names.is_party(line)
        } else {
            left.ends_with(ENDS) && names.is_party(left) && is_certain(right)
        };
        let apart = (Some(c) == level || is_set)
            && !left.contains('(')
            && level_word(right).is_some()
            && right.chars().count() >= SHORTEST
            && !is_branch_of_a_place(right)
            && shown;
        apart.then_some((line.len(), at))
    })
}

/// Where a set of places begins behind a body: 市场监督管理局各街道办事处. Whose offices they are, 各分局 would say of itself.
fn before_places(words: &str, names: &Names) -> Option<usize> {
    const PLACES: [&str; 8] = [
        "街道",
        "街道办",
        "办事处",
        "乡镇",
        "镇",
        "政府",
        "管委会",
        "开发区",
    ];
    let (at, _) = words.match_indices('各').find(|(at, _)| *at > 0)?;
    let (body, set) = words.split_at(at);
    let parts = body.ends_with(['局', '厅'])
        && PLACES.iter().any(|place| set.ends_with(place))
        && reference(set) == Reference::Collective
        && names.is_party(body);
    parts.then_some(at)
}

/// Whether words say where a body has a branch, and no more: 市中分局 behind 市生态环境局, in the district of 市中.
fn is_branch_of_a_place(words: &str) -> bool {
    words.strip_suffix("分局").is_some_and(|place| {
        !place.contains(['局', '委', '办', '厅', '府']) && !is_branch_of_any_level(place)
    })
}

/// Where the first line ends that is a body and before another one: lists of a body a line may be long.
pub(super) fn between_lines(words: &str, names: &Names) -> Option<usize> {
    let mut before = 0;
    for (at, _) in words
        .match_indices(char::is_whitespace)
        .take_while(|(at, _)| *at <= LONGEST_ITEM)
    {
        let (line, rest) = (words[before..at].trim(), words[at..].trim_start());
        // 市财政局 goes on with (市国资委) below it.
        if !line.is_empty() && !rest.starts_with('(') {
            let next = rest.split_whitespace().next().unwrap_or_default();
            let whole: String = line.split_whitespace().collect();
            if names.is_party(&whole) && names.is_party(next) {
                return Some(at);
            }
            before = at;
        }
    }
    None
}
