//! How many answers a second, at what cost, one operation after another.

use crate::{
    Failure,
    arguments::Arguments,
    client::{Client, Request},
    operation::{self, Operation},
    percentile, process,
    server::Server,
};
use std::{
    cell::Cell,
    io::{self, Write as _},
    rc::Rc,
    time::{Duration, Instant},
};
use tokio::task::LocalSet;

/// Asked before anything is measured, so that everything is warm.
const WARM_UP: usize = 200;

/// One line of the table.
struct Measured {
    /// Of an answer, on average.
    bytes: u32,
    requests: u32,
    seconds: f64,
    cpu: Duration,
    /// Sorted, in microseconds.
    latencies: Vec<u32>,
}

/// Prints the table.
pub(crate) async fn measure(server: &Server, arguments: &Arguments) -> Result<(), Failure> {
    let mut client = Client::connect(server.address).await?;
    let operations = operation::find(&mut client, arguments.known_seq).await?;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "| operation | answer | connections | requests | a second | CPU each | p50 | p99 |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|"
    )?;
    for operation in &operations {
        for &connections in &arguments.connections {
            let Measured {
                bytes,
                requests,
                seconds,
                cpu,
                latencies,
            } = run(server, operation, connections.max(1), arguments).await?;
            writeln!(
                out,
                "| {} {} | {:.1} kB | {connections} | {requests} | {:.0} | {:.0} µs | {:.2} ms | {:.2} ms |",
                operation.name,
                operation.what,
                f64::from(bytes) / 1e3,
                f64::from(requests) / seconds,
                cpu.as_secs_f64() * 1e6 / f64::from(requests),
                f64::from(percentile(&latencies, 50)) / 1e3,
                f64::from(percentile(&latencies, 99)) / 1e3,
            )?;
        }
    }
    let (now, most) = process::memory(server.pid)?;
    writeln!(
        out,
        "\nResident memory of the server: {now} MiB, at most {most} MiB."
    )?;
    Ok(())
}

async fn run(
    server: &Server,
    operation: &Operation,
    connections: usize,
    arguments: &Arguments,
) -> Result<Measured, Failure> {
    let mut clients = vec![];
    for _ in 0..connections {
        clients.push(Client::connect(server.address).await?);
    }
    let requests: Rc<[Request]> = operation.requests.clone().into();
    let mut bytes = 0;
    for request in &*requests {
        let answer = clients[0].ask_json(request).await?;
        if answer["data"]
            .as_object()
            .is_none_or(|data| data.values().any(serde_json::Value::is_null))
        {
            return Err(format!("{} finds nothing in this register", operation.name).into());
        }
        bytes += clients[0].ask(request).await?.len();
    }
    for turn in 0..WARM_UP {
        let request = &requests[turn % requests.len()];
        clients[turn % connections].ask(request).await?;
    }

    let (cpu, start) = (process::cpu(server.pid)?, Instant::now());
    let end = start + Duration::from_secs(arguments.seconds);
    let left = Rc::new(Cell::new(arguments.requests));
    let local = LocalSet::new();
    let asking: Vec<_> = clients
        .into_iter()
        .map(|mut client| {
            let (left, requests) = (Rc::clone(&left), Rc::clone(&requests));
            local.spawn_local(async move {
                let mut latencies = vec![];
                while left.get() > 0 && Instant::now() < end {
                    left.set(left.get() - 1);
                    let request = &requests[left.get() % requests.len()];
                    let begin = Instant::now();
                    client
                        .ask(request)
                        .await
                        .map_err(|error| error.to_string())?;
                    latencies.push(micros(begin.elapsed()));
                }
                Ok::<_, String>(latencies)
            })
        })
        .collect();
    local.await;
    let seconds = start.elapsed().as_secs_f64();
    let cpu = process::cpu(server.pid)?.saturating_sub(cpu);
    let mut latencies = vec![];
    for asked in asking {
        latencies.extend(asked.await??);
    }
    latencies.sort_unstable();
    Ok(Measured {
        bytes: u32::try_from(bytes / requests.len())?,
        requests: u32::try_from(latencies.len())?,
        seconds,
        cpu,
        latencies,
    })
}

pub(crate) fn micros(duration: Duration) -> u32 {
    u32::try_from(duration.as_micros()).unwrap_or(u32::MAX)
}
