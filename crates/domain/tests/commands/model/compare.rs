//! What the register says on a day, beside what the model's lists say.

use super::{Listed, State};
use domain::{
    assignment::Assignment,
    clause::Subject,
    command::Lasting,
    deadline::Deadline,
    id::{PartyId, PlanId, ProgressRuleId, TaskId},
    image,
    party::{Party, PartyName},
    plan::{Plan, Section},
    progress::{ProgressReport, Reported},
    progress_rule::ProgressRule,
    register::Ref,
    reorganization::Reorganization,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    time::Day,
    view::{ReportFilter, Valid, View},
    vocabulary::ReorganizationKind,
};
use std::collections::BTreeSet;

impl State {
    /// Every fact, its version, and every list on the view's day.
    pub(crate) fn compare(&self, view: &View) {
        self.facts::<Party>(view);
        self.facts::<PartyName>(view);
        self.facts::<Plan>(view);
        self.facts::<Section>(view);
        self.facts::<Task>(view);
        self.facts::<Assignment>(view);
        self.facts::<Deadline>(view);
        self.facts::<Target>(view);
        self.facts::<Reorganization>(view);
        self.facts::<Standing>(view);
        self.facts::<ProgressReport>(view);
        self.facts::<SupervisionCase>(view);
        self.facts::<ProgressRule>(view);
        for id in self.parties.keys() {
            let party = view.find::<image::Party>(*id).unwrap();
            assert_eq!(Some(view.party_version(party)), self.version((*id).into()));
            let names = view.party_names(party, Valid::OnDay);
            self.list::<PartyName>(view, names, |name| name.party == *id);
            self.successors(view, *id, party);
        }
        for id in self.plans.keys() {
            let plan = view.find::<image::Plan>(*id).unwrap();
            let tasks = view.plan_tasks(plan, Valid::OnDay);
            self.list::<Task>(view, tasks, |task| task.plan == *id);
            self.statements(view, Subject::Plan(*id), image::Subject::Plan(plan));
            let older = view.plan_supersedes(plan).into_iter();
            let older: Vec<PlanId> = older.map(|it| view.id(it)).collect();
            let plans = self.plans.iter();
            let expected = plans.filter(|(_, it)| it.superseded_by == Some(*id));
            assert!(older.iter().eq(expected.map(|(id, _)| id)), "{id}");
            let rule = view.plan_rule(plan).map(|rule| view.id(rule));
            assert_eq!(rule, self.rule(*id, view.valid_on()), "{id}");
        }
        for id in self.sections.keys() {
            let section = view.find::<image::Section>(*id).unwrap();
            let subject = image::Subject::Section(section);
            self.statements(view, Subject::Section(*id), subject);
        }
        for id in self.tasks.keys() {
            let task = view.find::<image::Task>(*id).unwrap();
            assert_eq!(Some(view.task_version(task)), self.version((*id).into()));
            let assignments = view.task_assignments(task, Valid::OnDay);
            self.list::<Assignment>(view, assignments, |assignment| assignment.task == *id);
            self.statements(view, Subject::Task(*id), image::Subject::Task(task));
            let status = self.status(*id, view.valid_on()).unwrap();
            assert_eq!(
                view.task_status(task),
                status,
                "{id} on {}",
                view.valid_on()
            );
            let reports = view.report_count(&ReportFilter {
                task: Some(task),
                ..ReportFilter::default()
            });
            assert_eq!(
                reports,
                self.reports_on(*id, view),
                "{id} on {}",
                view.valid_on()
            );
        }
        for (id, case) in &self.cases {
            let found = view.find::<image::SupervisionCase>(*id).unwrap();
            let taken = case.steps.iter().filter(|it| it.day <= view.valid_on());
            assert_eq!(
                view.case_stage(found),
                taken.max_by_key(|it| it.stage).map(|it| it.stage)
            );
        }
    }

    /// The rule that holds for a plan on a day: its own, or else that of the register.
    fn rule(&self, plan: PlanId, on: Day) -> Option<ProgressRuleId> {
        let of = |plan: Option<PlanId>| {
            let mut rules = self.rules.iter();
            rules.find(|(_, it)| it.plan == plan && it.validity.from <= on && on < it.validity.to)
        };
        of(Some(plan)).or_else(|| of(None)).map(|(id, _)| *id)
    }

    /// How many reports on a task, and on its targets, had been given by the view's day.
    fn reports_on(&self, task: TaskId, view: &View) -> usize {
        let is_its = |report: &&ProgressReport| match report.about {
            Reported::Task(it) => it == task,
            Reported::Target(it) => self.targets[&it].subject == Subject::Task(task),
        };
        let reports = self.reports.values().filter(is_its);
        reports.filter(|it| it.reported <= view.valid_on()).count()
    }

    /// Those who came after a body by the view's day: not by taking over duties of one that goes on.
    fn successors(&self, view: &View, id: PartyId, party: image::PartyRef) {
        let found = view.party_successors(party, Valid::OnDay).into_iter();
        let found: BTreeSet<PartyId> = found.map(|it| view.id(it)).collect();
        let reorganizations = self.reorganizations.values().filter(|it| {
            it.kind != ReorganizationKind::Transfer
                && it.effective <= view.valid_on()
                && it.from.contains(&id)
        });
        let after = reorganizations.flat_map(|it| it.to.clone());
        let after: BTreeSet<PartyId> = after.filter(|after| *after != id).collect();
        assert_eq!(found, after, "{id} on {}", view.valid_on());
    }

    /// Every fact of a kind that ever was is as the model has it, and of the same version.
    fn facts<F: Listed>(&self, view: &View) {
        for (id, version) in &self.versions {
            let held = F::list(self).get(&F::Id::from(*id));
            let found = view.register().find::<F::Image>(F::Id::from(*id));
            let known = found.and_then(|found| view.fact(found));
            assert_eq!(
                known.as_ref(),
                held,
                "{id} at {} on {}",
                view.seq(),
                view.valid_on()
            );
            if let Some(found) = found {
                assert_eq!(view.version(found), *version, "{id}");
            }
        }
    }

    fn list<F: Listed + Lasting>(
        &self,
        view: &View,
        listed: Vec<Ref<F::Image>>,
        is_its: impl Fn(&F) -> bool,
    ) {
        let listed: BTreeSet<F::Id> = listed.into_iter().map(|it| view.id(it)).collect();
        let on_day = F::list(self).iter().filter(|(_, fact)| {
            let validity = fact.validity();
            is_its(fact) && validity.from <= view.valid_on() && view.valid_on() < validity.to
        });
        let expected: BTreeSet<F::Id> = on_day.map(|(id, _)| *id).collect();
        assert_eq!(listed, expected, "at {} on {}", view.seq(), view.valid_on());
    }

    fn statements(&self, view: &View, subject: Subject, found: image::Subject) {
        let deadlines = view.deadlines(found, Valid::OnDay);
        self.list::<Deadline>(view, deadlines, |it| it.subject == subject);
        let targets = view.targets(found, Valid::OnDay);
        self.list::<Target>(view, targets, |it| it.subject == subject);
    }
}
