//! What is otherwise in one view than in another: of two days, of two states of knowledge, or of both.

use crate::{
    image::{
        Assignment, AssignmentRef, Deadline, Image, PartyName, PartyRef, PlanRef, ProgressReport,
        Reorganization, ReorganizationRef, Reported, Standing, Subject, SupervisionCase, Target,
        Task,
    },
    register::{Graph, Ref},
    supervision,
    time::{Day, Validity},
    view::View,
};
use std::collections::BTreeSet;

/// What part of the register is compared: a plan, a party, what a party does in a plan, or the whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiffScope {
    /// In this plan.
    pub plan: Option<PlanRef>,
    /// Of this party: its names, what it is responsible for, what it reports, the cases against it, and how it was
    /// reorganized.
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
    /// How far tasks have come.
    pub standings: Vec<Entry<Standing>>,
    /// What was reported.
    pub reports: Vec<Entry<ProgressReport>>,
    /// Who is held to what.
    pub cases: Vec<Entry<SupervisionCase>>,
    /// Which bodies became which.
    pub reorganizations: Vec<Entry<Reorganization>>,
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
    /// It went on in between: a case took steps.
    Advanced(Ref<I>),
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

/// An image of what happens on a day, and has happened ever after.
macro_rules! happening {
    ($($image:ident: |$it:ident| $day:expr,)*) => {
        $(impl Lasting for $image {
            fn validity(&self) -> Validity {
                let $it = self;
                Validity::since($day)
            }
        })*
    };
}

happening! {
    Standing: |it| it.reached,
    ProgressReport: |it| it.reported,
    SupervisionCase: |it| it.steps.first().map_or(Day::BEGINNING, |step| step.day),
    Reorganization: |it| it.effective,
}

/// What is in `after` and not in `before`, what is no longer, and what is otherwise. Both are views of one register.
pub fn diff(before: &View, after: &View, scope: DiffScope) -> Diff {
    let between = &Between { before, after };
    let facts = scope.facts(between);
    Diff {
        assignments: between.duties(facts.assignments, scope),
        names: between.entries(facts.names),
        tasks: between.entries(facts.tasks),
        targets: between.entries(facts.targets),
        deadlines: between.entries(facts.deadlines),
        standings: between.entries(facts.standings),
        reports: between.entries(facts.reports),
        cases: between.cases(facts.cases),
        reorganizations: between.entries(facts.reorganizations),
    }
}

/// What is looked at: whatever was ever recorded of a scope.
#[derive(Default)]
struct Facts {
    assignments: Vec<AssignmentRef>,
    names: Vec<Ref<PartyName>>,
    tasks: Vec<Ref<Task>>,
    targets: Vec<Ref<Target>>,
    deadlines: Vec<Ref<Deadline>>,
    standings: Vec<Ref<Standing>>,
    reports: Vec<Ref<ProgressReport>>,
    cases: Vec<Ref<SupervisionCase>>,
    reorganizations: Vec<ReorganizationRef>,
}

impl DiffScope {
    fn facts(self, between: &Between<'_>) -> Facts {
        let view = between.after;
        let graph = &view.register().graph;
        match (self.plan, self.party) {
            (None, None) => Facts {
                assignments: graph.assignments.refs().collect(),
                names: graph.party_names.refs().collect(),
                tasks: graph.tasks.refs().collect(),
                targets: graph.targets.refs().collect(),
                deadlines: graph.deadlines.refs().collect(),
                standings: graph.standings.refs().collect(),
                reports: graph.progress_reports.refs().collect(),
                cases: graph.supervision_cases.refs().collect(),
                reorganizations: graph.reorganizations.refs().collect(),
            },
            (_, Some(party)) => self.of_party(between, party),
            (Some(plan), None) => Facts::of_plan(graph, plan),
        }
    }

    /// What a party does, in a plan or in all.
    fn of_party(self, between: &Between<'_>, party: PartyRef) -> Facts {
        let view = between.after;
        let graph = &view.register().graph;
        let assignments = known(view, graph.party_assignments.of(party));
        let reports = known(view, graph.party_reports.of(party));
        let cases = known(view, graph.party_cases.of(party));
        let facts = Facts {
            assignments: assignments
                .filter(|&it| self.holds(view, view.thing(it).task))
                .collect(),
            reports: reports
                .filter(|&it| self.plan.is_none_or(|plan| plan == reported_plan(view, it)))
                .collect(),
            cases: cases
                .filter(|&it| self.holds(view, view.thing(it).task))
                .filter(|&it| between.is_known(it, |image| image.party == party))
                .collect(),
            ..Facts::default()
        };
        if self.plan.is_some() {
            return facts;
        }
        let before = graph.reorganizations_from.of(party);
        let concerning = before.chain(graph.reorganizations_to.of(party));
        let mut reorganizations = in_order(known(view, concerning).filter(|&it| {
            between.is_known(it, |image| {
                image.from.contains(&party) || image.to.contains(&party)
            })
        }));
        reorganizations.dedup();
        Facts {
            names: graph.names_of.of(party).collect(),
            reorganizations,
            ..facts
        }
    }

    /// Whether a task is in scope.
    fn holds(self, view: &View, task: Ref<Task>) -> bool {
        self.plan.is_none_or(|plan| view.thing(task).plan == plan)
    }
}

impl Facts {
    fn of_plan(graph: &Graph, plan: PlanRef) -> Self {
        let tasks: Vec<_> = graph.plan_tasks.of(plan).collect();
        let sections = graph.plan_sections.of(plan).map(Subject::Section);
        let subjects: Vec<_> = [Subject::Plan(plan)]
            .into_iter()
            .chain(sections)
            .chain(tasks.iter().copied().map(Subject::Task))
            .collect();
        let targets = in_order(subjects.iter().flat_map(|of| graph.targets_of.of(*of)));
        let of_targets = targets.iter().flat_map(|of| graph.target_reports.of(*of));
        let of_tasks = tasks.iter().flat_map(|of| graph.task_reports.of(*of));
        Self {
            assignments: in_order(tasks.iter().flat_map(|of| graph.task_assignments.of(*of))),
            names: vec![],
            deadlines: in_order(subjects.iter().flat_map(|of| graph.deadlines_of.of(*of))),
            standings: in_order(tasks.iter().flat_map(|of| graph.task_standings.of(*of))),
            reports: in_order(of_targets.chain(of_tasks)),
            cases: in_order(tasks.iter().flat_map(|of| graph.task_cases.of(*of))),
            reorganizations: vec![],
            targets,
            tasks,
        }
    }
}

/// The plan that a report is about.
fn reported_plan(view: &View, report: Ref<ProgressReport>) -> PlanRef {
    match view.thing(report).about {
        Reported::Task(task) => view.thing(task).plan,
        Reported::Target(target) => view.subject_plan(view.thing(target).subject),
    }
}

/// A relation may name what this value of the register has never heard of.
fn known<I: Image>(
    view: &View,
    facts: impl Iterator<Item = Ref<I>>,
) -> impl Iterator<Item = Ref<I>> {
    let count = I::table(&view.register().graph).refs().len() as u32;
    facts.filter(move |fact| fact.index() < count)
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
    /// Whether one side or the other knows that something is so of a fact.
    fn is_known<I: Image>(&self, fact: Ref<I>, is_so: impl Fn(&I) -> bool) -> bool {
        let mut sides = [self.before, self.after].into_iter();
        sides.any(|view| view.get(fact).as_ref().is_some_and(&is_so))
    }

    fn entries<I: Lasting>(&self, facts: Vec<Ref<I>>) -> Vec<Entry<I>> {
        let facts = facts.into_iter();
        facts.filter_map(|fact| self.entry(fact)).collect()
    }

    fn entry<I: Lasting>(&self, fact: Ref<I>) -> Option<Entry<I>> {
        match self.sides(fact) {
            Sides::Same => None,
            Sides::Added => Some(Entry::Added(fact)),
            Sides::Ended => Some(Entry::Ended(fact)),
            Sides::Corrected => Some(Entry::Corrected(fact)),
        }
    }

    /// Cases: as other facts, but what took steps in between went on.
    fn cases(&self, facts: Vec<Ref<SupervisionCase>>) -> Vec<Entry<SupervisionCase>> {
        /// A case as it is told on a day.
        fn told(
            view: &View,
            on: Day,
            case: Ref<SupervisionCase>,
        ) -> Option<supervision::SupervisionCase> {
            let mut told = view.fact(case)?;
            told.steps.retain(|step| step.day <= on);
            Some(told)
        }
        let is_open = |case: &Option<supervision::SupervisionCase>| {
            case.as_ref().is_some_and(|case| !case.steps.is_empty())
        };
        let entry = |case| {
            let (then, on) = (self.before.valid_on(), self.after.valid_on());
            let (was, is) = (told(self.before, then, case), told(self.after, on, case));
            if !is_open(&was) || !is_open(&is) {
                return self.entry(case);
            }
            // As is known after, of the day before.
            let went_on = told(self.after, then, case) == was;
            (was != is).then_some(if went_on {
                Entry::Advanced(case)
            } else {
                Entry::Corrected(case)
            })
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
