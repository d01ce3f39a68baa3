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
    /// The same of different things, never empty.
    pub(crate) requests: Vec<Request>,
}

const TASK: &str = "query Task($id: ID!) { node(id: $id) { ... on Task { id title status plan { id title } \
    assignments { id role basis party { id name kind } } } } }";

const TASK_PAGE: &str = "query TaskPage($id: ID!) { node(id: $id) { ... on Plan { id title tasks(first: 50) { \
    pageInfo { hasNextPage endCursor } \
    nodes { id title status assignments { role basis party { id name } } } } } } }";

const PORTFOLIO: &str = "query Portfolio($id: ID!) { node(id: $id) { ... on Party { id name kind \
    assignments(first: 100) { pageInfo { hasNextPage endCursor } nodes { id role basis validFrom \
    task { id title status plan { id title } } } } } } }";

const MATRIX: &str = "query Matrix($id: ID!) { node(id: $id) { ... on Plan { id title \
    matrix { rows { id title } columns { id name kind } cells { row column roles } } } } }";

const DEEP_PAGE: &str = "query DeepPage($after: String!, $seq: Seq) { register(knownSeq: $seq) { tasks(first: 50, after: $after) { \
    pageInfo { hasNextPage endCursor } nodes { id title status plan { id title } } } } }";

/// Plans and parties at both ends of the register, to choose from.
const SOME: &str = "query Some($seq: Seq) { register(knownSeq: $seq) { \
    tasks(last: 1000) { edges { cursor } } \
    begin: plans(first: 1000) { nodes { ...size } } end: plans(last: 1000) { nodes { ...size } } \
    parties(first: 1000) { nodes { id assignments { totalCount } } } } } \
    fragment size on Plan { id tasks(first: 1) { totalCount nodes { id } } }";

/// How many things each operation is asked of, in turn: the same answer again and again would come from the processor's
/// caches, at any size of the register.
const CHOSEN: usize = 200;

/// Finds what is typical, and makes the operations: of the present, or as was known at a changeset, since ids that are read
/// so carry it.
pub(crate) async fn find(
    client: &mut Client,
    known: Option<u32>,
) -> Result<Vec<Operation>, Failure> {
    let some = Request::new(SOME, &json!({ "seq": known }));
    let some = client.ask_json(&some).await?;
    let register = &some["data"]["register"];
    let list = |list: &Value| list.as_array().cloned().unwrap_or_default();
    let mut plans = list(&register["begin"]["nodes"]);
    for plan in list(&register["end"]["nodes"]) {
        if !plans.contains(&plan) {
            plans.push(plan);
        }
    }
    let tasks = |plan: &Value| plan["tasks"]["totalCount"].as_u64().unwrap_or_default();
    plans.retain(|plan| tasks(plan) > 0);
    // Of the usual length; where there are too few of it, those that come nearest.
    plans.sort_by_key(|plan| tasks(plan).abs_diff(50));
    let usual = plans
        .iter()
        .filter(|plan| tasks(plan).abs_diff(50) <= 4)
        .count();
    plans.truncate(usual.max(CHOSEN));
    let ids = |things: &[Value]| {
        let id = |thing: &Value| json!({ "id": thing["id"] });
        things.iter().map(id).collect::<Vec<_>>()
    };
    let tasks = plans.iter().map(|plan| plan["tasks"]["nodes"][0].clone());

    let assignments = |party: &Value| party["assignments"]["totalCount"].as_u64();
    let mut parties = list(&register["parties"]["nodes"]);
    parties.sort_by_key(|party| std::cmp::Reverse(assignments(party)));
    let busy = parties
        .iter()
        .filter(|party| assignments(party) >= Some(100))
        .count();
    parties.truncate(busy.max(1));
    let places = list(&register["tasks"]["edges"]);
    let places = places
        .iter()
        .map(|edge| json!({ "after": edge["cursor"], "seq": known }));

    Ok(vec![
        operation(
            "q1",
            "a task, three levels",
            TASK,
            &ids(&tasks.collect::<Vec<_>>()),
        )?,
        operation("q2", "50 tasks, three levels", TASK_PAGE, &ids(&plans))?,
        operation("q3", "a portfolio of 100", PORTFOLIO, &ids(&parties))?,
        operation("q4", "the matrix of a plan", MATRIX, &ids(&plans))?,
        operation(
            "q6",
            "50 tasks deep in the register",
            DEEP_PAGE,
            &places.collect::<Vec<_>>(),
        )?,
    ])
}

/// An operation, asked of some of the things that it can be asked of, evenly chosen.
fn operation(
    name: &'static str,
    what: &'static str,
    document: &str,
    variables: &[Value],
) -> Result<Operation, Failure> {
    let step = variables.len().div_ceil(CHOSEN).max(1);
    let chosen = variables.iter().step_by(step);
    let requests: Vec<_> = chosen
        .map(|variables| Request::new(document, variables))
        .collect();
    if requests.is_empty() {
        return Err(format!("{name} finds nothing to ask about in this register").into());
    }
    Ok(Operation {
        name,
        what,
        requests,
    })
}
