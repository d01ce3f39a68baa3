//! Rows whose cells nothing separates: 建设平台50个。张三甲局乙委各街道.

mod leaders;
mod names;
mod tail;

use super::{Reader, SECTION_COLUMN};
use crate::{
    clause::Rule,
    due::{self, DueWords},
    kind::is_branch,
    label::{self, Style},
    line::trimmed,
    list::list,
    person::is_leader,
    role::Slot,
    statement::{Shape, Stated, lead_together},
    table::{Column, Row},
};
use domain::vocabulary::Role;
pub(super) use leaders::Leaders;
use names::begins_name;
use std::ops::Range;

/// Those who answer for a task, or for a part of it, as they follow each other.
struct Run {
    /// Where the task ends.
    start: usize,
    leaders: Vec<Range<usize>>,
    names: Vec<Range<usize>>,
}

impl Run {
    fn range(&self) -> Range<usize> {
        let ends = self.names.iter().chain(&self.leaders);
        self.start..ends.map(|range| range.end).max().unwrap_or(self.start)
    }
}

impl Reader<'_> {
    /// Reads a number and the words behind it: the names at their end are the parties, and those behind its sentences, which
    /// may be the ends of rows that share the number.
    pub(super) fn glued(&mut self, row: &Row) {
        let (number, body) = match &row.cells[..] {
            [number, body] => (&number.range, &body.range),
            [category, number, body] => {
                let category = category.range.clone();
                self.open_section(SECTION_COLUMN, category.clone(), category.start);
                (&number.range, &body.range)
            }
            // The heading of a section stands by itself, and so do rows of which nobody knows where one ends.
            [section] => {
                let section = section.range.clone();
                let label = label::at(self.text(), section.start);
                if let Some(label) = label.filter(|label| label.style <= Style::HanBracketed) {
                    let start = section.start;
                    self.open_section(label.style as u8, section, start);
                } else {
                    self.leaders.above.clear();
                    self.rows.unread.push(section);
                }
                return;
            }
            _ => return,
        };
        let (runs, time) = self.runs(body);
        let leaders = runs.last().map_or(vec![], |run| run.leaders.clone());
        self.leaders.above = leaders;
        let Some(first) = runs.first() else {
            self.rows.unread.push(body.clone());
            return;
        };
        let text = self.grammar.text;
        let title = trimmed(text, body.start..first.range().start);
        self.open_record(Some(number.clone()), title, number.start..body.end);
        for run in runs {
            self.push_run(run, time.as_ref(), number.start);
        }
    }

    /// Those who answer, and by when: behind the last sentence, behind several of them, or at the end.
    fn runs(&self, body: &Range<usize>) -> (Vec<Run>, Option<Range<usize>>) {
        let time = self.time_at_end(body);
        let named = body.start..time.as_ref().map_or(body.end, |time| time.start);
        let runs = self.runs_behind_sentences(&named);
        if runs.len() > 1 {
            return (runs, time);
        }
        if let Some((tail, time)) = self.tail(body)
            && runs.iter().all(|run| run.range().end > tail.range().start)
        {
            return (vec![tail], time);
        }
        // The names of one that are not all known may be told by the signs between them.
        if runs.iter().any(|run| run.range().end == named.end) {
            return (runs, time);
        }
        let known = runs.first().map_or(0, |run| run.names.len());
        let at_end = self.run_at_end(&named);
        let at_end = at_end.filter(|run| run.names.len() > known);
        (at_end.map_or(runs, |run| vec![run]), time)
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
        let text = self.grammar.text;
        let roles = self.roles();
        let cells = self.cells_of(&run.names, roles.len());
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
            role: roles
                .get(cells[index])
                .copied()
                .unwrap_or(Role::Responsible),
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
        statement.persons = run.leaders;
        self.push(statement, range, at, Rule::TableGlued);
    }

    /// What those are to do who stand in the columns of bodies.
    fn roles(&self) -> Vec<Role> {
        let columns = self.columns.iter().map(|headed| headed.column);
        let roles = columns.filter_map(|column| match column {
            Some(Column::States(Slot::Parties(role))) => Some(role),
            _ => None,
        });
        roles.collect()
    }

    /// The column that each name stands in, of so many: 甲局、乙局丙局 are two cells, since a new one begins where no sign stands.
    fn cells_of(&self, names: &[Range<usize>], columns: usize) -> Vec<usize> {
        let gaps = names
            .windows(2)
            .map(|pair| &self.grammar.text[pair[0].end..pair[1].start]);
        let glued = |gap: &str| gap.is_empty() || gap == "\n";
        let any_glued = gaps.clone().any(glued);
        let parts = |gap: &str| glued(gap) || !any_glued && gap.trim().is_empty();
        let mut cell = 0;
        let later = gaps.map(|gap| {
            cell += usize::from(parts(gap) && cell + 1 < columns);
            cell
        });
        std::iter::once(0).chain(later).collect()
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
                    start: range.start,
                    leaders: vec![leader],
                    names,
                },
            ))
        });
        let mut runs: Vec<_> = runs.collect();
        // The first of those that are as sure.
        runs.sort_by_key(|(sure, _)| std::cmp::Reverse(*sure));
        (!runs.is_empty()).then(|| runs.swap_remove(0).1)
    }

    /// The longest end of `range` that is nothing but names, behind its last full stop if it has one, with the leader before
    /// them.
    fn run_at_end(&self, range: &Range<usize>) -> Option<Run> {
        let mut names = self.names_at_end(range)?;
        if !self.part_cells(&mut names) {
            return None;
        }
        let text = self.grammar.text;
        let before = trimmed(text, range.start..names[0].start);
        let stop = text[before.clone()].rfind('。');
        let sentence = before.start + stop.map_or(0, |at| at + '。'.len_utf8());
        let leader = Some(sentence..before.end)
            .filter(|leader| self.names_leaders() && is_leader(&text[leader.clone()]));
        Some(Run {
            start: leader
                .as_ref()
                .map_or(names[0].start, |leader| leader.start),
            leaders: leader.into_iter().collect(),
            names,
        })
    }
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
