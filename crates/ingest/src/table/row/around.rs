//! What stands above and below the rows of a table: its title, and what tells of the page.

use crate::{
    label,
    line::Line,
    table::{
        Column, Row, Table,
        column::{column, labelled, pairs},
        head,
    },
};

/// Whether a title stands between the table and the heading before it, or in a row above the headings of its columns or
/// those that stand beside what they are of: 附件, or what ends like one.
pub(super) fn titled(text: &str, lines: &[Line], table: &Table) -> bool {
    const NEAR: usize = 6;
    let start = table.range().start;
    let behind = lines.partition_point(|line| line.range.start < start);
    // Where the table begins inside a line, its title may stand right before it.
    let around = lines[..behind].last().filter(|line| line.range.end > start);
    let beside = around.and_then(|line| {
        let words = text.get(line.range.start..start)?.trim_end();
        words.rsplit(' ').next()
    });
    if beside.is_some_and(|words| !words.is_empty() && is_title(words)) {
        return true;
    }
    let before = lines[..behind].iter().rev().take(NEAR);
    let is_above = |at: &usize| {
        let row = &table.rows[*at];
        // 任务 | 修路 is no title.
        let of_form = row.cells.len() == 2 && column(&text[row.cells[0].range.clone()]).is_some();
        head::columns(text, &table.rows[*at..]).is_none()
            && !of_form
            && !pairs(text, row)
            && !labelled(text, row)
    };
    let above = (0..table.rows.len().min(NEAR))
        .take_while(is_above)
        .map(|at| &table.rows[at]);
    let own = above.flat_map(|row| row.cells.iter().map(|cell| &cell.range));
    before
        .take_while(|line| label::at(text, line.range.start).is_none())
        .map(|line| &line.range)
        .chain(own)
        .any(|range| is_title(&text[range.clone()]))
}

fn is_title(words: &str) -> bool {
    const LONGEST: usize = 60;
    let begins = ["附件", "附表"].iter().any(|word| words.starts_with(word));
    words.chars().count() <= LONGEST
        && !words.contains('。')
        && (begins || words.ends_with('表') || crate::frame::ends_like_title(words))
}

/// Whether a row says something of the page below the table, as 索引号: | 0123 | 成文日期: | 2021年3月1日 does.
pub(super) fn tells_of_page(text: &str, row: &Row) -> bool {
    const LONGEST: usize = 8;
    let mut filled = row.cells.iter().map(|cell| &text[cell.range.clone()]);
    let first = filled.find(|words| !words.is_empty());
    first.is_some_and(|words| {
        let says_nothing = || column(words).is_none_or(|column| column == Column::Other);
        words.ends_with(':') && words.chars().count() <= LONGEST && says_nothing()
    })
}
