//! What is said of who answers for a task.

use super::{
    super::{
        scalar::{Date, SeqNumber},
        vocabulary::Role,
    },
    desk::{CommandFields, Desk, Mistake},
    reference::Reference,
};
use async_graphql::{InputObject, MaybeUndefined};
use domain::{
    assignment::Assignment,
    command::{self, Command},
    party::Party,
    task::Task,
};

/// A role that a party is given in a task.
#[derive(Debug, InputObject)]
pub(crate) struct AssignCommand {
    /// The task.
    task: Reference,
    /// The party.
    party: Reference,
    /// What the party does for it.
    role: Role,
    /// The first day on which it has the role; today if none is given.
    valid_from: Option<Date>,
    /// The first day on which it no longer has.
    valid_to: Option<Date>,
}

impl CommandFields for AssignCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::Assign {
            id: desk.new_id::<Assignment>(),
            task: desk.named::<Task>("task", self.task)?,
            party: desk.named::<Party>("party", self.party)?,
            role: desk.chosen("role", self.role),
            validity: desk.since_today(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// Another role that a party has in a task from a day on.
#[derive(Debug, InputObject)]
pub(crate) struct ChangeRoleCommand {
    /// The assignment that ends.
    assignment: Reference,
    /// The version of the assignment that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// What the party does for the task from then on.
    role: Role,
    /// The first day on which it does so; today if none is given.
    from: Option<Date>,
}

impl CommandFields for ChangeRoleCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::ChangeRole {
            assignment: desk.changed::<Assignment>("assignment", self.assignment)?,
            expected: desk.expected(self.expected_version),
            id: desk.new_id::<Assignment>(),
            role: desk.chosen("role", self.role),
            from: desk.day("from", self.from),
        }
        .into())
    }
}

/// A role that a party ceases to have.
#[derive(Debug, InputObject)]
pub(crate) struct EndAssignmentCommand {
    /// The assignment.
    assignment: Reference,
    /// The version of the assignment that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The first day on which the party no longer has the role; today if none is given.
    on: Option<Date>,
}

impl CommandFields for EndAssignmentCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::EndAssignment {
            assignment: desk.changed::<Assignment>("assignment", self.assignment)?,
            expected: desk.expected(self.expected_version),
            on: desk.day("on", self.on),
        }
        .into())
    }
}

/// An assignment that was recorded wrongly. What is not given stays.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectAssignmentCommand {
    /// The assignment.
    assignment: Reference,
    /// The version of the assignment that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The task that was meant.
    task: Option<Reference>,
    /// The party that was meant.
    party: Option<Reference>,
    /// What the party does for the task.
    role: Option<Role>,
    /// The first day on which the party has the role; null if it always had.
    valid_from: MaybeUndefined<Date>,
    /// The first day on which it no longer has; null if no end is known.
    valid_to: MaybeUndefined<Date>,
}

impl CommandFields for CorrectAssignmentCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::CorrectAssignment {
            assignment: desk.changed::<Assignment>("assignment", self.assignment)?,
            expected: desk.expected(self.expected_version),
            id: desk.new_id::<Assignment>(),
            task: desk.maybe::<Task>("task", self.task)?,
            party: desk.maybe::<Party>("party", self.party)?,
            role: self.role.map(|role| desk.chosen("role", role)),
            validity: desk.revalidity(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// A party that is to lead a task for which the text names no lead.
#[derive(Debug, InputObject)]
pub(crate) struct DesignateLeadCommand {
    /// The task.
    task: Reference,
    /// The party that leads it.
    party: Reference,
    /// The first day on which it leads; today if none is given.
    valid_from: Option<Date>,
    /// The first day on which it no longer does.
    valid_to: Option<Date>,
}

impl CommandFields for DesignateLeadCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::DesignateLead {
            id: desk.new_id::<Assignment>(),
            task: desk.named::<Task>("task", self.task)?,
            party: desk.named::<Party>("party", self.party)?,
            validity: desk.since_today(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// A designation that is taken back.
#[derive(Debug, InputObject)]
pub(crate) struct WithdrawDesignationCommand {
    /// The assignment of the designated lead.
    assignment: Reference,
    /// The version of the assignment that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The first day on which the party no longer leads; today if none is given.
    on: Option<Date>,
}

impl CommandFields for WithdrawDesignationCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::WithdrawDesignation {
            assignment: desk.changed::<Assignment>("assignment", self.assignment)?,
            expected: desk.expected(self.expected_version),
            on: desk.day("on", self.on),
        }
        .into())
    }
}
