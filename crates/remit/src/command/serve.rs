//! `remit serve`

mod listening;
mod token_file;

use super::import::Importer;
use crate::{
    config::{Storage, TextLimit},
    env::{self, SystemEnv},
    summary,
    terminal::{self, Terminal},
};
use anyhow::{Context as _, bail};
use api::{
    Served,
    auth::{Access, KnownTokens},
    env::Env as _,
    http::{self, Origin, Readiness, Services},
};
use axum::serve::ListenerExt as _;
use clap::Args;
pub(super) use listening::Address;
use listening::Stopping;
use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};
use store::{Database, OutOfStep, Store};
use token_file::TokenFile;
use tokio::{net::TcpListener, task::JoinSet};

/// How long the database may take to be closed.
const CLOSING: Duration = Duration::from_secs(5);

/// Serve registers as a GraphQL graph.
///
/// On loopback nothing has to be set up: an embedded database is made where there is none, and whoever reaches the
/// address may read and write, as the operating system's user. Listening anywhere else needs a token first (`remit token
/// add NAME`, or `--token-file`), and then every request does. The address is served as plain HTTP: put a proxy that speaks
/// TLS before it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit serve --import parties.csv plan.txt\n  \
    remit serve --database postgres://remit@localhost/remit --listen 0.0.0.0:8080 --host remit.example\n\n\
    Addresses: /graphql (in a browser, a page to ask with), /healthz, /readyz")]
pub(crate) struct Serve {
    /// Where to listen; port 0 takes any that is free.
    #[arg(
        long,
        value_name = "ADDR",
        env = "REMIT_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    listen: Address,

    /// Party directories (.csv) and documents to import at start, unless they have been imported before.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    import: Vec<PathBuf>,

    /// Web pages of which origins may read answers, such as `https://plans.example`; none unless named.
    #[arg(
        long,
        value_name = "ORIGIN",
        env = "REMIT_CORS_ORIGIN",
        value_delimiter = ','
    )]
    cors_origin: Vec<Origin>,

    /// A name by which requests may call this server, beyond localhost and loopback addresses.
    #[arg(long, value_name = "NAME", env = "REMIT_HOST", value_delimiter = ',')]
    host: Vec<String>,

    /// Do not show the page to ask with.
    #[arg(long, env = "REMIT_NO_EXPLORER")]
    no_explorer: bool,

    /// Do not tell the schema to clients.
    #[arg(long, env = "REMIT_NO_INTROSPECTION")]
    no_introspection: bool,

    /// How many seconds requests may take to end once the server is told to stop; then they are broken off.
    #[arg(
        long,
        value_name = "SECONDS",
        env = "REMIT_STOP_WITHIN",
        default_value_t = 10
    )]
    stop_within: u64,

    #[command(flatten)]
    token: TokenFile,

    #[command(flatten)]
    text_limit: TextLimit,

    #[command(flatten)]
    storage: Storage,
}

impl Serve {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let stores = self.storage.stores().await?;
        let Some(database) = stores.first().map(|store| store.database().clone()) else {
            bail!("there is no register to serve");
        };
        self.token.add_to(&database).await?;
        let access = self.access(&database).await?;
        let listener = self.listen.bind().await?;
        let address = listener.local_addr().context("cannot tell the address")?;

        let served = Served {
            stores: stores.clone(),
            env: Arc::new(SystemEnv),
            document_limit: self.text_limit.bytes,
        };
        self.import(&served, &stores, terminal).await?;
        let mut followers = JoinSet::new();
        for store in &stores {
            followers.spawn(store.clone().follow());
            terminal.show(summary::of_register(&store.summary().code, &store.stats()))?;
        }
        // Whoever reads that it serves may tell it to stop.
        let stopping = Stopping::on_signal()?;
        terminal.show("")?;
        terminal::result(format!("serving http://{address}/graphql"))?;
        terminal.show(first_query(&address.to_string(), &access))?;

        let patience = Duration::from_secs(self.stop_within);
        let config = self.http_config(access);
        self::serve(
            listener,
            config,
            served,
            database.clone(),
            stopping,
            patience,
        )
        .await?;
        followers.shutdown().await;
        // A file that is closed in order has no journal beside it that the next one would need.
        if tokio::time::timeout(CLOSING, database.close())
            .await
            .is_err()
        {
            tracing::warn!("the database was not closed in time; nothing is lost by that");
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Who may ask: on loopback the local user, elsewhere whoever has a token.
    async fn access(&self, database: &Database) -> anyhow::Result<Access> {
        if self.listen.is_loopback() {
            return Ok(Access::Loopback {
                subject: env::local_actor().subject,
            });
        }
        let tokens = database
            .token_list()
            .await
            .context("cannot look for tokens")?;
        if tokens.iter().all(|token| token.revoked_at.is_some()) {
            bail!(
                "{} can be reached by others, and there is no token that they would need: make one with \
                 `remit token add NAME`, give one with --token-file, or listen on 127.0.0.1",
                self.listen
            );
        }
        Ok(Access::TokenOnly)
    }

    async fn import(
        &self,
        served: &Served,
        stores: &[Store],
        terminal: Terminal,
    ) -> anyhow::Result<()> {
        if self.import.is_empty() {
            return Ok(());
        }
        let [store] = stores else {
            bail!(
                "the database has several registers: name the one to import into with --register"
            );
        };
        let importer = Importer::new(served.clone(), store.clone());
        importer.import(&self.import, terminal).await
    }

    fn http_config(self, access: Access) -> http::Config {
        let mut config = http::Config::new(access);
        // An upload carries one document and a little besides.
        let upload = self.text_limit.bytes.saturating_add(1 << 20);
        config.bodies.upload = config.bodies.upload.max(upload);
        http::Config {
            allowed_hosts: self.host,
            cors_origins: self.cors_origin,
            explorer: !self.no_explorer,
            introspection: !self.no_introspection,
            ..config
        }
    }
}

/// Serves until it is told to stop, and then finishes what was begun.
async fn serve(
    listener: TcpListener,
    config: http::Config,
    served: Served,
    database: Database,
    stopping: Stopping,
    patience: Duration,
) -> anyhow::Result<()> {
    let (ready, stores) = (stopping.clone(), served.stores.clone());
    let services = Services {
        new_request_id: Arc::new(|| SystemEnv.new_id()),
        tokens: Arc::new(KnownTokens::new(database)),
        readiness: Arc::new(move || {
            if ready.has_begun() {
                return Readiness::NotReady("the server is stopping".to_owned());
            }
            let lost: Vec<_> = stores.iter().filter_map(out_of_step).collect();
            if lost.is_empty() {
                Readiness::Ready
            } else {
                Readiness::Degraded(lost.join("; "))
            }
        }),
    };
    let router = api::router(served, config, services);
    // The last part of a long answer is not held back until the parts before it are acknowledged.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection holds small parts of answers back");
        }
    });
    let told = stopping.clone();
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(async move { told.begun().await });
    tokio::select! {
        served = serving.into_future() => served.context("the server failed"),
        () = stopping.out_of_patience(patience) => {
            tracing::warn!("requests that did not end in time are broken off");
            Ok(())
        }
    }
}

/// What an operator has to know of a register that is not followed.
fn out_of_step(store: &Store) -> Option<String> {
    let OutOfStep { since, reason } = store.out_of_step()?;
    Some(format!(
        "{code} is not in step with its database since {since} ({reason}); reads are answered as of changeset {seq}, \
         writes are not taken",
        code = store.summary().code,
        seq = store.register().seq(),
    ))
}

/// A first query, ready to be pasted.
fn first_query(address: &str, access: &Access) -> String {
    let (token, hint) = match access {
        Access::Loopback { subject } => (
            "",
            format!(
                "Loopback needs no token: whoever reaches this address reads and writes as {subject}."
            ),
        ),
        Access::TokenOnly => (
            " -H \"authorization: Bearer $REMIT_TOKEN\"",
            "Every request needs a token.".to_owned(),
        ),
    };
    let query = "{ register { plans { nodes { code title } totalCount } } }";
    format!(
        "{hint} A first query:\n\n  \
         curl -s http://{address}/graphql -H 'content-type: application/json'{token} \\\n    \
         -d '{{\"query\":\"{query}\"}}'\n\n\
         Stop with Ctrl-C."
    )
}
