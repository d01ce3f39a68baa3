//! Tables as CSV (RFC 4180), a file each, so that spreadsheet programs open them rightly.
//!
//! - UTF-8 behind a byte order mark: without one, Excel takes the characters for those of the system's old code page.
//! - Lines end in CR LF; a cell is quoted where it has to be.
//! - Words of somebody else's that a spreadsheet program would take for a formula get an apostrophe before them. Cells
//!   that we write ourselves (ids, days, numbers) never begin so.
//! - Several texts in one cell stand between ` / `. Nothing is an empty cell.

use super::Tables;
use domain::export::cell::{Cell, Column};
use std::{
    borrow::Cow,
    io::{self, Write},
};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Writes each table to a file of its own.
pub struct Csv<W: Write, F> {
    /// Makes the file of a table.
    open: F,
    file: Option<csv::Writer<W>>,
    guarded: u64,
}

impl<W: Write, F: FnMut(&'static str) -> io::Result<W>> Csv<W, F> {
    /// Writes to what `open` makes for a table's name.
    pub fn new(open: F) -> Self {
        Self {
            open,
            file: None,
            guarded: 0,
        }
    }

    /// How many cells got an apostrophe.
    pub fn guarded(&self) -> u64 {
        self.guarded
    }

    fn file(&mut self) -> &mut csv::Writer<W> {
        self.file
            .as_mut()
            .expect("a table is begun before its rows")
    }
}

impl<W: Write, F: FnMut(&'static str) -> io::Result<W>> Tables for Csv<W, F> {
    fn begin(&mut self, name: &'static str, columns: &'static [Column]) -> io::Result<()> {
        let mut file = (self.open)(name)?;
        file.write_all(BYTE_ORDER_MARK.as_bytes())?;
        let mut file = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .buffer_capacity(1 << 16)
            .from_writer(file);
        file.write_record(columns.iter().map(|column| column.name))?;
        self.file = Some(file);
        Ok(())
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> io::Result<()> {
        for cell in cells {
            let text = match cell {
                Cell::Null => Cow::Borrowed(""),
                Cell::Text(text) => self.words(Cow::Borrowed(text)),
                Cell::Texts(texts) => self.words(texts.join(" / ").into()),
                Cell::Form(form) => Cow::Borrowed(form.as_str()),
                Cell::Forms(forms) => forms.join(" / ").into(),
                Cell::Number(number) => number.to_string().into(),
                Cell::Flag(flag) => if *flag { "true" } else { "false" }.into(),
            };
            self.file().write_field(text.as_bytes())?;
        }
        self.file().write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.file().flush()?;
        self.file = None;
        Ok(())
    }
}

impl<W: Write, F> Csv<W, F> {
    /// Words of somebody else's, never a formula.
    fn words<'t>(&mut self, text: Cow<'t, str>) -> Cow<'t, str> {
        let (text, is_guarded) = guarded(text);
        self.guarded += u64::from(is_guarded);
        text
    }
}

/// Words of somebody else's as a cell that no spreadsheet program takes for a formula: behind an apostrophe where that is
/// needed, which is told.
pub fn guarded(text: Cow<'_, str>) -> (Cow<'_, str>, bool) {
    if is_formula(&text) {
        (format!("'{text}").into(), true)
    } else {
        (text, false)
    }
}

/// Whether a spreadsheet program may take a text for a formula, after OWASP's page on CSV injection. Full-width signs
/// count: programs set to Chinese or Japanese take them for the plain ones.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}
