//! `remit export`

mod destination;
mod rows;
mod tables;

use crate::{
    config::{self, Kept, Known},
    env,
    terminal::Terminal,
};
use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use destination::Directory;
pub(in crate::command) use destination::NewFile;
use domain::{export::Contents, time::Day, view::Valid};
use ingest::export::Heading;
use std::{
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};
use store::Snapshot;

/// Take a whole register out, as files.
///
/// interchange: what `remit load` reads, the four files of JSON Lines, with a report.json that lists what this form cannot
/// say. csv: every table in a file of its own, for spreadsheet programs (UTF-8 behind a byte order mark; words that such a
/// program would take for a formula get an apostrophe before them). json: all tables in one document, after
/// schema/export.schema.json.
///
/// The same register as known at the same changeset, asked about the same day, always gives the same bytes. It reads only,
/// and may run beside a server. Files appear when they are complete, or not at all. Documents' own characters are not
/// among them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit export register/                        then: remit load register/ --source NAME\n  \
    remit export sheets/ --format csv --valid-on 2024-06-30\n  \
    remit export - --format json --known-seq 120 | jq '.task[].title'")]
pub(crate) struct Export {
    /// The directory to make, or with `--format json` the file; `-` is standard output, for JSON.
    #[arg(value_name = "OUT")]
    out: PathBuf,

    /// As what.
    #[arg(long, default_value = "interchange")]
    format: Format,

    /// Only the names, assignments, targets and deadlines that hold on this day, YYYY-MM-DD [default: all of them, and
    /// parties called as they are today].
    #[arg(long, value_name = "DAY")]
    valid_on: Option<Day>,

    #[command(flatten)]
    known: Known,

    /// Call things by the ids that they had where they were loaded from; for the interchange form. What does not come
    /// from there is called by its id here.
    #[arg(long, value_name = "NAME", value_parser = config::plain_name)]
    source: Option<String>,

    /// Replace an export that is there already.
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    kept: Kept,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// What `remit load` reads.
    Interchange,
    /// A spreadsheet a table.
    Csv,
    /// One document.
    Json,
}

/// A register that is being taken out.
struct Taking {
    snapshot: Snapshot,
    contents: Contents,
    terminal: Terminal,
}

impl Export {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        if self.source.is_some() && self.format != Format::Interchange {
            bail!("--source is for the interchange form: the others hold our own ids");
        }
        let to_stdout = self.out == Path::new("-");
        match self.format {
            Format::Json if to_stdout => {
                let taking = self.taking(terminal).await?;
                let (_, rows) = taking.json(io::stdout().lock()).await?;
                taking.tell(rows, "standard output");
            }
            Format::Json => {
                let file = NewFile::at(&self.out, self.force)?;
                let taking = self.taking(terminal).await?;
                let (file, rows) = taking.json(file).await?;
                file.put_in_place()?;
                taking.tell(rows, &self.out.display().to_string());
            }
            _ if to_stdout => {
                bail!(
                    "this form has several files: name a directory, or take one document with --format json"
                );
            }
            Format::Csv => {
                let directory = Directory::at(&self.out, self.force)?;
                let taking = self.taking(terminal).await?;
                let rows = taking.csv(&directory).await?;
                directory.put_in_place()?;
                taking.tell(rows, &self.out.display().to_string());
            }
            Format::Interchange => {
                let directory = Directory::at(&self.out, self.force)?;
                let taking = self.taking(terminal).await?;
                let (rows, unsaid) = taking
                    .interchange(self.source.as_deref(), &directory)
                    .await?;
                directory.put_in_place()?;
                taking.tell(rows, &self.out.display().to_string());
                taking.tell_unsaid(&unsaid);
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Reads the register, and picks the view.
    async fn taking(&self, terminal: Terminal) -> anyhow::Result<Taking> {
        let snapshot = self.kept.snapshot().await?;
        let seq = self.known.seq(&snapshot)?;
        let today = env::today(&snapshot.summary().time_zone);
        let contents = Contents {
            view: snapshot.view(seq, self.valid_on.unwrap_or(today)),
            facts: match self.valid_on {
                Some(_) => Valid::OnDay,
                None => Valid::Any,
            },
        };
        Ok(Taking {
            snapshot,
            contents,
            terminal,
        })
    }
}

impl Taking {
    fn heading(&self) -> Heading<'_> {
        let summary = self.snapshot.summary();
        let Contents { view, facts } = &self.contents;
        Heading {
            register: &summary.code,
            name: &summary.name,
            time_zone: &summary.time_zone,
            known_seq: view.seq(),
            known_at: view.known_at(),
            valid_on: view.valid_on(),
            only_valid: *facts == Valid::OnDay,
        }
    }

    fn tell(&self, rows: u64, out: &str) {
        self.terminal.remark(format!(
            "{rows} rows of the register {:?}, as known at changeset {}, went to {out}",
            self.snapshot.summary().code,
            self.contents.view.seq()
        ));
    }

    /// The texts that stand behind digests.
    async fn long_texts(
        &self,
        digests: &[domain::text::Sha256],
    ) -> anyhow::Result<domain::export::LongTexts> {
        let texts = self.snapshot.texts(digests).await;
        let texts = texts.context("cannot read what tasks say")?;
        Ok(texts.into_iter().collect())
    }
}
