//! How far tasks have come.

use super::{Valid, View};
use crate::{
    image::{StandingRef, TaskRef},
    time::Seq,
    vocabulary::TaskStatus,
};

impl View {
    /// How far a task has come on the view's day: as the last standing that it had reached by then says, or else as it had
    /// when it was recorded.
    pub fn task_status(&self, task: TaskRef) -> TaskStatus {
        let standings = self.register().graph.task_standings.of(task);
        let reached = standings.filter_map(|standing| {
            let image = self.get(standing)?;
            (image.reached <= self.valid_on()).then_some((image.reached, standing, image.status))
        });
        // Of two on one day, the one recorded last.
        let last = reached.max_by_key(|&(day, standing, _)| (day, standing));
        last.map_or_else(|| self.thing(task).status, |(_, _, status)| status)
    }

    /// The version of a task and its standings: the seq since which this view knows all of them as they are.
    pub fn task_version(&self, task: TaskRef) -> Seq {
        let standings = self.register().graph.task_standings.of(task);
        let standings = standings.map(|standing| self.version(standing)).max();
        self.version(task).max(standings.unwrap_or_default())
    }

    /// The standings of a task, by the day on which they were reached: those reached by the view's day, or all.
    pub fn task_standings(&self, task: TaskRef, valid: Valid) -> Vec<StandingRef> {
        let standings = self.register().graph.task_standings.of(task);
        let listed = standings.filter_map(|standing| {
            let image = self.get(standing)?;
            self.has_come(image.reached, valid)
                .then_some((image.reached, standing))
        });
        let mut listed: Vec<_> = listed.collect();
        listed.sort_unstable();
        listed.into_iter().map(|(_, standing)| standing).collect()
    }
}
