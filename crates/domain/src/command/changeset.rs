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

            /// A text that the command names by its digest: whoever writes it keeps the text, too.
            pub fn text(&self) -> Option<&str> {
                match self {
                    Self::CreateTask(command) => command.body.as_deref(),
                    Self::CorrectTask(command) => command.body.as_ref()?.as_deref(),
                    _ => None,
                }
            }

            fn decide(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
                match self { $(Self::$command(command) => command.decide(pending),)* }
            }
        }
    };
}

commands! {
    CreateParty = "party.created",
    RenameParty = "party.renamed",
    DescribeParty = "party.described",
    AddName = "party_name.added",
    EndName = "party_name.ended",
    CorrectName = "party_name.corrected",
    Reorganize = "party.reorganized",
    CreatePlan = "plan.created",
    CorrectPlan = "plan.corrected",
    SupersedePlan = "plan.superseded",
    CreateSection = "section.created",
    CorrectSection = "section.corrected",
    CreateTask = "task.created",
    CorrectTask = "task.corrected",
    Assign = "assignment.recorded",
    ChangeRole = "assignment.role_changed",
    EndAssignment = "assignment.ended",
    CorrectAssignment = "assignment.corrected",
    DesignateLead = "lead.designated",
    WithdrawDesignation = "designation.withdrawn",
    SetDeadline = "deadline.set",
    MoveDeadline = "deadline.moved",
    CorrectDeadline = "deadline.corrected",
    FulfilDeadline = "deadline.fulfilled",
    SetTaskStatus = "task.status_set",
    ReportProgress = "progress.reported",
    OpenCase = "case.opened",
    AdvanceCase = "case.advanced",
    SetProgressRule = "progress_rule.set",
    EndProgressRule = "progress_rule.ended",
    SetTarget = "target.set",
    EndTarget = "target.ended",
    CorrectTarget = "target.corrected",
    Withdraw = "fact.withdrawn",
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
