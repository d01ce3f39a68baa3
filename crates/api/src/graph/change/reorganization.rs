//! What is said of bodies that are reorganized.

use super::{
    super::{
        assignment, party,
        scalar::{Date, SeqNumber, Shown, date},
        scope::{Scope, maybe},
        task,
        vocabulary::{ReorganizationKind, Role, domain as words_of},
    },
    desk::{CommandFields, Desk, Mistake},
    reference::Reference,
};
use async_graphql::{Enum, InputObject, SimpleObject};
use domain::{
    assignment::Assignment,
    command::{self, Command, Move},
    image,
    party::Party,
    plan::Plan,
    reorganization::Reorganization,
    task::{Task, Wording},
};
use std::sync::Arc;
use uuid::Uuid;

/// What is done to bodies from a day on.
#[derive(Debug, InputObject)]
pub(crate) struct ReorganizeCommand {
    /// What is done.
    kind: ReorganizationKind,
    /// The first day on which it is so; today if none is given.
    effective_on: Option<Date>,
    /// The bodies that it is done to.
    from: Vec<Reference>,
    /// The changeset as of which you saw the bodies and their duties, such as the `seq` of `asOf`: where a body, a name of
    /// it or a duty that it has has changed since, it is refused.
    expected_version: Option<SeqNumber>,
    /// The bodies that there are afterwards. A new one is recorded by a `createParty` before, in the same changeset.
    #[graphql(default)]
    to: Vec<Reference>,
    /// What a renamed body is called from that day on.
    name: Option<String>,
    /// The words of the decision.
    text: Option<String>,
    /// Which duties go where; of several that mean a duty, the first counts. What none of them means goes to the one
    /// body after a merger or an abolition, and stays with a body that goes on. Where neither is so, each open duty has
    /// to be meant by one of them.
    #[graphql(default)]
    duties: Vec<DutiesInput>,
}

/// Some duties of the bodies, and what becomes of them. Those are meant to which all applies that is given.
#[derive(Debug, InputObject)]
pub(crate) struct DutiesInput {
    /// Of these bodies.
    #[graphql(default)]
    parties: Vec<Reference>,
    /// In these plans.
    #[graphql(default)]
    plans: Vec<Reference>,
    /// For these tasks.
    #[graphql(default)]
    tasks: Vec<Reference>,
    /// In these roles.
    roles: Option<Vec<Role>>,
    /// These assignments.
    #[graphql(default)]
    assignments: Vec<Reference>,
    /// What becomes of them.
    fate: Fate,
    /// Which body takes them over, where they pass.
    to: Option<Reference>,
    /// The first day on which it has them; the day of the reorganization if none is given.
    handover_on: Option<Date>,
}

/// What becomes of duties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum Fate {
    /// Another body takes them over.
    Passes,
    /// They end, and nobody takes them over.
    Lapses,
    /// The body that has them keeps them.
    Stays,
}

/// A duty of a body that is reorganized, and what becomes of it.
#[derive(Debug, SimpleObject)]
pub(crate) struct DutyMove {
    /// The duty, as the register now knows it; null if it would have begun only then, and so never was.
    duty: Option<assignment::Assignment>,
    /// The task.
    task: task::Task,
    /// What is done for it.
    role: Role,
    /// Who has it until then.
    from: party::Party,
    /// Who has it then, if that is a body that the register knows. Null where it lapses, where whoever takes it over has the
    /// role at that time anyway.
    to: Option<party::Party>,
    /// The key of who has it then; null where the duty is not continued.
    to_key: Option<Shown<Uuid>>,
    /// The key of the assignment that continues it; null where it is not continued. On a dry run it is an example.
    continued_by: Option<Shown<Uuid>>,
    /// The first day on which it is so.
    on: Option<Date>,
}

impl DutyMove {
    pub(super) fn of(scope: &Arc<Scope>, it: Move) -> Option<Self> {
        let party = |id| maybe(scope, scope.find::<image::Party>(id));
        Some(Self {
            duty: maybe(scope, scope.find::<image::Assignment>(it.duty)),
            task: maybe(scope, scope.find::<image::Task>(it.task))?,
            role: it.role.into(),
            from: party(it.from)?,
            to: it.to.and_then(|(_, to)| party(to)),
            to_key: it.to.map(|(_, to)| Shown(to.into())),
            continued_by: it.to.map(|(heir, _)| Shown(heir.into())),
            on: date(it.on),
        })
    }
}

impl CommandFields for ReorganizeCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        let text = desk.maybe_words("text", self.text)?;
        Ok(command::Reorganize {
            id: desk.new_id::<Reorganization>(),
            kind: self.kind.into(),
            effective: desk.day("effectiveOn", self.effective_on),
            from: desk.each::<Party>("from", self.from)?,
            expected: desk.expected(self.expected_version),
            to: desk.each::<Party>("to", self.to)?,
            wording: text.map(Wording::Entered),
            name: desk.maybe_words("name", self.name)?,
            allotments: self
                .duties
                .into_iter()
                .map(|duties| duties.allotment(desk))
                .collect::<Result<_, _>>()?,
        }
        .into())
    }
}

impl DutiesInput {
    fn allotment(self, desk: &mut Desk) -> Result<command::Allotment, Mistake> {
        let heir = desk.maybe::<Party>("duties", self.to)?;
        let fate = match (self.fate, heir) {
            (Fate::Passes, Some(heir)) => command::Fate::Passes(heir),
            (Fate::Lapses, None) => command::Fate::Lapses,
            (Fate::Stays, None) => command::Fate::Stays,
            (Fate::Passes, None) => {
                return Err(Mistake::invalid(
                    "duties",
                    "duties that pass need the body that takes them over, as `to`",
                ));
            }
            (Fate::Lapses | Fate::Stays, Some(_)) => {
                return Err(Mistake::invalid(
                    "duties",
                    "duties that lapse or stay have no body that takes them over: leave `to` out",
                ));
            }
        };
        Ok(command::Allotment {
            duties: command::Duties {
                parties: desk.each::<Party>("duties", self.parties)?,
                plans: desk.each::<Plan>("duties", self.plans)?,
                tasks: desk.each::<Task>("duties", self.tasks)?,
                roles: words_of(self.roles),
                assignments: desk.each::<Assignment>("duties", self.assignments)?,
            },
            fate,
            handover: self.handover_on.map(|day| day.0),
        })
    }
}
