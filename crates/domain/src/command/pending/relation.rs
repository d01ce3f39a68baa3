//! The lists of things, as the commands before leave them.

use super::Pending;
use crate::{
    assignment::Assignment,
    change::{Fact, Thing},
    clause::{Clause, Subject},
    deadline::Deadline,
    id::{
        AssignmentId, ClauseId, DeadlineId, PartyId, PartyNameId, PlanId, ProgressReportId,
        ProgressRuleId, ReorganizationId, SectionId, StandingId, SupervisionCaseId, TargetId,
        TaskId,
    },
    image,
    party::{Party, PartyName},
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    register::{Graph, Ref},
    reorganization::Reorganization,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    view::Valid,
};

impl Pending<'_> {
    /// The assignments of a task, whenever they hold.
    pub fn task_assignments(&self, task: TaskId) -> Vec<(AssignmentId, Assignment)> {
        self.about(Thing::of::<Task>(task), |graph| {
            let task = self.view().find::<image::Task>(task)?;
            Some(graph.task_assignments.of(task).collect())
        })
    }

    /// All parties.
    pub fn parties(&self) -> impl Iterator<Item = Party> {
        let held = self.view().known::<image::Party>();
        let held = held.map(|(party, _)| self.view().id(party));
        let new = self.touched_of::<Party>();
        held.chain(new).filter_map(|party| self.get(party))
    }

    /// The assignments of a party, whenever they hold.
    pub fn party_assignments(&self, party: PartyId) -> Vec<(AssignmentId, Assignment)> {
        self.about(Thing::of::<Party>(party), |graph| {
            let party = self.view().find::<image::Party>(party)?;
            Some(graph.party_assignments.of(party).collect())
        })
    }

    /// The names of a party, whenever they hold.
    pub fn party_names(&self, party: PartyId) -> Vec<(PartyNameId, PartyName)> {
        self.about(Thing::of::<Party>(party), |graph| {
            let party = self.view().find::<image::Party>(party)?;
            Some(graph.names_of.of(party).collect())
        })
    }

    /// The parties directly under a party.
    pub fn party_children(&self, party: PartyId) -> Vec<(PartyId, Party)> {
        self.about(Thing::of::<Party>(party), |graph| {
            let party = self.view().find::<image::Party>(party)?;
            Some(graph.party_children.of(party).collect())
        })
    }

    /// The sections of a plan.
    pub fn plan_sections(&self, plan: PlanId) -> Vec<(SectionId, Section)> {
        self.about(Thing::of::<Plan>(plan), |graph| {
            let plan = self.view().find::<image::Plan>(plan)?;
            Some(graph.plan_sections.of(plan).collect())
        })
    }

    /// The tasks of a plan, whenever they are in force.
    pub fn plan_tasks(&self, plan: PlanId) -> Vec<(TaskId, Task)> {
        self.about(Thing::of::<Plan>(plan), |graph| {
            let plan = self.view().find::<image::Plan>(plan)?;
            Some(graph.plan_tasks.of(plan).collect())
        })
    }

    /// The sections directly under a section.
    pub fn section_children(&self, section: SectionId) -> Vec<(SectionId, Section)> {
        self.about(Thing::of::<Section>(section), |graph| {
            let section = self.view().find::<image::Section>(section)?;
            let plan = self.view().thing(section).plan;
            Some(graph.plan_sections.of(plan).collect())
        })
    }

    /// The tasks directly in a section, whenever they are in force.
    pub fn section_tasks(&self, section: SectionId) -> Vec<(TaskId, Task)> {
        self.about(Thing::of::<Section>(section), |graph| {
            let section = self.view().find::<image::Section>(section)?;
            let plan = self.view().thing(section).plan;
            Some(graph.plan_tasks.of(plan).collect())
        })
    }

    /// The standings of a task.
    pub fn task_standings(&self, task: TaskId) -> Vec<(StandingId, Standing)> {
        self.about(Thing::of::<Task>(task), |graph| {
            let task = self.view().find::<image::Task>(task)?;
            Some(graph.task_standings.of(task).collect())
        })
    }

    /// The reports on a task as a whole.
    pub fn task_reports(&self, task: TaskId) -> Vec<(ProgressReportId, ProgressReport)> {
        self.about(Thing::of::<Task>(task), |graph| {
            let task = self.view().find::<image::Task>(task)?;
            Some(graph.task_reports.of(task).collect())
        })
    }

    /// The reports on a target.
    pub fn target_reports(&self, target: TargetId) -> Vec<(ProgressReportId, ProgressReport)> {
        self.about(Thing::of::<Target>(target), |graph| {
            let target = self.view().find::<image::Target>(target)?;
            Some(graph.target_reports.of(target).collect())
        })
    }

    /// The reports of a party.
    pub fn party_reports(&self, party: PartyId) -> Vec<(ProgressReportId, ProgressReport)> {
        self.about(Thing::of::<Party>(party), |graph| {
            let party = self.view().find::<image::Party>(party)?;
            Some(graph.party_reports.of(party).collect())
        })
    }

    /// The cases in which parties are held to a task.
    pub fn task_cases(&self, task: TaskId) -> Vec<(SupervisionCaseId, SupervisionCase)> {
        self.about(Thing::of::<Task>(task), |graph| {
            let task = self.view().find::<image::Task>(task)?;
            Some(graph.task_cases.of(task).collect())
        })
    }

    /// The cases in which a party is held to a task, or has taken a step.
    pub fn party_cases(&self, party: PartyId) -> Vec<(SupervisionCaseId, SupervisionCase)> {
        self.all(|case: &SupervisionCase| {
            case.party == party || case.steps.iter().any(|step| step.party == Some(party))
        })
    }

    /// The reorganizations that a party was there before or after.
    pub fn party_reorganizations(&self, party: PartyId) -> Vec<(ReorganizationId, Reorganization)> {
        self.all(|it: &Reorganization| it.from.contains(&party) || it.to.contains(&party))
    }

    /// The rules of a plan, or those that are of none, whenever they hold.
    pub fn progress_rules(&self, plan: Option<PlanId>) -> Vec<(ProgressRuleId, ProgressRule)> {
        let view = self.view();
        let held = view.progress_rules(Valid::Any).into_iter();
        let mut ids: Vec<ProgressRuleId> = held.map(|rule| view.id(rule)).collect();
        ids.extend(self.touched_of::<ProgressRule>());
        ids.sort_unstable();
        ids.dedup();
        let known = ids
            .into_iter()
            .filter_map(|id| Some((id, self.get::<ProgressRule>(id)?)));
        known.filter(|(_, rule)| rule.plan == plan).collect()
    }

    /// The plans that a party owns.
    pub fn party_plans(&self, party: PartyId) -> Vec<(PlanId, Plan)> {
        let plans = || self.view().known::<image::Plan>().map(|(plan, _)| plan);
        self.about(Thing::of::<Party>(party), |_| Some(plans().collect()))
    }

    /// The plans whose place a plan takes.
    pub fn plan_supersedes(&self, plan: PlanId) -> Vec<(PlanId, Plan)> {
        self.all(|older: &Plan| older.superseded_by == Some(plan))
    }

    /// The plans that are called by a code.
    pub fn plans_called(&self, code: &str) -> Vec<PlanId> {
        let graph = &self.view().register().graph;
        let held = graph.by_plan_code.find(code).into_iter();
        let held = held.filter(|&plan| self.view().get(plan).is_some());
        let mut plans: Vec<PlanId> = held.map(|plan| self.view().id(plan)).collect();
        plans.extend(self.touched_of::<Plan>());
        plans.retain(|&plan| self.get::<Plan>(plan).is_some_and(|plan| plan.code == code));
        plans
    }

    /// The clauses that govern a subject.
    pub fn clauses(&self, subject: Subject) -> Vec<(ClauseId, Clause)> {
        self.about(subject.thing(), |graph| {
            Some(graph.clauses_of.of(self.subject(subject)?))
        })
    }

    /// The deadlines of a subject, whenever they hold.
    pub fn deadlines(&self, subject: Subject) -> Vec<(DeadlineId, Deadline)> {
        self.about(subject.thing(), |graph| {
            Some(graph.deadlines_of.of(self.subject(subject)?))
        })
    }

    /// The targets of a subject, whenever they hold.
    pub fn targets(&self, subject: Subject) -> Vec<(TargetId, Target)> {
        self.about(subject.thing(), |graph| {
            Some(graph.targets_of.of(self.subject(subject)?))
        })
    }

    /// A subject that the register held before the first command.
    fn subject(&self, subject: Subject) -> Option<image::Subject> {
        Some(match subject {
            Subject::Plan(plan) => image::Subject::Plan(self.view().find(plan)?),
            Subject::Section(section) => image::Subject::Section(self.view().find(section)?),
            Subject::Task(task) => image::Subject::Task(self.view().find(task)?),
        })
    }

    /// The facts of a kind of which something is so, each once: for what no relation leads to.
    fn all<F: Fact>(&self, is_so: impl Fn(&F) -> bool) -> Vec<(F::Id, F)> {
        let held = self.view().known::<F::Image>();
        let held = held.map(|(fact, _)| self.view().id(fact));
        let mut ids: Vec<F::Id> = held.chain(self.touched_of::<F>()).collect();
        ids.sort_unstable();
        ids.dedup();
        let facts = ids.into_iter().filter_map(|id| Some((id, self.get(id)?)));
        facts.filter(|(_, fact)| is_so(fact)).collect()
    }

    /// The facts of a kind that are about a thing, in the order of their ids: those that the register's relation leads
    /// to, and those that commands have made so.
    pub(in crate::command) fn about<F: Fact>(
        &self,
        thing: Thing,
        held: impl FnOnce(&Graph) -> Option<Vec<Ref<F::Image>>>,
    ) -> Vec<(F::Id, F)> {
        let view = self.view();
        let held = held(&view.register().graph).unwrap_or_default();
        let held = held.into_iter().filter(|&fact| view.get(fact).is_some());
        let mut ids: Vec<F::Id> = held.map(|fact| view.id(fact)).collect();
        let made = self.about.get(&thing).into_iter().flatten();
        ids.extend(
            made.filter(|made| made.kind == F::KIND)
                .map(|made| F::Id::from(made.id)),
        );
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter()
            .filter_map(|id| Some((id, self.get::<F>(id)?)))
            .filter(|(_, fact)| fact.is_about(thing))
            .collect()
    }
}
