//! A connection that stays open and asks again and again, with as little work as that takes.

use crate::Failure;
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// A request as the bytes that are sent.
#[derive(Clone, Debug)]
pub(crate) struct Request(Vec<u8>);

impl Request {
    pub(crate) fn new(document: &str, variables: &serde_json::Value) -> Self {
        let body = serde_json::json!({ "query": document, "variables": variables }).to_string();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             accept: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        Self((head + &body).into_bytes())
    }
}

#[derive(Debug)]
pub(crate) struct Client {
    stream: TcpStream,
    /// What was received and belongs to no answer yet.
    received: Vec<u8>,
}

impl Client {
    pub(crate) async fn connect(server: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            received: Vec::with_capacity(1 << 17),
        })
    }

    /// Asks, waits for the whole answer, and gives its body as long as nothing else is asked.
    pub(crate) async fn ask(&mut self, request: &Request) -> Result<&[u8], Failure> {
        self.received.clear();
        self.stream.write_all(&request.0).await?;
        let (body, length) = loop {
            self.receive().await?;
            if let Some(answer) = head(&self.received)? {
                break answer;
            }
        };
        while self.received.len() < body + length {
            self.receive().await?;
        }
        Ok(&self.received[body..body + length])
    }

    /// Asks, and reads the answer as JSON; fails where the answer has errors.
    pub(crate) async fn ask_json(
        &mut self,
        request: &Request,
    ) -> Result<serde_json::Value, Failure> {
        let answer: serde_json::Value = serde_json::from_slice(self.ask(request).await?)?;
        match answer.get("errors") {
            None => Ok(answer),
            Some(errors) => Err(format!("the server answers {errors}").into()),
        }
    }

    async fn receive(&mut self) -> Result<(), Failure> {
        match self.stream.read_buf(&mut self.received).await? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }
}

/// Where the body of an answer begins and how long it is, once the head is there.
fn head(received: &[u8]) -> Result<Option<(usize, usize)>, Failure> {
    let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") else {
        return Ok(None);
    };
    let head = std::str::from_utf8(&received[..end])?;
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap_or_default();
    if !status.starts_with("HTTP/1.1 200") {
        return Err(format!("the server answers {status}").into());
    }
    let length = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .ok_or("the server does not say how long its answer is")?;
    Ok(Some((end + 4, length.1.trim().parse()?)))
}
