//! From characters with their places to lines, and from lines to paragraphs.

use super::content::Piece;
use crate::decode::page::Page;

/// The lines of a document.
#[derive(Default)]
pub(super) struct Lines {
    all: Vec<Line>,
    characters: usize,
    unknown: usize,
}

struct Line {
    words: String,
    left: f32,
    right: f32,
    size: f32,
    /// Whether words stand far apart in it, as in the cells of a table.
    apart: bool,
    page: usize,
}

/// How far apart, in heights of a character, words stand that belong to different cells, and words at all.
const FAR: f32 = 1.8;
const WORD: f32 = 0.35;

impl Lines {
    /// Adds the lines of the next page.
    pub(super) fn page(&mut self, mut pieces: Vec<Piece>) {
        let page = self.all.last().map_or(0, |line| line.page + 1);
        for piece in &pieces {
            self.characters += piece.words.chars().filter(|c| !c.is_whitespace()).count();
            self.unknown += piece.words.matches('\u{FFFD}').count();
        }
        pieces.sort_by(|a, b| b.y.total_cmp(&a.y));
        let mut rows: Vec<Vec<Piece>> = vec![];
        for piece in pieces {
            match rows.last_mut() {
                Some(row) if (row[0].y - piece.y).abs() <= row[0].size.min(piece.size) * 0.5 => {
                    row.push(piece);
                }
                _ => rows.push(vec![piece]),
            }
        }
        let mut lines: Vec<Line> = rows.into_iter().filter_map(|row| line(row, page)).collect();
        // Numbers of pages stand at its edges.
        for last in [true, false] {
            let edge = if last { lines.last() } else { lines.first() };
            if edge.is_some_and(|line| is_page_number(&line.words)) {
                lines.remove(if last { lines.len() - 1 } else { 0 });
            }
        }
        self.all.extend(lines);
    }

    /// How many characters there are.
    pub(super) fn characters(&self) -> usize {
        self.characters
    }

    /// How many of them nobody knows.
    pub(super) fn unknown(&self) -> usize {
        self.unknown
    }

    /// Writes the paragraphs: a line that reaches the right edge goes on in the next one, if that one is not indented.
    pub(super) fn write(&self, page: &mut Page) {
        let running = || self.all.iter().filter(|line| !line.apart);
        let left = running()
            .map(|line| line.left)
            .fold(f32::INFINITY, f32::min);
        let right = running()
            .map(|line| line.right)
            .fold(f32::NEG_INFINITY, f32::max);
        let scattered = self.scattered();
        let mut paragraph = String::new();
        for (index, line) in self.all.iter().enumerate() {
            if scattered[index] {
                page.doubtful_line(&line.words);
                continue;
            }
            paragraph.push_str(&line.words);
            let goes_on = self.all.get(index + 1).is_some_and(|next| {
                !scattered[index + 1]
                    && line.right >= right - line.size * 2.0
                    && next.left <= left + next.size
                    && (line.size - next.size).abs() <= line.size * 0.2
            });
            if !goes_on {
                page.line(&paragraph);
                paragraph.clear();
            } else if paragraph.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                paragraph.push(' ');
            }
        }
    }

    /// Which lines stand where several lines with words far apart follow each other: a table, or columns.
    fn scattered(&self) -> Vec<bool> {
        const NEAR: usize = 3;
        let mut scattered = vec![false; self.all.len()];
        let mut last: Option<usize> = None;
        for (index, line) in self.all.iter().enumerate() {
            if !line.apart {
                continue;
            }
            if let Some(last) = last.filter(|last| index - last <= NEAR) {
                scattered[last..=index].fill(true);
            }
            last = Some(index);
        }
        scattered
    }
}

fn line(mut row: Vec<Piece>, page: usize) -> Option<Line> {
    row.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut line = Line {
        words: String::new(),
        left: row[0].x,
        right: row[0].x,
        size: row.iter().map(|piece| piece.size).fold(0.0, f32::max),
        apart: false,
        page,
    };
    let mut before: Option<&Piece> = None;
    for piece in &row {
        // Bold characters may be drawn twice.
        let twice = before.is_some_and(|before| {
            before.words == piece.words && (before.x - piece.x).abs() < piece.size * 0.3
        });
        if twice {
            continue;
        }
        let gap = piece.x - line.right;
        if before.is_some() && gap > piece.size * FAR {
            line.apart |=
                line.words.trim().chars().nth(1).is_some() || piece.words.chars().nth(1).is_some();
            line.words.push_str("  ");
        } else if before.is_some() && gap > piece.size * WORD && !line.words.ends_with(' ') {
            line.words.push(' ');
        }
        line.words.push_str(&piece.words);
        line.right = line.right.max(piece.x + piece.width);
        before = Some(piece);
    }
    let words = line.words.trim().to_owned();
    (!words.is_empty()).then_some(Line { words, ..line })
}

fn is_page_number(words: &str) -> bool {
    const LONGEST: usize = 4;
    let number = words.trim_matches(|c: char| "-—–─－·第页 ".contains(c));
    (1..=LONGEST).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}
