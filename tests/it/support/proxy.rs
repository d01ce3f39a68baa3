//! A stretch of network between a store and its PostgreSQL server that breaks when it is told to.

use super::database::TestDatabase;
use std::{
    io,
    path::PathBuf,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, UnixStream},
};

/// What becomes of a commit before the connection breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The server gets it; its answer does not come back.
    Forwarded,
    /// The server never gets it.
    Lost,
}

#[derive(Debug)]
pub(crate) struct Proxy {
    /// The database's address, through the proxy.
    pub(crate) url: String,
    next: Arc<Mutex<Option<Fate>>>,
}

impl Proxy {
    pub(crate) async fn to(database: &TestDatabase) -> Self {
        let (address, directory) = database.url.split_once("?host=").unwrap();
        let socket = PathBuf::from(directory).join(".s.PGSQL.5432");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = address.replace("localhost", &listener.local_addr().unwrap().to_string());
        let next = Arc::new(Mutex::new(None));
        let shared = Arc::clone(&next);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&socket).await.unwrap();
                tokio::spawn(carry(client, server, Arc::clone(&shared)));
            }
        });
        Self { url, next }
    }

    /// Breaks the connection that sends the next commit.
    pub(crate) fn next_commit(&self, fate: Fate) {
        *self.next.lock().unwrap() = Some(fate);
    }
}

async fn carry(
    mut client: TcpStream,
    mut server: UnixStream,
    next: Arc<Mutex<Option<Fate>>>,
) -> io::Result<()> {
    let (mut sent, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        tokio::select! {
            length = client.read(&mut sent) => {
                let sent = &sent[..length?];
                if sent.is_empty() {
                    return Ok(());
                }
                let commits = sent.windows(6).any(|word| word == b"COMMIT");
                let fate = if commits { next.lock().unwrap().take() } else { None };
                if fate != Some(Fate::Lost) {
                    server.write_all(sent).await?;
                }
                if fate == Some(Fate::Forwarded) {
                    let _confirmation = server.read(&mut answered).await?;
                }
                if fate.is_some() {
                    return Ok(());
                }
            }
            length = server.read(&mut answered) => {
                let answered = &answered[..length?];
                if answered.is_empty() {
                    return Ok(());
                }
                client.write_all(answered).await?;
            }
        }
    }
}
