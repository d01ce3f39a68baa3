//! Tables whose columns stand at places of the line, as `pdftotext -layout` prints them, and programs like it. A cell that
//! takes several lines has those of its neighbours between its own, and its row's number beside the middle of them; so the
//! rows are written anew, with cells that are whole, as for tables that are drawn (`drawn`).
//!
//! Why here and not where flattened tables are found (`table/flat`): a cell is one range of the text, and so is every fact,
//! but the words of such a cell are in pieces all over the text. And white space, which is all that tells columns apart,
//! is folded there. The bytes are kept beside the reading in any case.
//!
//! What is written anew has to be sure: a line of headings, one of them of bodies (`heading`); gutters that hold for all
//! lines below (`gutter`); rows whose numbers count on, or that empty lines part (`row`); bodies where they should be; and
//! cells of several lines, or empty ones, without which each line is a row and is read as such. Anything else stays as it is.

mod cell;
mod gutter;
mod heading;
mod line;
mod merged;
mod reading;
mod row;
mod whole;

use super::{
    Decoded,
    page::{Grid, Page},
};
use crate::table::{Column, Layout};
use heading::{FEWEST as FEWEST_HEADINGS, headings};
use line::{Line, Measure};
use reading::Table;
use std::ops::Range;

/// Writes tables of placed columns anew; nothing if the text has none.
pub(super) fn rewritten(decoded: &Decoded) -> Option<Decoded> {
    let may_head = |line: &str| line.split_whitespace().nth(FEWEST_HEADINGS - 1).is_some();
    if !decoded.tables.is_empty()
        || !decoded.doubtful.is_empty()
        || !decoded.text.split('\n').any(may_head)
    {
        return None;
    }
    let tables = |measure| {
        let lines: Vec<_> = decoded
            .text
            .split('\n')
            .map(|raw| Line::of(raw, measure))
            .collect();
        tables(&lines)
    };
    let by_characters = tables(Measure::Characters);
    let by_letters = tables(Measure::Letters);
    let worth = |tables: &[Written]| {
        let rows: usize = tables.iter().map(|table| table.rows).sum();
        let cost: usize = tables.iter().map(|table| table.cost).sum();
        (rows, std::cmp::Reverse(cost))
    };
    let tables = if worth(&by_letters) > worth(&by_characters) {
        by_letters
    } else {
        by_characters
    };
    if tables.is_empty() {
        return None;
    }
    let mut page = Page::default();
    let mut tables = tables.into_iter().peekable();
    let mut free = 0;
    for (at, line) in decoded.text.split('\n').enumerate() {
        if let Some(table) = tables.next_if(|table| table.lines.start == at) {
            free = table.lines.end;
            page.table(table.grid, Layout::Columns);
        }
        if at >= free {
            page.line(line);
        }
    }
    Some(page.decoded(decoded.encoding))
}

/// A table written anew.
struct Written {
    lines: Range<usize>,
    grid: Grid,
    rows: usize,
    cost: usize,
}

fn tables(lines: &[Line]) -> Vec<Written> {
    let mut tables = vec![];
    let mut at = 0;
    while at < lines.len() {
        let Some((head, count)) = headings(&lines[at..]) else {
            at += 1;
            continue;
        };
        let mut table = Table::of(head);
        let read = table.read(lines, at, count);
        let written = read.ok().and_then(|end| table.written(at, end));
        // What was looked at once is no other table either.
        let (Ok(end) | Err(end)) = read;
        at = written.as_ref().map_or(end, |written| written.lines.end);
        tables.extend(written);
    }
    tables
}

/// What a line holds of a cell.
#[derive(Clone, Debug)]
struct Piece {
    words: String,
    /// How many letters it is wide.
    width: usize,
}

/// A line of a table.
#[derive(Debug)]
struct Strip {
    /// Which line of the text it is.
    at: usize,
    cells: Vec<Option<Piece>>,
    /// Whether an empty line stands before it, or a page begins with it.
    after_gap: bool,
    /// Whether a page begins with it.
    begins_page: bool,
}

/// What is known of the columns.
struct Sheet {
    columns: Vec<Option<Column>>,
    /// How many letters wide the pieces of each are, but for the few widest.
    widths: Vec<usize>,
    /// Whether those of bodies break no name over lines.
    unbroken: Vec<bool>,
}

/// How many letters wide the pieces of a column are, but for the few widest, of which some may not belong to it.
fn usual_width(strips: &[Strip], column: usize) -> usize {
    const FEW: usize = 20;
    let pieces = strips
        .iter()
        .filter_map(|strip| strip.cells[column].as_ref());
    let mut widths: Vec<_> = pieces.map(|piece| piece.width).collect();
    widths.sort_unstable();
    let few = widths.len() / FEW;
    widths.iter().rev().nth(few).copied().unwrap_or_default()
}

impl Sheet {
    /// Whether a piece leaves no room in its column for another character, give or take what is not put first in a line.
    fn fills(&self, column: usize, piece: &Piece) -> bool {
        const ROOM: usize = 4;
        piece.width + ROOM > self.widths[column]
    }

    /// Whether a line says more than to what several rows belong.
    fn says_more_than_section(&self, strip: &Strip) -> bool {
        let mut cells = self.columns.iter().zip(&strip.cells);
        cells.any(|(column, cell)| cell.is_some() && *column != Some(Column::Section))
    }

    fn names_anybody(&self, strips: &[Strip]) -> bool {
        strips.iter().any(|strip| {
            let mut cells = self.columns.iter().zip(&strip.cells);
            cells.any(|(column, cell)| cell.is_some() && column.is_some_and(Column::names_parties))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        rewritten(&Decoded::of_text(text.to_owned(), "UTF-8")).map(|decoded| decoded.text)
    }

    #[test]
    fn cells_at_places_become_whole() {
        let placed = "\
责任表
序
       任务          责任单位      时限
号
     修三条路，把断头     市交通局、
1                          年底
     路接通。         市财政局

     种两千棵树，路边
2    不留空地，谁种谁     市林业局     6月
     管。
注：时限可以提前。
";
        let expected = "\
责任表
序号 | 任务 | 责任单位 | 时限
1 | 修三条路，把断头路接通。 | 市交通局、市财政局 | 年底
2 | 种两千棵树，路边不留空地，谁种谁管。 | 市林业局 | 6月
注：时限可以提前。
";
        let text = shown(placed);
        assert_eq!(
            text.as_deref().map(str::trim_end),
            Some(expected.trim_end())
        );
    }

    #[test]
    fn places_say_which_cell_is_empty() {
        let placed = "\
类别  序号  任务          牵头单位    配合单位
----- ----- ------------- ----------- --------------
道路  1     修三条路      镇规划办    镇财政所
      2     补好路面                  镇财政所、各村
绿化  3     种两千棵树    镇林业站
市政府办公室 2020年3月1日
";
        let expected = "\
类别 | 序号 | 任务 | 牵头单位 | 配合单位
道路 | 1 | 修三条路 | 镇规划办 | 镇财政所
 | 2 | 补好路面 |  | 镇财政所、各村
绿化 | 3 | 种两千棵树 | 镇林业站
市政府办公室 2020年3月1日
";
        let text = shown(placed);
        let text = text.as_deref().map(str::trim_end);
        assert_eq!(text, Some(expected.trim_end()));
    }

    #[test]
    fn what_is_not_sure_stays() {
        for text in [
            // Each line is a row.
            "序号    任务    责任单位\n1       修路    市交通局\n2       种树    市林业局",
            // No bodies below the heading.
            "序号    任务        责任单位\n1       修路，把断  见附件\n        头路接通\n2       种树，路边  另行通知\n        不留空地",
            // The numbers do not count.
            "序号    任务        责任单位\n7       修路，把断  市交通局\n        头路接通\n3       种树，路边  市林业局\n        不留空地",
            // The places do not say which cell is empty.
            "序号    任务    责任单位    配合单位    时限\n1 修路 市交通局 市财政局 年底\n2 种树 市林业局 6月\n3 清淤 市水利局 市财政局 7月",
            "序号    任务    责任单位\n一、修路。由市交通局牵头，  市财政局配合。\n    二、种树。",
            "序号    任务    责任单位",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
