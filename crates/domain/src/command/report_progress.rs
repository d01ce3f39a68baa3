//! A party reports.

use super::{pending::Pending, refusal::Refusal};
use crate::{id::ProgressReportId, progress::ProgressReport};

/// Takes a party's report on a task or a target into the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportProgress {
    /// The new report.
    pub id: ProgressReportId,
    /// What it says.
    pub report: ProgressReport,
}

impl ReportProgress {
    pub(super) fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        pending.record(self.id, self.report.clone())
    }
}
