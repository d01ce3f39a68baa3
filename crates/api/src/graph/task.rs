//! Tasks.

use super::{
    assignment::Assignment,
    clause::Clause,
    connection::{Listed, connections},
    define::{Defaulted, graph_types},
    history::{Version, history},
    id::GlobalId,
    light::TaskProgress,
    list::{All, One, all, one},
    lookup,
    plan::{Plan, Section},
    progress::{ProgressReportConnection, ReportList},
    scalar::{Date, SeqNumber, Shown, date},
    scope::{Scope, Seen, maybe},
    standing::Standing,
    supervision::{CaseList, SupervisionCaseConnection},
    target::{Deadline, Target},
    vocabulary::{
        Basis, CaseStage, Light, PartyKind, Reference, Role, TaskStatus, Valid, domain as words_of,
    },
};
use domain::{
    image::{self, Subject, TaskRef},
    page::{BadPage, Cursor, Page, PageRequest},
    view::{CaseFilter, ReportFilter, TaskFilter, TaskOrder, View, Words},
};
use uuid::Uuid;

graph_types! {
    /// 重点任务: a unit of work that somebody answers for.
    type Task(view, task: TaskRef => Seen<image::Task>) {
        /// The global id.
        id -> GlobalId = view.global_id(task.at);
        /// The task's own key, the same in every view.
        key -> Shown<Uuid> = view.key(task.at);
        /// The version of the task and its status: the seq since which both are known as they are.
        version -> SeqNumber = SeqNumber(view.task_version(task.at));
        /// Its label as written, such as 1, or the code that another register gives it.
        label -> &str = view.string(task.label);
        /// The labels from the top of the plan down to this one.
        path -> Vec<&str> = view.task_path(task.at);
        /// The heading's own words.
        title -> &str = view.string(task.title);
        /// Its place among all tasks of the plan, counted from 0.
        position -> u32 = task.position;
        /// How far it has come on the day that is asked about.
        status -> TaskStatus = view.task_status(task.at).into();
        /// How far it had come from which day on, by the days: those reached by the day that is asked about, or all.
        standings(#[graphql(desc = "Reached by the day that is asked about, or any.", default)] valid: Defaulted<Valid>) -> All<Standing> =
            all(view, view.task_standings(task.at, valid.0.into()));
        /// 红黄绿灯: how it stands on the day that is asked about; null where it is not in force, or superseded.
        light -> Option<Light> = view.task_light(task.at).map(Light::from);
        /// Why it stands so, the deadlines that govern it, and who has not reported.
        progress -> TaskProgress = TaskProgress::new(view, task.at);
        /// The plan.
        plan -> One<'_, Plan> = one(view, task.plan);
        /// The section it stands in.
        section -> Option<Section> = maybe(view, task.section);
        /// The first day on which it is in force; null if it always was.
        valid_from -> Option<Date> = date(task.validity.from);
        /// The first day on which it no longer is; null while no end is known.
        valid_to -> Option<Date> = date(task.validity.to);
        /// Who is responsible, in the order of the text.
        assignments(
            #[graphql(desc = "In one of these roles; in any if none is named.")]
            roles: Option<Vec<Role>>,
            #[graphql(desc = "On one of these bases; on any if none is named.")]
            bases: Option<Vec<Basis>>,
            #[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
        ) -> All<Assignment> = {
            let (roles, bases) = (words_of(roles), words_of(bases));
            let shown = |image: &image::Assignment| {
                (roles.is_empty() || roles.contains(&image.role)) && (bases.is_empty() || bases.contains(&image.basis))
            };
            let seen = view.task_assignments_seen(task.at, valid.0.into()).into_iter();
            all(view, seen.filter(|(_, image)| shown(image)).map(|(at, image)| Seen { at, image }))
        };
        /// Whether a clause of it leaves its list of parties open (等、有关).
        open -> bool = view.task_is_open(task.at);
        /// The clauses that state who is responsible, in the order of the text.
        clauses -> All<Clause> = all(view, view.clauses(Subject::Task(task.at)));
        /// The figures to be reached, in the order of the text.
        targets(#[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>) -> All<Target> =
            all(view, view.targets(Subject::Task(task.at), valid.0.into()));
        /// By when it is to be done.
        deadlines(#[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>) -> All<Deadline> =
            all(view, view.deadlines(Subject::Task(task.at), valid.0.into()));
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, task.at);
    } paged {
        /// What parties report on it and on its targets, by the day on which they did.
        reports(
            #[graphql(desc = "Of this party.")]
            party: Option<GlobalId>,
            #[graphql(desc = "Given by the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
        ) -> ProgressReportConnection = {
            let filter = ReportFilter {
                task: Some(task.at),
                target: None,
                party: lookup::one(view, "party", party)?,
                valid: valid.0.into(),
            };
            ReportList { filter }
        };
        /// The cases in which parties are held to it, by the day on which they were opened.
        cases(
            #[graphql(desc = "That have come to one of these stages on the day that is asked about; to any if none is named.")]
            stages: Option<Vec<CaseStage>>,
            #[graphql(desc = "Opened by the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
        ) -> SupervisionCaseConnection = {
            let filter = CaseFilter {
                task: Some(task.at),
                party: None,
                stages: words_of(stages),
                overdue: None,
                valid: valid.0.into(),
            };
            CaseList { filter }
        };
    } stored {
        /// What it says, in the document's own characters or as it was entered.
        body -> Option<String> = view.body(task.at).await;
    }
}

connections! {
    /// Tasks, page by page.
    TaskConnection, TaskEdge: TaskList => Task;
}

/// Tasks in an order.
#[derive(Clone, Debug)]
pub(crate) struct TaskList {
    pub(crate) filter: TaskFilter,
    pub(crate) order: TaskOrder,
}

impl Listed for TaskList {
    type Image = image::Task;
    fn page(&self, view: &View, request: &PageRequest) -> Result<Page<image::Task>, BadPage> {
        view.task_page(&self.filter, self.order, request)
    }
    fn count(&self, view: &View) -> usize {
        view.task_count(&self.filter)
    }
    fn cursor(&self, view: &View, task: TaskRef) -> Cursor {
        view.task_cursor(self.order, task)
    }
}

/// Which tasks. Everything given must hold; what is said of an assignment, of one and the same assignment.
#[derive(Clone, Debug, Default, async_graphql::InputObject)]
pub(crate) struct TaskFilterInput {
    /// Of this plan.
    plan: Option<GlobalId>,
    /// In this section or beneath it.
    section: Option<GlobalId>,
    /// How far they have come: one of these.
    statuses: Option<Vec<TaskStatus>>,
    /// How they stand: with one of these lights.
    lights: Option<Vec<Light>>,
    /// With these words in the title; scripts, widths and letter case make no difference.
    words: Option<String>,
    /// Whether a clause leaves its list of parties open (等、有关).
    open: Option<bool>,
    /// With an assignment to this party.
    party: Option<GlobalId>,
    /// With an assignment in one of these roles.
    roles: Option<Vec<Role>>,
    /// With an assignment on one of these bases.
    bases: Option<Vec<Basis>>,
    /// With an assignment that refers to its party in one of these ways.
    references: Option<Vec<Reference>>,
    /// With an assignment to a party of one of these kinds.
    kinds: Option<Vec<PartyKind>>,
    /// In force on the day that is asked about (the default), or any; of assignments, too.
    valid: Option<Valid>,
}

/// The filter that an input means in a scope.
pub(crate) fn filter(
    scope: &Scope,
    input: Option<TaskFilterInput>,
) -> async_graphql::Result<TaskFilter> {
    let input = input.unwrap_or_default();
    Ok(TaskFilter {
        plan: lookup::one(scope, "filter.plan", input.plan)?,
        section: lookup::one(scope, "filter.section", input.section)?,
        statuses: words_of(input.statuses),
        lights: words_of(input.lights),
        words: input.words.as_deref().map(Words::new),
        open: input.open,
        party: lookup::one(scope, "filter.party", input.party)?,
        roles: words_of(input.roles),
        bases: words_of(input.bases),
        references: words_of(input.references),
        kinds: words_of(input.kinds),
        valid: input.valid.map_or_else(Default::default, Into::into),
    })
}
