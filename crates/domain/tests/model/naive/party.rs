//! Parties and their names.

use super::{Moment, chosen, has_words, plain, plan::id, sorted};
use domain::{
    assignment::Assignment,
    collation,
    id::{PartyId, PartyNameId, PlanId},
    party::{Party, PartyName},
    place::Place,
    register::Register,
    task::Task,
    view::{PartyFilter, PartyOrder, Valid},
    vocabulary::{NameKind, PartyKind, PlaceLevel},
};

impl Moment<'_> {
    pub(super) fn in_directory_order(
        &self,
        parties: impl Iterator<Item = PartyId>,
    ) -> Vec<PartyId> {
        sorted(parties, |party| self.lists.thing::<Party>(party).position)
    }

    pub(crate) fn parties(
        &self,
        register: &Register,
        filter: &PartyFilter,
        words: Option<&str>,
        order: PartyOrder,
    ) -> Vec<PartyId> {
        let (parent, place) = (id(register, filter.parent), id(register, filter.place));
        let listed = |(id, party): &(PartyId, &Party)| {
            self.lists(party.validity, filter.valid)
                && chosen(&filter.kinds, &party.kind)
                && (parent.is_none() || party.parent == parent)
                && place.is_none_or(|within| {
                    party
                        .place
                        .is_some_and(|place| self.place_lies_in(place, within))
                })
                && (words.is_none() || self.has_name_with(*id, words))
                && self.is_assigned(register, *id, filter)
        };
        let parties = self.lists.known::<Party>().filter(listed).map(|(id, _)| id);
        match order {
            PartyOrder::Directory => self.in_directory_order(parties),
            PartyOrder::Name => {
                let mut parties: Vec<_> = parties.collect();
                let name = |party| self.party_name(party).unwrap_or_default();
                parties.sort_by(|a, b| collation::compare(&name(*a), &name(*b)));
                parties
            }
        }
    }

    fn has_name_with(&self, party: PartyId, words: Option<&str>) -> bool {
        let mut names = self.lists.known::<PartyName>();
        names.any(|(_, name)| name.party == party && has_words(&name.text, words))
    }

    fn is_assigned(&self, register: &Register, party: PartyId, filter: &PartyFilter) -> bool {
        let plan = id(register, filter.plan);
        if plan.is_none() && filter.roles.is_empty() {
            return true;
        }
        self.lists.known::<Assignment>().any(|(_, assignment)| {
            assignment.party == party
                && self.lists(assignment.validity, filter.valid)
                && chosen(&filter.roles, &assignment.role)
                && self.lists.get::<Task>(assignment.task).is_some_and(|task| {
                    self.lists(task.validity, filter.valid)
                        && plan.is_none_or(|plan| task.plan == plan)
                })
        })
    }

    pub(crate) fn party_names(&self, party: PartyId, valid: Valid) -> Vec<PartyNameId> {
        let names = self.lists.known::<PartyName>();
        let of_it =
            names.filter(|(_, name)| name.party == party && self.lists(name.validity, valid));
        of_it.map(|(id, _)| id).collect()
    }

    /// Of the names valid on the day, else of all: the official, else a short one, else any; the one begun last; the
    /// one recorded first.
    pub(crate) fn party_name(&self, party: PartyId) -> Option<String> {
        for valid in [Valid::OnDay, Valid::Any] {
            let names: Vec<&PartyName> = self
                .party_names(party, valid)
                .into_iter()
                .map(|id| self.lists.thing(id))
                .collect();
            for kind in [NameKind::Official, NameKind::Short, NameKind::Former] {
                let of_kind = || names.iter().filter(|name| name.kind == kind);
                if let Some(latest) = of_kind().map(|name| name.validity.from).max() {
                    return of_kind()
                        .find(|name| name.validity.from == latest)
                        .map(|name| name.text.clone());
                }
            }
        }
        None
    }

    /// The parties called so today; only if there is none, those once or later called so.
    pub(crate) fn parties_by_name(&self, called: &str) -> Vec<PartyId> {
        let so_called = |valid: Valid| -> Vec<PartyId> {
            let parties = self.lists.known::<Party>().map(|(id, _)| id);
            let has_it = |party: &PartyId| {
                let mut names = self.party_names(*party, valid).into_iter();
                names.any(|id| plain(&self.lists.thing::<PartyName>(id).text) == plain(called))
            };
            parties.filter(has_it).collect()
        };
        let today = so_called(Valid::OnDay);
        let any = so_called(Valid::Any);
        let called_so = if today.is_empty() { any } else { today };
        let heirs = called_so.into_iter().map(|party| self.party_heirs(party));
        let heirs: Vec<_> = heirs.flatten().collect();
        let parties = self.lists.known::<Party>().map(|(id, _)| id);
        parties.filter(|party| heirs.contains(party)).collect()
    }

    pub(crate) fn party_is_district(&self, party: PartyId) -> bool {
        let party = self.lists.thing::<Party>(party);
        let level = party
            .place
            .map(|place| self.lists.thing::<Place>(place).level);
        party.kind == PartyKind::Government && level == Some(PlaceLevel::District)
    }

    pub(crate) fn party_children(&self, parent: PartyId) -> Vec<PartyId> {
        let parties = self.lists.known::<Party>();
        let under = parties.filter(|(_, party)| {
            party.parent == Some(parent) && self.lists(party.validity, Valid::OnDay)
        });
        self.in_directory_order(under.map(|(id, _)| id))
    }

    /// Those with an assignment in a task of the plan, all of them in force.
    pub(crate) fn plan_parties(&self, plan: PlanId) -> Vec<PartyId> {
        let assigned = self.lists.ids::<Party>().into_iter().filter(|party| {
            self.plan_tasks(plan, Valid::OnDay).into_iter().any(|task| {
                let mut assignments = self.task_assignments(task, Valid::OnDay).into_iter();
                assignments.any(|id| self.lists.thing::<Assignment>(id).party == *party)
            })
        });
        self.in_directory_order(assigned)
    }
}
