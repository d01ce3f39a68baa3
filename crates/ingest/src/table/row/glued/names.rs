//! Where names begin and end that follow each other without a sign.

use super::Reader;
use crate::{
    bracket::split_outside,
    kind::{self, says_what_to_do},
};
use domain::directory::level_word;
use std::ops::Range;

/// Names behind the task are looked for among this many characters at its end.
const REACH: usize = 120;

impl Reader<'_> {
    /// The names that follow each other from the start of a range on.
    pub(super) fn chain(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut names = vec![];
        let mut start = range.start;
        while let Some(len) = self.name_at(&self.grammar.text[start..range.end]) {
            names.push(start..start + len);
            let behind = &self.grammar.text[start + len..range.end];
            start = range.end - behind.trim_start_matches(SIGNS).len();
        }
        names
    }

    /// How long the shortest name of a body is that `words` begin with.
    fn name_at(&self, words: &str) -> Option<usize> {
        const LONGEST: usize = 16;
        let words = &words[..words
            .find(['。', ';', ':', ',', '、'])
            .unwrap_or(words.len())];
        if says_what_to_do(words) || words.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let ends = words.char_indices().map(|(at, _)| at).skip(2).take(LONGEST);
        let ends = ends.chain(words.chars().nth(LONGEST).is_none().then_some(words.len()));
        let bodies = ends.filter(|&end| {
            let (name, behind) = words.split_at(end);
            // 市委宣传部 is none of two.
            let holds_seat = ["委", "府"].iter().any(|seat| name.ends_with(seat));
            let goes_on = behind.starts_with('(') || holds_seat && goes_on_as_name(behind);
            !goes_on && self.is_body(name)
        });
        let bodies: Vec<_> = bodies.collect();
        // 各镇人民政府
        if words.starts_with('各')
            && let Some(whole) = bodies
                .iter()
                .rev()
                .find(|end| ends_set(&words[..**end], &words[**end..]))
        {
            return Some(*whole);
        }
        // 市委编办市司法局, 州委宣传部州电视台: some characters more, if another name surely begins behind them.
        let (first, more) = bodies.split_first()?;
        let begins = |end: &usize| words[*end..].is_empty() || begins_name(&words[*end..]);
        let longer = |end: &&usize| words[*first..**end].chars().nth(2).is_none() && begins(end);
        let shortest = Some(first).filter(|end| begins(end));
        Some(
            *shortest
                .or_else(|| more.iter().find(longer))
                .unwrap_or(first),
        )
    }

    pub(super) fn is_body(&self, name: &str) -> bool {
        const SMALL: [&str; 4] = ["街道", "镇", "乡", "村"];
        let small = |name: &str| SMALL.iter().any(|body| name.ends_with(body));
        // 高新园(某镇)
        let park = name
            .strip_suffix(')')
            .is_some_and(|name| name.contains("园(") && small(name));
        let certain = || self.grammar.certainly_party(name) || small(name);
        park || self.grammar.names.is_party(name) && certain()
    }

    /// The longest end of `range` that is nothing but names, behind its last full stop if it has one.
    pub(super) fn names_at_end(&self, range: &Range<usize>) -> Option<Vec<Range<usize>>> {
        let text = self.grammar.text;
        let words = text[range.clone()].trim_end_matches(['。', '|', ' ', '\n']);
        let end = range.start + words.len();
        let from = words
            .char_indices()
            .rev()
            .nth(REACH)
            .map_or(0, |(at, _)| at);
        let stop = words
            .rfind('。')
            .map_or(from, |at| from.max(at + '。'.len_utf8()));
        let starts = words[stop..]
            .char_indices()
            .map(|(at, _)| range.start + stop + at);
        starts.into_iter().find_map(|start| self.split(start..end))
    }

    /// The names that a range is made of, if it is made of nothing else.
    fn split(&self, range: Range<usize>) -> Option<Vec<Range<usize>>> {
        let text = self.grammar.text;
        let mut names = vec![];
        let mut start = range.start;
        while start < range.end {
            let rest = &text[start..range.end];
            let whole = up_to_sign(rest);
            let ends = rest[..whole]
                .char_indices()
                .skip(2)
                .map(|(at, _)| at)
                .chain([whole]);
            let end = ends.into_iter().find(|&at| {
                // 各区(市)县政府 is one.
                let of_levels = rest.starts_with('各')
                    && kind::is_mere_level(&rest['各'.len_utf8()..at])
                    && !rest[at..].starts_with(SIGNS)
                    && at < rest.len();
                if of_levels {
                    return false;
                }
                let after = rest[at..].trim_start_matches(SIGNS);
                let parted = after.is_empty() || after.len() < rest.len() - at;
                // 嘉兴港区, behind a sign, needs no word for its level.
                let behind_sign = text[..start].ends_with(SIGNS) && start > range.start;
                // 园区管委会, behind a sentence, neither; where there are leaders, one stands there.
                let behind_stop =
                    start == range.start && text[..start].ends_with('。') && !self.names_leaders();
                let own = begins_name(rest) || behind_sign && parted || behind_stop;
                let goes_on = rest[at..].starts_with("各成员单位");
                let ends = (parted || begins_name(after)) && !goes_on;
                // 区图书角覆盖率75县民政局 begins with the cells before the name.
                let figures = rest[..at].contains(|c: char| c.is_ascii_digit());
                // 市歌舞团, between signs, need not be known.
                let listed = || behind_sign && at == whole && !says_what_to_do(&rest[..at]);
                // Neither need 县环卫所, before a sign.
                let small = || at == whole && begins_name(rest) && kind::may_be_body(&rest[..at]);
                let name = self.grammar.names.is_party(&rest[..at]) || listed() || small();
                ends && own && !figures && name
            })?;
            names.push(start..start + end);
            let after = rest[end..].trim_start_matches(SIGNS);
            start = range.end - after.len();
        }
        Some(names)
    }
}

/// What may stand between names.
pub(super) const SIGNS: [char; 4] = ['、', ',', ' ', '\n'];

/// Where the first sign stands between names, outside of brackets.
pub(super) fn up_to_sign(words: &str) -> usize {
    let mut parts = split_outside(words, 0..words.len(), |c| SIGNS.contains(&c));
    parts.next().map_or(0, |(_, part)| part.end)
}

/// Whether a name may begin here: with a level word, or as a set.
pub(super) fn begins_name(words: &str) -> bool {
    // 团市委
    let words = words.strip_prefix('团').unwrap_or(words);
    level_word(words).is_some()
        || ["各", "有关", "相关"]
            .iter()
            .any(|set| words.starts_with(set))
}

/// Whether what stands behind a seat belongs to its name: 宣传部 behind 市委, 办公室 behind 市政府.
fn goes_on_as_name(behind: &str) -> bool {
    !behind.is_empty() && !begins_name(behind) && !behind.starts_with(SIGNS)
}

/// Whether a set ends where its body does, and another name may follow: 各镇人民政府.
fn ends_set(set: &str, behind: &str) -> bool {
    const BODIES: [&str; 5] = ["人民政府", "政府", "办事处", "管委会", "党委"];
    BODIES.iter().any(|body| set.ends_with(body)) && (behind.is_empty() || begins_name(behind))
}
