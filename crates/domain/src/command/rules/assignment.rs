//! One lead at a time, and nobody has a role twice.

use super::Checked;
use crate::{
    assignment::{Assignment, Inheritance},
    change::Thing,
    command::{pending::Pending, refusal::Refusal},
    id::AssignmentId,
    party::Party,
    task::Task,
    vocabulary::Role,
};

pub(super) fn assignment(
    pending: &Pending<'_>,
    checked: &Checked<'_, Assignment>,
) -> Result<(), Refusal> {
    checked.holds(|assignment| assignment.validity)?;
    checked.refers::<Task>(pending, |assignment| Some(assignment.task))?;
    checked.refers::<Party>(pending, |assignment| Some(assignment.party))?;
    follows(pending, checked)?;
    let twice =
        |one: &Assignment, other: &Assignment| (one.party, one.role) == (other.party, other.role);
    let task = checked.after.task;
    if let Some((assignment, other)) = against(pending, checked, twice) {
        let role = other.role;
        return Err(Refusal::AlreadyAssigned {
            task,
            role,
            assignment,
        });
    }
    let both_lead =
        |one: &Assignment, other: &Assignment| one.role == Role::Lead && other.role == Role::Lead;
    if let Some((assignment, other)) = against(pending, checked, both_lead) {
        let party = other.party;
        return Err(Refusal::LeadTaken {
            task,
            party,
            assignment,
        });
    }
    Ok(())
}

/// What it continues is put into the register before it.
fn follows(pending: &Pending<'_>, checked: &Checked<'_, Assignment>) -> Result<(), Refusal> {
    match checked.after.inherits {
        Some(Inheritance { assignment, .. })
            if assignment > checked.id && pending.before::<Assignment>(assignment).is_none() =>
        {
            Err(Refusal::RecordedLater {
                thing: checked.thing(),
                other: Thing::of::<Assignment>(assignment),
            })
        }
        _ => Ok(()),
    }
}

/// An assignment of the same task that cannot stand beside this one at the same time, and did not before.
fn against(
    pending: &Pending<'_>,
    checked: &Checked<'_, Assignment>,
    exclude: impl Fn(&Assignment, &Assignment) -> bool,
) -> Option<(AssignmentId, Assignment)> {
    // A duty that is continued stands as it stood where it comes from.
    let was = |id: AssignmentId, now: &Assignment| {
        let continued = || pending.before(now.inherits?.assignment);
        pending.before::<Assignment>(id).or_else(continued)
    };
    let stood = |id: AssignmentId, other: &Assignment| {
        let (one, other) = (was(checked.id, checked.after)?, was(id, other)?);
        exclude(&one, &other).then(|| one.validity.intersection(&other.validity))
    };
    let mut others = pending.task_assignments(checked.after.task).into_iter();
    others.find(|(id, other)| {
        let both = checked.after.validity.intersection(&other.validity);
        *id != checked.id
            && !both.is_empty()
            && exclude(checked.after, other)
            && stood(*id, other).is_none_or(|stood| !stood.covers(&both))
    })
}
