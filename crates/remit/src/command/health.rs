//! `remit health`

use super::serve::Address;
use crate::terminal::Terminal;
use anyhow::{Context as _, bail};
use clap::Args;
use std::{process::ExitCode, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// Ask a server on this machine whether it can answer.
///
/// Exit code 0 if it can, 1 if not: for containers and service managers, which need no other program for it.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  remit health --listen 127.0.0.1:8080 && echo ready")]
pub(crate) struct Health {
    /// Where the server was told to listen.
    #[arg(
        long,
        value_name = "ADDR",
        env = "REMIT_LISTEN",
        default_value = "127.0.0.1:8080"
    )]
    listen: Address,
}

impl Health {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let asked = tokio::time::timeout(PATIENCE, self.ask()).await;
        let status =
            asked.with_context(|| format!("{} does not answer in time", self.listen))??;
        if status != "200" {
            bail!("{} is not ready (status {status})", self.listen);
        }
        terminal.remark("ready");
        Ok(ExitCode::SUCCESS)
    }

    /// The status that `/readyz` answers with.
    async fn ask(&self) -> anyhow::Result<String> {
        let addresses = self.listen.locally();
        let server = TcpStream::connect(&addresses[..]).await;
        let mut server = server.with_context(|| format!("nothing listens on {}", self.listen))?;
        let request = "GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        server.write_all(request.as_bytes()).await?;
        let mut answer = vec![];
        server.take(4096).read_to_end(&mut answer).await?;
        let answer = String::from_utf8_lossy(&answer);
        let status = answer.split(' ').nth(1).unwrap_or_default();
        Ok(status.to_owned())
    }
}
