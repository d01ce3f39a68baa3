//! Tables as one JSON document: a heading, then each table as an array of objects, a row a line.

use super::{Heading, Tables};
use domain::export::cell::{Cell, Column};
use std::io::{self, Write};

/// The version of the document's form.
pub(super) const FORMAT: &str = "remit-export-1";

/// Writes all tables into one document.
#[derive(Debug)]
pub struct Json<W> {
    out: W,
    columns: &'static [Column],
    rows: u64,
}

impl<W: Write> Json<W> {
    /// Begins a document.
    pub fn new(mut out: W, heading: &Heading<'_>) -> io::Result<Self> {
        write!(out, "{{\n\"format\":\"{FORMAT}\",\n\"of\":")?;
        serde_json::to_writer(&mut out, heading)?;
        Ok(Self {
            out,
            columns: &[],
            rows: 0,
        })
    }

    /// Ends the document, and gives back what it was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_all(b"\n}\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Tables for Json<W> {
    fn begin(&mut self, name: &'static str, columns: &'static [Column]) -> io::Result<()> {
        self.columns = columns;
        self.rows = 0;
        write!(self.out, ",\n\"{name}\":[")
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        let out = &mut self.out;
        out.write_all(if self.rows == 0 { b"\n" } else { b",\n" })?;
        self.rows += 1;
        for (place, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            let before = if place == 0 { "{" } else { "," };
            write!(out, "{before}\"{}\":", column.name)?;
            match cell {
                Cell::Null => out.write_all(b"null")?,
                Cell::Text(text) => serde_json::to_writer(&mut *out, text)?,
                Cell::Texts(texts) => serde_json::to_writer(&mut *out, texts)?,
                Cell::Form(form) => serde_json::to_writer(&mut *out, form)?,
                Cell::Forms(forms) => serde_json::to_writer(&mut *out, forms)?,
                Cell::Number(number) => write!(out, "{number}")?,
                Cell::Flag(flag) => write!(out, "{flag}")?,
            }
        }
        out.write_all(b"}")
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b"]")
    }
}
