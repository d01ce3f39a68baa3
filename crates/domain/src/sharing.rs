//! 共同负责: who shares tasks with whom.
//!
//! Two parties share a task if both have a role in it on the view's day, while it is in force. A task counts once for each
//! two of its parties, whatever roles they have. A party that the text leaves open (有关单位) shares nothing; a collective
//! (各区人民政府) counts as itself.

mod between;
mod district;
mod kept;
mod network;
mod tally;

pub use district::{Districts, Meeting};
pub(crate) use kept::Kept;
pub use network::{Edge, Network, NetworkRequest, Node};
pub use tally::Share;

use crate::{
    image::{PartyRef, PlanRef, Task, TaskRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    time::Day,
    view::{Valid, View},
    vocabulary::{Reference, Role},
};
use std::cmp::Reverse;
use tally::{Roles, Tally};

/// Whose tasks are looked at: a plan's or the register's; all that are shared there, or only what one party shares.
#[derive(Clone, Copy, Debug, Default)]
pub struct SharingScope {
    /// In this plan.
    pub plan: Option<PlanRef>,
    /// With this party.
    pub party: Option<PartyRef>,
}

/// Two parties that share tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The one: the party that was asked about, if one was; else the one that was recorded first.
    pub one: PartyRef,
    /// The other.
    pub other: PartyRef,
    /// How many tasks they share.
    pub tasks: u32,
    /// The plan whose tasks were counted, if they were not all.
    plan: Option<PlanRef>,
    /// What else was counted with them.
    share: Option<Share>,
}

/// By how many tasks, then in the order of recording.
type Rank = (Reverse<u32>, PartyRef, PartyRef);

/// A party that answers for a task, with everything that it does there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sharer {
    party: PartyRef,
    roles: Roles,
    /// Since when it has any of them.
    from: Day,
}

impl View {
    /// The pairs that share at least `min` tasks: those with the most first, equals in the order of recording. So many are
    /// left out from the start, and at most so many told.
    pub fn pairs(&self, scope: SharingScope, min: u32, offset: usize, first: usize) -> Vec<Pair> {
        let SharingScope { plan, party } = scope;
        if let (None, Some(party)) = (plan, party) {
            let partners = self.partners(party);
            let enough = partners.partition_point(|pair| pair.tasks >= min);
            let told = partners[..enough].iter().skip(offset).take(first);
            return told.copied().collect();
        }
        Self::ranked_pairs(&self.tally(plan), scope, min, offset, first)
    }

    /// The pairs of a tally, which is that of the scope's plan or of the register.
    fn ranked_pairs(
        tally: &Tally,
        SharingScope { plan, party }: SharingScope,
        min: u32,
        offset: usize,
        first: usize,
    ) -> Vec<Pair> {
        let seen = |(one, other, tasks)| match party {
            Some(party) if other == party => Some((Reverse(tasks), other, one)),
            Some(party) if one != party => None,
            _ => Some((Reverse(tasks), one, other)),
        };
        let enough = tally.pairs().filter(|&(.., tasks)| tasks >= min);
        let mut ranks: Vec<Rank> = enough.filter_map(seen).collect();
        let end = offset.saturating_add(first);
        // Of very many only those that are told are put in order.
        if end < ranks.len() {
            ranks.select_nth_unstable(end);
            ranks.truncate(end);
        }
        ranks.sort_unstable();
        let told = ranks.into_iter().skip(offset);
        told.map(|(Reverse(tasks), one, other)| Pair {
            one,
            other,
            tasks,
            plan,
            share: None,
        })
        .collect()
    }

    /// How many pairs share at least `min` tasks.
    pub fn pair_count(&self, scope: SharingScope, min: u32) -> usize {
        let SharingScope { plan, party } = scope;
        if let (None, Some(party)) = (plan, party) {
            let partners = self.partners(party);
            return partners.partition_point(|pair| pair.tasks >= min);
        }
        let tally = self.tally(plan);
        let is_asked = |&(one, other, tasks): &(PartyRef, PartyRef, u32)| {
            tasks >= min && party.is_none_or(|party| one == party || other == party)
        };
        tally.pairs().filter(is_asked).count()
    }

    /// In which roles two parties share their tasks, and since when.
    pub fn pair_share(&self, pair: &Pair) -> Share {
        let Pair {
            one, other, plan, ..
        } = *pair;
        match (pair.share, plan) {
            (Some(share), _) => share,
            (None, Some(_)) => self.share_anew(one, other, plan),
            (None, None) => {
                let (from, to) = self.fewer_first(one, other);
                let partners = self.partners(from);
                let found = partners.iter().find(|pair| pair.other == to);
                let share = found.and_then(|pair| pair.share).unwrap_or_default();
                if from == one { share } else { share.turned() }
            }
        }
    }

    /// A page of the tasks that two parties share, plan by plan, as the plans have them.
    pub fn shared_task_page(
        &self,
        pair: &Pair,
        request: &PageRequest,
    ) -> Result<Page<Task>, BadPage> {
        let tasks = self.shared_tasks(pair.one, pair.other, pair.plan);
        let list = Sorted::new(tasks.into_iter(), |task| self.shared_task_key(task));
        page::page(self, &list, request)
    }

    /// Where a task stands among those that two parties share.
    pub fn shared_task_cursor(&self, task: TaskRef) -> Cursor {
        let list = Sorted::new(std::iter::empty(), |task| self.shared_task_key(task));
        page::cursor(self, &list, task)
    }

    /// The roles that a party has in a task on the view's day, each once; none where the text leaves the party open.
    pub fn task_roles(&self, task: TaskRef, party: PartyRef) -> Vec<Role> {
        let sharers = self.sharers(task).into_iter();
        let mut its = sharers.filter(|sharer| sharer.party == party);
        its.next()
            .map_or_else(Vec::new, |sharer| sharer.roles.iter().collect())
    }

    /// The parties that have exactly one task, of a plan or of the register, in directory order.
    pub fn single_task_parties(&self, plan: Option<PlanRef>) -> Vec<PartyRef> {
        let tally = self.tally(plan);
        let single = tally.parties().filter(|&(_, tasks)| tasks == 1);
        self.in_directory_order(single.map(|(party, _)| party).collect())
    }

    fn in_directory_order(&self, mut parties: Vec<PartyRef>) -> Vec<PartyRef> {
        parties.sort_by_cached_key(|&party| (self.thing(party).position, party));
        parties
    }

    fn shared_task_key(&self, task: TaskRef) -> Key<'_> {
        let image = self.thing(task);
        Key::Place(image.plan, image.position)
    }

    /// The tasks that two parties share, in a plan or anywhere.
    fn shared_tasks(&self, one: PartyRef, other: PartyRef, plan: Option<PlanRef>) -> Vec<TaskRef> {
        let mut tasks = match plan {
            Some(plan) => self.plan_tasks(plan, Valid::OnDay),
            None => self.party_tasks(self.fewer_first(one, other).0),
        };
        tasks.retain(|&task| self.sharing_in(task, one, other).is_some());
        tasks
    }

    fn share_anew(&self, one: PartyRef, other: PartyRef, plan: Option<PlanRef>) -> Share {
        let mut share = Share::default();
        for task in self.shared_tasks(one, other, plan) {
            if let Some((one, other)) = self.sharing_in(task, one, other) {
                share.add(&one, &other);
            }
        }
        share
    }

    /// What two parties do in a task that they share.
    fn sharing_in(
        &self,
        task: TaskRef,
        one: PartyRef,
        other: PartyRef,
    ) -> Option<(Sharer, Sharer)> {
        let sharers = self.sharers(task);
        let of = |party| sharers.iter().find(|sharer| sharer.party == party).copied();
        Some((of(one)?, of(other)?))
    }

    /// The two, the one first that was given fewer assignments.
    fn fewer_first(&self, one: PartyRef, other: PartyRef) -> (PartyRef, PartyRef) {
        let edges = &self.register().graph.party_assignments;
        if edges.count(other) < edges.count(one) {
            (other, one)
        } else {
            (one, other)
        }
    }

    /// Who answers for a task, each party once, if the task is in force.
    fn sharers(&self, task: TaskRef) -> Vec<Sharer> {
        let mut sharers: Vec<Sharer> = vec![];
        let today = self.valid_on();
        let is_in_force = self
            .get(task)
            .is_some_and(|image| image.validity.contains(today));
        if !is_in_force {
            return sharers;
        }
        for assignment in self.register().graph.task_assignments.of(task) {
            let Some(image) = self.get(assignment) else {
                continue;
            };
            if image.reference == Reference::Indefinite || !image.validity.contains(today) {
                continue;
            }
            let (roles, from) = (Roles::from(image.role), image.validity.from);
            match sharers.iter_mut().find(|known| known.party == image.party) {
                Some(known) => {
                    known.roles |= roles;
                    known.from = known.from.min(from);
                }
                None => sharers.push(Sharer {
                    party: image.party,
                    roles,
                    from,
                }),
            }
        }
        sharers
    }

    /// How many tasks each pair shares in a plan or in the register.
    fn tally(&self, plan: Option<PlanRef>) -> std::sync::Arc<Tally> {
        let Some(plan) = plan else {
            return self.register_tally();
        };
        let mut tally = Tally::default();
        for task in self.plan_tasks(plan, Valid::OnDay) {
            tally.add(&self.sharers(task));
        }
        tally.into()
    }
}

impl Pair {
    /// What pairs are ordered by.
    fn rank(&self) -> Rank {
        (Reverse(self.tasks), self.one, self.other)
    }
}
