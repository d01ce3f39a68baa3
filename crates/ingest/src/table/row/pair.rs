//! Rows in which headings stand beside what they are of, 牵头单位: | 甲局 | 完成时限: | 2023年底, or before it in the same cell:
//! 建设平台 | 牵头单位:甲局 | 完成时限:2023年底.

use super::Reader;
use crate::{
    clause::{Clause, Rule},
    kind::may_be_body,
    label::{self, Style},
    role::{Slot, label},
    statement::Shape,
    table::{
        Cell, Column, Row,
        cell::is_of_bodies,
        column::{column, labelled, names_any_body},
        hull,
    },
};
use std::ops::Range;

/// Whether words are nothing but a word for tasks with its number: 问题1.
fn is_label(words: &str) -> bool {
    let label = label::at(words, 0).filter(|label| label.style == Style::Named);
    label.is_some_and(|label| label.end == words.len())
}

/// Whether words begin with the number of a problem above its form: 一、小河返黑返臭.
fn is_numbered(words: &str) -> bool {
    let label = label::at(words, 0).filter(|label| label.style == Style::Han);
    label.is_some_and(|label| label.end < words.len())
}

/// Whether words say that a problem stands beside them, which is what is to be done about: 反馈问题, 问题描述.
fn names_problem(words: &str) -> bool {
    const PROBLEMS: [&str; 12] = [
        "问题",
        "反馈问题",
        "存在问题",
        "发现问题",
        "主要问题",
        "突出问题",
        "具体问题",
        "整改问题",
        "检视问题",
        "问题描述",
        "问题表现",
        "问题内容",
    ];
    PROBLEMS.contains(&words)
}

impl Reader<'_> {
    /// Whether nobody answers yet for the task that was opened last.
    fn waits_for_clause(&self) -> bool {
        let opened = self
            .record
            .map(|record| self.rows.headings[record].label.range.start);
        let stated = self
            .rows
            .clauses
            .last()
            .map_or(0, |clause| clause.range.end);
        opened.is_some_and(|opened| opened >= stated)
    }

    /// Reads one such row. Rows that follow each other without a new task between them are one clause.
    pub(super) fn pairs(&mut self, row: &Row) {
        let text = self.grammar.text;
        let filled = row.cells.iter().filter(|cell| !cell.range.is_empty());
        let whole = hull(filled.map(|cell| &cell.range));
        let mut stated: Vec<(Slot, Range<usize>, Range<usize>)> = vec![];
        let mut cells = row
            .cells
            .iter()
            .filter(|cell| !cell.range.is_empty())
            .peekable();
        // 序号 | 1 may have a row of its own above the task.
        let mut number = self.number.take();
        // The longest cell without a label says what is to be done, where others say who answers.
        let mut task = self.task_beside_labels(row);
        while let Some(cell) = cells.next() {
            let words = &text[cell.range.clone()];
            let heading = |cell: &Cell| column(&text[cell.range.clone()]);
            // 监理项目部 and 党群工作部 are bodies, though their words may head columns.
            let is_value = |next: &Cell, column: Column| {
                let words = &text[next.range.clone()];
                let is_body = || is_of_bodies(words, may_be_body) && !names_any_body(words);
                heading(next).is_none() || column.names_parties() && is_body()
            };
            if let Some(column) = heading(cell)
                && let Some(value) = cells.next_if(|next| is_value(next, column))
            {
                match column {
                    Column::States(slot) => {
                        stated.push((slot, cell.range.clone(), value.range.clone()));
                    }
                    Column::Task => {
                        self.open_record(number.take(), value.range.clone(), whole.clone());
                    }
                    Column::Number => number = Some(value.range.clone()),
                    Column::Section => self.open_section(0, value.range.clone(), whole.start),
                    Column::Measure | Column::Body | Column::Role | Column::Other => {}
                }
            } else if is_label(words) {
                number = Some(cell.range.clone());
            } else if names_problem(words)
                && let Some(value) = cells.next_if(|next| heading(next).is_none())
            {
                // 问题 and 问题描述 are of one.
                if number.is_some() || !self.waits_for_clause() {
                    self.open_record(number.take(), value.range.clone(), whole.clone());
                }
            } else if let Some((slot, len, _)) = label(words) {
                let heading = cell.range.start..cell.range.start + len;
                stated.push((slot, heading, cell.range.clone()));
            } else if words.chars().all(|c| c.is_ascii_digit()) {
                number = Some(cell.range.clone());
            } else if let Some(task) = task.take_if(|task| cell.range.end == task.end) {
                self.open_record(number.take(), task, whole.clone());
            } else if let Some(number) = number.take() {
                self.open_record(Some(number), cell.range.clone(), whole.clone());
            } else if is_numbered(words) && cell.range == whole {
                self.open_record(None, cell.range.clone(), whole.clone());
            } else if heading(cell).is_none() {
                // What nobody knows may begin another form.
                self.apart = true;
            }
        }
        if let Some(record) = self.record {
            let heading = &mut self.rows.headings[record];
            heading.own.end = heading.own.end.max(whole.end);
            heading.whole.end = heading.own.end;
        }
        if stated.is_empty() {
            self.number = number;
            return;
        }
        let range = hull(
            stated
                .iter()
                .flat_map(|(_, heading, value)| [heading, value]),
        );
        let waits = self.waits_for_clause();
        let cells = stated
            .iter()
            .map(|(slot, heading, value)| (*slot, heading, value));
        let statement = self.grammar.row(cells, Shape::Row);
        // 责任分工 | 明确各部门的职责 explains a word; 镇水利站 is a body, though hardly anybody knows it.
        let of_bodies = || {
            let mut names = stated
                .iter()
                .filter(|(slot, ..)| matches!(slot, Slot::Parties(_)));
            names.all(|(.., value)| is_of_bodies(&text[value.clone()], may_be_body))
        };
        if !statement.parties.is_empty() && statement.known == 0 && !of_bodies() {
            return;
        }
        let near = |last: &Clause| {
            let between = &text[last.range.end..range.start];
            between.trim_matches(['|', ' ', '\n']).is_empty()
        };
        // By when stands in the same form, though the aim stands between: 整改时限 | 6月底.
        let times = statement.parties.is_empty() && statement.persons.is_empty();
        let of_form = times && !waits && !self.apart;
        let clauses = &mut self.rows.clauses;
        if let Some(last) = clauses.last_mut().filter(|last| near(last) || of_form) {
            if near(last) {
                last.range.end = range.end;
            }
            last.statement.extend(statement);
        } else {
            self.apart = false;
            self.push(statement, range.clone(), range.start, Rule::TablePairs);
        }
    }

    /// What is to be done, in a row whose other cells say themselves who answers.
    fn task_beside_labels(&self, row: &Row) -> Option<Range<usize>> {
        let text = self.grammar.text;
        if !labelled(text, row) {
            return None;
        }
        let own = row.cells.iter().filter_map(|cell| {
            let words = &text[cell.range.clone()];
            let named = words
                .split_once(':')
                .filter(|(heading, _)| column(heading) == Some(Column::Task));
            let behind = named.map_or(words, |(_, task)| task);
            let range = cell.range.end - behind.len()..cell.range.end;
            (label(words).is_none() && !range.is_empty()).then_some((named.is_some(), range))
        });
        let task = own.max_by_key(|(named, range)| (*named, range.len()))?;
        Some(task.1)
    }
}
