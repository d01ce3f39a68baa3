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
    sync::watch,
};

/// What becomes of a commit before the connection breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The server gets it; its answer does not come back.
    Forwarded,
    /// The server never gets it.
    Lost,
}

/// How the stretch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Everything passes.
    Open,
    /// Connections end, and new ones end at once.
    Cut,
    /// Connections stay and nothing passes, as where packets are dropped on the way.
    Silent,
}

#[derive(Debug)]
pub(crate) struct Proxy {
    /// The database's address, through the proxy.
    pub(crate) url: String,
    wire: Arc<Wire>,
}

#[derive(Debug)]
struct Wire {
    /// How it is, and how often it has been cut.
    line: watch::Sender<(Line, u32)>,
    /// What becomes of the next commit, and how the line is from then on.
    next: Mutex<Option<(Fate, Line)>>,
    /// The database that new connections lead to, whatever they ask for.
    database: Mutex<Option<String>>,
}

impl Proxy {
    pub(crate) async fn to(database: &TestDatabase) -> Self {
        let (address, directory) = database.url.split_once("?host=").unwrap();
        let socket = PathBuf::from(directory).join(".s.PGSQL.5432");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = address.replace("localhost", &listener.local_addr().unwrap().to_string());
        let wire = Arc::new(Wire {
            line: watch::Sender::new((Line::Open, 0)),
            next: Mutex::default(),
            database: Mutex::default(),
        });
        let shared = Arc::clone(&wire);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&shared).carry(client, socket.clone()));
            }
        });
        Self { url, wire }
    }

    /// Breaks the connection that sends the next commit; others pass.
    pub(crate) fn next_commit(&self, fate: Fate) {
        self.next_commit_and_line(fate, Line::Open);
    }

    /// Breaks the connection that sends the next commit, and leaves the line like this.
    pub(crate) fn next_commit_and_line(&self, fate: Fate, line: Line) {
        *self.wire.next.lock().unwrap() = Some((fate, line));
    }

    pub(crate) fn set(&self, line: Line) {
        self.wire.set(line);
    }

    /// From now on connections that are opened lead to another database of the server.
    pub(crate) fn lead_to(&self, database: Option<&TestDatabase>) {
        let name = database.map(|database| database.name().to_owned());
        *self.wire.database.lock().unwrap() = name;
    }
}

impl Wire {
    fn set(&self, line: Line) {
        self.line
            .send_modify(|(is, cuts)| (*is, *cuts) = (line, *cuts + u32::from(line == Line::Cut)));
    }

    /// Waits while the line is silent; tells whether it has never been cut since it was cut `before` times.
    async fn passes(line: &mut watch::Receiver<(Line, u32)>, before: u32) -> bool {
        let (_, cuts) = *line.wait_for(|(is, _)| *is != Line::Silent).await.unwrap();
        cuts == before
    }

    async fn carry(self: Arc<Self>, mut client: TcpStream, socket: PathBuf) -> io::Result<()> {
        let mut line = self.line.subscribe();
        let (is, before) = *line.borrow();
        if is == Line::Cut || !Self::passes(&mut line, before).await {
            return Ok(());
        }
        let mut server = UnixStream::connect(socket).await?;
        let startup = self.redirect(&startup(&mut client).await?);
        server.write_all(&startup).await?;
        let (mut sent, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        loop {
            if !Self::passes(&mut line, before).await {
                return Ok(());
            }
            tokio::select! {
                _ = line.changed() => {}
                length = client.read(&mut sent) => {
                    let sent = &sent[..length?];
                    if sent.is_empty() {
                        return Ok(());
                    }
                    let fate = self.fate_of(sent);
                    if !matches!(fate, Some((Fate::Lost, _))) {
                        server.write_all(sent).await?;
                    }
                    if matches!(fate, Some((Fate::Forwarded, _))) {
                        let _confirmation = server.read(&mut answered).await?;
                    }
                    if let Some((_, line)) = fate {
                        self.set(line);
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

    fn fate_of(&self, sent: &[u8]) -> Option<(Fate, Line)> {
        let commits = sent.windows(6).any(|word| word == b"COMMIT");
        if commits {
            self.next.lock().unwrap().take()
        } else {
            None
        }
    }

    /// A startup message that asks for the database that connections are to lead to.
    fn redirect(&self, startup: &[u8]) -> Vec<u8> {
        let Some(database) = self.database.lock().unwrap().clone() else {
            return startup.to_vec();
        };
        let (head, parameters) = startup.split_at(8);
        let mut words: Vec<_> = parameters.split(|byte| *byte == 0).collect();
        let name = words.iter().position(|word| *word == b"database").unwrap() + 1;
        words[name] = database.as_bytes();
        let parameters = words.join(&0);
        let length = (8 + parameters.len()) as u32;
        [&length.to_be_bytes(), &head[4..], &parameters].concat()
    }
}

/// The first message of a connection, after the answer to whether it may be encrypted.
async fn startup(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    const ENCRYPT: u32 = 80_877_103;
    loop {
        let length = client.read_u32().await?;
        let mut message = length.to_be_bytes().to_vec();
        message.resize(length as usize, 0);
        client.read_exact(&mut message[4..]).await?;
        if message[4..8] != ENCRYPT.to_be_bytes() {
            return Ok(message);
        }
        client.write_all(b"N").await?;
    }
}
