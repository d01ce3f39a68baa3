//! Plans and sections.

use super::{
    citation::Citation,
    clause::Clause,
    connection::{connections, filtered_lists},
    define::{Defaulted, graph_types},
    document::Document,
    gaps::{self, Gaps},
    history::{Version, history},
    id::GlobalId,
    light::Progress,
    list::{All, all},
    matrix::{self, Matrix, MatrixColumnsInput, MatrixRowsInput},
    party::Party,
    period,
    progress_rule::ProgressTerms,
    scalar::{Date, SeqNumber, Shown, date},
    scope::maybe,
    target::{Deadline, Target},
    task::{TaskConnection, TaskFilterInput, TaskList},
    timeline::{self, DutyFlow, TimelinePeriod},
    vocabulary::{Basis, GapKind, PartyKind, PeriodKind, Role, TaskOrder, Valid, WorkloadOrder},
    workload::{PartyWorkloadConnection, WorkloadList},
};
use domain::{
    image::{self, PlanRef, SectionRef, Subject},
    view::{DeadlineFilter, PlanFilter, Words},
    workload::WorkloadFilter,
};
use std::sync::Arc;
use uuid::Uuid;

graph_types! {
    /// 行动计划: a programme that a document sets out, with sections, tasks and a period.
    type Plan(view, plan: PlanRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*plan);
        /// The plan's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*plan);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*plan));
        /// What people call it by: unique in the register.
        code -> &str = view.string(view.thing(*plan).code);
        /// The title.
        title -> &str = view.string(view.thing(*plan).title);
        /// The year it is for, where one is given.
        year -> Option<i16> = view.thing(*plan).year;
        /// The document that sets it out.
        document -> Option<Document> = maybe(view, view.thing(*plan).document);
        /// Who owns the plan as a whole.
        owner -> Option<Party> = maybe(view, view.thing(*plan).owner);
        /// The first day on which it is in force; null if it always was.
        valid_from -> Option<Date> = date(view.thing(*plan).validity.from);
        /// The first day on which it no longer is; null while no end is known.
        valid_to -> Option<Date> = date(view.thing(*plan).validity.to);
        /// The newer plan that takes its place on `validTo`; null where none does.
        superseded_by -> Option<Plan> = maybe(view, view.thing(*plan).superseded_by);
        /// The older plans whose place it takes, each on the older one's `validTo`.
        supersedes -> All<Plan> = all(view, view.plan_supersedes(*plan));
        /// All its sections, in the order of the text.
        sections -> All<Section> = all(view, view.plan_sections(*plan));
        /// The parties with an assignment in it, in directory order: one that holds on the day that is asked about, of a
        /// task that is in force then.
        parties -> All<Party> = all(view, view.plan_parties(*plan));
        /// Every clause of the plan, its sections and its tasks.
        clauses -> All<Clause> = {
            all(view, view.plan_subjects(*plan).into_iter().flat_map(|subject| view.clauses(subject)))
        };
        /// Every target of the plan, its sections and its tasks; `subject` says whose each is.
        targets(
            #[graphql(desc = "Only those of the plan as a whole.", default)]
            own: Defaulted<bool>,
            #[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
        ) -> All<Target> = {
            let subjects = if own.0 { vec![Subject::Plan(*plan)] } else { view.plan_subjects(*plan) };
            all(view, subjects.into_iter().flat_map(|subject| view.targets(subject, valid.0.into())))
        };
        /// The deadlines of the plan as a whole.
        deadlines(#[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>) -> All<Deadline> =
            all(view, view.deadlines(Subject::Plan(*plan), valid.0.into()));
        /// 进度汇总: how far its tasks have come.
        progress -> Progress = Progress::new(view, view.plan_progress(*plan).into());
        /// What falls due when: the deadlines of the plan, its sections and its tasks, period by period.
        timeline(
            #[graphql(desc = "By which periods.")]
            by: PeriodKind,
            #[graphql(desc = "A day of the first period; the day that is asked about if none is given.")]
            from: Option<Date>,
            #[graphql(desc = "How many periods; 12 if no number is given, at most 120.")]
            periods: Option<u16>,
        ) -> All<TimelinePeriod> = {
            let filter = DeadlineFilter { plan: Some(*plan), ..DeadlineFilter::default() };
            timeline::of(view, &filter, period::periods(view, by, from, periods)?)
        };
        /// 职责流转: how duties in it began, ended and passed on, period by period, as far as is known; also in days to come.
        duty_flow(
            #[graphql(desc = "By which periods.")]
            by: PeriodKind,
            #[graphql(desc = "A day of the first period; the day that is asked about if none is given.")]
            from: Option<Date>,
            #[graphql(desc = "How many periods; 12 if no number is given, at most 120.")]
            periods: Option<u16>,
        ) -> All<DutyFlow> = {
            let flows = view.plan_duty_flow(*plan, period::periods(view, by, from, periods)?);
            all(view, flows.into_iter().map(Arc::new))
        };
        /// What holds for its lights and reports: its own rule, or else the register's.
        progress_terms -> ProgressTerms = ProgressTerms::new(view, view.plan_rule(*plan));
        /// 责任矩阵: its tasks by its parties, flat or rolled up.
        matrix(
            #[graphql(desc = "What the rows are; every task in force is one if nothing is said.")]
            rows: Option<MatrixRowsInput>,
            #[graphql(desc = "Only these parties, each with a column even if it stays empty; all with an assignment if none is named.")]
            parties: Option<Vec<GlobalId>>,
            #[graphql(desc = "What the columns are; parties if nothing is said.")]
            columns: Option<MatrixColumnsInput>,
            #[graphql(desc = "The roles that make a cell; all if none is named.")]
            roles: Option<Vec<Role>>,
            #[graphql(desc = "The bases of the assignments that make a cell; all if none is named.")]
            bases: Option<Vec<Basis>>,
            #[graphql(desc = "How many rows, from the start, at most 1000; all of them if no page is asked for.")]
            first: Option<i32>,
            #[graphql(desc = "Only the rows behind this cursor.")]
            after: Option<String>,
            #[graphql(desc = "How many rows, from the end. Excludes `first`.")]
            last: Option<i32>,
            #[graphql(desc = "Only the rows before this cursor.")]
            before: Option<String>,
        ) -> Matrix = matrix::make(view, matrix::Asked {
            plans: vec![*plan], rows, parties, columns, roles, bases, first, after, last, before,
        })?;
        /// 缺口: what it leaves open, each with the words that show it and what would close it.
        gaps(
            #[graphql(desc = "Of one of these kinds; of any if none is named.")]
            kinds: Option<Vec<GapKind>>,
            #[graphql(desc = "From which confidence on a clause is taken to be read right, from 0 to 1; 0.9 if none is given.")]
            sure_from: Option<f64>,
        ) -> Gaps = gaps::gaps(view, (Some(*plan), None, None), kinds, sure_from);
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *plan);
    } paged {
        /// 工作量: the parties that have something to do in it on the day that is asked about, and how much.
        workload(
            #[graphql(desc = "By duties in one of these roles; in any if none is named.")]
            roles: Option<Vec<Role>>,
            #[graphql(desc = "Of parties of one of these kinds; of any if none is named.")]
            kinds: Option<Vec<PartyKind>>,
            #[graphql(desc = "In which order.", default)] order_by: Defaulted<WorkloadOrder>,
        ) -> PartyWorkloadConnection = {
            let filter = WorkloadFilter {
                plan: Some(*plan),
                roles: super::vocabulary::domain(roles),
                kinds: super::vocabulary::domain(kinds),
            };
            WorkloadList { workloads: view.workloads(&filter, order_by.0.into()).into() }
        };
        /// Its tasks.
        tasks(
            #[graphql(desc = "Which of them.")]
            filter: Option<TaskFilterInput>,
            #[graphql(desc = "In which order.", default)] order_by: Defaulted<TaskOrder>,
        ) -> TaskConnection = {
            let filter = domain::view::TaskFilter { plan: Some(*plan), ..super::task::filter(view, filter)? };
            TaskList { filter, order: order_by.0.into() }
        };
    }

    /// 章节: a heading in a plan's tree. Its identity is the whole path of labels, never the bare number.
    type Section(view, section: SectionRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*section);
        /// The section's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*section);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*section));
        /// Its label as written, such as （一）.
        label -> &str = view.string(view.thing(*section).label);
        /// The labels from the top of the plan down to this one.
        path -> Vec<&str> = view.section_labels(*section);
        /// The heading's own words.
        title -> &str = view.string(view.thing(*section).title);
        /// The plan.
        plan -> Plan = Plan::new(view, view.thing(*section).plan);
        /// The heading above it.
        parent -> Option<Section> = maybe(view, view.thing(*section).parent);
        /// The headings directly beneath it, in the order of the text.
        children -> All<Section> = all(view, view.section_children(view.thing(*section).plan, Some(*section)));
        /// The heading in the document.
        citation -> Option<Citation> = maybe(view, view.thing(*section).citation);
        /// The clauses that govern the section as a whole.
        clauses -> All<Clause> = all(view, view.clauses(Subject::Section(*section)));
        /// The targets of the section itself.
        targets(#[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>) -> All<Target> =
            all(view, view.targets(Subject::Section(*section), valid.0.into()));
        /// 进度汇总: how far the tasks in it and beneath it have come.
        progress -> Progress = Progress::new(view, view.section_progress(*section).into());
        /// The deadlines of the section itself.
        deadlines(#[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>) -> All<Deadline> =
            all(view, view.deadlines(Subject::Section(*section), valid.0.into()));
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *section);
    } paged {
        /// The tasks in it and beneath it.
        tasks(
            #[graphql(desc = "Which of them.")]
            filter: Option<TaskFilterInput>,
            #[graphql(desc = "In which order.", default)] order_by: Defaulted<TaskOrder>,
        ) -> TaskConnection = {
            let filter = domain::view::TaskFilter { section: Some(*section), ..super::task::filter(view, filter)? };
            TaskList { filter, order: order_by.0.into() }
        };
    }
}

connections! {
    /// Plans, page by page.
    PlanConnection, PlanEdge: PlanList => Plan;
}

filtered_lists! {
    /// Plans in the order of recording.
    PlanList(PlanFilter) of image::Plan: plan_page, plan_count, plan_cursor;
}

/// Which plans. Everything given must hold.
#[derive(Clone, Debug, Default, async_graphql::InputObject)]
pub(crate) struct PlanFilterInput {
    /// With these words in the title; scripts, widths and letter case make no difference.
    words: Option<String>,
    /// For this year.
    year: Option<i16>,
    /// In force on the day that is asked about (the default), or any.
    valid: Option<Valid>,
}

impl From<PlanFilterInput> for PlanFilter {
    fn from(input: PlanFilterInput) -> Self {
        let PlanFilterInput { words, year, valid } = input;
        Self {
            words: words.as_deref().map(Words::new),
            year,
            document: None,
            valid: valid.map_or_else(Default::default, Into::into),
        }
    }
}
