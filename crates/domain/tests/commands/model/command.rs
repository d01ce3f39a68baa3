//! What each command does.

use super::{Done, Listed, Refused, State, unless};
use domain::{
    assignment::Assignment,
    change::{Kind, Thing},
    command::{Command, Lasting},
    deadline::Deadline,
    id::{AssignmentId, PartyId, TaskId},
    party::{Party, PartyName},
    plan::{Plan, Section},
    progress::ProgressReport,
    progress_rule::ProgressRule,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::{Body, Task, Wording},
    text::Sha256,
    time::{Day, Seq, Validity},
    vocabulary::{Basis, NameKind, PartyKind, Reference, Role, TaskStatus},
};
use uuid::Uuid;

fn own(body: &str) -> Body {
    Body::Own(Sha256::of(body.as_bytes()))
}

fn behind(positions: impl Iterator<Item = u32>) -> u32 {
    positions.max().map_or(0, |last| last + 1)
}

impl State {
    /// Does a command. Whoever gave it saw the state before the changeset.
    #[expect(clippy::too_many_lines, reason = "one arm a command, as they are told")]
    pub(super) fn does(&mut self, command: &Command, before: &Self) -> Done {
        match command {
            Command::CreateParty(it) => {
                let party = Party {
                    kind: it.kind,
                    parent: it.parent,
                    place: it.place,
                    code: it.code.clone(),
                    position: it
                        .position
                        .unwrap_or_else(|| behind(self.parties.values().map(|it| it.position))),
                    validity: it.validity,
                };
                self.parties.insert(it.id, party);
                let short = it.short_names.iter().map(|text| (text, NameKind::Short));
                for (text, kind) in short.chain([(&it.name, NameKind::Official)]) {
                    self.record(PartyName {
                        party: it.id,
                        text: text.clone(),
                        kind,
                        validity: it.validity,
                    });
                }
                Ok(())
            }
            Command::RenameParty(it) => {
                self.seen::<Party>(it.party, it.expected, before)?;
                self.rename(it.party, &it.name, it.from)
            }
            Command::DescribeParty(it) => {
                let held = self.seen::<Party>(it.party, it.expected, before)?;
                let party = Party {
                    kind: it.kind.unwrap_or(held.kind),
                    parent: it.parent.unwrap_or(held.parent),
                    place: it.place.unwrap_or(held.place),
                    code: it.code.clone().unwrap_or(held.code),
                    position: it.position.unwrap_or(held.position),
                    validity: it.validity.of(held.validity),
                };
                self.parties.insert(it.party, party);
                Ok(())
            }
            Command::AddName(it) => {
                let name = PartyName {
                    party: it.party,
                    text: it.text.clone(),
                    kind: it.kind,
                    validity: it.validity,
                };
                self.names.insert(it.id, name);
                Ok(())
            }
            Command::EndName(it) => self.end::<PartyName>(it.name, it.expected, it.on, before),
            Command::CorrectName(it) => {
                let held = self.seen::<PartyName>(it.name, it.expected, before)?;
                let name = PartyName {
                    party: held.party,
                    text: it.text.clone().unwrap_or(held.text),
                    kind: it.kind.unwrap_or(held.kind),
                    validity: it.validity.of(held.validity),
                };
                self.names.insert(it.name, name);
                Ok(())
            }
            Command::CreatePlan(it) => {
                let plan = Plan {
                    code: it.code.clone(),
                    title: it.title.clone(),
                    document: it.document,
                    owner: it.owner,
                    year: it.year,
                    validity: it.validity,
                    superseded_by: None,
                };
                self.plans.insert(it.id, plan);
                Ok(())
            }
            Command::CorrectPlan(it) => {
                let held = self.seen::<Plan>(it.plan, it.expected, before)?;
                let plan = Plan {
                    code: it.code.clone().unwrap_or(held.code),
                    title: it.title.clone().unwrap_or(held.title),
                    owner: it.owner.unwrap_or(held.owner),
                    year: it.year.unwrap_or(held.year),
                    validity: it.validity.of(held.validity),
                    ..held
                };
                let is_over = plan.validity.to != Day::FOREVER;
                let superseded_by = plan.superseded_by.filter(|_| is_over);
                let plan = Plan {
                    superseded_by,
                    ..plan
                };
                self.plans.insert(it.plan, plan);
                Ok(())
            }
            Command::SupersedePlan(it) => {
                self.end::<Plan>(it.plan, it.expected, it.on, before)?;
                let older = self.plans.get_mut(&it.plan).ok_or(Refused)?;
                older.superseded_by = Some(it.by);
                self.supersede(it.plan, it.on)
            }
            Command::CreateSection(it) => {
                self.get::<Plan>(it.plan)?;
                let sections = self.sections.values();
                let of_plan = sections.filter(|section| section.plan == it.plan);
                let section = Section {
                    plan: it.plan,
                    parent: it.parent,
                    label: it.label.clone(),
                    title: it.title.clone(),
                    position: it
                        .position
                        .unwrap_or_else(|| behind(of_plan.map(|it| it.position))),
                    citation: None,
                };
                self.sections.insert(it.id, section);
                Ok(())
            }
            Command::CorrectSection(it) => {
                let held = self.seen::<Section>(it.section, it.expected, before)?;
                let section = Section {
                    parent: it.parent.unwrap_or(held.parent),
                    label: it.label.clone().unwrap_or(held.label),
                    title: it.title.clone().unwrap_or(held.title),
                    position: it.position.unwrap_or(held.position),
                    ..held
                };
                self.sections.insert(it.section, section);
                Ok(())
            }
            Command::CreateTask(it) => {
                self.get::<Plan>(it.plan)?;
                let of_plan = self.tasks.values().filter(|task| task.plan == it.plan);
                let task = Task {
                    plan: it.plan,
                    section: it.section,
                    label: it.label.clone(),
                    title: it.title.clone(),
                    body: it.body.as_deref().map(own),
                    position: it
                        .position
                        .unwrap_or_else(|| behind(of_plan.map(|it| it.position))),
                    status: TaskStatus::NotStarted,
                    validity: it.validity,
                };
                self.tasks.insert(it.id, task);
                Ok(())
            }
            Command::CorrectTask(it) => {
                let held = self.seen::<Task>(it.task, it.expected, before)?;
                let body = it.body.as_ref().map(|body| body.as_deref().map(own));
                let task = Task {
                    section: it.section.unwrap_or(held.section),
                    label: it.label.clone().unwrap_or(held.label),
                    title: it.title.clone().unwrap_or(held.title),
                    body: body.unwrap_or(held.body),
                    position: it.position.unwrap_or(held.position),
                    validity: it.validity.of(held.validity),
                    ..held
                };
                self.tasks.insert(it.task, task);
                Ok(())
            }
            Command::Assign(it) => {
                let how = (it.role, Basis::Recorded);
                self.assign(it.id, (it.task, it.party), how, it.validity)
            }
            Command::DesignateLead(it) => {
                let how = (Role::Lead, Basis::Designated);
                self.assign(it.id, (it.task, it.party), how, it.validity)
            }
            Command::ChangeRole(it) => {
                let held = self.seen::<Assignment>(it.assignment, it.expected, before)?;
                if held.role == it.role {
                    return Ok(());
                }
                self.end::<Assignment>(it.assignment, None, it.from, before)?;
                let begun = Assignment {
                    role: it.role,
                    basis: Basis::Recorded,
                    validity: Validity {
                        from: it.from,
                        to: held.validity.to,
                    },
                    inherits: None,
                    ..held
                };
                self.assignments.insert(it.id, begun);
                Ok(())
            }
            Command::EndAssignment(it) => {
                self.end::<Assignment>(it.assignment, it.expected, it.on, before)
            }
            Command::CorrectAssignment(it) => {
                let held = self.seen::<Assignment>(it.assignment, it.expected, before)?;
                let meant = Assignment {
                    task: it.task.unwrap_or(held.task),
                    party: it.party.unwrap_or(held.party),
                    role: it.role.unwrap_or(held.role),
                    validity: it.validity.of(held.validity),
                    ..held
                };
                let is_same = (meant.task, meant.party) == (held.task, held.party);
                self.assignments.remove(&it.assignment);
                let id = if is_same { it.assignment } else { it.id };
                self.assignments.insert(id, meant);
                Ok(())
            }
            Command::WithdrawDesignation(it) => {
                let held = self.seen::<Assignment>(it.assignment, it.expected, before)?;
                unless(held.basis != Basis::Designated)?;
                if it.on <= held.validity.from {
                    self.assignments.remove(&it.assignment);
                    return Ok(());
                }
                self.end::<Assignment>(it.assignment, None, it.on, before)
            }
            Command::SetDeadline(it) => {
                let deadline = Deadline {
                    subject: it.subject,
                    due: it.due.clone(),
                    validity: it.validity,
                    fulfilled: None,
                };
                self.deadlines.insert(it.id, deadline);
                Ok(())
            }
            Command::MoveDeadline(it) => {
                let held = self.seen::<Deadline>(it.deadline, it.expected, before)?;
                self.end::<Deadline>(it.deadline, None, it.from, before)?;
                let moved = Deadline {
                    subject: held.subject,
                    due: it.due.clone(),
                    validity: Validity {
                        from: it.from,
                        to: held.validity.to,
                    },
                    fulfilled: None,
                };
                self.deadlines.insert(it.id, moved);
                Ok(())
            }
            Command::CorrectDeadline(it) => {
                let held = self.seen::<Deadline>(it.deadline, it.expected, before)?;
                let deadline = Deadline {
                    subject: held.subject,
                    due: it.due.clone().unwrap_or(held.due),
                    validity: it.validity.of(held.validity),
                    fulfilled: held.fulfilled,
                };
                self.deadlines.insert(it.deadline, deadline);
                Ok(())
            }
            Command::SetTarget(it) => {
                let targets = self.targets.values();
                let of_it = targets.filter(|target| target.subject == it.subject);
                let target = Target {
                    subject: it.subject,
                    wording: Wording::Entered(it.words.clone()),
                    min: it.min.clone(),
                    max: it.max.clone(),
                    unit: it.unit.clone(),
                    firmness: it.firmness,
                    due: it.due.clone(),
                    position: behind(of_it.map(|it| it.position)),
                    validity: it.validity,
                };
                self.targets.insert(it.id, target);
                Ok(())
            }
            Command::EndTarget(it) => self.end::<Target>(it.target, it.expected, it.on, before),
            Command::CorrectTarget(it) => {
                let held = self.seen::<Target>(it.target, it.expected, before)?;
                let words = it.words.clone().map(Wording::Entered);
                let target = Target {
                    wording: words.unwrap_or(held.wording),
                    min: it.min.clone().unwrap_or(held.min),
                    max: it.max.clone().unwrap_or(held.max),
                    unit: it.unit.clone().unwrap_or(held.unit),
                    firmness: it.firmness.unwrap_or(held.firmness),
                    due: it.due.clone().unwrap_or(held.due),
                    validity: it.validity.of(held.validity),
                    ..held
                };
                self.targets.insert(it.target, target);
                Ok(())
            }
            Command::Withdraw(it) => self.withdraw(it.what, it.expected, before),
            Command::Reorganize(it) => self.reorganize(it, before),
            Command::FulfilDeadline(it) => self.fulfil(it, before),
            Command::SetTaskStatus(it) => {
                self.seen::<Task>(it.task, it.expected, before)?;
                self.set_status(Some(it.id), it.task, it.status, it.from)
            }
            Command::ReportProgress(it) => {
                self.reports.insert(it.id, it.report.clone());
                Ok(())
            }
            Command::OpenCase(it) => {
                self.open_case(it);
                Ok(())
            }
            Command::AdvanceCase(it) => self.advance_case(it, before),
            Command::SetProgressRule(it) => {
                self.set_progress_rule(it);
                Ok(())
            }
            Command::EndProgressRule(it) => {
                self.end::<ProgressRule>(it.rule, it.expected, it.on, before)
            }
        }
    }

    /// A fact that is there, and which the caller saw as it was before the changeset.
    pub(super) fn seen<F: Listed>(
        &self,
        id: F::Id,
        expected: Option<Seq>,
        before: &Self,
    ) -> Result<F, Refused> {
        let fact = self.get::<F>(id)?;
        let version = before.version(id.into());
        unless(expected.is_some() && expected != version)?;
        Ok(fact)
    }

    /// Ends what holds on a day and held on the day before.
    pub(super) fn end<F: Listed + Lasting>(
        &mut self,
        id: F::Id,
        expected: Option<Seq>,
        day: Day,
        before: &Self,
    ) -> Done {
        let held = self.seen::<F>(id, expected, before)?;
        let validity = held.validity();
        let the_day_before = Day::from_number(day.number() - 1);
        unless(!validity.contains(day) || !validity.contains(the_day_before))?;
        let ended = held.held(Validity {
            from: validity.from,
            to: day,
        });
        F::list_mut(self).insert(id, ended);
        Ok(())
    }

    pub(super) fn rename(&mut self, party: PartyId, text: &str, from: Day) -> Done {
        let names: Vec<_> = self.names.clone().into_iter().collect();
        let on_the_day = |kind: NameKind| {
            let held = names.iter().filter(move |(_, name)| {
                name.party == party && name.kind == kind && name.validity.contains(from)
            });
            held.cloned().collect::<Vec<_>>()
        };
        let official = on_the_day(NameKind::Official);
        if official.iter().any(|(_, name)| name.text == text) {
            return Ok(());
        }
        let mut to = Day::FOREVER;
        for (id, old) in official {
            unless(old.validity.from == from)?;
            to = to.min(old.validity.to);
            self.names.get_mut(&id).ok_or(Refused)?.validity.to = from;
            self.record(PartyName {
                kind: NameKind::Former,
                validity: Validity::since(from),
                ..old
            });
        }
        for (id, former) in on_the_day(NameKind::Former) {
            if former.text == text {
                unless(former.validity.from == from)?;
                self.names.get_mut(&id).ok_or(Refused)?.validity.to = from;
            }
        }
        self.record(PartyName {
            party,
            text: text.to_owned(),
            kind: NameKind::Official,
            validity: Validity { from, to },
        });
        Ok(())
    }

    fn assign(
        &mut self,
        id: AssignmentId,
        (task, party): (TaskId, PartyId),
        (role, basis): (Role, Basis),
        validity: Validity,
    ) -> Done {
        self.get::<Task>(task)?;
        let is_collective = self.get::<Party>(party)?.kind == PartyKind::Collective;
        let assignments = self.assignments.values();
        let of_task = assignments.filter(|assignment| assignment.task == task);
        let assignment = Assignment {
            task,
            party,
            role,
            basis,
            reference: if is_collective {
                Reference::Collective
            } else {
                Reference::Named
            },
            clause: None,
            citation: None,
            written: None,
            position: behind(of_task.map(|it| it.position.into())) as u16,
            validity,
            inherits: None,
        };
        self.assignments.insert(id, assignment);
        Ok(())
    }

    fn withdraw(&mut self, what: Thing, expected: Option<Seq>, before: &Self) -> Done {
        fn one<F: Listed>(
            state: &mut State,
            id: Uuid,
            expected: Option<Seq>,
            before: &State,
        ) -> Done {
            state.seen::<F>(id.into(), expected, before)?;
            F::list_mut(state).remove(&id.into());
            Ok(())
        }
        let withdraw = match what.kind {
            Kind::Party => one::<Party>,
            Kind::PartyName => one::<PartyName>,
            Kind::Plan => one::<Plan>,
            Kind::Section => one::<Section>,
            Kind::Task => one::<Task>,
            Kind::Assignment => one::<Assignment>,
            Kind::Target => one::<Target>,
            Kind::Deadline => one::<Deadline>,
            Kind::Standing => one::<Standing>,
            Kind::ProgressReport => one::<ProgressReport>,
            Kind::SupervisionCase => one::<SupervisionCase>,
            Kind::ProgressRule => one::<ProgressRule>,
            _ => return Err(Refused),
        };
        withdraw(self, what.id, expected, before)?;
        if what.kind == Kind::Party {
            self.names
                .retain(|_, name| Uuid::from(name.party) != what.id);
        }
        Ok(())
    }
}
