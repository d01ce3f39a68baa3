//! What is said of work, and what becomes of it.

use super::{Done, Listed, Refused, State, unless};
use domain::{
    assignment::Assignment,
    clause::Subject,
    command::{AdvanceCase, FulfilDeadline, Lasting, OpenCase, SetProgressRule},
    deadline::Deadline,
    id::{PlanId, StandingId, TaskId},
    progress_rule::ProgressRule,
    standing::Standing,
    supervision::{CaseStep, SupervisionCase},
    target::Target,
    task::Task,
    time::{Day, Validity},
    vocabulary::{CaseStage, TaskStatus},
};

impl State {
    /// The rule of a day is corrected; another one ends the one that holds, and holds until the next.
    pub(super) fn set_progress_rule(&mut self, it: &SetProgressRule) {
        let of_plan: Vec<_> = self
            .rules
            .iter()
            .filter(|(_, rule)| rule.plan == it.plan)
            .map(|(id, rule)| (*id, rule.clone()))
            .collect();
        let said = |validity| ProgressRule {
            plan: it.plan,
            amber_days: it.amber_days,
            rhythm: it.rhythm,
            validity,
        };
        if let Some((id, rule)) = of_plan
            .iter()
            .rfind(|(_, rule)| rule.validity.from == it.from)
        {
            self.rules.insert(*id, said(rule.validity));
            return;
        }
        if let Some((id, rule)) = of_plan
            .iter()
            .find(|(_, rule)| rule.validity.contains(it.from))
        {
            if *rule == said(rule.validity) {
                return;
            }
            let mut ended = rule.clone();
            ended.validity.to = it.from;
            self.rules.insert(*id, ended);
        }
        let later = of_plan.iter().map(|(_, rule)| rule.validity.from);
        let mut validity = Validity::since(it.from);
        validity.to = later
            .filter(|from| *from > it.from)
            .min()
            .unwrap_or(validity.to);
        self.rules.insert(it.id, said(validity));
    }

    /// How far a task has come on a day.
    pub(super) fn status(&self, task: TaskId, on: Day) -> Result<TaskStatus, Refused> {
        let recorded = self.get::<Task>(task)?.status;
        let standings = self.standings.values();
        let reached = standings.filter(|it| it.task == task && it.reached <= on);
        Ok(reached
            .max_by_key(|it| it.reached)
            .map_or(recorded, |it| it.status))
    }

    /// A task comes further on a day; what was said of that day is corrected.
    pub(super) fn set_status(
        &mut self,
        id: Option<StandingId>,
        task: TaskId,
        status: TaskStatus,
        on: Day,
    ) -> Done {
        let mut standings = self.standings.values_mut();
        if let Some(of_day) = standings.find(|it| it.task == task && it.reached == on) {
            of_day.status = status;
            return Ok(());
        }
        if self.status(task, on)? == status {
            return Ok(());
        }
        let standing = Standing {
            task,
            status,
            reached: on,
        };
        match id {
            Some(id) => drop(self.standings.insert(id, standing)),
            None => self.record(standing),
        }
        Ok(())
    }

    pub(super) fn fulfil(&mut self, it: &FulfilDeadline, before: &Self) -> Done {
        let held = self.seen::<Deadline>(it.deadline, it.expected, before)?;
        unless(held.fulfilled.is_some_and(|day| day != it.on))?;
        let fulfilled = Some(it.on);
        self.deadlines
            .insert(it.deadline, Deadline { fulfilled, ..held });
        Ok(())
    }

    pub(super) fn open_case(&mut self, it: &OpenCase) {
        let opened = CaseStep {
            stage: CaseStage::Opened,
            day: it.on,
            party: it.by,
            words: it.words.clone(),
        };
        let case = SupervisionCase {
            task: it.task,
            party: it.party,
            number: it.number.clone(),
            subject: it.subject.clone(),
            due: it.due,
            steps: vec![opened],
        };
        self.cases.insert(it.id, case);
    }

    pub(super) fn advance_case(&mut self, it: &AdvanceCase, before: &Self) -> Done {
        let mut case = self.seen::<SupervisionCase>(it.case, it.expected, before)?;
        case.steps.push(it.step.clone());
        self.cases.insert(it.case, case);
        Ok(())
    }

    pub(super) fn supersede(&mut self, plan: PlanId, on: Day) -> Done {
        fn over<F: Listed + Lasting>(
            state: &mut State,
            on: Day,
            is_its: impl Fn(&State, &F) -> bool,
        ) {
            for (id, fact) in F::list(state).clone() {
                if is_its(state, &fact) {
                    state.cut::<F>(id, on);
                }
            }
        }
        let belongs = move |state: &State, subject: Subject| match subject {
            Subject::Plan(other) => other == plan,
            Subject::Section(section) => state
                .sections
                .get(&section)
                .is_some_and(|it| it.plan == plan),
            Subject::Task(task) => state.tasks.get(&task).is_some_and(|it| it.plan == plan),
        };
        over::<Deadline>(self, on, |state, it| belongs(state, it.subject));
        over::<Target>(self, on, |state, it| belongs(state, it.subject));
        over::<Assignment>(self, on, |state, it| belongs(state, Subject::Task(it.task)));
        for (id, mut task) in self.tasks.clone() {
            if task.plan != plan || task.validity.to <= on {
                continue;
            }
            if task.validity.from < on {
                task.validity.to = on;
                self.tasks.insert(id, task);
            }
            if self.status(id, on)? != TaskStatus::Done {
                self.set_status(None, id, TaskStatus::Superseded, on)?;
            }
        }
        Ok(())
    }
}
