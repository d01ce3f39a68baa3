//! What a check finds.

use crate::error::{Cause, RowKey};
use domain::id::RegisterId;
use std::fmt;

/// One value that is not what was written.
#[derive(Debug)]
pub struct Finding {
    /// The table.
    pub table: &'static str,
    /// The register.
    pub register: RegisterId,
    /// The row.
    pub key: RowKey,
    /// The column, where it is one.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a value or row.
#[derive(Debug)]
pub enum Problem {
    /// The log says otherwise.
    Differs {
        /// What the log determines.
        expected: String,
        /// What is there.
        found: String,
    },
    /// It should be there.
    Missing,
    /// Nothing in the log says that it should be there.
    Unexpected,
    /// It cannot be read as what it should be.
    Unreadable(Cause),
    /// It says the same as before, in other bytes than those that were written.
    NotCanonical,
    /// It is not later than the changeset before.
    NotLater,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            table,
            register: _,
            key,
            column,
            problem,
        } = self;
        write!(f, "{table} {key}")?;
        if let Some(column) = column {
            write!(f, ", {column}")?;
        }
        match problem {
            Problem::Differs { expected, found } => write!(f, ": should be {expected}, is {found}"),
            Problem::Missing => f.write_str(": is missing"),
            Problem::Unexpected => f.write_str(": is not in the log"),
            Problem::Unreadable(cause) => write!(f, ": cannot be read: {cause}"),
            Problem::NotCanonical => f.write_str(": is not in canonical form"),
            Problem::NotLater => f.write_str(": is not later than the changeset before"),
        }
    }
}

/// The findings about one register, as they are collected.
#[derive(Debug)]
pub(super) struct Findings {
    pub(super) register: RegisterId,
    pub(super) list: Vec<Finding>,
}

impl Findings {
    pub(super) fn new(register: RegisterId) -> Self {
        Self {
            register,
            list: vec![],
        }
    }

    pub(super) fn add(
        &mut self,
        table: &'static str,
        key: RowKey,
        column: Option<&'static str>,
        problem: Problem,
    ) {
        self.list.push(Finding {
            table,
            register: self.register,
            key,
            column,
            problem,
        });
    }

    /// Adds a finding if the two are not the same.
    pub(super) fn compare<T: PartialEq + ToString>(
        &mut self,
        (table, column): (&'static str, &'static str),
        key: RowKey,
        expected: &T,
        found: &T,
    ) {
        if expected != found {
            let problem = Problem::Differs {
                expected: expected.to_string(),
                found: found.to_string(),
            };
            self.add(table, key, Some(column), problem);
        }
    }
}
