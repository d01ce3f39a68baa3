//! `remit change`

use super::import::beside_a_server;
use crate::{
    config::Storage,
    env::{self, SystemEnv},
    input, outcome,
    server::{self, ServerOptions},
    terminal::{self, Terminal},
};
use anyhow::Context as _;
use api::Served;
use clap::Args;
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

/// Change the register by the commands in a file, as one changeset: all of them, or none.
///
/// The file is a JSON list of commands, each as the mutation `changeRegister` takes it (`remit schema` describes them).
/// Things are named by their `id` or `key`; `#0` is what the first command of the list records, `#1` what the second
/// does.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit change merger.json --dry-run\n  \
    remit change merger.json --reason 机构改革 --authority 津党发〔2024〕3号\n  \
    remit change merger.json --server http://127.0.0.1:8080 --idempotency-key merger-2024\n  \
    echo '[{\"renameParty\": {\"party\": \"KEY\", \"name\": \"天津市数据局\"}}]' | remit change -")]
pub(crate) struct Change {
    /// The commands; `-` is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Only tell what would come of it, and keep nothing.
    #[arg(long)]
    dry_run: bool,

    /// Why this is done.
    #[arg(long, value_name = "WORDS")]
    reason: Option<String>,

    /// On whose authority: a document by its number or name.
    #[arg(long, value_name = "DOCUMENT")]
    authority: Option<String>,

    /// A key of your own for this write: a repeat with the same key changes nothing again.
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,

    #[command(flatten)]
    server: ServerOptions,

    #[command(flatten)]
    storage: Storage,
}

/// The most bytes that a file of commands may have.
const LIMIT: usize = 16 << 20;

/// What is asked of the graph, here or on a server.
const CHANGE: &str = "mutation Change($input: ChangeRegisterInput!) {
    changeRegister(input: $input) {
        changeset { seq }
        changes { entity key before after }
        moves { task { title } role from { name } to { name } toKey on }
        userErrors { message path conflict { seq recordedAt action actor { subject } } }
    }
}";

impl Change {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let variables = self.variables()?;
        let cannot = || format!("cannot do the commands of {}", input::name(&self.file));
        let answer = if let Some(server) = self.server.clone().server()? {
            let again = match self.idempotency_key {
                Some(_) => "Give the same once more: with its key it is done only once",
                None => "Look whether it was done before you give it once more",
            };
            tokio::task::block_in_place(|| server.ask(CHANGE, &variables, again))
        } else {
            let store = self.storage.store().await.map_err(beside_a_server)?;
            let database = store.database().clone();
            let served = Served {
                stores: vec![store],
                env: Arc::new(SystemEnv),
                document_limit: LIMIT,
            };
            let answer = api::answer(served, env::local_actor(), CHANGE, variables).await;
            database.close().await;
            answer
                .map(|data| json!({ "data": data }))
                .map_err(Into::into)
        };
        let payload = answer.and_then(|answer| payload(&answer));
        terminal.show(told(&payload.with_context(cannot)?))?;
        Ok(ExitCode::SUCCESS)
    }

    fn variables(&self) -> anyhow::Result<Value> {
        let commands = commands(&self.file)?;
        Ok(json!({ "input": {
            "register": self.storage.register(),
            "commands": commands,
            "reason": self.reason,
            "authority": self.authority.as_ref().map(|name| json!({ "named": name })),
            "idempotencyKey": self.idempotency_key,
            "dryRun": self.dry_run,
        } }))
    }
}

fn commands(file: &Path) -> anyhow::Result<Value> {
    let bytes = input::read(file, LIMIT)?;
    let json = serde_json::from_slice(&bytes);
    json.with_context(|| format!("{} is not JSON", input::name(file)))
}

/// The payload of the mutation, or what is wrong and where.
fn payload(answer: &Value) -> anyhow::Result<Value> {
    let error = &answer["data"]["changeRegister"]["userErrors"][0];
    let path = error["path"].as_array().into_iter().flatten();
    let path: Vec<_> = path.skip(1).filter_map(Value::as_str).collect();
    let mut payload = server::payload(answer, "changeRegister");
    if let Some(writer) = written(&error["conflict"]) {
        payload = payload.map_err(|error| error.context(writer));
    }
    if path.is_empty() {
        return payload;
    }
    payload.with_context(|| path.join("."))
}

/// Who made the version that stands against a command, if one does.
fn written(conflict: &Value) -> Option<String> {
    let word = |value: &Value| terminal::plain(value.as_str().unwrap_or_default());
    Some(format!(
        "version {} was written by {} at {} ({})",
        conflict["seq"].as_u64()?,
        word(&conflict["actor"]["subject"]),
        word(&conflict["recordedAt"]),
        word(&conflict["action"]),
    ))
}

/// What changed, a line a fact; the duties that pass on or end by it, a line a duty; and what came of it.
fn told(payload: &Value) -> String {
    let list = |field: &str| payload[field].as_array().map_or(&[][..], Vec::as_slice);
    let word = |value: &Value| terminal::plain(value.as_str().unwrap_or_default());
    let (changes, moves) = (list("changes"), list("moves"));
    let mut facts = terminal::bare_table();
    for change in changes {
        let done = match (change["before"].is_null(), change["after"].is_null()) {
            (true, _) => "recorded",
            (_, true) => "withdrawn",
            _ => "changed",
        };
        facts.add_row([
            word(&change["entity"]),
            word(&change["key"]),
            done.to_owned(),
        ]);
    }
    let mut duties = terminal::bare_table();
    for duty in moves {
        let heir = [&duty["to"]["name"], &duty["toKey"]];
        let heir = heir.into_iter().find(|heir| heir.is_string());
        duties.add_row([
            word(&duty["task"]["title"]),
            word(&duty["role"]),
            word(&duty["from"]["name"]),
            heir.map_or_else(|| "ends".to_owned(), |heir| format!("-> {}", word(heir))),
            word(&duty["on"]),
        ]);
    }
    let kept = payload["changeset"]["seq"].as_u64();
    let outcome = outcome::in_words(changes.len(), kept);
    let tables = [(changes, facts), (moves, duties)].into_iter();
    let tables = tables.filter(|(rows, _)| !rows.is_empty());
    let mut told: Vec<_> = tables.map(|(_, table)| terminal::text(table, 2)).collect();
    told.push(outcome);
    told.join("\n")
}
