//! An office of its own, for the operations that change what the example has nothing of.

use super::super::{Example, reorganizing};
use crate::support::database::TestDatabase;
use serde_json::{Value, json};

/// A register with two plans, and in the first of them a task of which everything can be said.
pub(super) async fn office(database: TestDatabase) -> Example {
    let example = Example::empty(database).await;
    let from = "2024-01-01";
    let commands = json!([
        { "createParty": { "name": "天津市科学技术局", "shortNames": ["市科技局"], "kind": "DEPARTMENT" } },
        { "createParty": { "name": "天津市数据局", "kind": "DEPARTMENT" } },
        { "createParty": { "name": "天津市数据局（重复登记）", "kind": "DEPARTMENT" } },
        { "createPlan": { "code": "2024", "title": "智慧城市", "validFrom": from } },
        { "createPlan": { "code": "2025", "title": "智慧城市二期", "validFrom": "2025-01-01" } },
        { "createSection": { "plan": "#3", "label": "一、", "title": "重点任务" } },
        { "createTask": { "plan": "#3", "section": "#5", "label": "1", "title": "数据共享", "validFrom": from } },
        { "assign": { "task": "#6", "party": "#1", "role": "SUPPORT", "validFrom": from } },
        { "designateLead": { "task": "#6", "party": "#0", "validFrom": from } },
        { "setDeadline": { "subject": "#6", "due": { "text": "2024年底前", "date": "2024" }, "validFrom": from } },
        { "setTarget": { "subject": "#6", "text": "建成5个", "min": "5", "unit": "个", "validFrom": from } },
        { "setProgressRule": {
            "plan": "#3", "amberDays": 30, "rhythm": { "every": "MONTH", "day": 28 }, "from": from,
        } },
        { "openSupervisionCase": {
            "task": "#6", "party": "#0", "number": "督〔2024〕1号", "subject": "进度滞后", "on": "2024-06-03",
        } },
        { "assign": { "task": "#6", "party": "#1", "role": "RESPONSIBLE", "validFrom": from } },
    ]);
    let made = reorganizing::change(&example, false, commands).await;
    assert_eq!(made["userErrors"], json!([]));
    example
}

/// Whether an operation is run over the office.
pub(super) fn has(operation: &str) -> bool {
    input(&Known::default(), operation).is_some()
}

/// What an operation is asked with. Each is done for good: by its key once, however often it is asked.
pub(super) async fn variables(example: &Example, operation: &str) -> Value {
    let mut input = input(&Known::of(example).await, operation).unwrap();
    input["idempotencyKey"] = json!(operation);
    input["reason"] = json!("分工调整");
    json!({ "input": input })
}

/// What the first changeset recorded.
#[derive(Default)]
struct Known {
    /// The kind and key of each fact.
    facts: Vec<(Value, Value)>,
    /// The ids of the task and of the last party, where a key alone would not say what it is of.
    task: Value,
    party: Value,
}

impl Known {
    async fn of(example: &Example) -> Self {
        let asked = "{ register(knownSeq: 1) {
            changes(first: 1) { nodes { changes(first: 50) { entity key } } }
            tasks(first: 1) { nodes { id } }
            parties(last: 1) { nodes { id } }
        } }";
        let mut data = example.data(asked, Value::Null).await;
        let mut first = |list: &str, field: &str| data["register"][list]["nodes"][0][field].take();
        let changes = first("changes", "changes");
        let facts = changes.as_array().into_iter().flatten();
        Self {
            facts: facts
                .map(|fact| (fact["entity"].clone(), fact["key"].clone()))
                .collect(),
            task: first("tasks", "id"),
            party: first("parties", "id"),
        }
    }

    /// The key of the fact of a kind that was recorded as the `nth`, counted from 0.
    fn key(&self, entity: &str, nth: usize) -> Value {
        let mut of_kind = self.facts.iter().filter(|(kind, _)| kind == entity);
        of_kind.nth(nth).map_or(Value::Null, |(_, key)| key.clone())
    }
}

/// What an operation is to do.
fn input(known: &Known, operation: &str) -> Option<Value> {
    let key = |entity, nth| known.key(entity, nth);
    Some(match operation {
        "add-name" => json!({ "party": key("party", 1), "text": "市数据局", "kind": "SHORT" }),
        "correct-name" => json!({ "name": key("party_name", 1), "text": "市科技局（简称）" }),
        "end-name" => json!({ "name": key("party_name", 1), "on": "2024-06-01" }),
        "create-party" => json!({
            "name": "天津市气象局", "shortNames": ["市气象局"], "kind": "DEPARTMENT",
        }),
        "describe-party" => json!({
            "party": key("party", 1), "parent": key("party", 0), "code": "D1",
        }),
        "reorganize" => json!({
            "kind": "MERGE", "from": [key("party", 1)], "to": [key("party", 0)], "effectiveOn": "2024-07-01",
            "text": "津编〔2024〕1号",
        }),
        "withdraw" => json!({ "what": known.party }),
        _ => plan(known, operation).or_else(|| work(known, operation))?,
    })
}

/// What an operation is to do with plans and what stands in them.
fn plan(known: &Known, operation: &str) -> Option<Value> {
    let key = |entity, nth| known.key(entity, nth);
    Some(match operation {
        "create-plan" => {
            json!({ "code": "2026", "title": "智慧城市三期", "validFrom": "2026-01-01" })
        }
        "correct-plan" => json!({
            "plan": key("plan", 0), "title": "智慧城市建设", "year": 2024, "owner": key("party", 0),
        }),
        "supersede-plan" => json!({
            "plan": key("plan", 0), "by": key("plan", 1), "on": "2025-01-01",
        }),
        "create-section" => json!({
            "plan": key("plan", 0), "parent": key("section", 0), "label": "（一）", "title": "数据",
        }),
        "correct-section" => json!({ "section": key("section", 0), "title": "主要任务" }),
        "correct-task" => json!({ "task": key("task", 0), "body": "推进公共数据共享。" }),
        _ => return None,
    })
}

/// What an operation is to say of work.
fn work(known: &Known, operation: &str) -> Option<Value> {
    let key = |entity, nth| known.key(entity, nth);
    Some(match operation {
        "change-role" => json!({
            "assignment": key("assignment", 0), "role": "PARTICIPATE", "from": "2024-04-01",
        }),
        "withdraw-designation" => json!({ "assignment": key("assignment", 1), "on": "2024-06-01" }),
        "set-deadline" => json!({
            "subject": known.task, "due": { "text": "2024年6月底前", "date": "2024-06" }, "validFrom": "2024-01-01",
        }),
        "move-deadline" => json!({
            "deadline": key("deadline", 0), "due": { "text": "2025年6月底前", "date": "2025-06" }, "from": "2024-05-01",
        }),
        "correct-deadline" => json!({
            "deadline": key("deadline", 0), "due": { "text": "2024年11月底前", "date": "2024-11" },
        }),
        "fulfil-deadline" => json!({ "deadline": key("deadline", 0), "on": "2024-04-20" }),
        "set-target" => json!({
            "subject": known.task, "text": "覆盖率不低于90%", "min": "90", "unit": "%", "firmness": "FIRM",
            "validFrom": "2024-01-01",
        }),
        "correct-target" => json!({ "target": key("target", 0), "max": "10" }),
        "end-target" => json!({ "target": key("target", 0), "on": "2024-06-01" }),
        "end-progress-rule" => json!({ "rule": key("progress_rule", 0), "on": "2024-06-01" }),
        "advance-supervision-case" => json!({
            "case": key("supervision_case", 0), "stage": "ASSIGNED", "party": key("party", 1), "on": "2024-06-04",
        }),
        _ => return None,
    })
}
