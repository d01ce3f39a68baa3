//! What is withdrawn is no longer spoken of.

use crate::{
    change::{Fact, Kind, Thing},
    clause::Subject,
    command::{pending::Pending, refusal::Refusal},
    id::{PartyId, PlanId, SectionId, TaskId},
};

/// Refuses to withdraw what other facts are about.
pub(super) fn withdrawn(pending: &Pending<'_>, thing: Thing) -> Result<(), Refusal> {
    match speaks_of(pending, thing) {
        Some(by) => Err(Refusal::SpokenOf { thing, by }),
        None => Ok(()),
    }
}

/// A fact that is about a thing, if there is one.
fn speaks_of(pending: &Pending<'_>, thing: Thing) -> Option<Thing> {
    match thing.kind {
        Kind::Party => {
            let party = PartyId::from(thing.id);
            first(pending.party_names(party))
                .or_else(|| first(pending.party_children(party)))
                .or_else(|| first(pending.party_assignments(party)))
                .or_else(|| first(pending.party_plans(party)))
                .or_else(|| first(pending.party_reports(party)))
                .or_else(|| first(pending.party_cases(party)))
                .or_else(|| first(pending.party_reorganizations(party)))
        }
        Kind::Plan => {
            let plan = PlanId::from(thing.id);
            first(pending.plan_sections(plan))
                .or_else(|| first(pending.plan_tasks(plan)))
                .or_else(|| states(pending, Subject::Plan(plan)))
                .or_else(|| first(pending.progress_rules(Some(plan))))
                .or_else(|| first(pending.plan_supersedes(plan)))
        }
        Kind::Section => {
            let section = SectionId::from(thing.id);
            first(pending.section_children(section))
                .or_else(|| first(pending.section_tasks(section)))
                .or_else(|| states(pending, Subject::Section(section)))
        }
        Kind::Task => {
            let task = TaskId::from(thing.id);
            first(pending.task_assignments(task))
                .or_else(|| states(pending, Subject::Task(task)))
                .or_else(|| first(pending.task_standings(task)))
                .or_else(|| first(pending.task_reports(task)))
                .or_else(|| first(pending.task_cases(task)))
        }
        Kind::Target => first(pending.target_reports(thing.id.into())),
        // No command withdraws these, or nothing is about them.
        Kind::Document
        | Kind::Place
        | Kind::PartyName
        | Kind::Reorganization
        | Kind::Clause
        | Kind::Assignment
        | Kind::Deadline
        | Kind::Standing
        | Kind::ProgressReport
        | Kind::SupervisionCase
        | Kind::ProgressRule => None,
    }
}

fn states(pending: &Pending<'_>, subject: Subject) -> Option<Thing> {
    first(pending.clauses(subject))
        .or_else(|| first(pending.targets(subject)))
        .or_else(|| first(pending.deadlines(subject)))
}

fn first<F: Fact>(facts: impl IntoIterator<Item = (F::Id, F)>) -> Option<Thing> {
    let (id, _) = facts.into_iter().next()?;
    Some(Thing::of::<F>(id))
}
