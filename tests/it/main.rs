//! Whatever needs a database or a socket, as one binary.

mod http_audit;
mod store_history;
mod store_schema;
mod support;
