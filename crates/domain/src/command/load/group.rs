//! The rows of a load, plan by plan.

use super::{AssignmentRow, LoadContext, PlanRow, TaskRow};
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
    /// The long texts that a load of these rows keeps beside the log: what the tasks say.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.tasks.iter().filter_map(|row| row.body.as_deref())
    }
}

/// The plans that a source loaded before: rows of a load may belong to one that the load does not list.
#[derive(Debug)]
pub struct PlansBefore<'a> {
    context: &'a LoadContext,
    view: &'a View,
    keys: FxHashMap<Uuid, String>,
}

impl LoadContext {
    /// The plans that the source loaded before, as `view` knows them.
    pub fn plans_before<'a>(&'a self, view: &'a View) -> PlansBefore<'a> {
        let plans = self.origins.keys::<image::Plan>();
        PlansBefore {
            context: self,
            view,
            keys: plans.map(|(key, id)| (id, key.into_owned())).collect(),
        }
    }
}

impl PlansBefore<'_> {
    /// The key of the plan to which the task with this key belongs, if the source loaded both.
    pub fn plan_of_task(&self, task: &str) -> Option<&str> {
        let task = self.context.origins.find::<image::Task>(task)?;
        let task = self.view.register().find::<image::Task>(task)?;
        let plan = self.view.id(self.view.thing(task).plan);
        self.keys.get(&plan.into()).map(String::as_str)
    }

    /// The keys of all of them, in order.
    pub fn into_keys(self) -> Vec<String> {
        let mut keys: Vec<String> = self.keys.into_values().collect();
        keys.sort_unstable();
        keys
    }
}
