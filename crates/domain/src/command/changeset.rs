//! The commands of one changeset: all of them are done, or none.

use super::{
    pending::Pending,
    refusal::{Refusal, Refused},
    rules,
};
use crate::{change::Change, id::IdSequence, view::View};

macro_rules! commands {
    ($($command:ident = $action:literal,)*) => {
        $(use super::$command;)*

        /// Something that an office does to its register.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Command {
            $(#[doc = concat!("[`", stringify!($command), "`]")] $command($command),)*
        }

        $(impl From<$command> for Command {
            fn from(command: $command) -> Self {
                Self::$command(command)
            }
        })*

        impl Command {
            /// What is done, as the log names it: `entity.verb`.
            pub const fn action(&self) -> &'static str {
                match self { $(Self::$command(_) => $action,)* }
            }

            fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
                match self { $(Self::$command(command) => command.decide(pending),)* }
            }
        }
    };
}

commands! {
    Assign = "assignment.recorded",
    ChangeRole = "assignment.role_changed",
    EndAssignment = "assignment.ended",
}

/// What commands of several kinds do, as the log names it.
const SEVERAL: &str = "register.changed";

/// What a changeset of these commands is called in the log: as its commands are, if all are of a kind.
pub fn action(commands: &[Command]) -> &'static str {
    let mut actions = commands.iter().map(Command::action);
    let first = actions.next().unwrap_or(SEVERAL);
    if actions.all(|action| action == first) {
        first
    } else {
        SEVERAL
    }
}

/// What a changeset of these commands changes, each deciding on what those before it leave; or which of them is refused,
/// and why. `ids` are given to what commands record besides the things that they name.
pub fn decide_all(
    view: &View,
    commands: &[Command],
    ids: IdSequence,
) -> Result<Vec<Change>, Refused> {
    let mut pending = Pending::new(view, ids);
    for (number, command) in commands.iter().enumerate() {
        pending.begin(number);
        command.decide(&mut pending).map_err(|refusal| Refused {
            command: number,
            refusal,
        })?;
    }
    rules::check(&pending)?;
    Ok(pending.into_changes())
}
