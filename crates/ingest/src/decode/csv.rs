//! CSV files that hold a responsibility table. Any text might be CSV; only the headings of such a table show that one is.

use super::{
    Decoded,
    page::{Grid, Page},
};
use crate::table::{Layout, heads_table};

/// The headings stand among the first rows.
const HEADINGS_WITHIN: usize = 16;

/// Reads decoded text as a sheet; nothing if no row holds the headings of a responsibility table.
pub(super) fn sheet(decoded: &Decoded) -> Option<Decoded> {
    let text = &*decoded.text;
    let separator = [b',', b';'].into_iter().find(|separator| {
        let mut rows = reader(text, *separator)
            .into_records()
            .take(HEADINGS_WITHIN);
        rows.any(|row| row.is_ok_and(|row| holds_headings(&row)))
    })?;
    let mut grid = Grid::default();
    let mut head = None;
    for (row, record) in reader(text, separator).into_records().enumerate() {
        let record = record.ok()?;
        if head.is_none() && holds_headings(&record) {
            head = Some(row);
        }
        for (column, words) in record.iter().enumerate() {
            grid.put(row, column, words.to_owned()).ok()?;
        }
    }
    let mut page = Page::default();
    for line in grid.lines_before(head?) {
        page.line(&line);
    }
    page.table(grid, Layout::Signs);
    Some(page.decoded(decoded.encoding))
}

/// Whether a record is a row of headings, and not a sentence with commas that speaks of 牵头单位: a heading ends no sentence.
fn holds_headings(record: &csv::StringRecord) -> bool {
    let sentence = |cell: &str| cell.contains(['。', '；', '，', '！', ':', '：']);
    heads_table(record.iter()) && !record.iter().any(sentence)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}
