//! The public audits of GraphQL over HTTP (npm package `graphql-http`) against the real router on a real socket.

use api::{
    auth::{Access, TokenLookup, TokenRecord},
    http::{Config, Services, router},
};
use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
use domain::text::Sha256;
use std::{
    error::Error,
    io::{self, Write as _},
    path::Path,
    pin::Pin,
    process::Output,
    sync::Arc,
};
use tokio::{net::TcpListener, process::Command};
use uuid::Uuid;

struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "hello"
    }
}

struct NoTokens;

type Found = Result<Option<TokenRecord>, Box<dyn Error + Send + Sync>>;

impl TokenLookup for NoTokens {
    fn token_find(&self, _: Sha256) -> Pin<Box<dyn Future<Output = Found> + Send + '_>> {
        Box::pin(async { Ok(None) })
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
    let url = serve().await.unwrap();
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

/// Serves on a free port of the loopback interface until the test ends, and returns the address of the graph.
async fn serve() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/graphql", listener.local_addr()?);
    let access = Access::Loopback {
        subject: "local:tester".to_owned(),
    };
    let services = Services {
        new_request_id: Arc::new(|| Uuid::from_u128(1)),
        tokens: Arc::new(NoTokens),
        readiness: Arc::new(|| Ok(())),
    };
    let schema = Schema::new(Query, EmptyMutation, EmptySubscription);
    let app = router(schema, Config::new(access), services);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(url)
}
