//! What facts are about: the things in whose lists they stand.

use crate::{
    assignment::Assignment,
    change::{Fact, Thing},
    clause::{Clause, Subject},
    deadline::Deadline,
    document::Document,
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    progress::{ProgressReport, Reported},
    progress_rule::ProgressRule,
    reorganization::Reorganization,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
};

/// The things that a fact is about: as many as the one with the most.
pub type Things = [Option<Thing>; 2];

/// A fact that stands in the lists of other things: an assignment in those of its task and of its party.
///
/// What a command is told of a thing's lists follows from this, where commands before it have changed them. What a fact
/// only mentions, as an assignment its clause, it is not about.
pub trait About {
    /// The things in whose lists it stands.
    fn about(&self) -> Things;

    /// Whether it stands in the lists of this thing.
    fn is_about(&self, thing: Thing) -> bool {
        self.about().contains(&Some(thing))
    }
}

impl Subject {
    /// The plan, section or task.
    pub fn thing(self) -> Thing {
        match self {
            Self::Plan(id) => Thing::of::<Plan>(id),
            Self::Section(id) => Thing::of::<Section>(id),
            Self::Task(id) => Thing::of::<Task>(id),
        }
    }
}

impl Reported {
    /// The task or target.
    pub fn thing(self) -> Thing {
        match self {
            Self::Task(id) => Thing::of::<Task>(id),
            Self::Target(id) => Thing::of::<Target>(id),
        }
    }
}

fn of<F: Fact>(id: impl Into<Option<F::Id>>) -> Option<Thing> {
    id.into().map(Thing::of::<F>)
}

macro_rules! about {
    ($($fact:ident: |$it:ident| $things:expr,)*) => {
        $(impl About for $fact {
            fn about(&self) -> Things {
                let $it = self;
                $things
            }
        })*
    };
}

about! {
    Document: |_it| [None, None],
    Place: |it| [of::<Place>(it.parent), None],
    Party: |it| [of::<Party>(it.parent), of::<Place>(it.place)],
    PartyName: |it| [of::<Party>(it.party), None],
    // It stands in the lists of many parties, and no command asks for those.
    Reorganization: |_it| [None, None],
    Plan: |it| [of::<Document>(it.document), of::<Party>(it.owner)],
    Section: |it| [of::<Plan>(it.plan), of::<Section>(it.parent)],
    Task: |it| [of::<Plan>(it.plan), of::<Section>(it.section)],
    Standing: |it| [of::<Task>(it.task), None],
    Clause: |it| [Some(it.subject.thing()), None],
    Assignment: |it| [of::<Task>(it.task), of::<Party>(it.party)],
    Target: |it| [Some(it.subject.thing()), None],
    Deadline: |it| [Some(it.subject.thing()), None],
    ProgressReport: |it| [Some(it.about.thing()), of::<Party>(it.party)],
    SupervisionCase: |it| [of::<Task>(it.task), of::<Party>(it.party)],
    ProgressRule: |it| [of::<Plan>(it.plan), None],
}
