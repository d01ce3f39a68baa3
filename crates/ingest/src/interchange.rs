//! The interchange form: registers that are kept elsewhere, as JSON Lines, line by line into rows that can be loaded, and
//! rows that are taken out ([`domain::export::interchange`]) into lines.
//!
//! The files may be far larger than memory, so they are read twice. First the [`Reader`] takes every line, checks it and
//! keeps of most only where it stands. What comes of that is a [`Reading`]: the parties, and plan by plan where the
//! lines are that belong to it. Then each plan's lines are read again ([`task`], [`assignment`]) as it is loaded.
//!
//! A line that cannot be read or does not fit the others is a [`Problem`] with its file and line, and never hides the
//! next. Which fields a file has, and what their words mean, stands in `row`; what lines must say of each other, in
//! `check`.

mod check;
mod line;
mod lines;
mod places;
mod row;
#[cfg(test)]
mod tests;

pub use line::Line;

use domain::{
    command::load::{AssignmentRow, Origins, PartyRow, PlanRow, TaskRow},
    time::Validity,
};
use lines::{Lines, Row};
pub use places::PlanLines;
use places::{AssignmentLines, TaskLines};
use std::{collections::BTreeMap, fmt};

/// The files, in the order in which they are read: a reference is to a file before, or to the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum File {
    /// `party.jsonl`
    Party,
    /// `plan.jsonl`
    Plan,
    /// `task.jsonl`
    Task,
    /// `assignment.jsonl`
    Assignment,
}

impl File {
    /// All files, in order.
    pub const ALL: [Self; 4] = [Self::Party, Self::Plan, Self::Task, Self::Assignment];

    /// What the file is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Party => "party.jsonl",
            Self::Plan => "plan.jsonl",
            Self::Task => "task.jsonl",
            Self::Assignment => "assignment.jsonl",
        }
    }
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A line that is not loaded.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {fault}")]
pub struct Problem {
    /// The file.
    pub file: File,
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It is no JSON object with the fields of its file.
    #[error("{}", row::message(.0))]
    Unreadable(serde_json::Error),
    /// Its id was given to a line before.
    #[error("the id {key} is that of line {first} already")]
    Duplicate {
        /// The id.
        key: String,
        /// The line before.
        first: u32,
    },
    /// A plan is called as one before.
    #[error("the code {code:?} is that of the plan on line {first} already")]
    DuplicateCode {
        /// The code.
        code: String,
        /// The line before.
        first: u32,
    },
    /// It refers to something that is nowhere.
    #[error("{field} {key} is not in {file}, and this source has not loaded it before")]
    Dangling {
        /// The field that refers.
        field: &'static str,
        /// The id it refers to.
        key: String,
        /// The file in which it should be.
        file: File,
    },
    /// A party is above itself.
    #[error("the party lies under itself, directly or through others: look at parent_id")]
    ParentCycle,
    /// It ends before it begins.
    #[error("valid_to {} is not after valid_from {}", .0.to, .0.from)]
    Backwards(Validity),
}

/// A field that the form does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField {
    /// The file.
    pub file: File,
    /// The field.
    pub name: String,
    /// How many lines have it.
    pub lines: u32,
}

/// What was read.
#[derive(Debug)]
pub struct Reading {
    /// The parties that can be loaded.
    pub parties: Vec<PartyRow>,
    /// The plans that can be loaded, with the lines that belong to each: those that the files list, in their order, then
    /// those that they only add to.
    pub plans: Vec<PlanLines>,
    /// The lines that cannot, in the order of the files.
    pub problems: Vec<Problem>,
    /// How many lines are left out though nothing is wrong with them but that they refer to such a line.
    pub left_out: usize,
    /// What the lines say that is not loaded.
    pub unknown_fields: Vec<UnknownField>,
}

/// What some editors put before the first line of a file.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Takes the lines of the files, and at the end checks them against each other.
#[derive(Debug, Default)]
pub struct Reader {
    parties: Lines<PartyRow>,
    plans: Lines<PlanRow>,
    tasks: TaskLines,
    assignments: AssignmentLines,
    problems: Vec<Problem>,
    unknown_fields: BTreeMap<(File, String), u32>,
}

impl Reader {
    /// Reads the next line of a file, which begins at byte `offset` of it. The files come in their order. Empty lines
    /// count but say nothing.
    pub fn line(&mut self, file: File, offset: u64, line: &[u8]) {
        let line = bare(line);
        let mut unknown = vec![];
        let field = |field| unknown.push(field);
        let read = match file {
            File::Party => self.parties.add(line, field),
            File::Plan => self.plans.add(line, field),
            File::Task => self.tasks.add(offset, line, field),
            File::Assignment => self.assignments.add(offset, line, &mut self.tasks, field),
        };
        for field in unknown {
            *self.unknown_fields.entry((file, field)).or_default() += 1;
        }
        self.problems.extend(read.err());
    }

    /// Checks what the lines say of each other. A reference may also be to what the source loaded before; `plan_before`
    /// tells by the key of such a task that of its plan.
    pub fn finish(
        mut self,
        before: &Origins,
        plan_before: impl Fn(&str) -> Option<String>,
    ) -> Reading {
        let left_out = self.check(before);
        self.problems
            .sort_by_key(|problem| (problem.file, problem.line));
        let plans = places::by_plan(
            self.plans.into_rows(),
            &self.tasks,
            self.assignments,
            plan_before,
        );
        let unknown_fields = self.unknown_fields.into_iter();
        Reading {
            parties: self.parties.into_rows(),
            plans,
            problems: self.problems,
            left_out,
            unknown_fields: unknown_fields
                .map(|((file, name), lines)| UnknownField { file, name, lines })
                .collect(),
        }
    }
}

/// Reads a line of `task.jsonl` that was found to be good before; nothing if it is no such line any more.
pub fn task(line: &[u8]) -> Option<TaskRow> {
    TaskRow::read(bare(line), drop).ok()
}

/// Reads a line of `assignment.jsonl` that was found to be good before; nothing if it is no such line any more.
pub fn assignment(line: &[u8]) -> Option<AssignmentRow> {
    AssignmentRow::read(bare(line), drop).ok()
}

/// A line without what is around it.
fn bare(line: &[u8]) -> &[u8] {
    let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
    line.trim_ascii_end()
}
