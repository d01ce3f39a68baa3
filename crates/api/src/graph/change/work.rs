//! What is said of work that goes on: statuses, reports, cases, deadlines that are met.

use super::{
    super::{
        scalar::{Date, SeqNumber},
        vocabulary::{CaseStage, PeriodKind, TaskStatus},
    },
    desk::{CommandFields, Desk, Mistake},
    reference::Reference,
};
use async_graphql::InputObject;
use domain::{
    command::{self, Command},
    deadline::Deadline,
    party::Party,
    plan::Plan,
    progress::{ProgressReport, Reported},
    progress_rule::{ProgressRule, Rhythm},
    standing::Standing,
    supervision::{CaseStep, SupervisionCase},
    target::Target,
    task::Task,
};

/// A deadline that was met.
#[derive(Debug, InputObject)]
pub(crate) struct FulfilDeadlineCommand {
    /// The deadline.
    deadline: Reference,
    /// The version of the deadline that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The day on which it was met; today if none is given.
    on: Option<Date>,
}

impl CommandFields for FulfilDeadlineCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::FulfilDeadline {
            deadline: desk.changed::<Deadline>("deadline", self.deadline)?,
            expected: desk.expected(self.expected_version),
            on: desk.day("on", self.on),
        }
        .into())
    }
}

/// How far a task has come.
#[derive(Debug, InputObject)]
pub(crate) struct SetTaskStatusCommand {
    /// The task.
    task: Reference,
    /// The version of the task and its standings that you saw: refused if they have changed since.
    expected_version: Option<SeqNumber>,
    /// How far it has come.
    status: TaskStatus,
    /// The first day on which it has; today if none is given.
    from: Option<Date>,
}

impl CommandFields for SetTaskStatusCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::SetTaskStatus {
            id: desk.new_id::<Standing>(),
            task: desk.changed::<Task>("task", self.task)?,
            expected: desk.expected(self.expected_version),
            status: self.status.into(),
            from: desk.day("from", self.from),
        }
        .into())
    }
}

/// What a party reports.
#[derive(Debug, InputObject)]
pub(crate) struct ReportProgressCommand {
    /// The task. Give this or `target`.
    task: Option<Reference>,
    /// The target. Give this or `task`.
    target: Option<Reference>,
    /// Who reports.
    party: Reference,
    /// The first day that it covers.
    period_from: Date,
    /// The first day that it no longer covers.
    period_to: Date,
    /// The day on which it is given; today if none is given.
    reported_on: Option<Date>,
    /// How far the task has come, as the party sees it. What the register takes it for is set by `setTaskStatus`.
    status: Option<TaskStatus>,
    /// The figure that was reached, in the target's unit: a decimal number as a string.
    value: Option<String>,
    /// What the party says. May be left out where a status or a figure is given.
    text: Option<String>,
    /// Where what shows it can be found: addresses.
    #[graphql(default)]
    evidence: Vec<String>,
}

impl CommandFields for ReportProgressCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        let about = match (self.task, self.target) {
            (Some(task), None) => Reported::Task(desk.named::<Task>("task", task)?),
            (None, Some(target)) => Reported::Target(desk.named::<Target>("target", target)?),
            _ => {
                return Err(Mistake::invalid(
                    "task",
                    "a report is about a task or about a target: give one of them",
                ));
            }
        };
        let value = self.value.as_deref();
        let text = desk.maybe_words("text", self.text)?;
        let evidence = self.evidence.into_iter();
        let report = ProgressReport {
            about,
            party: desk.named::<Party>("party", self.party)?,
            period: domain::time::Validity {
                from: desk.day("periodFrom", Some(self.period_from)),
                to: desk.day("periodTo", Some(self.period_to)),
            },
            reported: desk.day("reportedOn", self.reported_on),
            status: self.status.map(Into::into),
            value: value.map(|value| desk.read("value", value)).transpose()?,
            words: text.unwrap_or_default(),
            evidence: evidence
                .map(|address| desk.words("evidence", address))
                .collect::<Result<_, _>>()?,
        };
        let id = desk.new_id::<ProgressReport>();
        Ok(command::ReportProgress { id, report }.into())
    }
}

/// When lights turn amber, and how often parties report.
#[derive(Debug, InputObject)]
pub(crate) struct SetProgressRuleCommand {
    /// The plan; all plans without a rule of their own if none is given.
    plan: Option<Reference>,
    /// How many days before a last day a light turns amber.
    amber_days: u16,
    /// How often parties report; they are not asked to if this is left out.
    rhythm: Option<RhythmInput>,
    /// The first day on which it holds; today if none is given.
    from: Option<Date>,
}

/// How often parties report, and by when.
#[derive(Debug, InputObject)]
pub(crate) struct RhythmInput {
    /// For which periods.
    every: PeriodKind,
    /// By which day of the period's last month, 1 to 31; the last one of that month where it is shorter.
    day: u8,
    /// Whether it is a day of the month after the period instead.
    #[graphql(default = false)]
    following: bool,
}

impl CommandFields for SetProgressRuleCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        let rhythm = self.rhythm.map(|rhythm| Rhythm {
            every: rhythm.every.into(),
            day: desk.chosen("rhythm", rhythm.day),
            following: rhythm.following,
        });
        Ok(command::SetProgressRule {
            id: desk.new_id::<ProgressRule>(),
            plan: desk.maybe::<Plan>("plan", self.plan)?,
            amber_days: desk.chosen("amberDays", self.amber_days),
            rhythm,
            from: desk.day("from", self.from),
        }
        .into())
    }
}

/// A rule for lights and reports that ceases to hold.
#[derive(Debug, InputObject)]
pub(crate) struct EndProgressRuleCommand {
    /// The rule.
    rule: Reference,
    /// The version of the rule that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// The first day on which it no longer holds; today if none is given.
    on: Option<Date>,
}

impl CommandFields for EndProgressRuleCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::EndProgressRule {
            rule: desk.changed::<ProgressRule>("rule", self.rule)?,
            expected: desk.expected(self.expected_version),
            on: desk.day("on", self.on),
        }
        .into())
    }
}

/// A case that is opened.
#[derive(Debug, InputObject)]
pub(crate) struct OpenSupervisionCaseCommand {
    /// The task.
    task: Reference,
    /// Who is held to it.
    party: Reference,
    /// The number by which the office files it.
    number: String,
    /// What is asked.
    subject: String,
    /// By when an answer is due.
    due_on: Option<Date>,
    /// The day on which it is opened; today if none is given.
    on: Option<Date>,
    /// Who opens it.
    by: Option<Reference>,
    /// What is said.
    text: Option<String>,
}

impl CommandFields for OpenSupervisionCaseCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::OpenCase {
            id: desk.new_id::<SupervisionCase>(),
            task: desk.named::<Task>("task", self.task)?,
            party: desk.named::<Party>("party", self.party)?,
            number: desk.words("number", self.number)?,
            subject: desk.words("subject", self.subject)?,
            due: self.due_on.map(|day| day.0),
            on: desk.day("on", self.on),
            by: desk.maybe::<Party>("by", self.by)?,
            words: desk.maybe_words("text", self.text)?,
        }
        .into())
    }
}

/// The next step of a case.
#[derive(Debug, InputObject)]
pub(crate) struct AdvanceSupervisionCaseCommand {
    /// The case.
    case: Reference,
    /// The version of the case that you saw: refused if it has changed since.
    expected_version: Option<SeqNumber>,
    /// To which stage the case comes: the one after that at which it is.
    stage: CaseStage,
    /// The day on which it does; today if none is given.
    on: Option<Date>,
    /// Who takes the step, or to whom the case is assigned.
    party: Option<Reference>,
    /// What is said.
    text: Option<String>,
}

impl CommandFields for AdvanceSupervisionCaseCommand {
    fn command(self, desk: &mut Desk) -> Result<Command, Mistake> {
        Ok(command::AdvanceCase {
            case: desk.changed::<SupervisionCase>("case", self.case)?,
            expected: desk.expected(self.expected_version),
            step: CaseStep {
                stage: self.stage.into(),
                day: desk.day("on", self.on),
                party: desk.maybe::<Party>("party", self.party)?,
                words: desk.maybe_words("text", self.text)?,
            },
        }
        .into())
    }
}
