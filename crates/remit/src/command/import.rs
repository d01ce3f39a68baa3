//! `remit import`

mod server;

use super::extract::read_directory;
use crate::{
    config::{Storage, TextLimit},
    env::{self, SystemEnv},
    input, summary,
    terminal::Terminal,
};
use anyhow::{Context as _, bail};
use api::{
    Served,
    import::{NewDocument, Signature, import_directory, import_document},
};
use clap::Args;
use domain::time::Day;
use server::{Said, ServerOptions};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use store::{Store, StoreError, Written};

/// Read documents and party directories and keep what they say.
///
/// A file that ends in `.csv` is a party directory, unless its columns are those of a responsibility table; any other is a
/// document (text, web page, Word, Excel, CSV or PDF file, whatever it is called), which becomes a plan with its tasks and
/// assignments in one changeset. Directories go first, so that documents find their parties. What was imported before is
/// not imported again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit import parties.csv plan.txt\n  \
    remit import plan.txt --code 津政办发〔2021〕42号 --dry-run\n  \
    remit import plan.txt --server http://127.0.0.1:8080\n  \
    curl -s https://example.org/plan.txt | remit import -")]
pub(crate) struct Import {
    /// The files; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Only tell what would be kept.
    #[arg(long)]
    dry_run: bool,

    /// What the plan is to be called by, else its document's number; for one document only.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,

    /// From when a document holds that states neither its day of issue nor of posting, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DAY")]
    valid_from: Option<Day>,

    #[command(flatten)]
    text_limit: TextLimit,

    #[command(flatten)]
    server: ServerOptions,

    #[command(flatten)]
    storage: Storage,
}

impl Import {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let documents = self.files.iter().filter(|file| !is_directory(file)).count();
        if self.code.is_some() && documents != 1 {
            bail!("--code is for one document, and these are {documents}: import them one by one");
        }
        if let Some(server) = self.server.server()? {
            let said = Said {
                register: self.storage.register().map(str::to_owned),
                code: self.code,
                valid_from: self.valid_from,
                dry_run: self.dry_run,
            };
            let limit = self.text_limit.bytes;
            tokio::task::block_in_place(|| server.import(&self.files, &said, limit, terminal))?;
            return Ok(ExitCode::SUCCESS);
        }
        let store = self.storage.store().await.map_err(beside_a_server)?;
        let importer = Importer {
            served: Served {
                stores: vec![store.clone()],
                env: Arc::new(SystemEnv),
                document_limit: self.text_limit.bytes,
            },
            store,
            code: self.code,
            valid_from: self.valid_from,
            dry_run: self.dry_run,
        };
        let database = importer.store.database().clone();
        importer.import(&self.files, terminal).await?;
        database.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Where another process serves the file, it is the one to ask.
fn beside_a_server(error: anyhow::Error) -> anyhow::Error {
    if let Some(StoreError::Served) = error.downcast_ref() {
        return error.context(
            "the documents can be sent to the process that serves: `remit import --server http://ADDRESS FILE`",
        );
    }
    error
}

/// Imports files into one register.
pub(super) struct Importer {
    pub(super) served: Served,
    pub(super) store: Store,
    pub(super) code: Option<String>,
    pub(super) valid_from: Option<Day>,
    pub(super) dry_run: bool,
}

impl Importer {
    /// Imports the directories, then the documents, and prints what was found.
    pub(super) async fn import(&self, files: &[PathBuf], terminal: Terminal) -> anyhow::Result<()> {
        let (directories, documents): (Vec<_>, Vec<_>) =
            files.iter().partition(|file| is_directory(file));
        for file in directories {
            self.directory(file, terminal).await?;
        }
        for file in documents {
            self.document(file, terminal).await?;
        }
        Ok(())
    }

    async fn directory(&self, file: &Path, terminal: Terminal) -> anyhow::Result<()> {
        let directory = read_directory(file, self.served.document_limit)?;
        let parties = directory.entries().len();
        let signature = Signature::of(env::local_actor());
        let imported = import_directory(
            &self.served,
            &self.store,
            directory,
            signature,
            self.dry_run,
        )
        .await;
        let imported = imported.with_context(|| format!("cannot import {}", input::name(file)))?;
        let outcome = outcome(imported.written.as_ref(), imported.changes);
        terminal.show(format!(
            "{}: {parties} parties, {outcome}",
            input::name(file)
        ))?;
        Ok(())
    }

    async fn document(&self, file: &Path, terminal: Terminal) -> anyhow::Result<()> {
        let document = NewDocument {
            bytes: input::read(file, self.served.document_limit)?,
            address: address(file),
            code: self.code.clone(),
            valid_from: self.valid_from,
        };
        let signature = Signature::of(env::local_actor());
        let imported =
            import_document(&self.served, &self.store, document, signature, self.dry_run).await;
        let imported = imported.with_context(|| format!("cannot import {}", input::name(file)))?;
        let outcome = outcome(imported.written.as_ref(), imported.changes);
        terminal.show(format!("{}: {outcome}\n", input::name(file)))?;
        let view = self.store.view(self.served.today(&self.store));
        let plan = imported.plan.and_then(|plan| view.find(plan));
        match plan {
            Some(plan) => terminal.show(summary::of_plan(&view, plan, &imported.reading))?,
            None => terminal.show(summary::of_reading(&imported.reading))?,
        }
        terminal.show("")?;
        Ok(())
    }
}

fn outcome(written: Option<&Written>, changes: usize) -> String {
    match written {
        None if changes == 0 => "nothing would change".to_owned(),
        None => format!("{changes} changes would be made; this was a dry run"),
        Some(Written::Committed(changeset)) => {
            format!(
                "{} changes, kept as changeset {}",
                changeset.changes.len(),
                changeset.seq
            )
        }
        Some(Written::Unchanged(_) | Written::Repeated(_)) => {
            "is kept already, nothing changed".to_owned()
        }
    }
}

/// Whether a file is a party directory.
fn is_directory(file: &Path) -> bool {
    let named = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    // A file that cannot be read says so where it is imported.
    named && !std::fs::read(file).is_ok_and(|bytes| ingest::is_responsibility_table(&bytes))
}

/// Where a document came from, as the register keeps it: the file's name, which says nothing of this machine.
fn address(file: &Path) -> Option<String> {
    let name = file
        .file_name()
        .filter(|_| !input::is_standard_input(file))?;
    Some(name.to_string_lossy().into_owned())
}
