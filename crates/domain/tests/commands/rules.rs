//! The rules, told over whole states.

use crate::model::{Done, Refused, State, unless};
use domain::{
    assignment::Assignment,
    clause::Subject,
    deadline::Due,
    id::{PartyId, SectionId},
    party::PartyName,
    task::Wording,
    time::Validity,
    vocabulary::{DueKind, NameKind, Role},
};
use uuid::Uuid;

/// Panics where a register that only commands have written is against a rule.
pub(crate) fn hold(state: &State) {
    assert!(sound(state).is_ok(), "against the rules: {state:#?}");
}

/// Whether a state may follow another. Only what is so at the end counts; a register without documents is always sound,
/// so that what may follow is what is sound.
pub(crate) fn allow(before: &State, after: &State) -> Done {
    sound(after)?;
    recorded_in_order(before, after)
}

fn sound(state: &State) -> Done {
    lasting(state)?;
    named(state)?;
    linked(state)?;
    words(state)?;
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
    let mut all = parties
        .chain(names)
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
    for (task, _) in &state.superseded {
        subject(Subject::Task(*task))?;
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
    unless(state.targets.values().any(|it| {
        wording(&it.wording)
            || it.due.as_ref().is_some_and(due)
            || matches!((&it.min, &it.max), (Some(min), Some(max)) if figure(min) > figure(max))
    }))
}

/// One lead at a time, and nobody has a role twice.
fn beside((one, other): (&Assignment, &Assignment)) -> Done {
    let at_once = one.task == other.task && one.validity.overlaps(&other.validity);
    let twice = one.party == other.party && one.role == other.role;
    let both_lead = one.role == Role::Lead && other.role == Role::Lead;
    unless(at_once && (twice || both_lead))
}

/// What is above something is recorded before it.
fn recorded_in_order(before: &State, after: &State) -> Done {
    let parties = after.parties.iter();
    let parties = parties.filter_map(|(id, it)| Some((Uuid::from(*id), Uuid::from(it.parent?))));
    let sections = after.sections.iter();
    let sections = sections.filter_map(|(id, it)| Some((Uuid::from(*id), Uuid::from(it.parent?))));
    let is_new = |id: Uuid| {
        !before.parties.contains_key(&id.into()) && !before.sections.contains_key(&id.into())
    };
    let mut links = parties.chain(sections);
    unless(links.any(|(id, parent)| is_new(id) && is_new(parent) && id < parent))
}
