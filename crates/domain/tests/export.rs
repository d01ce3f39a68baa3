//! Taking a register out in the interchange form: what was loaded comes out again, and what the form cannot say is counted.

#![expect(clippy::unwrap_used, reason = "in a test it is the failure")]

use domain::{
    change::{Actor, Authentication, Change, Changeset, Proposal},
    clause,
    command::load::{
        Absent, AssignmentRow, LoadContext, LoadParties, LoadPlan, Origins, PartyRow, PlanRow,
        PlanRows, TaskRow,
    },
    deadline::{Deadline, Due},
    export::{Contents, Keys, LongTexts, Unsaid, interchange::Interchange},
    id::{IdSequence, PartyId, PlanId, TaskId},
    image,
    party::PartyName,
    plan::Section,
    register::{Texts, Writer},
    target::Target,
    task::Wording,
    text::Sha256,
    time::{Day, Instant, Seq, Validity},
    view::{Valid, View},
    vocabulary::{DueKind, DueSource, Firmness, NameKind, PartyKind, PlaceLevel, Role, TaskStatus},
};
use std::sync::Arc;
use uuid::Uuid;

/// What the files of one load say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Rows {
    parties: Vec<PartyRow>,
    plans: Vec<PlanRow>,
    tasks: Vec<TaskRow>,
    assignments: Vec<AssignmentRow>,
}

impl Rows {
    /// The rows of each plan.
    fn by_plan(&self) -> Vec<PlanRows> {
        let of_plan = |plan: &PlanRow| {
            let tasks = self.tasks.iter().filter(|task| task.plan == plan.key);
            let tasks: Vec<_> = tasks.cloned().collect();
            let is_of = |row: &&AssignmentRow| tasks.iter().any(|task| task.key == row.task);
            PlanRows {
                key: plan.key.clone(),
                plan: Some(plan.clone()),
                assignments: self.assignments.iter().filter(is_of).cloned().collect(),
                tasks,
            }
        };
        self.plans.iter().map(of_plan).collect()
    }
}

struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: Sha256) -> Option<Arc<str>> {
        None
    }
}

/// A register, and the keys of the source that was loaded into it.
struct Office {
    writer: Writer,
    keys: Vec<(&'static str, Box<str>, Uuid)>,
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

impl Office {
    /// An empty register into which these rows were loaded.
    fn with(rows: &Rows) -> Self {
        let mut office = Self {
            writer: Writer::new(Uuid::nil().into()),
            keys: vec![],
        };
        let command = LoadParties {
            rows: rows.parties.clone().into(),
            context: office.context(),
        };
        office.commit(command.decide(&office.view()).unwrap());
        for rows in rows.by_plan() {
            let command = LoadPlan {
                rows: Arc::new(rows),
                context: office.context(),
            };
            office.commit(command.decide(&office.view()).unwrap());
        }
        office
    }

    fn view(&self) -> View {
        let register = Arc::clone(self.writer.register());
        let head = register.seq();
        View::new(register, head, day("2024-07-01"))
    }

    fn ids(&self) -> IdSequence {
        let next = u128::from(self.view().seq().next().0);
        IdSequence::new(Uuid::from_u128(next << 80 | 7 << 76 | 2 << 62))
    }

    fn context(&self) -> LoadContext {
        let mut origins = Origins::new("oa");
        for (kind, key, id) in &self.keys {
            origins.add(kind, key, Seq(1), *id);
        }
        let next = u128::from(self.view().seq().next().0);
        LoadContext {
            origins: Arc::new(origins),
            head: self.view().seq(),
            absent: Absent::Stay,
            today: day("2024-07-01"),
            ids: Uuid::from_u128(next << 80 | 7 << 76 | 2 << 62),
        }
    }

    fn commit(&mut self, changes: Vec<Change>) {
        if changes.is_empty() {
            return;
        }
        for change in &changes {
            let json = serde_json::to_value(change).unwrap();
            if let Some(key) = json["origin"]["key"].as_str() {
                self.keys.push((change.entity(), key.into(), change.id()));
            }
        }
        let proposal = Proposal {
            actor: Actor {
                subject: "local:test".to_owned(),
                authentication: Authentication::Local,
            },
            action: "plan.loaded".to_owned(),
            reason: None,
            authority: None,
            idempotency_key: None,
            changes,
        };
        let seq: Seq = self.view().seq().next();
        let register = self.writer.register().id();
        let changeset = Changeset::new(register, seq, Instant(seq.0.into()), proposal);
        self.writer.apply(&changeset, &NoTexts).unwrap();
    }

    /// What the register says in rows, and how often they do not say something.
    fn taken_out(&self, bodies: &[&str]) -> (Rows, Vec<(Unsaid, u64)>) {
        let keys_of = |entity: &'static str| {
            let of_kind = self.keys.iter().filter(move |(kind, ..)| *kind == entity);
            of_kind.map(|(_, key, id)| (key.clone(), *id))
        };
        let keys = Keys::default()
            .with::<image::Party>(keys_of("party"))
            .with::<image::Plan>(keys_of("plan"))
            .with::<image::Task>(keys_of("task"))
            .with::<image::Assignment>(keys_of("assignment"));
        let texts: LongTexts = bodies
            .iter()
            .map(|body| (Sha256::of(body.as_bytes()), Arc::from(*body)))
            .collect();
        let contents = Contents {
            view: self.view(),
            facts: Valid::Any,
        };
        let mut interchange = Interchange::new(&contents, &keys);
        let mut rows = Rows::default();
        for party in contents.parties() {
            rows.parties.push(interchange.party(party));
        }
        for plan in contents.plans() {
            let Some(row) = interchange.plan(plan) else {
                continue;
            };
            rows.plans.push(row);
            for task in contents.tasks(plan) {
                let body = contents.body(task, &texts).unwrap();
                rows.tasks.extend(interchange.task(task, body));
                let assignments = contents.assignments(task).into_iter();
                rows.assignments
                    .extend(assignments.filter_map(|held| interchange.assignment(held)));
            }
        }
        (rows, interchange.finish().iter().collect())
    }

    fn task(&self) -> (PlanId, TaskId) {
        let view = self.view();
        let plan = view.plan_find_by_code("甲").unwrap();
        (view.id(plan), view.id(view.plan_tasks(plan, Valid::Any)[0]))
    }
}

const SINCE: &str = "2024-01-01";

fn party(key: &str, parent: Option<&str>, kind: PartyKind, name: &str) -> PartyRow {
    PartyRow {
        key: key.to_owned(),
        parent: parent.map(str::to_owned),
        kind,
        territory: None,
        code: None,
        name: name.to_owned(),
    }
}

fn rows() -> Rows {
    let plan = PlanRow {
        key: "p".to_owned(),
        code: "甲".to_owned(),
        title: "计划".to_owned(),
        year: Some(2024),
        owner: Some("1".to_owned()),
        validity: Validity::since(day(SINCE)),
    };
    let task = TaskRow {
        key: "a".to_owned(),
        plan: "p".to_owned(),
        position: 7,
        code: "一".to_owned(),
        title: "任务".to_owned(),
        body: Some("做好".to_owned()),
        target: Some("达到九成".to_owned()),
        deadline: Some("2024-12".parse().unwrap()),
        status: TaskStatus::Suspended,
        validity: Validity::since(day(SINCE)),
    };
    let assignment = AssignmentRow {
        key: "x".to_owned(),
        task: "a".to_owned(),
        party: "2".to_owned(),
        role: Role::CoLead,
        validity: Validity {
            from: day(SINCE),
            to: day("2024-06-01"),
        },
    };
    Rows {
        parties: vec![
            party("1", None, PartyKind::Government, "某市人民政府"),
            PartyRow {
                territory: Some(PlaceLevel::Township),
                code: Some("120101001".to_owned()),
                ..party("4", Some("1"), PartyKind::Government, "某新城")
            },
            party("2", Some("1"), PartyKind::Department, "市科技局"),
            party("3", None, PartyKind::Collective, "各区"),
        ],
        plans: vec![
            plan.clone(),
            PlanRow {
                key: "q".to_owned(),
                code: "乙".to_owned(),
                year: None,
                owner: None,
                ..plan
            },
        ],
        tasks: vec![
            task.clone(),
            TaskRow {
                key: "b".to_owned(),
                plan: "q".to_owned(),
                body: None,
                target: None,
                deadline: None,
                ..task
            },
        ],
        assignments: vec![
            AssignmentRow {
                key: "z".to_owned(),
                party: "3".to_owned(),
                ..assignment.clone()
            },
            assignment.clone(),
            AssignmentRow {
                key: "y".to_owned(),
                task: "b".to_owned(),
                validity: Validity::ALWAYS,
                ..assignment
            },
        ],
    }
}

#[test]
fn what_was_loaded_comes_out_again_and_nothing_is_unsaid() {
    let (out, unsaid) = Office::with(&rows()).taken_out(&["做好"]);
    assert_eq!(out, rows());
    assert_eq!(unsaid, []);
}

#[test]
fn what_rows_cannot_say_is_counted_and_the_rest_is_said() {
    let mut office = Office::with(&rows());
    let (plan, task) = office.task();
    let view = office.view();
    let known: PartyId = view.id(view.party_find_by_name("市科技局")[0]);
    let mut ids = office.ids();
    let target = |words: &str, validity| Target {
        subject: clause::Subject::Task(task),
        wording: Wording::Entered(words.to_owned()),
        min: None,
        max: None,
        unit: None,
        firmness: Firmness::Unstated,
        due: None,
        position: 9,
        validity,
    };
    let since = Validity::since(day(SINCE));
    let over = Validity {
        from: day("2023-01-01"),
        to: day("2024-01-01"),
    };
    let deadline = |date: &str, validity| Deadline {
        subject: clause::Subject::Task(task),
        due: Due {
            wording: Wording::Entered(date.to_owned()),
            kind: DueKind::ByDate,
            date: Some(date.parse().unwrap()),
            source: DueSource::Record,
        },
        validity,
        fulfilled: None,
    };
    let section = Section {
        plan,
        parent: None,
        label: "一".to_owned(),
        title: "总体要求".to_owned(),
        position: 0,
        citation: None,
    };
    let name = PartyName {
        party: known,
        text: "科技局".to_owned(),
        kind: NameKind::Short,
        validity: Validity::ALWAYS,
    };
    office.commit(vec![
        Change::record(ids.next_id(), name),
        Change::record(ids.next_id(), section),
        Change::record(
            ids.next_id(),
            Target {
                min: Some("3".parse().unwrap()),
                ..target("建成三所", since)
            },
        ),
        Change::record(ids.next_id(), target("往年的", over)),
        Change::record(ids.next_id(), deadline("2024-11-30", since)),
        Change::record(ids.next_id(), deadline("2023-11-30", over)),
    ]);
    let (out, unsaid) = office.taken_out(&["做好"]);
    let mut expected = rows();
    expected.tasks[0].target = Some("达到九成；建成三所".to_owned());
    expected.tasks[0].deadline = Some("2024-11-30".parse().unwrap());
    assert_eq!(out, expected);
    assert_eq!(
        unsaid,
        [
            (Unsaid::PartyNames, 1),
            (Unsaid::Sections, 1),
            (Unsaid::TargetFigures, 1),
            (Unsaid::ManyTargets, 1),
            (Unsaid::OtherTargets, 1),
            (Unsaid::OtherDeadlines, 2),
        ]
    );
}

#[test]
fn a_withdrawn_party_is_taken_out_only_while_something_refers_to_it() {
    let mut office = Office::with(&rows());
    let view = office.view();
    let withdraw = |name: &str| {
        let party = view.party_find_by_name(name)[0];
        Change::withdraw(view.id(party), view.fact(party).unwrap())
    };
    office.commit(vec![withdraw("市科技局"), withdraw("某新城")]);
    let (out, _) = office.taken_out(&["做好"]);
    let names: Vec<_> = out.parties.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["某市人民政府", "市科技局", "各区"]);
}
