//! A target was recorded wrongly.

use super::{pending::Pending, refusal::Refusal, revalidity::Revalidity};
use crate::{
    deadline::Due,
    id::TargetId,
    target::{Decimal, Target},
    task::Wording,
    time::Seq,
    vocabulary::Firmness,
};

/// Corrects what was recorded of a target: it never was as it stands. What is not said stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectTarget {
    /// Which one.
    pub target: TargetId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The words.
    pub words: Option<String>,
    /// The least that is to be reached, or that there is none.
    pub min: Option<Option<Decimal>>,
    /// The most, or that there is none.
    pub max: Option<Option<Decimal>>,
    /// The unit, or none.
    pub unit: Option<Option<String>>,
    /// How firmly it is meant.
    pub firmness: Option<Firmness>,
    /// By when, or at no time.
    pub due: Option<Option<Due>>,
    /// From when to when it is set.
    pub validity: Revalidity,
}

impl CorrectTarget {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let held: Target = pending.expect(self.target, self.expected)?;
        let words = self.words.clone().map(Wording::Entered);
        let corrected = Target {
            wording: words.unwrap_or(held.wording),
            min: self.min.clone().unwrap_or(held.min),
            max: self.max.clone().unwrap_or(held.max),
            unit: self.unit.clone().unwrap_or(held.unit),
            firmness: self.firmness.unwrap_or(held.firmness),
            due: self.due.clone().unwrap_or(held.due),
            validity: self.validity.of(held.validity),
            ..held
        };
        pending.revise(self.target, corrected)
    }
}
