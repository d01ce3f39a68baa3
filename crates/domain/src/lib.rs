//! The words of Remit, the register as a value, and its rules.
//!
//! Nothing here knows a database, a network, a framework or the system's clock; nothing waits.
//!
//! Start with [`change`] (what the log records). A new concept is a file with a struct that is a [`change::Fact`].

pub mod about;
pub mod assignment;
pub mod attainment;
pub mod calendar;
mod canonical;
pub mod change;
pub mod clause;
pub mod collation;
pub mod command;
pub mod deadline;
pub mod diff;
pub mod directory;
pub mod document;
pub mod draft;
pub mod duty_flow;
pub mod export;
pub mod fold;
pub mod gaps;
pub mod id;
pub mod image;
pub mod light;
pub mod matrix;
pub mod missing;
pub mod page;
pub mod party;
pub mod place;
pub mod plan;
pub mod progress;
pub mod progress_rule;
pub mod register;
pub mod reorganization;
pub mod review;
pub mod rollup;
pub mod sharing;
pub mod standing;
pub mod supervision;
pub mod target;
pub mod task;
pub mod text;
pub mod time;
pub mod tree;
pub mod view;
pub mod vocabulary;
pub mod workload;
