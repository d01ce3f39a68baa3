//! Changing the register over the graph: every command, on both databases.

use super::Example;
use crate::support::database::{TestDatabase, on_both};
use serde_json::{Value, json};
use std::sync::Mutex;

/// The payload of a mutation; `thing` is what it asks of the thing that the command is about.
async fn run(example: &Example, command: &str, thing: &str, input: Value) -> Value {
    let name = command[..1].to_uppercase() + &command[1..];
    let document = format!(
        "mutation($input: {name}Input!) {{ {command}(input: $input) {{
            changeset {{ seq action reason authority changeCount }}
            changes {{ entity key before after }}
            {thing}
            userErrors {{ code message path conflict {{ seq actor {{ subject }} }} }}
        }} }}"
    );
    example.data(&document, json!({ "input": input })).await[command].take()
}

/// The same, and it was done.
async fn done(example: &Example, command: &str, thing: &str, input: Value) -> Value {
    let payload = run(example, command, thing, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{command}");
    payload
}

/// The code and path of why a command was refused.
async fn refused(example: &Example, command: &str, input: Value) -> (Value, Value) {
    let mut payload = run(example, command, "", input).await;
    assert_eq!(payload["changeset"], Value::Null, "{payload}");
    assert_eq!(payload["changes"], json!([]));
    let error = &mut payload["userErrors"][0];
    (error["code"].take(), error["path"].take())
}

/// What a payload says but for the changeset, with new things called by their places and without ids.
fn said(payload: &Value) -> Value {
    fn without_ids(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|field, _| field != "id");
                fields.values_mut().for_each(without_ids);
            }
            Value::Array(items) => items.iter_mut().for_each(without_ids),
            _ => {}
        }
    }
    let mut said = payload.clone();
    said["changeset"].take();
    without_ids(&mut said);
    let mut words = said.to_string();
    let changes = payload["changes"].as_array().unwrap().iter();
    for (place, change) in changes.enumerate() {
        words = words.replace(change["key"].as_str().unwrap(), &format!("#{place}"));
    }
    serde_json::from_str(&words).unwrap()
}

/// Tries a command, and does it: both say the same, and the first changes nothing.
async fn tried_and_done(example: &Example, command: &str, thing: &str, input: Value) -> Value {
    let before = head(example).await;
    let mut dry = input.clone();
    dry["dryRun"] = json!(true);
    let tried = done(example, command, thing, dry).await;
    assert_eq!(tried["changeset"], Value::Null, "{command}");
    assert_eq!(head(example).await, before, "{command}");
    let payload = done(example, command, thing, input).await;
    assert_eq!(head(example).await, before + 1, "{command}");
    assert_eq!(said(&tried), said(&payload), "{command}");
    payload
}

async fn head(example: &Example) -> u64 {
    let data = example
        .data("{ register { asOf { seq } } }", Value::Null)
        .await;
    data["register"]["asOf"]["seq"].as_u64().unwrap()
}

/// A register with two parties, a plan and a task in it; their ids.
async fn office(example: &Example) -> [Value; 4] {
    let input = json!({ "reason": "建册", "commands": [
        { "createParty": { "name": "天津市科学技术局", "shortNames": ["市科技局"], "kind": "DEPARTMENT" } },
        { "createParty": { "name": "天津市教育委员会", "kind": "DEPARTMENT", "parent": "#0" } },
        { "createPlan": { "code": "p", "title": "智慧城市", "owner": "#0", "validFrom": "2024-01-01" } },
        { "createSection": { "plan": "#2", "label": "一、", "title": "重点任务" } },
        { "createTask": {
            "plan": "#2", "section": "#3", "label": "1", "title": "建设", "body": "建设五个。",
            "validFrom": "2024-01-01",
        } },
    ] });
    let payload = done(example, "changeRegister", "", input).await;
    assert_eq!(payload["changeset"]["action"], "register.changed");
    assert_eq!(payload["changeset"]["reason"], "建册");
    let keys = |entity: &str| {
        let changes = payload["changes"].as_array().unwrap().iter();
        let of_kind = changes.filter(|change| change["entity"] == entity);
        of_kind
            .map(|change| change["key"].clone())
            .collect::<Vec<_>>()
    };
    let (parties, plans, tasks) = (keys("party"), keys("plan"), keys("task"));
    [
        parties[0].clone(),
        parties[1].clone(),
        plans[0].clone(),
        tasks[0].clone(),
    ]
}

#[tokio::test]
async fn every_command_is_done_the_same_on_both_databases() {
    let answers = Mutex::new(vec![]);
    on_both(async |database| {
        let example = Example::empty(database).await;
        let [science, education, plan, task] = office(&example).await;
        let mut told = vec![];
        let mut tell = async |command: &str, thing: &str, input: Value| {
            let payload = tried_and_done(&example, command, thing, input).await;
            told.push(payload.to_string());
            payload
        };

        let name = tell("addName", "name { id key version }", json!({
            "party": education, "text": "市教委", "kind": "SHORT",
        })).await;
        let name = name["name"]["id"].clone();
        tell("correctName", "name { text }", json!({ "name": name, "text": "市教育委" })).await;
        tell("endName", "name { validTo }", json!({ "name": name, "on": "2024-06-01" })).await;
        tell("renameParty", "party { name names(valid: ANY) { text kind validFrom } }", json!({
            "party": science, "name": "天津市科技创新局", "from": "2024-03-01",
        })).await;
        tell("describeParty", "party { kind parent { name } code }", json!({
            "party": education, "kind": "COMMITTEE_ORGAN", "parent": null, "code": "E1",
        })).await;

        tell("correctPlan", "plan { title year owner { name } }", json!({
            "plan": plan, "title": "智慧城市建设", "year": 2024,
        })).await;
        let newer = tell("createPlan", "plan { id code }", json!({
            "code": "q", "title": "智慧城市二期", "validFrom": "2024-06-01",
        })).await;
        let section = tell("createSection", "section { id label }", json!({
            "plan": plan, "label": "（一）", "title": "目标",
        })).await;
        tell("correctSection", "section { title }", json!({
            "section": section["section"]["id"], "title": "主要目标",
        })).await;
        let other = tell("createTask", "task { id body }", json!({
            "plan": plan, "label": "2", "title": "推广", "body": "推广十个。", "validFrom": "2024-01-01",
        })).await;
        tell("correctTask", "task { body label }", json!({
            "task": other["task"]["id"], "body": "推广一百个。", "label": "3",
        })).await;

        let given = tell("assign", "assignment { id key version basis role validFrom }", json!({
            "task": task, "party": science, "role": "RESPONSIBLE", "validFrom": "2024-01-01",
        })).await;
        let given = given["assignment"]["id"].clone();
        tell("correctAssignment", "assignment { id role party { name } }", json!({
            "assignment": given, "role": "SUPPORT",
        })).await;
        let changed = tell("changeRole", "assignment { id role validFrom }", json!({
            "assignment": given, "role": "PARTICIPATE", "from": "2024-04-01",
        })).await;
        tell("endAssignment", "assignment { validTo }", json!({
            "assignment": changed["assignment"]["id"], "on": "2024-05-01",
        })).await;
        let lead = tell("designateLead", "assignment { id basis role }", json!({
            "task": task, "party": education, "validFrom": "2024-02-01",
            "authority": { "named": "津政办发〔2024〕1号" },
        })).await;
        assert_eq!(lead["changeset"]["authority"], "津政办发〔2024〕1号");
        tell("withdrawDesignation", "assignment { validTo }", json!({
            "assignment": lead["assignment"]["id"], "on": "2024-04-01",
        })).await;

        let task_id = example.data("{ register { tasks(first: 1) { nodes { id } } } }", Value::Null).await
            ["register"]["tasks"]["nodes"][0]["id"].take();
        let due = |text: &str, date: &str| json!({ "text": text, "date": date });
        let deadline = tell("setDeadline", "deadline { id due { text lastDay } }", json!({
            "subject": task_id, "due": due("2024年底前", "2024"), "validFrom": "2024-01-01",
        })).await;
        let moved = tell("moveDeadline", "deadline { id validFrom due { lastDay } }", json!({
            "deadline": deadline["deadline"]["id"], "due": due("2025年6月底前", "2025-06"),
            "from": "2024-05-01",
        })).await;
        tell("correctDeadline", "deadline { due { lastDay } }", json!({
            "deadline": moved["deadline"]["id"], "due": due("2025年5月底前", "2025-05"),
        })).await;
        let target = tell("setTarget", "target { id min max unit }", json!({
            "subject": task_id, "text": "建成5个", "min": "5", "unit": "个", "firmness": "FIRM",
            "validFrom": "2024-01-01",
        })).await;
        tell("correctTarget", "target { min max }", json!({
            "target": target["target"]["id"], "max": "10.50",
        })).await;
        tell("endTarget", "target { validTo }", json!({
            "target": target["target"]["id"], "on": "2024-06-01",
        })).await;
        tell("supersedePlan", "plan { validTo supersededBy { code supersedes { code } } tasks(filter: { valid: ANY }) { nodes { status validTo } } }", json!({
            "plan": plan, "by": newer["plan"]["id"], "on": "2024-06-15",
        })).await;
        // What takes the place of another is spoken of, until that is corrected.
        tell("correctPlan", "plan { supersededBy { code } }", json!({ "plan": plan, "validTo": null })).await;
        tell("withdraw", "", json!({ "what": newer["plan"]["id"] })).await;

        let example = example.reopened().await;
        let everything = "{ register { asOf { seq } parties(valid: ANY) { nodes { names(valid: ANY) { text kind version } } }
            tasks(filter: { valid: ANY }) { nodes { status body assignments(valid: ANY) { role basis validFrom validTo version }
            deadlines(valid: ANY) { version } targets(valid: ANY) { version max } } } } }";
        let everything = everything.replace("parties(valid: ANY)", "parties(filter: { valid: ANY })");
        told.push(example.data(&everything, Value::Null).await.to_string());
        answers.lock().unwrap().push(told);
    })
    .await;
    let answers = answers.into_inner().unwrap();
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn what_is_only_tried_is_told_as_deep_as_what_is_done_and_a_repeat_as_it_was_done() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let [science, _, plan, _] = office(&example).await;
        let thing = "task {
            title body
            history { changeset { action reason } }
            assignments { party { name } designatedBy { action } }
            plan { tasks { totalCount nodes { title } } }
        }";
        let input = json!({
            "plan": plan, "label": "2", "title": "推广", "body": "推广十个。", "reason": "扩面",
            "idempotencyKey": "k",
        });
        let payload = tried_and_done(&example, "createTask", thing, input.clone()).await;
        assert_eq!(payload["task"]["body"], "推广十个。");
        assert_eq!(payload["task"]["history"][0]["changeset"]["reason"], "扩面");
        assert_eq!(payload["task"]["plan"]["tasks"]["totalCount"], 2);
        let mut again = input;
        again["dryRun"] = json!(true);
        assert_eq!(done(&example, "createTask", thing, again).await, payload);

        let lead = json!({ "commands": [
            { "createTask": { "plan": plan, "label": "3", "title": "巩固", "validFrom": "2024-01-01" } },
            { "designateLead": { "task": "#0", "party": science, "validFrom": "2024-01-01" } },
        ] });
        tried_and_done(&example, "changeRegister", "", lead).await;
        let data = example.data("{ register { tasks { totalCount } } }", Value::Null).await;
        assert_eq!(data["register"]["tasks"]["totalCount"], 3);
    })
    .await;
}

#[tokio::test]
async fn who_saw_an_older_version_is_told_the_present_one_and_who_made_it() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let [science, _, _, task] = office(&example).await;
        let given =
            json!({ "task": task, "party": science, "role": "LEAD", "validFrom": "2024-01-01" });
        let given = done(&example, "assign", "assignment { id version }", given).await;
        let (id, seen) = (&given["assignment"]["id"], &given["assignment"]["version"]);
        let end = |on: &str| json!({ "assignment": id, "expectedVersion": seen, "on": on });
        done(&example, "endAssignment", "", end("2025-01-01")).await;
        let conflict = run(&example, "endAssignment", "", end("2026-01-01")).await;
        let error = &conflict["userErrors"][0];
        assert_eq!(error["code"], "VERSION_CONFLICT");
        assert_eq!(error["path"], json!(["input", "expectedVersion"]));
        let made =
            json!({ "seq": seen.as_u64().unwrap() + 1, "actor": { "subject": "local:tester" } });
        assert_eq!(error["conflict"], made);
    })
    .await;
}

#[tokio::test]
async fn a_repeat_is_answered_from_the_first_and_another_input_is_refused() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let [science, _, _, task] = office(&example).await;
        let input = |role: &str| {
            json!({
                "task": task, "party": science, "role": role, "validFrom": "2024-01-01",
                "idempotencyKey": "k",
            })
        };
        let thing = "assignment { id version role }";
        let first = done(&example, "assign", thing, input("LEAD")).await;
        let before = head(&example).await;
        let repeat = done(&example, "assign", thing, input("LEAD")).await;
        assert_eq!(repeat, first);
        let other = refused(&example, "assign", input("SUPPORT")).await;
        let path = json!(["input", "idempotencyKey"]);
        assert_eq!(other, (json!("IDEMPOTENCY_KEY_REUSED"), path));
        assert_eq!(head(&example).await, before);
    })
    .await;
}

#[tokio::test]
async fn of_several_commands_all_are_done_or_none() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let [science, education, _, task] = office(&example).await;
        let before = head(&example).await;
        let assign = |party: &Value, role: &str| {
            json!({ "assign": { "task": task, "party": party, "role": role, "validFrom": "2024-01-01" } })
        };
        let two_lead = json!({ "commands": [assign(&science, "LEAD"), assign(&education, "LEAD")] });
        let path = json!(["input", "commands", "1", "assign", "role"]);
        assert_eq!(
            refused(&example, "changeRegister", two_lead).await,
            (json!("LEAD_TAKEN"), path)
        );
        assert_eq!(head(&example).await, before);
        let joint = json!({ "commands": [assign(&science, "CO_LEAD"), assign(&education, "CO_LEAD")] });
        let joint = done(&example, "changeRegister", "", joint).await;
        assert_eq!(joint["changeset"]["action"], "assignment.recorded");
        assert_eq!(joint["changeset"]["changeCount"], 2);
        assert_eq!(head(&example).await, before + 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_recorded_first_may_refer_to_what_is_recorded_behind_it() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let input = json!({ "commands": [
            { "createPlan": { "code": "2024", "title": "智慧城市", "validFrom": "2024-01-01" } },
            { "createPlan": { "code": "2025", "title": "智慧城市二期", "validFrom": "2025-01-01" } },
            { "supersedePlan": { "plan": "#0", "by": "#1", "on": "2025-01-01" } },
            { "createParty": { "name": "天津市数据局综合处", "kind": "SUBUNIT" } },
            { "createParty": { "name": "天津市人民政府", "kind": "GOVERNMENT" } },
            { "createParty": { "name": "天津市数据局", "kind": "DEPARTMENT", "parent": "#4" } },
            { "describeParty": { "party": "#3", "parent": "#5" } },
            { "createSection": { "plan": "#1", "label": "1", "title": "数据共享" } },
            { "createSection": { "plan": "#1", "label": "一、", "title": "重点任务" } },
            { "correctSection": { "section": "#7", "parent": "#8" } },
        ] });
        done(&example, "changeRegister", "", input).await;
        let example = example.reopened().await;
        let asked = "{ register {
            plans(filter: { valid: ANY }) { nodes { code supersededBy { code } sections { path } } }
            parties { nodes { name parent { name } } }
        } }";
        let known = example.data(asked, Value::Null).await["register"].take();
        let plans = json!([
            { "code": "2025", "supersededBy": null, "sections": [{ "path": ["一、", "1"] }, { "path": ["一、"] }] },
            { "code": "2024", "supersededBy": { "code": "2025" }, "sections": [] },
        ]);
        assert_eq!(known["plans"]["nodes"], plans);
        let parties = json!([
            { "name": "天津市数据局综合处", "parent": { "name": "天津市数据局" } },
            { "name": "天津市人民政府", "parent": null },
            { "name": "天津市数据局", "parent": { "name": "天津市人民政府" } },
        ]);
        assert_eq!(known["parties"]["nodes"], parties);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_an_input_is_told_by_code_and_place() {
    let example = Example::empty(TestDatabase::sqlite()).await;
    let [science, education, plan, task] = office(&example).await;
    let nothing = "00000000-0000-7000-8000-000000000009";
    let before = head(&example).await;
    for (command, input, code, path) in [
        (
            "assign",
            json!({ "task": task, "party": nothing, "role": "LEAD" }),
            "NOT_FOUND",
            json!(["input", "party"]),
        ),
        (
            "assign",
            json!({ "task": task, "party": science, "role": "LEAD",
                "validFrom": "2024-01-01", "validTo": "2023-01-01" }),
            "NEVER_HOLDS",
            json!(["input", "validTo"]),
        ),
        (
            "assign",
            json!({ "task": task, "party": science, "role": "LEAD", "reason": " " }),
            "INPUT_INVALID",
            json!(["input", "reason"]),
        ),
        (
            "createPlan",
            json!({ "code": "p", "title": "智慧城市" }),
            "PLAN_CODE_TAKEN",
            json!(["input", "code"]),
        ),
        (
            "describeParty",
            json!({ "party": science, "parent": education }),
            "CYCLE",
            json!(["input", "party"]),
        ),
        (
            "renameParty",
            json!({ "party": science, "name": "\u{7}" }),
            "INPUT_INVALID",
            json!(["input", "name"]),
        ),
        (
            "setTarget",
            json!({ "subject": plan, "text": "建成5个", "min": "5" }),
            "INPUT_INVALID",
            json!(["input", "subject"]),
        ),
        (
            "changeRegister",
            json!({ "commands": [] }),
            "INPUT_INVALID",
            json!(["input", "commands"]),
        ),
        (
            "changeRegister",
            json!({ "commands": [{ "createTask": { "plan": "#3", "label": "1", "title": "建设" } }] }),
            "INPUT_INVALID",
            json!(["input", "commands", "0", "createTask", "plan"]),
        ),
        (
            "assign",
            json!({ "task": task, "party": science, "role": "LEAD",
                "authority": { "cited": { "document": nothing, "start": 0, "end": 1 } } }),
            "NOT_FOUND",
            json!(["input", "authority", "cited", "document"]),
        ),
    ] {
        let told = refused(&example, command, input.clone()).await;
        assert_eq!(told, (json!(code), path), "{command} {input}");
    }
    assert_eq!(head(&example).await, before);
}

#[tokio::test]
async fn an_authority_may_be_the_words_of_a_document() {
    let example = Example::new(TestDatabase::sqlite()).await;
    let known = example
        .data(
            "{ register {
                documents(first: 1) { nodes { id key text(end: 4) } }
                tasks(first: 1) { nodes { id } }
                parties(first: 1) { nodes { id } }
            } }",
            Value::Null,
        )
        .await["register"]
        .take();
    let first = |list: &str, field: &str| known[list]["nodes"][0][field].clone();
    let quote = first("documents", "text");
    let cited = |quote: &Value| {
        json!({
            "task": first("tasks", "id"), "party": first("parties", "id"), "role": "COORDINATE",
            "authority": { "cited": {
                "document": first("documents", "id"), "start": 0, "end": 4, "quote": quote,
            } },
        })
    };
    let told = refused(&example, "assign", cited(&json!("别的"))).await;
    assert_eq!(told.0, "INPUT_INVALID");
    let payload = done(&example, "assign", "", cited(&quote)).await;
    let key = first("documents", "key");
    assert_eq!(payload["changeset"]["authority"], key);
}
