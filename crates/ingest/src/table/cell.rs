//! What the words of a cell look like: a list of bodies, a time.

pub(super) use crate::kind::may_be_body;
use crate::{bracket::split_outside, kind, role::verb_phrase};
use domain::fold::is_han;

/// Whether words are a list of nothing but bodies.
pub(super) fn is_of_bodies(words: &str, mut is_body: impl FnMut(&str) -> bool) -> bool {
    const LONGEST: usize = 200;
    if words.len() > LONGEST * '字'.len_utf8() {
        return false;
    }
    let separates = |c| matches!(c, '、' | ',' | ';' | '/' | '\n' | ' ' | '|');
    let names = split_outside(words, 0..words.len(), separates);
    let mut names = names
        .map(|(_, name)| words[name.clone()].trim_end_matches('等'))
        .filter(|name| !name.is_empty())
        .peekable();
    names.peek().is_some_and(|first| plate(first).is_none())
        && names.all(|name| is_body(name) || plate(name).is_some_and(&mut is_body))
}

/// Whether words are bodies and verbs that say what each of them does: 甲局牵头,乙局配合.
pub(super) fn says_roles(words: &str) -> bool {
    let parts = words.split([',', ';', '。']).map(str::trim);
    let mut parts = parts.filter(|part| !part.is_empty()).peekable();
    let said = |part: &str| {
        let verb = verb_phrase(part).map_or(0, |verb| verb.len);
        let names = part[..part.len() - verb].trim();
        let names = names.trim_end_matches("有关部门").trim_end_matches("会同");
        verb > 0 && is_of_bodies(names, may_be_body)
    };
    parts.peek().is_some() && parts.all(said)
}

/// The other name of a body, where it stands in brackets on a line of its own: 市国资委, below 市财政局.
pub(super) fn plate(words: &str) -> Option<&str> {
    words.strip_prefix('(')?.strip_suffix(')')
}

/// Whether words are a list of names of which half or more may be bodies, and none says what is to be done.
pub(super) fn is_mostly_of_bodies(words: &str) -> bool {
    let (mut bodies, mut others) = (0, 0);
    let names = is_of_bodies(words, |name| {
        let may_be = may_be_body_among_others(name);
        bodies += usize::from(may_be);
        others += usize::from(!may_be);
        may_be || kind::looks_like_name(name) && !kind::says_what_to_do(name)
    });
    names && bodies > 0 && others <= bodies
}

/// Whether a name may be a body's where others of its column are: 电教馆, 公安.
pub(super) fn may_be_body_among_others(name: &str) -> bool {
    const ENDS: [char; 8] = ['馆', '团', '社', '园', '台', '厂', '店', '库'];
    const PLANTS: [char; 2] = ['厂', '矿'];
    let han =
        |longest: usize| (2..=longest).contains(&name.chars().count()) && name.chars().all(is_han);
    let short = || han(6);
    may_be_body(name)
        || (name.ends_with(ENDS) || name.ends_with("社区")) && short()
        || name.ends_with(PLANTS) && han(8)
        || kind::is_branch_of_any_level(name)
}

/// Whether words are a time: 2024年6月, 2024-06-30, 6月底, 113.12, 长期.
pub(super) fn looks_like_date(words: &str) -> bool {
    const LONGEST: usize = 16;
    const WORDS: [&str; 17] = [
        "长期",
        "适时",
        "立行立改",
        "持续",
        "全年",
        "年底",
        "立即",
        "常态",
        "每年",
        "每月",
        "每季",
        "每日",
        "每周",
        "每旬",
        "每学期",
        "每半年",
        "持續",
    ];
    let count = words.chars().count();
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let marks = || {
        words
            .chars()
            .filter(|c| "年月日季前底./-".contains(*c))
            .count()
    };
    count <= LONGEST
        && (WORDS.iter().any(|word| words.starts_with(word))
            || (digits > 0 && marks() > 0 && (digits + marks()) * 3 >= count * 2))
}
