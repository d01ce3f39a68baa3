//! What is said of bodies that are reorganized.

use super::{
    super::{
        scalar::Date,
        vocabulary::{ReorganizationKind, Role, domain as words_of},
    },
    desk::{CommandFields, Desk, Mistake},
    reference::Reference,
};
use async_graphql::{Enum, InputObject};
use domain::{
    assignment::Assignment,
    command::{self, Command},
    party::Party,
    plan::Plan,
    reorganization::Reorganization,
    task::{Task, Wording},
};

/// What is done to bodies from a day on.
#[derive(Debug, InputObject)]
pub(crate) struct ReorganizeCommand {
    /// What is done.
    kind: ReorganizationKind,
    /// The first day on which it is so; today if none is given.
    effective_on: Option<Date>,
    /// The bodies that it is done to.
    from: Vec<Reference>,
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

impl CommandFields for ReorganizeCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        let text = desk.maybe_words("text", self.text)?;
        Ok(command::Reorganize {
            id: desk.new_id::<Reorganization>(),
            kind: self.kind.into(),
            effective: desk.day("effectiveOn", self.effective_on),
            from: desk.each::<Party>("from", self.from)?,
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
