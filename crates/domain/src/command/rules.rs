//! What must be true of a register, checked over all that the commands of a changeset touched, on its outcome.
//!
//! A rule refuses what commands make worse. What was wrong before stands in nobody's way: documents are taken at their
//! word, whatever they state.

mod assignment;
mod mention;
mod party;
mod plan;
mod reorganization;
mod statement;
mod work;

use super::{
    pending::{Pending, Touched},
    refusal::{Refusal, Refused},
};
use crate::{
    change::{Change, Edit, Fact, Thing},
    time::Validity,
};
use std::cmp::Reverse;

/// Refuses the last command whose outcome is against a rule: of two facts that cannot stand beside each other, the one
/// that came to the other.
pub(super) fn check(pending: &Pending<'_>) -> Result<(), Refused> {
    let mut touched: Vec<_> = pending.touched().collect();
    touched.sort_by_key(|touched| Reverse(touched.command));
    for Touched { change, command } in touched {
        check_change(pending, change).map_err(|refusal| Refused {
            command: *command,
            refusal,
        })?;
    }
    Ok(())
}

fn check_change(pending: &Pending<'_>, change: &Change) -> Result<(), Refusal> {
    match change {
        Change::Party(edit) => check_edit(pending, edit, party::party),
        Change::PartyName(edit) => check_edit(pending, edit, party::name),
        Change::Reorganization(edit) => check_edit(pending, edit, reorganization::reorganization),
        Change::Plan(edit) => check_edit(pending, edit, plan::plan),
        Change::Section(edit) => check_edit(pending, edit, plan::section),
        Change::Task(edit) => check_edit(pending, edit, plan::task),
        Change::Assignment(edit) => check_edit(pending, edit, assignment::assignment),
        Change::Target(edit) => check_edit(pending, edit, statement::target),
        Change::Deadline(edit) => check_edit(pending, edit, statement::deadline),
        Change::Standing(edit) => check_edit(pending, edit, work::standing),
        Change::ProgressReport(edit) => check_edit(pending, edit, work::report),
        Change::SupervisionCase(edit) => check_edit(pending, edit, work::case),
        Change::ProgressRule(edit) => check_edit(pending, edit, work::rule),
        // No command changes these.
        Change::Document(_) | Change::Place(_) | Change::Clause(_) => Ok(()),
    }
}

fn check_edit<F: Fact>(
    pending: &Pending<'_>,
    edit: &Edit<F>,
    rule: fn(&Pending<'_>, &Checked<'_, F>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    match &edit.after {
        Some(after) => {
            let before = edit.before.as_ref();
            let id = edit.id;
            rule(pending, &Checked { id, before, after })
        }
        None => mention::withdrawn(pending, Thing::of::<F>(edit.id)),
    }
}

/// A fact that commands recorded or revised.
struct Checked<'a, F: Fact> {
    id: F::Id,
    before: Option<&'a F>,
    after: &'a F,
}

impl<F: Fact> Checked<'_, F> {
    fn thing(&self) -> Thing {
        Thing::of::<F>(self.id)
    }

    /// Whether a part of the fact is not as it was.
    fn is_new<T: PartialEq>(&self, part: impl Fn(&F) -> T) -> bool {
        self.before
            .is_none_or(|before| part(before) != part(self.after))
    }

    /// It holds on some day.
    fn holds(&self, validity: fn(&F) -> Validity) -> Result<(), Refusal> {
        let is = validity(self.after);
        if is.is_empty() && self.is_new(validity) {
            let thing = self.thing();
            return Err(Refusal::NeverHolds {
                thing,
                validity: is,
            });
        }
        Ok(())
    }

    /// What it refers to is there, unless it referred to it before.
    fn refers<T: Fact>(
        &self,
        pending: &Pending<'_>,
        part: fn(&F) -> Option<T::Id>,
    ) -> Result<(), Refusal> {
        match part(self.after) {
            Some(other) if self.is_new(part) => pending.fact::<T>(other).map(|_| ()),
            _ => Ok(()),
        }
    }

    /// Words say something.
    fn says(&self, field: &'static str, words: fn(&F) -> &str) -> Result<(), Refusal> {
        if words(self.after).trim().is_empty() && self.is_new(|fact| words(fact).trim().is_empty())
        {
            let thing = self.thing();
            return Err(Refusal::Blank { thing, field });
        }
        Ok(())
    }

    /// It does not lie under itself, and what is above it is put into the register before it.
    fn lies_under(
        &self,
        pending: &Pending<'_>,
        parent: fn(&F) -> Option<F::Id>,
    ) -> Result<(), Refusal> {
        if !self.is_new(parent) {
            return Ok(());
        }
        let mut above = parent(self.after);
        if let (None, Some(parent)) = (self.before, above)
            && self.id < parent
            && pending.before::<F>(parent).is_none()
        {
            return Err(Refusal::RecordedLater {
                thing: self.thing(),
                other: Thing::of::<F>(parent),
            });
        }
        // A circle that was there before, and does not lead here, would go on for ever.
        let mut seen = vec![];
        while let Some(id) = above.filter(|id| !seen.contains(id)) {
            if id == self.id {
                let thing = self.thing();
                return Err(Refusal::Cycle { thing });
            }
            seen.push(id);
            above = pending.get::<F>(id).and_then(|fact| parent(&fact));
        }
        Ok(())
    }
}
