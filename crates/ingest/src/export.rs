//! The tables of a register ([`domain::export::table`]) as files: CSV for spreadsheet programs, one JSON document for
//! other programs.

mod csv;
mod json;
mod schema;
#[cfg(test)]
mod tests;

pub use self::{
    csv::{Csv, guarded},
    json::Json,
    schema::json_schema,
};

use domain::{
    export::cell::{Cell, Column},
    time::{Day, Instant, Seq},
};
use serde::Serialize;
use std::io;

/// Takes tables one after another, row by row.
pub trait Tables {
    /// Begins a table.
    fn begin(&mut self, name: &'static str, columns: &'static [Column]) -> io::Result<()>;

    /// Adds a row to it: a cell for each column.
    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()>;

    /// Ends it.
    fn end(&mut self) -> io::Result<()>;
}

/// Of which register an export is, and as of when.
#[derive(Clone, Debug, Serialize)]
pub struct Heading<'a> {
    /// The register's code.
    pub register: &'a str,
    /// The name of the government that keeps it.
    pub name: &'a str,
    /// Where "today" is for it (IANA name).
    pub time_zone: &'a str,
    /// The last changeset that is in it.
    pub known_seq: Seq,
    /// When that was recorded; nothing for an empty register.
    pub known_at: Option<Instant>,
    /// The day on which parties are called as they are called in it.
    pub valid_on: Day,
    /// Whether it holds only the facts that hold on that day.
    pub only_valid: bool,
}
