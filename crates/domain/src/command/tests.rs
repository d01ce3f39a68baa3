//! Commands on a register in memory.

mod assignment;
mod party;
mod plan;
mod progress_rule;
mod reorganize;
mod statement;
mod work;

use super::{Command, Refusal, Refused, decide_all};
use crate::{
    assignment::Assignment,
    change::{Actor, Authentication, Change, Changeset, Fact, Proposal},
    id::{Id, IdSequence, PartyId, PlanId, RegisterId, TaskId},
    party::Party,
    plan::Plan,
    register::{Texts, Writer},
    task::Task,
    text::Sha256,
    time::{Day, Instant, Seq, Validity},
    view::View,
    vocabulary::{PartyKind, TaskStatus},
};
use std::sync::Arc;
use uuid::Uuid;

/// An office with a register of its own.
pub(crate) struct Desk {
    writer: Writer,
    ids: u128,
}

struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: Sha256) -> Option<Arc<str>> {
        None
    }
}

pub(crate) fn day(day: &str) -> Day {
    day.parse().unwrap()
}

pub(crate) fn since(from: &str) -> Validity {
    Validity::since(day(from))
}

pub(crate) fn between(from: &str, to: &str) -> Validity {
    Validity {
        from: day(from),
        to: day(to),
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            writer: Writer::new(RegisterId::from(Uuid::from_u128(7))),
            ids: 0,
        }
    }

    /// An id greater than those before.
    pub(crate) fn id<I: Id>(&mut self) -> I {
        self.ids += 1;
        I::from(Uuid::from_u128(self.ids << 64))
    }

    /// What the register knows at the end, on 2024-06-30.
    pub(crate) fn view(&self) -> View {
        let register = self.writer.register();
        View::new(Arc::clone(register), register.seq(), day("2024-06-30"))
    }

    pub(crate) fn seq(&self) -> Seq {
        self.writer.register().seq()
    }

    /// A fact as the register knows it.
    pub(crate) fn fact<F: Fact>(&self, id: F::Id) -> Option<F> {
        let view = self.view();
        view.fact(view.find::<F::Image>(id)?)
    }

    /// Does commands as one changeset.
    pub(crate) fn does<C: Into<Command>>(
        &mut self,
        commands: impl IntoIterator<Item = C>,
    ) -> Result<Vec<Change>, Refused> {
        let commands: Vec<Command> = commands.into_iter().map(Into::into).collect();
        let ids = IdSequence::new(self.id::<TaskId>().into());
        let changes = decide_all(&self.view(), &commands, ids)?;
        if !changes.is_empty() {
            self.put(changes.clone());
        }
        Ok(changes)
    }

    /// Does one command.
    pub(crate) fn do_one(&mut self, command: impl Into<Command>) -> Result<Vec<Change>, Refusal> {
        self.does([command.into()])
            .map_err(|refused| refused.refusal)
    }

    /// Writes what no command would.
    pub(crate) fn put(&mut self, changes: Vec<Change>) {
        let seq = self.seq().next();
        let proposal = Proposal {
            actor: Actor {
                subject: "local:test".to_owned(),
                authentication: Authentication::Local,
            },
            action: "test.made".to_owned(),
            reason: None,
            authority: None,
            idempotency_key: None,
            changes,
        };
        let register = self.writer.register().id();
        let changeset = Changeset::new(register, seq, Instant(seq.0.into()), proposal);
        self.writer.apply(&changeset, &NoTexts).unwrap();
    }

    pub(crate) fn a_party(&mut self) -> PartyId {
        let id = self.id();
        let party = Party {
            kind: PartyKind::Department,
            parent: None,
            place: None,
            code: None,
            position: 0,
            validity: Validity::ALWAYS,
        };
        self.put(vec![Change::record(id, party)]);
        id
    }

    pub(crate) fn a_plan(&mut self) -> PlanId {
        let id: PlanId = self.id();
        let plan = Plan {
            code: format!("plan {}", self.ids),
            title: "智慧城市".to_owned(),
            document: None,
            owner: None,
            year: None,
            validity: Validity::ALWAYS,
            superseded_by: None,
        };
        self.put(vec![Change::record(id, plan)]);
        id
    }

    pub(crate) fn a_task(&mut self, plan: PlanId) -> TaskId {
        let id = self.id();
        let task = Task {
            plan,
            section: None,
            label: "1".to_owned(),
            title: "建设".to_owned(),
            body: None,
            position: 0,
            status: TaskStatus::NotStarted,
            validity: Validity::ALWAYS,
        };
        self.put(vec![Change::record(id, task)]);
        id
    }

    /// The assignments of a task on a day: party, role.
    pub(crate) fn assigned(
        &self,
        task: TaskId,
        on: &str,
    ) -> Vec<(PartyId, crate::vocabulary::Role)> {
        let view = self.view();
        let task = view.find::<crate::image::Task>(task).unwrap();
        let assignments = view.task_assignments(task, crate::view::Valid::Any);
        let facts = assignments.into_iter().map(|it| view.fact(it).unwrap());
        facts
            .filter(|it: &Assignment| it.validity.contains(day(on)))
            .map(|it| (it.party, it.role))
            .collect()
    }
}
