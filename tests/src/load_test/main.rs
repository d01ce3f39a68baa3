//! Asks a served register as many clients at once would, and prints what an answer costs: requests a second, the server's
//! processor time for each, how long they take, how much memory it holds.
//!
//! It measures another process, on loopback only. Without `--server` it starts one: itself, as `remit serve`. `reads` asks
//! one operation after another over 1, 16 and 64 connections; `writes` asks at a fixed rate, quietly and beside writers,
//! and compares how long answers take; `commits` writes without a server, one command a changeset and more, beside bare
//! inserts.

mod arguments;
mod client;
mod commits;
mod operation;
mod process;
mod reads;
mod server;
mod writes;

use arguments::{Arguments, Mode};
use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("serve") {
        return remit::main();
    }
    let arguments = match Arguments::read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    // One thread: what the client itself takes should not be taken from the server.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let measured = runtime.map_err(Into::into).and_then(|runtime| {
        runtime.block_on(async {
            let reach = server::Server::reach(&arguments);
            match arguments.mode {
                Mode::Reads => reads::measure(&reach.await?, &arguments).await,
                Mode::Writes => writes::measure(&reach.await?, &arguments).await,
                Mode::Commits => commits::measure(&arguments).await,
            }
        })
    });
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What can go wrong is told and ends everything.
type Failure = Box<dyn std::error::Error>;

/// The value below which so many hundredths of the sorted values lie.
fn percentile(sorted: &[u32], percent: usize) -> u32 {
    let last = sorted.len().saturating_sub(1);
    let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(place.min(last)).copied().unwrap_or_default()
}
