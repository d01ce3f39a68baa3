//! The real router on a real socket, and a client that sends it bytes.

use api::{
    auth::{Access, TokenLookup, TokenRecord},
    http::{Config, Readiness, Services},
};
use axum::Router;
use domain::text::Sha256;
use serde_json::Value;
use std::{error::Error, fmt::Write as _, io, net::SocketAddr, pin::Pin, sync::Arc};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};
use uuid::Uuid;

struct NoTokens;

type Found = Result<Option<TokenRecord>, Box<dyn Error + Send + Sync>>;

impl TokenLookup for NoTokens {
    fn token_find(&self, _: Sha256) -> Pin<Box<dyn Future<Output = Found> + Send + '_>> {
        Box::pin(async { Ok(None) })
    }
}

/// The defaults for a server on loopback.
pub(crate) fn loopback() -> Config {
    Config::new(Access::Loopback {
        subject: "local:tester".to_owned(),
    })
}

/// What the edge asks of a server without tokens.
pub(crate) fn services() -> Services {
    Services {
        new_request_id: Arc::new(|| Uuid::from_u128(1)),
        tokens: Arc::new(NoTokens),
        readiness: Arc::new(|| Readiness::Ready),
    }
}

/// Serves on a free port of the loopback interface until the test ends.
pub(crate) async fn serve(app: Router) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}

/// Posts a body to `/graphql` with these headers, and returns the status and the answer.
pub(crate) async fn post(
    address: SocketAddr,
    headers: &[(&str, &str)],
    body: &[u8],
) -> (u16, Value) {
    let mut request = format!(
        "POST /graphql HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        write!(request, "{name}: {value}\r\n").unwrap();
    }
    request.push_str("\r\n");
    let mut socket = TcpStream::connect(address).await.unwrap();
    socket.write_all(request.as_bytes()).await.unwrap();
    // A server that refuses a body need not read it to its end.
    let _ = socket.write_all(body).await;
    let mut response = Vec::new();
    let _ = socket.read_to_end(&mut response).await;
    let response = String::from_utf8(response).unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap())
}

/// Posts a GraphQL request as JSON.
pub(crate) async fn ask(address: SocketAddr, document: &str, variables: Value) -> (u16, Value) {
    let body = serde_json::json!({ "query": document, "variables": variables });
    let headers = [
        ("Content-Type", "application/json"),
        ("Accept", "application/graphql-response+json"),
    ];
    post(address, &headers, body.to_string().as_bytes()).await
}
