//! Lists that go from plan to plan.

use super::View;
use crate::{
    image::PlanRef,
    page::{Item, Key, List},
};
use std::cmp::Ordering;

/// A list in the order of plans and of places in them, made plan by plan: a page deep within costs no more than the
/// first.
pub(crate) struct ByPlan<'v, F, P> {
    view: &'v View,
    /// In the order of recording; all if there is no choice.
    plans: Option<Vec<PlanRef>>,
    /// What the list has of a plan, in order, each item with its place there.
    of_plan: F,
    /// Where an item stands; nothing for one that such a list does not have.
    place: P,
}

impl<'v, F, P> ByPlan<'v, F, P> {
    pub(crate) fn new(view: &'v View, plans: Option<Vec<PlanRef>>, of_plan: F, place: P) -> Self {
        Self {
            view,
            plans,
            of_plan,
            place,
        }
    }

    fn behind(&self, plan: Option<PlanRef>) -> Box<dyn Iterator<Item = PlanRef> + '_> {
        if let Some(plans) = &self.plans {
            let from = plan.map_or(0, |plan| plans.partition_point(|other| *other <= plan));
            return Box::new(plans[from..].iter().copied());
        }
        let from = plan.map_or(0, |plan| plan.index() as usize + 1);
        Box::new(self.view.register().graph.plans.refs().skip(from))
    }

    fn in_front(&self, plan: Option<PlanRef>) -> Box<dyn Iterator<Item = PlanRef> + '_> {
        if let Some(plans) = &self.plans {
            let to = plan.map_or(plans.len(), |plan| {
                plans.partition_point(|other| *other < plan)
            });
            return Box::new(plans[..to].iter().rev().copied());
        }
        let plans = self.view.register().graph.plans.refs();
        let to = plan.map_or(plans.len(), |plan| plan.index() as usize);
        Box::new(plans.take(to).rev())
    }
}

impl<F, P> ByPlan<'_, F, P> {
    /// What stands in the same plan as a place, as far as it lies on one side of it.
    fn beside<T: Item>(&self, place: &(Key<'_>, T), side: Ordering) -> Vec<(u32, T)>
    where
        F: Fn(PlanRef) -> Vec<(u32, T)>,
    {
        let (Key::Place(plan, position), item) = *place else {
            return vec![];
        };
        let is_chosen = |plans: &Vec<PlanRef>| plans.binary_search(&plan).is_ok();
        if !self.plans.as_ref().is_none_or(is_chosen) {
            return vec![];
        }
        let mut items = (self.of_plan)(plan);
        items.retain(|other| other.cmp(&(position, item)) == side);
        items
    }
}

impl<'v, T: Item + 'v, F, P> List<'v, T> for ByPlan<'v, F, P>
where
    F: Fn(PlanRef) -> Vec<(u32, T)>,
    P: Fn(T) -> Option<(PlanRef, u32)>,
{
    fn key(&self, item: T) -> Key<'v> {
        // A place is no key of another sort, so that the cursor of a foreign item is refused.
        (self.place)(item).map_or(Key::Recorded, |(plan, position)| Key::Place(plan, position))
    }

    fn after<'l>(&'l self, place: Option<&(Key<'v>, T)>) -> Box<dyn Iterator<Item = T> + 'l> {
        let rest = place.map_or_else(Vec::new, |place| self.beside(place, Ordering::Greater));
        let later = self
            .behind(place.and_then(plan_of))
            .flat_map(|plan| (self.of_plan)(plan));
        Box::new(rest.into_iter().chain(later).map(|(_, item)| item))
    }

    fn before<'l>(&'l self, place: Option<&(Key<'v>, T)>) -> Box<dyn Iterator<Item = T> + 'l> {
        let rest = place.map_or_else(Vec::new, |place| self.beside(place, Ordering::Less));
        let earlier = self
            .in_front(place.and_then(plan_of))
            .flat_map(|plan| (self.of_plan)(plan).into_iter().rev());
        let items = rest.into_iter().rev().chain(earlier);
        Box::new(items.map(|(_, item)| item))
    }
}

fn plan_of<T>((key, _): &(Key<'_>, T)) -> Option<PlanRef> {
    match key {
        Key::Place(plan, _) => Some(*plan),
        _ => None,
    }
}
