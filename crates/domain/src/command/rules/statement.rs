//! Deadlines and targets say something that can be kept.

use super::Checked;
use crate::{
    change::Fact,
    clause::Subject,
    command::{pending::Pending, refusal::Refusal},
    deadline::{Deadline, Due},
    plan::{Plan, Section},
    target::Target,
    task::{Task, Wording},
    vocabulary::DueKind,
};

pub(super) fn deadline(
    pending: &Pending<'_>,
    checked: &Checked<'_, Deadline>,
) -> Result<(), Refusal> {
    checked.holds(|deadline| deadline.validity)?;
    is_about(pending, checked, |deadline| deadline.subject)?;
    is_due(checked, |deadline| Some(&deadline.due))
}

pub(super) fn target(pending: &Pending<'_>, checked: &Checked<'_, Target>) -> Result<(), Refusal> {
    checked.holds(|target| target.validity)?;
    is_about(pending, checked, |target| target.subject)?;
    checked.says("words", |target| words(&target.wording))?;
    let Target { min, max, .. } = checked.after;
    if let (Some(min), Some(max)) = (min, max)
        && min > max
        && checked.is_new(|target| (target.min.clone(), target.max.clone()))
    {
        let thing = checked.thing();
        return Err(Refusal::NoFigure { thing });
    }
    is_due(checked, |target| target.due.as_ref())
}

/// The words as far as they are known here: a document's say something.
fn words(wording: &Wording) -> &str {
    match wording {
        Wording::Entered(words) => words,
        Wording::Cited(_) => "cited",
    }
}

fn is_about<F: Fact>(
    pending: &Pending<'_>,
    checked: &Checked<'_, F>,
    subject: fn(&F) -> Subject,
) -> Result<(), Refusal> {
    if !checked.is_new(subject) {
        return Ok(());
    }
    match subject(checked.after) {
        Subject::Plan(plan) => pending.fact::<Plan>(plan).map(|_| ()),
        Subject::Section(section) => pending.fact::<Section>(section).map(|_| ()),
        Subject::Task(task) => pending.fact::<Task>(task).map(|_| ()),
    }
}

/// What is due by a date has one, and its words say something.
fn is_due<F: Fact>(checked: &Checked<'_, F>, due: fn(&F) -> Option<&Due>) -> Result<(), Refusal> {
    let Some(set) = due(checked.after) else {
        return Ok(());
    };
    let thing = checked.thing();
    if !checked.is_new(|fact| due(fact).cloned()) {
        Ok(())
    } else if words(&set.wording).trim().is_empty() {
        let field = "words";
        Err(Refusal::Blank { thing, field })
    } else if set.kind == DueKind::ByDate && set.date.is_none() {
        Err(Refusal::NoDate { thing })
    } else {
        Ok(())
    }
}
