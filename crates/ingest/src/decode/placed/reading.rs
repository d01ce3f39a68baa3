//! The lines below headings, page by page, each with its pieces under the columns.

use super::{
    Piece, Sheet, Strip,
    gutter::Gutters,
    heading::{Heading, headings},
    line::{Line, width},
};
use crate::{kind, label, number, role::Slot, table::Column};
use domain::fold::fold;
use std::ops::Range;

/// The heading of a section, across all columns.
pub(super) struct Section {
    /// Before which strip it stands.
    pub(super) before: usize,
    /// Which line of the text it is.
    pub(super) at: usize,
    pub(super) words: String,
}

/// A table in the reading.
pub(super) struct Table {
    pub(super) head: Vec<Heading>,
    pub(super) sheet: Sheet,
    pub(super) strips: Vec<Strip>,
    pub(super) sections: Vec<Section>,
    pub(super) cost: usize,
    pub(super) words: usize,
}

/// So many lines show where columns part.
const SHOWN: usize = 120;

/// A page without headings of its own may be shifted so far.
const SHIFTED: usize = 6;

impl Table {
    pub(super) fn of(head: Vec<Heading>) -> Self {
        Self {
            sheet: Sheet {
                columns: head.iter().map(Heading::column).collect(),
                widths: vec![],
                unbroken: vec![],
            },
            head,
            strips: vec![],
            sections: vec![],
            cost: 0,
            words: 0,
        }
    }

    /// Reads the lines below headings, page by page, and says where they end; nothing if some of them do not fit.
    pub(super) fn read(
        &mut self,
        lines: &[Line],
        start: usize,
        count: usize,
    ) -> Result<usize, usize> {
        let mut places: Vec<_> = self.head.iter().map(|head| head.place.clone()).collect();
        let (mut at, mut head, mut slack) = (start, count, 0);
        let mut gutters = Gutters::default();
        loop {
            let below = at + head;
            let next = page_end(lines, below.max(at + 1));
            // What a page holds may be no more than its number.
            if lines[at..next].iter().any(|line| line.parts() > 1) {
                let shown = lines[at..next].iter().filter(|line| !is_ruler(line));
                let shown = shown.take(SHOWN);
                gutters = Gutters::of(shown, &places, slack).ok_or(next)?;
                self.cost += gutters.cost;
            }
            let end = self.page(lines, below..next, &gutters)?;
            if end < next || next == lines.len() {
                return Ok(end);
            }
            at = next;
            match headings(&lines[at..]) {
                Some((again, count)) if self.is_headed_so(&again) => {
                    places = again.into_iter().map(|head| head.place).collect();
                    (head, slack) = (count, 0);
                }
                Some(_) => return Ok(at),
                None => (head, slack) = (0, SHIFTED),
            }
        }
    }

    fn is_headed_so(&self, head: &[Heading]) -> bool {
        let words = |head: &[Heading]| -> Vec<String> {
            head.iter().map(|head| head.words.clone()).collect()
        };
        words(head) == words(&self.head)
    }

    /// Reads the lines of a page, and says where the first stands that is none of the table.
    fn page(
        &mut self,
        lines: &[Line],
        range: Range<usize>,
        gutters: &Gutters,
    ) -> Result<usize, usize> {
        let filled = |at: &usize| !lines[*at].is_empty();
        let (first, last) = (range.clone().find(filled), range.clone().rfind(filled));
        let (mut after_gap, mut begins_page) = (true, true);
        for at in range.clone() {
            let line = &lines[at];
            let edge = Some(at) == first || Some(at) == last;
            if line.is_empty() || is_page_mark(line, edge) || is_ruler(line) {
                after_gap = true;
                continue;
            }
            let before_gap = lines.get(at + 1).is_none_or(Line::is_empty);
            if self.is_section(line, gutters, after_gap && before_gap) {
                self.sections.push(Section {
                    before: self.strips.len(),
                    at,
                    words: line.raw.trim().to_owned(),
                });
                continue;
            }
            let Some(cells) = gutters.cells(line).filter(|_| !ends_table(line)) else {
                return if line.parts() > 1 {
                    Err(range.end)
                } else {
                    Ok(at)
                };
            };
            let cells = cells.into_iter().map(|words| {
                let width = width(&words);
                (width > 0).then_some(Piece { words, width })
            });
            let cells: Vec<_> = cells.collect();
            if self.is_signature(&cells) {
                return Ok(at);
            }
            self.words += line.words.len();
            self.strips.push(Strip {
                at,
                cells,
                after_gap,
                begins_page: std::mem::take(&mut begins_page),
            });
            after_gap = false;
        }
        Ok(range.end)
    }

    /// Whether a line is the heading of a section: it has a label, or stands by itself, and reaches over columns or stands
    /// where numbers do.
    fn is_section(&self, line: &Line, gutters: &Gutters, alone: bool) -> bool {
        const LONGEST: usize = 40;
        let words = fold(line.raw.trim());
        if line.parts() != 1 || words.chars().nth(LONGEST).is_some() || words.ends_with('。') {
            return false;
        }
        let numbered = self.number().is_some();
        let labelled =
            label::at(&words, 0).is_some_and(|label| label.style <= label::Style::HanBracketed);
        let first = gutters.begins_first(line);
        (labelled || alone) && gutters.crossed_by(line) || labelled && numbered && (first || alone)
    }

    /// Whether a line holds no more than who issued the document and when, and neither stands where rows have such.
    fn is_signature(&self, cells: &[Option<Piece>]) -> bool {
        let mut filled = self.sheet.columns.iter().zip(cells);
        let mut next = || filled.find_map(|(column, piece)| Some((*column, piece.as_ref()?)));
        let (Some((first, office)), Some((second, day)), None) = (next(), next(), next()) else {
            return false;
        };
        !first.is_some_and(Column::names_parties)
            && second != Some(Column::States(Slot::Deadline))
            && kind::may_be_body(&fold(&office.words))
            && is_day(&day.words)
    }

    pub(super) fn number(&self) -> Option<usize> {
        let columns = &self.sheet.columns;
        columns
            .iter()
            .position(|column| *column == Some(Column::Number))
    }
}

/// Where the next page begins, or headings stand.
fn page_end(lines: &[Line], start: usize) -> usize {
    let ends = |at: &usize| lines[*at].begins_page || headings(&lines[*at..]).is_some();
    (start..lines.len()).find(ends).unwrap_or(lines.len())
}

/// Whether a line is the number of a page: between dashes, or by itself at the edge of one.
fn is_page_mark(line: &Line, edge: bool) -> bool {
    let words = fold(line.raw.trim());
    let inner = words.trim_matches(['-', '—', '–', '─', ' ']);
    let dashed = inner.len() < words.len();
    (dashed || edge) && !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether words are a day or a month of a year, and no more than that it was printed then.
fn is_day(words: &str) -> bool {
    let words = fold(words).replace(' ', "");
    let day = words.strip_suffix("印发").unwrap_or(&words);
    let is_part = |c| matches!(c, '年' | '月' | '日' | '0'..='9') || number::is_han_numeral(c);
    day.contains('年') && day.contains('月') && day.chars().all(is_part)
}

/// Whether a line rules off what stands above it.
fn is_ruler(line: &Line) -> bool {
    const RULES: [char; 8] = ['-', '=', '_', '－', '＝', '—', '─', '━'];
    let mut words = line.words.iter();
    !line.words.is_empty() && words.all(|word| word.words.trim_matches(RULES).is_empty())
}

/// Whether a line is a remark below a table.
fn ends_table(line: &Line) -> bool {
    const FIRST: [&str; 6] = ["附件", "附表", "注:", "备注:", "说明:", "注1:"];
    let words = fold(line.raw.trim());
    line.parts() == 1 && FIRST.iter().any(|first| words.starts_with(first))
}
