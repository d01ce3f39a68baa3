//! Leaders by name before bodies that nothing separates from them.

use super::{
    Reader, begins_surely,
    names::{SIGNS, up_to_sign},
};
use crate::{line::ends_sentence, person::is_leader, table::Table};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The leaders of a table.
#[derive(Debug, Default)]
pub(in crate::table::row) struct Leaders<'t> {
    /// How often names stand behind the tasks of several rows, before different bodies, and nowhere else.
    recurring: FxHashMap<&'t str, u32>,
    /// Who leads the row above, and those below it whose cells are merged with that.
    pub(super) above: Vec<Range<usize>>,
}

/// How many characters a name has, the most common first.
const LENGTHS: [usize; 3] = [3, 2, 4];

impl<'t> Leaders<'t> {
    pub(in crate::table::row) fn of(text: &'t str, table: &Table) -> Self {
        /// So many are looked for in what is to be done.
        const MOST: usize = 64;
        let bodies = table.rows.iter().filter_map(|row| row.cells.last());
        let parted = bodies.filter_map(|body| {
            let words = &text[body.range.clone()];
            let (at, stop) = words.char_indices().rfind(|(_, c)| ends_sentence(*c))?;
            Some(words.split_at(at + stop.len_utf8()))
        });
        let parted: Vec<_> = parted.collect();
        // What follows each the first time, how often it stands there, and whether something else follows, too.
        let mut behind: FxHashMap<&str, (&str, u32, bool)> = FxHashMap::default();
        for (_, tail) in &parted {
            for (name, rest) in LENGTHS.iter().filter_map(|&len| may_lead(tail, len)) {
                // 教务处, 教科室
                let begin = rest
                    .char_indices()
                    .nth(2)
                    .map_or(rest, |(at, _)| &rest[..at]);
                let (first, count, differs) = behind.entry(name).or_insert((begin, 0, false));
                *count += 1;
                *differs |= *first != begin;
            }
        }
        let recurring = behind.into_iter().filter(|(_, (_, _, differs))| *differs);
        let mut recurring: Vec<_> = recurring
            .map(|(name, (_, count, _))| (name, count))
            .collect();
        recurring.sort_unstable_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        recurring.truncate(MOST);
        // 安全 is a word of the tasks.
        recurring.retain(|(name, _)| !parted.iter().any(|(task, _)| task.contains(*name)));
        Self {
            recurring: recurring.into_iter().collect(),
            above: vec![],
        }
    }
}

impl Reader<'_> {
    /// The leaders with which a range begins, and where the bodies behind them do; nothing if it is not sure which these are.
    /// Where there is none, the cell is merged with the one above.
    pub(super) fn leaders_before(
        &self,
        range: &Range<usize>,
    ) -> Option<(Vec<Range<usize>>, usize)> {
        const MOST: usize = 4;
        let text = self.grammar.text;
        let mut leaders = vec![];
        let mut at = range.start;
        while leaders.len() < MOST {
            let rest = &text[at..range.end];
            let words = &rest[..up_to_sign(rest)];
            if is_leader(words) && words.len() < rest.len() && !self.grammar.names.is_party(words) {
                leaders.push(at..at + words.len());
                let behind = rest[words.len()..].trim_start_matches(SIGNS);
                at = range.end - behind.len();
                continue;
            }
            if let Some(len) = self.leader_at(words) {
                leaders.push(at..at + len);
                return Some((leaders, at + len));
            }
            let may_lead = LENGTHS.iter().any(|&len| may_lead(words, len).is_some());
            if leaders.is_empty() && !may_lead {
                leaders.clone_from(&self.leaders.above);
            } else if leaders.is_empty() {
                return None;
            }
            break;
        }
        Some((leaders, at))
    }

    /// How long the leader is with whom words begin, if it shows where the body behind begins.
    fn leader_at(&self, words: &str) -> Option<usize> {
        let ways = LENGTHS.iter().filter_map(|&len| may_lead(words, len));
        let ways: Vec<_> = ways
            .map(|(name, rest)| {
                let count = self.leaders.recurring.get(name).copied().unwrap_or(0);
                (begins_surely(rest), count, name.len())
            })
            .collect();
        let recurs = || {
            let mut recurring = ways.iter().filter(|(_, count, _)| *count > 0);
            let (_, most, len) = recurring.next()?;
            // Where 方琳 recurs more often than 方琳教, either may be the name.
            recurring.all(|(_, count, _)| count <= most).then_some(*len)
        };
        // 周建民市 recurs before the offices of a city, too.
        let surely = |least: u8| ways.iter().find(|way| way.0 >= least).map(|way| way.2);
        surely(2).or_else(recurs).or_else(|| surely(1))
    }
}

/// The leader of so many characters with whom words may begin, and what stands behind.
fn may_lead(words: &str, characters: usize) -> Option<(&str, &str)> {
    let (len, _) = words.char_indices().nth(characters)?;
    Some(words.split_at(len)).filter(|(name, _)| is_leader(name))
}
