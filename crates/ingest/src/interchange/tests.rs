use super::*;
use domain::{
    time::Seq,
    vocabulary::{PartyKind, PlaceLevel, Role, TaskStatus},
};

const PARTY: &str = r#"{"id":1,"parent_id":null,"kind":"district","code":"P1","name":"和平区"}"#;
const PLAN: &str = r#"{"id":"p","code":"2020-1","title":"计划","year":2020,"owner_party_id":1,"valid_from":"2020-01-01","valid_to":null}"#;
const TASK: &str = r#"{"id":7,"plan_id":"p","seq":1,"code":"t","title":"任务","body":"做好","target":"达到9%","deadline":"2020-12","status":"active","valid_from":"2020-01-01","valid_to":null}"#;
const ASSIGNMENT: &str = r#"{"id":9,"task_id":7,"party_id":1,"role":"co_responsible","valid_from":"2020-01-01","valid_to":"2020-06-01"}"#;

/// Reads lines, each of the file before it. Each begins where it stands in the list.
fn read(lines: &[(File, &str)]) -> Reading {
    let mut reader = Reader::default();
    for (place, (file, line)) in (0..).zip(lines) {
        reader.line(*file, place, line.as_bytes());
    }
    reader.finish(&Origins::default(), |_| None)
}

fn problems(lines: &[(File, &str)]) -> Vec<String> {
    let problems = read(lines).problems;
    problems.iter().map(Problem::to_string).collect()
}

#[test]
fn the_loose_words_of_other_systems_are_read_as_ours() {
    let reading = read(&[
        (File::Party, PARTY),
        (File::Plan, PLAN),
        (File::Task, TASK),
        (File::Assignment, ASSIGNMENT),
    ]);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let [party] = &reading.parties[..] else {
        panic!("one party")
    };
    assert_eq!(
        (party.kind, party.territory),
        (PartyKind::Government, Some(PlaceLevel::District))
    );
    let (task, assignment) = (task(TASK.as_bytes()), assignment(ASSIGNMENT.as_bytes()));
    let (task, assignment) = (task.unwrap(), assignment.unwrap());
    assert_eq!(task.status, TaskStatus::InProgress);
    assert_eq!(task.deadline.unwrap().to_string(), "2020-12");
    assert_eq!(assignment.role, Role::Responsible);
    assert_eq!(assignment.task, task.key);
}

#[test]
fn every_bad_line_is_told_with_its_place_and_what_hangs_on_it_is_not() {
    let told = problems(&[
        (File::Party, "{"),
        (File::Party, ""),
        (File::Party, PARTY),
        (File::Party, PARTY),
        (
            File::Party,
            &PARTY.replace(":1,", ":2,").replace("district", "kingdom"),
        ),
        (
            File::Party,
            &PARTY.replace(":1,", ":3,").replace("null", "2"),
        ),
        (File::Plan, &PLAN.replace("2020-01-01", "2020-02-30")),
        (File::Task, TASK),
        (
            File::Task,
            &TASK.replace(":7,", ":8,").replace("\"p\"", "\"q\""),
        ),
        (File::Assignment, ASSIGNMENT),
        (
            File::Assignment,
            &ASSIGNMENT
                .replace(":9,", ":10,")
                .replace("2020-06-01", "2019-01-01"),
        ),
    ]);
    assert_eq!(
        told,
        [
            "party.jsonl:1: at byte 1: EOF while parsing an object",
            "party.jsonl:4: the id 1 is that of line 3 already",
            "party.jsonl:5: at byte 41: \"kingdom\" is not a PartyKind; one of: committee_organ, department, \
             government, functional_zone, vertical_agency, enterprise, university, institute, \
             coordination_body, mass_organization, court_procuratorate, subunit, collective, other, agency, \
             district, town, institution",
            "plan.jsonl:1: at byte 99: \"2020-02-30\" is not a day between 0001-01-01 and 9999-12-31, written \
             YYYY-MM-DD",
            "task.jsonl:2: plan_id q is not in plan.jsonl, and this source has not loaded it before",
            "assignment.jsonl:2: valid_to 2019-01-01 is not after valid_from 2020-01-01",
        ]
    );
}

#[test]
fn without_the_bad_lines_what_hangs_on_them_is_left_out_too() {
    let reading = read(&[
        (File::Party, PARTY),
        (
            File::Party,
            &PARTY.replace(":1,", ":2,").replace("null", "3"),
        ),
        (
            File::Party,
            &PARTY.replace(":1,", ":3,").replace("null", "4"),
        ),
        (File::Plan, PLAN),
        (File::Task, &TASK.replace("active", "asleep")),
        (File::Assignment, ASSIGNMENT),
    ]);
    assert_eq!(reading.problems.len(), 2, "{:?}", reading.problems);
    assert_eq!(reading.left_out, 2, "party 2 and the assignment");
    assert_eq!(reading.parties.len(), 1);
    let [plan] = &reading.plans[..] else {
        panic!("one plan")
    };
    assert_eq!((plan.tasks.len(), plan.assignments.len()), (0, 0));
}

#[test]
fn lines_are_found_plan_by_plan_in_their_order_however_they_are_mixed() {
    let plan = |id: &str| {
        PLAN.replace("\"p\"", &format!("\"{id}\""))
            .replace("2020-1", id)
    };
    let task = |id: u8, plan: &str| {
        let task = TASK.replace(":7,", &format!(":{id},"));
        task.replace("\"p\"", &format!("\"{plan}\""))
    };
    let assignment = |id: u8, task: u8| {
        let assignment = ASSIGNMENT.replace(":9,", &format!(":{id},"));
        assignment.replace(":7,", &format!(":{task},"))
    };
    let lines = [
        (File::Party, PARTY.to_owned()),
        (File::Plan, plan("q")),
        (File::Plan, plan("p")),
        (File::Task, task(1, "p")),
        (File::Task, task(2, "q")),
        (File::Task, task(3, "p").replace("active", "asleep")),
        (File::Task, task(4, "p")),
        (File::Task, task(3, "p")),
        (File::Assignment, assignment(1, 3)),
        (File::Assignment, assignment(2, 2)),
        (File::Assignment, assignment(3, 1)),
        (File::Assignment, assignment(4, 3)),
    ];
    let lines: Vec<_> = lines
        .iter()
        .map(|(file, line)| (*file, line.as_str()))
        .collect();
    let reading = read(&lines);
    assert_eq!(reading.problems.len(), 1, "{:?}", reading.problems);
    let places: Vec<_> = reading
        .plans
        .iter()
        .map(|plan| (plan.key.as_str(), &plan.tasks[..], &plan.assignments[..]))
        .collect();
    assert_eq!(
        places,
        [
            ("q", &[4][..], &[9][..]),
            ("p", &[3, 6, 7][..], &[8, 10, 11][..])
        ]
    );
}

#[test]
fn a_party_under_itself_is_a_problem_and_those_beneath_are_not() {
    let party = |id: &str, parent: &str| {
        PARTY
            .replace(":1,", &format!(":{id},"))
            .replace("null", parent)
    };
    let reading = read(&[
        (File::Party, &party("1", "2")),
        (File::Party, &party("2", "3")),
        (File::Party, &party("3", "2")),
    ]);
    let told: Vec<_> = reading
        .problems
        .iter()
        .map(|problem| problem.line)
        .collect();
    assert_eq!((told, reading.left_out), (vec![2, 3], 1));
}

#[test]
fn a_reference_may_be_to_what_the_source_loaded_before() {
    let mut reader = Reader::default();
    reader.line(File::Assignment, 0, ASSIGNMENT.as_bytes());
    let mut origins = Origins::new("oa");
    origins.add("task", "7", Seq(1), uuid::Uuid::nil());
    origins.add("party", "1", Seq(1), uuid::Uuid::nil());
    let reading = reader.finish(&origins, |task| (task == "7").then(|| "p".to_owned()));
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    let [plan] = &reading.plans[..] else {
        panic!("one plan")
    };
    assert_eq!((plan.key.as_str(), &plan.assignments[..]), ("p", &[0][..]));
    assert!(plan.plan.is_none() && plan.tasks.is_empty());
}

#[test]
fn unknown_fields_are_counted() {
    let extra = PARTY.replace('{', r#"{"phone":"1","tags":[{"a":1}],"#);
    let more = extra.replace(":1,", ":2,");
    let reading = read(&[(File::Party, &extra), (File::Party, &more)]);
    let told: Vec<_> = reading
        .unknown_fields
        .iter()
        .map(|field| (field.name.as_str(), field.lines))
        .collect();
    assert_eq!(told, [("phone", 2), ("tags", 2)]);
}

/// What the files of one load say.
#[derive(Clone, Debug, PartialEq)]
struct Rows {
    parties: Vec<PartyRow>,
    plans: Vec<PlanRow>,
    tasks: Vec<TaskRow>,
    assignments: Vec<AssignmentRow>,
}

/// Writes rows as the lines of their file.
fn lines<L: Line>(rows: &[L]) -> Vec<u8> {
    let mut lines = vec![];
    for row in rows {
        row.append_to(&mut lines);
    }
    lines
}

/// Rows as they are written and read again, as a load reads them: all lines first, then the large files' where they stand.
fn written_and_read(rows: &Rows) -> Rows {
    let files = [
        (File::Party, lines(&rows.parties)),
        (File::Plan, lines(&rows.plans)),
        (File::Task, lines(&rows.tasks)),
        (File::Assignment, lines(&rows.assignments)),
    ];
    let mut reader = Reader::default();
    for (file, lines) in &files {
        let mut offset = 0;
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            reader.line(*file, offset, line);
            offset += line.len() as u64;
        }
    }
    let reading = reader.finish(&Origins::default(), |_| None);
    assert!(reading.problems.is_empty(), "{:?}", reading.problems);
    assert!(reading.unknown_fields.is_empty());
    let line_at = |file: usize, offset: &u64| {
        let rest = &files[file].1[*offset as usize..];
        rest.split_inclusive(|byte| *byte == b'\n').next().unwrap()
    };
    let plans = || reading.plans.iter();
    let tasks = plans().flat_map(|plan| &plan.tasks);
    let assignments = plans().flat_map(|plan| &plan.assignments);
    Rows {
        plans: plans().filter_map(|plan| plan.plan.clone()).collect(),
        tasks: tasks.map(|at| task(line_at(2, at)).unwrap()).collect(),
        assignments: assignments
            .map(|at| assignment(line_at(3, at)).unwrap())
            .collect(),
        parties: reading.parties,
    }
}

#[test]
fn what_is_written_reads_back_the_same() {
    let reading = read(&[
        (File::Party, PARTY),
        (File::Plan, PLAN),
        (File::Task, TASK),
        (File::Assignment, ASSIGNMENT),
    ]);
    let plans = reading.plans.iter();
    let mut rows = Rows {
        plans: plans.filter_map(|plan| plan.plan.clone()).collect(),
        tasks: vec![task(TASK.as_bytes()).unwrap()],
        assignments: vec![assignment(ASSIGNMENT.as_bytes()).unwrap()],
        parties: reading.parties,
    };
    for kind in PartyKind::ALL {
        for territory in [None, Some(PlaceLevel::District), Some(PlaceLevel::Township)] {
            rows.parties.push(PartyRow {
                key: format!("{kind} {territory:?}"),
                parent: Some("1".to_owned()),
                kind: *kind,
                territory: territory.filter(|_| *kind == PartyKind::Government),
                code: None,
                name: "a\"b\nc\\é𠀀".to_owned(),
            });
        }
    }
    rows.plans.push(PlanRow {
        key: "q".to_owned(),
        code: "q".to_owned(),
        year: None,
        owner: None,
        validity: Validity::ALWAYS,
        ..rows.plans[0].clone()
    });
    for (number, status) in TaskStatus::ALL.iter().enumerate() {
        rows.tasks.push(TaskRow {
            key: status.to_string(),
            position: number as u32,
            code: String::new(),
            body: None,
            target: None,
            deadline: [None, Some("2024".parse().unwrap())][number % 2],
            status: *status,
            ..rows.tasks[0].clone()
        });
    }
    for role in Role::ALL {
        rows.assignments.push(AssignmentRow {
            key: role.to_string(),
            role: *role,
            ..rows.assignments[0].clone()
        });
    }
    assert_eq!(written_and_read(&rows), rows);
}
