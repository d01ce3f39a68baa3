//! 牵头认定: a decision says who leads.

use super::{assign::NewAssignment, pending::Pending, refusal::Refusal};
use crate::{
    id::{AssignmentId, PartyId, TaskId},
    time::Validity,
    vocabulary::{Basis, Role},
};

/// Says which party leads a task for which the text names none. What the text says of the party stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DesignateLead {
    /// The new assignment.
    pub id: AssignmentId,
    /// The task.
    pub task: TaskId,
    /// The party that leads it.
    pub party: PartyId,
    /// From when to when.
    pub validity: Validity,
}

impl DesignateLead {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let lead = NewAssignment {
            task: self.task,
            party: self.party,
            role: Role::Lead,
            basis: Basis::Designated,
            validity: self.validity,
        };
        lead.record(pending, self.id)
    }
}
