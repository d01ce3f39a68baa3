use super::*;
use crate::{
    change::{Actor, Authentication, Changeset, Proposal},
    command::{Allotment, Duties, Fate, Reorganize, decide_all},
    id::RegisterId,
    image::{self, Subject},
    register::{Texts, Writer},
    text::Sha256,
    time::Instant,
    view::Valid,
    vocabulary::{PartyKind, Reference, ReorganizationKind, Role, TaskStatus},
};
use proptest::prelude::*;

/// A register that a source loads into, as the store would keep it.
struct Office {
    writer: Writer,
    source: &'static str,
    origins: Origins,
    today: Day,
}

/// What the files of one load say.
#[derive(Clone, Debug, Default)]
struct Rows {
    parties: Vec<PartyRow>,
    plans: Vec<PlanRow>,
    tasks: Vec<TaskRow>,
    assignments: Vec<AssignmentRow>,
}

struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: Sha256) -> Option<Arc<str>> {
        None
    }
}

impl Office {
    fn new(source: &'static str) -> Self {
        Self {
            writer: Writer::new(Uuid::nil().into()),
            source,
            origins: Origins::new(source),
            today: day("2024-07-01"),
        }
    }

    fn view(&self) -> View {
        let register = self.writer.register();
        View::new(Arc::clone(register), register.seq(), self.today)
    }

    fn context(&self, absent: Absent) -> LoadContext {
        let seq = self.view().seq();
        LoadContext {
            origins: Arc::new(self.origins.clone()),
            head: seq,
            absent,
            today: self.today,
            ids: Uuid::from_u128((u128::from(seq.0) + 1) << 64),
        }
    }

    /// Loads rows, and tells how many changes each changeset had.
    fn load(&mut self, rows: &Rows, absent: Absent) -> Vec<usize> {
        let Rows {
            parties,
            plans,
            tasks,
            assignments,
        } = rows.clone();
        let command = LoadParties {
            rows: parties.into(),
            context: self.context(absent),
        };
        let mut sizes = vec![self.commit(command.decide(&self.view()).unwrap())];
        for rows in self.grouped(&plans, &tasks, &assignments, absent) {
            let command = LoadPlan {
                rows: Arc::new(rows),
                context: self.context(absent),
            };
            sizes.push(self.commit(command.decide(&self.view()).unwrap()));
        }
        sizes
    }

    /// Rows by plan: those that the load lists, then those that it only adds to, then where the absent end the rest.
    fn grouped(
        &self,
        plans: &[PlanRow],
        tasks: &[TaskRow],
        assignments: &[AssignmentRow],
        absent: Absent,
    ) -> Vec<PlanRows> {
        let (context, view) = (self.context(absent), self.view());
        let before = context.plans_before(&view);
        let mut groups: Vec<PlanRows> = vec![];
        let mut group = |key: &str, add: &mut dyn FnMut(&mut PlanRows)| {
            let place = groups.iter().position(|group| group.key == key);
            let place = place.unwrap_or_else(|| {
                groups.push(PlanRows {
                    key: key.to_owned(),
                    ..PlanRows::default()
                });
                groups.len() - 1
            });
            add(&mut groups[place]);
        };
        for row in plans {
            group(&row.key, &mut |group| group.plan = Some(row.clone()));
        }
        for row in tasks {
            group(&row.plan, &mut |group| group.tasks.push(row.clone()));
        }
        for row in assignments {
            let listed = tasks.iter().find(|task| task.key == row.task);
            let plan = listed.map(|task| task.plan.as_str());
            let plan = plan.or_else(|| before.plan_of_task(&row.task)).unwrap();
            group(plan, &mut |group| group.assignments.push(row.clone()));
        }
        if absent == Absent::End {
            for key in before.into_keys() {
                group(&key, &mut |_| {});
            }
        }
        groups
    }

    fn commit(&mut self, changes: Vec<Change>) -> usize {
        let size = changes.len();
        if changes.is_empty() {
            return 0;
        }
        let seq = self.view().seq().next();
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
        let register: RegisterId = self.writer.register().id();
        let changeset = Changeset::new(register, seq, Instant(seq.0.into()), proposal);
        let sources = changeset.changes.iter().filter_map(Change::origin);
        assert!(
            sources
                .into_iter()
                .all(|origin| origin.source == self.source)
        );
        self.origins.record(&changeset);
        self.writer.apply(&changeset, &NoTexts).unwrap();
        size
    }

    /// A party that the source loaded.
    fn loaded(&self, key: &str) -> image::PartyRef {
        let id = self.origins.find::<image::Party>(key).unwrap();
        self.view().find(id).unwrap()
    }

    /// Another source loads into the same register.
    fn handed_to(mut self, source: &'static str) -> Self {
        self.source = source;
        self.origins = Origins::new(source);
        self
    }

    /// Who does what for the tasks of a plan on the office's day.
    fn duties(&self, plan: &str) -> Vec<String> {
        let view = self.view();
        let plan = view.plan_find_by_code(plan).unwrap();
        let tasks = view.plan_tasks(plan, Valid::OnDay).into_iter();
        tasks
            .flat_map(|task| {
                let assignments = view.task_assignments(task, Valid::OnDay);
                assignments.into_iter().map(move |held| (task, held))
            })
            .map(|(task, held)| {
                let held = view.thing(held);
                let party = view.text(view.party_name(held.party).unwrap());
                format!(
                    "{} {} {party}",
                    view.text(view.thing(task).title),
                    held.role
                )
            })
            .collect()
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn party(key: &str, parent: Option<&str>, kind: PartyKind) -> PartyRow {
    PartyRow {
        key: key.to_owned(),
        parent: parent.map(str::to_owned),
        kind,
        territory: None,
        code: None,
        name: format!("单位{key}"),
    }
}

fn plan(key: &str, code: &str) -> PlanRow {
    PlanRow {
        key: key.to_owned(),
        code: code.to_owned(),
        title: format!("计划{code}"),
        year: Some(2024),
        owner: None,
        validity: Validity::since(day("2024-01-01")),
    }
}

fn task(key: &str, plan: &str) -> TaskRow {
    TaskRow {
        key: key.to_owned(),
        plan: plan.to_owned(),
        position: 1,
        code: key.to_owned(),
        title: format!("任务{key}"),
        body: Some("做好".to_owned()),
        target: Some("达到九成".to_owned()),
        deadline: Some("2024-12".parse().unwrap()),
        status: TaskStatus::InProgress,
        validity: Validity::since(day("2024-01-01")),
    }
}

fn assignment(key: &str, task: &str, party: &str, role: Role) -> AssignmentRow {
    AssignmentRow {
        key: key.to_owned(),
        task: task.to_owned(),
        party: party.to_owned(),
        role,
        validity: Validity::since(day("2024-01-01")),
    }
}

fn rows() -> Rows {
    Rows {
        parties: vec![
            party("2", Some("1"), PartyKind::Department),
            party("1", None, PartyKind::Government),
            party("3", None, PartyKind::Collective),
        ],
        plans: vec![plan("p", "甲"), plan("q", "乙")],
        tasks: vec![task("a", "p"), task("b", "q")],
        assignments: vec![
            assignment("x", "a", "1", Role::Lead),
            assignment("y", "a", "2", Role::Support),
            assignment("z", "b", "3", Role::Responsible),
        ],
    }
}

#[test]
fn rows_become_facts_with_one_changeset_for_the_parties_and_one_for_each_plan() {
    let mut office = Office::new("oa");
    // A place, three parties and their names; then a plan, its task with target and deadline, and assignments.
    assert_eq!(office.load(&rows(), Absent::Stay), [7, 6, 5]);
    assert_eq!(
        office.duties("甲"),
        ["任务a lead 单位1", "任务a support 单位2"]
    );
    let view = office.view();
    let [under] = view.party_find_by_name("单位2")[..] else {
        panic!("one party")
    };
    let above = view.thing(under).parent.unwrap();
    assert_eq!(view.text(view.party_name(above).unwrap()), "单位1");
    let governed = view.thing(above).place.unwrap();
    assert_eq!(view.text(view.thing(governed).name), "单位1");
    let task = view.plan_tasks(view.plan_find_by_code("乙").unwrap(), Valid::OnDay)[0];
    let held = view.thing(view.task_assignments(task, Valid::OnDay)[0]);
    assert_eq!(held.reference, Reference::Collective);
    assert_eq!(view.deadlines(Subject::Task(task), Valid::OnDay).len(), 1);
}

#[test]
fn a_newer_file_changes_only_what_it_says_otherwise() {
    let mut office = Office::new("oa");
    office.load(&rows(), Absent::Stay);
    let mut newer = rows();
    newer.tasks[0].status = TaskStatus::Done;
    newer.tasks[0].target = None;
    newer.assignments[1].validity.to = day("2024-06-01");
    assert_eq!(office.load(&newer, Absent::Stay), [0, 3, 0]);
    assert_eq!(office.duties("甲"), ["任务a lead 单位1"]);
    assert_eq!(office.load(&newer, Absent::Stay), [0, 0, 0]);
}

#[test]
fn what_is_absent_stays_unless_the_files_are_said_to_be_complete() {
    let mut office = Office::new("oa");
    office.load(&rows(), Absent::Stay);
    let mut fewer = rows();
    fewer.assignments.remove(1);
    fewer.plans.remove(1);
    fewer.tasks.remove(1);
    fewer.assignments.pop();
    fewer.parties.pop();
    assert_eq!(office.load(&fewer, Absent::Stay), [0, 0]);
    assert_eq!(office.duties("乙").len(), 1);
    // A party with its name; an assignment; a plan with its task, target, deadline and assignment.
    assert_eq!(office.load(&fewer, Absent::End), [2, 1, 5]);
    assert_eq!(office.duties("甲"), ["任务a lead 单位1"]);
    assert!(office.duties("乙").is_empty());
    assert_eq!(office.load(&fewer, Absent::End), [0, 0, 0]);
    office.today = day("2024-06-30");
    assert_eq!(office.duties("乙").len(), 1, "it held the day before");
    office.today = day("2024-07-01");
    assert_eq!(office.load(&rows(), Absent::End), [2, 1, 5]);
    assert_eq!(office.duties("乙").len(), 1, "it is back");
}

#[test]
fn a_part_may_refer_to_what_was_loaded_before() {
    let mut office = Office::new("oa");
    office.load(&rows(), Absent::Stay);
    let part = Rows {
        assignments: vec![assignment("w", "b", "1", Role::Coordinate)],
        ..Rows::default()
    };
    assert_eq!(office.load(&part, Absent::Stay), [0, 1]);
    assert_eq!(
        office.duties("乙"),
        ["任务b responsible 单位3", "任务b coordinate 单位1"]
    );
}

#[test]
fn a_task_that_changes_its_plan_ends_there_and_begins_here_with_who_answers_for_it() {
    let mut office = Office::new("oa");
    office.load(&rows(), Absent::Stay);
    let mut newer = rows();
    newer.tasks[0].plan = "q".to_owned();
    office.load(&newer, Absent::Stay);
    assert!(office.duties("甲").is_empty());
    assert_eq!(office.duties("乙").len(), 3);
    assert_eq!(office.load(&newer, Absent::End), [0, 0, 0]);
}

#[test]
fn a_task_that_changed_its_plan_without_its_target_gets_one_again() {
    let mut office = Office::new("oa");
    office.load(&rows(), Absent::End);
    let mut newer = rows();
    newer.tasks[0].plan = "q".to_owned();
    newer.tasks[0].target = None;
    office.load(&newer, Absent::End);
    newer.tasks[0].target = Some("达到八成".to_owned());
    assert_eq!(office.load(&newer, Absent::End), [0, 0, 1]);
}

#[test]
fn what_was_taken_back_before_it_began_cannot_be_referred_to() {
    let mut office = Office::new("oa");
    let mut future = rows();
    let later = Validity::since(day("2030-01-01"));
    future.plans[1].validity = later;
    future.tasks[1].validity = later;
    future.assignments[2].validity = later;
    office.load(&future, Absent::Stay);
    let mut fewer = future.clone();
    fewer.plans.pop();
    let (task, assignment) = (fewer.tasks.pop().unwrap(), fewer.assignments.pop().unwrap());
    office.load(&fewer, Absent::End);
    let refused = |tasks: &[TaskRow], assignments: &[AssignmentRow]| {
        let groups = office.grouped(&[], tasks, assignments, Absent::Stay);
        let rows = Arc::new(groups.into_iter().next().unwrap());
        let context = office.context(Absent::Stay);
        LoadPlan { rows, context }.decide(&office.view())
    };
    let taken_back = |kind, key: &str| {
        let key = key.to_owned();
        Err(LoadRefused::TakenBack { kind, key })
    };
    assert_eq!(refused(&[task], &[]), taken_back("plan", "q"));
    let alone = refused(&[], &[assignment]);
    assert_eq!(alone, taken_back("task", "b"));
    assert_eq!(
        office.load(&future, Absent::End),
        [0, 0, 5],
        "listed again, all is well"
    );
}

#[test]
fn a_duty_that_was_moved_here_is_met_by_the_one_that_continues_it() {
    let mut office = Office::new("oa");
    office.load(&rows(), Absent::Stay);
    let view = office.view();
    let body = |key: &str| view.id(office.loaded(key));
    let (old, heir) = (body("2"), body("1"));
    let merge = Reorganize {
        id: Uuid::from_u128(1 << 100).into(),
        kind: ReorganizationKind::Abolish,
        effective: day("2024-03-01"),
        from: vec![old],
        expected: None,
        to: vec![heir],
        wording: None,
        name: None,
        allotments: vec![],
    };
    let ids = IdSequence::new(Uuid::from_u128(2 << 100));
    let changes = decide_all(&view, &[merge.into()], ids).unwrap();
    office.commit(changes);
    let moved = ["任务a lead 单位1", "任务a support 单位1"];
    assert_eq!(office.duties("甲"), moved);

    // The source has not heard of it.
    assert_eq!(office.load(&rows(), Absent::End), [0, 0, 0]);
    assert_eq!(office.duties("甲"), moved);
    // It has, and says so under the same key, or under another.
    let mut followed = rows();
    followed.assignments[1].party = "1".to_owned();
    assert_eq!(office.load(&followed, Absent::End), [0, 0, 0]);
    followed.assignments[1].key = "y2".to_owned();
    assert_eq!(office.load(&followed, Absent::End), [0, 0, 0]);
    // It ends the duty.
    let mut ended = rows();
    ended.assignments[1].validity.to = day("2024-06-01");
    assert_eq!(office.load(&ended, Absent::End), [0, 1, 0]);
    assert_eq!(office.duties("甲"), moved[..1]);
}

#[test]
fn what_a_source_no_longer_lists_ends_with_what_continues_it() {
    let mut office = Office::new("oa");
    office.load(&rows(), Absent::Stay);
    let view = office.view();
    let body = |key: &str| view.id(office.loaded(key));
    let transfer = Reorganize {
        id: Uuid::from_u128(1 << 100).into(),
        kind: ReorganizationKind::Transfer,
        effective: day("2024-03-01"),
        from: vec![body("2")],
        expected: None,
        to: vec![body("3")],
        wording: None,
        name: None,
        allotments: vec![Allotment {
            duties: Duties::default(),
            fate: Fate::Passes(body("3")),
            handover: None,
        }],
    };
    let ids = IdSequence::new(Uuid::from_u128(2 << 100));
    let changes = decide_all(&view, &[transfer.into()], ids).unwrap();
    office.commit(changes);
    let mut fewer = rows();
    fewer.assignments.remove(1);
    assert_eq!(office.load(&fewer, Absent::End), [0, 1, 0]);
    assert_eq!(office.duties("甲"), ["任务a lead 单位1"]);
}

#[test]
fn two_sources_never_merge_and_the_second_plan_of_a_code_is_called_by_its_source_too() {
    let mut office = Office::new("oa");
    office.load(&rows(), Absent::Stay);
    let mut office = office.handed_to("hr");
    assert_eq!(office.load(&rows(), Absent::End), [7, 6, 5]);
    assert_eq!(office.load(&rows(), Absent::End), [0, 0, 0]);
    assert_eq!(
        office.duties("甲"),
        office.duties(&code_of_source("hr", "甲"))
    );
    assert_eq!(office.view().party_find_by_name("单位1").len(), 2);
}

#[test]
fn a_party_cannot_lie_under_itself_by_way_of_an_earlier_load() {
    let mut office = Office::new("oa");
    office.load(&rows(), Absent::Stay);
    let command = LoadParties {
        rows: [party("1", Some("2"), PartyKind::Government)].into(),
        context: office.context(Absent::Stay),
    };
    let refused = LoadRefused::ParentCycle {
        key: "1".to_owned(),
    };
    assert_eq!(command.decide(&office.view()), Err(refused));
}

#[test]
fn origins_that_others_have_written_after_are_not_trusted() {
    let mut office = Office::new("oa");
    let command = LoadParties {
        rows: rows().parties.into(),
        context: office.context(Absent::Stay),
    };
    office.load(&rows(), Absent::Stay);
    assert_eq!(command.decide(&office.view()), Err(LoadRefused::Overtaken));
}

fn any_rows() -> impl Strategy<Value = Rows> {
    let assignments = prop::collection::btree_map(0..12u8, (0..6u8, 0..5u8, 0..3usize), 0..12);
    let tasks = prop::collection::btree_map(0..6u8, (0..3u8, any::<bool>()), 0..6);
    let parties = prop::collection::btree_map(0..5u8, prop::option::of(0..5u8), 0..5);
    (parties, tasks, assignments).prop_map(|(parties, tasks, assignments)| {
        let key = |kind: char, n: u8| format!("{kind}{n}");
        let roles = [Role::Lead, Role::Support, Role::Participate];
        let has_party = |n: &u8| parties.contains_key(n);
        Rows {
            parties: parties
                .iter()
                .map(|(n, parent)| {
                    // Only upwards, so that there is no circle.
                    let parent = parent.filter(|parent| parent < n && has_party(parent));
                    let parent = parent.map(|parent| key('o', parent));
                    party(&key('o', *n), parent.as_deref(), PartyKind::Government)
                })
                .collect(),
            plans: (0..3u8).map(|n| plan(&key('p', n), &key('c', n))).collect(),
            tasks: tasks
                .iter()
                .map(|(n, (plan, said))| TaskRow {
                    target: said.then(|| "目标".to_owned()),
                    ..task(&key('t', *n), &key('p', *plan))
                })
                .collect(),
            assignments: assignments
                .iter()
                .filter(|(_, (task, party, _))| tasks.contains_key(task) && has_party(party))
                .map(|(n, (task, party, role))| {
                    assignment(
                        &key('a', *n),
                        &key('t', *task),
                        &key('o', *party),
                        roles[*role],
                    )
                })
                .collect(),
        }
    })
}

proptest! {
    #[test]
    fn after_a_complete_load_the_register_says_exactly_what_the_files_say(
        loads in prop::collection::vec(any_rows(), 1..5),
    ) {
        let mut office = Office::new("oa");
        for rows in loads {
            office.load(&rows, Absent::End);
            let again = office.load(&rows, Absent::End);
            prop_assert!(again.iter().all(|changes| *changes == 0), "{again:?}");
            let mut expected: Vec<String> = vec![];
            for row in &rows.assignments {
                expected.push(format!("任务{} {} 单位{}", row.task, row.role, row.party));
            }
            let mut held: Vec<String> = (0..3).flat_map(|n| office.duties(&format!("c{n}"))).collect();
            expected.sort();
            held.sort();
            prop_assert_eq!(held, expected);
        }
    }
}
