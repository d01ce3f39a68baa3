//! Where 和, 及 and white space part names, and where they stand inside one.

use super::{
    and_so_on::before_and_so_on,
    level::{ends_levels, lists_levels},
    set::shares_set,
};
use crate::{
    bracket::last_bracket,
    kind::{self, is_branch_of_any_level, is_certain, may_be_body, may_be_small, reference},
    party::Names,
};
use domain::{
    directory::level_word,
    vocabulary::{PartyKind, Reference},
};

/// Where to split at 和, 及, 与, 并 or white space: only between two parties, since 市工业和信息化局 is one, and a line may
/// break inside a name.
pub(super) fn joiner(words: &str, names: &Names) -> Option<(usize, usize)> {
    let places = words.char_indices().filter_map(|(at, c)| {
        let len = match c {
            '以' if words[at..].starts_with("以及") => "以及".len(),
            '和' | '及' | '与' | '并' | '暨' => c.len_utf8(),
            _ if c.is_whitespace() => c.len_utf8(),
            _ => return None,
        };
        Some((at, at + len))
    });
    let outside = |at: usize| words[..at].matches('(').count() == words[..at].matches(')').count();
    for (left, right) in places {
        let rest = &words[right..];
        if between_branches(&words[..left], &words[left..], names) {
            return Some((left, right));
        }
        // 市财政局 may have its other name on the next line: (市国资委).
        let compact: String;
        let before = if words[..left].contains(char::is_whitespace) {
            compact = words[..left].split_whitespace().collect();
            &*compact
        } else {
            &words[..left]
        };
        let spaced = words[left..right].trim().is_empty();
        let next = rest.split_whitespace().next().unwrap_or_default();
        // 水利所和各村, 安监站 派出所: behind the sign another surely begins.
        let small = || {
            let joined = spaced || words[left..].starts_with(['和', '及', '与']);
            let set = rest.trim_start().starts_with('各') && joined;
            let another =
                || may_be_small(next) || level_word(next).is_some() && names.is_party(next);
            let before = without_plate(before);
            // 信访接待室 各社区居委会
            let office = || set && before.ends_with('室') && may_be_body(before);
            may_be_small(before) && (set || spaced && another()) || office()
        };
        if !outside(left) || !names.is_party(before) && !small() || is_half(&words[..left]) {
            continue;
        }
        // A space before a bracket, or before the body of a set, parts no names: 各乡 ( 镇 ) 人民政府.
        if spaced && (next.starts_with('(') || is_of_place(before, next)) {
            continue;
        }
        // 市规划局 花都区分局: where it has a branch. So has 生态环境 拱墅分局.
        let of_branch = || kind::is_branch(before) && rest.trim().ends_with("分局");
        if spaced && (before.ends_with('局') && is_local_branch(rest) || of_branch()) {
            continue;
        }
        if is_narrow(words, left, names)
            || is_part_of_place(before, rest)
            || is_of_committee(before, rest)
        {
            continue;
        }
        // 各区县及园区, 各直辖市及县市政府, 各县党委和人民政府: levels behind 各 are one set, whatever joins them. 各区政府
        // and 开发区管委会 behind a space are two.
        if reference(&words[..left]) == Reference::Collective
            && (!spaced || lists_levels(&words[..left]))
            && (ends_levels(rest) || shares_set(&words[..left], rest))
        {
            continue;
        }
        if names.is_party(rest)
            || may_be_small(before) && may_be_small(rest.trim())
            || spaced && of_the_house(rest.trim())
            || before_and_so_on(rest, names).is_some()
            || joiner(rest, names).is_some()
        {
            return Some((left, right));
        }
    }
    None
}

/// Whether the second of two words is the body of a set or a place, which the first is: 各街道 办事处, 高新区 管委会.
fn is_of_place(before: &str, next: &str) -> bool {
    const PLACES: [char; 13] = [
        '省', '市', '州', '盟', '区', '县', '旗', '镇', '乡', '街', '道', '园', ')',
    ];
    let of_place = || before.ends_with(PLACES) || reference(before) == Reference::Collective;
    match next {
        "人民政府" | "政府" => true,
        "管委会" | "办事处" => of_place(),
        _ => false,
    }
}

/// A name without the other one that stands behind it in brackets: 高新园 in 高新园(邹区镇).
fn without_plate(name: &str) -> &str {
    last_bracket(name).map_or(name, |at| &name[..at])
}

/// Whether a line ends here and another begins of which one is a branch and whose, as names are whose last word is left
/// out: 省人口计生.
fn between_branches(before: &str, rest: &str, names: &Names) -> bool {
    let before = before.trim();
    let next = rest.trim_start().lines().next().unwrap_or_default().trim();
    let of_lines = rest.starts_with('\n') && level_word(next).is_some();
    of_lines
        && [before, next].map(is_branch_of_any_level).contains(&true)
        && [before, next]
            .iter()
            .all(|line| is_branch_of_any_level(line) || names.is_party(line))
}

/// Whether words are a small body of the school or the house that speaks: 校督导组.
fn of_the_house(words: &str) -> bool {
    words.starts_with(['校', '院']) && words.chars().nth(2).is_some() && may_be_body(words)
}

/// Whether 和 belongs to a place where a bank has its branch: 中国人民银行云和市中心支行.
fn is_part_of_place(before: &str, rest: &str) -> bool {
    let branch = ["中心支行", "支行", "分行"];
    let place = before.rsplit_once("银行").map(|(_, place)| place);
    // 绍兴分行和市工商银行支行 are two.
    let of_one = place.is_some_and(|place| !place.is_empty() && !place.ends_with('行'));
    of_one
        && !rest.contains("银行")
        && !rest.contains("农发行")
        && level_word(rest).is_some()
        && branch.iter().any(|branch| rest.ends_with(branch))
}

/// Whether what stands behind 和 is a committee's own office, so that both are named as one: 街道党工委和办事处.
fn is_of_committee(before: &str, rest: &str) -> bool {
    before.ends_with("党工委") && ["办事处", "管委会"].contains(&rest.trim())
}

/// Whether a line ends at `at` inside a name, since one before it did in a cell as narrow: 市政, 府办, 公厅.
fn is_narrow(words: &str, at: usize, names: &Names) -> bool {
    const WIDEST: usize = 3;
    const LONGEST_REST: usize = 2;
    let (before, rest) = (words[..at].trim_end(), words[at..].trim_start());
    let mut lines = before.lines().map(str::trim);
    let whole = || words.replace(char::is_whitespace, "");
    words[before.len()..words.len() - rest.len()].contains('\n')
        && rest.trim_end().chars().nth(LONGEST_REST).is_none()
        && lines.all(|line| line.chars().nth(WIDEST).is_none())
        && !before.lines().all(|line| names.is_party(line.trim()))
        && is_certain(&whole())
}

/// Whether words are where an office has a branch, and no more: 花都区分局.
fn is_local_branch(words: &str) -> bool {
    const LONGEST: usize = 5;
    let place = words.trim().strip_suffix("分局");
    place.is_some_and(|place| {
        place.chars().nth(LONGEST).is_none() && place.ends_with(['区', '县', '市', '旗', '州'])
    })
}

/// Whether words show whose body it is, but not which one, so that its name goes on: 市委机要 in 市委机要和保密局.
fn is_half(words: &str) -> bool {
    const ENDS: [char; 14] = [
        '委', '部', '办', '室', '局', '会', '校', '院', '组', '心', '关', '府', '社', ')',
    ];
    kind::kind_shown(words).0 == PartyKind::CommitteeOrgan
        && reference(words) == Reference::Named
        && !words.ends_with(ENDS)
}
