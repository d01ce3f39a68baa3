//! The public audits of GraphQL over HTTP (npm package `graphql-http`) against the real router on a real socket.

use crate::support::edge::{loopback, serve, services};
use api::{document::Documents, http::router};
use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use std::{
    io::{self, Write as _},
    path::Path,
    process::Output,
};
use tokio::process::Command;

struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "hello"
    }
}

#[tokio::test]
async fn every_public_audit_of_graphql_over_http_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphql-http");
    if let Err(reason) = install(&folder).await {
        let required = std::env::var_os("REMIT_REQUIRE_NODE").is_some_and(|value| value == "1");
        assert!(!required, "the audits cannot run: {reason}");
        // Written past the test harness, which keeps what passing tests print to itself.
        writeln!(
            io::stderr(),
            "skipped: the GraphQL-over-HTTP audits ({reason})"
        )
        .unwrap();
        return;
    }
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let documents = Documents::new(&schema.sdl(), &loopback());
    let app = router(schema, documents, loopback(), services());
    let address = serve(app).await.unwrap();
    let url = format!("http://{address}/graphql");
    let audit = run(&folder, "node", &["audit.mjs", &url]).await.unwrap();
    let printed = String::from_utf8_lossy(&audit.stdout);
    assert!(audit.status.success(), "{printed}");
    let closing = printed.lines().last().unwrap_or_default();
    assert!(closing.ends_with(" passed, 0 failed"), "{closing}");
}

/// Fetches the packages unless they are there; says why if that cannot be done.
async fn install(folder: &Path) -> Result<(), String> {
    run(folder, "node", &["--version"])
        .await
        .map_err(|error| format!("node cannot be run: {error}"))?;
    if folder.join("node_modules").is_dir() {
        return Ok(());
    }
    let npm = run(folder, "npm", &["ci"])
        .await
        .map_err(|error| format!("npm cannot be run: {error}"))?;
    if npm.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&npm.stderr);
    Err(format!("npm cannot fetch the packages: {errors}"))
}

async fn run(folder: &Path, program: &str, arguments: &[&str]) -> io::Result<Output> {
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .kill_on_drop(true)
        .output()
        .await
}
