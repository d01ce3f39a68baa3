//! A server that is running: the one way into a SQLite file that another process serves.

use anyhow::{Context as _, anyhow, bail};
use clap::Args;
use serde_json::{Value, json};
use std::{env, fs, path::PathBuf, str::FromStr, time::Duration};
use ureq::{
    Agent,
    tls::{RootCerts, TlsConfig},
};

/// How long a server may take for one request.
const PATIENCE: Duration = Duration::from_mins(2);

/// The largest answer that is read.
const ANSWER: u64 = 16 << 20;

/// Which server, and how it knows who asks.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Server")]
pub(crate) struct ServerOptions {
    /// Send it to a server that is running instead, such as `http://127.0.0.1:8080`; `--database` means nothing then.
    /// It needs a token in `REMIT_TOKEN` or `--token-file`, unless it listens on loopback only.
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

/// A server to ask.
pub(crate) struct Server {
    agent: Agent,
    address: Address,
    token: Option<String>,
}

impl ServerOptions {
    /// The server that was named, if one was.
    pub(crate) fn server(self) -> anyhow::Result<Option<Server>> {
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
    /// Asks the graph; what comes back is the answer. `again` says what it means to ask the same once more.
    pub(crate) fn ask(
        &self,
        document: &str,
        variables: &Value,
        again: &str,
    ) -> anyhow::Result<Value> {
        let body = json!({ "query": document, "variables": variables }).to_string();
        self.post("application/json", body.as_bytes(), again)
    }

    /// Posts a request to the graph in a form of its own.
    pub(crate) fn post(&self, form: &str, body: &[u8], again: &str) -> anyhow::Result<Value> {
        let Address(address) = &self.address;
        let mut request = self
            .agent
            .post(format!("{address}/graphql"))
            .header("graphql-preflight", "1")
            .header("accept", "application/graphql-response+json")
            .content_type(form);
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let mut response = request.send(body).with_context(|| {
            format!("no answer from {address}: see that `remit serve` runs there. {again}")
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
        Ok(answer)
    }
}

/// The payload of a mutation, or what the answer says is wrong.
pub(crate) fn payload(answer: &Value, mutation: &str) -> anyhow::Result<Value> {
    let payload = &answer["data"][mutation];
    for message in [
        &answer["errors"][0]["message"],
        &payload["userErrors"][0]["message"],
    ] {
        if let Some(message) = message.as_str() {
            bail!("{}", crate::terminal::plain(message));
        }
    }
    Ok(payload.clone())
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
