//! The lines of a file whose rows are kept: which are good, and what is known of the bad ones.

use super::{Fault, File, Problem, row};
use domain::time::Validity;
use std::collections::{HashMap, HashSet};

/// A row of one of the files.
pub(super) trait Row: Sized {
    const FILE: File;

    /// Reads a line, and tells the fields that the form does not have.
    fn read(line: &[u8], unknown: impl FnMut(String)) -> serde_json::Result<Self>;

    fn key(&self) -> &str;

    /// From when to when it holds, where the file says so.
    fn validity(&self) -> Option<Validity>;

    /// What is wrong with a line of its file.
    fn problem(line: u32, fault: Fault) -> Problem {
        Problem {
            file: Self::FILE,
            line,
            fault,
        }
    }
}

#[derive(Debug)]
pub(super) struct Lines<R> {
    count: u32,
    good: Vec<(u32, R)>,
    /// The line of each good row, by its id.
    by_key: HashMap<String, u32>,
    /// The ids of bad lines as far as they can be read: what refers to them is left out, which is no problem of its
    /// own.
    bad: HashSet<String>,
}

/// What a row is found to be when it is held against the others.
pub(super) enum Verdict {
    Keep,
    /// It refers to a bad line.
    LeaveOut,
    Wrong(Fault),
}

/// What a reference leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A good line, or something that was loaded before.
    Good,
    /// A bad line only.
    Bad,
    Nowhere,
}

impl<R> Default for Lines<R> {
    fn default() -> Self {
        Self {
            count: 0,
            good: vec![],
            by_key: HashMap::new(),
            bad: HashSet::new(),
        }
    }
}

impl<R: Row> Lines<R> {
    /// Reads the next line.
    pub(super) fn add(&mut self, line: &[u8], unknown: impl FnMut(String)) -> Result<(), Problem> {
        self.count += 1;
        if line.is_empty() {
            return Ok(());
        }
        let read = R::read(line, unknown).map_err(|error| {
            self.bad.extend(row::key(line));
            Fault::Unreadable(error)
        });
        let fault = match read.and_then(|row| self.push(row)) {
            Ok(()) => return Ok(()),
            Err(fault) => fault,
        };
        Err(R::problem(self.count, fault))
    }

    fn push(&mut self, row: R) -> Result<(), Fault> {
        let key = row.key().to_owned();
        if let Some(&first) = self.by_key.get(&key) {
            return Err(Fault::Duplicate { key, first });
        }
        if let Some(validity) = row.validity().filter(Validity::is_empty) {
            self.bad.insert(key);
            return Err(Fault::Backwards(validity));
        }
        self.by_key.insert(key, self.count);
        self.good.push((self.count, row));
        Ok(())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &R)> {
        self.good.iter().map(|(line, row)| (*line, row))
    }

    /// What a reference to this file leads to.
    pub(super) fn standing(&self, key: &str) -> Standing {
        if self.by_key.contains_key(key) {
            Standing::Good
        } else if self.bad.contains(key) {
            Standing::Bad
        } else {
            Standing::Nowhere
        }
    }

    /// Judges every good row, and tells how many are left out and which are wrong.
    pub(super) fn sift(
        &mut self,
        judge: impl Fn(&Self, u32, &R) -> Verdict,
    ) -> (usize, Vec<Problem>) {
        let (mut left_out, mut problems) = (0, vec![]);
        let rows = std::mem::take(&mut self.good);
        let mut good = Vec::with_capacity(rows.len());
        let mut dropped = vec![];
        for (line, row) in rows {
            match judge(self, line, &row) {
                Verdict::Keep => {
                    good.push((line, row));
                    continue;
                }
                Verdict::LeaveOut => left_out += 1,
                Verdict::Wrong(fault) => problems.push(R::problem(line, fault)),
            }
            dropped.push(row.key().to_owned());
        }
        self.good = good;
        for key in dropped {
            self.by_key.remove(&key);
            self.bad.insert(key);
        }
        (left_out, problems)
    }

    pub(super) fn into_rows(self) -> Vec<R> {
        self.good.into_iter().map(|(_, row)| row).collect()
    }
}
