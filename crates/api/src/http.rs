//! The HTTP edge: GraphQL over HTTP, health, and what protects them.
//!
//! [`router`] takes everything as values and starts nothing; binding, TLS and shutting down are the caller's. A request
//! passes `request_id` (it gets its id and is logged), `host` (it names this server), then the endpoint. For `/graphql`
//! that is `graphql`: negotiate, authenticate, `receive`, prepare the document, execute, write the `response`.
//!
//! Another transport (server-sent events, WebSocket) is one more module beside `graphql` with a route of its own. It
//! shares [`crate::document`], which refuses what goes beyond the limits, and `response`, the one writer of answers.

mod explorer;
mod graphql;
mod health;
mod host;
mod multipart;
mod negotiation;
mod origin;
mod parameters;
mod receive;
mod request_id;
mod response;
#[cfg(test)]
mod tests;
mod upload;

pub use health::Readiness;
pub use origin::{NotAnOrigin, Origin};
pub use receive::BodyLimits;
pub use request_id::RequestId;
pub use upload::Upload;

use crate::{
    auth::{Access, TokenLookup},
    document::Documents,
    limits::Limits,
};
use async_graphql::Executor;
use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::{any, get},
};
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

/// How the HTTP edge behaves.
#[derive(Clone, Debug)]
pub struct Config {
    /// Who may ask without a token. This also decides which hosts a request may name by itself: see `allowed_hosts`.
    pub access: Access,
    /// Names, without a port, that requests may give as their host, beyond those that need no naming: `localhost` and
    /// loopback addresses, and where every request needs a token any address.
    pub allowed_hosts: Vec<String>,
    /// Origins whose web pages may read answers; none unless named.
    pub cors_origins: Vec<Origin>,
    /// How large a request may be.
    pub bodies: BodyLimits,
    /// What a GraphQL document may ask for.
    pub limits: Limits,
    /// How long a request may take.
    pub time_limit: Duration,
    /// Whether a browser that opens `/graphql` is shown a page to ask with.
    pub explorer: bool,
    /// Whether the schema can be asked for.
    pub introspection: bool,
}

impl Config {
    /// The defaults for a server with this access.
    pub fn new(access: Access) -> Self {
        Self {
            access,
            allowed_hosts: Vec::new(),
            cors_origins: Vec::new(),
            bodies: BodyLimits::default(),
            limits: Limits::default(),
            time_limit: Duration::from_secs(30),
            explorer: true,
            introspection: true,
        }
    }
}

/// What the HTTP edge asks of the rest of the server.
#[derive(Clone)]
pub struct Services {
    /// Makes an id for a request that brings none.
    pub new_request_id: Arc<dyn Fn() -> Uuid + Send + Sync>,
    /// Finds tokens.
    pub tokens: Arc<dyn TokenLookup>,
    /// Whether requests can be answered now.
    pub readiness: Arc<dyn Fn() -> Readiness + Send + Sync>,
}

/// What the handlers of `/graphql` share.
struct Edge<E> {
    schema: E,
    documents: Documents,
    config: Config,
    services: Services,
}

/// The routes `/graphql`, `/healthz` and `/readyz`, over a schema and the documents that were made for it.
///
/// Resolvers find the [`Actor`](domain::change::Actor) and the [`RequestId`] in the request's data.
pub fn router<E: Executor>(
    schema: E,
    documents: Documents,
    config: Config,
    services: Services,
) -> Router {
    let door = Arc::new(Door {
        hosts: host::AllowedHosts::new(&config.access, config.allowed_hosts.clone()),
        services: services.clone(),
    });
    let cors = origin::cors(&config.cors_origins);
    let edge = Arc::new(Edge {
        schema,
        documents,
        config,
        services: services.clone(),
    });
    let mut router = Router::new()
        .route("/graphql", any(graphql::handle::<E>))
        .with_state(edge)
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready).with_state(services))
        .fallback(health::nothing_here);
    if let Some(cors) = cors {
        router = router.layer(cors);
    }
    // The layer that is added last sees a request first.
    router.layer(from_fn_with_state(door, enter))
}

/// What every request passes, whatever it asks for.
struct Door {
    hosts: host::AllowedHosts,
    services: Services,
}

/// One layer for all of it: each takes the rest of the service and its future once more into memory of their own.
async fn enter(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let respond = async |request, id| match host::refusal(&door.hosts, &request, &id) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    request_id::tag(&door.services, request, respond).await
}
