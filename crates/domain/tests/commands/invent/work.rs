//! What is said of work, made up: how far it has come, what is reported, who is held to it.

use super::Inventor;
use domain::{
    command::{
        AdvanceCase, Command, EndProgressRule, FulfilDeadline, OpenCase, ReportProgress,
        SetProgressRule, SetTaskStatus,
    },
    deadline::Deadline,
    party::Party,
    plan::Plan,
    progress::{ProgressReport, Reported},
    progress_rule::{ProgressRule, Rhythm},
    standing::Standing,
    supervision::{CaseStep, SupervisionCase},
    target::Target,
    task::Task,
    vocabulary::{CaseStage, PeriodKind, TaskStatus},
};

const STATUSES: [TaskStatus; 3] = [
    TaskStatus::NotStarted,
    TaskStatus::InProgress,
    TaskStatus::Done,
];

impl Inventor<'_> {
    pub(super) fn fulfil_deadline(&mut self) -> Command {
        let deadline = self.known::<Deadline>();
        FulfilDeadline {
            deadline,
            expected: self.expected(deadline),
            on: self.day(),
        }
        .into()
    }

    pub(super) fn set_task_status(&mut self) -> Command {
        let task = self.known::<Task>();
        SetTaskStatus {
            task,
            expected: self.expected(task),
            id: self.new_id::<Standing>(),
            status: self.dice.one_of(&STATUSES),
            from: self.day(),
        }
        .into()
    }

    pub(super) fn report_progress(&mut self) -> Command {
        let about = match self.dice.below(3) {
            0 => Reported::Target(self.known::<Target>()),
            _ => Reported::Task(self.known::<Task>()),
        };
        let report = ProgressReport {
            about,
            party: self.known::<Party>(),
            period: self.validity(),
            reported: self.day(),
            status: self.dice.maybe(&STATUSES),
            value: self.dice.maybe(&["5".parse().unwrap()]),
            words: self.words(),
            evidence: self.dice.few(&["https://example.org/1".to_owned()]),
        };
        ReportProgress {
            id: self.new_id::<ProgressReport>(),
            report,
        }
        .into()
    }

    pub(super) fn open_case(&mut self) -> Command {
        OpenCase {
            task: self.known::<Task>(),
            party: self.known::<Party>(),
            id: self.new_id::<SupervisionCase>(),
            number: self.words(),
            subject: self.words(),
            due: self.changed(Self::day),
            on: self.day(),
            by: self.maybe::<Party>(),
            words: self.dice.maybe(&["请抓紧办理".to_owned()]),
        }
        .into()
    }

    /// Most often the step that comes next.
    pub(super) fn advance_case(&mut self) -> Command {
        let case = self.known::<SupervisionCase>();
        let taken = self.state.cases.get(&case).map_or(1, |it| it.steps.len());
        let next = CaseStage::ALL.get(taken).copied();
        let stage = match next {
            Some(next) if !self.dice.once_in(6) => next,
            _ => self.dice.one_of(CaseStage::ALL),
        };
        AdvanceCase {
            case,
            expected: self.expected(case),
            step: CaseStep {
                stage,
                day: self.day(),
                party: self.maybe::<Party>(),
                words: None,
            },
        }
        .into()
    }

    pub(super) fn set_progress_rule(&mut self) -> Command {
        SetProgressRule {
            plan: self.maybe::<Plan>(),
            id: self.new_id::<ProgressRule>(),
            amber_days: self.dice.one_of(&[10, 30]),
            rhythm: self.dice.once_in(2).then(|| Rhythm {
                every: PeriodKind::Month,
                day: self.dice.one_of(&[25, 28, 31, 32]),
                following: false,
            }),
            from: self.day(),
        }
        .into()
    }

    pub(super) fn end_progress_rule(&mut self) -> Command {
        let rule = self.known::<ProgressRule>();
        EndProgressRule {
            rule,
            expected: self.expected(rule),
            on: self.day(),
        }
        .into()
    }
}
