//! Importing through a server that is running: the one way into a SQLite file that another process serves.

use crate::{env::SystemEnv, input, terminal::Terminal};
use anyhow::{Context as _, anyhow, bail};
use api::env::Env as _;
use clap::Args;
use domain::time::Day;
use serde_json::{Value, json};
use std::{
    env, fs,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};
use ureq::{
    Agent,
    tls::{RootCerts, TlsConfig},
};

/// How long a server may take for one document.
const PATIENCE: Duration = Duration::from_mins(2);

/// The largest answer that is read. It has counts and messages only.
const ANSWER: u64 = 1 << 20;

/// What is asked of the server.
const IMPORT: &str = "mutation Import($input: ImportDocumentInput!) {
    importDocument(input: $input) {
        changeCount
        changeset { seq }
        plan { code title tasks { totalCount } }
        userErrors { message }
    }
}";

/// Which server, and how it knows who asks.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Server")]
pub(super) struct ServerOptions {
    /// Send the documents to a server that is running instead, such as `http://127.0.0.1:8080`; `--database` means
    /// nothing then. It needs a token in `REMIT_TOKEN` or `--token-file`, unless it listens on loopback only.
    #[arg(long, value_name = "URL", env = "REMIT_SERVER")]
    server: Option<Address>,

    /// A file with the token for the server, and nothing else in it.
    #[arg(long, value_name = "FILE", env = "REMIT_TOKEN_FILE")]
    token_file: Option<PathBuf>,
}

/// The address of a server, without the path of the graph.
#[derive(Clone, Debug)]
struct Address(String);

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let host = given
            .strip_prefix("http://")
            .or_else(|| given.strip_prefix("https://"))
            .ok_or("not the address of a server, such as http://127.0.0.1:8080")?;
        let address = given.trim_end_matches('/');
        let address = address.strip_suffix("/graphql").unwrap_or(address);
        if host.is_empty() || host.contains('@') {
            return Err("give the host and the port alone; a token goes into REMIT_TOKEN");
        }
        Ok(Self(address.to_owned()))
    }
}

/// A server to import into.
pub(super) struct Server {
    agent: Agent,
    address: Address,
    token: Option<String>,
}

/// What is said of every document.
pub(super) struct Said {
    pub(super) register: Option<String>,
    pub(super) code: Option<String>,
    pub(super) valid_from: Option<Day>,
    pub(super) dry_run: bool,
}

impl ServerOptions {
    /// The server that was named, if one was.
    pub(super) fn server(self) -> anyhow::Result<Option<Server>> {
        let Some(address) = self.server else {
            return Ok(None);
        };
        let token = match self.token_file {
            Some(file) => {
                let token = fs::read_to_string(&file);
                let token = token.with_context(|| format!("cannot read {}", file.display()))?;
                Some(token.trim().to_owned())
            }
            // Not an option: what stands on a command line, every user of the machine can read.
            None => env::var("REMIT_TOKEN").ok(),
        };
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .tls_config(tls)
            .build()
            .into();
        Ok(Some(Server {
            agent,
            address,
            token,
        }))
    }
}

impl Server {
    /// Sends documents one after another and prints what came of each.
    pub(super) fn import(
        &self,
        files: &[PathBuf],
        said: &Said,
        limit: usize,
        terminal: Terminal,
    ) -> anyhow::Result<()> {
        if let Some(directory) = files.iter().find(|file| super::is_directory(file)) {
            bail!(
                "{} is a party directory, and a server takes documents only: start it with `remit serve --import {0}`, \
                 or stop it and import the directory into its database",
                directory.display()
            );
        }
        for file in files {
            let document = input::read(file, limit)?;
            let payload = self
                .send(file, &document, said)
                .with_context(|| format!("cannot import {}", input::name(file)))?;
            terminal.show(format!("{}: {}", input::name(file), outcome(&payload)))?;
            if let Some(plan) = plan(&payload["plan"]) {
                terminal.show(format!("\n{plan}\n"))?;
            }
        }
        Ok(())
    }

    /// Sends one document; what comes back is the payload of the mutation.
    fn send(&self, file: &Path, document: &[u8], said: &Said) -> anyhow::Result<Value> {
        let Address(address) = &self.address;
        let boundary = format!("remit-{}", SystemEnv.new_id());
        let mut request = self
            .agent
            .post(format!("{address}/graphql"))
            .header("graphql-preflight", "1")
            .header("accept", "application/graphql-response+json")
            .content_type(format!("multipart/form-data; boundary={boundary}"));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = request
            .send(&form(&boundary, file, document, said)[..])
            .with_context(|| {
                format!(
                    "no answer from {address}: see that `remit serve` runs there. Importing the same again changes \
                     nothing, should the document have arrived"
                )
            })?;
        let status = response.status();
        let answer = response
            .body_mut()
            .with_config()
            .limit(ANSWER)
            .read_to_vec();
        let answer: Value = answer
            .ok()
            .and_then(|answer| serde_json::from_slice(&answer).ok())
            .ok_or_else(|| anyhow!("what answers at {address} is no Remit (status {status})"))?;
        if status == 401 {
            bail!(
                "{address} wants a token: put one into REMIT_TOKEN, or name its file with --token-file"
            );
        }
        if let Some(message) = answer["errors"][0]["message"].as_str() {
            bail!("{}", crate::terminal::plain(message));
        }
        let payload = &answer["data"]["importDocument"];
        if let Some(message) = payload["userErrors"][0]["message"].as_str() {
            bail!("{}", crate::terminal::plain(message));
        }
        Ok(payload.clone())
    }
}

/// The body of a multipart request: the file is sent as it is, because how it is encoded is for the reader to find
/// out.
fn form(boundary: &str, file: &Path, document: &[u8], said: &Said) -> Vec<u8> {
    let input = json!({
        "register": said.register,
        "file": null,
        "address": super::address(file),
        "code": said.code,
        "validFrom": said.valid_from.map(|day| day.to_string()),
        "dryRun": said.dry_run,
    });
    let operations = json!({ "query": IMPORT, "variables": { "input": input } }).to_string();
    let mut form = vec![];
    for (heading, content) in [
        ("name=\"operations\"", operations.as_bytes()),
        ("name=\"map\"", br#"{"0":["variables.input.file"]}"#),
        ("name=\"0\"; filename=\"document\"", document),
    ] {
        let heading = format!("--{boundary}\r\nContent-Disposition: form-data; {heading}\r\n\r\n");
        form.extend_from_slice(heading.as_bytes());
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n");
    }
    form.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    form
}

/// What came of it, in the words of an import without a server.
fn outcome(payload: &Value) -> String {
    let changes = payload["changeCount"].as_u64().unwrap_or_default();
    match payload["changeset"]["seq"].as_u64() {
        Some(seq) => format!("{changes} changes, kept as changeset {seq}"),
        None if changes > 0 => format!("{changes} changes would be made; this was a dry run"),
        None => "is kept already, nothing changed".to_owned(),
    }
}

fn plan(plan: &Value) -> Option<String> {
    let word = |value: &Value| value.as_str().map(crate::terminal::plain);
    Some(format!(
        "{}\nplan {}\n{} tasks",
        word(&plan["title"])?,
        word(&plan["code"])?,
        plan["tasks"]["totalCount"],
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_graph_is_as_good_as_that_of_its_server() {
        for given in ["http://h:1", "http://h:1/", "http://h:1/graphql"] {
            assert_eq!(given.parse::<Address>().unwrap().0, "http://h:1");
        }
        for given in ["h:1", "ftp://h", "https://", "https://me:secret@h"] {
            assert!(given.parse::<Address>().is_err(), "{given}");
        }
    }
}
