//! What stands around a name in its part of a list: words that lead to it, marks, and remarks in brackets.

use crate::{
    bracket::last_bracket, kind::reference, line::trimmed, number::is_han_numeral, party::Names,
};
use domain::{directory::level_word, vocabulary::Reference};
use std::ops::Range;

/// An item without white space and without the words that lead to a name: 由, 以及, 和市科技局.
pub(super) fn bare(text: &str, item: Range<usize>, names: &Names) -> Range<usize> {
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

/// The length of the words at the start of a sentence that lead to those who act: 由, 请, 此项工作由, 以上各项任务均由, and
/// 以上四项工作 before a body.
pub(crate) fn by_whom(words: &str) -> Option<usize> {
    const WHICH: [&str; 9] = ["此", "该", "本", "这", "以上", "上述", "各", "前述", "具体"];
    const WORK: [&str; 8] = ["各项", "项", "工作", "任务", "事项", "措施", "均", "都"];
    let above = ["以上", "上述", "前述"]
        .iter()
        .find_map(|word| words.strip_prefix(word));
    let numeral = |c: char| is_han_numeral(c) || c.is_ascii_digit();
    let counted = above.filter(|rest| rest.starts_with(numeral));
    let counted = counted.and_then(|rest| rest.trim_start_matches(numeral).strip_prefix('项'));
    let counted = counted.map(|rest| {
        let work = ["工作", "任务", "措施"];
        work.iter()
            .find_map(|work| rest.strip_prefix(work))
            .unwrap_or(rest)
    });
    if let Some(rest) = counted.filter(|rest| level_word(rest).is_some() && !rest.contains('由')) {
        return Some(words.len() - rest.len());
    }
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
        let ends = [
            "检查",
            "代建",
            "推荐",
            "遴选",
            "审核",
            "牵头单位",
            "责任单位",
        ];
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
