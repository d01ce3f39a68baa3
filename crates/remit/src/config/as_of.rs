//! A register that is kept already, as it is on a day and as known when.

use super::{Kept, Known};
use crate::env;
use clap::Args;
use domain::{time::Day, view::View};
use store::Snapshot;

/// Which register, on which day and as known when, for reading only.
#[derive(Clone, Debug, Args)]
pub(crate) struct AsOf {
    /// As it is on this day, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DAY")]
    valid_on: Option<Day>,

    #[command(flatten)]
    known: Known,

    #[command(flatten)]
    kept: Kept,
}

impl AsOf {
    /// The register, and the view of it that is meant. It may be served meanwhile.
    pub(crate) async fn view(&self) -> anyhow::Result<(Snapshot, View)> {
        let snapshot = self.kept.snapshot().await?;
        let seq = self.known.seq(&snapshot)?;
        let today = || env::today(&snapshot.summary().time_zone);
        let view = snapshot.view(seq, self.valid_on.unwrap_or_else(today));
        Ok((snapshot, view))
    }
}
