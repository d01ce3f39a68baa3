//! The model: all facts in plain lists, and what each command does to them in the words of the office.

mod command;
mod compare;
mod reorganization;
mod work;

use super::rules;
use domain::{
    assignment::Assignment,
    change::{Change, Edit, Fact, Thing},
    clause::Subject,
    command::Command,
    deadline::Deadline,
    party::{Party, PartyName},
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    reorganization::Reorganization,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    time::Seq,
};
use std::collections::BTreeMap;
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
    pub(crate) reorganizations: Facts<Reorganization>,
    pub(crate) standings: Facts<Standing>,
    pub(crate) reports: Facts<ProgressReport>,
    pub(crate) cases: Facts<SupervisionCase>,
    pub(crate) rules: Facts<ProgressRule>,
    /// When each fact that ever was last changed.
    versions: BTreeMap<Uuid, Seq>,
    /// Whose each name and standing is that ever was: the version of a party or a task counts them in.
    belongs: BTreeMap<Uuid, Uuid>,
    /// How many facts were given ids that are not known yet.
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
    Reorganization = reorganizations,
    Standing = standings,
    ProgressReport = reports,
    SupervisionCase = cases,
    ProgressRule = rules,
}

/// Ids that the model makes up until it learns them are greater than all others, and grow as those do.
const UNKNOWN: u128 = u128::MAX / 2;

impl State {
    /// What these commands leave, if none of them is refused.
    pub(crate) fn after(&self, commands: &[Command], seq: Seq) -> Result<Self, Refused> {
        let mut after = self.clone();
        for command in commands {
            after.does(command, self)?;
        }
        rules::allow(self, &after)?;
        for thing in after.changed_since(self) {
            after.versions.insert(thing.id, seq);
        }
        let names = after.names.iter();
        let names = names.map(|(id, it)| (Uuid::from(*id), Uuid::from(it.party)));
        let standings = after.standings.iter();
        let standings = standings.map(|(id, it)| (Uuid::from(*id), Uuid::from(it.task)));
        let belongs: Vec<_> = names.chain(standings).collect();
        after.belongs.extend(belongs);
        Ok(after)
    }

    pub(crate) fn says_the_same_as(&self, before: &Self) -> bool {
        self.changed_since(before).is_empty()
    }

    /// A fact that a command records besides what it names: its id is learned later.
    fn record<F: Listed>(&mut self, fact: F) {
        self.unknown += 1;
        let id = Uuid::from_u128(UNKNOWN + self.unknown);
        F::list_mut(self).insert(id.into(), fact);
    }

    /// Gives facts the ids that the register gave them.
    pub(crate) fn learn_ids(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::PartyName(edit) => self.learn_id(edit),
                Change::Standing(edit) => self.learn_id(edit),
                Change::Assignment(edit) => self.learn_id(edit),
                _ => {}
            }
        }
    }

    fn learn_id<F: Listed + PartialEq>(&mut self, edit: &Edit<F>) {
        let list = F::list(self);
        if list.contains_key(&edit.id) || edit.before.is_some() {
            return;
        }
        let is_it = |(id, fact): &(&F::Id, &F)| {
            Into::<Uuid>::into(**id).as_u128() > UNKNOWN && Some(*fact) == edit.after.as_ref()
        };
        let found = list.iter().find(is_it);
        let (unknown, fact) = found.unwrap_or_else(|| panic!("the model lacks {edit:?}"));
        let (unknown, fact) = (*unknown, fact.clone());
        F::list_mut(self).remove(&unknown);
        F::list_mut(self).insert(edit.id, fact);
        let (unknown, id): (Uuid, Uuid) = (unknown.into(), edit.id.into());
        let version = self.versions.remove(&unknown);
        self.versions.extend(version.map(|seq| (id, seq)));
        let belongs = self.belongs.remove(&unknown);
        self.belongs.extend(belongs.map(|to| (id, to)));
        for heir in self.assignments.values_mut() {
            if let Some(inherits) = &mut heir.inherits
                && Uuid::from(inherits.assignment) == unknown
            {
                inherits.assignment = id.into();
            }
        }
    }

    /// The version of a fact that is there; of a party, with its names, of a task, with its status.
    pub(crate) fn version(&self, id: Uuid) -> Option<Seq> {
        let own = self.versions.get(&id).copied()?;
        let of_it = self.belongs.iter().filter(|(_, to)| **to == id);
        let others = of_it.map(|(part, _)| self.versions[part]);
        Some(others.fold(own, Seq::max))
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
