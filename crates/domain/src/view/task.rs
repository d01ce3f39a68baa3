//! Tasks.

use super::{ByPlan, Valid, View, Words};
use crate::{
    image::{Assignment, AssignmentRef, PartyRef, PlanRef, SectionRef, Subject, Task, TaskRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    vocabulary::{Basis, Light, PartyKind, Reference, Role, TaskStatus},
};

/// Which tasks. What is said of an assignment must be true of one and the same assignment of the task.
#[derive(Clone, Debug, Default)]
pub struct TaskFilter {
    /// Of this plan.
    pub plan: Option<PlanRef>,
    /// In this section or beneath it.
    pub section: Option<SectionRef>,
    /// How far they have come; any if none is named.
    pub statuses: Vec<TaskStatus>,
    /// With one of these lights on the view's day; any or none if none is named.
    pub lights: Vec<Light>,
    /// With these words in the title.
    pub words: Option<Words>,
    /// With a clause of its own whose list is open (等), or without one.
    pub open: Option<bool>,
    /// With an assignment to this party.
    pub party: Option<PartyRef>,
    /// With an assignment in one of these roles.
    pub roles: Vec<Role>,
    /// With an assignment on one of these bases.
    pub bases: Vec<Basis>,
    /// With an assignment that refers to its party so.
    pub references: Vec<Reference>,
    /// With an assignment to a party of one of these kinds.
    pub kinds: Vec<PartyKind>,
    /// In force on the view's day, or any; of assignments, too.
    pub valid: Valid,
}

impl TaskFilter {
    /// Whether a task's status and validity tell whether it is meant.
    fn asks_of_the_task_alone(&self) -> bool {
        let Self {
            plan: None,
            section: None,
            statuses: _,
            lights,
            words: None,
            open: None,
            party: None,
            roles,
            bases,
            references,
            kinds,
            valid: _,
        } = self
        else {
            return false;
        };
        lights.is_empty()
            && roles.is_empty()
            && bases.is_empty()
            && references.is_empty()
            && kinds.is_empty()
    }
}

/// The order of a list of tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskOrder {
    /// By plan, then as the plan has them.
    #[default]
    Position,
    /// By title, in pinyin order.
    Title,
    /// By the last day of the earliest deadline; those without one last.
    Deadline,
}

impl View {
    /// A page of tasks.
    pub fn task_page(
        &self,
        filter: &TaskFilter,
        order: TaskOrder,
        request: &PageRequest,
    ) -> Result<Page<Task>, BadPage> {
        let plan = self.task_filter_plan(filter);
        if order == TaskOrder::Position && (plan.is_some() || filter.party.is_none()) {
            let of_plan = |plan| self.plan_tasks_meant(plan, filter);
            let place = |task: TaskRef| {
                let image = self.thing(task);
                Some((image.plan, image.position))
            };
            let plans = plan.map(|plan| vec![plan]);
            return page::page(self, &ByPlan::new(self, plans, of_plan, place), request);
        }
        let tasks = self
            .task_candidates(filter)
            .unwrap_or_else(|| self.known::<Task>().map(|(task, _)| task).collect());
        let tasks = tasks
            .into_iter()
            .filter(|&task| self.task_matches(task, filter));
        let list = Sorted::new(tasks, move |task| self.task_key(order, task));
        page::page(self, &list, request)
    }

    /// Where a task stands in a list in this order.
    pub fn task_cursor(&self, order: TaskOrder, task: TaskRef) -> Cursor {
        page::cursor(
            self,
            &Sorted::new(std::iter::empty(), move |task| self.task_key(order, task)),
            task,
        )
    }

    /// How many tasks.
    pub fn task_count(&self, filter: &TaskFilter) -> usize {
        let matches = |task: &TaskRef| self.task_matches(*task, filter);
        if let Some(tasks) = self.task_candidates(filter) {
            return tasks.into_iter().filter(matches).count();
        }
        let tasks = &self.register().graph.tasks;
        let scan = || tasks.refs().filter(matches).count();
        // A task that has come further than it had when it was recorded says so in its standings.
        let has_standings = self.register().graph.standings.refs().len() > 0;
        let asks_of_standings = has_standings && !filter.statuses.is_empty();
        if asks_of_standings || !filter.asks_of_the_task_alone() {
            return scan();
        }
        let question = format!(
            "{:?} {:?} {:?}",
            filter.statuses,
            filter.valid,
            self.valid_on()
        );
        let answers = |image: &Task| {
            self.lists(image.validity, filter.valid)
                && (filter.statuses.is_empty() || filter.statuses.contains(&image.status))
        };
        tasks.count(question, self.seq(), answers, scan)
    }

    /// The tasks of a plan, in the order of the plan.
    pub fn plan_tasks(&self, plan: PlanRef, valid: Valid) -> Vec<TaskRef> {
        let placed = self.plan_tasks_placed(plan, |_, image| self.lists(image.validity, valid));
        placed.into_iter().map(|(_, task)| task).collect()
    }

    /// The tasks of a plan that a filter means, in the order of the plan, each with its place there.
    pub(crate) fn plan_tasks_meant(
        &self,
        plan: PlanRef,
        filter: &TaskFilter,
    ) -> Vec<(u32, TaskRef)> {
        self.plan_tasks_placed(plan, |task, image| self.task_is_meant(task, image, filter))
    }

    /// Those tasks of a plan that are meant, in the order of the plan, each with its place there.
    fn plan_tasks_placed(
        &self,
        plan: PlanRef,
        is_meant: impl Fn(TaskRef, &Task) -> bool,
    ) -> Vec<(u32, TaskRef)> {
        let placed = |task: TaskRef| {
            let image = self.get(task)?;
            is_meant(task, &image).then_some((image.position, task))
        };
        let tasks = self.register().graph.plan_tasks.of(plan);
        let mut tasks: Vec<_> = tasks.filter_map(placed).collect();
        tasks.sort_unstable();
        tasks
    }

    /// The task of a plan at a path of labels, such as 四, （一）, 1.
    pub fn task_find_by_path(&self, plan: PlanRef, path: &[String]) -> Option<TaskRef> {
        let folded = |label: &str| crate::fold::fold(label);
        let wanted: Vec<_> = path.iter().map(|label| folded(label)).collect();
        let at_path = |&task: &TaskRef| {
            self.task_path(task)
                .into_iter()
                .map(folded)
                .eq(wanted.iter().cloned())
        };
        self.plan_tasks(plan, Valid::Any).into_iter().find(at_path)
    }

    /// Whether a task stands in a section or beneath it.
    pub fn task_lies_in(&self, task: TaskRef, section: SectionRef) -> bool {
        self.thing(task)
            .section
            .is_some_and(|own| self.section_lies_in(own, section))
    }

    /// The tasks that a filter can only mean, where it names something with few of them.
    fn task_candidates(&self, filter: &TaskFilter) -> Option<Vec<TaskRef>> {
        if let Some(plan) = self.task_filter_plan(filter) {
            return Some(self.plan_tasks(plan, Valid::Any));
        }
        Some(self.party_tasks(filter.party?))
    }

    /// The only plan whose tasks a filter can mean, where it names one or a section.
    fn task_filter_plan(&self, filter: &TaskFilter) -> Option<PlanRef> {
        let section = filter.section.map(|section| self.thing(section).plan);
        section.or(filter.plan)
    }

    /// Every task that a party was ever given, as far as this view knows, each once.
    pub(crate) fn party_tasks(&self, party: PartyRef) -> Vec<TaskRef> {
        let assignments = self.register().graph.party_assignments.of(party);
        let mut tasks: Vec<_> = assignments
            .filter_map(|assignment| Some(self.get(assignment)?.task))
            .collect();
        tasks.sort_unstable();
        tasks.dedup();
        tasks
    }

    fn task_matches(&self, task: TaskRef, filter: &TaskFilter) -> bool {
        self.get(task)
            .is_some_and(|image| self.task_is_meant(task, &image, filter))
    }

    fn task_is_meant(&self, task: TaskRef, image: &Task, filter: &TaskFilter) -> bool {
        self.lists(image.validity, filter.valid)
            && filter.plan.is_none_or(|plan| image.plan == plan)
            && filter
                .section
                .is_none_or(|section| self.task_lies_in(task, section))
            && (filter.statuses.is_empty() || filter.statuses.contains(&self.task_status(task)))
            && filter
                .words
                .as_ref()
                .is_none_or(|words| words.are_in(self.text(image.title)))
            && filter
                .open
                .is_none_or(|open| self.task_is_open(task) == open)
            && self.task_has_assignment(task, filter)
            && (filter.lights.is_empty()
                || self
                    .task_light(task)
                    .is_some_and(|light| filter.lights.contains(&light)))
    }

    /// Whether a clause of the task itself leaves its list open.
    pub fn task_is_open(&self, task: TaskRef) -> bool {
        self.clauses(Subject::Task(task))
            .into_iter()
            .any(|clause| self.thing(clause).open)
    }

    fn task_has_assignment(&self, task: TaskRef, filter: &TaskFilter) -> bool {
        let TaskFilter {
            party,
            roles,
            bases,
            references,
            kinds,
            valid,
            ..
        } = filter;
        if party.is_none()
            && roles.is_empty()
            && bases.is_empty()
            && references.is_empty()
            && kinds.is_empty()
        {
            return true;
        }
        let fits = |image: Assignment| {
            self.lists(image.validity, *valid)
                && party.is_none_or(|party| image.party == party)
                && (roles.is_empty() || roles.contains(&image.role))
                && (bases.is_empty() || bases.contains(&image.basis))
                && (references.is_empty() || references.contains(&image.reference))
                && (kinds.is_empty() || kinds.contains(&self.thing(image.party).kind))
        };
        let mut assignments = self.register().graph.task_assignments.of(task);
        assignments.any(|assignment: AssignmentRef| self.get(assignment).is_some_and(fits))
    }

    fn task_key(&self, order: TaskOrder, task: TaskRef) -> Key<'_> {
        let image = self.thing(task);
        match order {
            TaskOrder::Position => Key::Place(image.plan, image.position),
            TaskOrder::Title => Key::Text(self.text(image.title).into()),
            TaskOrder::Deadline => {
                let deadlines = self
                    .deadlines(Subject::Task(task), Valid::OnDay)
                    .into_iter();
                let days = deadlines.filter_map(|deadline| {
                    Some(self.thing(deadline).due.date?.last_day().number())
                });
                Key::Number(days.min().map_or(i64::MAX, i64::from))
            }
        }
    }
}
