//! Putting a matrix into lines that fit a terminal.

use super::{
    Grid,
    name::{mark, marks},
};
use crate::terminal;
use comfy_table::Table;
use domain::vocabulary::Role;
use std::ops::Range;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr};

/// The widest that the name of a row may be.
const ROW_NAME: usize = 40;

/// The blank between two columns.
const GAP: u16 = 1;

impl Grid {
    fn turned(&self) -> Self {
        let cells = self.cells.iter();
        Self {
            headings: vec![],
            rows: self.columns.clone(),
            columns: self.rows.clone(),
            cells: cells
                .map(|((row, column), roles)| ((*column, *row), roles.clone()))
                .collect(),
        }
    }

    /// The matrix in lines of at most `width` columns: as it is, with numbers for the names of its columns, turned, or
    /// else in parts; and what its marks mean.
    pub(crate) fn render(&self, width: usize) -> String {
        if self.cells.is_empty() {
            return "no party has a role in a task".to_owned();
        }
        let mut blocks = if self.width(&self.columns) <= width {
            vec![self.table(&self.columns, 0..self.columns.len())]
        } else {
            let turned = self.turned();
            let upright = self.width(&numbers(self.columns.len())) <= width;
            // Headings over rows have no place over columns.
            let can_turn = !upright && self.headings.is_empty();
            if can_turn && turned.width(&numbers(turned.columns.len())) <= width {
                turned.numbered(width)
            } else {
                self.numbered(width)
            }
        };
        blocks.push(self.legend());
        blocks.join("\n\n")
    }

    /// With numbers for the names of columns, in as many parts as it takes, and the names behind.
    fn numbered(&self, width: usize) -> Vec<String> {
        let numbers = numbers(self.columns.len());
        let mut blocks = vec![];
        let mut from = 0;
        while from < self.columns.len() {
            let mut to = from + 1;
            let mut taken = self.row_name_width() + self.column_width(&numbers, from);
            while to < self.columns.len() && taken + self.column_width(&numbers, to) <= width {
                taken += self.column_width(&numbers, to);
                to += 1;
            }
            blocks.push(self.table(&numbers, from..to));
            from = to;
        }
        let digits = numbers.last().map_or(0, |number| number.width());
        let key = numbers.iter().zip(&self.columns);
        let key: Vec<_> = key
            .map(|(number, name)| {
                format!("{number:>digits$} {}", shortened(name, width - digits - 1))
            })
            .collect();
        blocks.push(key.join("\n"));
        blocks
    }

    fn table(&self, headings: &[String], columns: Range<usize>) -> String {
        let mut table: Table = terminal::bare_table();
        let heading = columns.clone().map(|column| headings[column].clone());
        table.set_header(std::iter::once(String::new()).chain(heading));
        for (row, name) in self.rows.iter().enumerate() {
            let headings = self.headings.iter().filter(|(before, _)| *before == row);
            for (_, heading) in headings {
                table.add_row([shortened(heading, ROW_NAME)]);
            }
            let cells = columns.clone().map(|column| self.marks(row, column));
            table.add_row(std::iter::once(shortened(name, ROW_NAME)).chain(cells));
        }
        terminal::text(table, GAP)
    }

    fn width(&self, headings: &[String]) -> usize {
        let columns = (0..self.columns.len()).map(|column| self.column_width(headings, column));
        self.row_name_width() + columns.sum::<usize>()
    }

    fn row_name_width(&self) -> usize {
        let headings = self.headings.iter().map(|(_, heading)| heading);
        let names = self.rows.iter().chain(headings);
        let names = names.map(|name| name.width().min(ROW_NAME));
        names.max().unwrap_or_default() + usize::from(GAP)
    }

    fn column_width(&self, headings: &[String], column: usize) -> usize {
        let marks = (0..self.rows.len()).map(|row| self.marks(row, column).width());
        marks
            .max()
            .unwrap_or_default()
            .max(headings[column].width())
            + usize::from(GAP)
    }

    fn marks(&self, row: usize, column: usize) -> String {
        let counts = self.cells.get(&(row, column));
        counts.map_or_else(String::new, |counts| marks(counts))
    }

    fn legend(&self) -> String {
        let used = |role: &&Role| {
            let mut counts = self.cells.values().flatten();
            counts.any(|(used, _)| used == *role)
        };
        let roles = Role::ALL.iter().filter(used);
        let marks: Vec<_> = roles
            .map(|role| format!("{} {role}", mark(*role)))
            .collect();
        marks.join("  ")
    }
}

fn numbers(count: usize) -> Vec<String> {
    (1..=count).map(|number| number.to_string()).collect()
}

/// The text, or as much of it as fits with an ellipsis.
pub(crate) fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut taken = 1;
    let fits = |c: &char| {
        taken += c.width().unwrap_or_default();
        taken <= width
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn grid(rows: usize, columns: usize) -> Grid {
        let mut grid = Grid {
            rows: (0..rows)
                .map(|row| format!("{row} 建设数字政府平台"))
                .collect(),
            headings: vec![],
            columns: (0..columns)
                .map(|column| format!("市第{column}局"))
                .collect(),
            cells: BTreeMap::new(),
        };
        for row in 0..rows {
            grid.mark(row, (row * 7) % columns, Role::Lead);
            grid.mark(row, (row * 5 + 1) % columns, Role::Support);
        }
        grid
    }

    #[test]
    fn a_small_matrix_has_the_names_of_its_columns() {
        let mut grid = grid(2, 2);
        grid.mark(0, 0, Role::Responsible);
        let expected = "                   市第0局 市第1局\n\
                        0 建设数字政府平台 牵责    配\n\
                        1 建设数字政府平台 配      牵\n\
                        \n\
                        牵 lead  责 responsible  配 support";
        assert_eq!(grid.render(80), expected);
    }

    #[test]
    fn whatever_its_size_no_line_is_wider_than_the_terminal_and_no_mark_is_lost() {
        for (rows, columns) in [
            (10, 48),
            (48, 10),
            (60, 60),
            (1, 1),
            (3, 100),
            (100, 3),
            (0, 0),
        ] {
            for width in [50, 80, 120] {
                let grid = grid(rows, columns.max(1));
                let lines = grid.render(width);
                let widest = lines.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
                assert!(
                    widest <= width,
                    "{rows}×{columns} at {width}: {widest}\n{lines}"
                );
                let marks = grid.cells.values().flatten();
                let leads = marks.filter(|(role, _)| *role == Role::Lead).count();
                let legend = usize::from(leads > 0);
                assert_eq!(lines.matches('牵').count(), leads + legend, "{lines}");
            }
        }
    }

    #[test]
    fn a_long_name_is_shortened_to_its_columns() {
        assert_eq!(shortened("数字政府", 8), "数字政府");
        assert_eq!(shortened("数字政府", 7), "数字政…");
        assert_eq!(shortened("数字政府", 6), "数字…");
    }
}
