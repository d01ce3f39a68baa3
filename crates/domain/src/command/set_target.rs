//! A figure is set that is to be reached.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    clause::Subject,
    deadline::Due,
    id::TargetId,
    target::{Decimal, Target},
    task::Wording,
    time::Validity,
    vocabulary::Firmness,
};

/// Sets a figure that a task, a section or a whole plan is to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetTarget {
    /// The new target.
    pub id: TargetId,
    /// What is to reach it.
    pub subject: Subject,
    /// The words.
    pub words: String,
    /// The least that is to be reached.
    pub min: Option<Decimal>,
    /// The most.
    pub max: Option<Decimal>,
    /// The unit, such as 个 or %.
    pub unit: Option<String>,
    /// How firmly it is meant.
    pub firmness: Firmness,
    /// By when.
    pub due: Option<Due>,
    /// From when to when it is set.
    pub validity: Validity,
}

impl SetTarget {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let targets = pending.targets(self.subject).into_iter();
        let last = targets.map(|(_, target)| target.position).max();
        let target = Target {
            subject: self.subject,
            wording: Wording::Entered(self.words.clone()),
            min: self.min.clone(),
            max: self.max.clone(),
            unit: self.unit.clone(),
            firmness: self.firmness,
            due: self.due.clone(),
            position: last.map_or(0, |last| last.saturating_add(1)),
            validity: self.validity,
        };
        pending.record(self.id, target)
    }
}
