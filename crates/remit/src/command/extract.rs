//! `remit extract`

use crate::{config::TextLimit, explanation, input, summary, terminal};
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use domain::directory::Directory;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Read a document and print what it says, without keeping anything.
///
/// Prints the draft that `remit import` would accept: sections, tasks, clauses, parties with their roles, targets,
/// deadlines and problems, each with the characters that say it. No database is touched.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit extract plan.txt --format table\n  \
    remit extract plan.txt --explain | less\n  \
    remit extract plan.txt --directory parties.csv | jq '.clauses[].parties[].text'\n  \
    curl -s https://example.org/plan.txt | remit extract -")]
pub(crate) struct Extract {
    /// The document: text, web page, Word, Excel, CSV or PDF file, whatever it is called; `-` is standard input.
    file: PathBuf,

    /// How to print it: the whole draft for programs, or an overview for people.
    #[arg(long, default_value = "json")]
    format: Format,

    /// Show for each fact the words that say it, the rule that found it and how sure it is.
    #[arg(long, conflicts_with = "format")]
    explain: bool,

    /// A party directory (CSV), from which names get their kinds.
    #[arg(long, value_name = "CSV")]
    directory: Option<PathBuf>,

    /// The place whose government speaks, such as 天津市, where the text does not show it.
    #[arg(long, value_name = "PLACE")]
    jurisdiction: Option<String>,

    #[command(flatten)]
    text_limit: TextLimit,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// The draft as JSON, after schema/draft.schema.json.
    Json,
    /// Counts, the matrix, targets and problems.
    Table,
}

impl Extract {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let limit = self.text_limit.bytes;
        let directory = self.directory.as_deref();
        let directory = directory
            .map(|csv| read_directory(csv, limit))
            .transpose()?;
        let bytes = input::read(&self.file, limit)?;
        let options = ingest::Options {
            limit,
            directory: directory.as_ref(),
            jurisdiction: self.jurisdiction.as_deref(),
            ..ingest::Options::default()
        };
        let reading = ingest::read(&bytes, &options)
            .with_context(|| format!("cannot read {}", input::name(&self.file)))?;
        match self.format {
            _ if self.explain => terminal::result(explanation::of_reading(&reading))?,
            Format::Json => {
                let draft = ingest::json::draft_json(&reading);
                let draft =
                    serde_json::to_string_pretty(&draft).context("cannot print the draft")?;
                terminal::result(draft)?;
            }
            Format::Table => terminal::result(summary::of_reading(&reading))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads a party directory of at most `limit` bytes.
fn read_directory(path: &Path, limit: usize) -> anyhow::Result<Directory> {
    let bytes = input::read(path, limit)?;
    ingest::directory_csv::read(&bytes)
        .with_context(|| format!("cannot read the party directory {}", input::name(path)))
}
