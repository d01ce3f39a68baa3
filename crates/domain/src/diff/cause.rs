//! Which reorganizations are why something is otherwise.

use super::{Between, DiffScope, Entry, How, Lasting, Sides, Turn};
use crate::{
    image::{
        Assignment, AssignmentRef, Party, PartyName, PartyRef, Reorganization, ReorganizationRef,
    },
    register::Ref,
    time::{Day, Seq, Validity},
    view::View,
    vocabulary::ReorganizationKind,
};
use std::collections::BTreeSet;

impl Lasting for Party {
    fn validity(&self) -> Validity {
        self.validity
    }

    fn causes(between: &Between<'_>, party: PartyRef, turn: Turn) -> Vec<ReorganizationRef> {
        let view = between.after;
        let Some(day) = turn.day(view, party) else {
            return vec![];
        };
        effective(view, party, day, |it| turn.is_of(party, it))
    }
}

impl Lasting for PartyName {
    fn validity(&self) -> Validity {
        self.validity
    }

    /// A body that ends is called nothing any more, one that is renamed something else.
    fn causes(between: &Between<'_>, name: Ref<PartyName>, turn: Turn) -> Vec<ReorganizationRef> {
        let view = between.after;
        let Some(day) = turn.day(view, name) else {
            return vec![];
        };
        let party = view.thing(name).party;
        effective(view, party, day, |it| {
            let renames = it.kind == ReorganizationKind::Rename && it.from.contains(&party);
            renames || turn.is_of(party, it)
        })
    }
}

impl Lasting for Assignment {
    fn validity(&self) -> Validity {
        self.validity
    }

    /// What a duty inherits says what moved it. What lapses says nothing: the changeset that ended it reorganized the body.
    fn causes(between: &Between<'_>, duty: AssignmentRef, turn: Turn) -> Vec<ReorganizationRef> {
        let view = between.after;
        let party = view.thing(duty).party;
        match turn {
            Turn::Comes => {
                let inherits = view.thing(duty).inherits;
                inherits.map(|it| it.reorganization).into_iter().collect()
            }
            Turn::Goes => ended_by(view, duty).map_or_else(Vec::new, |seq| {
                reorganizations(view, party, |at, it| {
                    it.from.contains(&party) && recorded_by(view, at) == Some(seq)
                })
            }),
        }
    }
}

impl Turn {
    /// The day from which on it is so, as a view knows it; none if it knows nothing of the fact.
    fn day<I: Lasting>(self, view: &View, fact: Ref<I>) -> Option<Day> {
        let validity = view.get(fact)?.validity();
        Some(match self {
            Self::Comes => validity.from,
            Self::Goes => validity.to,
        })
    }

    /// Whether a reorganization sets a party up, or ends it.
    fn is_of(self, party: PartyRef, it: &Reorganization) -> bool {
        match self {
            Self::Comes => it.kind.begins(&party, &it.from, &it.to),
            Self::Goes => it.kind.ends(&party, &it.from, &it.to),
        }
    }
}

impl Between<'_> {
    /// Of assignments, what went here and came there as the same duty is one entry.
    pub(super) fn pass_on(&self, entries: &mut Vec<Entry<Assignment>>, scope: DiffScope) {
        let mut taken = BTreeSet::new();
        for entry in entries.iter_mut() {
            let How::Added(to) = entry.how else {
                continue;
            };
            let Some((from, by)) = self.origin(to) else {
                continue;
            };
            taken.insert(from);
            let how = How::Transferred { from, to };
            *entry = Entry { how, by };
        }
        // What went stands with what continues it; alone, if that is beyond the scope.
        entries.retain_mut(|entry| {
            let (How::Ended(from) | How::Corrected(from)) = entry.how else {
                return true;
            };
            if taken.contains(&from) {
                return false;
            }
            if scope.party.is_some()
                && let Some((to, by)) = self.heir(from)
            {
                let how = How::Transferred { from, to };
                *entry = Entry { how, by };
            }
            true
        });
    }

    /// The duty that went between the views and that this one continues, and what moved it.
    fn origin(&self, heir: AssignmentRef) -> Option<(AssignmentRef, Vec<ReorganizationRef>)> {
        let (mut duty, mut by, mut seen) = (heir, vec![], vec![heir]);
        // What passes on before it begins is withdrawn, and stands here as it last was.
        while let Some(inherits) = self.after.thing(duty).inherits {
            by.insert(0, inherits.reorganization);
            duty = inherits.assignment;
            // Who corrects what a duty continues may lead it back to itself.
            if seen.contains(&duty) {
                return None;
            }
            seen.push(duty);
            if self.turn(duty) == Some(Turn::Goes) {
                return Some((duty, by));
            }
        }
        None
    }

    /// What continues a duty that went between the views: there may be several, and the first stands for them.
    fn heir(&self, duty: AssignmentRef) -> Option<(AssignmentRef, Vec<ReorganizationRef>)> {
        if self.turn(duty) != Some(Turn::Goes) {
            return None;
        }
        let task = self.after.thing(duty).task;
        let candidates = self.after.register().graph.task_assignments.of(task);
        let added = candidates.filter(|&heir| matches!(self.sides(heir), Sides::Added));
        added
            .filter_map(|heir| Some((heir, self.origin(heir)?)))
            .find(|(_, (from, _))| *from == duty)
            .map(|(heir, (_, by))| (heir, by))
    }
}

/// The reorganizations of a party of which something is so, in the order of recording.
fn reorganizations(
    view: &View,
    party: PartyRef,
    is_so: impl Fn(ReorganizationRef, &Reorganization) -> bool,
) -> Vec<ReorganizationRef> {
    let graph = &view.register().graph;
    let done_to = graph.reorganizations_from.of(party);
    let leading_to = graph.reorganizations_to.of(party);
    let concerning = done_to.chain(leading_to);
    let mut found: Vec<_> = concerning
        .filter(|&it| view.get(it).is_some_and(|image| is_so(it, &image)))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The reorganizations of a party from this day on.
fn effective(
    view: &View,
    party: PartyRef,
    day: Day,
    is_so: impl Fn(&Reorganization) -> bool,
) -> Vec<ReorganizationRef> {
    reorganizations(view, party, |_, it| it.effective == day && is_so(it))
}

/// The changeset that gave a duty the end that it has, or withdrew it; none if it was recorded with that end.
fn ended_by(view: &View, duty: AssignmentRef) -> Option<Seq> {
    let versions = view.history(duty);
    let ends =
        |fact: &Option<crate::assignment::Assignment>| fact.as_ref().map(|fact| fact.validity.to);
    let end = ends(&versions.first()?.fact);
    let before = versions.iter().position(|it| ends(&it.fact) != end)?;
    Some(versions[before - 1].since)
}

/// The changeset that recorded a reorganization.
fn recorded_by(view: &View, reorganization: ReorganizationRef) -> Option<Seq> {
    view.history(reorganization).last().map(|first| first.since)
}
