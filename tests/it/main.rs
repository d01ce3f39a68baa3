//! Whatever needs a database or a socket, as one binary.

mod graph;
mod http_audit;
mod store_connect;
mod store_follow;
mod store_history;
mod store_kill;
mod store_schema;
mod store_token;
mod store_verify;
mod store_write;
mod support;
