//! Typed identifiers, each kind in one list.
//!
//! An id is a UUID (version 7, RFC 9562) made at the edge and passed in; nothing here makes one from a clock.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{fmt, hash::Hash, str::FromStr};
use uuid::Uuid;

/// What all kinds of id have in common.
pub trait Id:
    Copy
    + Eq
    + Ord
    + Hash
    + fmt::Debug
    + From<Uuid>
    + Into<Uuid>
    + Serialize
    + DeserializeOwned
    + Send
    + Sync
    + 'static
{
    /// The GraphQL type name of what this identifies.
    const KIND: &'static str;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl Id for $name {
            const KIND: &'static str = $kind;
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($kind, " {}"), self.0)
            }
        }
    )*};
}

ids! {
    /// Identifies a register.
    RegisterId = "Register";
    /// Identifies a document.
    DocumentId = "Document";
    /// Identifies a place.
    PlaceId = "Place";
    /// Identifies a party.
    PartyId = "Party";
    /// Identifies one name of a party.
    PartyNameId = "PartyName";
    /// Identifies a plan.
    PlanId = "Plan";
    /// Identifies a section of a plan.
    SectionId = "Section";
    /// Identifies a task.
    TaskId = "Task";
    /// Identifies a clause.
    ClauseId = "Clause";
    /// Identifies an assignment.
    AssignmentId = "Assignment";
    /// Identifies a target.
    TargetId = "Target";
    /// Identifies a deadline.
    DeadlineId = "Deadline";
    /// Identifies a reorganization.
    ReorganizationId = "Reorganization";
    /// Identifies a standing of a task.
    StandingId = "Standing";
    /// Identifies a progress report.
    ProgressReportId = "ProgressReport";
    /// Identifies a case of supervision.
    SupervisionCaseId = "SupervisionCase";
    /// Identifies a rule for lights and reports.
    ProgressRuleId = "ProgressRule";
    /// Identifies a draft under review.
    DraftId = "Draft";
}

/// As many ids as one command needs, from the one UUID (version 7) that the edge passed in.
///
/// The seed's timestamp and the upper half of its random bits are kept; the lower 32 bits count. So a command that is
/// decided twice names the same things the same way, and ids grow in the order in which things are made.
#[derive(Clone, Debug)]
pub struct IdSequence {
    seed: u128,
    next: u32,
}

impl IdSequence {
    /// Ids that begin with `seed`'s timestamp.
    pub fn new(seed: Uuid) -> Self {
        Self {
            seed: seed.as_u128() & !u128::from(u32::MAX),
            next: 0,
        }
    }

    /// The next id, of whichever kind the caller asks for.
    pub fn next_id<I: Id>(&mut self) -> I {
        self.next_key().into()
    }

    /// The next id, whatever it will be of.
    pub fn next_key(&mut self) -> Uuid {
        let id = Uuid::from_u128(self.seed | u128::from(self.next));
        self.next = self
            .next
            .checked_add(1)
            .expect("one command makes fewer than 2^32 things");
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_keeps_version_and_variant_and_grows() {
        let seed: Uuid = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let mut ids = IdSequence::new(seed);
        let (a, b): (TaskId, TaskId) = (ids.next_id(), ids.next_id());
        assert!(a < b);
        assert_eq!(Uuid::from(b).get_version_num(), 7);
        assert_eq!(Uuid::from(a).get_timestamp(), seed.get_timestamp());
        assert_eq!(
            IdSequence::new(seed).next_id::<TaskId>(),
            a,
            "deciding again names things the same way"
        );
    }
}
