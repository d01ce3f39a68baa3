//! Excel sheets: those that hold a responsibility table, or else all.

use super::{
    Decoded, ReadError,
    archive::Archive,
    contained,
    page::{Grid, Page},
};
use crate::table::{Layout, heads_table};
use calamine::{DataRef, Reader as _, SheetVisible, Xlsx};
use std::io::Cursor;

const FORMAT: &str = "Excel";

/// The headings of a sheet stand among so many of its rows, with some below that show what columns hold.
const ROWS_SHOWN: usize = 64;

/// Reads a workbook. Hidden sheets are not read.
pub(super) fn read(archive: &mut Archive, bytes: &[u8]) -> Result<Decoded, ReadError> {
    archive.check("xl/")?;
    let mut sheets = contained(FORMAT, || sheets(bytes))??;
    if sheets.iter().any(|sheet| sheet.head.is_some()) {
        sheets.retain(|sheet| sheet.head.is_some());
    }
    let several = sheets.len() > 1;
    let mut page = Page::default();
    for mut sheet in sheets {
        if several {
            page.line(&sheet.name);
        }
        for line in sheet.grid.lines_before(sheet.head.unwrap_or(0)) {
            page.line(&line);
        }
        page.table(sheet.grid, Layout::Cells);
    }
    Ok(page.decoded("xlsx"))
}

struct Sheet {
    name: String,
    grid: Grid,
    /// The row of the headings, if it holds a responsibility table.
    head: Option<usize>,
}

fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, ReadError> {
    let damaged = |part: &str| ReadError::Damaged {
        format: FORMAT,
        part: part.to_owned(),
    };
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged("the workbook"))?;
    let visible = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<_> = visible.map(|sheet| sheet.name.clone()).collect();
    let mut sheets = vec![];
    for name in names {
        let mut grid = Grid::default();
        // Cells are read one by one: what a sheet says of its own size would be believed otherwise.
        {
            // Sheets of pictures and macros have no cells.
            let Ok(mut cells) = book.worksheet_cells_reader(&name) else {
                continue;
            };
            while let Some(cell) = cells.next_cell().map_err(|_| damaged(&name))? {
                let (row, column) = cell.get_position();
                let words = shown(cell.get_value());
                if !words.trim().is_empty() {
                    grid.put(row as usize, column as usize, words)?;
                }
            }
        }
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let used: Vec<usize> = grid.rows().map(|(row, _)| row).collect();
        for area in merged {
            let ((top, left), (bottom, right)) = (area.start, area.end);
            let from = used.partition_point(|&row| row <= top as usize);
            let below = used[from..]
                .iter()
                .take_while(|&&row| row <= bottom as usize);
            for &row in below {
                for column in left..=right.min(left.saturating_add(16)) {
                    grid.continue_above(row, column as usize)?;
                }
            }
        }
        let (places, cells): (Vec<_>, Vec<_>) = grid.rows().take(ROWS_SHOWN).unzip();
        let head = heads_table(&cells).map(|head| grid.first_of_merged(places[head]));
        sheets.push(Sheet { name, grid, head });
    }
    Ok(sheets)
}

/// A value as a reader of the sheet sees it.
fn shown(value: &DataRef) -> String {
    match value {
        DataRef::String(words) | DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => {
            words.clone()
        }
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year}年{month}月{day}日")
        }
        DataRef::DateTime(time) => time.as_f64().to_string(),
        DataRef::Bool(_) | DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
