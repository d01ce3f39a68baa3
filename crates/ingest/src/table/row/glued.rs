//! Rows whose cells nothing separates: 建设平台50个。张三甲局乙委各街道.

use super::Reader;
use crate::{
    bracket::split_outside,
    clause::Rule,
    due::{self, DueWords},
    kind::{self, is_branch, says_what_to_do},
    label,
    line::trimmed,
    list::list,
    person::is_leader,
    role::Slot,
    statement::{Shape, Stated, lead_together},
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
        let time = self.time_at_end(&body.range);
        let named = body.range.start..time.as_ref().map_or(body.range.end, |time| time.start);
        let mut runs = self.runs_behind_sentences(&named);
        // The names of one that are not all known may be told by the signs between them.
        let broken_off = |run: &Run| run.range().end < named.end;
        if runs.is_empty() || runs.len() == 1 && broken_off(&runs[0]) {
            let known = runs.first().map_or(0, |run| run.names.len());
            let at_end = self.run_at_end(&named);
            runs = at_end
                .filter(|run| run.names.len() > known)
                .map_or(runs, |run| vec![run]);
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
            self.push_run(run, time.as_ref(), number.range.start);
        }
    }

    /// The time with which a row ends, if that is what its last column holds: 甲局乙局2016年8月底.
    fn time_at_end(&self, range: &Range<usize>) -> Option<Range<usize>> {
        const LONGEST: usize = 20;
        if self.columns.last()?.column != Some(Column::States(Slot::Deadline)) {
            return None;
        }
        let grammar = self.grammar;
        let words = grammar.text[range.clone()].trim_end_matches(['。', '|', ' ', '\n']);
        let end = range.start + words.len();
        let is_time = |start: &usize| {
            let part = *start..end;
            let whole = |due: DueWords| due.range == part;
            due::expected(grammar.text, part.clone(), grammar.year).is_some_and(whole)
                || !due::alone(grammar.text, part.clone()).is_empty()
        };
        let starts = words.char_indices().rev().take(LONGEST);
        let starts = starts.map(|(at, _)| range.start + at);
        starts.filter(is_time).last().map(|start| start..end)
    }

    fn push_run(&mut self, run: Run, time: Option<&Range<usize>>, at: usize) {
        let range = run.range();
        let range = range.start..time.map_or(range.end, |time| time.end.max(range.end));
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
        // 甲局、乙局丙局 are two cells if there are two columns: a new one begins where no sign stands.
        let mut cell = 0;
        let mut cells = vec![0];
        for names in run.names.windows(2) {
            cell += usize::from(!text[names[0].end..names[1].start].contains(['、', ',']));
            cells.push(cell);
        }
        let by_cells = cell + 1 == roles.len();
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
            role: if by_cells {
                roles[cells[index]]
            } else {
                roles.get(index).copied().unwrap_or(last_role)
            },
        });
        let heading = self
            .columns
            .last()
            .map_or(0..0, |headed| headed.heading.clone());
        let time = time.map(|time| (Slot::Deadline, &heading, time));
        let mut statement = self.grammar.row(time, Shape::GluedRow);
        statement.parties = stated.collect();
        lead_together(&mut statement.parties);
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

/// Whether a set ends where its body does, and another name may follow: 各镇人民政府.
fn ends_set(set: &str, behind: &str) -> bool {
    const BODIES: [&str; 5] = ["人民政府", "政府", "办事处", "管委会", "党委"];
    BODIES.iter().any(|body| set.ends_with(body)) && (behind.is_empty() || begins_name(behind))
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
