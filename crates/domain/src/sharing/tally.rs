//! What is counted of shared tasks.

use super::Sharer;
use crate::{image::PartyRef, time::Day, vocabulary::Role};
use rustc_hash::FxHashMap;
use std::ops::BitOrAssign;

/// A set of roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Roles(u8);

const _: () = assert!(Role::ALL.len() <= 8);

impl From<Role> for Roles {
    fn from(role: Role) -> Self {
        Self(1 << role as u8)
    }
}

impl BitOrAssign for Roles {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl Roles {
    pub(super) fn iter(self) -> impl Iterator<Item = Role> {
        let is_in = move |role: &Role| self.0 & 1 << *role as u8 != 0;
        Role::ALL.iter().copied().filter(is_in)
    }
}

/// In how many tasks a party has each role, in the order of the roles.
type RoleCounts = [u32; Role::ALL.len()];

/// What two parties share, counted, as the one of them sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many tasks.
    pub tasks: u32,
    /// The day since which both answer for the one of these tasks that they have shared longest; the beginning of time
    /// if no first day is known.
    pub since: Day,
    /// How many tasks they have shared since that day.
    began_then: u32,
    own: RoleCounts,
    others: RoleCounts,
}

impl Default for Share {
    fn default() -> Self {
        Self {
            tasks: 0,
            since: Day::FOREVER,
            began_then: 0,
            own: RoleCounts::default(),
            others: RoleCounts::default(),
        }
    }
}

impl Share {
    /// In how many of the tasks the one party has each role that it has in any.
    pub fn own_roles(&self) -> impl Iterator<Item = (Role, u32)> {
        counted(self.own)
    }

    /// The same of the other.
    pub fn other_roles(&self) -> impl Iterator<Item = (Role, u32)> {
        counted(self.others)
    }

    /// As the other one sees it.
    pub(super) fn turned(self) -> Self {
        Self {
            own: self.others,
            others: self.own,
            ..self
        }
    }

    /// Counts a task that two parties share.
    pub(super) fn add(&mut self, one: &Sharer, other: &Sharer) {
        self.tasks += 1;
        count(&mut self.own, one.roles, |count| *count += 1);
        count(&mut self.others, other.roles, |count| *count += 1);
        let since = one.from.max(other.from);
        if since < self.since {
            (self.since, self.began_then) = (since, 1);
        } else if since == self.since {
            self.began_then += 1;
        }
    }

    /// Takes back a task that was counted. Since when the rest is shared is then no longer known if
    /// [`Self::is_complete`] does not hold.
    pub(super) fn remove(&mut self, one: &Sharer, other: &Sharer) {
        self.tasks -= 1;
        count(&mut self.own, one.roles, |count| *count -= 1);
        count(&mut self.others, other.roles, |count| *count -= 1);
        if one.from.max(other.from) == self.since {
            self.began_then -= 1;
        }
    }

    pub(super) fn is_complete(&self) -> bool {
        self.began_then > 0
    }
}

fn count(counts: &mut RoleCounts, roles: Roles, change: impl Fn(&mut u32)) {
    for role in roles.iter() {
        change(&mut counts[role as usize]);
    }
}

fn counted(counts: RoleCounts) -> impl Iterator<Item = (Role, u32)> {
    let each = Role::ALL.iter().copied().zip(counts);
    each.filter(|(_, count)| *count > 0)
}

/// How many tasks each two parties share, and how many each has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// By the pair, the one that was recorded first before the other. What a party shares with itself are its tasks.
    tasks: FxHashMap<(PartyRef, PartyRef), u32>,
}

impl Tally {
    /// Counts a task for each two of its parties.
    pub(super) fn add(&mut self, sharers: &[Sharer]) {
        each_pair(sharers, |pair| *self.tasks.entry(pair).or_default() += 1);
    }

    /// Takes back a task that was counted.
    pub(super) fn remove(&mut self, sharers: &[Sharer]) {
        each_pair(sharers, |pair| {
            let count = self.tasks.entry(pair).or_default();
            *count -= 1;
            if *count == 0 {
                self.tasks.remove(&pair);
            }
        });
    }

    /// The pairs of different parties, each with how many tasks they share.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (PartyRef, PartyRef, u32)> {
        let pairs = self.tasks.iter();
        let pairs = pairs.map(|(&(one, other), &tasks)| (one, other, tasks));
        pairs.filter(|(one, other, _)| one != other)
    }

    /// The parties, each with how many tasks it has.
    pub(super) fn parties(&self) -> impl Iterator<Item = (PartyRef, u32)> {
        let pairs = self.tasks.iter();
        let itself = pairs.filter(|((one, other), _)| one == other);
        itself.map(|((party, _), tasks)| (*party, *tasks))
    }

    /// How many tasks a party has.
    pub(super) fn tasks_of(&self, party: PartyRef) -> u32 {
        self.tasks.get(&(party, party)).copied().unwrap_or_default()
    }

    pub(super) fn bytes(&self) -> usize {
        self.tasks.capacity() * (size_of::<((PartyRef, PartyRef), u32)>() + 1)
    }
}

fn each_pair(sharers: &[Sharer], mut each: impl FnMut((PartyRef, PartyRef))) {
    for (place, one) in sharers.iter().enumerate() {
        for other in &sharers[place..] {
            each((one.party.min(other.party), one.party.max(other.party)));
        }
    }
}
