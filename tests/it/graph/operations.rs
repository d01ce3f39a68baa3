//! The client operations of `schema/operations`, each run over the example.

mod office;

use super::{Example, PLAN, PLAN_CODE};
use crate::support::database::{TestDatabase, on_both};
use api::{draft::review_document, import::NewDocument};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path};

/// Every operation there is, by its file's name.
pub(super) fn operations() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/operations");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .map(|file| {
            (
                file.file_stem().unwrap().to_str().unwrap().to_owned(),
                fs::read_to_string(file).unwrap(),
            )
        })
        .collect()
}

/// The register that an operation is run over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    Example,
    Office,
}

impl Over {
    pub(super) async fn open(self, database: TestDatabase) -> Example {
        match self {
            Self::Example => Example::new(database).await,
            Self::Office => office::office(database).await,
        }
    }

    /// The operations that are run over it, with what each is asked with.
    pub(super) async fn operations(self, example: &Example) -> Vec<(String, String, Value)> {
        let mut asked = vec![];
        for (name, operation) in operations() {
            if office::has(&name) == (self == Self::Office) {
                let variables = match self {
                    Self::Example => variables(example, &name).await,
                    Self::Office => office::variables(example, &name).await,
                };
                asked.push((name, operation, variables));
            }
        }
        asked
    }
}

async fn variables(example: &Example, operation: &str) -> Value {
    match operation {
        "plan-progress" | "plan-workload" | "target-attainment" => {
            json!({ "code": PLAN_CODE, "on": "2025-12-20" })
        }
        "due-calendar" => json!({ "code": PLAN_CODE, "on": "2024-12-20", "from": "2024-10-01" }),
        "party-workload" => json!({ "name": "天津市大数据管理中心", "on": "2025-06-30" }),
        "duty-flow" => json!({ "name": "天津市大数据管理中心", "from": "2023-01-01" }),
        "missing-reports" | "overdue-cases" => json!({ "on": "2025-12-20" }),
        "plan-gaps" | "plan-matrix" | "plan-outline" => json!({ "code": PLAN_CODE }),
        "matrix-roll-up" => json!({ "code": PLAN_CODE, "depth": 1 }),
        "matrix-page" => json!({ "first": 2 }),
        "task-detail" => json!({ "plan": PLAN_CODE, "path": ["三", "(一)", "1"] }),
        "shared-tasks" => json!({
            "plan": first(example, "plans", "id").await, "min": 2, "pairs": 2, "first": 1,
        }),
        "plan-network" => json!({ "plan": first(example, "plans", "id").await, "first": 30 }),
        "party-partners" | "party-portfolio" => json!({ "name": "滨海新区人民政府" }),
        "task-page" => json!({ "filter": { "roles": ["LEAD"] } }),
        "districts" => json!({ "code": "120000" }),
        "document-text" => json!({ "end": 20 }),
        "diff" => json!({ "from": { "knownSeq": 1 } }),
        "who-was-responsible" => json!({
            "plan": PLAN_CODE, "path": ["三", "(一)", "1"], "validOn": "2024-01-01", "knownSeq": 2,
        }),
        "as-of" => json!({ "validOn": "2024-01-01", "knownSeq": 2, "first": 1 }),
        "import-directory" => json!({ "input": {
            "text": "official_name,kind\n天津市气象局,department\n", "dryRun": true,
        } }),
        "import-document" => json!({ "input": { "text": PLAN, "dryRun": true } }),
        "draft" => json!({ "key": draft(example).await }),
        "accept-draft" => json!({ "input": { "draft": draft(example).await, "dryRun": true } }),
        // Asked twice, an operation has to answer the same: these two are refused.
        "correct-draft" => json!({ "input": {
            "draft": draft(example).await, "expectedVersion": 9, "corrections": [],
        } }),
        "dismiss-draft" => json!({ "input": { "draft": draft(example).await, "reason": " " } }),
        "review-document" => json!({ "input": { "text": DRAFT } }),
        "node" => {
            let task = example
                .data(
                    "{ register { tasks(first: 1) { nodes { id } } } }",
                    Value::Null,
                )
                .await;
            json!({ "id": task["register"]["tasks"]["nodes"][0]["id"] })
        }
        _ => change(example, operation).await,
    }
}

/// What a published change of the register is asked with.
async fn change(example: &Example, operation: &str) -> Value {
    match operation {
        "assign" | "designate-lead" => {
            let input = json!({
                "task": first(example, "tasks", "id").await,
                "party": first(example, "parties", "id").await,
                "validFrom": "2024-06-01",
                "authority": { "named": "津政办发〔2024〕1号" },
                "dryRun": true,
            });
            given(input, operation == "assign", ("role", "SUPERVISE"))
        }
        "end-assignment" | "correct-assignment" => {
            let input = json!({
                "assignment": first(example, "tasks", "assignments { key }").await[0]["key"],
                "expectedVersion": 2,
                "dryRun": true,
            });
            let is_end = operation == "end-assignment";
            given(
                input,
                true,
                if is_end {
                    ("on", "2024-06-01")
                } else {
                    ("role", "SUPPORT")
                },
            )
        }
        "rename-party" => json!({ "input": {
            "party": first(example, "parties", "id").await,
            "name": "天津市数据局",
            "from": "2024-06-01",
            "dryRun": true,
        } }),
        "create-task" => json!({ "input": {
            "plan": first(example, "plans", "id").await,
            "label": "99",
            "title": "数据共享",
            "body": "推进数据共享。",
            "dryRun": true,
        } }),
        "change-register" => {
            let assignments = first(example, "tasks", "assignments { key party { key } }").await;
            json!({ "input": { "reason": "分工调整", "dryRun": true, "commands": [
                { "endAssignment": { "assignment": assignments[0]["key"], "on": "2024-06-01" } },
                { "assign": {
                    "task": first(example, "tasks", "id").await,
                    "party": assignments[0]["party"]["key"],
                    "role": "COORDINATE",
                    "validFrom": "2024-06-01",
                } },
            ] } })
        }
        _ => work(example, operation).await,
    }
}

/// What a published word on how work goes is asked with.
async fn work(example: &Example, operation: &str) -> Value {
    match operation {
        "set-task-status" => json!({ "input": {
            "task": first(example, "tasks", "id").await,
            "status": "IN_PROGRESS",
            "from": "2024-06-01",
            "dryRun": true,
        } }),
        "report-progress" => json!({ "input": {
            "task": first(example, "tasks", "id").await,
            "party": first(example, "parties", "id").await,
            "periodFrom": "2024-06-01",
            "periodTo": "2024-07-01",
            "reportedOn": "2024-07-01",
            "text": "按计划推进。",
            "evidence": ["https://example.org/report"],
            "dryRun": true,
        } }),
        "set-progress-rule" => json!({ "input": {
            "plan": first(example, "plans", "id").await,
            "amberDays": 45,
            "rhythm": { "every": "MONTH", "day": 28 },
            "from": "2024-06-01",
            "dryRun": true,
        } }),
        "open-supervision-case" => json!({ "input": {
            "task": first(example, "tasks", "id").await,
            "party": first(example, "parties", "id").await,
            "number": "督〔2024〕1号",
            "subject": "进度滞后",
            "on": "2024-06-03",
            "dryRun": true,
        } }),
        _ => json!({}),
    }
}

/// A field of the first of a list.
async fn first(example: &Example, list: &str, field: &str) -> Value {
    let document = format!("{{ register {{ {list}(first: 1) {{ nodes {{ {field} }} }} }} }}");
    let mut data = example.data(&document, Value::Null).await;
    let name = field.split(' ').next().unwrap();
    data["register"][list]["nodes"][0][name].take()
}

/// An input, perhaps with a field more.
fn given(mut input: Value, more: bool, (field, value): (&str, &str)) -> Value {
    if more {
        input[field] = json!(value);
    }
    json!({ "input": input })
}

/// A plan that is under review.
const DRAFT: &str = "天津市绿化行动计划\n\n2024年1月8日\n\n一、重点任务\n\n\
    1.种树。到2025年，建成100个公园。（市科技局牵头，市林业局配合）\n";

/// The key of its draft: the same whenever it is asked for.
async fn draft(example: &Example) -> Value {
    let document = NewDocument {
        bytes: DRAFT.into(),
        ..NewDocument::default()
    };
    let by = "local:tester".to_owned();
    let opened = review_document(&example.served, example.store(), document, by).await;
    json!(opened.unwrap().draft.id.to_string())
}

#[tokio::test]
async fn every_published_operation_answers_as_recorded() {
    for over in [Over::Example, Over::Office] {
        let example = over.open(TestDatabase::sqlite()).await;
        for (name, operation, variables) in over.operations(&example).await {
            insta::assert_json_snapshot!(name, example.data(&operation, variables).await);
        }
    }
}

#[tokio::test]
async fn both_databases_answer_byte_for_byte_the_same_live_and_after_loading() {
    for over in [Over::Example, Over::Office] {
        let answers = std::sync::Mutex::new(Vec::new());
        on_both(async |database| {
            let example = over.open(database).await;
            let mut live = vec![];
            // What is done is done the first time, and told as it then is the second. What is tried takes ids each time.
            let mut given = 0;
            for _ in 0..2 {
                live.clear();
                given = example.env.ids();
                for (_, operation, variables) in over.operations(&example).await {
                    live.push(example.answer(&operation, variables).await.to_string());
                }
            }
            let example = example.reopened().await;
            example.env.give_again(given);
            let operations = over.operations(&example).await.into_iter();
            for ((name, operation, variables), live) in operations.zip(&live) {
                assert_eq!(
                    &example.answer(&operation, variables).await.to_string(),
                    live,
                    "{name} after loading"
                );
            }
            answers.lock().unwrap().push(live);
        })
        .await;
        let answers = answers.into_inner().unwrap();
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    }
}

#[test]
fn every_mutation_has_a_published_operation() {
    let schema = include_str!("../../../schema/remit.graphql");
    let (_, mutations) = schema.split_once("\ntype Mutation {").unwrap();
    let (mutations, _) = mutations.split_once("\n}").unwrap();
    let published: String = operations().into_values().collect();
    let fields = mutations.lines().filter_map(|line| line.strip_suffix('('));
    let fields: Vec<_> = fields.map(str::trim).collect();
    assert!(fields.contains(&"supersedePlan"), "{fields:?}");
    for field in fields {
        assert!(published.contains(&format!("  {field}(")), "{field}");
    }
}
