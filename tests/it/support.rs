//! What tests stand on: a database of their own on each of the two backends, a clock and ids that they control, and
//! random histories.

pub(crate) mod database;
pub(crate) mod edge;
pub(crate) mod env;
pub(crate) mod history;
pub(crate) mod kept;
pub(crate) mod postgres;
pub(crate) mod proxy;
pub(crate) mod random;
pub(crate) mod sql;
pub(crate) mod write;
