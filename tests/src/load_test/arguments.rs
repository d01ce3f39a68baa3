//! What is measured, as the command line says.

use std::net::SocketAddr;

const USAGE: &str = "\
Usage: load-test reads|writes --database URL            starts a server of its own
       load-test reads|writes --server ADDR --pid PID   asks one that runs, on loopback
       load-test commits --database URL                 writes without a server

  --requests N        reads: so many of each operation at most [10000]
  --connections LIST  reads: how many at once [1,16,64]
  --known-seq N       reads: as the register was known with this changeset as the last
  --seconds N         the longest that one line of the table may take [10]
  --rate N            writes: so many reads a second [200]
  --small N           writes: so many small writes a second [200]
  --large N           writes: so many changesets of about 250 facts a second [1]

`writes` reports on tasks and enters plans: give it a copy of a register. `commits` adds a register and two tables of its
own: give it an empty database.";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Reads,
    Writes,
    Commits,
}

#[derive(Clone, Debug)]
pub(crate) struct Arguments {
    pub(crate) mode: Mode,
    pub(crate) database: Option<String>,
    pub(crate) server: Option<(SocketAddr, u32)>,
    pub(crate) requests: usize,
    pub(crate) connections: Vec<usize>,
    pub(crate) known_seq: Option<u32>,
    pub(crate) seconds: u64,
    pub(crate) rate: u32,
    pub(crate) small: u32,
    pub(crate) large: u32,
}

impl Arguments {
    /// Reads them, or tells how they are written.
    pub(crate) fn read(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mode = match given.next().as_deref() {
            Some("reads") => Mode::Reads,
            Some("writes") => Mode::Writes,
            Some("commits") => Mode::Commits,
            _ => return Err(USAGE.to_owned()),
        };
        let mut arguments = Self {
            mode,
            database: None,
            server: None,
            requests: 10_000,
            connections: vec![1, 16, 64],
            known_seq: None,
            seconds: 10,
            rate: 200,
            small: 200,
            large: 1,
        };
        let (mut address, mut pid) = (None, None);
        while let Some(name) = given.next() {
            let value = given
                .next()
                .ok_or_else(|| format!("{name} needs a value\n\n{USAGE}"))?;
            match name.as_str() {
                "--database" => arguments.database = Some(value),
                "--server" => address = Some(number(&name, &value)?),
                "--pid" => pid = Some(number(&name, &value)?),
                "--requests" => arguments.requests = number(&name, &value)?,
                "--connections" => {
                    let counts = value.split(',').map(|count| number(&name, count));
                    arguments.connections = counts.collect::<Result<_, _>>()?;
                }
                "--known-seq" => arguments.known_seq = Some(number(&name, &value)?),
                "--seconds" => arguments.seconds = number(&name, &value)?,
                "--rate" => arguments.rate = number(&name, &value)?,
                "--small" => arguments.small = number(&name, &value)?,
                "--large" => arguments.large = number(&name, &value)?,
                _ => return Err(format!("there is no {name}\n\n{USAGE}")),
            }
        }
        arguments.server = match (address, pid) {
            (Some(address), Some(pid)) => Some((address, pid)),
            (None, None) => None,
            _ => return Err(format!("--server and --pid go together\n\n{USAGE}")),
        };
        if arguments.server.is_some() == arguments.database.is_some() {
            return Err(format!("either --database or --server\n\n{USAGE}"));
        }
        if let Some((address, _)) = arguments.server.filter(|(at, _)| !at.ip().is_loopback()) {
            return Err(format!("{address} is not on this machine\n\n{USAGE}"));
        }
        Ok(arguments)
    }
}

fn number<T: std::str::FromStr>(name: &str, value: &str) -> Result<T, String> {
    let read = value.parse();
    read.map_err(|_| format!("{name} cannot be {value:?}\n\n{USAGE}"))
}
