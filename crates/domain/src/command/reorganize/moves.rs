//! What a changeset moves, told duty by duty.

use crate::{
    assignment::Assignment,
    change::{Change, Edit},
    id::{AssignmentId, PartyId, TaskId},
    time::Day,
    vocabulary::Role,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// A duty of a body that is reorganized, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The duty as it was.
    pub duty: AssignmentId,
    /// The task.
    pub task: TaskId,
    /// What is done for it.
    pub role: Role,
    /// Who has it until then.
    pub from: PartyId,
    /// The duty that continues it, and who has it then: none where it lapses, or where whoever takes it over has the
    /// role at that time anyway.
    pub to: Option<(AssignmentId, PartyId)>,
    /// The first day on which it is so.
    pub on: Day,
}

/// The duties that reorganizations of a changeset move or end, in the order of the changes. A duty that several stretches
/// of time continue is told once for each.
pub fn moves(changes: &[Change]) -> Vec<Move> {
    let duties = || {
        changes.iter().filter_map(|change| match change {
            Change::Assignment(edit) => Some(edit),
            _ => None,
        })
    };
    let reorganizations = changes.iter().filter_map(|change| match change {
        Change::Reorganization(edit) => edit.after.as_ref(),
        _ => None,
    });
    let bodies: FxHashSet<PartyId> = reorganizations
        .flat_map(|it| it.from.iter().copied())
        .collect();
    let mut heirs: FxHashMap<AssignmentId, Vec<(AssignmentId, &Assignment)>> = FxHashMap::default();
    for heir in duties().filter(|edit| edit.before.is_none()) {
        if let Some(after) = &heir.after
            && let Some(inherits) = after.inherits
        {
            let continuing = heirs.entry(inherits.assignment).or_default();
            continuing.push((heir.id, after));
        }
    }
    let mut moves = vec![];
    for edit in duties() {
        let Some(on) = over(edit) else { continue };
        let Some(was) = edit.before.as_ref().or(edit.after.as_ref()) else {
            continue;
        };
        if !bodies.contains(&was.party) {
            continue;
        }
        let told = Move {
            duty: edit.id,
            task: was.task,
            role: was.role,
            from: was.party,
            to: None,
            on,
        };
        match heirs.get(&edit.id) {
            Some(heirs) => moves.extend(heirs.iter().map(|(id, heir)| Move {
                to: Some((*id, heir.party)),
                on: heir.validity.from,
                ..told
            })),
            None if edit.before.is_some() => moves.push(told),
            None => {}
        }
    }
    moves
}

/// The day from which on an edit has nobody hold the duty any more.
fn over(edit: &Edit<Assignment>) -> Option<Day> {
    match (&edit.before, &edit.after) {
        (Some(before), None) => Some(before.validity.from),
        (Some(before), Some(after)) => {
            (after.validity.to < before.validity.to).then_some(after.validity.to)
        }
        (None, Some(after)) => Some(after.validity.to),
        (None, None) => None,
    }
}
