//! Which duties go where.

use super::Reorganize;
use crate::{
    assignment::{Assignment, Inheritance},
    command::{pending::Pending, refusal::Refusal},
    id::{AssignmentId, PartyId, PlanId, TaskId},
    party::Party,
    task::Task,
    time::{Day, Validity},
    vocabulary::{Basis, Role},
};

/// What becomes of some duties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allotment {
    /// Which.
    pub duties: Duties,
    /// What becomes of them.
    pub fate: Fate,
    /// The first day on which it is so; the day of the reorganization if none is named.
    pub handover: Option<Day>,
}

/// Some duties of the bodies that are reorganized: those to which all applies that is named here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    /// Of one of these bodies.
    pub parties: Vec<PartyId>,
    /// In one of these plans.
    pub plans: Vec<PlanId>,
    /// For one of these tasks.
    pub tasks: Vec<TaskId>,
    /// In one of these roles.
    pub roles: Vec<Role>,
    /// One of these.
    pub assignments: Vec<AssignmentId>,
}

/// What becomes of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// This body takes it over.
    Passes(PartyId),
    /// It ends, and nobody takes it over.
    Lapses,
    /// The body that has it keeps it.
    Stays,
}

impl Duties {
    fn mean(&self, pending: &Pending<'_>, id: AssignmentId, duty: &Assignment) -> bool {
        fn named<T: PartialEq>(some: &[T], one: &T) -> bool {
            some.is_empty() || some.contains(one)
        }
        named(&self.assignments, &id)
            && named(&self.parties, &duty.party)
            && named(&self.tasks, &duty.task)
            && named(&self.roles, &duty.role)
            && (self.plans.is_empty()
                || pending
                    .get::<Task>(duty.task)
                    .is_some_and(|task| self.plans.contains(&task.plan)))
    }
}

impl Reorganize {
    pub(super) fn move_duties(&self, pending: &mut Pending<'_>) -> Result<(), Refusal> {
        let mut open = vec![];
        for &party in &self.from {
            pending.fact::<Party>(party)?;
            open.extend(pending.party_assignments(party));
        }
        self.name_open_duties(&open)?;
        for (id, duty) in open {
            let mut allotments = self.allotments.iter();
            let allotment = allotments.find(|allotment| allotment.duties.mean(pending, id, &duty));
            let handover = allotment.and_then(|allotment| allotment.handover);
            let day = handover.unwrap_or(self.effective);
            if duty.validity.to <= day {
                continue;
            }
            let fate = match allotment {
                Some(allotment) => allotment.fate,
                None => self.unallotted(id, &duty)?,
            };
            match fate {
                Fate::Stays => {}
                Fate::Passes(heir) if heir == duty.party => {}
                Fate::Lapses => end(pending, id, &duty, day)?,
                Fate::Passes(heir) => {
                    self.is_heir(pending, heir, duty.validity.from.max(day))?;
                    self.pass(pending, (id, duty), heir, day)?;
                }
            }
        }
        Ok(())
    }

    /// What an allotment names one by one are duties of these bodies that are still open.
    fn name_open_duties(&self, duties: &[(AssignmentId, Assignment)]) -> Result<(), Refusal> {
        for allotment in &self.allotments {
            let day = allotment.handover.unwrap_or(self.effective);
            let is_open = |id: AssignmentId| {
                duties
                    .iter()
                    .any(|(one, duty)| *one == id && day < duty.validity.to)
            };
            let mut named = allotment.duties.assignments.iter();
            if let Some(&assignment) = named.find(|&&assignment| !is_open(assignment)) {
                return Err(Refusal::NoOpenDuty { assignment, day });
            }
        }
        Ok(())
    }

    /// What becomes of a duty of which nothing is said.
    fn unallotted(&self, assignment: AssignmentId, duty: &Assignment) -> Result<Fate, Refusal> {
        match self.to[..] {
            _ if !self.ends(duty.party) => Ok(Fate::Stays),
            [heir] => Ok(Fate::Passes(heir)),
            _ => Err(Refusal::Unallotted {
                assignment,
                party: duty.party,
            }),
        }
    }

    /// Who takes a duty over is one of the bodies that there are afterwards, and exists by then.
    fn is_heir(&self, pending: &Pending<'_>, party: PartyId, day: Day) -> Result<(), Refusal> {
        if !self.to.contains(&party) {
            return Err(Refusal::NotASuccessor { party });
        }
        let validity = pending.fact::<Party>(party)?.validity;
        if validity.contains(day) {
            Ok(())
        } else {
            Err(Refusal::NoHeirThen {
                party,
                day,
                validity,
            })
        }
    }

    /// Ends a duty, and begins that of the heir for the days on which the heir does not have it anyway.
    fn pass(
        &self,
        pending: &mut Pending<'_>,
        (id, duty): (AssignmentId, Assignment),
        heir: PartyId,
        day: Day,
    ) -> Result<(), Refusal> {
        let passes = Validity {
            from: duty.validity.from.max(day),
            to: duty.validity.to,
        };
        let own = pending.task_assignments(duty.task).into_iter();
        let own = own.filter(|(_, own)| own.party == heir && own.role == duty.role);
        let own: Vec<_> = own.map(|(_, own)| own.validity).collect();
        // What is recorded and withdrawn by one changeset was never there to be continued.
        let inherits = (duty.validity.from < day || pending.before::<Assignment>(id).is_some())
            .then_some(Inheritance {
                assignment: id,
                reorganization: self.id,
            });
        end(pending, id, &duty, day)?;
        for validity in without(passes, own) {
            let next = pending.next_id();
            let continued = Assignment {
                party: heir,
                basis: Basis::Inherited,
                validity,
                inherits,
                ..duty.clone()
            };
            pending.record(next, continued)?;
        }
        Ok(())
    }
}

/// Ends a duty on a day; one that would only begin then never was.
fn end(
    pending: &mut Pending<'_>,
    id: AssignmentId,
    duty: &Assignment,
    day: Day,
) -> Result<(), Refusal> {
    if day <= duty.validity.from {
        pending.withdraw::<Assignment>(id)
    } else {
        pending.end(id, duty.clone(), day)
    }
}

/// The stretches of a time that lie in none of some others.
fn without(whole: Validity, mut others: Vec<Validity>) -> Vec<Validity> {
    others.sort_unstable();
    let mut rest = vec![];
    let mut from = whole.from;
    for other in others.into_iter().filter(|other| !other.is_empty()) {
        let before = Validity {
            from,
            to: other.from.min(whole.to),
        };
        if !before.is_empty() {
            rest.push(before);
        }
        from = from.max(other.to);
    }
    let last = Validity { from, to: whole.to };
    if !last.is_empty() {
        rest.push(last);
    }
    rest
}
