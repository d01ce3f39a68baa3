//! Who shares tasks with whom.

use super::Moment;
use domain::{
    assignment::Assignment,
    id::{PartyId, PlanId, TaskId},
    party::Party,
    task::Task,
    time::Day,
    view::Valid,
    vocabulary::{PartyKind, Reference, Role},
};

/// What two parties share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shared {
    pub(crate) one: PartyId,
    pub(crate) other: PartyId,
    pub(crate) tasks: Vec<TaskId>,
    /// In how many tasks each of them has each role that it has in any.
    pub(crate) own: Vec<(Role, u32)>,
    pub(crate) others: Vec<(Role, u32)>,
    pub(crate) since: Day,
}

impl Moment<'_> {
    /// All pairs that share a task of a plan or of the register, the one that was recorded first before the other; those
    /// that share most before those that share less.
    pub(crate) fn shared(&self, plan: Option<PlanId>) -> Vec<Shared> {
        let parties = self.lists.ids::<Party>();
        let mut all = vec![];
        for (place, &one) in parties.iter().enumerate() {
            for &other in &parties[place + 1..] {
                all.push(self.shared_by(one, other, plan));
            }
        }
        all.retain(|shared| !shared.tasks.is_empty());
        // Stable: equals stay in the order of recording.
        all.sort_by_key(|shared| std::cmp::Reverse(shared.tasks.len()));
        all
    }

    /// With whom a party shares tasks, seen from it.
    pub(crate) fn shared_with(&self, party: PartyId, plan: Option<PlanId>) -> Vec<Shared> {
        let others = self.lists.ids::<Party>().into_iter();
        let others = others.filter(|other| *other != party);
        let mut all: Vec<_> = others
            .map(|other| self.shared_by(party, other, plan))
            .collect();
        all.retain(|shared| !shared.tasks.is_empty());
        all.sort_by_key(|shared| std::cmp::Reverse(shared.tasks.len()));
        all
    }

    fn shared_by(&self, one: PartyId, other: PartyId, plan: Option<PlanId>) -> Shared {
        let mut tasks = self.tasks_of(one, plan);
        tasks.retain(|task| !self.duties(*task, other).is_empty());
        let roles = |party| {
            let has = |task: &&TaskId, role| {
                let duties = self.duties(**task, party);
                duties.iter().any(|duty| duty.role == role)
            };
            let count = |role: &Role| {
                let count = tasks.iter().filter(|task| has(task, *role)).count();
                (count > 0).then_some((*role, count as u32))
            };
            Role::ALL.iter().filter_map(count).collect()
        };
        let since = |task: &TaskId| {
            let from = |party| {
                self.duties(*task, party)
                    .iter()
                    .map(|duty| duty.validity.from)
                    .min()
            };
            from(one).max(from(other))
        };
        Shared {
            one,
            other,
            own: roles(one),
            others: roles(other),
            since: tasks.iter().filter_map(since).min().unwrap_or(Day::FOREVER),
            tasks,
        }
    }

    /// The tasks in force that a party answers for, plan by plan as the plans have them.
    pub(crate) fn tasks_of(&self, party: PartyId, plan: Option<PlanId>) -> Vec<TaskId> {
        let plans = self.lists.ids::<domain::plan::Plan>().into_iter();
        let plans = plans.filter(|of| plan.is_none_or(|plan| plan == *of));
        let tasks = plans.flat_map(|plan| self.plan_tasks(plan, Valid::OnDay));
        tasks
            .filter(|task| !self.duties(*task, party).is_empty())
            .collect()
    }

    /// What a party does in a task, unless the text leaves the party open.
    pub(crate) fn duties(&self, task: TaskId, party: PartyId) -> Vec<&Assignment> {
        let in_force = self.lists.get::<Task>(task);
        if !in_force.is_some_and(|task| self.lists(task.validity, Valid::OnDay)) {
            return vec![];
        }
        let known = self
            .lists
            .known::<Assignment>()
            .map(|(_, assignment)| assignment);
        known
            .filter(|assignment| {
                assignment.task == task
                    && assignment.party == party
                    && assignment.reference != Reference::Indefinite
                    && self.lists(assignment.validity, Valid::OnDay)
            })
            .collect()
    }

    /// Each government of a district with each agency that it shares tasks with, and how many.
    pub(crate) fn districts_and_agencies(
        &self,
        plan: Option<PlanId>,
    ) -> Vec<(PartyId, PartyId, u32)> {
        let is_agency = |party: PartyId| {
            let agencies = [
                PartyKind::CommitteeOrgan,
                PartyKind::Department,
                PartyKind::VerticalAgency,
            ];
            agencies.contains(&self.lists.thing::<Party>(party).kind)
        };
        let directory = self.in_directory_order(self.lists.ids::<Party>().into_iter());
        let districts = directory
            .iter()
            .filter(|party| self.party_is_district(**party));
        let mut all = vec![];
        for &district in districts {
            let shared = self.shared_with(district, plan);
            for &agency in directory.iter().filter(|party| is_agency(**party)) {
                if let Some(shared) = shared.iter().find(|shared| shared.other == agency) {
                    all.push((district, agency, shared.tasks.len() as u32));
                }
            }
        }
        all
    }
}
