//! What is told of a command that was refused: a code, words, and where in the input.

use super::{
    super::{
        history::changeset,
        mutation::{UserError, UserErrorCode as Code},
        scope::Scope,
    },
    desk::{Mistake, Notes},
};
use crate::error::Fault;
use domain::{
    assignment::Assignment,
    change::{Fact, Thing},
    command::Refusal,
    party::Party,
};
use std::sync::Arc;

/// Where in an input a command stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// The input is the command.
    Itself,
    /// It is one of a list, and of this name.
    Listed(usize, &'static str),
}

impl Place {
    /// The path to a field of the command, or to the command.
    fn path(self, field: Option<&str>) -> Vec<String> {
        let mut path = vec!["input".to_owned()];
        if let Self::Listed(number, command) = self {
            path.extend(["commands".to_owned(), number.to_string(), camel(command)]);
        }
        path.extend(field.map(str::to_owned));
        path
    }
}

/// A name of the code as the schema has it.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (initial, rest) = word.split_at(1);
        name + &initial.to_ascii_uppercase() + rest
    })
}

pub(super) fn mistaken(place: Place, mistake: Mistake) -> UserError {
    UserError::new(
        mistake.code,
        mistake.message,
        place.path(Some(mistake.field)),
    )
}

/// What is told of a refusal.
pub(super) async fn refused(
    scope: &Arc<Scope>,
    (place, notes): (Place, &Notes),
    refusal: Refusal,
) -> Result<UserError, Fault> {
    let (code, at) = meaning(&refusal);
    let field = match at {
        At::Fields(fields) => notes.field(fields),
        At::Thing(thing, otherwise) => notes.field_of(thing).or_else(|| notes.field(otherwise)),
    };
    let error = UserError::new(code, refusal.to_string(), place.path(field));
    Ok(match refusal {
        Refusal::VersionConflict {
            present: Some(present),
            ..
        } => error.over(changeset(scope, present).await?),
        _ => error,
    })
}

/// Which field a refusal is about.
enum At {
    /// The first of these that the command has.
    Fields(&'static [&'static str]),
    /// The one that names this thing, or else the first of these.
    Thing(Thing, &'static [&'static str]),
}

/// The thing with an id, where `Thing` is a way to a field.
fn named<F: Fact>(id: F::Id) -> Thing {
    Thing::of::<F>(id)
}

fn meaning(refusal: &Refusal) -> (Code, At) {
    use At::{Fields, Thing};
    match *refusal {
        Refusal::NotFound { thing } => (Code::NotFound, Thing(thing, &[])),
        Refusal::AlreadyRecorded { thing } => (Code::AlreadyRecorded, Thing(thing, &[])),
        Refusal::VersionConflict { .. } => (Code::VersionConflict, Fields(&["expectedVersion"])),
        Refusal::NeverHolds { .. } => (Code::NeverHolds, Fields(&["validTo", "on", "from"])),
        Refusal::NotThen { .. } => (Code::NotThen, Fields(&["on", "from"])),
        Refusal::LeadTaken { .. } => (Code::LeadTaken, Fields(&["role", "validFrom", "on"])),
        Refusal::AlreadyAssigned { .. } => {
            (Code::AlreadyAssigned, Fields(&["role", "validFrom", "on"]))
        }
        Refusal::NotDesignated { assignment, .. } => (
            Code::NotDesignated,
            Thing(named::<Assignment>(assignment), &[]),
        ),
        Refusal::OfficialNameTaken { .. } => (
            Code::OfficialNameTaken,
            Fields(&["kind", "name", "validFrom"]),
        ),
        Refusal::PlanCodeTaken { .. } => (Code::PlanCodeTaken, Fields(&["code"])),
        Refusal::Cycle { thing } => (Code::Cycle, Thing(thing, &["parent"])),
        Refusal::RecordedLater { other, .. } => (Code::RecordedLater, Thing(other, &[])),
        Refusal::OtherPlan { section, .. } => (Code::OtherPlan, Thing(section, &[])),
        Refusal::SpokenOf { thing, .. } => (Code::SpokenOf, Thing(thing, &[])),
        Refusal::NotByCommand { thing } => (Code::NotByCommand, Thing(thing, &[])),
        Refusal::Blank { field, .. } => (
            Code::InputInvalid,
            Fields(match field {
                "title" => &["title"],
                "code" => &["code"],
                "words" => &["text", "due"],
                _ => &["text", "name"],
            }),
        ),
        Refusal::NotReorganized { .. } => (Code::NotReorganized, Fields(&["kind"])),
        Refusal::NoNewName => (Code::InputMissing, Fields(&["name"])),
        Refusal::Unallotted { .. } => (Code::Unallotted, Fields(&["duties"])),
        Refusal::NotASuccessor { party } => {
            (Code::NotASuccessor, Thing(named::<Party>(party), &[]))
        }
        Refusal::NoHeirThen { party, .. } => (Code::NoHeirThen, Thing(named::<Party>(party), &[])),
        Refusal::NoOpenDuty { assignment, .. } => (
            Code::NoOpenDuty,
            Thing(named::<Assignment>(assignment), &["duties"]),
        ),
        Refusal::OutOfOrder { .. } => (Code::OutOfOrder, Fields(&["on", "from"])),
        Refusal::OtherStage { thing, .. } => (Code::OtherStage, Thing(thing, &[])),
        Refusal::CaseClosed { thing } => (Code::CaseClosed, Thing(thing, &[])),
        Refusal::AlreadyMet { thing, .. } => (Code::AlreadyMet, Thing(thing, &[])),
        Refusal::NoSuchDay { .. } => (Code::InputInvalid, Fields(&["rhythm"])),
        Refusal::NoFigure { .. } => (Code::NoFigure, Fields(&["min", "max"])),
        Refusal::NoDate { .. } => (Code::NoDate, Fields(&["due"])),
    }
}
