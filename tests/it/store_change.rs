//! What commands change is kept: bodies are reorganized and work goes on, on both databases.

use crate::support::{
    database::{CODE, TestDatabase, on_both},
    env::TestEnv,
    write::{plan, write},
};
use domain::{
    assignment::Assignment,
    change::Change,
    command::{
        AdvanceCase, Allotment, Assign, Command, CreateParty, CreateTask, Duties, Fate, OpenCase,
        Reorganize, ReportProgress, SetTaskStatus, decide_all,
    },
    id::{IdSequence, PartyId, PlanId, SupervisionCaseId, TaskId},
    image,
    progress::{ProgressReport, Reported},
    supervision::CaseStep,
    time::{Day, Validity},
    view::{Valid, View},
    vocabulary::{CaseStage, PartyKind, ReorganizationKind, Role, TaskStatus},
};
use std::sync::Arc;
use store::Store;

fn day(day: &str) -> Day {
    day.parse().unwrap()
}

async fn does(store: &Store, env: &TestEnv, commands: Vec<Command>) {
    let seed = env.uuid();
    let decide = move |view: &View| decide_all(view, &commands, IdSequence::new(seed));
    store.write(write("test.changed"), decide).await.unwrap();
}

fn party(env: &TestEnv, name: &str) -> (PartyId, Command) {
    let id = env.id();
    let create = CreateParty {
        id,
        name: name.to_owned(),
        short_names: vec![],
        kind: PartyKind::Department,
        parent: None,
        place: None,
        code: None,
        position: None,
        validity: Validity::ALWAYS,
    };
    (id, create.into())
}

struct Made {
    tasks: [TaskId; 2],
    parties: [PartyId; 3],
    case: SupervisionCaseId,
}

/// A split whose duties go to two bodies on two days, a status, a report and a case.
async fn make(database: &TestDatabase, env: &TestEnv, store: &Store) -> Made {
    let plan_id: PlanId = env.id();
    let record =
        move |_: &View| Ok::<_, std::convert::Infallible>(vec![Change::record(plan_id, plan("a"))]);
    store.write(write("plan.recorded"), record).await.unwrap();
    let mut commands = vec![];
    let parties = ["市科委", "市科技局", "市数据局"].map(|name| {
        let (id, create) = party(env, name);
        commands.push(create);
        id
    });
    let tasks = ["1", "2"].map(|label| {
        let id = env.id();
        let create = CreateTask {
            id,
            plan: plan_id,
            section: None,
            label: label.to_owned(),
            title: "建设".to_owned(),
            body: None,
            position: None,
            validity: Validity::ALWAYS,
        };
        commands.push(create.into());
        id
    });
    for task in tasks {
        let assign = Assign {
            id: env.id(),
            task,
            party: parties[0],
            role: Role::Lead,
            validity: Validity::since(day("2023-01-01")),
        };
        commands.push(assign.into());
    }
    does(store, env, commands).await;

    does(store, env, vec![split(env, tasks, parties).into()]).await;
    let case = work(env, store, tasks[0], parties[1]).await;
    let findings = store.database().verify(CODE).await.unwrap();
    assert_eq!(findings.len(), 0, "{} {findings:?}", database.name());
    Made {
        tasks,
        parties,
        case,
    }
}

/// Duties go to two bodies on two days.
fn split(env: &TestEnv, tasks: [TaskId; 2], parties: [PartyId; 3]) -> Reorganize {
    let lot = |task, heir, handover| Allotment {
        duties: Duties {
            tasks: vec![task],
            ..Duties::default()
        },
        fate: Fate::Passes(heir),
        handover,
    };
    Reorganize {
        id: env.id(),
        kind: ReorganizationKind::Split,
        effective: day("2024-03-01"),
        from: vec![parties[0]],
        expected: None,
        to: vec![parties[1], parties[2]],
        wording: None,
        name: None,
        allotments: vec![
            lot(tasks[0], parties[1], None),
            lot(tasks[1], parties[2], Some(day("2024-04-01"))),
        ],
    }
}

/// A status, a report and a case.
async fn work(env: &TestEnv, store: &Store, task: TaskId, party: PartyId) -> SupervisionCaseId {
    let status = SetTaskStatus {
        id: env.id(),
        task,
        expected: None,
        status: TaskStatus::InProgress,
        from: day("2024-02-01"),
    };
    let report = ReportProgress {
        id: env.id(),
        report: ProgressReport {
            about: Reported::Task(task),
            party,
            period: Validity {
                from: day("2024-03-01"),
                to: day("2024-06-01"),
            },
            reported: day("2024-06-03"),
            status: Some(TaskStatus::InProgress),
            value: Some("0.5".parse().unwrap()),
            words: "已过半".to_owned(),
            evidence: vec!["https://example.org/报告".to_owned()],
        },
    };
    let case = env.id();
    let open = OpenCase {
        id: case,
        task,
        party,
        number: "督1".to_owned(),
        subject: "进度".to_owned(),
        due: Some(day("2024-07-01")),
        on: day("2024-06-01"),
        by: None,
        words: None,
    };
    let assigned = AdvanceCase {
        case,
        expected: None,
        step: CaseStep {
            stage: CaseStage::Assigned,
            day: day("2024-06-10"),
            party: Some(party),
            words: Some("请答复".to_owned()),
        },
    };
    does(store, env, vec![status.into(), report.into(), open.into()]).await;
    does(store, env, vec![assigned.into()]).await;
    case
}

fn holders(view: &View, task: TaskId) -> Vec<Assignment> {
    let task = view.find::<image::Task>(task).unwrap();
    let held = view.task_assignments(task, Valid::OnDay).into_iter();
    held.map(|it| view.fact(it).unwrap()).collect()
}

#[tokio::test]
async fn what_commands_change_is_answered_alike_live_and_after_loading() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let Made {
            tasks,
            parties: [old, first, second],
            case,
        } = make(&database, &env, &store).await;
        // Only one process may write an embedded file.
        let loaded = if database.is_postgres() {
            let connected = database.connect(&env).await;
            Some(connected.store(CODE, None).await.unwrap().register())
        } else {
            None
        };
        for register in [Some(store.register()), loaded].into_iter().flatten() {
            let on = |on: &str| View::new(Arc::clone(&register), register.seq(), day(on));
            for (date, holds) in [
                ("2024-02-29", [old, old]),
                ("2024-03-01", [first, old]),
                ("2024-04-01", [first, second]),
            ] {
                let view = on(date);
                for (task, party) in tasks.into_iter().zip(holds) {
                    let held = holders(&view, task);
                    let held: Vec<_> = held.iter().map(|it| it.party).collect();
                    assert_eq!(held, [party], "{date}");
                }
            }
            let view = on("2024-06-30");
            let found = view.party_find_by_name("市科委");
            assert_eq!(found, [first, second].map(|id| view.find(id).unwrap()));
            let task = view.find::<image::Task>(tasks[0]).unwrap();
            assert_eq!(view.task_status(task), TaskStatus::InProgress);
            let case = view.find::<image::SupervisionCase>(case).unwrap();
            assert_eq!(view.case_stage(case), Some(CaseStage::Assigned));
            let [held] = &holders(&view, tasks[0])[..] else {
                panic!("one holds it");
            };
            assert!(held.inherits.is_some());
        }
    })
    .await;
}
