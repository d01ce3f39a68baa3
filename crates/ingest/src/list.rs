//! Lists of parties: what separates names, and what only looks as if it did.

use crate::{
    bracket::split_outside,
    kind::{self, is_branch_of_any_level, is_certain, looks_like_name, may_be_small, reference},
    line::trimmed,
    party::Names,
    words::Words,
};
use domain::{
    directory::level_word,
    vocabulary::{PartyKind, Reference},
};
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
    let separates = |c: char| matches!(c, '、' | ',' | ';' | '/' | '|' | '①'..='⑳');
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

/// Joins 各县、区人民政府 again: words for levels after 各 are one set, whatever separates them. So are 有关部门、单位 and
/// 各乡镇党委、政府: a word for any body at all names none by itself and shares the words of the set before it.
fn levels_joined(
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

fn lists_levels(words: &str) -> bool {
    let levels = words.split_once('各').map_or(words, |(_, rest)| rest);
    let levels = ["有关", "相关"]
        .iter()
        .find_map(|word| levels.strip_prefix(word))
        .unwrap_or(levels);
    let levels = kind::counted(levels).unwrap_or(levels);
    !words.is_empty() && without_levels(levels).is_empty()
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
fn shares_set(set: &str, next: &str) -> bool {
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
    if set.starts_with('各') && governed.iter().any(|body| set.ends_with(body)) {
        return ends_levels(next);
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

/// Whether words are levels and nothing else: 市、区.
pub(crate) fn is_of_levels(words: &str) -> bool {
    !words.is_empty() && without_levels(words).is_empty()
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
fn without_levels(words: &str) -> &str {
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

fn ends_levels(words: &str) -> bool {
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

fn push(text: &str, item: Range<usize>, names: &Names, list: &mut List) {
    let item = bare(text, item, names);
    let words = &text[item.clone()];
    // 甲局负责组织各企业实施 says whom it gets to do it.
    if words.is_empty() || words.starts_with("组织各") {
        return;
    }
    if words.len() > LONGEST_ITEM {
        match between_lines(words, names) {
            Some(at) => {
                push(text, item.start..item.start + at, names, list);
                push(text, item.start + at..item.end, names, list);
            }
            None => list.names.push(item),
        }
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
    match joiner(words, names).or_else(|| seam(words, names)) {
        Some((left, right)) => {
            push_apart(text, item.start..item.start + left, names, list);
            push(text, item.start + right..item.end, names, list);
        }
        None => list.names.push(item),
    }
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

/// Where the first line ends that is a body and before another one: lists of a body a line may be long.
fn between_lines(words: &str, names: &Names) -> Option<usize> {
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

/// Where a name ends and the next begins with its level word, though the sign between them was lost: 市科技局市教委.
fn seam(words: &str, names: &Names) -> Option<(usize, usize)> {
    const SHORTEST: usize = 3;
    const ENDS: [char; 8] = ['局', '委', '办', '厅', '院', '会', '行', '府'];
    let level = level_word(words)?;
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
        let apart = c == level
            && !left.contains('(')
            && level_word(right).is_some()
            && right.chars().count() >= SHORTEST
            && shown;
        apart.then_some((line.len(), at))
    })
}

/// The length of the words at the start of a sentence that lead to those who act: 由, 请, 此项工作由, 以上各项任务均由.
pub(crate) fn by_whom(words: &str) -> Option<usize> {
    const WHICH: [&str; 9] = ["此", "该", "本", "这", "以上", "上述", "各", "前述", "具体"];
    const WORK: [&str; 8] = ["各项", "项", "工作", "任务", "事项", "措施", "均", "都"];
    let which = WHICH.iter().find(|word| words.starts_with(**word));
    let mut len = which.map_or(0, |word| word.len());
    while let Some(word) = WORK.iter().find(|word| words[len..].starts_with(**word)) {
        len += word.len();
    }
    let asks = len == 0 && words.starts_with('请') && !words.starts_with("请示");
    let by = words[len..].starts_with('由') && (len == 0 || which.is_some());
    (by || asks).then(|| len + '由'.len_utf8())
}

/// The length of the words that say what is done, before those that do it: 奖励工作由, 经费由 before 各单位, 集中清理由 before
/// 市纪委.
fn work_by(words: &str, names: &Names) -> Option<usize> {
    const LONGEST: usize = 12;
    let (at, _) = words
        .char_indices()
        .take(LONGEST)
        .find(|(_, c)| *c == '由')?;
    let work = ["工作", "任务", "事项"];
    let start = at + '由'.len_utf8();
    let rest = &words[start..];
    let begins = || rest.starts_with('各') || level_word(rest).is_some() && names.is_party(rest);
    let behind_work = || work.iter().any(|work| words[..at].ends_with(work));
    // 自由贸易试验区 holds the character, too.
    let by = behind_work() || !words[..at].ends_with('自') && begins();
    by.then_some(start)
}

/// Signs that mark those who lead, where a rule of the document says so: ★市教委.
pub(crate) const MARKS: [char; 8] = ['★', '☆', '▲', '△', '●', '◆', '※', '*'];

/// An item without marks, and without the question marks that stand for white space where a page has lost it.
fn unmarked(text: &str, item: Range<usize>) -> Range<usize> {
    let is_mark = |c: char| MARKS.contains(&c) || matches!(c, '?' | ' ');
    let words = &text[item.clone()];
    let start = item.end - words.trim_start_matches(is_mark).len();
    let end = item.start + words.trim_end_matches(is_mark).len();
    if start < end { start..end } else { item }
}

/// An item without what a bracket says of how it is called from there on, or of what it does: 各区管委会(以下统称各区),
/// 市教委(负责中小学), 市水利局(资质证书;旁站记录的检查).
fn before_remark(text: &str, item: Range<usize>) -> Range<usize> {
    let open = last_bracket(&text[item.clone()]);
    let says = |open: &usize| {
        let called = ["以下", "下称", "简称", "统称", "负责", "共"];
        let ends = ["检查", "代建", "牵头单位", "责任单位"];
        let inner = text[item.start + open + 1..item.end].trim_end_matches([')', ']']);
        called.iter().any(|word| inner.starts_with(word))
            || inner.contains("下同")
            || inner.contains([';', '。', '的'])
            || ends.iter().any(|end| inner.ends_with(end))
    };
    match open.filter(says) {
        Some(open) => trimmed(text, item.start..item.start + open),
        None => item,
    }
}

/// Where the bracket begins with which words end.
fn last_bracket(words: &str) -> Option<usize> {
    let mut depth = 0;
    if !words.ends_with([')', ']']) {
        return None;
    }
    words.char_indices().rev().find_map(|(at, c)| {
        match c {
            ')' | ']' => depth += 1,
            '(' | '[' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })
}

/// An item without white space and without the words that lead to a name: 由, 以及, 和市科技局.
fn bare(text: &str, item: Range<usize>, names: &Names) -> Range<usize> {
    let item = unmarked(text, before_remark(text, trimmed(text, item)));
    let words = &text[item.clone()];
    let leads = |word: &str| words.strip_prefix(word).map(|_| item.start + word.len());
    if let Some(start) = leads("以及") {
        return start..item.end;
    }
    if let Some(len) = by_whom(words).or_else(|| work_by(words, names)) {
        return item.start + len..item.end;
    }
    // 在市委宣传部的指导下
    let under = words
        .strip_prefix('在')
        .and_then(|rest| rest.strip_suffix('的'));
    if let Some(name) = under.filter(|name| names.is_party(name)) {
        let start = item.start + '在'.len_utf8();
        return start..start + name.len();
    }
    // 以市教委为主
    for word in ["和", "及", "与", "以"] {
        if let Some(start) = leads(word) {
            let rest = &text[start..item.end];
            let begins_anew = level_word(rest).is_some() || reference(rest) != Reference::Named;
            if begins_anew && names.is_party(rest) {
                return start..item.end;
            }
        }
    }
    item
}

/// Where the name before 等 ends and what follows 等 begins, if 等 says that the list goes on (and not 高等教育).
fn before_and_so_on(words: &str, names: &Names) -> Option<(usize, usize)> {
    words.match_indices('等').find_map(|(at, sign)| {
        let after = at + sign.len();
        let ends = after == words.len();
        let before = &words[..at];
        // What stands before 等部门和单位 is a name, whether anybody knows it or not.
        let shown = || looks_like_name(before) && only_bodies(&words[after..]);
        let is_name = names.is_party(before) || kind::is_branch(before) || shown();
        (at > 0 && (ends || is_name)).then_some((at, after))
    })
}

/// What follows the words in apposition behind 等: 及各地区 in 等国务院相关部门及各地区. Nothing if that is all.
fn after_apposition(text: &str, rest: Range<usize>) -> Option<Range<usize>> {
    let words = &text[rest.clone()];
    let joined = ["以及", "和", "及", "与", "并"];
    if joined.iter().any(|word| words.starts_with(word)) {
        let len = joined.iter().find(|word| words.starts_with(**word))?.len();
        return Some(rest.start + len..rest.end);
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
fn only_bodies(words: &str) -> bool {
    let parts = words.split(['和', '及', '与', '、']);
    parts
        .map(str::trim)
        .all(|part| ["部门", "单位", "机构", "企业"].contains(&part))
}

/// Where to split at 和, 及, 与, 并 or white space: only between two parties, since 市工业和信息化局 is one, and a line may
/// break inside a name.
fn joiner(words: &str, names: &Names) -> Option<(usize, usize)> {
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
            may_be_small(without_plate(before)) && (set || spaced && may_be_small(next))
        };
        if !outside(left) || !names.is_party(before) && !small() || is_half(&words[..left]) {
            continue;
        }
        // A space before a bracket, or before the body of a set, parts no names: 各乡 ( 镇 ) 人民政府.
        if spaced && (next.starts_with('(') || ["人民政府", "政府"].contains(&next)) {
            continue;
        }
        // 市规划局 花都区分局: where it has a branch. So has 生态环境 拱墅分局.
        let of_branch = || kind::is_branch(before) && rest.trim().ends_with("分局");
        if spaced && (before.ends_with('局') && is_local_branch(rest) || of_branch()) {
            continue;
        }
        if is_narrow(words, left, names) {
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
            || before_and_so_on(rest, names).is_some()
            || joiner(rest, names).is_some()
        {
            return Some((left, right));
        }
    }
    None
}

/// A name without the other one that stands behind it in brackets: 高新园 in 高新园(邹区镇).
fn without_plate(name: &str) -> &str {
    let plate = name.strip_suffix(')').and_then(|name| name.rfind('('));
    plate.map_or(name, |at| &name[..at])
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

/// Bodies of the state that are called by where they are.
static OF_PLACES: Words = Words::of(
    "检验检疫局 出入境检验检疫局 海关 海事局 银保监局 银监局 保监局 证监局 监管局 边检站 通信管理局",
);

/// What a name of a list shares with the next one: 市人民政府 for 满洲里 in 满洲里、二连浩特市人民政府, 海关 for 广州 in
/// 广州、深圳海关.
pub(crate) fn shared_end<'t>(
    text: &'t str,
    all: &[Range<usize>],
    index: usize,
    names: &Names,
) -> Option<&'t str> {
    let is_place = |name: &Range<usize>| {
        let words = &text[name.clone()];
        (2..=5).contains(&words.chars().count())
            && words.chars().all(domain::fold::is_han)
            && !names.is_party(words)
    };
    // Names of merged cells stand elsewhere.
    let listed = |pair: &&[Range<usize>]| {
        let between = text.get(pair[0].end..pair[1].start);
        between.is_some_and(|between| between.trim() == "、")
    };
    let after = all[index..]
        .windows(2)
        .take_while(listed)
        .map(|pair| &pair[1]);
    let next = after.take(MOST_PLACES).find(|name| !is_place(name))?;
    let words = &text[next.clone()];
    let mut levels = words.char_indices().skip(2);
    let level = levels.find(|(_, c)| "市区县旗州盟".contains(*c));
    let of_place = OF_PLACES.end(words).filter(|body| {
        let place = words[..words.len() - body.len()].chars().count();
        (2..=3).contains(&place)
    });
    let body = of_place.or_else(|| level.map(|(at, _)| &words[at..]))?;
    let whole = names.is_party(words) && level_word(words).is_none() && kind::shows_party(body);
    let shares = is_place(&all[index]) && whole && reference(words) == Reference::Named;
    // 成都市、绵阳市人民政府
    let level = body
        .chars()
        .next()
        .filter(|level| text[all[index].clone()].ends_with(*level));
    shares.then(|| &body[level.map_or(0, char::len_utf8)..])
}

/// How many places may share the body of the last.
const MOST_PLACES: usize = 12;

/// Whether words show whose body it is, but not which one, so that its name goes on: 市委机要 in 市委机要和保密局.
fn is_half(words: &str) -> bool {
    const ENDS: [char; 14] = [
        '委', '部', '办', '室', '局', '会', '校', '院', '组', '心', '关', '府', '社', ')',
    ];
    kind::kind_shown(words).0 == PartyKind::CommitteeOrgan
        && reference(words) == Reference::Named
        && !words.ends_with(ENDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_share_the_body_of_the_last() {
        for (text, expected) in [
            ("满洲里、二连浩特市人民政府", Some("市人民政府")),
            ("朝阳、海淀、丰台区政府", Some("区政府")),
            ("东城、西城区住建局", Some("区住建局")),
            ("成都市、绵阳市人民政府", Some("人民政府")),
            ("朝阳,海淀区政府", None),
            ("市教委、海淀区政府", None),
            ("居民、市教委", None),
            ("居民、各区政府", None),
        ] {
            let names = list(text, 0..text.len(), &Names::default()).names;
            assert_eq!(
                shared_end(text, &names, 0, &Names::default()),
                expected,
                "{text}"
            );
        }
    }

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
