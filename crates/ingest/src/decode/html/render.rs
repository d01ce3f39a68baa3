//! Elements as lines and tables.

use super::tree::{Child, Kind, Tree};
use crate::{
    decode::{
        ReadError,
        page::{Grid, Page},
    },
    table::{Layout, explains_itself},
};
use domain::fold::is_han;

/// What an element shows.
pub(super) enum Block {
    Line(String),
    Table(Grid),
}

/// Whether a line holds the words of a title.
pub(super) fn says(blocks: &[Block], title: &str) -> bool {
    let title = domain::fold::fold(title);
    let mut text = String::new();
    for block in blocks {
        if let Block::Line(line) = block {
            text.push_str(&domain::fold::fold(line));
        }
    }
    text.contains(&title)
}

/// Writes blocks on a page.
pub(super) fn write(blocks: Vec<Block>, page: &mut Page) {
    let mut empty = true;
    for block in blocks {
        match block {
            Block::Line(line) if line.trim().is_empty() => {
                if !empty {
                    page.line("");
                }
                empty = true;
            }
            Block::Line(line) => {
                page.line(&line);
                empty = false;
            }
            Block::Table(grid) => {
                page.table(grid, Layout::Cells);
                empty = false;
            }
        }
    }
}

/// The blocks of an element.
pub(super) fn blocks(tree: &Tree, node: usize) -> Result<Vec<Block>, ReadError> {
    let mut writer = Writer {
        tree,
        blocks: vec![],
        line: String::new(),
    };
    writer.element(node)?;
    writer.end_line();
    Ok(writer.blocks)
}

struct Writer<'t> {
    tree: &'t Tree,
    blocks: Vec<Block>,
    line: String,
}

impl Writer<'_> {
    /// The tree is no deeper than its builder lets it be, so this is no deeper either.
    fn element(&mut self, node: usize) -> Result<(), ReadError> {
        let tree = self.tree;
        let element = &tree.nodes[node];
        if element.kind == Kind::Table && is_data(tree, node)? {
            self.end_line();
            let grid = grid(tree, node)?;
            self.blocks.push(Block::Table(grid));
            return Ok(());
        }
        let inline = matches!(element.kind, Kind::Inline | Kind::Link);
        if !inline {
            self.end_line();
        }
        let mut number = element.start.unwrap_or(1);
        for child in &element.children {
            match child {
                Child::Text(text) => self.text(text),
                Child::Break => self.line_break(),
                Child::Element(inner) => {
                    if element.kind == Kind::NumberedList && tree.nodes[*inner].kind == Kind::Item {
                        self.end_line();
                        self.line = format!("{number}.");
                        number = number.saturating_add(1);
                        self.children(*inner)?;
                        self.end_line();
                    } else {
                        self.element(*inner)?;
                    }
                }
            }
        }
        if !inline {
            self.end_line();
        }
        Ok(())
    }

    fn children(&mut self, node: usize) -> Result<(), ReadError> {
        let tree = self.tree;
        for child in &tree.nodes[node].children {
            match child {
                Child::Text(text) => self.text(text),
                Child::Break => self.line_break(),
                Child::Element(inner) => self.element(*inner)?,
            }
        }
        Ok(())
    }

    /// Adds text; white space of the source is one space, and none between Chinese characters where a line breaks.
    fn text(&mut self, text: &str) {
        let mut gap: Option<bool> = None;
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                gap = Some(gap.unwrap_or(false) || c == '\n');
            } else {
                let breaks = gap.take();
                let han = self.line.ends_with(is_han) && is_han(c);
                if breaks.is_some_and(|breaks| !(breaks && han)) && !self.line.is_empty() {
                    self.line.push(' ');
                }
                self.line.push(c);
            }
        }
        if gap.is_some() && !self.line.is_empty() && !self.line.ends_with(is_han) {
            self.line.push(' ');
        }
    }

    /// Two that follow each other leave an empty line.
    fn line_break(&mut self) {
        if self.line.is_empty() {
            self.blocks.push(Block::Line(String::new()));
        }
        self.end_line();
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.blocks
                .push(Block::Line(std::mem::take(&mut self.line)));
        }
    }
}

/// Whether a table is one of data and does not just put a page together: no table stands in it, it has several columns, and
/// several rows or cells of one row that say who answers, and no cell holds a whole article.
fn is_data(tree: &Tree, table: usize) -> Result<bool, ReadError> {
    const LONGEST: usize = 2000;
    let rows = rows(tree, table);
    let mut wide = rows.iter().filter(|cells| cells.len() > 1);
    let Some(first) = wide.next() else {
        return Ok(false);
    };
    let plain = rows.iter().flatten().all(|&cell| {
        let mut length = 0;
        !holds_table(tree, cell, &mut length) && length <= LONGEST
    });
    if !plain || wide.next().is_some() {
        return Ok(plain);
    }
    let cells: Vec<_> = first
        .iter()
        .map(|cell| words(tree, *cell))
        .collect::<Result<_, _>>()?;
    Ok(explains_itself(&cells))
}

/// What a cell says, in lines.
fn words(tree: &Tree, cell: usize) -> Result<String, ReadError> {
    let lines = blocks(tree, cell)?
        .into_iter()
        .filter_map(|block| match block {
            Block::Line(line) if !line.trim().is_empty() => Some(line.trim().to_owned()),
            _ => None,
        });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Whether a table stands in an element; `length` counts its characters.
fn holds_table(tree: &Tree, node: usize, length: &mut usize) -> bool {
    tree.nodes[node].children.iter().any(|child| match child {
        Child::Text(text) => {
            *length += text.chars().count();
            false
        }
        Child::Break => false,
        Child::Element(inner) => {
            tree.nodes[*inner].kind == Kind::Table || holds_table(tree, *inner, length)
        }
    })
}

/// The cells of each row.
fn rows(tree: &Tree, table: usize) -> Vec<Vec<usize>> {
    let mut rows = vec![];
    let mut parts = vec![table];
    while let Some(part) = parts.pop() {
        let inner = tree.nodes[part]
            .children
            .iter()
            .filter_map(|child| match child {
                Child::Element(inner) => Some(*inner),
                Child::Text(_) | Child::Break => None,
            });
        if tree.nodes[part].kind == Kind::Row {
            let cells = inner.filter(|&cell| tree.nodes[cell].kind == Kind::Cell);
            rows.push(cells.collect());
        } else if matches!(tree.nodes[part].kind, Kind::RowGroup) || part == table {
            let inner: Vec<_> = inner.collect();
            parts.extend(inner.into_iter().rev());
        }
    }
    rows
}

fn grid(tree: &Tree, table: usize) -> Result<Grid, ReadError> {
    let mut grid = Grid::default();
    let rows = rows(tree, table);
    for (row, cells) in rows.iter().enumerate() {
        let mut column = 0;
        for &cell in cells {
            while grid.is_taken(row, column) {
                column += 1;
            }
            let words = words(tree, cell)?;
            let (across, down) = tree.nodes[cell].spans;
            grid.put(row, column, words)?;
            for right in 1..across.min(MOST_SPANNED) {
                grid.put(row, column + right, String::new())?;
            }
            for below in row + 1..rows.len().min(row.saturating_add(down)) {
                for right in 0..across.min(MOST_SPANNED) {
                    grid.continue_above(below, column + right)?;
                }
            }
            column += across;
        }
    }
    Ok(grid)
}

/// A cell that spans more columns spans these.
const MOST_SPANNED: usize = 64;
