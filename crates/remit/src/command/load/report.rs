//! What came of a load, for a person.

use crate::{outcome, terminal};
use domain::change::Change;
use ingest::interchange::Reading;
use std::{collections::BTreeMap, fmt};
use store::Written;

/// How many bad lines are shown.
const SHOWN: usize = 20;

/// Says what cannot be loaded or is not known.
pub(super) fn reading(reading: &Reading) {
    for problem in reading.problems.iter().take(SHOWN) {
        terminal::warn(problem);
    }
    let hidden = reading.problems.len().saturating_sub(SHOWN);
    if hidden > 0 {
        terminal::warn(format!("… and {hidden} more bad lines"));
    }
    if reading.left_out > 0 {
        terminal::warn(format!("{} lines refer to bad lines", reading.left_out));
    }
    for field in &reading.unknown_fields {
        terminal::warn(format!(
            "{}: the field {:?} is not known and not loaded (lines with it: {})",
            field.file, field.name, field.lines
        ));
    }
}

/// How many facts of each kind were changed, and how.
#[derive(Debug, Default)]
pub(super) struct Report {
    changesets: usize,
    by_kind: BTreeMap<&'static str, Counts>,
    /// The plans that are called by their source too, because other plans have their codes.
    pub(super) renamed: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    new: usize,
    revised: usize,
    withdrawn: usize,
}

impl Report {
    pub(super) fn add(&mut self, written: &Written) {
        let Written::Committed(changeset) = written else {
            return;
        };
        self.changesets += 1;
        for change in &changeset.changes {
            let counts = self.by_kind.entry(change.entity()).or_default();
            match shape(change) {
                Shape::New => counts.new += 1,
                Shape::Revised => counts.revised += 1,
                Shape::Withdrawn => counts.withdrawn += 1,
            }
        }
    }
}

enum Shape {
    New,
    Revised,
    Withdrawn,
}

fn shape(change: &Change) -> Shape {
    macro_rules! of_kinds {
        ($($kind:ident)*) => {
            match change {
                $(Change::$kind(edit) => match (&edit.before, &edit.after) {
                    (None, _) => Shape::New,
                    (Some(_), Some(_)) => Shape::Revised,
                    (Some(_), None) => Shape::Withdrawn,
                },)*
            }
        };
    }
    of_kinds! {
        Document Place Party PartyName Reorganization Plan Section Task Standing Clause Assignment Target Deadline
        ProgressReport SupervisionCase ProgressRule
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changesets == 0 {
            return f.write_str(outcome::NOTHING);
        }
        let mut table = terminal::table(&["loaded", "new", "changed", "taken back"]);
        for (kind, counts) in &self.by_kind {
            let Counts {
                new,
                revised,
                withdrawn,
            } = counts;
            table.add_row([
                (*kind).to_owned(),
                new.to_string(),
                revised.to_string(),
                withdrawn.to_string(),
            ]);
        }
        let plural = if self.changesets == 1 { "" } else { "s" };
        write!(
            f,
            "{}\nin {} changeset{plural}",
            terminal::text(table, 2),
            self.changesets
        )?;
        if let [first, rest @ ..] = &self.renamed[..] {
            write!(
                f,
                "\nother plans have the codes of {} of these plans, which are called {first} and so on",
                rest.len() + 1
            )?;
        }
        Ok(())
    }
}
