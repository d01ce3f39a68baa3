//! The rows of a load, plan by plan.

use super::{Absent, AssignmentRow, LoadContext, PlanRow, TaskRow};
use crate::{image, view::View};
use rustc_hash::FxHashMap;
use uuid::Uuid;

/// What a load says of one plan.
#[derive(Clone, Debug, Default)]
pub struct PlanRows {
    /// The source's key of the plan.
    pub key: String,
    /// The plan itself, if the load lists it.
    pub plan: Option<PlanRow>,
    /// Its tasks.
    pub tasks: Vec<TaskRow>,
    /// The assignments of its tasks.
    pub assignments: Vec<AssignmentRow>,
}

impl PlanRows {
    /// Groups rows by plan: those that the load lists, in its order; then those that it only adds to, and where the
    /// absent end, those that it says nothing of.
    pub fn group(
        plans: Vec<PlanRow>,
        tasks: Vec<TaskRow>,
        assignments: Vec<AssignmentRow>,
        context: &LoadContext,
        view: &View,
    ) -> Vec<Self> {
        let origins = &context.origins;
        let mut groups = Groups::default();
        for row in plans {
            let place = groups.place(&row.key);
            groups.in_order[place].plan = Some(row);
        }
        let mut plan_of_task: FxHashMap<String, usize> = FxHashMap::default();
        for row in tasks {
            let place = groups.place(&row.plan);
            plan_of_task.insert(row.key.clone(), place);
            groups.in_order[place].tasks.push(row);
        }
        let known: FxHashMap<Uuid, &str> = origins
            .keys::<image::Plan>()
            .map(|(key, id)| (id, key))
            .collect();
        let plan_before = |task: &str| {
            let task = origins.find::<image::Task>(task)?;
            let task = view.register().find::<image::Task>(task)?;
            let plan = view.id(view.thing(task).plan);
            known.get(&plan.into()).copied()
        };
        for row in assignments {
            let place = plan_of_task.get(&row.task).copied();
            let place = place.or_else(|| Some(groups.place(plan_before(&row.task)?)));
            if let Some(place) = place {
                groups.in_order[place].assignments.push(row);
            }
        }
        if context.absent == Absent::End {
            let mut rest: Vec<&str> = known.into_values().collect();
            rest.sort_unstable();
            for key in rest {
                groups.place(key);
            }
        }
        groups.in_order
    }

    /// The long texts that a load of these rows keeps beside the log: what the tasks say.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.tasks.iter().filter_map(|row| row.body.as_deref())
    }
}

/// Rows by plan, in the order in which the plans are first spoken of.
#[derive(Default)]
struct Groups {
    in_order: Vec<PlanRows>,
    by_key: FxHashMap<String, usize>,
}

impl Groups {
    /// Where the rows of the plan with this key are.
    fn place(&mut self, key: &str) -> usize {
        if let Some(place) = self.by_key.get(key) {
            return *place;
        }
        let place = self.in_order.len();
        self.by_key.insert(key.to_owned(), place);
        self.in_order.push(PlanRows {
            key: key.to_owned(),
            ..PlanRows::default()
        });
        place
    }
}
