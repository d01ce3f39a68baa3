//! Commands: `decide(&View, command)` says what a write changes, or why it is refused. Pure, one file a command.
//!
//! The store decides again under its lock, on the register as it then is; so every rule is checked once, race-free, in
//! one place. Ids and days come from the edge, inside the command.
//!
//! What an office does by hand is a [`Command`], of which any number make one changeset: each decides on what those
//! before it leave ([`Pending`]), and the `rules` are checked on the outcome. To add one: a file with a struct and its
//! `decide`, and a line in `changeset`.

mod accept_draft;
mod add_name;
mod advance_case;
mod assign;
mod change_role;
mod changeset;
mod correct_assignment;
mod correct_deadline;
mod correct_name;
mod correct_plan;
mod correct_section;
mod correct_target;
mod correct_task;
mod create_party;
mod create_plan;
mod create_section;
mod create_task;
mod describe_party;
mod designate_lead;
mod end_assignment;
mod end_name;
mod end_progress_rule;
mod end_target;
mod fulfil_deadline;
mod import_directory;
mod known_parties;
pub mod load;
mod move_deadline;
mod open_case;
mod pending;
mod refusal;
mod rename_party;
mod reorganize;
mod report_progress;
mod revalidity;
mod rules;
mod set_deadline;
mod set_progress_rule;
mod set_target;
mod set_task_status;
mod supersede_plan;
mod withdraw;
mod withdraw_designation;

pub use accept_draft::{
    AcceptDraft, Against, Difference, DifferenceKind, DraftRefused, Extent, differences,
};
pub use add_name::AddName;
pub use advance_case::AdvanceCase;
pub use assign::Assign;
pub use change_role::ChangeRole;
pub use changeset::{Command, action, decide_all};
pub use correct_assignment::CorrectAssignment;
pub use correct_deadline::CorrectDeadline;
pub use correct_name::CorrectName;
pub use correct_plan::CorrectPlan;
pub use correct_section::CorrectSection;
pub use correct_target::CorrectTarget;
pub use correct_task::CorrectTask;
pub use create_party::CreateParty;
pub use create_plan::CreatePlan;
pub use create_section::CreateSection;
pub use create_task::CreateTask;
pub use describe_party::DescribeParty;
pub use designate_lead::DesignateLead;
pub use end_assignment::EndAssignment;
pub use end_name::EndName;
pub use end_progress_rule::EndProgressRule;
pub use end_target::EndTarget;
pub use fulfil_deadline::FulfilDeadline;
pub use import_directory::{DirectoryRefused, ImportDirectory};
pub use move_deadline::MoveDeadline;
pub use open_case::OpenCase;
pub use pending::{Lasting, Pending};
pub use refusal::{Refusal, Refused};
pub use rename_party::RenameParty;
pub use reorganize::{Allotment, Duties, Fate, Move, Reorganize, moves};
pub use report_progress::ReportProgress;
pub use revalidity::Revalidity;
pub use set_deadline::SetDeadline;
pub use set_progress_rule::SetProgressRule;
pub use set_target::SetTarget;
pub use set_task_status::SetTaskStatus;
pub use supersede_plan::SupersedePlan;
pub use withdraw::Withdraw;
pub use withdraw_designation::WithdrawDesignation;

#[cfg(test)]
pub(crate) mod tests;
