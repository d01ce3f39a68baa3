//! CSV files that hold a responsibility table. Any text might be CSV; only the headings of such a table show that one is.

use super::{
    Decoded,
    page::{Grid, Page},
};
use crate::table::{Layout, heads_table};

/// The headings stand among the first rows.
const HEADINGS_WITHIN: usize = 16;

/// So many rows below them show what columns hold.
const ROWS_SHOWN: usize = 24;

/// Reads decoded text as a sheet; nothing if no row holds the headings of a responsibility table.
pub(super) fn sheet(decoded: &Decoded) -> Option<Decoded> {
    let text = &*decoded.text;
    let (separator, head) = [b',', b';']
        .into_iter()
        .find_map(|separator| Some((separator, headings(text, separator)?)))?;
    let mut grid = Grid::default();
    for (row, record) in reader(text, separator).into_records().enumerate() {
        let record = record.ok()?;
        for (column, words) in record.iter().enumerate() {
            grid.put(row, column, words.to_owned()).ok()?;
        }
    }
    let mut page = Page::default();
    for line in grid.lines_before(head) {
        page.line(&line);
    }
    page.table(grid, Layout::Signs);
    Some(page.decoded(decoded.encoding))
}

/// The record that is a row of headings, and not a sentence with commas that speaks of 牵头单位: a heading ends no sentence.
fn headings(text: &str, separator: u8) -> Option<usize> {
    let records = reader(text, separator).into_records();
    let records: Vec<_> = records
        .take(HEADINGS_WITHIN + ROWS_SHOWN)
        .map_while(Result::ok)
        .collect();
    let cells: Vec<Vec<&str>> = records
        .iter()
        .map(|record| record.iter().collect())
        .collect();
    let head = heads_table(&cells).filter(|head| *head < HEADINGS_WITHIN)?;
    let sentence = |cell: &&str| cell.contains(['。', '；', '，', '！', ':', '：']);
    (!cells[head].iter().any(sentence)).then_some(head)
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}
