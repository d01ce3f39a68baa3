//! Changing a register by commands: decided on and committed as one changeset.

use crate::{import::Signature, outcome::Outcome, served::Served};
use domain::{
    change,
    command::{self, Command, Refused},
    id::IdSequence,
    text::Sha256,
    view::View,
};
use store::{Store, StoreError, WriteError};

/// Commands of one changeset.
#[derive(Clone, Debug)]
pub struct Commands {
    /// In the order in which they are decided.
    pub commands: Vec<Command>,
    /// What ids they are to take for what they record besides the things that they name.
    pub ids: IdSequence,
    /// The digest of all that the caller gave, by which a repeated write is known.
    pub input_hash: Sha256,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// A command was refused.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Commands {
    fn decide(&self, view: &View) -> Result<Vec<change::Change>, Refused> {
        command::decide_all(view, &self.commands, self.ids.clone())
    }

    fn write(&self, served: &Served, store: &Store, signature: Signature) -> store::Write {
        let action = command::action(&self.commands);
        let today = served.today(store);
        let texts = self.commands.iter().filter_map(Command::text);
        store::Write {
            texts: texts
                .map(|text| (Sha256::of(text.as_bytes()), text.to_owned().into()))
                .collect(),
            ..signature.write(action, (today, self.input_hash))
        }
    }
}

/// Does commands: all of them, or none; on a dry run, tells what they would come to.
pub async fn change_register(
    served: &Served,
    store: &Store,
    commands: Commands,
    signature: Signature,
    dry_run: bool,
) -> Result<Outcome, ChangeError> {
    let write = commands.write(served, store, signature);
    let decide = move |view: &View| commands.decide(view);
    let outcome = Outcome::of(store, (write, None), dry_run, decide).await;
    outcome.map_err(WriteError::told)
}
