//! Why a command is refused.

use crate::{
    change::{Fact, Thing},
    id::{AssignmentId, PartyId, PartyNameId, PlanId, TaskId},
    time::{Day, Seq, Validity},
    vocabulary::{Basis, CaseStage, ReorganizationKind, Role},
};

/// Why a command is refused. Each says what stands against it and what can be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What the command names is not in the register, or was withdrawn.
    #[error("the register holds no {thing}: look it up again")]
    NotFound {
        /// What was named.
        thing: Thing,
    },
    /// The register holds a fact with the id of the new one already.
    #[error("the register holds a {thing} already: give what is new an id of its own")]
    AlreadyRecorded {
        /// The fact.
        thing: Thing,
    },
    /// Somebody changed it since the caller saw it.
    #[error(
        "{thing} was changed since: it is at version {}, not {expected}; look at it again",
        present.map_or_else(|| "none".to_owned(), |seq| seq.to_string())
    )]
    VersionConflict {
        /// What was to be changed.
        thing: Thing,
        /// The version that the caller saw.
        expected: Seq,
        /// The version that there is; nothing if the same changeset records it.
        present: Option<Seq>,
    },
    /// It would hold on no day.
    #[error("{thing} would end on {} without having begun: it begins on {}", validity.to, validity.from)]
    NeverHolds {
        /// The fact.
        thing: Thing,
        /// Its validity.
        validity: Validity,
    },
    /// It does not hold on the day on which it is to change.
    #[error(
        "{thing} holds from {} to {}, so that it cannot change on {day}: give a day after it began and before it ends, \
         or correct it if what was recorded is wrong", validity.from, validity.to
    )]
    NotThen {
        /// The fact.
        thing: Thing,
        /// The day on which it was to change.
        day: Day,
        /// When it holds.
        validity: Validity,
    },
    /// Another party leads the task at the time.
    #[error(
        "{party} leads the task {task} at that time by {assignment}: end that first, or have both lead jointly (co_lead)"
    )]
    LeadTaken {
        /// The task.
        task: TaskId,
        /// Who leads it.
        party: PartyId,
        /// The assignment that says so.
        assignment: AssignmentId,
    },
    /// The party has the role in the task already at the time.
    #[error(
        "the party has the role {role} in the task {task} at that time already, by {assignment}"
    )]
    AlreadyAssigned {
        /// The task.
        task: TaskId,
        /// The role.
        role: Role,
        /// The assignment that says so.
        assignment: AssignmentId,
    },
    /// Only what was designated can cease to be so by withdrawing the designation.
    #[error("{assignment} rests on {basis}, not on a designation: end it instead")]
    NotDesignated {
        /// The assignment.
        assignment: AssignmentId,
        /// On what it rests.
        basis: Basis,
    },
    /// The party has another official name at the time.
    #[error(
        "the party {party} has another official name at that time, {name}: end that first, or rename the party"
    )]
    OfficialNameTaken {
        /// The party.
        party: PartyId,
        /// The other name.
        name: PartyNameId,
    },
    /// Bodies before and after that do not make a reorganization of the kind.
    #[error("{kind} needs {needs}")]
    NotReorganized {
        /// The kind.
        kind: ReorganizationKind,
        /// What it needs.
        needs: &'static str,
    },
    /// A body is renamed without a name.
    #[error("a body that is renamed needs its new name")]
    NoNewName,
    /// A body ends while a duty of it is open, of which nobody says what becomes of it.
    #[error(
        "{assignment} of {party} is still open: say which body takes it over, or that it lapses"
    )]
    Unallotted {
        /// The duty.
        assignment: AssignmentId,
        /// Whose it is.
        party: PartyId,
    },
    /// A duty would pass to a body that is none of those after the reorganization.
    #[error("{party} is none of the bodies after the reorganization: name it among them")]
    NotASuccessor {
        /// The body.
        party: PartyId,
    },
    /// A body would stand for another on a day on which it does not exist.
    #[error(
        "{party} would come in on {day}, but exists from {} to {}: give a day on which it exists", validity.from,
        validity.to
    )]
    NoHeirThen {
        /// The body.
        party: PartyId,
        /// The day.
        day: Day,
        /// When the body exists.
        validity: Validity,
    },
    /// What is named as a duty to be moved is none, or is over.
    #[error("{assignment} is no duty of the bodies that are reorganized, or is over on {day}")]
    NoOpenDuty {
        /// What was named.
        assignment: AssignmentId,
        /// The day on which it was to move.
        day: Day,
    },
    /// A day before one that must come first.
    #[error("{thing} would say {day}, which is before {after}: the days must be in order")]
    OutOfOrder {
        /// The fact.
        thing: Thing,
        /// The day.
        day: Day,
        /// What it must not be before.
        after: Day,
    },
    /// A case would leave out a step.
    #[error("the next step of {thing} is that it is {next}")]
    OtherStage {
        /// The case.
        thing: Thing,
        /// What comes next.
        next: CaseStage,
    },
    /// A case is closed.
    #[error("{thing} is closed: open another one")]
    CaseClosed {
        /// The case.
        thing: Thing,
    },
    /// A rule asks for reports by a day that no month has.
    #[error("{thing} would ask for reports by day {day} of a month: give a day from 1 to 31")]
    NoSuchDay {
        /// The rule.
        thing: Thing,
        /// The day.
        day: u8,
    },
    /// A deadline was met already.
    #[error("{thing} was met on {day} already: correct it if that is wrong")]
    AlreadyMet {
        /// The deadline.
        thing: Thing,
        /// When.
        day: Day,
    },
    /// Another plan is called by the code.
    #[error("{plan} is called by the code {code:?}: give the other one another code")]
    PlanCodeTaken {
        /// The other plan.
        plan: PlanId,
        /// The code.
        code: String,
    },
    /// It would lie under itself.
    #[error("{thing} would lie under itself: choose another one above it")]
    Cycle {
        /// The party or section.
        thing: Thing,
    },
    /// It would refer to something that the same changeset records behind it.
    #[error("{thing} refers to {other}, which is recorded behind it: record that one first")]
    RecordedLater {
        /// What refers.
        thing: Thing,
        /// What it refers to.
        other: Thing,
    },
    /// It would stand in the section of another plan.
    #[error("{thing} would stand in {section}, which belongs to another plan")]
    OtherPlan {
        /// The task or section.
        thing: Thing,
        /// The section.
        section: Thing,
    },
    /// Something still speaks of what is to be withdrawn.
    #[error("{thing} cannot be withdrawn while {by} speaks of it: withdraw or correct that first")]
    SpokenOf {
        /// What was to be withdrawn.
        thing: Thing,
        /// What speaks of it.
        by: Thing,
    },
    /// No command withdraws such a thing.
    #[error("{thing} comes with a document or a directory and is not withdrawn by hand")]
    NotByCommand {
        /// What was to be withdrawn.
        thing: Thing,
    },
    /// Words that say nothing.
    #[error("the {field} of {thing} is blank")]
    Blank {
        /// Whose words.
        thing: Thing,
        /// Which words.
        field: &'static str,
    },
    /// The least that is to be reached is more than the most.
    #[error("{thing} would ask for at least more than it asks for at most")]
    NoFigure {
        /// The target.
        thing: Thing,
    },
    /// A time by which something is due lacks its date.
    #[error("{thing} is due by a date: give the day, month or year")]
    NoDate {
        /// The deadline or target.
        thing: Thing,
    },
}

impl Refusal {
    pub(super) fn not_found<F: Fact>(id: F::Id) -> Self {
        Self::NotFound {
            thing: Thing::of::<F>(id),
        }
    }
}

/// Which command of a changeset was refused, and why. None of them was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("command {} is refused", command + 1)]
pub struct Refused {
    /// Its place among the commands, counted from 0.
    pub command: usize,
    /// Why.
    #[source]
    pub refusal: Refusal,
}
