//! 缺口: what a plan leaves open, with the words that show it and what would close it.
//!
//! Only what is in force on the view's day is looked at; a plan that is over only where it is asked for. A gap of a plan is
//! one of its tasks', its clauses', its targets' or its assignments'; those of a section, a party or the register are the
//! same ones, chosen or put together. So a party that the directory does not know is told once in each plan.

use crate::{
    clause::Confidence,
    image::{
        Assignment, AssignmentRef, ClauseRef, PartyRef, Plan, PlanRef, QuoteRef, SectionRef,
        Subject, TargetRef, TaskRef,
    },
    view::{Valid, View},
    vocabulary::{Basis, GapKind, NameKind, PartyKind, Reference, Role},
};
use rustc_hash::FxHashSet;

/// Which gaps.
#[derive(Clone, Debug)]
pub struct GapFilter {
    /// Of this plan.
    pub plan: Option<PlanRef>,
    /// Of what stands in this section or beneath it.
    pub section: Option<SectionRef>,
    /// Of the tasks in which this party has a role; of assignments, only its own.
    pub party: Option<PartyRef>,
    /// Of these kinds; of any if none is named.
    pub kinds: Vec<GapKind>,
    /// From which confidence on a clause is taken to be read right.
    pub sure_from: Confidence,
}

impl GapFilter {
    /// The confidence that is asked of a clause if no other is named.
    pub const SURE_FROM: Confidence = Confidence::percent(90);
}

impl Default for GapFilter {
    fn default() -> Self {
        Self {
            plan: None,
            section: None,
            party: None,
            kinds: vec![],
            sure_from: Self::SURE_FROM,
        }
    }
}

/// What a plan leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What is missing.
    pub kind: GapKind,
    /// In which plan.
    pub plan: PlanRef,
    /// Where it is missing.
    pub of: GapOf,
}

/// The thing that a gap is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapOf {
    /// A task.
    Task(TaskRef),
    /// A clause.
    Clause(ClauseRef),
    /// A target.
    Target(TargetRef),
    /// A duty.
    Assignment(AssignmentRef),
    /// A party.
    Party {
        /// Which one.
        party: PartyRef,
        /// The assignment in which the plan names it first.
        named_in: AssignmentRef,
    },
}

/// What would close a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// The command that does it, as mutations and files of commands call it.
    pub command: &'static str,
    /// What is to be done.
    pub text: &'static str,
}

impl View {
    /// The gaps, plan by plan; in a plan by kind, and of a kind as the plan has them. Plans are searched one after the other
    /// as far as the gaps are taken.
    pub fn gaps<'v>(&'v self, filter: &'v GapFilter) -> impl Iterator<Item = Gap> + 'v {
        let plans = self.plans_with_gaps(filter).into_iter();
        plans.flat_map(move |plan| Search::new(self, plan, filter).gaps())
    }

    /// How many gaps there are of each kind, in the order of the kinds. Every plan is searched.
    pub fn gap_counts(&self, filter: &GapFilter) -> Vec<(GapKind, usize)> {
        let mut counts: Vec<_> = GapKind::ALL.iter().map(|kind| (*kind, 0)).collect();
        for gap in self.gaps(filter) {
            counts[gap.kind as usize].1 += 1;
        }
        counts
    }

    /// The words of a document that show a gap, if a document says them.
    pub fn gap_citation(&self, gap: &Gap) -> Option<QuoteRef> {
        match gap.of {
            GapOf::Task(task) => self
                .task_clause(task)
                .map(|clause| self.thing(clause).citation),
            GapOf::Clause(clause) => Some(self.thing(clause).citation),
            GapOf::Target(target) => self.thing(target).wording.citation(),
            GapOf::Assignment(assignment)
            | GapOf::Party {
                named_in: assignment,
                ..
            } => {
                let image = self.thing(assignment);
                image.written.or(image.citation)
            }
        }
    }

    /// The words that show a gap: a document's where one says them, else what the thing is called.
    pub fn gap_words(&self, gap: &Gap) -> &str {
        if let Some(citation) = self.gap_citation(gap) {
            return self.text(self.quote(citation).text);
        }
        match gap.of {
            GapOf::Task(task) => self.text(self.thing(task).title),
            GapOf::Target(target) => self.text(self.thing(target).wording.text(self.register())),
            GapOf::Assignment(assignment) => self.name(self.thing(assignment).party),
            GapOf::Party { party, .. } => self.name(party),
            // A clause always stands in a document.
            GapOf::Clause(_) => "",
        }
    }

    /// The task that a gap is of or that its thing belongs to, if it is one task's.
    pub fn gap_task(&self, gap: &Gap) -> Option<TaskRef> {
        let of_subject = |subject| match subject {
            Subject::Task(task) => Some(task),
            Subject::Section(_) | Subject::Plan(_) => None,
        };
        match gap.of {
            GapOf::Task(task) => Some(task),
            GapOf::Clause(clause) => of_subject(self.thing(clause).subject),
            GapOf::Target(target) => of_subject(self.thing(target).subject),
            GapOf::Assignment(assignment)
            | GapOf::Party {
                named_in: assignment,
                ..
            } => Some(self.thing(assignment).task),
        }
    }

    /// What would close a gap.
    pub fn gap_remedy(&self, gap: &Gap) -> Remedy {
        let (command, text) = match (gap.kind, gap.of) {
            (GapKind::TargetWithoutOwner, GapOf::Target(target)) => {
                match self.thing(target).subject {
                    Subject::Task(_) => ("assign", "Give the task a party that answers for it."),
                    Subject::Section(_) => (
                        "setTarget",
                        "Set the target for the task that reaches it, and end this one.",
                    ),
                    Subject::Plan(_) => (
                        "correctPlan",
                        "Say who owns the plan as a whole, or set the target for the task that reaches it and end this one.",
                    ),
                }
            }
            (kind, _) => kind.remedy(),
        };
        Remedy { command, text }
    }

    fn name(&self, party: PartyRef) -> &str {
        self.party_name(party).map_or("", |name| self.text(name))
    }

    /// The clause that says who answers for a task: the one that its first assignment rests on, else the first of its own.
    fn task_clause(&self, task: TaskRef) -> Option<ClauseRef> {
        let assignments = self.task_assignments(task, Valid::OnDay).into_iter();
        let mut stating = assignments.filter_map(|assignment| self.thing(assignment).clause);
        stating
            .next()
            .or_else(|| self.clauses(Subject::Task(task)).first().copied())
    }

    /// The plans that may have gaps, in the order of recording: a plan that is named, or those in force.
    fn plans_with_gaps(&self, filter: &GapFilter) -> Vec<PlanRef> {
        let GapFilter {
            plan,
            section,
            party,
            ..
        } = *filter;
        if let Some(section) = section {
            let of_section = self.thing(section).plan;
            let fits = plan.is_none_or(|plan| plan == of_section);
            return if fits { vec![of_section] } else { vec![] };
        }
        match (plan, party) {
            (Some(plan), _) => vec![plan],
            (None, Some(party)) => {
                let tasks = self.party_tasks(party).into_iter();
                let plans = tasks.map(|task| self.thing(task).plan);
                let mut plans: Vec<_> = plans.filter(|plan| self.is_in_force(*plan)).collect();
                plans.sort_unstable();
                plans.dedup();
                plans
            }
            (None, None) => {
                let plans = self.known::<Plan>().map(|(plan, _)| plan);
                plans.filter(|plan| self.is_in_force(*plan)).collect()
            }
        }
    }

    fn is_in_force(&self, plan: PlanRef) -> bool {
        let image = self.get(plan);
        image.is_some_and(|image| image.validity.contains(self.valid_on()))
    }
}

impl GapKind {
    /// The command that closes a gap of this kind, and what is to be done.
    fn remedy(self) -> (&'static str, &'static str) {
        match self {
            Self::NoLead => ("designateLead", "Designate the party that leads the task."),
            Self::SeveralLeads => (
                "changeRole",
                "Leave one party the lead; those that lead together with it are CO_LEAD.",
            ),
            Self::IndefiniteOnly => ("assign", "Name the parties that are meant."),
            Self::OpenList => (
                "assign",
                "Enter who is meant beside those that are named. The list counts as completed once anybody is.",
            ),
            Self::NoDeadline => (
                "setDeadline",
                "Set the day, month or year by which it is to be done.",
            ),
            Self::TargetWithoutOwner => ("assign", "Say who answers for the target."),
            Self::UnknownParty => (
                "addName",
                "Add the party's official name, or import the directory that has it.",
            ),
            Self::BodyIsOver => (
                "endAssignment",
                "End the duty with the body, and assign it to the body that has it now.",
            ),
            Self::LowConfidence => (
                "reviewDocument",
                "Read the document again for review and correct the clause there: what a person corrected is sure. What is accepted as it was read keeps the reader's confidence.",
            ),
        }
    }
}

/// A task in force with who answers for it.
struct Work {
    task: TaskRef,
    assignments: Vec<(AssignmentRef, Assignment)>,
}

/// The search through one plan.
struct Search<'v> {
    view: &'v View,
    plan: PlanRef,
    filter: &'v GapFilter,
    found: Vec<Gap>,
}

impl<'v> Search<'v> {
    fn new(view: &'v View, plan: PlanRef, filter: &'v GapFilter) -> Self {
        Self {
            view,
            plan,
            filter,
            found: vec![],
        }
    }

    fn gaps(mut self) -> Vec<Gap> {
        let work = self.work();
        let tasks = work.iter().map(|work| Subject::Task(work.task));
        let subjects: Vec<_> = self.headings().into_iter().chain(tasks).collect();
        for work in &work {
            self.task(work);
        }
        for &subject in &subjects {
            self.clauses(subject);
            self.targets(subject, &work);
        }
        self.assignments(&work);
        // Stable: of a kind they stay as the plan has them.
        self.found.sort_by_key(|gap| gap.kind);
        self.found
    }

    fn add(&mut self, kind: GapKind, of: GapOf) {
        if self.asks_for(kind) {
            let plan = self.plan;
            self.found.push(Gap { kind, plan, of });
        }
    }

    fn asks_for(&self, kind: GapKind) -> bool {
        self.filter.kinds.is_empty() || self.filter.kinds.contains(&kind)
    }

    /// The tasks that are looked at.
    fn work(&self) -> Vec<Work> {
        let Self { view, filter, .. } = *self;
        let mut tasks = view.plan_tasks(self.plan, Valid::OnDay);
        if let Some(section) = filter.section {
            tasks.retain(|&task| view.task_lies_in(task, section));
        }
        let work = tasks.into_iter().map(|task| Work {
            task,
            assignments: {
                let assignments = view.task_assignments(task, Valid::OnDay).into_iter();
                assignments
                    .map(|assignment| (assignment, view.thing(assignment)))
                    .collect()
            },
        });
        let is_meant = |work: &Work| {
            let mut parties = work.assignments.iter().map(|(_, image)| image.party);
            filter
                .party
                .is_none_or(|party| parties.any(|own| own == party))
        };
        work.filter(is_meant).collect()
    }

    /// The plan and the sections that are looked at: none where it is about a party.
    fn headings(&self) -> Vec<Subject> {
        let Self { view, filter, .. } = *self;
        if filter.party.is_some() {
            return vec![];
        }
        let sections = view.plan_sections(self.plan).into_iter();
        match filter.section {
            Some(above) => sections
                .filter(|&section| view.section_lies_in(section, above))
                .map(Subject::Section)
                .collect(),
            None => [Subject::Plan(self.plan)]
                .into_iter()
                .chain(sections.map(Subject::Section))
                .collect(),
        }
    }

    fn task(&mut self, work: &Work) {
        let of = GapOf::Task(work.task);
        let parties = |is_one: fn(Role) -> bool| -> FxHashSet<PartyRef> {
            let assignments = work.assignments.iter();
            let ones = assignments.filter(|(_, image)| is_one(image.role));
            ones.map(|(_, image)| image.party).collect()
        };
        if parties(|role| matches!(role, Role::Lead | Role::CoLead)).is_empty() {
            self.add(GapKind::NoLead, of);
        }
        if parties(|role| role == Role::Lead).len() > 1 {
            self.add(GapKind::SeveralLeads, of);
        }
        if !work.assignments.is_empty() && !work.names_somebody() {
            self.add(GapKind::IndefiniteOnly, of);
        }
        if self.asks_for(GapKind::NoDeadline) && !self.has_deadline(work.task) {
            self.add(GapKind::NoDeadline, of);
        }
    }

    /// Whether the task, a heading above it or a target of the task says by when.
    fn has_deadline(&self, task: TaskRef) -> bool {
        let view = self.view;
        let is_set = |subject| !view.deadlines(subject, Valid::OnDay).is_empty();
        let above = || {
            let section = view.thing(task).section;
            let path = section.map_or_else(Vec::new, |section| view.section_path(section));
            path.into_iter().map(Subject::Section)
        };
        let targets = || view.targets(Subject::Task(task), Valid::OnDay).into_iter();
        is_set(Subject::Task(task))
            || above().any(is_set)
            || targets().any(|target| view.thing(target).due.is_some())
    }

    fn clauses(&mut self, subject: Subject) {
        for clause in self.view.clauses(subject) {
            let image = self.view.thing(clause);
            if image.open && self.asks_for(GapKind::OpenList) && !self.is_completed(clause) {
                self.add(GapKind::OpenList, GapOf::Clause(clause));
            }
            if image.confidence < self.filter.sure_from {
                self.add(GapKind::LowConfidence, GapOf::Clause(clause));
            }
        }
    }

    /// Whether somebody was entered beside those whom an open list names.
    fn is_completed(&self, clause: ClauseRef) -> bool {
        let view = self.view;
        let governed = match view.thing(clause).subject {
            Subject::Task(task) => vec![task],
            Subject::Section(_) | Subject::Plan(_) => {
                let stated = view.clause_assignments(clause, Valid::OnDay).into_iter();
                let mut tasks: Vec<_> = stated.map(|stated| view.thing(stated).task).collect();
                tasks.dedup();
                tasks
            }
        };
        let mut assignments = governed
            .into_iter()
            .flat_map(|task| view.task_assignments(task, Valid::OnDay));
        assignments.any(|assignment| {
            let image = view.thing(assignment);
            image.basis == Basis::Recorded && image.clause.is_none()
        })
    }

    fn targets(&mut self, subject: Subject, work: &[Work]) {
        if !self.asks_for(GapKind::TargetWithoutOwner) {
            return;
        }
        let targets = self.view.targets(subject, Valid::OnDay);
        if targets.is_empty() || self.is_owned(subject, work) {
            return;
        }
        for target in targets {
            self.add(GapKind::TargetWithoutOwner, GapOf::Target(target));
        }
    }

    /// Whether somebody answers for what a subject is to reach: a party that is named for the task; one that a clause of
    /// the section, of a heading above it or of the plan names; the plan's owner.
    fn is_owned(&self, subject: Subject, work: &[Work]) -> bool {
        let view = self.view;
        let names = |subject: &Subject| {
            let clauses = view.clauses(*subject).into_iter();
            let mut stated =
                clauses.flat_map(|clause| view.clause_assignments(clause, Valid::OnDay));
            stated.any(|stated| view.thing(stated).reference != Reference::Indefinite)
        };
        match subject {
            Subject::Task(task) => {
                let mut work = work.iter();
                work.any(|work| work.task == task && work.names_somebody())
            }
            Subject::Section(section) => {
                let path = view.section_path(section).into_iter().map(Subject::Section);
                path.chain([Subject::Plan(self.plan)])
                    .any(|subject| names(&subject))
            }
            Subject::Plan(plan) => view.thing(plan).owner.is_some() || names(&subject),
        }
    }

    fn assignments(&mut self, work: &[Work]) {
        let mut known = FxHashSet::default();
        let today = self.view.valid_on();
        let party = self.filter.party;
        for (assignment, image) in work.iter().flat_map(|work| &work.assignments) {
            if party.is_some_and(|party| image.party != party) {
                continue;
            }
            if self.view.thing(image.party).validity.to <= today {
                self.add(GapKind::BodyIsOver, GapOf::Assignment(*assignment));
            }
            if image.reference == Reference::Named
                && known.insert(image.party)
                && self.is_unknown(image.party)
            {
                let of = GapOf::Party {
                    party: image.party,
                    named_in: *assignment,
                };
                self.add(GapKind::UnknownParty, of);
            }
        }
    }

    /// Whether a party is known by what documents call it only: nobody said what it is officially called.
    fn is_unknown(&self, party: PartyRef) -> bool {
        let names = self.view.party_names(party, Valid::Any).into_iter();
        self.view.thing(party).kind != PartyKind::Collective
            && names
                .map(|name| self.view.thing(name).kind)
                .all(|kind| kind == NameKind::Short)
    }
}

impl Work {
    /// Whether anybody answers for the task whom the text does not leave open.
    fn names_somebody(&self) -> bool {
        let mut assignments = self.assignments.iter();
        assignments.any(|(_, image)| image.reference != Reference::Indefinite)
    }
}
