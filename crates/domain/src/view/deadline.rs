//! Deadlines of the register, of a plan or of a party, by the day on which they fall due.

use super::{Valid, View};
use crate::{
    calendar::Period,
    image::{Deadline, DeadlineRef, PartyRef, PlanRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    time::Day,
    vocabulary::Light,
};

/// Which deadlines. Only those that count on the view's day are listed.
#[derive(Clone, Debug, Default)]
pub struct DeadlineFilter {
    /// Of this plan, its sections and its tasks.
    pub plan: Option<PlanRef>,
    /// That govern a task for which this party is responsible on the view's day.
    pub party: Option<PartyRef>,
    /// Whose last day is this one or later.
    pub from: Option<Day>,
    /// Whose last day is before this one.
    pub to: Option<Day>,
    /// With one of these lights on the view's day; any or none if none is named.
    pub lights: Vec<Light>,
    /// That were met by the view's day, or were not.
    pub met: Option<bool>,
}

/// What falls due in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Falling {
    /// The period.
    pub period: Period,
    /// How many deadlines have their last day in it.
    pub deadlines: u32,
    /// How many of them were met by the view's day.
    pub met: u32,
    lights: [u32; Light::ALL.len()],
}

impl Falling {
    /// How many of them have this light on the view's day.
    pub fn with_light(&self, light: Light) -> u32 {
        self.lights[light as usize]
    }
}

impl View {
    /// A page of deadlines, by their last days; those without one stand last.
    pub fn deadline_page(
        &self,
        filter: &DeadlineFilter,
        request: &PageRequest,
    ) -> Result<Page<Deadline>, BadPage> {
        let listed = self.deadlines_meant(filter).into_iter();
        let key = |deadline| self.deadline_key(deadline);
        page::page(self, &Sorted::new(listed, key), request)
    }

    /// Where a deadline stands in the list.
    pub fn deadline_cursor(&self, deadline: DeadlineRef) -> Cursor {
        let key = |deadline| self.deadline_key(deadline);
        page::cursor(self, &Sorted::new(std::iter::empty(), key), deadline)
    }

    /// How many deadlines.
    pub fn deadline_count(&self, filter: &DeadlineFilter) -> usize {
        self.deadlines_meant(filter).len()
    }

    /// All of the list at once.
    pub fn deadline_list(&self, filter: &DeadlineFilter) -> Vec<DeadlineRef> {
        let listed = self.deadlines_meant(filter).into_iter();
        Sorted::new(listed, |deadline| self.deadline_key(deadline)).into_items()
    }

    /// What falls due in each of so many periods, from one on.
    pub fn falling_due(
        &self,
        filter: &DeadlineFilter,
        (first, count): (Period, u16),
    ) -> Vec<Falling> {
        let falling = |period| Falling {
            period,
            deadlines: 0,
            met: 0,
            lights: [0; Light::ALL.len()],
        };
        let mut periods: Vec<_> = first.and_on(count).map(falling).collect();
        for deadline in self.deadlines_meant(filter) {
            let last = self.deadline_last_day(deadline);
            let period = last.and_then(|day| Period::of(first.kind(), day));
            let at = period.and_then(|period| usize::try_from(period.since(first)).ok());
            let Some(falling) = at.and_then(|at| periods.get_mut(at)) else {
                continue;
            };
            falling.deadlines += 1;
            falling.met += u32::from(self.deadline_fulfilled(deadline).is_some());
            if let Some(light) = self.deadline_light(deadline) {
                falling.lights[light as usize] += 1;
            }
        }
        periods
    }

    fn deadlines_meant(&self, filter: &DeadlineFilter) -> Vec<DeadlineRef> {
        let mut deadlines: Vec<DeadlineRef> = match (filter.party, filter.plan) {
            (Some(party), _) => self.party_deadlines(party),
            (None, Some(plan)) => {
                let subjects = self.plan_subjects(plan).into_iter();
                subjects
                    .flat_map(|subject| self.deadlines(subject, Valid::OnDay))
                    .collect()
            }
            (None, None) => {
                let known = self.known::<Deadline>();
                let counts = known.filter(|(_, it)| self.lists(it.validity, Valid::OnDay));
                counts.map(|(deadline, _)| deadline).collect()
            }
        };
        deadlines.retain(|&deadline| self.deadline_is_meant(deadline, filter));
        deadlines
    }

    fn deadline_is_meant(&self, deadline: DeadlineRef, filter: &DeadlineFilter) -> bool {
        let in_time = || {
            let last = self.deadline_last_day(deadline);
            filter
                .from
                .is_none_or(|from| last.is_some_and(|last| from <= last))
                && filter
                    .to
                    .is_none_or(|to| last.is_some_and(|last| last < to))
        };
        let in_plan = |plan| self.subject_plan(self.thing(deadline).subject) == plan;
        filter.plan.is_none_or(in_plan)
            && in_time()
            && filter
                .met
                .is_none_or(|met| self.deadline_fulfilled(deadline).is_some() == met)
            && (filter.lights.is_empty()
                || self
                    .deadline_light(deadline)
                    .is_some_and(|light| filter.lights.contains(&light)))
    }

    /// The deadlines that govern the tasks for which a party is responsible on the view's day, each once.
    fn party_deadlines(&self, party: PartyRef) -> Vec<DeadlineRef> {
        let assignments = self.register().graph.party_assignments.of(party);
        let tasks = assignments.filter_map(|assignment| {
            let image = self.get(assignment)?;
            self.lists(image.validity, Valid::OnDay)
                .then_some(image.task)
        });
        let mut tasks: Vec<_> = tasks
            .filter(|&task| {
                self.get(task)
                    .is_some_and(|image| self.lists(image.validity, Valid::OnDay))
            })
            .collect();
        tasks.sort_unstable();
        tasks.dedup();
        let governing = tasks
            .into_iter()
            .flat_map(|task| self.task_governing_deadlines(task));
        let mut deadlines: Vec<_> = governing.collect();
        deadlines.sort_unstable();
        deadlines.dedup();
        deadlines
    }

    fn deadline_key(&self, deadline: DeadlineRef) -> Key<'_> {
        let last = self.deadline_last_day(deadline);
        Key::Number(last.map_or(i64::MAX, |day| day.number().into()))
    }
}
