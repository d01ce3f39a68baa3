//! Assignments: party × task × role.

use crate::{
    id::{AssignmentId, ClauseId, PartyId, ReorganizationId, TaskId},
    text::Citation,
    time::Validity,
    vocabulary::{Basis, Reference, Role},
};
use serde::{Deserialize, Serialize};

/// 责任分工: a party's role in a task, for a time, on somebody's authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The task.
    pub task: TaskId,
    /// The party.
    pub party: PartyId,
    /// What the party does for it.
    pub role: Role,
    /// On what it rests.
    pub basis: Basis,
    /// How the text refers to the party.
    pub reference: Reference,
    /// The clause that says so.
    pub clause: Option<ClauseId>,
    /// The words that say so; null exactly where no document states it.
    pub citation: Option<Citation>,
    /// The party's name as written there.
    pub written: Option<Citation>,
    /// Its place among the assignments of the task, in the order of the text.
    pub position: u16,
    /// From when to when the party has the role.
    pub validity: Validity,
    /// What it continues, if a reorganization moved the duty here. Left out of the leaf where it continues nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inherits: Option<Inheritance>,
}

/// 承继: the duty that an assignment continues, and what moved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inheritance {
    /// The assignment of the body that had the duty before.
    pub assignment: AssignmentId,
    /// The reorganization that moved it.
    pub reorganization: ReorganizationId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical;
    use uuid::Uuid;

    #[test]
    fn an_assignment_that_continues_nothing_is_written_as_ever() {
        let written = r#"{"basis":"recorded","citation":null,"clause":null,"party":"00000000-0000-0000-0000-000000000002","position":0,"reference":"named","role":"lead","task":"00000000-0000-0000-0000-000000000001","validity":{"from":null,"to":null},"written":null}"#;
        let read: Assignment = serde_json::from_str(written).unwrap();
        assert_eq!(canonical::to_vec(&read).unwrap(), written.as_bytes());

        let inherits = Some(Inheritance {
            assignment: Uuid::from_u128(3).into(),
            reorganization: Uuid::from_u128(4).into(),
        });
        let moved = Assignment { inherits, ..read };
        let leaf = canonical::to_vec(&moved).unwrap();
        assert_eq!(serde_json::from_slice::<Assignment>(&leaf).unwrap(), moved);
    }
}
