//! Rows whose cells nothing separates: 建设平台50个。张三甲局乙委各街道.

use super::Reader;
use crate::{
    clause::Rule,
    line::trimmed,
    person::are_persons,
    role::Slot,
    statement::{Shape, Stated},
    table::{Column, Row},
};
use domain::{directory::level_word, vocabulary::Role};
use std::ops::Range;

/// Names behind the task are looked for among this many characters at its end.
const REACH: usize = 120;

impl Reader<'_> {
    /// Reads a number and the words behind it: the names at their end are the parties.
    pub(super) fn glued(&mut self, row: &Row) {
        let [number, body] = &row.cells[..] else {
            return;
        };
        let Some(names) = self.names_at_end(&body.range) else {
            self.rows.unread.push(body.range.clone());
            return;
        };
        let (first, last) = (names[0].start, names[names.len() - 1].end);
        let text = self.grammar.text;
        let before = trimmed(text, body.range.start..first);
        let sentence = before.start
            + text[before.clone()]
                .rfind('。')
                .map_or(0, |at| at + '。'.len_utf8());
        let persons = Some(sentence..before.end)
            .filter(|range| self.names_leaders() && are_persons(&text[range.clone()]));
        let end = persons.as_ref().map_or(before.end, |range| range.start);
        let title = trimmed(text, before.start..end);
        let start = persons.as_ref().map_or(first, |range| range.start);
        self.open_record(
            Some(number.range.clone()),
            title,
            number.range.start..body.range.end,
        );
        let roles: Vec<Role> = self
            .columns
            .iter()
            .filter_map(|headed| match headed.column {
                Some(Column::States(Slot::Parties(role))) => Some(role),
                _ => None,
            })
            .collect();
        let last_role = roles.last().copied().unwrap_or(Role::Responsible);
        let stated = names.into_iter().enumerate().map(|(index, name)| Stated {
            name,
            role: roles.get(index).copied().unwrap_or(last_role),
        });
        let mut statement = self.grammar.row([], Shape::GluedRow);
        statement.parties = stated.collect();
        statement.persons = persons.into_iter().collect();
        self.push(statement, start..last, number.range.start, Rule::TableGlued);
    }

    fn names_leaders(&self) -> bool {
        let mut columns = self.columns.iter();
        columns.any(|headed| headed.column == Some(Column::States(Slot::Persons)))
    }

    /// The longest end of `range` that is nothing but names, behind its last full stop if it has one.
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
            let ends = rest
                .char_indices()
                .skip(2)
                .map(|(at, _)| at)
                .chain([rest.len()]);
            let end = ends.into_iter().find(|&at| {
                let after = rest[at..].trim_start_matches(['、', ',', ' ', '\n']);
                let begins =
                    after.is_empty() || after.len() < rest.len() - at || begins_name(after);
                begins && begins_name(rest) && self.grammar.names.is_party(&rest[..at])
            })?;
            names.push(start..start + end);
            let after = rest[end..].trim_start_matches(['、', ',', ' ', '\n']);
            start = range.end - after.len();
        }
        Some(names)
    }
}

/// Whether a name may begin here: with a level word, or as a set.
fn begins_name(words: &str) -> bool {
    level_word(words).is_some() || words.starts_with(['各', '有', '相'])
}
