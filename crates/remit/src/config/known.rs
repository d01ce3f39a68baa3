//! As of which changeset a register is read.

use anyhow::bail;
use clap::Args;
use domain::time::{Instant, Seq};
use store::Snapshot;

/// As known when.
#[derive(Clone, Debug, Args)]
pub(crate) struct Known {
    /// As known at this instant, such as 2024-06-30T12:00:00+08:00 [default: as known now].
    #[arg(long, value_name = "INSTANT", conflicts_with = "known_seq")]
    known_at: Option<Instant>,

    /// As known with this changeset as the last.
    #[arg(long, value_name = "SEQ")]
    known_seq: Option<u32>,
}

impl Known {
    /// The last changeset that shows.
    pub(crate) fn seq(&self, snapshot: &Snapshot) -> anyhow::Result<Seq> {
        let head = snapshot.register().seq();
        match (self.known_seq, self.known_at) {
            (Some(seq), _) if Seq(seq) > head => {
                bail!("there is no changeset {seq} yet: the last one is {head}")
            }
            (Some(seq), _) => Ok(Seq(seq)),
            (None, Some(instant)) => Ok(snapshot.register().seq_at(instant)),
            (None, None) => Ok(head),
        }
    }
}
