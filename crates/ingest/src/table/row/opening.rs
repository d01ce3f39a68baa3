//! How rows open sections and tasks, and what these are called by.

use super::Reader;
use crate::{
    label::{self, Label, Style},
    line::trimmed,
    number,
    outline::{Heading, title_in},
};
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn open_again(&mut self, depth: u8, cell: Range<usize>, start: usize) {
        let text = self.grammar.text;
        let is_open = self.sections.iter().any(|(open, index)| {
            let heading = &self.rows.headings[*index];
            *open == depth
                && text[heading.label.range.start..heading.whole.end]
                    .starts_with(&text[cell.clone()])
        });
        if !is_open {
            self.open_section(depth, cell, start);
        }
    }

    /// Closes the sections that are as deep, and those below them.
    pub(super) fn close(&mut self, depth: u8) {
        self.sections.truncate(
            self.sections
                .iter()
                .position(|(open, _)| *open >= depth)
                .unwrap_or(self.sections.len()),
        );
    }

    pub(super) fn open_section(&mut self, depth: u8, cell: Range<usize>, start: usize) {
        self.close(depth);
        let label =
            label_in(self.grammar.text, &cell).unwrap_or_else(|| self.words_as_label(&cell));
        let index = self.open(label, cell.clone(), start..cell.end);
        self.sections.push((depth, index));
        self.record = None;
        self.stated = None;
    }

    /// Opens a section whose number has a cell of its own.
    pub(super) fn open_numbered_section(&mut self, depth: u8, label: Label, title: Range<usize>) {
        self.close(depth);
        let own = label.range.start..title.end;
        let index = self.open(label, title, own);
        self.sections.push((depth, index));
        self.record = None;
        self.stated = None;
    }

    pub(super) fn open_record(
        &mut self,
        number: Option<Range<usize>>,
        title: Range<usize>,
        row: Range<usize>,
    ) {
        let text = self.grammar.text;
        let label = match number {
            Some(cell) => number_label(text, &cell),
            None => label_in(text, &title).unwrap_or_else(|| self.words_as_label(&title)),
        };
        self.record = Some(self.open(label, title, row));
    }

    /// Opens a heading below the sections that are open. Its label may stand in its own words or in another cell.
    fn open(&mut self, label: Label, words: Range<usize>, own: Range<usize>) -> usize {
        let text = self.grammar.text;
        let begins = if (words.start..=words.end).contains(&label.end) {
            label.end
        } else {
            words.start
        };
        let line = text[begins..words.end]
            .find('\n')
            .map_or(words.end, |at| begins + at);
        self.rows.headings.push(Heading {
            title: title_in(text, begins..line),
            whole: own.clone(),
            own,
            parent: self.sections.last().map(|(_, index)| *index),
            label,
            inline: false,
            slip: false,
            table: Some(self.rows.layout),
        });
        self.rows.headings.len() - 1
    }

    /// What has no number is known by its first words.
    fn words_as_label(&self, cell: &Range<usize>) -> Label {
        const LONGEST: usize = 20;
        let text = self.grammar.text;
        let words = &text[cell.clone()];
        let line = words.find(['\n', '。']).unwrap_or(words.len());
        let end = words[..line]
            .char_indices()
            .nth(LONGEST)
            .map_or(line, |(at, _)| at);
        let range = trimmed(text, cell.start..cell.start + end);
        Label {
            style: Style::Arabic,
            number: self.rows.headings.len() as u32 + 1,
            end: cell.start,
            half: false,
            range,
        }
    }
}

/// How deep sections without a label stand: below all with one.
pub(super) const SECTION_COLUMN: u8 = 100;
pub(super) const UNLABELLED: u8 = 110;
pub(super) const TASK_COLUMN: u8 = 120;

fn label_in(text: &str, cell: &Range<usize>) -> Option<Label> {
    label::at(text, cell.start).filter(|label| label.end <= cell.end)
}

/// The number of a section in a cell of its own: 一, or (一).
pub(super) fn numeral_label(text: &str, cell: &Range<usize>) -> Option<Label> {
    let words = text[cell.clone()].trim_end_matches(['、', '.']);
    let plain = number::han(words).map(|number| Label {
        style: Style::Han,
        number,
        range: cell.start..cell.start + words.len(),
        end: cell.end,
        half: false,
    });
    let bracketed = |label: &Label| label.style == Style::HanBracketed && label.end == cell.end;
    plain.or_else(|| label_of_cell(text, cell).filter(bracketed))
}

/// The label with which a cell begins, which may be all of it.
fn label_of_cell(text: &str, cell: &Range<usize>) -> Option<Label> {
    let label = label::at(text, cell.start).filter(|label| label.range.end <= cell.end)?;
    let end = label.end.min(cell.end);
    Some(Label { end, ..label })
}

/// The number of a row: 1, 1. or (一).
pub(super) fn number_label(text: &str, cell: &Range<usize>) -> Label {
    if let Some(label) = label_of_cell(text, cell) {
        return label;
    }
    let words = text[cell.clone()].trim_end_matches(['.', '、', ' ']);
    Label {
        style: Style::Arabic,
        number: words.parse().unwrap_or(0),
        range: cell.start..cell.start + words.len(),
        end: cell.end,
        half: false,
    }
}
