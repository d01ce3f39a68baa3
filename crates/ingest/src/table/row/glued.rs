//! Rows whose cells nothing separates: 建设平台50个。张三甲局乙委各街道.

use super::Reader;
use crate::{
    bracket::split_outside,
    clause::Rule,
    kind::{self, is_branch, says_what_to_do},
    label,
    line::trimmed,
    list::list,
    person::is_leader,
    role::Slot,
    statement::{Shape, Stated},
    table::{Column, Row},
};
use domain::{directory::level_word, vocabulary::Role};
use std::ops::Range;

/// Names behind the task are looked for among this many characters at its end.
const REACH: usize = 120;

/// Those who answer for a task, or for a part of it, as they follow each other.
struct Run {
    leader: Option<Range<usize>>,
    names: Vec<Range<usize>>,
}

impl Run {
    fn range(&self) -> Range<usize> {
        let first = self.leader.as_ref().unwrap_or(&self.names[0]);
        first.start..self.names[self.names.len() - 1].end
    }
}

impl Reader<'_> {
    /// Reads a number and the words behind it: the names at their end are the parties, and those behind its sentences, which
    /// may be the ends of rows that share the number.
    pub(super) fn glued(&mut self, row: &Row) {
        let [number, body] = &row.cells[..] else {
            // The heading of a section stands by itself.
            if let [section] = &row.cells[..]
                && let Some(label) = label::at(self.text(), section.range.start)
            {
                let start = section.range.start;
                self.open_section(label.style as u8, section.range.clone(), start);
            }
            return;
        };
        let mut runs = self.runs_behind_sentences(&body.range);
        if runs.is_empty() {
            runs.extend(self.run_at_end(&body.range));
        }
        let Some(first) = runs.first() else {
            self.rows.unread.push(body.range.clone());
            return;
        };
        let text = self.grammar.text;
        let title = trimmed(text, body.range.start..first.range().start);
        self.open_record(
            Some(number.range.clone()),
            title,
            number.range.start..body.range.end,
        );
        for run in runs {
            self.push_run(run, number.range.start);
        }
    }

    fn push_run(&mut self, run: Run, at: usize) {
        let range = run.range();
        let roles: Vec<Role> = self
            .columns
            .iter()
            .filter_map(|headed| match headed.column {
                Some(Column::States(Slot::Parties(role))) => Some(role),
                _ => None,
            })
            .collect();
        let last_role = roles.last().copied().unwrap_or(Role::Responsible);
        let text = self.grammar.text;
        let mut open = false;
        let names = run.names.into_iter().map(|name| {
            // 市文旅局等部门
            let list = list(text, name.clone(), self.grammar.names);
            open |= list.open;
            match &list.names[..] {
                [one] => one.clone(),
                _ => name,
            }
        });
        let names: Vec<_> = names.collect();
        let stated = names.into_iter().enumerate().map(|(index, name)| Stated {
            name,
            role: roles.get(index).copied().unwrap_or(last_role),
        });
        let mut statement = self.grammar.row([], Shape::GluedRow);
        statement.parties = stated.collect();
        statement.open = open;
        statement.persons = run.leader.into_iter().collect();
        self.push(statement, range, at, Rule::TableGlued);
    }

    fn names_leaders(&self) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|headed| headed.column == Some(Column::States(Slot::Persons)))
    }

    /// Where a sentence ends and a leader and names of bodies follow it, each such place of a row: only where there is a
    /// column of leaders is it sure where names begin.
    fn runs_behind_sentences(&self, range: &Range<usize>) -> Vec<Run> {
        if !self.names_leaders() {
            return vec![];
        }
        let ends = self.grammar.text[range.clone()].match_indices('。');
        let starts = ends.map(|(at, stop)| range.start + at + stop.len());
        starts
            .filter_map(|start| self.run(start..range.end))
            .collect()
    }

    /// The leader and the names that a range begins with.
    fn run(&self, range: Range<usize>) -> Option<Run> {
        const LEADERS: [usize; 3] = [3, 2, 4];
        let text = self.grammar.text;
        let words = &text[range.clone()];
        let runs = LEADERS.iter().filter_map(|&length| {
            let (len, _) = words.char_indices().nth(length)?;
            let leader = is_leader(&words[..len]).then(|| range.start..range.start + len)?;
            let names = self.chain(leader.end..range.end);
            let first = &text[names.first()?.clone()];
            Some((
                begins_surely(first),
                Run {
                    leader: Some(leader),
                    names,
                },
            ))
        });
        let mut runs: Vec<_> = runs.collect();
        // The first of those that are as sure.
        runs.sort_by_key(|(sure, _)| std::cmp::Reverse(*sure));
        (!runs.is_empty()).then(|| runs.swap_remove(0).1)
    }

    /// The names that follow each other from the start of a range on.
    fn chain(&self, range: Range<usize>) -> Vec<Range<usize>> {
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
        if says_what_to_do(words) {
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
        // 市委编办市司法局: one character more, if another name surely begins behind it.
        let longer = bodies.get(1).copied().filter(|&end| {
            let behind = &words[end..];
            words[bodies[0]..end].chars().count() == 1 && (behind.is_empty() || begins_name(behind))
        });
        longer.or(bodies.first().copied())
    }

    fn is_body(&self, name: &str) -> bool {
        const SMALL: [&str; 4] = ["街道", "镇", "乡", "村"];
        let small = |name: &str| SMALL.iter().any(|body| name.ends_with(body));
        // 高新园(某镇)
        let park = name
            .strip_suffix(')')
            .is_some_and(|name| name.contains("园(") && small(name));
        let certain = || self.grammar.certainly_party(name) || small(name);
        park || self.grammar.names.is_party(name) && certain()
    }

    /// The longest end of `range` that is nothing but names, behind its last full stop if it has one, with the leader before
    /// them.
    fn run_at_end(&self, range: &Range<usize>) -> Option<Run> {
        let names = self.names_at_end(range)?;
        let text = self.grammar.text;
        let before = trimmed(text, range.start..names[0].start);
        let stop = text[before.clone()].rfind('。');
        let sentence = before.start + stop.map_or(0, |at| at + '。'.len_utf8());
        let leader = Some(sentence..before.end)
            .filter(|leader| self.names_leaders() && is_leader(&text[leader.clone()]));
        Some(Run { leader, names })
    }

    fn names_at_end(&self, range: &Range<usize>) -> Option<Vec<Range<usize>>> {
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
                let own = begins_name(rest) || behind_sign && parted;
                let goes_on = rest[at..].starts_with("各成员单位");
                let ends = (parted || begins_name(after)) && !goes_on;
                // 区图书角覆盖率75县民政局 begins with the cells before the name.
                let figures = rest[..at].contains(|c: char| c.is_ascii_digit());
                ends && own && !figures && self.grammar.names.is_party(&rest[..at])
            })?;
            names.push(start..start + end);
            let after = rest[end..].trim_start_matches(SIGNS);
            start = range.end - after.len();
        }
        Some(names)
    }
}

/// What may stand between names.
const SIGNS: [char; 4] = ['、', ',', ' ', '\n'];

/// Where the first sign stands between names, outside of brackets.
fn up_to_sign(words: &str) -> usize {
    let mut parts = split_outside(words, 0..words.len(), |c| SIGNS.contains(&c));
    parts.next().map_or(0, |(_, part)| part.end)
}

/// Whether a name may begin here: with a level word, or as a set.
fn begins_name(words: &str) -> bool {
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

/// How sure it is that a name begins where it does: 市教育局 shows it by its level word, and 教育局 as a branch and its office.
fn begins_surely(name: &str) -> u8 {
    let last = name.chars().next_back().map_or(0, char::len_utf8);
    let of_branch = is_branch(&name[..name.len() - last]);
    if begins_name(name) {
        2
    } else {
        of_branch.into()
    }
}
