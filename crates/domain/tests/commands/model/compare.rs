//! What the register says on a day, beside what the model's lists say.

use super::{Listed, State};
use domain::{
    assignment::Assignment,
    clause::Subject,
    command::Lasting,
    deadline::Deadline,
    image,
    party::{Party, PartyName},
    plan::{Plan, Section},
    register::Ref,
    target::Target,
    task::Task,
    view::{Valid, View},
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
        for id in self.parties.keys() {
            let party = view.find::<image::Party>(*id).unwrap();
            assert_eq!(Some(view.party_version(party)), self.version((*id).into()));
            let names = view.party_names(party, Valid::OnDay);
            self.list::<PartyName>(view, names, |name| name.party == *id);
        }
        for id in self.plans.keys() {
            let plan = view.find::<image::Plan>(*id).unwrap();
            let tasks = view.plan_tasks(plan, Valid::OnDay);
            self.list::<Task>(view, tasks, |task| task.plan == *id);
            self.statements(view, Subject::Plan(*id), image::Subject::Plan(plan));
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
        }
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
