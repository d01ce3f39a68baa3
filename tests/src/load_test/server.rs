//! The server that is measured: one that runs, or one of our own.

use crate::{Failure, arguments::Arguments};
use std::{net::SocketAddr, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
};

#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) pid: u32,
    /// Ends with this program.
    _own: Option<Child>,
}

impl Server {
    pub(crate) async fn reach(arguments: &Arguments) -> Result<Self, Failure> {
        if let Some((address, pid)) = arguments.server {
            return Ok(Self {
                address,
                pid,
                _own: None,
            });
        }
        let database = arguments.database.as_deref().unwrap_or_default();
        let mut own = Command::new(std::env::current_exe()?)
            .args(["serve", "--quiet", "--listen", "127.0.0.1:0", "--database"])
            .arg(database)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let out = own.stdout.take().ok_or("the server has no output")?;
        let line = BufReader::new(out).lines().next_line().await?;
        let line = line.ok_or("the server did not start")?;
        let address = line
            .strip_prefix("serving http://")
            .and_then(|rest| rest.strip_suffix("/graphql"));
        Ok(Self {
            address: address
                .ok_or("the server does not say where it is")?
                .parse()?,
            pid: own.id().ok_or("the server has ended")?,
            _own: Some(own),
        })
    }
}
