//! Single writes, for tests that look at one of them.

use super::{database::TestDatabase, env::TestEnv, sql};
use domain::{
    change::{Actor, Authentication, Change},
    id::PlanId,
    plan::Plan,
    time::Validity,
};
use std::convert::Infallible;
use store::{Store, StoreError, Write, WriteError, Written};

/// A write of nothing, by somebody, to be filled in.
pub(crate) fn write(action: &str) -> Write {
    Write {
        actor: Actor {
            subject: "local:测试".to_owned(),
            authentication: Authentication::Local,
        },
        action: action.to_owned(),
        reason: None,
        authority: None,
        idempotency: None,
        texts: vec![],
        today: "2024-06-30".parse().unwrap(),
    }
}

pub(crate) fn plan(code: &str) -> Plan {
    Plan {
        code: code.to_owned(),
        title: "行动计划".to_owned(),
        document: None,
        owner: None,
        year: Some(2024),
        validity: Validity::ALWAYS,
        superseded_by: None,
    }
}

pub(crate) async fn run(
    store: &Store,
    write: Write,
    changes: Vec<Change>,
) -> Result<Written, StoreError> {
    let written = store
        .write(write, move |_| Ok::<_, Infallible>(changes.clone()))
        .await;
    written.map_err(|error| match error {
        WriteError::Store(error) => error,
        WriteError::Refused(never) => match never {},
    })
}

pub(crate) async fn run_plan(store: &Store, env: &TestEnv) -> Result<Written, StoreError> {
    let id: PlanId = env.id();
    run(
        store,
        write("plan.recorded"),
        vec![Change::record(id, plan(&id.to_string()))],
    )
    .await
}

/// All that a write could have changed.
pub(crate) async fn everything(database: &TestDatabase) -> Vec<Vec<String>> {
    let db = sql::connect(&database.url).await;
    let mut dumps = vec![];
    for table in sql::PROJECTION.into_iter().chain([
        "event",
        "changeset",
        "log_head",
        "text",
        "idempotency",
        "draft",
    ]) {
        dumps.push(sql::dump(&db, table).await);
    }
    db.close().await.unwrap();
    dumps
}
