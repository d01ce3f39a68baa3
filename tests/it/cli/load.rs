use super::{Desk, Run};
use crate::support::{
    database::{TestDatabase, on_both},
    sql,
    write::everything,
};
use std::process::Stdio;

const PARTIES: &str = r#"{"id":1,"parent_id":null,"kind":"district","code":"P1","name":"和平区"}
{"id":2,"parent_id":1,"kind":"agency","code":"P2","name":"和平区教育局"}
{"id":3,"parent_id":null,"kind":"enterprise","code":"P3","name":"天津水务集团有限公司"}
"#;
const PLANS: &str = r#"{"id":1,"code":"2024-1","title":"重点任务","year":2024,"owner_party_id":1,"valid_from":"2024-01-01","valid_to":null}
{"id":2,"code":"2024-2","title":"民生实事","year":2024,"owner_party_id":2,"valid_from":"2024-01-01","valid_to":null}
"#;
const TASKS: &str = r#"{"id":1,"plan_id":1,"seq":1,"code":"1-1","title":"办好学校","body":"新建两所学校。","target":"新增学位1000个","deadline":"2024-12-31","status":"active","valid_from":"2024-01-01","valid_to":null}
{"id":2,"plan_id":1,"seq":2,"code":"1-2","title":"改造管网","body":"改造旧管网。","target":"改造50公里","deadline":"2024-10-31","status":"overdue","valid_from":"2024-01-01","valid_to":null}
{"id":3,"plan_id":2,"seq":1,"code":"2-1","title":"修缮校舍","body":"修缮校舍。","target":null,"deadline":null,"status":"planned","valid_from":"2024-02-01","valid_to":null}
"#;
const ASSIGNMENTS: &str = r#"{"id":1,"task_id":1,"party_id":2,"role":"lead","valid_from":"2024-01-01","valid_to":null}
{"id":2,"task_id":1,"party_id":1,"role":"co_responsible","valid_from":"2024-01-01","valid_to":null}
{"id":3,"task_id":2,"party_id":3,"role":"lead","valid_from":"2024-01-01","valid_to":"2024-06-01"}
{"id":4,"task_id":3,"party_id":2,"role":"support","valid_from":"2024-02-01","valid_to":null}
"#;

/// Puts a small register in the interchange form on a desk.
pub(super) fn put(desk: &Desk) {
    desk.put("export/party.jsonl", PARTIES);
    desk.put("export/plan.jsonl", PLANS);
    desk.put("export/task.jsonl", TASKS);
    desk.put("export/assignment.jsonl", ASSIGNMENTS);
}

fn desk() -> Desk {
    let desk = Desk::new();
    put(&desk);
    desk
}

fn load(desk: &Desk, more: &[&str]) -> Run {
    desk.run(&[&["load", "export", "--source", "oa"][..], more].concat())
}

#[test]
fn a_register_is_loaded_once_however_often_its_files_are() {
    let desk = desk();
    let first = load(&desk, &[]).expect_success();
    assert!(first.stdout.contains("in 3 changesets"), "{}", first.stdout);
    assert!(first.stdout.contains("assignment  4"), "{}", first.stdout);

    let second = load(&desk, &[]).expect_success();
    assert!(
        second.stdout.contains("nothing changed"),
        "{}",
        second.stdout
    );
    let complete = load(&desk, &["--complete"]).expect_success();
    assert!(
        complete.stdout.contains("nothing changed"),
        "{}",
        complete.stdout
    );
    desk.run(&["verify"]).expect_success();

    desk.put("export/task.jsonl", TASKS.replace("overdue", "done"));
    let newer = load(&desk, &[]).expect_success();
    assert!(
        newer.stdout.contains("task    0    1        0"),
        "{}",
        newer.stdout
    );
    assert!(newer.stdout.contains("in 1 changeset"), "{}", newer.stdout);
}

#[test]
fn what_was_loaded_is_served() {
    let desk = desk();
    load(&desk, &[]).expect_success();
    let server = desk.serve(&[]);
    let (_, answer) = server.ask(
        "{ register { plans { totalCount } parties { totalCount } \
         tasks { nodes { title status assignments { role basis party { name } } } } } }",
        None,
    );
    let register = &answer["data"]["register"];
    assert_eq!(register["plans"]["totalCount"], 2, "{answer}");
    assert_eq!(register["parties"]["totalCount"], 3, "{answer}");
    let school = &register["tasks"]["nodes"][0];
    assert_eq!(
        (&school["title"], &school["status"]),
        (&"办好学校".into(), &"IN_PROGRESS".into())
    );
    let lead = &school["assignments"][0];
    assert_eq!(lead["role"], "LEAD", "{answer}");
    assert_eq!(lead["basis"], "RECORDED", "{answer}");
    assert_eq!(lead["party"]["name"], "和平区教育局", "{answer}");
    server.stop("TERM").expect_success();
}

#[test]
fn two_sources_never_merge() {
    let desk = desk();
    load(&desk, &[]).expect_success();
    let other = desk
        .run(&["load", "export", "--source", "hr", "--complete"])
        .expect_success();
    assert!(other.stdout.contains("assignment  4"), "{}", other.stdout);
    assert!(other.stdout.contains("hr:2024-1"), "{}", other.stdout);
    assert!(
        load(&desk, &["--complete"])
            .stdout
            .contains("nothing changed")
    );
}

#[test]
fn of_a_load_with_a_bad_line_nothing_is_kept_unless_it_is_to_be_skipped() {
    let desk = desk();
    let bad = ASSIGNMENTS
        .replace("\"support\"", "\"boss\"")
        .replace("\"task_id\":2", "\"task_id\":77")
        + "{\"id\":5,\n";
    desk.put("export/assignment.jsonl", bad);
    desk.put(
        "export/party.jsonl",
        PARTIES.replace("\"code\"", "\"phone\":\"1\",\"code\""),
    );
    let refused = load(&desk, &[]);
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(1), ""));
    for told in [
        "assignment.jsonl:3: task_id 77 is not in task.jsonl",
        "assignment.jsonl:4: at byte 46: \"boss\" is not a Role",
        "assignment.jsonl:5: at byte 8: EOF",
        "the field \"phone\" is not known",
        "--skip-bad-lines",
    ] {
        assert!(
            refused.stderr.contains(told),
            "no {told:?} in {}",
            refused.stderr
        );
    }

    let skipped = load(&desk, &["--skip-bad-lines"]).expect_success();
    assert!(
        skipped.stdout.contains("assignment  2"),
        "{}",
        skipped.stdout
    );
    assert!(
        skipped.stdout.contains("in 3 changesets"),
        "the refused load left nothing: {}",
        skipped.stdout
    );

    desk.put("export/assignment.jsonl", ASSIGNMENTS);
    desk.put("export/party.jsonl", PARTIES);
    let rest = load(&desk, &[]).expect_success();
    assert!(
        rest.stdout.contains("assignment  2    0"),
        "{}",
        rest.stdout
    );
}

#[test]
fn what_is_absent_ends_only_when_the_files_are_complete() {
    let desk = desk();
    load(&desk, &[]).expect_success();
    desk.put("export/plan.jsonl", PLANS.lines().next().unwrap());
    desk.put(
        "export/task.jsonl",
        TASKS.lines().take(2).collect::<Vec<_>>().join("\n"),
    );
    desk.put(
        "export/assignment.jsonl",
        ASSIGNMENTS.lines().take(3).collect::<Vec<_>>().join("\n"),
    );
    assert!(
        load(&desk, &[])
            .expect_success()
            .stdout
            .contains("nothing changed")
    );
    let ended = load(&desk, &["--complete"]).expect_success();
    for kind in [
        "plan        0    1",
        "task        0    1",
        "assignment  0    1",
    ] {
        assert!(
            ended.stdout.contains(kind),
            "no {kind:?} in {}",
            ended.stdout
        );
    }
    assert!(
        load(&desk, &["--complete"])
            .expect_success()
            .stdout
            .contains("nothing changed")
    );
    desk.run(&["verify"]).expect_success();
}

#[test]
fn all_four_files_have_to_be_there() {
    let desk = desk();
    std::fs::remove_file(desk.path().join("export/task.jsonl")).unwrap();
    let run = load(&desk, &[]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("export/task.jsonl"), "{}", run.stderr);
    assert!(!desk.path().join("remit.db").exists(), "nothing was made");
}

#[test]
fn a_server_database_is_loaded_in_the_same_way() {
    let Some(database) = TestDatabase::postgres() else {
        return;
    };
    let desk = desk();
    let there = ["--database", database.url.as_str()];
    let here = load(&desk, &[]).expect_success();
    let first = load(&desk, &there).expect_success();
    assert_eq!(first.stdout, here.stdout);
    let second = load(&desk, &there).expect_success();
    assert!(
        second.stdout.contains("nothing changed"),
        "{}",
        second.stdout
    );
    desk.run(&["verify", there[0], there[1]]).expect_success();
}

#[test]
fn rows_of_one_plan_need_not_stand_together() {
    let desk = desk();
    let mixed = |rows: &str| {
        let mut rows: Vec<_> = rows.lines().collect();
        // The first behind the others: then those of the first plan lie around those of the second.
        rows.rotate_left(1);
        rows.join("\n")
    };
    desk.put("export/task.jsonl", mixed(TASKS));
    desk.put("export/assignment.jsonl", mixed(ASSIGNMENTS));
    let loaded = load(&desk, &[]).expect_success();
    assert!(
        loaded.stdout.contains("in 3 changesets"),
        "{}",
        loaded.stdout
    );
    assert!(loaded.stdout.contains("assignment  4"), "{}", loaded.stdout);

    desk.put("export/task.jsonl", TASKS);
    desk.put("export/assignment.jsonl", ASSIGNMENTS);
    let sorted = load(&desk, &["--complete"]).expect_success();
    assert!(
        sorted.stdout.contains("nothing changed"),
        "{}",
        sorted.stdout
    );
    desk.run(&["verify"]).expect_success();
}

#[tokio::test(flavor = "multi_thread")]
async fn loading_the_same_again_writes_nothing() {
    on_both(async |database| {
        let desk = desk();
        let there = ["--database", database.url.as_str()];
        load(&desk, &there).expect_success();
        let before = everything(&database).await;
        load(&desk, &there).expect_success();
        load(&desk, &[&there[..], &["--complete"]].concat()).expect_success();
        assert_eq!(everything(&database).await, before);
    })
    .await;
}

/// A register of so many plans that loading it takes several transactions.
fn many_plans(desk: &Desk) {
    let (mut plans, mut tasks, mut assignments) = (String::new(), String::new(), String::new());
    for plan in 1..=PLANS_OF_MANY {
        let row = PLANS
            .lines()
            .next()
            .unwrap()
            .replace("2024-1\"", &format!("多{plan}\""));
        plans += &(row.replace("{\"id\":1,", &format!("{{\"id\":{plan},")) + "\n");
        for task in (0..20).map(|task| plan * 20 + task) {
            let [of_plan, of_task] = [
                format!("\"plan_id\":{plan},"),
                format!("\"task_id\":{task},"),
            ];
            let row = TASKS
                .lines()
                .next()
                .unwrap()
                .replace("\"plan_id\":1,", &of_plan);
            tasks += &(row.replace("{\"id\":1,", &format!("{{\"id\":{task},")) + "\n");
            let row = ASSIGNMENTS
                .lines()
                .next()
                .unwrap()
                .replace("\"task_id\":1,", &of_task);
            assignments += &(row.replace("{\"id\":1,", &format!("{{\"id\":{task},")) + "\n");
        }
    }
    desk.put("export/party.jsonl", PARTIES);
    desk.put("export/plan.jsonl", plans);
    desk.put("export/task.jsonl", tasks);
    desk.put("export/assignment.jsonl", assignments);
}

const PLANS_OF_MANY: u32 = 300;

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_is_killed_leaves_whole_changesets_and_the_next_completes_it() {
    on_both(async |database| {
        let desk = Desk::new();
        many_plans(&desk);
        let there = ["--database", database.url.as_str()];
        let mut command = desk.command(&["load", "export", "--source", "oa"]);
        let mut killed = command.args(there).stdout(Stdio::null()).spawn().unwrap();
        let db = sql::connect(&database.url).await;
        let kept = async || {
            let count = sql::rows(&db, "SELECT CAST(count(*) AS TEXT) FROM event").await;
            count[0].parse::<u32>().unwrap()
        };
        // The parties are the first changeset, and the first transaction of plans is more than one.
        while kept().await < 3 && killed.try_wait().unwrap().is_none() {}
        killed.kill().unwrap();
        killed.wait().unwrap();
        desk.run(&["verify", there[0], there[1]]).expect_success();

        let before = kept().await;
        assert!(before > 1, "it was killed after it had begun");
        let rest = load(&desk, &there).expect_success();
        assert_eq!(kept().await, 1 + PLANS_OF_MANY);
        let changesets = match 1 + PLANS_OF_MANY - before {
            0 => "nothing changed".to_owned(),
            rest => format!("in {rest} changeset"),
        };
        assert!(rest.stdout.contains(&changesets), "{}", rest.stdout);
        desk.run(&["verify", there[0], there[1]]).expect_success();
    })
    .await;
}
