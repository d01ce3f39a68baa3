//! The terminal: results to standard output, progress and remarks to standard error.

use anstyle::{AnsiColor, Reset, Style};
use comfy_table::{ContentArrangement, Table, presets};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    fmt::Display,
    io::{self, IsTerminal as _, Write as _},
};

/// How wide output is where standard output is no terminal.
const WIDTH: usize = 100;

/// What output is laid out for at least; a narrower terminal breaks its lines.
const NARROWEST: usize = 50;

/// Where to speak to a person, and how much.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    pub(crate) quiet: bool,
}

impl Terminal {
    /// Prints what belongs to a result but is for people: nothing when things are to be quiet.
    pub(crate) fn show(self, text: impl Display) -> io::Result<()> {
        if self.quiet { Ok(()) } else { result(text) }
    }

    /// Says what a person may like to know.
    pub(crate) fn remark(self, text: impl Display) {
        if !self.quiet {
            warn(text);
        }
    }

    /// A bar that grows up to `length`; hidden where standard error is no terminal.
    pub(crate) fn bar(self, length: u64, unit: Unit, what: &'static str) -> ProgressBar {
        let target = if self.quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let style = match unit {
            Unit::Bytes => "{msg:<9} {bar:40} {bytes}/{total_bytes}",
            Unit::Things => "{msg:<9} {bar:40} {pos}/{len}, {eta} left",
        };
        let style = ProgressStyle::with_template(style).expect("the template is a constant");
        ProgressBar::with_draw_target(Some(length), target)
            .with_style(style)
            .with_message(what)
    }
}

/// Prints a result. It was asked for, so being quiet does not change it.
pub(crate) fn result(text: impl Display) -> io::Result<()> {
    writeln!(anstream::stdout().lock(), "{text}")
}

/// Says what a person should know even when things are to be quiet.
pub(crate) fn warn(text: impl Display) {
    // Nobody can be told if even this cannot be printed.
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// What a progress bar counts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unit {
    Bytes,
    Things,
}

/// The columns that standard output has, or what can be worked with where it has next to none.
pub(crate) fn width() -> usize {
    let known = terminal_size::terminal_size_of(io::stdout());
    known.map_or(WIDTH, |(terminal_size::Width(width), _)| {
        NARROWEST.max(width.into())
    })
}

/// Whether colours are welcome on standard error.
pub(crate) fn has_colours() -> bool {
    io::stderr().is_terminal()
        && anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
}

/// How an error is marked, and how the mark ends; streams drop it where colours are not welcome.
pub(crate) fn alarm() -> (Style, Reset) {
    (AnsiColor::Red.on_default().bold(), Reset)
}

/// A table without lines, which wraps long cells so as to fit the terminal.
pub(crate) fn table(header: &[&str]) -> Table {
    let mut table = bare_table();
    table
        .set_header(header)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width()).unwrap_or(u16::MAX));
    table
}

/// The same without a header, and as wide as its cells.
pub(crate) fn bare_table() -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).force_no_tty();
    table
}

/// A text as it may be put on a terminal: in one line, and without the characters by which it could take it over.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A table as text, with `gap` blanks between its columns and none that fill up its lines.
pub(crate) fn text(mut table: Table, gap: u16) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, gap));
    }
    let lines: Vec<_> = table
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    lines.join("\n")
}
