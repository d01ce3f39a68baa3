//! Where a server listens, and when it stops.

use anyhow::Context as _;
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _},
    str::FromStr,
    time::Duration,
};
use tokio::{net::TcpListener, sync::watch};

/// Where to listen: an address and port, or a name that has addresses, such as `localhost:8080`.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    given: String,
    addresses: Vec<SocketAddr>,
}

impl FromStr for Address {
    type Err = String;

    fn from_str(given: &str) -> Result<Self, String> {
        let addresses = given.to_socket_addrs();
        let addresses: Vec<_> = addresses
            .map_err(|error| {
                format!("not an address with a port, such as 127.0.0.1:8080 ({error})")
            })?
            .collect();
        Ok(Self {
            given: given.to_owned(),
            addresses,
        })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.given)
    }
}

impl Address {
    /// Whether only this machine can reach it.
    pub(super) fn is_loopback(&self) -> bool {
        self.addresses
            .iter()
            .all(|address| address.ip().is_loopback())
    }

    /// Where this machine itself reaches what listens there.
    pub(crate) fn locally(&self) -> Vec<SocketAddr> {
        let reached = |address: &SocketAddr| match address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => (Ipv4Addr::LOCALHOST, address.port()).into(),
            IpAddr::V6(ip) if ip.is_unspecified() => (Ipv6Addr::LOCALHOST, address.port()).into(),
            _ => *address,
        };
        self.addresses.iter().map(reached).collect()
    }

    pub(super) async fn bind(&self) -> anyhow::Result<TcpListener> {
        let listener = TcpListener::bind(&self.addresses[..]).await;
        listener.with_context(|| {
            format!("cannot listen on {self}: stop what listens there, or name another address with --listen")
        })
    }
}

/// Whether the server has been told to stop.
#[derive(Clone, Debug)]
pub(super) struct Stopping(watch::Receiver<bool>);

impl Stopping {
    /// Begins with SIGINT or SIGTERM.
    pub(super) fn on_signal() -> anyhow::Result<Self> {
        let (told, stopping) = watch::channel(false);
        let signal = signal()?;
        tokio::spawn(async move {
            signal.await;
            tracing::info!("stopping: what was begun is finished first");
            told.send_replace(true);
            // Kept for as long as somebody may look.
            told.closed().await;
        });
        Ok(Self(stopping))
    }

    pub(super) fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    pub(super) async fn begun(mut self) {
        // The sender is gone only when the process ends.
        let _ = self.0.wait_for(|told| *told).await;
    }

    /// When requests have had their time to end.
    pub(super) async fn out_of_patience(self, patience: Duration) {
        self.begun().await;
        tokio::time::sleep(patience).await;
    }
}

#[cfg(unix)]
fn signal() -> anyhow::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).context("the operating system gives no signals");
    let (mut interrupt, mut terminate) = (
        listen(SignalKind::interrupt())?,
        listen(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn signal() -> anyhow::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        // Without signals the server runs until the process is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
