//! Every table: CSV files, or one JSON document.

use super::{Taking, destination::Directory};
use crate::terminal::Unit;
use anyhow::Context as _;
use domain::{each_export_table, export::table::Table};
use indicatif::ProgressBar;
use ingest::export::{Csv, Heading, Json, Tables};
use serde::Serialize;
use std::io::Write;

/// Where stands of which register the tables are.
const HEADING: &str = "export.json";

/// The files that CSV is written to.
pub(super) fn files() -> impl Iterator<Item = String> {
    let mut files = vec![HEADING.to_owned()];
    each_export_table!(T => files.push(file_of(T::NAME)));
    files.into_iter()
}

fn file_of(table: &str) -> String {
    format!("{table}.csv")
}

/// What stands beside the tables.
#[derive(Serialize)]
struct Beside<'a> {
    of: Heading<'a>,
    /// How many cells have an apostrophe before them that is not the register's.
    guarded_cells: u64,
}

impl Taking {
    /// Writes one document to `out`, and tells how many rows there are.
    pub(super) async fn json<W: Write>(&self, out: W) -> anyhow::Result<(W, u64)> {
        let out = std::io::BufWriter::with_capacity(1 << 16, out);
        let mut json = Json::new(out, &self.heading())?;
        let rows = self.tables(&mut json).await?;
        let out = json.finish()?.into_inner();
        let out = out.map_err(std::io::IntoInnerError::into_error)?;
        Ok((out, rows))
    }

    /// Writes a file a table, and tells how many rows there are.
    pub(super) async fn csv(&self, directory: &Directory) -> anyhow::Result<u64> {
        let mut csv = Csv::new(|table| directory.file(&file_of(table)));
        let rows = self.tables(&mut csv).await?;
        let beside = Beside {
            of: self.heading(),
            guarded_cells: csv.guarded(),
        };
        let mut file = directory.file(HEADING)?;
        serde_json::to_writer_pretty(&mut file, &beside)?;
        file.write_all(b"\n")?;
        file.flush()?;
        Ok(rows)
    }

    async fn tables(&self, out: &mut impl Tables) -> anyhow::Result<u64> {
        // Tables are walked plan by plan, or at once.
        let mut lots = 0;
        each_export_table!(T => lots += <T as Table>::lots(&self.contents).size_hint().0);
        let bar = self.terminal.bar(lots as u64, Unit::Things, "exporting");
        let mut rows = 0;
        each_export_table!(T => rows += self.table::<T>(out, &bar).await?);
        bar.finish_and_clear();
        Ok(rows)
    }

    async fn table<T: Table>(
        &self,
        out: &mut impl Tables,
        bar: &ProgressBar,
    ) -> anyhow::Result<u64> {
        let mut rows = 0;
        out.begin(T::NAME, T::COLUMNS)
            .with_context(|| format!("cannot write the table {}", T::NAME))?;
        for lot in T::lots(&self.contents) {
            let texts = self
                .long_texts(&T::long_texts(&self.contents, &lot))
                .await?;
            for fact in lot {
                out.row(&T::row(&self.contents, fact, &texts)?)?;
                rows += 1;
            }
            bar.inc(1);
        }
        out.end()?;
        Ok(rows)
    }
}
