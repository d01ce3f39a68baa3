//! What is said of plans, sections and tasks.

use super::{
    super::scalar::{Date, SeqNumber},
    desk::{CommandFields, Desk, Link, Mistake, instead},
    reference::Reference,
};
use async_graphql::{InputObject, MaybeUndefined};
use domain::{
    command::{self, Command},
    document::Document,
    party::Party,
    plan::{Plan, Section},
    task::Task,
};

/// A plan that is entered by hand.
#[derive(Debug, InputObject)]
pub(crate) struct CreatePlanCommand {
    /// What people call it by: unique in the register.
    code: String,
    /// The title.
    title: String,
    /// The document that sets it out, if the register has it.
    document: Option<Reference>,
    /// Who owns the plan as a whole.
    owner: Option<Reference>,
    /// The year it is for.
    year: Option<i16>,
    /// The first day on which it is in force; today if none is given.
    valid_from: Option<Date>,
    /// The first day on which it no longer is.
    valid_to: Option<Date>,
}

impl CommandFields for CreatePlanCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::CreatePlan {
            id: desk.new_id::<Plan>(),
            code: desk.words("code", self.code)?,
            title: desk.words("title", self.title)?,
            document: desk.maybe::<Document>("document", self.document)?,
            owner: desk.maybe::<Party>("owner", self.owner)?,
            year: self.year,
            validity: desk.since_today(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// A plan that was recorded wrongly. What is not given stays; null says that there is none.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectPlanCommand {
    /// The plan.
    plan: Reference,
    /// The version of the plan that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// What people call it by: unique in the register.
    code: Option<String>,
    /// The title.
    title: Option<String>,
    /// Who owns the plan as a whole.
    owner: MaybeUndefined<Reference>,
    /// The year it is for.
    year: MaybeUndefined<i16>,
    /// The first day on which it is in force.
    valid_from: MaybeUndefined<Date>,
    /// The first day on which it no longer is.
    valid_to: MaybeUndefined<Date>,
}

impl CommandFields for CorrectPlanCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::CorrectPlan {
            plan: desk.changed::<Plan>("plan", self.plan)?,
            expected: desk.expected(self.expected_version),
            code: desk.maybe_words("code", self.code)?,
            title: desk.maybe_words("title", self.title)?,
            owner: desk.instead::<Party>("owner", self.owner)?,
            year: instead(self.year),
            validity: desk.revalidity(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// A plan in whose place a newer one comes.
#[derive(Debug, InputObject)]
pub(crate) struct SupersedePlanCommand {
    /// The older plan.
    plan: Reference,
    /// The version of the older plan that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The newer plan.
    by: Reference,
    /// The first day on which the older one is no longer in force; today if none is given.
    on: Option<Date>,
}

impl CommandFields for SupersedePlanCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::SupersedePlan {
            plan: desk.changed::<Plan>("plan", self.plan)?,
            expected: desk.expected(self.expected_version),
            by: desk.named::<Plan>("by", self.by)?,
            on: desk.day("on", self.on),
        }
        .into())
    }

    fn link(&self) -> Option<Link<'_>> {
        Some(Link {
            of: Some(&self.plan),
            to: &self.by,
        })
    }
}

/// A heading that is added to a plan by hand.
#[derive(Debug, InputObject)]
pub(crate) struct CreateSectionCommand {
    /// The plan.
    plan: Reference,
    /// The heading above it.
    parent: Option<Reference>,
    /// Its label, such as （一）.
    label: String,
    /// The heading's own words.
    title: String,
    /// Its place among all sections of the plan; behind all others if none is given.
    position: Option<u32>,
}

impl CommandFields for CreateSectionCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::CreateSection {
            id: desk.new_id::<Section>(),
            plan: desk.named::<Plan>("plan", self.plan)?,
            parent: desk.maybe::<Section>("parent", self.parent)?,
            label: desk.words("label", self.label)?,
            title: desk.words("title", self.title)?,
            position: self.position,
        }
        .into())
    }

    fn link(&self) -> Option<Link<'_>> {
        self.parent.as_ref().map(|to| Link { of: None, to })
    }
}

/// A heading that was recorded wrongly. What is not given stays; null says that there is none.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectSectionCommand {
    /// The section.
    section: Reference,
    /// The version of the section that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The heading above it.
    parent: MaybeUndefined<Reference>,
    /// Its label.
    label: Option<String>,
    /// The heading's own words.
    title: Option<String>,
    /// Its place among all sections of the plan.
    position: Option<u32>,
}

impl CommandFields for CorrectSectionCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::CorrectSection {
            section: desk.changed::<Section>("section", self.section)?,
            expected: desk.expected(self.expected_version),
            parent: desk.instead::<Section>("parent", self.parent)?,
            label: desk.maybe_words("label", self.label)?,
            title: desk.maybe_words("title", self.title)?,
            position: self.position,
        }
        .into())
    }

    fn link(&self) -> Option<Link<'_>> {
        let of = Some(&self.section);
        self.parent.value().map(|to| Link { of, to })
    }
}

/// A task that is added to a plan by hand.
#[derive(Debug, InputObject)]
pub(crate) struct CreateTaskCommand {
    /// The plan.
    plan: Reference,
    /// The section it stands in.
    section: Option<Reference>,
    /// Its label, such as 1.
    label: String,
    /// The heading's own words.
    title: String,
    /// What it says.
    body: Option<String>,
    /// Its place among all tasks of the plan; behind all others if none is given.
    position: Option<u32>,
    /// The first day on which it is in force; today if none is given.
    valid_from: Option<Date>,
    /// The first day on which it no longer is.
    valid_to: Option<Date>,
}

impl CommandFields for CreateTaskCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        let body = self.body.map(|body| desk.body("body", body)).transpose()?;
        Ok(command::CreateTask {
            id: desk.new_id::<Task>(),
            plan: desk.named::<Plan>("plan", self.plan)?,
            section: desk.maybe::<Section>("section", self.section)?,
            label: desk.words("label", self.label)?,
            title: desk.words("title", self.title)?,
            body,
            position: self.position,
            validity: desk.since_today(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// A task that was recorded wrongly. What is not given stays; null says that there is none.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectTaskCommand {
    /// The task.
    task: Reference,
    /// The version of the task that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The section it stands in.
    section: MaybeUndefined<Reference>,
    /// Its label.
    label: Option<String>,
    /// The heading's own words.
    title: Option<String>,
    /// What it says.
    body: MaybeUndefined<String>,
    /// Its place among all tasks of the plan.
    position: Option<u32>,
    /// The first day on which it is in force.
    valid_from: MaybeUndefined<Date>,
    /// The first day on which it no longer is.
    valid_to: MaybeUndefined<Date>,
}

impl CommandFields for CorrectTaskCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        let mut body = |body: Option<String>| body.map(|body| desk.body("body", body)).transpose();
        let body = instead(self.body).map(&mut body).transpose()?;
        Ok(command::CorrectTask {
            task: desk.changed::<Task>("task", self.task)?,
            expected: desk.expected(self.expected_version),
            section: desk.instead::<Section>("section", self.section)?,
            label: desk.maybe_words("label", self.label)?,
            title: desk.maybe_words("title", self.title)?,
            body,
            position: self.position,
            validity: desk.revalidity(self.valid_from, self.valid_to),
        }
        .into())
    }
}
