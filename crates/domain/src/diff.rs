//! What is otherwise in one view than in another: of two days, of two states of knowledge, or of both.

mod cause;

use crate::{
    image::{
        Assignment, Clause, Deadline, Document, Image, Party, PartyName, PartyRef, Place, Plan,
        PlanRef, ProgressReport, ProgressRule, Reorganization, ReorganizationRef, Reported,
        Section, Standing, Subject, SupervisionCase, Target, Task,
    },
    register::{Graph, Ref},
    supervision,
    time::{Day, Validity},
    view::View,
};

/// What part of the register is compared: a plan, a party, what a party does in a plan, or the whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiffScope {
    /// In this plan.
    pub plan: Option<PlanRef>,
    /// Of this party: itself, its names, what it is responsible for, what it reports, the cases against it, and how it
    /// was reorganized.
    pub party: Option<PartyRef>,
}

macro_rules! compared {
    ($($(#[$doc:meta])* $facts:ident: $image:ident,)*) => {
        /// What is otherwise, kind of fact by kind of fact, each in the order of recording.
        #[derive(Clone, Debug, Default)]
        pub struct Diff {
            $($(#[$doc])* pub $facts: Vec<Entry<$image>>,)*
        }

        /// What is looked at: whatever was ever recorded of a scope.
        #[derive(Default)]
        struct Facts {
            $($facts: Vec<Ref<$image>>,)*
        }

        impl Facts {
            fn of_register(graph: &Graph) -> Self {
                Self { $($facts: graph.$facts.refs().collect(),)* }
            }

            fn entries(self, between: &Between<'_>) -> Diff {
                Diff { $($facts: between.entries(self.$facts),)* }
            }
        }
    };
}

compared! {
    /// What texts there are.
    documents: Document,
    /// Where parties are.
    places: Place,
    /// Who there is.
    parties: Party,
    /// What parties are called.
    party_names: PartyName,
    /// Which bodies became which.
    reorganizations: Reorganization,
    /// What programmes there are.
    plans: Plan,
    /// How they are divided.
    sections: Section,
    /// What there is to do.
    tasks: Task,
    /// How far tasks have come.
    standings: Standing,
    /// What words state who is responsible.
    clauses: Clause,
    /// Who is responsible for what.
    assignments: Assignment,
    /// What is to be reached.
    targets: Target,
    /// By when.
    deadlines: Deadline,
    /// What was reported.
    progress_reports: ProgressReport,
    /// Who is held to what.
    supervision_cases: SupervisionCase,
    /// By what lights and reports go.
    progress_rules: ProgressRule,
}

/// One thing that is otherwise, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<I: Image> {
    /// How it is otherwise.
    pub how: How<I>,
    /// The reorganizations by which it is so, the first one first: those that moved or ended a duty, set up or ended a
    /// body, or changed what it is called. None where it is so by another decision.
    pub by: Vec<ReorganizationRef>,
}

/// How a thing is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How<I: Image> {
    /// It is so now, and was not before: it began, or has been recorded since.
    Added(Ref<I>),
    /// It was so before and is no longer: it ended.
    Ended(Ref<I>),
    /// A plan ended because another took its place.
    Superseded {
        /// The plan that ended.
        from: Ref<I>,
        /// The one in its place.
        by: Ref<I>,
    },
    /// A duty passed from one body to another.
    Transferred {
        /// The duty as it was.
        from: Ref<I>,
        /// The duty that continues it.
        to: Ref<I>,
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

    /// How the fact is otherwise, if it is.
    fn how(between: &Between<'_>, fact: Ref<Self>) -> Option<How<Self>> {
        between.how(fact)
    }

    /// The reorganizations by which it came, or went.
    fn causes(_: &Between<'_>, _: Ref<Self>, _: Turn) -> Vec<ReorganizationRef> {
        vec![]
    }
}

/// What becomes of a fact that one side shows and the other does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Comes,
    Goes,
}

macro_rules! lasting {
    ($($image:ident),*) => {
        $(impl Lasting for $image {
            fn validity(&self) -> Validity {
                self.validity
            }
        })*
    };
}

lasting!(Task, Target, Deadline, ProgressRule);

/// An image of a thing that is there for as long as it is known.
macro_rules! standing {
    ($($image:ident),*) => {
        $(impl Lasting for $image {
            fn validity(&self) -> Validity {
                Validity::ALWAYS
            }
        })*
    };
}

standing!(Document, Place, Section, Clause);

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
    Reorganization: |it| it.effective,
}

impl Lasting for Plan {
    fn validity(&self) -> Validity {
        self.validity
    }

    fn how(between: &Between<'_>, plan: PlanRef) -> Option<How<Self>> {
        let how = between.how(plan)?;
        let over = |image: &Self| image.validity.to <= between.after.valid_on();
        let known = between.after.get(plan).filter(over);
        Some(match known.and_then(|image| image.superseded_by) {
            Some(by) if matches!(how, How::Ended(_)) => How::Superseded { from: plan, by },
            _ => how,
        })
    }
}

impl Lasting for SupervisionCase {
    fn validity(&self) -> Validity {
        let opened = self.steps.first().map_or(Day::BEGINNING, |step| step.day);
        Validity::since(opened)
    }

    /// As of other facts, but what took steps in between went on.
    fn how(between: &Between<'_>, case: Ref<Self>) -> Option<How<Self>> {
        /// A case as it is told on a day.
        fn told(
            view: &View,
            on: Day,
            case: Ref<SupervisionCase>,
        ) -> Option<supervision::SupervisionCase> {
            let mut told = view.fact(case)?;
            told.steps.retain(|step| step.day <= on);
            Some(told).filter(|told| !told.steps.is_empty())
        }
        let Between { before, after } = between;
        let (then, on) = (before.valid_on(), after.valid_on());
        let (was, is) = (told(before, then, case), told(after, on, case));
        if was.is_none() || is.is_none() {
            return between.how(case);
        }
        // As is known after, of the day before.
        let went_on = told(after, then, case) == was;
        (was != is).then_some(if went_on {
            How::Advanced(case)
        } else {
            How::Corrected(case)
        })
    }
}

/// What is in `after` and not in `before`, what is no longer, and what is otherwise. Both are views of one register.
pub fn diff(before: &View, after: &View, scope: DiffScope) -> Diff {
    let between = &Between { before, after };
    let mut diff = scope.facts(between).entries(between);
    between.pass_on(&mut diff.assignments, scope);
    diff
}

impl DiffScope {
    fn facts(self, between: &Between<'_>) -> Facts {
        let view = between.after;
        let graph = &view.register().graph;
        match (self.plan, self.party) {
            (None, None) => Facts::of_register(graph),
            (_, Some(party)) => self.of_party(between, party),
            (Some(plan), None) => Facts::of_plan(between, plan),
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
            progress_reports: reports
                .filter(|&it| self.plan.is_none_or(|plan| plan == reported_plan(view, it)))
                .collect(),
            supervision_cases: cases
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
            parties: vec![party],
            party_names: graph.names_of.of(party).collect(),
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
    fn of_plan(between: &Between<'_>, plan: PlanRef) -> Self {
        let graph = &between.after.register().graph;
        let sections: Vec<_> = graph.plan_sections.of(plan).collect();
        let tasks: Vec<_> = graph.plan_tasks.of(plan).collect();
        let subjects: Vec<_> = [Subject::Plan(plan)]
            .into_iter()
            .chain(sections.iter().copied().map(Subject::Section))
            .chain(tasks.iter().copied().map(Subject::Task))
            .collect();
        let targets = in_order(subjects.iter().flat_map(|of| graph.targets_of.of(*of)));
        let of_targets = targets.iter().flat_map(|of| graph.target_reports.of(*of));
        let of_tasks = tasks.iter().flat_map(|of| graph.task_reports.of(*of));
        let known = [between.before, between.after].into_iter();
        let mut documents = in_order(known.filter_map(|view| view.get(plan)?.document));
        documents.dedup();
        Self {
            documents,
            plans: vec![plan],
            clauses: in_order(subjects.iter().flat_map(|of| graph.clauses_of.of(*of))),
            assignments: in_order(tasks.iter().flat_map(|of| graph.task_assignments.of(*of))),
            deadlines: in_order(subjects.iter().flat_map(|of| graph.deadlines_of.of(*of))),
            standings: in_order(tasks.iter().flat_map(|of| graph.task_standings.of(*of))),
            progress_reports: in_order(of_targets.chain(of_tasks)),
            supervision_cases: in_order(tasks.iter().flat_map(|of| graph.task_cases.of(*of))),
            progress_rules: graph.plan_rules.of(plan).collect(),
            sections,
            targets,
            tasks,
            ..Self::default()
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
        let entry = |fact| {
            let how = I::how(self, fact)?;
            let turn = self.turn(fact);
            let by = turn.map_or_else(Vec::new, |turn| I::causes(self, fact, turn));
            Some(Entry { how, by })
        };
        facts.into_iter().filter_map(entry).collect()
    }

    fn how<I: Lasting>(&self, fact: Ref<I>) -> Option<How<I>> {
        match self.sides(fact) {
            Sides::Same => None,
            Sides::Added => Some(How::Added(fact)),
            Sides::Ended => Some(How::Ended(fact)),
            Sides::Corrected => Some(How::Corrected(fact)),
        }
    }

    fn turn<I: Lasting>(&self, fact: Ref<I>) -> Option<Turn> {
        let shows = |view: &View| shows(view, view.get(fact).as_ref());
        match (shows(self.before), shows(self.after)) {
            (false, true) => Some(Turn::Comes),
            (true, false) => Some(Turn::Goes),
            _ => None,
        }
    }

    fn sides<I: Lasting>(&self, fact: Ref<I>) -> Sides {
        let (was, is) = (self.before.get(fact), self.after.get(fact));
        // As is known after, of the day before.
        let then = shows(self.before, is.as_ref());
        match (
            shows(self.before, was.as_ref()),
            shows(self.after, is.as_ref()),
        ) {
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

/// Whether a view's day shows a fact that is known so.
fn shows<I: Lasting>(view: &View, image: Option<&I>) -> bool {
    image.is_some_and(|image| image.validity().contains(view.valid_on()))
}
