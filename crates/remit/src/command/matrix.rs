//! `remit matrix`

use super::export::NewFile;
use crate::{
    config::AsOf,
    matrix::{Grid, Sheet, csv, json, xlsx},
    terminal::{self, Terminal},
};
use ::csv::Terminator;
use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use domain::{
    image::{PartyRef, PlanRef},
    matrix::{ColumnsBy, Depth, Matrix as Made, MatrixRequest, RowsBy},
    view::{PartyFilter, PlanFilter, TaskFilter, Valid, View, Words},
    vocabulary::{Basis, PartyKind, Role},
};
use std::{
    io::{self, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};
use store::Snapshot;

/// How many squares a table may have that is drawn with the empty ones.
const MOST_SQUARES: usize = 5_000_000;

/// How many plans are named to somebody who asks for one that is not there.
const MOST_NAMED: usize = 10;

/// The spreadsheet programs' way to tell UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Show who answers for what: tasks by parties, or rolled up.
///
/// Each square has a mark for every role: 牵 lead, 联 `co_lead`, 责 responsible, 配 support, 参 participate, 督 supervise,
/// 统 coordinate. A number behind a mark says in how many tasks, where it is more than one. Parties that the text leaves
/// open (有关单位) make no column.
///
/// table: for a terminal, as wide as it is. csv: what stands over several rows is said in each; for a shell without a byte
/// order mark, for a file with one; a cell that a spreadsheet program would take for a formula gets an apostrophe before it.
/// xlsx: a workbook to read and print, with headings that stay in sight, a colour for each role, totals, and the words of
/// the document as notes. json: keys, counts and assignments, for other programs.
///
/// The same register as known at the same changeset, asked about the same day, always gives the same bytes. It reads only,
/// and may run beside a server.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit matrix                                              the register as a table\n  \
    remit matrix PLAN --output matrix.xlsx                    a plan as a workbook\n  \
    remit matrix PLAN --rows section:1 --columns kind         sections by kinds of parties\n  \
    remit matrix --rows plan --columns parent:1 --role lead   which topmost body leads how much of which plan\n  \
    remit matrix PLAN --columns kind,party --output m.xlsx    parties, with headings for their kinds\n  \
    remit matrix PLAN --party 市科技局 | cut -d, -f2-         CSV for a shell")]
pub(crate) struct Matrix {
    /// The plans, by their codes; all of them if none is named.
    #[arg(value_name = "PLAN")]
    plans: Vec<String>,

    /// What the rows are: task, section, section:DEPTH (1 is the top of the plan) or plan.
    #[arg(long, value_name = "WHAT", default_value = "task", value_parser = rows_by)]
    rows: RowsBy,

    /// What the columns are: party, kind, place, place:DEPTH, parent (the body above) or parent:DEPTH (1 is the topmost).
    /// Several, with commas between, are headings over the last.
    #[arg(
        long,
        value_name = "WHAT",
        value_delimiter = ',',
        default_value = "party",
        value_parser = columns_by
    )]
    columns: Vec<ColumnsBy>,

    /// Only these roles: lead, `co_lead`, responsible, support, participate, supervise, coordinate.
    #[arg(long, value_name = "ROLE", value_delimiter = ',')]
    role: Vec<Role>,

    /// Only what rests on one of these: stated, convention, designated, inherited, recorded, inferred.
    #[arg(long, value_name = "BASIS", value_delimiter = ',')]
    basis: Vec<Basis>,

    /// Only this party, by any of its names; it makes a column even if it stays empty. May be given several times.
    #[arg(long, value_name = "NAME")]
    party: Vec<String>,

    /// Only parties of these kinds, such as department or government.
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<PartyKind>,

    /// Only tasks with these words in their title.
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,

    /// As what [default: as the name of the output says; without one, a table in a terminal, else CSV].
    #[arg(long)]
    format: Option<Format>,

    /// The file to make; `-` is standard output.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace a file that is there already.
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    as_of: AsOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text, as wide as the terminal.
    Table,
    /// A line a row.
    Csv,
    /// A workbook.
    Xlsx,
    /// One document.
    Json,
}

/// A word and the depth behind its colon; nothing if that is no depth.
fn with_depth(word: &str) -> Option<(&str, Option<Depth>)> {
    match word.split_once(':') {
        None => Some((word, None)),
        Some((word, depth)) => Some((word, Some(depth.parse().ok()?))),
    }
}

fn rows_by(word: &str) -> Result<RowsBy, String> {
    match with_depth(word) {
        Some(("task", None)) => Ok(RowsBy::Task),
        Some(("section", depth)) => Ok(RowsBy::Section(depth)),
        Some(("plan", None)) => Ok(RowsBy::Plan),
        _ => Err("rows are task, section, section:DEPTH or plan".to_owned()),
    }
}

fn columns_by(word: &str) -> Result<ColumnsBy, String> {
    match with_depth(word) {
        Some(("party", None)) => Ok(ColumnsBy::Party),
        Some(("kind", None)) => Ok(ColumnsBy::Kind),
        Some(("place", depth)) => Ok(ColumnsBy::Place(depth)),
        Some(("parent", depth)) => Ok(ColumnsBy::Parent(depth)),
        _ => Err("columns are party, kind, place, place:DEPTH, parent or parent:DEPTH".to_owned()),
    }
}

impl Matrix {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let format = self.format()?;
        let target = self
            .output
            .as_deref()
            .filter(|path| *path != Path::new("-"));
        let file = target
            .map(|path| NewFile::at(path, self.force))
            .transpose()?;
        let (snapshot, view) = self.as_of.view().await?;
        let request = self.request(&view)?;
        let matrix = view.matrix(&request)?;
        let squares = matrix.rows.len() * matrix.columns.len();
        if format != Format::Json && squares > MOST_SQUARES {
            bail!(
                "this matrix has {} rows and {} columns, too many to draw: name plans or parties, roll it up with --rows \
                 plan or --columns kind, or take --format json",
                matrix.rows.len(),
                matrix.columns.len()
            );
        }
        let bytes = self.written(format, &snapshot, &view, &matrix, file.is_some())?;
        match (file, target) {
            (Some(mut file), Some(path)) => {
                file.write_all(&bytes)?;
                file.put_in_place()?;
                terminal.remark(format!(
                    "{} rows, {} columns and {} cells went to {}",
                    matrix.rows.len(),
                    matrix.columns.len(),
                    matrix.cells.len(),
                    path.display()
                ));
            }
            _ => io::stdout().lock().write_all(&bytes)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    fn format(&self) -> anyhow::Result<Format> {
        let has_file = self.output.as_deref();
        let extension = has_file
            .and_then(Path::extension)
            .and_then(|name| name.to_str());
        let format = match (self.format, extension) {
            (Some(format), _) => format,
            (None, Some("csv")) => Format::Csv,
            (None, Some("xlsx")) => Format::Xlsx,
            (None, Some("json")) => Format::Json,
            (None, Some("txt")) => Format::Table,
            (None, _) if has_file.is_some_and(|path| path != Path::new("-")) => {
                bail!("--output has none of the names .csv, .xlsx, .json, .txt: say --format")
            }
            (None, _) if io::stdout().is_terminal() => Format::Table,
            (None, _) => Format::Csv,
        };
        if format == Format::Xlsx && self.output.is_none() {
            bail!("a workbook goes to a file: name it with --output FILE.xlsx");
        }
        Ok(format)
    }

    fn request(&self, view: &View) -> anyhow::Result<MatrixRequest> {
        let plans = self.plans.iter().map(|code| plan(view, code));
        let mut parties = vec![];
        for name in &self.party {
            parties.extend(parties_called(view, name)?);
        }
        let party_filter = (!self.kind.is_empty()).then(|| PartyFilter {
            kinds: self.kind.clone(),
            valid: Valid::Any,
            ..PartyFilter::default()
        });
        Ok(MatrixRequest {
            plans: plans.collect::<anyhow::Result<_>>()?,
            tasks: TaskFilter {
                words: self.words.as_deref().map(Words::new),
                ..TaskFilter::default()
            },
            rows: self.rows,
            parties,
            party_filter,
            columns: self.columns.clone(),
            roles: self.role.clone(),
            bases: self.basis.clone(),
            ..MatrixRequest::default()
        })
    }

    fn written(
        &self,
        format: Format,
        snapshot: &Snapshot,
        view: &View,
        matrix: &Made,
        to_file: bool,
    ) -> anyhow::Result<Vec<u8>> {
        let summary = snapshot.summary();
        let sheet = || Sheet::new(view, matrix, self.rows, &summary.name);
        let lines = |mut text: String| {
            text.push('\n');
            text.into_bytes()
        };
        Ok(match format {
            Format::Table => lines(Grid::of(view, matrix).render(terminal::width())),
            Format::Csv if to_file => {
                let table = csv(&sheet(), Terminator::CRLF)?;
                [BYTE_ORDER_MARK, &table].concat()
            }
            Format::Csv => csv(&sheet(), Terminator::Any(b'\n'))?,
            Format::Xlsx => xlsx(&sheet())
                .context("this matrix does not fit a workbook: name plans or parties")?,
            Format::Json => {
                let value = json(view, matrix, &summary.code);
                lines(serde_json::to_string_pretty(&value)?)
            }
        })
    }
}

fn plan(view: &View, code: &str) -> anyhow::Result<PlanRef> {
    if let Some(plan) = view.plan_find_by_code(code) {
        return Ok(plan);
    }
    let page = domain::page::PageRequest::first(MOST_NAMED as u32);
    let known = view.plan_page(&PlanFilter::default(), &page)?;
    let codes = known
        .items
        .into_iter()
        .map(|plan| view.text(view.thing(plan).code));
    let codes: Vec<_> = codes.collect();
    let more = if known.has_next { ", …" } else { "" };
    bail!(
        "no plan is called {code:?}: there are {}{more}",
        codes.join(", ")
    )
}

fn parties_called(view: &View, name: &str) -> anyhow::Result<Vec<PartyRef>> {
    let parties = view.party_find_by_name(name);
    if parties.is_empty() {
        bail!("no party is called {name:?} by any of its names");
    }
    Ok(parties)
}
