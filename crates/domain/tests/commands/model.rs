//! The model: all facts in plain lists, and what each command does to them in the words of the office.

mod command;
mod compare;

use domain::{
    assignment::Assignment,
    change::{Change, Fact, Thing},
    clause::Subject,
    command::Command,
    deadline::Deadline,
    id::{PartyNameId, TaskId},
    party::{Party, PartyName},
    plan::{Plan, Section},
    target::Target,
    task::Task,
    time::{Day, Seq},
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Why a command is refused: the model only knows that it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused;

pub(crate) type Done = Result<(), Refused>;

pub(crate) fn unless(refused: bool) -> Done {
    if refused { Err(Refused) } else { Ok(()) }
}

/// All facts of a kind.
pub(crate) type Facts<F> = BTreeMap<<F as Fact>::Id, F>;

/// What is known at one seq.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) parties: Facts<Party>,
    pub(crate) names: Facts<PartyName>,
    pub(crate) plans: Facts<Plan>,
    pub(crate) sections: Facts<Section>,
    pub(crate) tasks: Facts<Task>,
    pub(crate) assignments: Facts<Assignment>,
    pub(crate) deadlines: Facts<Deadline>,
    pub(crate) targets: Facts<Target>,
    /// The days on which tasks were superseded.
    pub(crate) superseded: BTreeSet<(TaskId, Day)>,
    /// When that was last said of each task.
    standings: BTreeMap<Uuid, Seq>,
    /// When each fact that ever was last changed.
    versions: BTreeMap<Uuid, Seq>,
    /// Whose each name is that ever was.
    named: BTreeMap<PartyNameId, domain::id::PartyId>,
    /// How many names were given ids that are not known yet.
    unknown: u128,
}

/// A list of a state.
pub(crate) trait Listed: Fact {
    fn list(state: &State) -> &Facts<Self>;
    fn list_mut(state: &mut State) -> &mut Facts<Self>;
}

macro_rules! lists {
    ($($fact:ident = $list:ident,)*) => {
        $(impl Listed for $fact {
            fn list(state: &State) -> &Facts<Self> {
                &state.$list
            }
            fn list_mut(state: &mut State) -> &mut Facts<Self> {
                &mut state.$list
            }
        })*

        impl State {
            /// Everything that is there.
            pub(crate) fn things(&self) -> Vec<Thing> {
                let mut things = vec![];
                $(things.extend(self.$list.keys().map(|id| Thing::of::<$fact>(*id)));)*
                things
            }

            /// Every fact that is not as it was, or no longer there.
            fn changed_since(&self, before: &Self) -> Vec<Thing> {
                let mut changed = vec![];
                $(
                    changed.extend(self.$list.iter()
                        .filter(|(id, fact)| before.$list.get(id) != Some(fact))
                        .map(|(id, _)| Thing::of::<$fact>(*id)));
                    changed.extend(before.$list.keys()
                        .filter(|id| !self.$list.contains_key(id))
                        .map(|id| Thing::of::<$fact>(*id)));
                )*
                changed
            }
        }
    };
}

lists! {
    Party = parties,
    PartyName = names,
    Plan = plans,
    Section = sections,
    Task = tasks,
    Assignment = assignments,
    Deadline = deadlines,
    Target = targets,
}

impl State {
    /// What these commands leave, if none of them is refused.
    pub(crate) fn after(&self, commands: &[Command], seq: Seq) -> Result<Self, Refused> {
        let mut after = self.clone();
        for command in commands {
            after.does(command, self)?;
        }
        crate::rules::allow(self, &after)?;
        for thing in after.changed_since(self) {
            after.versions.insert(thing.id, seq);
        }
        for (task, _) in after.superseded.difference(&self.superseded) {
            after.standings.insert((*task).into(), seq);
        }
        let names = after.names.iter().map(|(id, name)| (*id, name.party));
        after.named.extend(names.collect::<Vec<_>>());
        Ok(after)
    }

    pub(crate) fn says_the_same_as(&self, before: &Self) -> bool {
        self.changed_since(before).is_empty() && self.superseded == before.superseded
    }

    /// A name that a command records besides what it names: its id is learned later.
    fn record_name(&mut self, name: PartyName) {
        self.unknown += 1;
        let id = PartyNameId::from(Uuid::from_u128(u128::MAX - self.unknown));
        self.names.insert(id, name);
    }

    /// Gives names the ids that the register gave them.
    pub(crate) fn learn_ids(&mut self, changes: &[Change]) {
        for change in changes {
            let Change::PartyName(edit) = change else {
                continue;
            };
            if self.names.contains_key(&edit.id) || edit.before.is_some() {
                continue;
            }
            let after = edit.after.as_ref();
            let is_it = |(id, name): &(&PartyNameId, &PartyName)| {
                Uuid::from(**id).as_u128() > u128::MAX / 2 && Some(*name) == after
            };
            let (unknown, name) = self.names.iter().find(is_it).expect("the model has it");
            let (unknown, name) = (*unknown, name.clone());
            self.names.remove(&unknown);
            let version = self.versions.remove(&unknown.into());
            self.versions
                .extend(version.map(|seq| (edit.id.into(), seq)));
            self.named.remove(&unknown);
            self.named.insert(edit.id, name.party);
            self.names.insert(edit.id, name);
        }
    }

    /// The version of a fact that is there; of a party, with its names, of a task, with its status.
    pub(crate) fn version(&self, id: Uuid) -> Option<Seq> {
        let own = self.versions.get(&id).copied()?;
        let of_it = self
            .named
            .iter()
            .filter(|(_, party)| Uuid::from(**party) == id);
        let names = of_it.map(|(name, _)| self.versions[&Uuid::from(*name)]);
        let standing = self.standings.get(&id).copied();
        Some(names.chain(standing).fold(own, Seq::max))
    }

    pub(crate) fn get<F: Listed>(&self, id: F::Id) -> Result<F, Refused> {
        F::list(self).get(&id).cloned().ok_or(Refused)
    }

    pub(crate) fn has_subject(&self, subject: Subject) -> bool {
        match subject {
            Subject::Plan(plan) => self.plans.contains_key(&plan),
            Subject::Section(section) => self.sections.contains_key(&section),
            Subject::Task(task) => self.tasks.contains_key(&task),
        }
    }
}
