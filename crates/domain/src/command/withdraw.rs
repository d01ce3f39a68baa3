//! Something should never have been recorded.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    assignment::Assignment,
    change::{Fact, Kind, Thing},
    deadline::Deadline,
    id::PartyId,
    party::{Party, PartyName},
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    time::Seq,
};

/// Withdraws what should never have been recorded: from now on the register knows that it never was so. What was so and
/// is over is ended instead. Nothing may speak of it any more; a party is withdrawn with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdraw {
    /// What.
    pub what: Thing,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
}

impl Withdraw {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        match self.what.kind {
            Kind::Party => self.party(pending, self.what.id.into()),
            Kind::PartyName => self.fact::<PartyName>(pending),
            Kind::Plan => self.fact::<Plan>(pending),
            Kind::Section => self.fact::<Section>(pending),
            Kind::Task => {
                let task = self.what.id.into();
                pending.expect_task(task, self.expected)?;
                pending.withdraw::<Task>(task)
            }
            Kind::Assignment => self.fact::<Assignment>(pending),
            Kind::Target => self.fact::<Target>(pending),
            Kind::Deadline => self.fact::<Deadline>(pending),
            Kind::Standing => self.fact::<Standing>(pending),
            Kind::ProgressReport => self.fact::<ProgressReport>(pending),
            Kind::SupervisionCase => self.fact::<SupervisionCase>(pending),
            Kind::ProgressRule => self.fact::<ProgressRule>(pending),
            Kind::Document | Kind::Place | Kind::Reorganization | Kind::Clause => {
                Err(Refusal::NotByCommand { thing: self.what })
            }
        }
    }

    fn party(&self, pending: &mut Pending<'_>, party: PartyId) -> Result<(), Refusal> {
        pending.expect_party(party, self.expected)?;
        for (name, _) in pending.party_names(party) {
            pending.withdraw::<PartyName>(name)?;
        }
        pending.withdraw::<Party>(party)
    }

    fn fact<F: Fact>(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let id = self.what.id.into();
        pending.expect::<F>(id, self.expected)?;
        pending.withdraw::<F>(id)
    }
}
