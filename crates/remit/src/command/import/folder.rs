//! Importing whole folders: several documents are read at a time, and none stops the others.

use super::{Importer, Manner, is_directory};
use crate::{
    env, input, outcome,
    review::DOUBTFUL,
    terminal::{self, Terminal, Unit},
};
use anyhow::Context as _;
use api::import::{ReadDocument, Signature, accept_document};
use domain::{
    draft::Severity,
    review::{Mark, Review},
};
use futures_util::{StreamExt as _, stream};
use std::{
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
};

/// What came of one file.
struct Row {
    file: String,
    result: Result<Read, String>,
}

/// What was found in a document and what came of it.
struct Read {
    tasks: usize,
    assignments: usize,
    doubtful: usize,
    outcome: String,
}

impl Importer {
    /// Imports all files of folders, and files that are named themselves; tells by the exit code whether one failed.
    pub(super) async fn import_folders(
        &self,
        paths: &[PathBuf],
        jobs: Option<u16>,
        terminal: Terminal,
    ) -> anyhow::Result<ExitCode> {
        let mut files = vec![];
        for path in paths {
            collect(path, &mut files)
                .with_context(|| format!("cannot list {}", input::name(path)))?;
        }
        let (directories, documents): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|file| is_directory(file));
        let mut rows = vec![];
        for file in directories {
            let imported = self.directory(&file).await;
            rows.push(Row {
                file: input::name(&file),
                result: imported
                    .map_err(|error| worded(&error))
                    .map(|outcome| Read {
                        tasks: 0,
                        assignments: 0,
                        doubtful: 0,
                        outcome,
                    }),
            });
        }
        let processors = || thread::available_parallelism().map_or(1, NonZero::get);
        let jobs = jobs.map_or_else(processors, usize::from);
        let bar = terminal.bar(documents.len() as u64, Unit::Things, "importing");
        let reader = self.reader().await;
        let reading = stream::iter(documents).map(|file| {
            let (reader, document) = (reader.clone(), self.read(&file));
            async move {
                let read = match document {
                    Ok(document) => reader.read(document).await.map_err(Into::into),
                    Err(error) => Err(error),
                };
                (file, read)
            }
        });
        // Read out of order, accepted in order: so a folder gives the same register each time.
        let mut reading = std::pin::pin!(reading.buffered(jobs));
        while let Some((file, read)) = reading.next().await {
            let result = match read {
                Ok(read) => self.take(read).await,
                Err(error) => Err(error),
            };
            rows.push(Row {
                file: input::name(&file),
                result: result.map_err(|error| worded(&error)),
            });
            bar.inc(1);
        }
        bar.finish_and_clear();
        let failed = rows.iter().any(|row| row.result.is_err());
        terminal::result(table(rows))?;
        Ok(if failed {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }

    async fn take(&self, read: ReadDocument) -> anyhow::Result<Read> {
        let review = Review::new(read.reading.draft.clone());
        let doubts = review.doubts(DOUBTFUL, &read.reading.text, &[]).len();
        let warnings = review.problems.iter();
        let warnings = warnings.filter(|problem| problem.severity > Severity::Note);
        let named = review
            .parties
            .iter()
            .filter(|named| named.mark == Mark::Read);
        let (tasks, assignments) = (review.tasks.len(), named.count());
        let doubtful = doubts + warnings.count();
        let outcome = match self.manner {
            Manner::Accept => {
                let signature = Signature::of(env::local_actor());
                let (served, store) = (&self.served, &self.store);
                let imported =
                    accept_document(served, store, read, signature, self.dry_run).await?;
                outcome::of(&imported.outcome)
            }
            Manner::Review | Manner::AcceptAbove(_) => self.leave(read).await?.outcome,
        };
        Ok(Read {
            tasks,
            assignments,
            doubtful,
            outcome,
        })
    }
}

/// The files of a folder and of the folders in it, by name; what is hidden is left out.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path)?;
    let mut entries = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<anyhow::Result<Vec<_>>>()?;
    entries.sort_unstable();
    let hidden = |path: &Path| {
        let name = path.file_name();
        name.is_some_and(|name| name.to_string_lossy().starts_with('.'))
    };
    for entry in entries {
        if !hidden(&entry) {
            collect(&entry, files)?;
        }
    }
    Ok(())
}

/// An error with all that lies beneath, in one line.
fn worded(error: &anyhow::Error) -> String {
    let mut said = String::new();
    for cause in error.chain() {
        let cause = cause.to_string();
        if !said.ends_with(&cause) {
            if !said.is_empty() {
                said.push_str(": ");
            }
            said.push_str(&cause);
        }
    }
    terminal::plain(&said)
}

fn table(rows: Vec<Row>) -> String {
    let (mut read, mut doubtful, mut failed) = (0, 0, 0);
    let mut table = terminal::table(&["file", "tasks", "parties", "doubtful", "result"]);
    for Row { file, result } in rows {
        let file = terminal::plain(&file);
        match result {
            Ok(found) => {
                read += 1;
                doubtful += usize::from(found.doubtful > 0);
                table.add_row([
                    file,
                    found.tasks.to_string(),
                    found.assignments.to_string(),
                    found.doubtful.to_string(),
                    found.outcome,
                ]);
            }
            Err(why) => {
                failed += 1;
                let nothing = String::new;
                table.add_row([
                    file,
                    nothing(),
                    nothing(),
                    nothing(),
                    format!("failed: {why}"),
                ]);
            }
        }
    }
    let table = terminal::text(table, 2);
    format!("{table}\n\n{read} read, {doubtful} of them doubtful, {failed} failed")
}
