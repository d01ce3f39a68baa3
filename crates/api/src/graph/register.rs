//! The register: the root in time.

use super::{
    define::{Defaulted, graph_types, graph_values},
    diff::{self, MomentInput, RegisterDiff},
    document::{DocumentConnection, DocumentList},
    draft::{self, Draft, DraftConnection},
    gaps::{self, Gaps},
    id::GlobalId,
    list::{All, all},
    log::{self, ChangesetConnection, ChangesetFilterInput},
    lookup,
    matrix::{self, Matrix, MatrixColumnsInput, MatrixRowsInput},
    party::{self, Party, PartyConnection, PartyFilterInput, PartyList},
    period,
    place::{self, Place, PlaceConnection, PlaceFilterInput, PlaceList},
    plan::{Plan, PlanConnection, PlanFilterInput, PlanList},
    progress::{MissingReportConnection, MissingReportList, ProgressReportConnection, ReportList},
    progress_rule::{ProgressRule, ProgressTerms},
    reorganization::{ReorganizationConnection, ReorganizationList},
    scalar::{Date, DateTime, SeqNumber},
    scope::maybe,
    sharing::{CoResponsibility, DistrictsByAgencies, Network, Sharing},
    supervision::{CaseList, SupervisionCaseConnection},
    task::{self, Task, TaskConnection, TaskFilterInput, TaskList},
    timeline::{self, DeadlineConnection, DeadlineList, TimelinePeriod},
    vocabulary::{
        Basis, CaseStage, DraftState, GapKind, Light, PartyKind, PartyOrder, PeriodKind,
        ReorganizationKind, Role, TaskOrder, Valid, WorkloadOrder, domain as words_of,
    },
    workload::{PartyWorkloadConnection, WorkloadList},
};
use domain::{
    diff::DiffScope,
    missing::MissingFilter,
    page::MAX_SIZE,
    sharing::{NetworkRequest, SharingScope},
    view::{
        CaseFilter, DeadlineFilter, DocumentFilter, ReorganizationFilter, ReportFilter, View, Words,
    },
    workload::WorkloadFilter,
};

graph_types! {
    /// 责任台账: everything one government keeps, as it was known at one time and asked about one day. Everything
    /// beneath lives in that view.
    type Register(view, _register: ()) {
        /// What the register is called by.
        code -> &str = &view.store.summary().code;
        /// Its name.
        name -> &str = &view.store.summary().name;
        /// The day and the time that the answer is for: the same `asOf` always gives the same answer.
        as_of -> AsOf = as_of(&view.view);
        /// The plan that is called by this code.
        plan(#[graphql(desc = "What the plan is called by.")] code: String) -> Option<Plan> = maybe(view, view.plan_find_by_code(&code));
        /// The task at a path of labels, such as `["四", "（一）", "1"]`, in the plan that is called by this code. Widths
        /// of brackets make no difference.
        task(
            #[graphql(desc = "What the plan is called by.")]
            plan: String,
            #[graphql(desc = "The labels from the top of the plan down to the task.")]
            path: Vec<String>,
        ) -> Option<Task> = {
            let plan = view.plan_find_by_code(&plan);
            maybe(view, plan.and_then(|plan| view.task_find_by_path(plan, &path)))
        };
        /// The parties called so, by an official, short or former name; scripts and widths make no difference. There
        /// are several where bodies of different places share a name. The name of a body that is over on the day that is
        /// asked about finds those that stand for it by then.
        party(#[graphql(desc = "The whole name.")] name: String) -> All<Party> = all(view, view.party_find_by_name(&name));
        /// The place with this administrative division code (GB/T 2260).
        place(#[graphql(desc = "The division code, such as 120101.")] code: String) -> Option<Place> = maybe(view, view.place_find_by_code(&code));
        /// 责任矩阵: tasks by parties, flat or rolled up, of a plan, of several, or of everything. A matrix of more than
        /// 100000 rows and assignments is refused: ask for a page of its rows.
        matrix(
            #[graphql(desc = "Of this plan.")]
            plan: Option<GlobalId>,
            #[graphql(desc = "Of these plans; of all of them if none is named.")]
            plans: Option<Vec<GlobalId>>,
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
        ) -> Matrix = {
            let mut chosen = lookup::each(view, "plans", plans)?;
            chosen.extend(lookup::one(view, "plan", plan)?);
            matrix::make(view, matrix::Asked {
                plans: chosen, rows, parties, columns, roles, bases, first, after, last, before,
            })?
        };
        /// 缺口: what plans leave open, each with the words that show it and what would close it: of a plan, a section or a
        /// party, or of all plans in force.
        gaps(
            #[graphql(desc = "Of this plan.")]
            plan: Option<GlobalId>,
            #[graphql(desc = "Of what stands in this section or beneath it.")]
            section: Option<GlobalId>,
            #[graphql(desc = "Of the tasks in which this party has a role; of assignments, only its own.")]
            party: Option<GlobalId>,
            #[graphql(desc = "Of one of these kinds; of any if none is named.")]
            kinds: Option<Vec<GapKind>>,
            #[graphql(desc = "From which confidence on a clause is taken to be read right, from 0 to 1; 0.9 if none is given.")]
            sure_from: Option<f64>,
        ) -> Gaps = {
            let part = (
                lookup::one(view, "plan", plan)?,
                lookup::one(view, "section", section)?,
                lookup::one(view, "party", party)?,
            );
            gaps::gaps(view, part, kinds, sure_from)
        };
        /// 共同负责: who shares tasks with whom, in a plan or in the register; all, or only with one party.
        co_responsibility(
            #[graphql(desc = "In this plan.")]
            plan: Option<GlobalId>,
            #[graphql(desc = "With this party.")]
            party: Option<GlobalId>,
            #[graphql(desc = "How many tasks two parties share at least; 1 if no number is given.")]
            min: Option<u32>,
        ) -> CoResponsibility = {
            let scope = SharingScope {
                plan: lookup::one(view, "plan", plan)?,
                party: lookup::one(view, "party", party)?,
            };
            CoResponsibility::new(view, Sharing { scope, min: min.unwrap_or(1) })
        };
        /// The network of those who share tasks, in a plan or in the register, with its communities and go-betweens.
        network(
            #[graphql(desc = "Of this plan.")]
            plan: Option<GlobalId>,
            #[graphql(desc = "How many tasks two parties share at least, to be joined; 1 if no number is given.")]
            min: Option<u32>,
            #[graphql(desc = "How many edges to show, the strongest; 200 if no number is given, at most 1000.")]
            first: Option<usize>,
        ) -> Network = {
            let request = NetworkRequest {
                plan: lookup::one(view, "plan", plan)?,
                min: min.unwrap_or(1),
                first: first.unwrap_or(200).min(MAX_SIZE as usize),
            };
            Network::new(view, view.network(&request).into())
        };
        /// Which governments of districts share tasks with which agencies, in a plan or in the register.
        districts_by_agencies(
            #[graphql(desc = "In this plan.")]
            plan: Option<GlobalId>,
        ) -> DistrictsByAgencies = {
            let plan = lookup::one(view, "plan", plan)?;
            DistrictsByAgencies::new(view, view.districts_by_agencies(plan).into())
        };
        /// What is otherwise in this view than in another: what there was then and is no longer, what there is now, which
        /// duties passed on and which plans gave way to others, and what is known otherwise. Of a plan, of a party, of what
        /// a party does in a plan, or of the whole register, which takes as long as it has facts.
        diff(
            #[graphql(desc = "The view to compare with; what it does not name is as in this view.")]
            from: MomentInput,
            #[graphql(desc = "In this plan.")]
            plan: Option<GlobalId>,
            #[graphql(desc = "Of this party.")]
            party: Option<GlobalId>,
        ) -> RegisterDiff = {
            let part = DiffScope {
                plan: lookup::one(view, "plan", plan)?,
                party: lookup::one(view, "party", party)?,
            };
            diff::compare(view, from, part)?
        };
        /// What falls due when: the deadlines that count on the day that is asked about, period by period. Of a plan with
        /// its sections and tasks, of the tasks of a party, or of the whole register, which takes as long as it has deadlines.
        timeline(
            #[graphql(desc = "By which periods.")]
            by: PeriodKind,
            #[graphql(desc = "A day of the first period; the day that is asked about if none is given.")]
            from: Option<Date>,
            #[graphql(desc = "How many periods; 12 if no number is given, at most 120.")]
            periods: Option<u16>,
            #[graphql(desc = "Of this plan.")]
            plan: Option<GlobalId>,
            #[graphql(desc = "That govern a task for which this party is responsible.")]
            party: Option<GlobalId>,
        ) -> All<TimelinePeriod> = {
            let filter = DeadlineFilter {
                plan: lookup::one(view, "plan", plan)?,
                party: lookup::one(view, "party", party)?,
                ..DeadlineFilter::default()
            };
            let periods = period::periods(view, by, from, periods)?;
            timeline::of(view, &filter, periods)
        };
        /// What holds for lights and reports of plans without a rule of their own.
        progress_terms -> ProgressTerms = ProgressTerms::new(view, view.register_rule());
        /// The rules that the office has set for lights and reports: the register's, then those of plans.
        progress_rules(#[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>) -> All<ProgressRule> =
            all(view, view.progress_rules(valid.0.into()));
    } paged {
        /// Plans, in the order of recording.
        plans(
            #[graphql(desc = "Which of them.")]
            filter: Option<PlanFilterInput>,
        ) -> PlanConnection = {
            PlanList { filter: filter.unwrap_or_default().into() }
        };
        /// Tasks of all plans.
        tasks(
            #[graphql(desc = "Which of them.")]
            filter: Option<TaskFilterInput>,
            #[graphql(desc = "In which order.", default)] order_by: Defaulted<TaskOrder>,
        ) -> TaskConnection = {
            TaskList { filter: task::filter(view, filter)?, order: order_by.0.into() }
        };
        /// Parties.
        parties(
            #[graphql(desc = "Which of them.")]
            filter: Option<PartyFilterInput>,
            #[graphql(desc = "In which order.", default)] order_by: Defaulted<PartyOrder>,
        ) -> PartyConnection = {
            PartyList { filter: party::filter(view, filter)?, order: order_by.0.into() }
        };
        /// Documents, in the order of recording.
        documents(
            #[graphql(desc = "With these words in the title; scripts, widths and letter case make no difference.")]
            words: Option<String>,
        ) -> DocumentConnection = {
            DocumentList { filter: DocumentFilter { words: words.as_deref().map(Words::new) } }
        };
        /// Reorganizations, by the day from which on they are in effect.
        reorganizations(
            #[graphql(desc = "Of one of these kinds; of any if none is named.")]
            kinds: Option<Vec<ReorganizationKind>>,
            #[graphql(desc = "That this party is before or after.")]
            party: Option<GlobalId>,
            #[graphql(desc = "In effect on the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
        ) -> ReorganizationConnection = {
            let filter = ReorganizationFilter {
                kinds: words_of(kinds),
                party: lookup::one(view, "party", party)?,
                valid: valid.0.into(),
            };
            ReorganizationList { filter }
        };
        /// What parties report, by the day on which they did.
        progress_reports(
            #[graphql(desc = "Of this party.")]
            party: Option<GlobalId>,
            #[graphql(desc = "Given by the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
        ) -> ProgressReportConnection = {
            let filter = ReportFilter {
                party: lookup::one(view, "party", party)?,
                valid: valid.0.into(),
                ..ReportFilter::default()
            };
            ReportList { filter }
        };
        /// Deadlines that count on the day that is asked about, by their last days; those without one stand last.
        deadlines(
            #[graphql(desc = "Of this plan, its sections and its tasks.")]
            plan: Option<GlobalId>,
            #[graphql(desc = "That govern a task for which this party is responsible.")]
            party: Option<GlobalId>,
            #[graphql(desc = "Whose last day is this one or later.")]
            from: Option<Date>,
            #[graphql(desc = "Whose last day is before this one.")]
            to: Option<Date>,
            #[graphql(desc = "With one of these lights; with any or none if none is named.")]
            lights: Option<Vec<Light>>,
            #[graphql(desc = "That were met by the day that is asked about, or were not.")]
            met: Option<bool>,
        ) -> DeadlineConnection = {
            let filter = DeadlineFilter {
                plan: lookup::one(view, "plan", plan)?,
                party: lookup::one(view, "party", party)?,
                from: from.map(|day| day.0),
                to: to.map(|day| day.0),
                lights: words_of(lights),
                met,
            };
            DeadlineList { filter }
        };
        /// 应报未报: the duties whose parties have not reported for the period that was due, by plan, then as the plan has their
        /// tasks; of each task and party one.
        missing_reports(
            #[graphql(desc = "On tasks of this plan.")]
            plan: Option<GlobalId>,
            #[graphql(desc = "Of this party.")]
            party: Option<GlobalId>,
        ) -> MissingReportConnection = {
            let filter = MissingFilter {
                plan: lookup::one(view, "plan", plan)?,
                party: lookup::one(view, "party", party)?,
            };
            MissingReportList { filter }
        };
        /// 工作量: the parties that have something to do on the day that is asked about, and how much. It looks at every task of
        /// the plan, or of the register.
        workload(
            #[graphql(desc = "In this plan.")]
            plan: Option<GlobalId>,
            #[graphql(desc = "By duties in one of these roles; in any if none is named.")]
            roles: Option<Vec<Role>>,
            #[graphql(desc = "Of parties of one of these kinds; of any if none is named.")]
            kinds: Option<Vec<PartyKind>>,
            #[graphql(desc = "In which order.", default)] order_by: Defaulted<WorkloadOrder>,
        ) -> PartyWorkloadConnection = {
            let filter = WorkloadFilter {
                plan: lookup::one(view, "plan", plan)?,
                roles: words_of(roles),
                kinds: words_of(kinds),
            };
            WorkloadList { workloads: view.workloads(&filter, order_by.0.into()).into() }
        };
        /// The cases in which parties are held to tasks, by the day on which they were opened.
        supervision_cases(
            #[graphql(desc = "In which this party is held to a task.")]
            party: Option<GlobalId>,
            #[graphql(desc = "That have come to one of these stages on the day that is asked about; to any if none is named.")]
            stages: Option<Vec<CaseStage>>,
            #[graphql(desc = "Whose answer is overdue on the day that is asked about, or is not.")]
            overdue: Option<bool>,
            #[graphql(desc = "Opened by the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
        ) -> SupervisionCaseConnection = {
            let filter = CaseFilter {
                task: None,
                party: lookup::one(view, "party", party)?,
                stages: words_of(stages),
                overdue,
                valid: valid.0.into(),
            };
            CaseList { filter }
        };
        /// Places, by division code.
        places(
            #[graphql(desc = "Which of them.")]
            filter: Option<PlaceFilterInput>,
        ) -> PlaceConnection = {
            PlaceList { filter: place::filter(view, filter)? }
        };
    } stored {
        /// Drafts under review, in the order in which they were made. They are as they are now, whatever time is asked
        /// about; at most 100 come on a page.
        drafts(
            #[graphql(desc = "In this state; in any if none is named.")]
            state: Option<DraftState>,
            #[graphql(desc = "How many, from the start of the list; 50 if no number is given.")]
            first: Option<i32>,
            #[graphql(desc = "Only what stands behind this cursor.")]
            after: Option<String>,
            #[graphql(desc = "How many, from the end of the list. Excludes `first`.")]
            last: Option<i32>,
            #[graphql(desc = "Only what stands before this cursor.")]
            before: Option<String>,
        ) -> DraftConnection = draft::drafts(view, state, (first, after), (last, before)).await;
        /// The draft with this key.
        draft(#[graphql(desc = "The draft's key.")] key: String) -> Option<Draft> = draft::draft(view, &key).await;
        /// The log: every changeset known, oldest first.
        changes(
            #[graphql(desc = "Which of them.")]
            filter: Option<ChangesetFilterInput>,
            #[graphql(desc = "How many, from the start of the log; 50 if no number is given, at most 1000.")]
            first: Option<i32>,
            #[graphql(desc = "Only those after this seq.")]
            after: Option<String>,
            #[graphql(desc = "How many, from the end of the log. Excludes `first`.")]
            last: Option<i32>,
            #[graphql(desc = "Only those before this seq.")]
            before: Option<String>,
        ) -> ChangesetConnection = log::page(view, filter, (first, after), (last, before)).await;
    }
}

graph_values! {
    /// The two clocks of an answer.
    value AsOf {
        /// Valid time: the day that was asked about.
        valid_on: Date,
        /// Known time: the last changeset that shows.
        seq: SeqNumber,
        /// When that changeset was recorded; null for a register without any.
        known_at: Option<DateTime>,
    }
}

/// What an answer from this view is for.
pub(crate) fn as_of(view: &View) -> AsOf {
    AsOf {
        valid_on: Date(view.valid_on()),
        seq: SeqNumber(view.seq()),
        known_at: view.known_at().map(DateTime),
    }
}
