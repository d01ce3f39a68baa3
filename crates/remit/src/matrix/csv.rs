//! A matrix as CSV (RFC 4180): what stands over several rows is said in each, so that any program can take a row alone.

use super::Sheet;
use ingest::export::guarded;
use std::{borrow::Cow, io};

/// Writes a sheet as CSV, with these ends of lines.
pub(crate) fn csv(sheet: &Sheet, ends: ::csv::Terminator) -> io::Result<Vec<u8>> {
    let mut file = ::csv::WriterBuilder::new()
        .terminator(ends)
        .from_writer(vec![]);
    for record in sheet.records() {
        let cells = record.into_iter().map(|cell| guarded(cell.into()).0);
        file.write_record(cells.map(Cow::into_owned))?;
    }
    file.into_inner().map_err(::csv::IntoInnerError::into_error)
}

impl Sheet {
    /// Its rows as text, that of the names first.
    fn records(&self) -> impl Iterator<Item = Vec<String>> {
        let own = self.leading.len() - 1;
        let mut column_names: Vec<Vec<&str>> = vec![vec![]; self.columns.len()];
        for heading in &self.column_headings {
            for column in heading.span.clone() {
                column_names[column].push(&heading.name);
            }
        }
        let columns = column_names.into_iter().zip(&self.columns);
        let columns = columns.map(|(mut above, column)| {
            above.push(&column.name);
            above.join(" / ")
        });
        let names: Vec<_> = self.leading.iter().cloned().chain(columns).collect();
        let mut leading = vec![vec![String::new(); own]; self.rows.len()];
        for heading in &self.row_headings {
            for row in heading.span.clone() {
                leading[row][heading.level].clone_from(&heading.name);
            }
        }
        let row = move |(number, mut record): (usize, Vec<String>)| {
            record.push(self.rows[number].name.clone());
            record.extend((0..self.columns.len()).map(|column| self.marks(number, column)));
            record
        };
        std::iter::once(names).chain(leading.into_iter().enumerate().map(row))
    }
}
