//! The rules, told over whole states.

use super::model::{Done, Refused, State, unless};
use domain::{
    assignment::Assignment,
    clause::Subject,
    deadline::Due,
    id::{PartyId, ReorganizationId, SectionId},
    party::PartyName,
    progress::Reported,
    reorganization::Reorganization,
    supervision::SupervisionCase,
    task::Wording,
    time::Validity,
    vocabulary::{CaseStage, DueKind, NameKind, ReorganizationKind, Role},
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Panics where a register that only commands have written is against a rule.
pub(crate) fn hold(state: &State) {
    assert!(sound(state).is_ok(), "against the rules: {state:#?}");
}

/// Whether a state may follow another. Only what is so at the end counts; a register without documents is always sound,
/// so that what may follow is what is sound.
pub(crate) fn allow(before: &State, after: &State) -> Done {
    sound(after)?;
    recorded_in_order(before, after)?;
    let is_new = |(id, _): &(&ReorganizationId, _)| !before.reorganizations.contains_key(id);
    let mut reorganized = after.reorganizations.iter().filter(is_new);
    reorganized.try_for_each(|(_, it)| {
        let exists = |party| after.parties[party].validity.contains(it.effective);
        unless(!it.to.iter().all(exists))
    })
}

fn sound(state: &State) -> Done {
    lasting(state)?;
    named(state)?;
    linked(state)?;
    words(state)?;
    state.reorganizations.values().try_for_each(reorganized)?;
    state.cases.values().try_for_each(stepped)?;
    for pair in pairs(&state.assignments) {
        beside(pair)?;
    }
    for (one, other) in pairs(&state.names) {
        let official = |name: &PartyName| name.kind == NameKind::Official;
        let both = official(one) && official(other) && one.party == other.party;
        unless(both && one.validity.overlaps(&other.validity))?;
    }
    for (one, other) in pairs(&state.plans) {
        unless(one.code == other.code)?;
    }
    Ok(())
}

/// Every two facts of a list.
fn pairs<I: Ord, F>(facts: &std::collections::BTreeMap<I, F>) -> Vec<(&F, &F)> {
    let facts: Vec<&F> = facts.values().collect();
    let mut pairs = vec![];
    for (n, one) in facts.iter().enumerate() {
        pairs.extend(facts[..n].iter().map(|other| (*other, *one)));
    }
    pairs
}

/// Everything holds on some day.
fn lasting(state: &State) -> Done {
    let parties = state.parties.values().map(|it| it.validity);
    let names = state.names.values().map(|it| it.validity);
    let plans = state.plans.values().map(|it| it.validity);
    let tasks = state.tasks.values().map(|it| it.validity);
    let assignments = state.assignments.values().map(|it| it.validity);
    let deadlines = state.deadlines.values().map(|it| it.validity);
    let targets = state.targets.values().map(|it| it.validity);
    let reports = state.reports.values().map(|it| it.period);
    let rules = state.rules.values().map(|it| it.validity);
    let mut all = parties
        .chain(names)
        .chain(reports)
        .chain(rules)
        .chain(plans)
        .chain(tasks)
        .chain(assignments)
        .chain(deadlines)
        .chain(targets);
    unless(all.any(|Validity { from, to }| from >= to))
}

/// Everything that is referred to is there.
fn named(state: &State) -> Done {
    let party = |id: PartyId| unless(!state.parties.contains_key(&id));
    let subject = |subject: Subject| unless(!state.has_subject(subject));
    for it in state.names.values() {
        party(it.party)?;
    }
    for it in state.plans.values() {
        it.owner.map_or(Ok(()), party)?;
    }
    for plan in state.rules.values().filter_map(|it| it.plan) {
        subject(Subject::Plan(plan))?;
    }
    for it in state.tasks.values() {
        subject(Subject::Plan(it.plan))?;
        if let Some(section) = it.section {
            unless(
                state
                    .sections
                    .get(&section)
                    .is_none_or(|of| of.plan != it.plan),
            )?;
        }
    }
    for it in state.standings.values() {
        subject(Subject::Task(it.task))?;
    }
    for it in state.reports.values() {
        party(it.party)?;
        match it.about {
            Reported::Task(task) => subject(Subject::Task(task))?,
            Reported::Target(target) => unless(!state.targets.contains_key(&target))?,
        }
    }
    for it in state.cases.values() {
        subject(Subject::Task(it.task))?;
        let took_steps = it.steps.iter().filter_map(|step| step.party);
        took_steps.chain([it.party]).try_for_each(party)?;
    }
    for it in state.reorganizations.values() {
        it.from.iter().chain(&it.to).copied().try_for_each(party)?;
    }
    for it in state.assignments.values() {
        party(it.party)?;
        subject(Subject::Task(it.task))?;
    }
    for it in state.deadlines.values() {
        subject(it.subject)?;
    }
    for it in state.targets.values() {
        subject(it.subject)?;
    }
    Ok(())
}

/// What is above something is there, is of the same plan, and does not lie under it.
fn linked(state: &State) -> Done {
    for id in state.parties.keys() {
        let mut above = Some(*id);
        for _ in 0..=state.parties.len() {
            above = match above {
                Some(id) => state.parties.get(&id).ok_or(Refused)?.parent,
                None => None,
            };
        }
        unless(above.is_some())?;
    }
    for id in state.plans.keys() {
        let mut newer = Some(*id);
        for _ in 0..=state.plans.len() {
            newer = match newer {
                Some(id) => state.plans.get(&id).ok_or(Refused)?.superseded_by,
                None => None,
            };
        }
        unless(newer.is_some())?;
    }
    for (id, section) in &state.sections {
        unless(!state.plans.contains_key(&section.plan))?;
        let mut above: Option<SectionId> = Some(*id);
        for _ in 0..=state.sections.len() {
            above = match above {
                Some(id) => {
                    let it = state.sections.get(&id).ok_or(Refused)?;
                    unless(it.plan != section.plan)?;
                    it.parent
                }
                None => None,
            };
        }
        unless(above.is_some())?;
    }
    Ok(())
}

/// Words say something, figures are no contradiction, dates are there.
fn words(state: &State) -> Done {
    let is_blank = |words: &str| words.trim().is_empty();
    let wording = |wording: &Wording| matches!(wording, Wording::Entered(words) if is_blank(words));
    let due =
        |due: &Due| wording(&due.wording) || (due.kind == DueKind::ByDate && due.date.is_none());
    let figure = |digits: &domain::target::Decimal| digits.as_str().parse::<f64>().unwrap();
    unless(state.names.values().any(|it| is_blank(&it.text)))?;
    unless(
        state
            .plans
            .values()
            .any(|it| is_blank(&it.code) || is_blank(&it.title)),
    )?;
    unless(state.sections.values().any(|it| is_blank(&it.title)))?;
    unless(state.tasks.values().any(|it| is_blank(&it.title)))?;
    unless(state.deadlines.values().any(|it| due(&it.due)))?;
    let mut rhythms = state.rules.values().filter_map(|it| it.rhythm);
    unless(rhythms.any(|it| it.day == 0 || it.day > 31))?;
    unless(state.reports.values().any(|it| {
        let says = it.status.is_some() || it.value.is_some() || !is_blank(&it.words);
        !says || it.reported < it.period.from
    }))?;
    unless(
        state
            .cases
            .values()
            .any(|it| is_blank(&it.number) || is_blank(&it.subject)),
    )?;
    unless(state.targets.values().any(|it| {
        wording(&it.wording)
            || it.due.as_ref().is_some_and(due)
            || matches!((&it.min, &it.max), (Some(min), Some(max)) if figure(min) > figure(max))
    }))
}

/// A reorganization is what it is called.
fn reorganized(it: &Reorganization) -> Done {
    let both = it.from.iter().filter(|party| it.to.contains(party)).count();
    let once = |parties: &[PartyId]| {
        let all: BTreeSet<_> = parties.iter().collect();
        all.len() == parties.len()
    };
    let (before, after) = (it.from.len(), it.to.len());
    let is_so = match it.kind {
        ReorganizationKind::Rename => (before, after, both) == (1, 1, 1),
        ReorganizationKind::Merge => after == 1 && before > both,
        ReorganizationKind::Split => before == 1 && after > 1,
        ReorganizationKind::Abolish => before > 0 && both == 0,
        ReorganizationKind::Create => after > 0 && both == 0,
        ReorganizationKind::Transfer => before > 0 && after > 0 && both == 0,
    };
    unless(!is_so || !once(&it.from) || !once(&it.to))
}

/// The steps of a case are taken in order, stage by stage.
fn stepped(it: &SupervisionCase) -> Done {
    let stages: Vec<_> = it.steps.iter().map(|step| step.stage).collect();
    unless(!CaseStage::ALL.starts_with(&stages))?;
    unless(!it.steps.is_sorted_by_key(|step| step.day))
}

/// One lead at a time, and nobody has a role twice.
fn beside((one, other): (&Assignment, &Assignment)) -> Done {
    let at_once = one.task == other.task && one.validity.overlaps(&other.validity);
    let twice = one.party == other.party && one.role == other.role;
    let both_lead = one.role == Role::Lead && other.role == Role::Lead;
    unless(at_once && (twice || both_lead))
}

/// What is above something, or takes its place, is recorded before it.
fn recorded_in_order(before: &State, after: &State) -> Done {
    let parties = after.parties.iter();
    let parties = parties.filter_map(|(id, it)| Some((Uuid::from(*id), Uuid::from(it.parent?))));
    let sections = after.sections.iter();
    let sections = sections.filter_map(|(id, it)| Some((Uuid::from(*id), Uuid::from(it.parent?))));
    let plans = after.plans.iter();
    let plans = plans.filter_map(|(id, it)| Some((Uuid::from(*id), Uuid::from(it.superseded_by?))));
    let is_new = |id: Uuid| {
        !before.parties.contains_key(&id.into())
            && !before.sections.contains_key(&id.into())
            && !before.plans.contains_key(&id.into())
    };
    let mut links = parties.chain(sections).chain(plans);
    unless(links.any(|(id, parent)| is_new(id) && is_new(parent) && id < parent))
}
