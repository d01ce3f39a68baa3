//! Whatever needs a database or a socket, as one binary.

#![expect(clippy::unwrap_used, reason = "in a test it is the failure")]

mod cli;
mod graph;
mod http_audit;
mod http_import;
mod http_moment;
mod http_request;
mod store_backup;
mod store_change;
mod store_command;
mod store_connect;
mod store_draft;
mod store_failure;
mod store_follow;
mod store_history;
mod store_kill;
mod store_rule;
mod store_schema;
mod store_text;
mod store_token;
mod store_verify;
mod store_write;
mod support;
