//! Reorganizations, and who went before and came after whom.

use super::{Moment, chosen, plan::id, sorted};
use domain::{
    assignment::Assignment,
    id::{AssignmentId, PartyId, ReorganizationId},
    party::Party,
    register::Register,
    reorganization::Reorganization,
    view::{ReorganizationFilter, Valid},
    vocabulary::ReorganizationKind,
};

impl Moment<'_> {
    /// By the day from which on they are in effect.
    pub(crate) fn reorganizations(
        &self,
        register: &Register,
        filter: &ReorganizationFilter,
    ) -> Vec<ReorganizationId> {
        let party = id(register, filter.party);
        let known = self.lists.known::<Reorganization>();
        let listed = known.filter(|(_, it)| {
            self.has_come(it.effective, filter.valid)
                && chosen(&filter.kinds, &it.kind)
                && party.is_none_or(|party| it.from.contains(&party) || it.to.contains(&party))
        });
        sorted(listed.map(|(id, _)| id), |id| {
            self.lists.thing::<Reorganization>(id).effective
        })
    }

    pub(crate) fn party_predecessors(&self, party: PartyId, valid: Valid) -> Vec<PartyId> {
        let before = self.successions(valid).into_iter();
        let before = before.filter(|it| it.to.contains(&party));
        others(party, before.flat_map(|it| &it.from))
    }

    pub(crate) fn party_successors(&self, party: PartyId, valid: Valid) -> Vec<PartyId> {
        let after = self.successions(valid).into_iter();
        let after = after.filter(|it| it.from.contains(&party));
        others(party, after.flat_map(|it| &it.to))
    }

    /// Itself while it exists or if nobody came after it, else those who stand for its successors.
    pub(crate) fn party_heirs(&self, party: PartyId) -> Vec<PartyId> {
        let (mut heirs, mut asked, mut left) = (vec![], vec![], vec![party]);
        while let Some(party) = left.pop() {
            if asked.contains(&party) {
                continue;
            }
            asked.push(party);
            let after = self.party_successors(party, Valid::OnDay);
            let exists = self.lists(self.lists.thing::<Party>(party).validity, Valid::OnDay);
            if exists || after.is_empty() {
                heirs.push(party);
            } else {
                left.extend(after);
            }
        }
        heirs
    }

    pub(crate) fn assignment_heirs(
        &self,
        assignment: AssignmentId,
        valid: Valid,
    ) -> Vec<AssignmentId> {
        let task = self.lists.thing::<Assignment>(assignment).task;
        let mut of_it = self.task_assignments(task, valid);
        of_it.retain(|id| {
            let inherits = self.lists.thing::<Assignment>(*id).inherits;
            inherits.map(|inherits| inherits.assignment) == Some(assignment)
        });
        of_it
    }

    fn successions(&self, valid: Valid) -> Vec<&Reorganization> {
        let known = self.lists.known::<Reorganization>().map(|(_, it)| it);
        sorted(
            known.filter(|it| {
                it.kind != ReorganizationKind::Transfer && self.has_come(it.effective, valid)
            }),
            |it| it.effective,
        )
    }
}

/// Each once, without `party`.
fn others<'a>(party: PartyId, all: impl Iterator<Item = &'a PartyId>) -> Vec<PartyId> {
    let mut others = vec![];
    for id in all {
        if *id != party && !others.contains(id) {
            others.push(*id);
        }
    }
    others
}
