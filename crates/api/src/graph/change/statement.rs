//! What is said of deadlines and targets, and what is withdrawn.

use super::{
    super::{
        scalar::{Date, SeqNumber},
        vocabulary::{DueKind, Firmness},
    },
    desk::{CommandFields, Desk, Mistake, instead},
    reference::Reference,
};
use async_graphql::{InputObject, MaybeUndefined};
use domain::{
    command::{self, Command},
    deadline::{Deadline, Due},
    target::{Decimal, Target},
    task::Wording,
    vocabulary::DueSource,
};

/// A time by which something is to be done: in words, and what they mean.
#[derive(Debug, InputObject)]
pub(crate) struct EnteredDueInput {
    /// The words.
    text: String,
    /// What they mean.
    #[graphql(default_with = "DueKind::ByDate")]
    kind: DueKind,
    /// The year, month or day, at the precision that is meant: 2024, 2024-06 or 2024-06-30.
    date: Option<String>,
}

impl EnteredDueInput {
    fn due(self, desk: &mut Desk) -> Result<Due, Mistake> {
        let date = self.date.as_deref();
        Ok(Due {
            wording: Wording::Entered(desk.words("due", self.text)?),
            kind: self.kind.into(),
            date: date.map(|date| desk.read("due", date)).transpose()?,
            source: DueSource::Record,
        })
    }
}

/// A time that is set by which something is to be done.
#[derive(Debug, InputObject)]
pub(crate) struct SetDeadlineCommand {
    /// What is to be done: a task, a section or a whole plan.
    subject: Reference,
    /// By when.
    due: EnteredDueInput,
    /// The first day on which this deadline counts; today if none is given.
    valid_from: Option<Date>,
    /// The first day on which it no longer does.
    valid_to: Option<Date>,
}

impl CommandFields for SetDeadlineCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::SetDeadline {
            id: desk.new_id::<Deadline>(),
            subject: desk.subject("subject", self.subject)?,
            due: self.due.due(desk)?,
            validity: desk.since_today(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// A deadline that is another from a day on.
#[derive(Debug, InputObject)]
pub(crate) struct MoveDeadlineCommand {
    /// The deadline that ceases to count.
    deadline: Reference,
    /// The version of the deadline that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// By when it is due instead.
    due: EnteredDueInput,
    /// The first day on which the new deadline counts; today if none is given.
    from: Option<Date>,
}

impl CommandFields for MoveDeadlineCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::MoveDeadline {
            deadline: desk.changed::<Deadline>("deadline", self.deadline)?,
            expected: desk.expected(self.expected_version),
            id: desk.new_id::<Deadline>(),
            due: self.due.due(desk)?,
            from: desk.day("from", self.from),
        }
        .into())
    }
}

/// A deadline that was recorded wrongly. What is not given stays.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectDeadlineCommand {
    /// The deadline.
    deadline: Reference,
    /// The version of the deadline that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// By when.
    due: Option<EnteredDueInput>,
    /// The first day on which it counts; null if it always did.
    valid_from: MaybeUndefined<Date>,
    /// The first day on which it no longer does; null if no end is known.
    valid_to: MaybeUndefined<Date>,
}

impl CommandFields for CorrectDeadlineCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::CorrectDeadline {
            deadline: desk.changed::<Deadline>("deadline", self.deadline)?,
            expected: desk.expected(self.expected_version),
            due: self.due.map(|due| due.due(desk)).transpose()?,
            validity: desk.revalidity(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// A figure that is set.
#[derive(Debug, InputObject)]
pub(crate) struct SetTargetCommand {
    /// What is to reach it: a task, a section or a whole plan.
    subject: Reference,
    /// The words.
    text: String,
    /// The least that is to be reached: a decimal number as a string.
    min: Option<String>,
    /// The most. Equal to `min` where one exact figure is meant.
    max: Option<String>,
    /// The unit, such as 个 or %.
    unit: Option<String>,
    /// How firmly it is meant.
    #[graphql(default_with = "Firmness::Unstated")]
    firmness: Firmness,
    /// By when.
    due: Option<EnteredDueInput>,
    /// The first day on which it is set; today if none is given.
    valid_from: Option<Date>,
    /// The first day on which it no longer is.
    valid_to: Option<Date>,
}

impl CommandFields for SetTargetCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::SetTarget {
            id: desk.new_id::<Target>(),
            subject: desk.subject("subject", self.subject)?,
            words: desk.words("text", self.text)?,
            min: figure(desk, "min", self.min.as_deref())?,
            max: figure(desk, "max", self.max.as_deref())?,
            unit: desk.maybe_words("unit", self.unit)?,
            firmness: self.firmness.into(),
            due: self.due.map(|due| due.due(desk)).transpose()?,
            validity: desk.since_today(self.valid_from, self.valid_to),
        }
        .into())
    }
}

fn figure(
    desk: &mut Desk,
    field: &'static str,
    digits: Option<&str>,
) -> Result<Option<Decimal>, Mistake> {
    digits.map(|digits| desk.read(field, digits)).transpose()
}

/// A figure that is no longer set.
#[derive(Debug, InputObject)]
pub(crate) struct EndTargetCommand {
    /// The target.
    target: Reference,
    /// The version of the target that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The first day on which it is no longer set; today if none is given.
    on: Option<Date>,
}

impl CommandFields for EndTargetCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::EndTarget {
            target: desk.changed::<Target>("target", self.target)?,
            expected: desk.expected(self.expected_version),
            on: desk.day("on", self.on),
        }
        .into())
    }
}

/// A target that was recorded wrongly. What is not given stays; null says that there is none.
#[derive(Debug, InputObject)]
pub(crate) struct CorrectTargetCommand {
    /// The target.
    target: Reference,
    /// The version of the target that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The words.
    text: Option<String>,
    /// The least that is to be reached: a decimal number as a string.
    min: MaybeUndefined<String>,
    /// The most.
    max: MaybeUndefined<String>,
    /// The unit.
    unit: MaybeUndefined<String>,
    /// How firmly it is meant.
    firmness: Option<Firmness>,
    /// By when.
    due: MaybeUndefined<EnteredDueInput>,
    /// The first day on which it is set; null if it always was.
    valid_from: MaybeUndefined<Date>,
    /// The first day on which it no longer is; null if no end is known.
    valid_to: MaybeUndefined<Date>,
}

impl CommandFields for CorrectTargetCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        let mut other = |field, digits: MaybeUndefined<String>| {
            instead(digits)
                .map(|digits| figure(desk, field, digits.as_deref()))
                .transpose()
        };
        let min = other("min", self.min)?;
        let max = other("max", self.max)?;
        let due = instead(self.due).map(|due| due.map(|due| due.due(desk)).transpose());
        Ok(command::CorrectTarget {
            target: desk.changed::<Target>("target", self.target)?,
            expected: desk.expected(self.expected_version),
            words: desk.maybe_words("text", self.text)?,
            min,
            max,
            unit: desk.other_words("unit", self.unit)?,
            firmness: self.firmness.map(Into::into),
            due: due.transpose()?,
            validity: desk.revalidity(self.valid_from, self.valid_to),
        }
        .into())
    }
}

/// Something that should never have been recorded.
#[derive(Debug, InputObject)]
pub(crate) struct WithdrawCommand {
    /// A party, a name, a plan, a section, a task, an assignment, a target or a deadline.
    what: Reference,
    /// Its version that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
}

impl CommandFields for WithdrawCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::Withdraw {
            what: desk.anything("what", self.what)?,
            expected: desk.expected(self.expected_version),
        }
        .into())
    }
}
