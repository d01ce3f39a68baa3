//! A made-up office: the same for the same size, every time.

use domain::{
    assignment::Assignment,
    change::{Actor, Authentication, Change, Changeset, Proposal},
    clause::Subject,
    deadline::{Deadline, Due, DueDate},
    id::{DeadlineId, IdSequence, PartyId, PlanId, RegisterId, TargetId, TaskId},
    image::{self, Image},
    party::{Party, PartyName},
    plan::Plan,
    register::{Ref, Texts, Writer},
    target::Target,
    task::{Task, Wording},
    text::Sha256,
    time::{Day, Instant, Seq, Validity},
    view::{Valid, View},
    vocabulary::{
        Basis, DueKind, DueSource, Firmness, NameKind, PartyKind, Reference, Role, TaskStatus,
    },
};
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// How large the register is.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    plans: usize,
    parties: usize,
}

const TASKS_OF_A_PLAN: usize = 50;

/// The day on which everything begins.
const BEGINNING: Day = Day::from_number(19_723);
/// A day on which everything is valid.
pub(crate) const TODAY: Day = Day::from_number(BEGINNING.number() + 277);

impl Size {
    /// The sizes of the interchange form: 5 thousand tasks, 100 thousand, a million; four assignments each.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (plans, parties) = match name {
            "S" => (100, 500),
            "M" => (2_000, 3_000),
            "L" => (20_000, 5_000),
            _ => return None,
        };
        Some(Self { plans, parties })
    }
}

/// What makes changesets, one after the other.
#[derive(Clone)]
pub(crate) struct Office {
    size: Size,
    random: Random,
    seq: Seq,
    parties: Vec<PartyId>,
    plans: Vec<PlanId>,
    tasks: Vec<TaskId>,
    assigned: HashMap<PartyId, usize>,
}

/// No document, no text.
pub(crate) struct Textless;

impl Texts for Textless {
    fn text(&self, _: Sha256) -> Option<Arc<str>> {
        None
    }
}

impl Office {
    pub(crate) fn new(size: Size) -> Self {
        Self {
            size,
            random: Random(20_240_601),
            seq: Seq::EMPTY,
            parties: vec![],
            plans: vec![],
            tasks: vec![],
            assigned: HashMap::new(),
        }
    }

    /// A writer to which everything was applied, one changeset a plan.
    pub(crate) fn loaded(&mut self) -> Writer {
        let mut writer = Writer::new(Uuid::from_u128(1).into());
        let directory = self.directory();
        writer.apply(&directory, &Textless).expect("it is sound");
        for number in 0..self.size.plans {
            let plan = self.plan(number);
            writer.apply(&plan, &Textless).expect("it is sound");
        }
        writer
    }

    pub(crate) fn plan_of_50_tasks(&self) -> PlanId {
        self.plans[self.plans.len() / 2]
    }

    /// A task behind which there are few more.
    pub(crate) fn late_task(&self) -> TaskId {
        self.tasks[self.tasks.len() - 2 * TASKS_OF_A_PLAN]
    }

    pub(crate) fn busiest_party(&self) -> PartyId {
        let assigned = self.assigned.iter();
        let (party, _) = assigned
            .max_by_key(|(party, count)| (**count, **party))
            .expect("parties are assigned");
        *party
    }

    /// A changeset that assigns so many tasks to parties.
    pub(crate) fn new_assignments(&mut self, count: usize) -> Changeset {
        let mut ids = self.ids();
        let changes = (0..count).map(|_| {
            let task = self.tasks[self.random.below(self.tasks.len())];
            let party = self.parties[self.random.skewed(self.parties.len())];
            let validity = Validity::since(BEGINNING);
            let assignment = assignment(task, party, 8, Role::Support, validity);
            Change::record(ids.next_id(), assignment)
        });
        let changes = changes.collect();
        self.changeset(changes)
    }

    /// A changeset that gives a party a task more.
    pub(crate) fn new_assignment_of(&mut self, party: PartyId) -> Changeset {
        let mut ids = self.ids();
        let task = self.tasks[self.random.below(self.tasks.len())];
        let validity = Validity::since(BEGINNING);
        let assignment = assignment(task, party, 8, Role::Support, validity);
        self.changeset(vec![Change::record(ids.next_id(), assignment)])
    }

    /// Records everything in every plan anew, one changeset a plan.
    pub(crate) fn revise_everything(&mut self, writer: &mut Writer) {
        for number in 0..self.plans.len() {
            let view = View::new(Arc::clone(writer.register()), Seq(u32::MAX), TODAY);
            let changes = revisions(&view, self.plans[number]);
            let changeset = self.changeset(changes);
            writer.apply(&changeset, &Textless).expect("it is sound");
        }
    }

    fn directory(&mut self) -> Changeset {
        let mut ids = self.ids();
        let mut changes = vec![];
        for number in 0..self.size.parties {
            let id = ids.next_id();
            self.parties.push(id);
            changes.push(Change::record(id, party(number)));
            for (kind, text) in [
                (NameKind::Official, format!("天津市第{number}号责任单位")),
                (NameKind::Short, format!("{number}号单位")),
            ] {
                let name = PartyName {
                    party: id,
                    text,
                    kind,
                    validity: Validity::ALWAYS,
                };
                changes.push(Change::record(ids.next_id(), name));
            }
        }
        self.changeset(changes)
    }

    /// A plan such as a load brings it: each task with its target and deadline, and who answers for it. The tasks share a
    /// small pool of parties; those that are in many pools are in most tasks of each.
    fn plan(&mut self, number: usize) -> Changeset {
        let mut ids = self.ids();
        let id: PlanId = ids.next_id();
        self.plans.push(id);
        let mut changes = vec![Change::record(id, plan(number))];
        let (mut assignments, mut targets, mut deadlines) = (vec![], vec![], vec![]);
        let parties = self.size.parties;
        let pool: Vec<PartyId> = (0..30)
            .map(|_| self.parties[self.random.skewed(parties)])
            .collect();
        for position in 0..TASKS_OF_A_PLAN {
            let task_id: TaskId = ids.next_id();
            self.tasks.push(task_id);
            let begins = self.random.below(60);
            let due = begins + 90 + self.random.below(275);
            let validity = self.validity(begins, due, 3);
            changes.push(Change::record(
                task_id,
                task(id, number, position, validity),
            ));
            let target_id: TargetId = ids.next_id();
            targets.push(Change::record(
                target_id,
                target(task_id, number, position, validity),
            ));
            let deadline_id: DeadlineId = ids.next_id();
            deadlines.push(Change::record(
                deadline_id,
                deadline(task_id, due, validity),
            ));
            let wanted = 1 + self.random.below(7);
            let mut chosen: Vec<PartyId> = vec![];
            while chosen.len() < wanted {
                let party = pool[self.random.skewed(pool.len())];
                if !chosen.contains(&party) {
                    chosen.push(party);
                }
            }
            for (place, party) in chosen.into_iter().enumerate() {
                let role = [Role::Lead, Role::Responsible, Role::Support][place.min(2)];
                *self.assigned.entry(party).or_default() += 1;
                let validity = self.validity(begins, begins + 330, 7);
                assignments.push(assignment(task_id, party, place, role, validity));
            }
        }
        let assignments = assignments
            .into_iter()
            .map(|assignment| Change::record(ids.next_id(), assignment));
        changes.extend(assignments);
        changes.append(&mut targets);
        changes.append(&mut deadlines);
        self.changeset(changes)
    }

    /// From a day of the first year on; for one in `ended` with an end, none before [`TODAY`].
    fn validity(&mut self, begins: usize, ends: usize, ended: usize) -> Validity {
        let to = match self.random.below(ended) {
            0 => day(ends.max(300) + self.random.below(90)),
            _ => Day::FOREVER,
        };
        Validity {
            from: day(begins),
            to,
        }
    }

    /// The ids of the next changeset.
    fn ids(&self) -> IdSequence {
        IdSequence::new(Uuid::from_u128(u128::from(self.seq.next().0) << 32))
    }

    fn changeset(&mut self, changes: Vec<Change>) -> Changeset {
        self.seq = self.seq.next();
        let register = RegisterId::from(Uuid::from_u128(1));
        let proposal = Proposal {
            actor: Actor {
                subject: "local:bench".to_owned(),
                authentication: Authentication::Local,
            },
            action: "plan.loaded".to_owned(),
            reason: None,
            authority: None,
            idempotency_key: None,
            changes,
        };
        Changeset::new(register, self.seq, Instant(i64::from(self.seq.0)), proposal)
    }
}

/// Every task of a plan has come further, every deadline is due a day later, every assignment is another's place.
fn revisions(view: &View, plan: PlanId) -> Vec<Change> {
    let plan = view.find(plan).expect("it was loaded");
    let mut changes = vec![];
    for task in view.plan_tasks(plan, Valid::Any) {
        revise(view, task, &mut changes, |task| {
            task.status = match task.status {
                TaskStatus::InProgress => TaskStatus::Delayed,
                _ => TaskStatus::InProgress,
            };
        });
        for assignment in view.task_assignments(task, Valid::Any) {
            revise(view, assignment, &mut changes, |assignment| {
                assignment.position ^= 1;
            });
        }
        let subject = image::Subject::Task(task);
        for deadline in view.deadlines(subject, Valid::Any) {
            revise(view, deadline, &mut changes, |deadline| {
                deadline.due.date = deadline
                    .due
                    .date
                    .map(|due| DueDate::Day(Day::from_number(due.last_day().number() + 1)));
            });
        }
        for target in view.targets(subject, Valid::Any) {
            revise(view, target, &mut changes, |target| target.position ^= 1);
        }
    }
    changes
}

fn revise<I: Image>(
    view: &View,
    fact: Ref<I>,
    changes: &mut Vec<Change>,
    revise: impl FnOnce(&mut I::Fact),
) {
    let before = view.fact(fact).expect("it is known");
    let mut after = before.clone();
    revise(&mut after);
    changes.push(Change::revise(view.id(fact), before, after));
}

/// The day so many days after the beginning.
fn day(number: usize) -> Day {
    let number = i32::try_from(number).expect("an office lasts some years");
    Day::from_number(BEGINNING.number() + number)
}

fn party(number: usize) -> Party {
    Party {
        kind: PartyKind::Department,
        parent: None,
        place: None,
        code: Some(format!("P{number:06}")),
        position: number as u32,
        validity: Validity::ALWAYS,
    }
}

fn plan(number: usize) -> Plan {
    Plan {
        code: format!("2024-{number:05}"),
        title: format!("2024年第{number}号高质量发展工作方案"),
        document: None,
        owner: None,
        year: Some(2024),
        validity: Validity::since(BEGINNING),
        superseded_by: None,
    }
}

fn task(plan: PlanId, number: usize, position: usize, validity: Validity) -> Task {
    let body = format!("{number}/{position}");
    Task {
        plan,
        section: None,
        label: format!("2024-{number:05}-{position:03}"),
        title: format!("推进第{number}号方案第{position}项重点任务落实"),
        body: Some(domain::task::Body::Own(Sha256::of(body.as_bytes()))),
        position: position as u32,
        status: TaskStatus::InProgress,
        validity,
    }
}

fn target(task: TaskId, number: usize, position: usize, validity: Validity) -> Target {
    let words = format!(
        "第{number}号方案第{position}项指标达到{}%以上",
        60 + position % 40
    );
    Target {
        subject: Subject::Task(task),
        wording: Wording::Entered(words),
        min: None,
        max: None,
        unit: None,
        firmness: Firmness::Unstated,
        due: None,
        position: position as u32,
        validity,
    }
}

fn deadline(task: TaskId, due: usize, validity: Validity) -> Deadline {
    let date = DueDate::Day(day(due));
    Deadline {
        subject: Subject::Task(task),
        due: Due {
            wording: Wording::Entered(date.to_string()),
            kind: DueKind::ByDate,
            date: Some(date),
            source: DueSource::Record,
        },
        validity,
        fulfilled: None,
    }
}

fn assignment(
    task: TaskId,
    party: PartyId,
    position: usize,
    role: Role,
    validity: Validity,
) -> Assignment {
    Assignment {
        task,
        party,
        role,
        basis: Basis::Recorded,
        reference: Reference::Named,
        clause: None,
        citation: None,
        written: None,
        position: position as u16,
        validity,
        inherits: None,
    }
}

/// The generator `SplitMix64` (Steele, Lea and Flood, 2014).
#[derive(Clone)]
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// Small numbers most: of three draws the least.
    fn skewed(&mut self, end: usize) -> usize {
        (0..3).map(|_| self.below(end)).min().unwrap_or(0)
    }
}
