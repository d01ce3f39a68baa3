//! `remit load`

mod files;
mod loading;
mod report;

use crate::{
    config::{self, Storage},
    env,
    terminal::{self, Terminal},
};
use anyhow::bail;
use clap::Args;
use domain::command::load::Absent;
use files::Files;
use ingest::interchange::Reading;
use loading::Loading;
use std::{path::PathBuf, process::ExitCode};
use store::StoreError;

/// Bring in a register that is kept elsewhere, or newer files of it.
///
/// DIR holds party.jsonl, plan.jsonl, task.jsonl and assignment.jsonl, a JSON object a line. The source's name scopes
/// the ids in them: loading the same files twice changes nothing, loading newer files brings only the differences, and two
/// sources never merge. All lines are checked before anything is kept; then the parties are one changeset, and each plan
/// is one.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit load export/ --source oa\n  \
    remit load export/ --source oa --complete    what is not in the files any more ends today")]
pub(crate) struct Load {
    /// The directory of the files. All four must be there; a file may be empty.
    #[arg(value_name = "DIR")]
    directory: PathBuf,

    /// The name of the system that the files come from.
    #[arg(long, value_name = "NAME", value_parser = config::plain_name)]
    source: String,

    /// The files are complete: what this source loaded before and they do not list ends today.
    #[arg(long)]
    complete: bool,

    /// Load the good lines even if others cannot be read or refer to nothing.
    #[arg(long, conflicts_with = "complete")]
    skip_bad_lines: bool,

    #[command(flatten)]
    storage: Storage,
}

impl Load {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let mut files = Files::open(&self.directory)?;
        let reader = files.read(terminal)?;
        let store = self.storage.store().await.map_err(beside_a_server)?;
        let loading = Loading {
            actor: env::local_actor(),
            source: self.source,
            absent: if self.complete {
                Absent::End
            } else {
                Absent::Stay
            },
            today: env::today(&store.summary().time_zone),
            store,
        };
        let context = loading.context().await?;
        let reading = loading.finish(reader, &context);
        report::reading(&reading);
        let Reading {
            parties,
            plans,
            problems,
            ..
        } = reading;
        if !problems.is_empty() && !self.skip_bad_lines {
            bail!(
                "nothing was loaded: correct these lines, or go on without them by --skip-bad-lines"
            );
        }
        let database = loading.store.database().clone();
        let report = loading.load(parties, plans, files, context, terminal);
        terminal::result(report.await?)?;
        database.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// A load decides plan by plan on all that its source has loaded before, which only a process with the register in memory
/// can do; so it is not sent to a server, and where one process serves the file it has to wait.
fn beside_a_server(error: anyhow::Error) -> anyhow::Error {
    if let Some(StoreError::Served) = error.downcast_ref() {
        return error.context(
            "a load cannot be sent to the process that serves: stop that one, load, and start it again, or keep the \
             register in PostgreSQL, where others may write beside it",
        );
    }
    error
}
