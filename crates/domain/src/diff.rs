//! What is otherwise in one view than in another: of two days, of two states of knowledge, or of both.

use crate::{
    image::{
        Assignment, AssignmentRef, Deadline, Image, PartyName, PartyRef, PlanRef,
        ReorganizationRef, Subject, Target, Task,
    },
    register::Ref,
    time::Validity,
    view::View,
};
use std::collections::BTreeSet;

/// What part of the register is compared: a plan, a party, what a party does in a plan, or the whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiffScope {
    /// In this plan.
    pub plan: Option<PlanRef>,
    /// Of this party: its names, and what it is responsible for.
    pub party: Option<PartyRef>,
}

/// What is otherwise, kind of fact by kind of fact, each in the order of recording.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// Who is responsible for what.
    pub assignments: Vec<Entry<Assignment>>,
    /// What parties are called.
    pub names: Vec<Entry<PartyName>>,
    /// What there is to do.
    pub tasks: Vec<Entry<Task>>,
    /// What is to be reached.
    pub targets: Vec<Entry<Target>>,
    /// By when.
    pub deadlines: Vec<Entry<Deadline>>,
}

/// One thing that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry<I: Image> {
    /// It is so now, and was not before: it began, or has been recorded since.
    Added(Ref<I>),
    /// It was so before and is no longer: it ended.
    Ended(Ref<I>),
    /// A duty passed from one body to another.
    Transferred {
        /// The duty as it was.
        from: Ref<I>,
        /// The duty that continues it.
        to: Ref<I>,
        /// The reorganizations that moved it, the first one first.
        by: Vec<ReorganizationRef>,
    },
    /// What is known of it is otherwise, though the time that it is known of is the same: it was recorded wrongly, or has
    /// been decided otherwise since. Nothing is left of what should never have been recorded.
    Corrected(Ref<I>),
}

/// An image of a fact that holds for a time.
trait Lasting: Image {
    fn validity(&self) -> Validity;
}

macro_rules! lasting {
    ($($image:ty),*) => {
        $(impl Lasting for $image {
            fn validity(&self) -> Validity {
                self.validity
            }
        })*
    };
}

lasting!(Assignment, PartyName, Task, Target, Deadline);

/// What is in `after` and not in `before`, what is no longer, and what is otherwise. Both are views of one register.
pub fn diff(before: &View, after: &View, scope: DiffScope) -> Diff {
    let between = Between { before, after };
    let facts = scope.facts(after);
    Diff {
        assignments: between.duties(facts.assignments, scope),
        names: between.entries(facts.names),
        tasks: between.entries(facts.tasks),
        targets: between.entries(facts.targets),
        deadlines: between.entries(facts.deadlines),
    }
}

/// What is looked at: whatever was ever recorded of a scope.
struct Facts {
    assignments: Vec<AssignmentRef>,
    names: Vec<Ref<PartyName>>,
    tasks: Vec<Ref<Task>>,
    targets: Vec<Ref<Target>>,
    deadlines: Vec<Ref<Deadline>>,
}

impl DiffScope {
    fn facts(self, view: &View) -> Facts {
        let graph = &view.register().graph;
        match (self.plan, self.party) {
            (None, None) => Facts {
                assignments: graph.assignments.refs().collect(),
                names: graph.party_names.refs().collect(),
                tasks: graph.tasks.refs().collect(),
                targets: graph.targets.refs().collect(),
                deadlines: graph.deadlines.refs().collect(),
            },
            (plan, Some(party)) => {
                let assignments = graph.party_assignments.of(party);
                Facts {
                    assignments: assignments
                        .filter(|&assignment| is_known(view, assignment))
                        .filter(|&assignment| self.holds(view, &view.thing(assignment)))
                        .collect(),
                    names: match plan {
                        Some(_) => vec![],
                        None => graph.names_of.of(party).collect(),
                    },
                    tasks: vec![],
                    targets: vec![],
                    deadlines: vec![],
                }
            }
            (Some(plan), None) => {
                let tasks: Vec<_> = graph.plan_tasks.of(plan).collect();
                let sections = graph.plan_sections.of(plan).map(Subject::Section);
                let subjects: Vec<_> = [Subject::Plan(plan)]
                    .into_iter()
                    .chain(sections)
                    .chain(tasks.iter().copied().map(Subject::Task))
                    .collect();
                let of_tasks = |task: &Ref<Task>| graph.task_assignments.of(*task);
                Facts {
                    assignments: in_order(tasks.iter().flat_map(of_tasks)),
                    names: vec![],
                    targets: in_order(subjects.iter().flat_map(|of| graph.targets_of.of(*of))),
                    deadlines: in_order(subjects.iter().flat_map(|of| graph.deadlines_of.of(*of))),
                    tasks,
                }
            }
        }
    }

    /// Whether an assignment is in scope.
    fn holds(self, view: &View, assignment: &Assignment) -> bool {
        self.party.is_none_or(|party| assignment.party == party)
            && self
                .plan
                .is_none_or(|plan| view.thing(assignment.task).plan == plan)
    }
}

/// A relation may name what this value of the register has never heard of.
fn is_known(view: &View, assignment: AssignmentRef) -> bool {
    assignment.index() < view.register().graph.assignments.refs().len() as u32
}

fn in_order<I: Image>(facts: impl Iterator<Item = Ref<I>>) -> Vec<Ref<I>> {
    let mut facts: Vec<_> = facts.collect();
    facts.sort_unstable();
    facts
}

/// How the two sides show one fact.
enum Sides {
    /// Alike, or neither of them does.
    Same,
    Added,
    Ended,
    Corrected,
}

struct Between<'v> {
    before: &'v View,
    after: &'v View,
}

impl Between<'_> {
    fn entries<I: Lasting>(&self, facts: Vec<Ref<I>>) -> Vec<Entry<I>> {
        let entry = |fact| match self.sides(fact) {
            Sides::Same => None,
            Sides::Added => Some(Entry::Added(fact)),
            Sides::Ended => Some(Entry::Ended(fact)),
            Sides::Corrected => Some(Entry::Corrected(fact)),
        };
        facts.into_iter().filter_map(entry).collect()
    }

    /// Assignments: as other facts, but what ended here and began there as the same duty is one entry.
    fn duties(&self, facts: Vec<AssignmentRef>, scope: DiffScope) -> Vec<Entry<Assignment>> {
        let mut entries = self.entries(facts);
        let mut taken = BTreeSet::new();
        for entry in &mut entries {
            let Entry::Added(heir) = *entry else {
                continue;
            };
            let Some((from, by)) = self.origin(heir) else {
                continue;
            };
            taken.insert(from);
            *entry = Entry::Transferred { from, to: heir, by };
        }
        // What ended stands with what continues it; alone, if that is beyond the scope.
        entries.retain_mut(|entry| {
            let Entry::Ended(duty) = *entry else {
                return true;
            };
            if taken.contains(&duty) {
                return false;
            }
            if scope.party.is_some()
                && let Some((to, by)) = self.heir(duty)
            {
                *entry = Entry::Transferred { from: duty, to, by };
            }
            true
        });
        entries
    }

    /// The duty that ended between the views and that this one continues, and what moved it.
    fn origin(&self, heir: AssignmentRef) -> Option<(AssignmentRef, Vec<ReorganizationRef>)> {
        let (mut duty, mut by, mut seen) = (heir, vec![], vec![heir]);
        while let Some(inherits) = self.after.get(duty)?.inherits {
            by.insert(0, inherits.reorganization);
            duty = inherits.assignment;
            // Who corrects what a duty continues may lead it back to itself.
            if seen.contains(&duty) {
                return None;
            }
            seen.push(duty);
            if matches!(self.sides(duty), Sides::Ended) {
                return Some((duty, by));
            }
        }
        None
    }

    /// What continues a duty that ended between the views: there may be several, and the first stands for them.
    fn heir(&self, duty: AssignmentRef) -> Option<(AssignmentRef, Vec<ReorganizationRef>)> {
        let task = self.after.thing(duty).task;
        let candidates = self.after.register().graph.task_assignments.of(task);
        let added = candidates.filter(|&heir| matches!(self.sides(heir), Sides::Added));
        added
            .filter_map(|heir| Some((heir, self.origin(heir)?)))
            .find(|(_, (from, _))| *from == duty)
            .map(|(heir, (_, by))| (heir, by))
    }

    fn sides<I: Lasting>(&self, fact: Ref<I>) -> Sides {
        let (was, is) = (self.before.get(fact), self.after.get(fact));
        let shows = |view: &View, image: &Option<I>| {
            image
                .as_ref()
                .is_some_and(|image| image.validity().contains(view.valid_on()))
        };
        // As is known after, of the day before.
        let then = shows(self.before, &is);
        match (shows(self.before, &was), shows(self.after, &is)) {
            (false, false) => Sides::Same,
            (true, true) if self.is_same(fact) => Sides::Same,
            (false, true) if !(then && was.is_some()) => Sides::Added,
            (true, false) if then => Sides::Ended,
            _ => Sides::Corrected,
        }
    }

    fn is_same<I: Image>(&self, fact: Ref<I>) -> bool {
        self.before.version(fact) == self.after.version(fact)
            || self.before.fact(fact) == self.after.fact(fact)
    }
}
