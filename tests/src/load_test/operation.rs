//! The operations that are measured, over what the register holds.

use crate::{
    Failure,
    client::{Client, Request},
};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) request: Request,
}

const TASK: &str = "query Task($id: ID!) { node(id: $id) { ... on Task { id title status plan { id title } \
    assignments { id role basis party { id name kind } } } } }";

const TASK_PAGE: &str = "query TaskPage { register { tasks(first: 50) { pageInfo { hasNextPage endCursor } \
    nodes { id title status assignments { role basis party { id name } } } } } }";

const PORTFOLIO: &str = "query Portfolio($id: ID!) { node(id: $id) { ... on Party { id name kind \
    assignments(first: 100) { pageInfo { hasNextPage endCursor } nodes { id role basis validFrom \
    task { id title status plan { id title } } } } } } }";

const MATRIX: &str = "query Matrix($id: ID!) { node(id: $id) { ... on Plan { id title \
    matrix { rows { id title } columns { id name kind } cells { row column roles } } } } }";

const DEEP_PAGE: &str = "query DeepPage($after: String!) { register { tasks(first: 50, after: $after) { \
    pageInfo { hasNextPage endCursor } nodes { id title status plan { id title } } } } }";

/// Finds something typical to ask about, and makes the operations.
pub(crate) async fn find(client: &mut Client) -> Result<Vec<Operation>, Failure> {
    let some = "query Some { register { tasks(first: 1) { nodes { id } } \
        deep: tasks(last: 1000) { pageInfo { startCursor } } \
        plans(first: 200) { nodes { id tasks { totalCount } } } } }";
    let some = client.ask_json(&Request::new(some, &json!({}))).await?;
    let register = &some["data"]["register"];
    let task = &register["tasks"]["nodes"][0]["id"];
    if task.is_null() {
        return Err("the register has no task to ask about".into());
    }
    // A plan of the usual length, and the busiest of the first parties.
    let fifty = |plan: &&Value| {
        let tasks = plan["tasks"]["totalCount"].as_u64().unwrap_or_default();
        tasks.abs_diff(50)
    };
    let plans = register["plans"]["nodes"].as_array();
    let plan = plans.and_then(|plans| plans.iter().min_by_key(fifty));
    let plan = plan.map_or(&Value::Null, |plan| &plan["id"]);
    let parties = "query Parties { register { parties(first: 200) { nodes { id assignments { totalCount } } } } }";
    let parties = client.ask_json(&Request::new(parties, &json!({}))).await?;
    let parties = parties["data"]["register"]["parties"]["nodes"]
        .as_array()
        .cloned();
    let busy = |party: &Value| party["assignments"]["totalCount"].as_u64();
    let party = parties.into_iter().flatten().max_by_key(busy);
    let party = party.map_or(Value::Null, |party| party["id"].clone());
    let after = &register["deep"]["pageInfo"]["startCursor"];

    let operation = |name, what, document, variables: Value| Operation {
        name,
        what,
        request: Request::new(document, &variables),
    };
    Ok(vec![
        operation("q1", "a task, three levels", TASK, json!({ "id": task })),
        operation("q2", "50 tasks, three levels", TASK_PAGE, json!({})),
        operation(
            "q3",
            "a portfolio of 100",
            PORTFOLIO,
            json!({ "id": party }),
        ),
        operation("q4", "the matrix of a plan", MATRIX, json!({ "id": plan })),
        operation(
            "q6",
            "50 tasks deep in the register",
            DEEP_PAGE,
            json!({ "after": after }),
        ),
    ])
}
