//! Tasks.

use super::{Moment, chosen, has_words, plain, plan::id, sorted};
use domain::{
    assignment::Assignment,
    clause::{Clause, Subject},
    collation,
    deadline::Deadline,
    id::{PlanId, SectionId, TaskId},
    party::Party,
    plan::Plan,
    register::Register,
    task::Task,
    time::Day,
    view::{TaskFilter, TaskOrder, Valid},
};

impl Moment<'_> {
    pub(crate) fn plan_tasks(&self, plan: PlanId, valid: Valid) -> Vec<TaskId> {
        let tasks = self.lists.known::<Task>();
        let of_it = tasks.filter(|(_, task)| task.plan == plan && self.lists(task.validity, valid));
        sorted(of_it.map(|(id, _)| id), |id| {
            self.lists.thing::<Task>(id).position
        })
    }

    pub(crate) fn tasks(
        &self,
        register: &Register,
        filter: &TaskFilter,
        words: Option<&str>,
        order: TaskOrder,
    ) -> Vec<TaskId> {
        let (plan, section) = (id(register, filter.plan), id(register, filter.section));
        let listed = |(id, task): &(TaskId, &Task)| {
            self.lists(task.validity, filter.valid)
                && has_words(&task.title, words)
                && plan.is_none_or(|plan| task.plan == plan)
                && section.is_none_or(|section| self.task_lies_in(*id, section))
                && chosen(&filter.statuses, &self.task_status(*id))
                && filter
                    .open
                    .is_none_or(|open| self.task_is_open(*id) == open)
                && self.has_assignment(register, *id, filter)
                && (filter.lights.is_empty()
                    || self
                        .task_light(*id)
                        .is_some_and(|light| filter.lights.contains(&light)))
        };
        let tasks = self.lists.known::<Task>().filter(listed).map(|(id, _)| id);
        match order {
            TaskOrder::Position => sorted(tasks, |id| {
                let task = self.lists.thing::<Task>(id);
                let plans = self.lists.ids::<Plan>();
                (
                    plans.into_iter().position(|plan| plan == task.plan),
                    task.position,
                )
            }),
            TaskOrder::Title => {
                let mut tasks: Vec<_> = tasks.collect();
                let title = |id| &self.lists.thing::<Task>(id).title;
                tasks.sort_by(|a, b| collation::compare(title(*a), title(*b)));
                tasks
            }
            TaskOrder::Deadline => sorted(tasks, |id| {
                let last = self.last_day(id);
                (last.is_none(), last)
            }),
        }
    }

    /// The last day of the earliest deadline that counts today.
    fn last_day(&self, task: TaskId) -> Option<Day> {
        let deadlines = self
            .deadlines(Subject::Task(task), Valid::OnDay)
            .into_iter();
        let days = deadlines.filter_map(|id| self.lists.thing::<Deadline>(id).due.date);
        days.map(domain::deadline::DueDate::last_day).min()
    }

    /// All that is asked of an assignment is asked of one and the same.
    fn has_assignment(&self, register: &Register, task: TaskId, filter: &TaskFilter) -> bool {
        let party = id(register, filter.party);
        let asked = party.is_some()
            || !filter.roles.is_empty()
            || !filter.bases.is_empty()
            || !filter.references.is_empty()
            || !filter.kinds.is_empty();
        let fits = |assignment: &Assignment| {
            assignment.task == task
                && self.lists(assignment.validity, filter.valid)
                && party.is_none_or(|party| assignment.party == party)
                && chosen(&filter.roles, &assignment.role)
                && chosen(&filter.bases, &assignment.basis)
                && chosen(&filter.references, &assignment.reference)
                && chosen(
                    &filter.kinds,
                    &self.lists.thing::<Party>(assignment.party).kind,
                )
        };
        !asked
            || self
                .lists
                .known::<Assignment>()
                .any(|(_, assignment)| fits(assignment))
    }

    pub(crate) fn task_is_open(&self, task: TaskId) -> bool {
        let mut clauses = self.lists.known::<Clause>();
        clauses.any(|(_, clause)| clause.subject == Subject::Task(task) && clause.open)
    }

    pub(crate) fn task_lies_in(&self, task: TaskId, section: SectionId) -> bool {
        let own = self.lists.thing::<Task>(task).section;
        own.is_some_and(|own| self.section_path(own).contains(&section))
    }

    /// Of several, the first of the plan.
    pub(crate) fn task_by_path(&self, plan: PlanId, path: &[String]) -> Option<TaskId> {
        let written =
            |path: Vec<String>| -> Vec<String> { path.iter().map(|label| plain(label)).collect() };
        let mut tasks = self.plan_tasks(plan, Valid::Any).into_iter();
        tasks.find(|task| written(self.task_path(*task)) == written(path.to_vec()))
    }
}
