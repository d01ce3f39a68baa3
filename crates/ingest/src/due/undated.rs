//! Deadlines that name no date: 立行立改, 持续推进, 每月10日前.

use super::{DueWords, Shown};
use crate::words::Characters;
use domain::vocabulary::DueKind;
use std::{ops::Range, sync::LazyLock};

/// A word such as 持续推进 in a range: the one that says most, which is the first of the list.
pub(super) fn word(text: &str, range: Range<usize>) -> Option<DueWords> {
    let words = &text[range.clone()];
    // Every sentence is asked, and few hold a character with which one of them begins.
    let first = &*FIRST;
    let places = words.char_indices().filter(|(_, c)| first.may_hold(*c));
    let found = places.filter_map(|(at, _)| {
        let which = |(word, _): &(&str, DueKind)| words[at..].starts_with(word);
        Some((WORDS.iter().position(which)?, at))
    });
    let (which, at) = found.min()?;
    let (word, kind) = WORDS[which];
    let len = recurring(&words[at..]).map_or(word.len(), |(len, _)| len);
    Some(DueWords {
        range: range.start + at..range.start + at + len,
        kind,
        date: None,
        shown: Shown::Word,
    })
}

/// What they begin with.
static FIRST: LazyLock<Characters> = LazyLock::new(|| {
    WORDS
        .iter()
        .filter_map(|(word, _)| word.chars().next())
        .collect()
});

const WORDS: &[(&str, DueKind)] = &[
    ("立行立改", DueKind::Immediate),
    ("长期坚持", DueKind::Ongoing),
    ("长期有效", DueKind::Ongoing),
    ("长期推进", DueKind::Ongoing),
    ("持续推进", DueKind::Ongoing),
    ("持续实施", DueKind::Ongoing),
    ("持续进行", DueKind::Ongoing),
    ("持续办理", DueKind::Ongoing),
    ("持续执行", DueKind::Ongoing),
    ("持续开展", DueKind::Ongoing),
    ("常年坚持", DueKind::Ongoing),
    ("常年", DueKind::Ongoing),
    ("常态化", DueKind::Ongoing),
    ("常态工作", DueKind::Ongoing),
    ("持续", DueKind::Ongoing),
    ("长期", DueKind::Ongoing),
    ("经常性", DueKind::Ongoing),
    ("按年度", DueKind::Recurring),
    ("每半年", DueKind::Recurring),
    ("每日", DueKind::Recurring),
    ("每年", DueKind::Recurring),
    ("每学期", DueKind::Recurring),
    ("每季", DueKind::Recurring),
    ("每月", DueKind::Recurring),
    ("每个月", DueKind::Recurring),
    ("每周", DueKind::Recurring),
    ("全年", DueKind::WholeYear),
    ("立即", DueKind::Immediate),
];

/// The deadline at 每, if it says by when each time; or how far to skip.
pub(super) fn each(words: &str, at: usize) -> Result<(usize, DueWords), usize> {
    let (len, limit) = recurring(&words[at..]).unwrap_or(('每'.len_utf8(), false));
    if !limit {
        return Err(len);
    }
    let due = DueWords {
        range: at..at + len,
        kind: DueKind::Recurring,
        date: None,
        shown: Shown::Limit,
    };
    Ok((at, due))
}

/// The length of 每年12月底前, 每季度 at the start of `words`, and whether it says by when each time.
fn recurring(words: &str) -> Option<(usize, bool)> {
    let rest = words.strip_prefix('每')?;
    let unit = [
        "年度", "半年", "季度", "个月", "学期", "年", "季", "月", "周", "日",
    ]
    .iter()
    .find(|unit| rest.starts_with(**unit))?;
    let len = '每'.len_utf8() + unit.len();
    let within = |c: char| {
        c.is_ascii_digit()
            || crate::number::is_han_numeral(c)
            || "月日号底末初上中下旬前".contains(c)
    };
    let more = words[len..]
        .find(|c| !within(c))
        .unwrap_or(words.len() - len);
    let limit = words[len..len + more].ends_with(['前', '底', '末', '初', '旬']);
    Some(if limit {
        (len + more, true)
    } else {
        (len, false)
    })
}
