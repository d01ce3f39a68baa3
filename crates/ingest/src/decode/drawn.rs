//! Tables drawn with lines in plain text: ┌──┬──┐. Each of their lines holds a piece of several cells, so that no name in
//! them could be read as written; they are written anew, with cells that are whole.
//!
//! How many columns there are and how wide they are, the drawn lines say. Where a piece fills its column, its words go on
//! in the next line.

use super::{
    Decoded,
    page::{Grid, Page},
};
use crate::table::Layout;

/// Writes drawn tables anew; nothing if the text has none that is whole.
pub(super) fn redrawn(decoded: &Decoded) -> Option<Decoded> {
    let drawn =
        decoded.text.contains(VERTICAL) || CORNERS.iter().any(|sign| decoded.text.contains(sign));
    if !drawn || !decoded.tables.is_empty() || !decoded.doubtful.is_empty() {
        return None;
    }
    let lines: Vec<_> = decoded.text.lines().collect();
    let mut page = Page::default();
    let mut any = false;
    let mut at = 0;
    while at < lines.len() {
        let count = lines[at..].iter().take_while(|line| is_drawn(line)).count();
        if let Some(grid) = grid(&lines[at..at + count]) {
            page.table(grid, Layout::Signs);
            any = true;
        } else {
            for line in &lines[at..at + count.max(1)] {
                page.line(line);
            }
        }
        at += count.max(1);
    }
    any.then(|| page.decoded(decoded.encoding))
}

const VERTICAL: [char; 3] = ['│', '┃', '║'];

/// What tables that are drawn with letters begin with.
const CORNERS: [&str; 2] = ["+-", "＋－"];

/// Whether `c` is a sign where lines meet, or one that stands between cells; some draw with letters: +--+.
fn separates(c: char) -> bool {
    !is_horizontal(c) && matches!(c, '\u{2500}'..='\u{257F}' | '|' | '+' | '｜' | '＋')
}

fn is_horizontal(c: char) -> bool {
    matches!(c, '─' | '━' | '═' | '-' | '=' | '－' | '＝')
}

/// Whether a line is one of a drawn table: a border, or pieces of cells between signs.
fn is_drawn(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(separates) && line.ends_with(separates)
}

/// What stands between two signs of a line.
struct Piece<'l> {
    words: &'l str,
    /// How many characters stand before it, and how many it has.
    place: usize,
    length: usize,
}

impl Piece<'_> {
    fn is_border(&self) -> bool {
        let drawn = |c: char| is_horizontal(c) || c.is_whitespace();
        self.words.contains(is_horizontal) && self.words.chars().all(drawn)
    }
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let line = line.trim();
    let mut pieces = vec![];
    let mut begun = None;
    for (count, (at, c)) in line.char_indices().enumerate() {
        if separates(c) {
            if let Some((place, start)) = begun {
                pieces.push(Piece {
                    words: &line[start..at],
                    place,
                    length: count - place,
                });
            }
            begun = Some((count + 1, at + c.len_utf8()));
        }
    }
    pieces
}

/// No table has more columns.
const MOST_COLUMNS: usize = 32;

/// Reads the lines of a drawn table; nothing if they are none, or their pieces cannot be put under columns.
fn grid(lines: &[&str]) -> Option<Grid> {
    // |--|--| is a rule below headings, and what is drawn has corners.
    let corner = |line: &&str| CORNERS.iter().any(|sign| line.trim().starts_with(sign));
    let letters = lines.iter().any(corner);
    if !letters && !lines.iter().any(|line| line.contains(VERTICAL)) {
        return None;
    }
    let lines: Vec<_> = lines.iter().map(|line| pieces(line)).collect();
    let borders = lines
        .iter()
        .filter(|pieces| pieces.iter().all(Piece::is_border));
    let widest = borders.clone().max_by_key(|pieces| pieces.len())?;
    let count = widest.len();
    if !(2..=MOST_COLUMNS).contains(&count) || lines.len() < 3 {
        return None;
    }
    if cells_cross(&lines, count) {
        return None;
    }
    let mut grid = Drawing {
        cells: vec![None; count],
        widths: widest
            .iter()
            .map(|piece| {
                if letters {
                    piece.length
                } else {
                    piece.length * 2
                }
            })
            .collect(),
        row: 0,
        grid: Grid::default(),
    };
    for pieces in &lines {
        // Headings over several columns: where each of them begins, a border of as many pieces says.
        let columns: Vec<usize> = if pieces.len() == count {
            (0..count).collect()
        } else {
            let border = borders
                .clone()
                .find(|border| border.len() == pieces.len())?;
            let column = |piece: &Piece| widest.iter().position(|other| other.place == piece.place);
            border.iter().map(column).collect::<Option<_>>()?
        };
        grid.line(pieces, &columns)?;
    }
    grid.finish()
}

/// Whether cells between two whole lines end so that no rows can be told: one column goes on where another ends, that one
/// goes on where the first ends, and they have different numbers of cells. Cells that only hold several of their neighbours
/// do not cross, and where there are as many in each column, the words of one merely took more lines.
fn cells_cross(lines: &[Vec<Piece<'_>>], count: usize) -> bool {
    let is_whole =
        |pieces: &Vec<Piece<'_>>| pieces.len() == count && pieces.iter().all(Piece::is_border);
    lines.split(is_whole).any(|between| {
        let ends = |column: usize| -> Vec<usize> {
            let ends = |line: &usize| between[*line].get(column).is_some_and(Piece::is_border);
            (0..between.len()).filter(ends).collect()
        };
        let columns: Vec<_> = (0..count).map(ends).collect();
        let misses = |one: &[usize], other: &[usize]| one.iter().any(|end| !other.contains(end));
        columns.iter().enumerate().any(|(column, one)| {
            columns[..column]
                .iter()
                .any(|other| one.len() != other.len() && misses(one, other) && misses(other, one))
        })
    })
}

/// A drawn table in the reading.
struct Drawing {
    /// The cell that is open in each column: its row and words, and whether the last piece filled the column.
    cells: Vec<Option<(usize, String, bool)>>,
    /// How wide each column is, in letters.
    widths: Vec<usize>,
    row: usize,
    grid: Grid,
}

impl Drawing {
    fn line(&mut self, pieces: &[Piece], columns: &[usize]) -> Option<()> {
        if pieces.iter().any(Piece::is_border) {
            self.row += 1;
        }
        for (piece, &column) in pieces.iter().zip(columns) {
            if piece.is_border() {
                self.close(column)?;
            } else {
                self.write(column, piece.words);
            }
        }
        Some(())
    }

    fn write(&mut self, column: usize, words: &str) {
        let row = self.row;
        let (_, cell, filled) =
            self.cells[column].get_or_insert_with(|| (row, String::new(), true));
        let piece = words.trim();
        if piece.is_empty() {
            return;
        }
        if !*filled && !cell.ends_with(['、', '，', ',']) {
            cell.push('\n');
        }
        cell.push_str(piece);
        // A character of the text is as wide as one of the line, a letter half as wide.
        let halves: usize = piece
            .chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum();
        *filled = halves + 2 >= self.widths[column];
    }

    /// Ends the cell that is open in a column.
    fn close(&mut self, column: usize) -> Option<()> {
        if let Some((row, words, _)) = self.cells[column].take() {
            self.grid.put(row, column, words).ok()?;
            for below in row + 1..self.row {
                self.grid.continue_above(below, column).ok()?;
            }
        }
        Some(())
    }

    fn finish(mut self) -> Option<Grid> {
        self.row += 1;
        for column in 0..self.cells.len() {
            self.close(column)?;
        }
        Some(self.grid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<String> {
        redrawn(&Decoded::of_text(text.to_owned(), "UTF-8")).map(|decoded| decoded.text)
    }

    #[test]
    fn cells_that_are_drawn_over_several_lines_become_whole() {
        let drawn = "\
目标
┌──┬────┬───┐
│序号│责任单位│时限 │
├──┼────┼───┤
│ 1 │市交通局│年底 │
│  │、市公安│   │
│  │局   │   │
├──┤    ├───┤
│ 2 │    │6月 │
└──┴────┴───┘
";
        let expected = "目标\n序号 | 责任单位 | 时限\n1 | 市交通局、市公安局 | 年底\n2 |  | 6月\n";
        assert_eq!(shown(drawn).as_deref(), Some(expected));
    }

    #[test]
    fn what_is_no_drawn_table_stays() {
        for text in [
            "│",
            "│a│",
            "┌─┐\n│a│\n└─┘",
            "│a│b│\n├─┼─┤\n│a│b│c│",
            "│甲│乙│\n│丙│丁│",
        ] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
