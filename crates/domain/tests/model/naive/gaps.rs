//! What a plan leaves open.

use super::{Moment, chosen};
use domain::{
    assignment::Assignment,
    clause::{Clause, Subject},
    id::{AssignmentId, ClauseId, PartyId, PlanId, SectionId, TargetId, TaskId},
    party::{Party, PartyName},
    plan::Plan,
    target::Target,
    task::Task,
    view::Valid,
    vocabulary::{Basis, GapKind, NameKind, PartyKind, Reference, Role},
};

/// What is looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Looked {
    pub(crate) plan: Option<PlanId>,
    pub(crate) section: Option<SectionId>,
    pub(crate) party: Option<PartyId>,
    pub(crate) kinds: Vec<GapKind>,
    /// In percent.
    pub(crate) sure_from: u8,
}

/// The thing that a gap is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Task(TaskId),
    Clause(ClauseId),
    Target(TargetId),
    Assignment(AssignmentId),
    Party(PartyId, AssignmentId),
}

impl Moment<'_> {
    pub(crate) fn gaps(&self, looked: &Looked) -> Vec<(GapKind, PlanId, Of)> {
        let mut plans = self.lists.ids::<Plan>();
        plans.retain(|plan| match (looked.plan, looked.section) {
            (None, None) => {
                let plan = self.lists.get::<Plan>(*plan);
                plan.is_some_and(|plan| self.lists(plan.validity, Valid::OnDay))
            }
            (named, section) => {
                let section = section.map(Subject::Section);
                named.is_none_or(|named| named == *plan)
                    && section.is_none_or(|section| self.subject_plan(section) == *plan)
            }
        });
        let mut gaps = vec![];
        for plan in plans {
            for kind in GapKind::ALL
                .iter()
                .filter(|kind| chosen(&looked.kinds, kind))
            {
                let of_kind = self.gaps_of_kind(*kind, plan, looked).into_iter();
                gaps.extend(of_kind.map(|of| (*kind, plan, of)));
            }
        }
        gaps
    }

    fn gaps_of_kind(&self, kind: GapKind, plan: PlanId, looked: &Looked) -> Vec<Of> {
        let subjects = self.looked_at(plan, looked);
        let tasks = subjects.iter().filter_map(|subject| match subject {
            Subject::Task(task) => Some(*task),
            _ => None,
        });
        let tasks = |is_gap: &dyn Fn(TaskId) -> bool| -> Vec<Of> {
            tasks
                .clone()
                .filter(|task| is_gap(*task))
                .map(Of::Task)
                .collect()
        };
        let clauses = |is_gap: &dyn Fn(ClauseId, &Clause) -> bool| -> Vec<Of> {
            let clauses = subjects.iter().flat_map(|subject| self.clauses(*subject));
            let gaps = clauses.filter(|id| is_gap(*id, self.lists.thing::<Clause>(*id)));
            gaps.map(Of::Clause).collect()
        };
        match kind {
            GapKind::NoLead => tasks(&|task| {
                let roles = self.duties_of(task).into_iter().map(|(_, duty)| duty.role);
                !roles
                    .into_iter()
                    .any(|role| [Role::Lead, Role::CoLead].contains(&role))
            }),
            GapKind::SeveralLeads => tasks(&|task| {
                let duties = self.duties_of(task);
                let leads = || duties.iter().filter(|(_, duty)| duty.role == Role::Lead);
                leads().any(|(_, one)| leads().any(|(_, other)| one.party != other.party))
            }),
            GapKind::IndefiniteOnly => {
                tasks(&|task| !self.duties_of(task).is_empty() && !self.names_somebody(task))
            }
            GapKind::NoDeadline => tasks(&|task| !self.has_deadline(task)),
            GapKind::OpenList => {
                clauses(&|id, clause| clause.open && !self.is_completed(id, clause))
            }
            GapKind::LowConfidence => {
                clauses(&|_, clause| clause.confidence.as_percent() < looked.sure_from)
            }
            GapKind::TargetWithoutOwner => {
                let targets = subjects
                    .iter()
                    .flat_map(|subject| self.targets(*subject, Valid::OnDay));
                let ownerless = targets.filter(|target| {
                    let subject = self.lists.thing::<Target>(*target).subject;
                    !self.is_owned(subject, plan)
                });
                ownerless.map(Of::Target).collect()
            }
            GapKind::BodyIsOver => {
                let over = |party| self.lists.thing::<Party>(party).validity.to <= self.day;
                let duties = self.looked_at_duties(&subjects, looked).into_iter();
                let of_over = duties.filter(|(_, duty)| over(duty.party));
                of_over.map(|(id, _)| Of::Assignment(id)).collect()
            }
            GapKind::UnknownParty => {
                let mut told: Vec<Of> = vec![];
                for (id, duty) in self.looked_at_duties(&subjects, looked) {
                    let is_told = told
                        .iter()
                        .any(|of| matches!(of, Of::Party(party, _) if *party == duty.party));
                    if duty.reference == Reference::Named && self.is_unknown(duty.party) && !is_told
                    {
                        told.push(Of::Party(duty.party, id));
                    }
                }
                told
            }
        }
    }

    /// The plan, its sections and its tasks in force, as far as they are looked at.
    fn looked_at(&self, plan: PlanId, looked: &Looked) -> Vec<Subject> {
        let mut subjects = self.plan_subjects(plan);
        subjects.retain(|subject| match *subject {
            Subject::Plan(_) => looked.section.is_none() && looked.party.is_none(),
            Subject::Section(section) => {
                looked.party.is_none()
                    && looked
                        .section
                        .is_none_or(|above| self.section_path(section).contains(&above))
            }
            Subject::Task(task) => {
                let image = self.lists.thing::<Task>(task);
                let duties = self.duties_of(task);
                self.lists(image.validity, Valid::OnDay)
                    && looked
                        .section
                        .is_none_or(|section| self.task_lies_in(task, section))
                    && looked
                        .party
                        .is_none_or(|party| duties.iter().any(|(_, duty)| duty.party == party))
            }
        });
        subjects
    }

    fn looked_at_duties(
        &self,
        subjects: &[Subject],
        looked: &Looked,
    ) -> Vec<(AssignmentId, &Assignment)> {
        let mut all = vec![];
        for subject in subjects {
            if let Subject::Task(task) = subject {
                all.extend(self.duties_of(*task));
            }
        }
        all.retain(|(_, duty)| looked.party.is_none_or(|party| duty.party == party));
        all
    }

    fn duties_of(&self, task: TaskId) -> Vec<(AssignmentId, &Assignment)> {
        let ids = self.task_assignments(task, Valid::OnDay).into_iter();
        ids.map(|id| (id, self.lists.thing::<Assignment>(id)))
            .collect()
    }

    fn names_somebody(&self, task: TaskId) -> bool {
        let duties = self.duties_of(task);
        duties
            .iter()
            .any(|(_, duty)| duty.reference != Reference::Indefinite)
    }

    fn has_deadline(&self, task: TaskId) -> bool {
        let section = self.lists.thing::<Task>(task).section;
        let mut subjects: Vec<_> = section
            .map_or_else(Vec::new, |section| self.section_path(section))
            .into_iter()
            .map(Subject::Section)
            .collect();
        subjects.push(Subject::Task(task));
        subjects
            .iter()
            .any(|subject| !self.deadlines(*subject, Valid::OnDay).is_empty())
            || self
                .targets(Subject::Task(task), Valid::OnDay)
                .into_iter()
                .any(|target| self.lists.thing::<Target>(target).due.is_some())
    }

    fn is_completed(&self, id: ClauseId, clause: &Clause) -> bool {
        let mut governed: Vec<TaskId> = match clause.subject {
            Subject::Task(task) => vec![task],
            _ => vec![],
        };
        for stated in self.clause_assignments(id, Valid::OnDay) {
            governed.push(self.lists.thing::<Assignment>(stated).task);
        }
        let duties = governed.into_iter().flat_map(|task| self.duties_of(task));
        duties
            .into_iter()
            .any(|(_, duty)| duty.basis == Basis::Recorded && duty.clause.is_none())
    }

    fn is_owned(&self, subject: Subject, plan: PlanId) -> bool {
        let named_by = |subject: Subject| {
            let clauses = self.clauses(subject).into_iter();
            let mut stated =
                clauses.flat_map(|clause| self.clause_assignments(clause, Valid::OnDay));
            stated.any(|id| self.lists.thing::<Assignment>(id).reference != Reference::Indefinite)
        };
        match subject {
            Subject::Task(task) => self.names_somebody(task),
            Subject::Section(section) => {
                self.section_path(section)
                    .into_iter()
                    .any(|above| named_by(Subject::Section(above)))
                    || named_by(Subject::Plan(plan))
            }
            Subject::Plan(plan) => {
                self.lists.thing::<Plan>(plan).owner.is_some() || named_by(Subject::Plan(plan))
            }
        }
    }

    fn is_unknown(&self, party: PartyId) -> bool {
        let names = self.party_names(party, Valid::Any).into_iter();
        let mut kinds = names.map(|name| self.lists.thing::<PartyName>(name).kind);
        self.lists.thing::<Party>(party).kind != PartyKind::Collective
            && kinds.all(|kind| kind == NameKind::Short)
    }
}
