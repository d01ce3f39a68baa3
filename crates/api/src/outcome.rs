//! What comes of a write, whether it is kept or only tried.

use domain::{
    change::{Change, Changeset},
    register::Register,
    time::Day,
    view::View,
};
use std::sync::Arc;
use store::{DraftAcceptance, Store, Tried, Write, WriteError, Written};

/// What came of a write, or would come of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What was written, or would be.
    pub written: Written,
    /// The register as it is afterwards, or would be.
    pub register: Arc<Register>,
    /// Whether that is so. Else it was a dry run: nothing is kept, and nobody else sees the register.
    pub is_kept: bool,
}

impl Outcome {
    /// Writes what is decided, and accepts a draft with it if one is given; on a dry run, tries it.
    pub(crate) async fn of<E: Send + 'static>(
        store: &Store,
        (write, draft): (Write, Option<DraftAcceptance>),
        dry_run: bool,
        decide: impl FnMut(&View) -> Result<Vec<Change>, E> + Send + 'static,
    ) -> Result<Self, WriteError<E>> {
        if dry_run {
            let Tried { written, register } = store.try_out(write, draft, decide).await?;
            return Ok(Self {
                written,
                register,
                is_kept: false,
            });
        }
        Ok(Self {
            written: store.write_accepting(write, draft, decide).await?,
            register: store.register(),
            is_kept: true,
        })
    }

    /// The changeset that this write made, or would make; nothing if it changes nothing, or was made before.
    pub fn changeset(&self) -> Option<&Changeset> {
        self.written.changeset()
    }

    /// What this write changed, or would change.
    pub fn changes(&self) -> &[Change] {
        self.changeset().map_or(&[], |changeset| &changeset.changes)
    }

    /// The register on a day, as this write left it, or would leave it.
    pub fn view(&self, day: Day) -> View {
        View::new(Arc::clone(&self.register), self.written.seq(), day)
    }
}
