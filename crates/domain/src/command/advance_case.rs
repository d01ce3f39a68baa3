//! A case goes on.

use super::{pending::Pending, refusal::Refusal};
use crate::{
    id::SupervisionCaseId,
    supervision::{CaseStep, SupervisionCase},
    time::Seq,
};

/// Takes the next step in a case: it is assigned, answered, reviewed, closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdvanceCase {
    /// The case.
    pub case: SupervisionCaseId,
    /// The version at which the caller saw it.
    pub expected: Option<Seq>,
    /// The step.
    pub step: CaseStep,
}

impl AdvanceCase {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let mut case: SupervisionCase = pending.expect(self.case, self.expected)?;
        case.steps.push(self.step.clone());
        pending.revise(self.case, case)
    }
}
