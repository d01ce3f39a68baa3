//! What is said of work is about something, and its days are in order.

use super::Checked;
use crate::{
    command::{pending::Pending, refusal::Refusal},
    party::Party,
    plan::Plan,
    progress::{ProgressReport, Reported},
    progress_rule::ProgressRule,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    vocabulary::CaseStage,
};

pub(super) fn standing(
    pending: &Pending<'_>,
    checked: &Checked<'_, Standing>,
) -> Result<(), Refusal> {
    checked.refers::<Task>(pending, |standing| Some(standing.task))
}

pub(super) fn report(
    pending: &Pending<'_>,
    checked: &Checked<'_, ProgressReport>,
) -> Result<(), Refusal> {
    checked.holds(|report| report.period)?;
    checked.refers::<Party>(pending, |report| Some(report.party))?;
    checked.refers::<Task>(pending, |report| match report.about {
        Reported::Task(task) => Some(task),
        Reported::Target(_) => None,
    })?;
    checked.refers::<Target>(pending, |report| match report.about {
        Reported::Target(target) => Some(target),
        Reported::Task(_) => None,
    })?;
    let ProgressReport {
        period,
        reported,
        status,
        value,
        ..
    } = checked.after;
    if *reported < period.from {
        return Err(Refusal::OutOfOrder {
            thing: checked.thing(),
            day: *reported,
            after: period.from,
        });
    }
    if status.is_none() && value.is_none() {
        checked.says("words", |report| &report.words)?;
    }
    Ok(())
}

/// A rule asks for reports by a day that months have.
pub(super) fn rule(
    pending: &Pending<'_>,
    checked: &Checked<'_, ProgressRule>,
) -> Result<(), Refusal> {
    checked.holds(|rule| rule.validity)?;
    checked.refers::<Plan>(pending, |rule| rule.plan)?;
    let rhythm = checked.after.rhythm;
    match rhythm {
        Some(rhythm) if !(1..=31).contains(&rhythm.day) => Err(Refusal::NoSuchDay {
            thing: checked.thing(),
            day: rhythm.day,
        }),
        _ => Ok(()),
    }
}

/// The steps of a case follow one another: each to the next stage, and none on a day before the last.
pub(super) fn case(
    pending: &Pending<'_>,
    checked: &Checked<'_, SupervisionCase>,
) -> Result<(), Refusal> {
    checked.refers::<Task>(pending, |case| Some(case.task))?;
    checked.refers::<Party>(pending, |case| Some(case.party))?;
    checked.says("number", |case| &case.number)?;
    checked.says("subject", |case| &case.subject)?;
    let thing = checked.thing();
    let steps = &checked.after.steps;
    for (step, stage) in steps.iter().zip(CaseStage::ALL) {
        if step.stage != *stage {
            return Err(Refusal::OtherStage {
                thing,
                next: *stage,
            });
        }
        if let Some(party) = step.party {
            pending.fact::<Party>(party)?;
        }
    }
    if steps.len() > CaseStage::ALL.len() {
        return Err(Refusal::CaseClosed { thing });
    }
    for pair in steps.windows(2) {
        if pair[1].day < pair[0].day {
            return Err(Refusal::OutOfOrder {
                thing,
                day: pair[1].day,
                after: pair[0].day,
            });
        }
    }
    Ok(())
}
