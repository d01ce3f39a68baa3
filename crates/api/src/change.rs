//! Changing a register by commands: decided on and committed as one changeset.

use crate::{import::Signature, served::Served};
use domain::{
    change::{self, Changeset},
    command::{self, Command, Refused},
    id::IdSequence,
    text::Sha256,
    view::View,
};
use store::{Store, StoreError, WriteError, Written};

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

/// What came of commands.
#[derive(Clone, Debug)]
pub enum Changed {
    /// They were done, now or when they were first given.
    Written(Written),
    /// They would change this.
    Tried(Box<Changeset>),
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

    /// The texts that commands name by their digests.
    fn texts(&self) -> impl Iterator<Item = (Sha256, String)> {
        let texts = self.commands.iter().filter_map(Command::text);
        texts.map(|text| (Sha256::of(text.as_bytes()), text.to_owned()))
    }
}

/// Does commands: all of them, or none.
pub async fn change_register(
    served: &Served,
    store: &Store,
    commands: Commands,
    signature: Signature,
) -> Result<Changed, ChangeError> {
    let today = served.today(store);
    let action = command::action(&commands.commands);
    let texts = commands.texts();
    let write = store::Write {
        texts: texts.map(|(digest, text)| (digest, text.into())).collect(),
        ..signature.write(action, (today, commands.input_hash))
    };
    let written = store.write(write, move |view| commands.decide(view)).await;
    written.map(Changed::Written).map_err(WriteError::told)
}

/// Tells what commands would change, and changes nothing.
pub fn try_register(
    served: &Served,
    store: &Store,
    commands: &Commands,
    signature: Signature,
) -> Result<Changed, ChangeError> {
    let view = store.view(served.today(store));
    let changes = commands.decide(&view)?;
    let proposal = change::Proposal {
        actor: signature.actor,
        action: command::action(&commands.commands).to_owned(),
        reason: signature.reason,
        authority: signature.authority,
        idempotency_key: signature.idempotency_key,
        changes,
    };
    let (register, seq) = (view.register().id(), view.seq().next());
    let tried = Changeset::new(register, seq, served.env.now(), proposal);
    Ok(Changed::Tried(Box::new(tried)))
}
