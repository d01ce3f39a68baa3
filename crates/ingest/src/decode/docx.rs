//! Word files: paragraphs with the labels that Word counts itself, tables, text boxes. What was deleted under revision
//! marks, field codes and hidden words are no part of the document.

mod numbering;
mod style;
mod xml;

use super::{
    Decoded, ReadError,
    archive::Archive,
    page::{Grid, Page},
};
use crate::table::Layout;
use numbering::Numbering;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use style::Styles;
use xml::{attribute, number, referenced};

const FORMAT: &str = "Word";
const BODY: &str = "word/document.xml";

/// Deeper than any document nests its tables and boxes; what is deeper is damage, or meant to be.
const DEEPEST: usize = 256;

/// Reads a Word file.
pub(super) fn read(archive: &mut Archive) -> Result<Decoded, ReadError> {
    let mut part = |name: &str| {
        let bytes = archive.read(name)?.unwrap_or_default();
        let (text, ..) = encoding_rs::UTF_8.decode(&bytes);
        Ok::<_, ReadError>(text.into_owned())
    };
    let (body, styles, numbering) = (
        part(BODY)?,
        part("word/styles.xml")?,
        part("word/numbering.xml")?,
    );
    let mut document = Document {
        page: Page::default(),
        styles: Styles::read(&styles),
        numbering: Numbering::read(&numbering),
        paragraphs: vec![],
        tables: vec![],
        depth: 0,
    };
    document.body(&body)?;
    Ok(document.page.decoded("docx"))
}

/// The document as far as it was read.
struct Document {
    page: Page,
    styles: Styles,
    numbering: Numbering,
    /// The paragraphs that are open: those of a text box stand in the paragraph that holds the box.
    paragraphs: Vec<Paragraph>,
    /// The tables that are open, each in a cell of the one before.
    tables: Vec<Table>,
    depth: usize,
}

#[derive(Default)]
struct Paragraph {
    words: String,
    style: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
    /// Whether the words are inside of `<w:t>`, and whether their run is hidden.
    in_text: bool,
    in_run: bool,
    hidden: bool,
    /// What the boxes in it hold.
    boxes: Vec<String>,
}

#[derive(Default)]
struct Table {
    grid: Grid,
    /// The next row, and the next column in this one.
    row: usize,
    column: usize,
    deleted: bool,
    cell: Option<Cell>,
}

struct Cell {
    words: String,
    /// The list and level of a paragraph without words, whose number counts the row if the cell holds nothing else.
    counted: Option<(u32, usize)>,
    span: usize,
    continues: bool,
}

impl Document {
    fn body(&mut self, body: &str) -> Result<(), ReadError> {
        let damaged = |_| ReadError::Damaged {
            format: FORMAT,
            part: BODY.to_owned(),
        };
        let mut reader = Reader::from_str(body);
        loop {
            match reader.read_event().map_err(damaged)? {
                Event::Start(element) => {
                    if is_left_out(&element) {
                        reader.read_to_end(element.name()).map_err(damaged)?;
                    } else {
                        self.depth += 1;
                        if self.depth > DEEPEST {
                            return Err(ReadError::Unfolds {
                                format: FORMAT,
                                part: BODY.to_owned(),
                                limit: DEEPEST,
                                unit: "elements inside of each other",
                            });
                        }
                        self.start(&element);
                    }
                }
                Event::Empty(element) if !is_left_out(&element) => {
                    self.start(&element);
                    self.end(element.local_name().as_ref())?;
                }
                Event::Empty(element) => self.left_out(element.local_name().as_ref()),
                Event::End(element) => {
                    self.depth = self.depth.saturating_sub(1);
                    self.end(element.local_name().as_ref())?;
                }
                Event::Text(text) => self.words(&text.xml10_content()),
                Event::CData(text) => self.words(&text),
                Event::GeneralRef(reference) => {
                    if let Some(c) = referenced(&reference) {
                        self.words(c.encode_utf8(&mut [0; 4]));
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut()
            && paragraph.in_text
            && !paragraph.hidden
        {
            paragraph.words.push_str(words);
        }
    }

    /// A row that was deleted says so by an empty mark.
    fn left_out(&mut self, name: &str) {
        if name == "del"
            && self.paragraphs.is_empty()
            && let Some(table) = self.tables.last_mut()
        {
            table.deleted = true;
        }
    }

    fn start(&mut self, element: &BytesStart) {
        let name = element.local_name();
        let name = name.as_ref();
        match name {
            "p" => self.paragraphs.push(Paragraph::default()),
            "tbl" => self.tables.push(Table::default()),
            _ => {}
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            match name {
                "pStyle" => paragraph.style = attribute(element, "val"),
                "numId" => paragraph.list = number(element),
                "ilvl" => paragraph.level = number(element).map(|level| level as usize),
                "r" => (paragraph.in_run, paragraph.hidden) = (true, false),
                "vanish" if paragraph.in_run => {
                    paragraph.hidden =
                        attribute(element, "val").is_none_or(|val| val != "0" && val != "false");
                }
                "t" => paragraph.in_text = true,
                "tab" if paragraph.in_run => paragraph.words.push('\t'),
                "br" | "cr" if paragraph.in_run => paragraph.words.push('\n'),
                "noBreakHyphen" => paragraph.words.push('-'),
                _ => {}
            }
            return;
        }
        let Some(table) = self.tables.last_mut() else {
            return;
        };
        match name {
            "tr" => (table.column, table.deleted) = (0, false),
            "gridBefore" => table.column = number(element).unwrap_or(0) as usize,
            "tc" => {
                table.cell = Some(Cell {
                    words: String::new(),
                    counted: None,
                    span: 1,
                    continues: false,
                });
            }
            "gridSpan" => {
                if let (Some(cell), Some(span)) = (&mut table.cell, number(element)) {
                    cell.span = (span as usize).max(1);
                }
            }
            "vMerge" => {
                if let Some(cell) = &mut table.cell {
                    cell.continues = attribute(element, "val").is_none_or(|val| val == "continue");
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "p" => self.end_paragraph(),
            "tbl" => self.end_table(),
            "r" | "t" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.in_text = false;
                    paragraph.in_run &= name != "r";
                }
            }
            "tc" | "tr" if self.paragraphs.is_empty() => {
                if let Some(table) = self.tables.last_mut() {
                    if let Some(cell) = table.cell.as_mut().filter(|cell| cell.words.is_empty())
                        && let Some((list, level)) = cell.counted
                    {
                        cell.words = self.numbering.next(list, level).unwrap_or_default();
                    }
                    table.end(name)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else {
            return;
        };
        let (list, level) =
            self.styles
                .list(paragraph.style.as_deref(), paragraph.list, paragraph.level);
        let empty = paragraph.words.trim().is_empty();
        let cell = self.tables.last_mut().and_then(|table| table.cell.as_mut());
        if let (Some(list), Some(cell), true) = (list, cell, empty) {
            cell.counted.get_or_insert((list, level));
        }
        // Words that say nothing get no label.
        let label = list
            .filter(|_| !empty)
            .and_then(|list| self.numbering.next(list, level));
        let words = label.unwrap_or_default() + &paragraph.words;
        if let Some(outer) = self.paragraphs.last_mut() {
            outer.boxes.push(words);
            outer.boxes.extend(paragraph.boxes);
            return;
        }
        self.write(&words);
        for words in &paragraph.boxes {
            self.write(words);
        }
    }

    /// Writes a paragraph where it stands: in a cell, or on the page.
    fn write(&mut self, words: &str) {
        match self.tables.last_mut() {
            Some(table) => {
                if let Some(cell) = table.cell.as_mut().filter(|_| !words.trim().is_empty()) {
                    if !cell.words.is_empty() {
                        cell.words.push('\n');
                    }
                    cell.words.push_str(words.trim());
                }
            }
            None => self.page.line(words),
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else {
            return;
        };
        if self.tables.is_empty() && self.paragraphs.is_empty() {
            self.page.table(table.grid, Layout::Cells);
            return;
        }
        // A table in a cell or in a box is read as its lines.
        let lines: Vec<String> = table
            .grid
            .rows()
            .map(|(_, cells)| cells.join(" "))
            .collect();
        for line in lines {
            match self.paragraphs.last_mut() {
                Some(outer) => outer.boxes.push(line),
                None => self.write(&line),
            }
        }
    }
}

impl Table {
    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if name == "tr" {
            self.row += 1;
            return Ok(());
        }
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        let column = self.column;
        self.column = self.column.saturating_add(cell.span);
        if self.deleted {
            Ok(())
        } else if cell.continues {
            self.grid.continue_above(self.row, column)
        } else {
            self.grid.put(self.row, column, cell.words)
        }
    }
}

/// What is not shown: deleted and moved words, codes of fields, and the second form of what a drawing holds.
fn is_left_out(element: &BytesStart) -> bool {
    matches!(
        element.local_name().as_ref(),
        "del"
            | "moveFrom"
            | "delText"
            | "instrText"
            | "delInstrText"
            | "Fallback"
            | "rPrChange"
            | "pPrChange"
            | "tblPrChange"
            | "trPrChange"
            | "tcPrChange"
            | "sectPrChange"
    )
}
