//! Plans are told apart by their codes, and hold their own sections and tasks.

use super::Checked;
use crate::{
    change::{Fact, Thing},
    command::{pending::Pending, refusal::Refusal},
    document::Document,
    id::{PlanId, SectionId},
    party::Party,
    plan::{Plan, Section},
    task::Task,
};

pub(super) fn plan(pending: &Pending<'_>, checked: &Checked<'_, Plan>) -> Result<(), Refusal> {
    checked.holds(|plan| plan.validity)?;
    checked.says("code", |plan| &plan.code)?;
    checked.says("title", |plan| &plan.title)?;
    checked.refers::<Document>(pending, |plan| plan.document)?;
    checked.refers::<Party>(pending, |plan| plan.owner)?;
    checked.refers::<Plan>(pending, |plan| plan.superseded_by)?;
    checked.lies_under(pending, |plan| plan.superseded_by)?;
    let code = &checked.after.code;
    let others = pending.plans_called(code).into_iter();
    match others.into_iter().find(|&other| other != checked.id) {
        Some(plan) if checked.is_new(|plan| plan.code.clone()) => Err(Refusal::PlanCodeTaken {
            plan,
            code: code.clone(),
        }),
        _ => Ok(()),
    }
}

pub(super) fn section(
    pending: &Pending<'_>,
    checked: &Checked<'_, Section>,
) -> Result<(), Refusal> {
    checked.refers::<Plan>(pending, |section| Some(section.plan))?;
    checked.says("title", |section| &section.title)?;
    let parent = checked.after.parent;
    if checked.is_new(|section| section.parent) {
        stands_in(pending, checked, checked.after.plan, parent)?;
    }
    checked.lies_under(pending, |section| section.parent)
}

pub(super) fn task(pending: &Pending<'_>, checked: &Checked<'_, Task>) -> Result<(), Refusal> {
    checked.holds(|task| task.validity)?;
    checked.refers::<Plan>(pending, |task| Some(task.plan))?;
    checked.says("title", |task| &task.title)?;
    if checked.is_new(|task| task.section) {
        stands_in(pending, checked, checked.after.plan, checked.after.section)?;
    }
    Ok(())
}

/// The section is there, and one of the same plan.
fn stands_in<F: Fact>(
    pending: &Pending<'_>,
    checked: &Checked<'_, F>,
    plan: PlanId,
    section: Option<SectionId>,
) -> Result<(), Refusal> {
    match section {
        Some(section) if pending.fact::<Section>(section)?.plan != plan => {
            Err(Refusal::OtherPlan {
                thing: checked.thing(),
                section: Thing::of::<Section>(section),
            })
        }
        _ => Ok(()),
    }
}
