//! When the register changed what it knows: the seqs of the changesets that are about something.

use super::View;
use crate::{
    image::{Image, PartyRef, PlanRef, Subject, TaskRef},
    register::Ref,
    time::Seq,
};

impl View {
    /// The changesets that changed a fact, in the order of the log.
    pub fn fact_changes<I: Image>(&self, fact: Ref<I>) -> Vec<Seq> {
        let mut changes = Changes::of(self);
        changes.add(fact);
        changes.in_order()
    }

    /// The changesets that changed a party, what it is called, what it is responsible for, what it reports, to what it is
    /// held, or how it was reorganized.
    pub fn party_changes(&self, party: PartyRef) -> Vec<Seq> {
        let graph = &self.register().graph;
        let mut changes = Changes::of(self);
        changes.add(party);
        changes.add_all(graph.names_of.of(party));
        changes.add_all(graph.party_assignments.of(party));
        changes.add_all(graph.party_reports.of(party));
        for case in graph.party_cases.of(party) {
            changes.add_while(case, |image| image.party == party);
        }
        let after = graph.reorganizations_to.of(party);
        for reorganization in graph.reorganizations_from.of(party).chain(after) {
            changes.add_while(reorganization, |image| {
                image.from.contains(&party) || image.to.contains(&party)
            });
        }
        changes.in_order()
    }

    /// The changesets that changed a task, who is responsible for it, what is stated of it, or how far it has come.
    pub fn task_changes(&self, task: TaskRef) -> Vec<Seq> {
        let mut changes = Changes::of(self);
        changes.add_task(task);
        changes.in_order()
    }

    /// The changesets that changed a plan or anything in it.
    pub fn plan_changes(&self, plan: PlanRef) -> Vec<Seq> {
        let graph = &self.register().graph;
        let mut changes = Changes::of(self);
        changes.add(plan);
        changes.add_all(graph.plan_rules.of(plan));
        changes.add_subject(Subject::Plan(plan));
        for section in graph.plan_sections.of(plan) {
            changes.add(section);
            changes.add_subject(Subject::Section(section));
        }
        for task in graph.plan_tasks.of(plan) {
            changes.add_task(task);
        }
        changes.in_order()
    }
}

/// The seqs of versions, as far as a view knows them.
struct Changes<'v> {
    view: &'v View,
    seqs: Vec<Seq>,
}

impl<'v> Changes<'v> {
    fn of(view: &'v View) -> Self {
        Self { view, seqs: vec![] }
    }

    fn add<I: Image>(&mut self, fact: Ref<I>) {
        let versions = I::table(&self.view.register().graph).versions(fact);
        let known = versions.map(|version| version.since);
        self.seqs
            .extend(known.filter(|since| *since <= self.view.seq()));
    }

    fn add_all<I: Image>(&mut self, facts: impl IntoIterator<Item = Ref<I>>) {
        for fact in facts {
            self.add(fact);
        }
    }

    /// Adds the versions of which something is so, and those by which it ceased to be.
    fn add_while<I: Image>(&mut self, fact: Ref<I>, is_so: impl Fn(&I) -> bool) {
        let versions = I::table(&self.view.register().graph).versions(fact);
        let mut versions: Vec<_> = versions
            .map(|version| (version.since, version.held.as_ref().is_some_and(&is_so)))
            .collect();
        versions.reverse();
        let mut was = false;
        for (since, is) in versions {
            if (was || is) && since <= self.view.seq() {
                self.seqs.push(since);
            }
            was = is;
        }
    }

    fn add_task(&mut self, task: TaskRef) {
        self.add(task);
        let graph = &self.view.register().graph;
        self.add_all(graph.task_assignments.of(task));
        self.add_all(graph.task_standings.of(task));
        self.add_all(graph.task_reports.of(task));
        self.add_all(graph.task_cases.of(task));
        self.add_subject(Subject::Task(task));
    }

    fn add_subject(&mut self, subject: Subject) {
        let graph = &self.view.register().graph;
        self.add_all(graph.clauses_of.of(subject));
        for target in graph.targets_of.of(subject) {
            self.add(target);
            self.add_all(graph.target_reports.of(target));
        }
        self.add_all(graph.deadlines_of.of(subject));
    }

    fn in_order(mut self) -> Vec<Seq> {
        self.seqs.sort_unstable();
        self.seqs.dedup();
        self.seqs
    }
}
