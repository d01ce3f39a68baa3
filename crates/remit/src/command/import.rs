//! `remit import`

mod folder;
mod review;
mod server;

use crate::{
    config::{Storage, TextLimit},
    env::{self, SystemEnv},
    input, outcome,
    server::ServerOptions,
    summary,
    terminal::Terminal,
};
use anyhow::{Context as _, bail};
use api::{
    Served,
    import::{
        Again, NewDocument, ReadDocument, Reader, Signature, accept_document, import_directory,
    },
};
use clap::{Args, value_parser};
use domain::{clause::Confidence, time::Day};
use server::Said;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use store::{Store, StoreError};

/// Read documents and party directories and keep what they say.
///
/// A file that ends in `.csv` is a party directory, unless its columns are those of a responsibility table; any other is a
/// document (text, web page, Word, Excel, CSV or PDF file, whatever it is called), which becomes a plan with its tasks and
/// assignments in one changeset. Directories go first, so that documents find their parties. What was imported before is
/// not imported again.
///
/// A folder stands for all files in it: they are read several at a time and accepted in the order of their names, a bad
/// one stops none of the others, and a table at the end tells what came of each. The exit code is 1 if one failed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit import parties.csv plan.txt\n  \
    remit import plan.txt --code 津政办发〔2021〕42号 --dry-run\n  \
    remit import plan.txt --server http://127.0.0.1:8080\n  \
    remit import plan.txt --review\n  \
    remit import plans/ --accept-above 0.9\n  \
    remit import plan-2024.txt --supersedes 津政办发〔2021〕42号\n  \
    curl -s https://example.org/plan.txt | remit import -")]
pub(crate) struct Import {
    /// The files, or folders of them; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Only tell what would come of it, and keep nothing.
    #[arg(long, conflicts_with_all = ["review", "accept_above"])]
    dry_run: bool,

    /// Leave each document as a draft for a person, and print what is doubtful in it.
    #[arg(long, conflicts_with = "accept_above")]
    review: bool,

    /// Accept what is at least so sure (0 to 1), and leave the rest in a draft.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    accept_above: Option<Confidence>,

    /// Read documents that were accepted before anew, and accept what is read otherwise now.
    #[arg(long)]
    reread: bool,

    /// The code of the plan of which the document is a newer version: what it no longer says ends on its day.
    #[arg(long, value_name = "CODE", conflicts_with = "code")]
    supersedes: Option<String>,

    /// What the plan is to be called by, else its document's number; for one document only.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,

    /// From when a document holds that states neither its day of issue nor of posting, YYYY-MM-DD [default: today].
    #[arg(long, value_name = "DAY")]
    valid_from: Option<Day>,

    /// How many documents of a folder are read at a time [default: one a processor].
    #[arg(long, value_name = "NUMBER", value_parser = value_parser!(u16).range(1..))]
    jobs: Option<u16>,

    #[command(flatten)]
    text_limit: TextLimit,

    #[command(flatten)]
    server: ServerOptions,

    #[command(flatten)]
    storage: Storage,
}

/// Reads a share of one.
pub(super) fn share(text: &str) -> Result<Confidence, String> {
    let share = text.parse::<f64>().ok();
    let share = share.filter(|share| (0.0..=1.0).contains(share));
    let share = share.ok_or("write a number from 0 to 1, such as 0.9")?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it lies between 0 and 100"
    )]
    let percent = (share * 100.0).round() as u8;
    Ok(Confidence::percent(percent))
}

impl Import {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let folder = self.files.iter().any(|file| file.is_dir());
        let documents = self.files.iter().filter(|file| !is_directory(file)).count();
        let for_one = [("--code", &self.code), ("--supersedes", &self.supersedes)];
        for (flag, given) in for_one {
            if given.is_some() && (documents != 1 || folder) {
                bail!("{flag} is for one document: import it by itself");
            }
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
            again: if self.reread {
                Again::Compare
            } else {
                Again::Leave
            },
            supersedes: self.supersedes,
            manner: match (self.review, self.accept_above) {
                (true, _) => Manner::Review,
                (false, Some(least)) => Manner::AcceptAbove(least),
                (false, None) => Manner::Accept,
            },
        };
        let database = importer.store.database().clone();
        if folder {
            let ended = importer
                .import_folders(&self.files, self.jobs, terminal)
                .await;
            database.close().await;
            return ended;
        }
        importer.import(&self.files, terminal).await?;
        database.close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// Where another process serves the file, it is the one to ask.
pub(super) fn beside_a_server(error: anyhow::Error) -> anyhow::Error {
    if let Some(StoreError::Served) = error.downcast_ref() {
        return error.context(
            "the documents can be sent to the process that serves: `remit import --server http://ADDRESS FILE`",
        );
    }
    error
}

/// What is done with what was read from a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Manner {
    /// It is accepted whole.
    #[default]
    Accept,
    /// It is left as a draft.
    Review,
    /// What is at least so sure is accepted, the rest is left.
    AcceptAbove(Confidence),
}

/// Imports files into one register.
pub(super) struct Importer {
    pub(super) served: Served,
    pub(super) store: Store,
    pub(super) code: Option<String>,
    pub(super) valid_from: Option<Day>,
    pub(super) dry_run: bool,
    pub(super) again: Again,
    pub(super) supersedes: Option<String>,
    pub(super) manner: Manner,
}

impl Importer {
    /// One that accepts everything whole.
    pub(super) fn new(served: Served, store: Store) -> Self {
        Self {
            served,
            store,
            code: None,
            valid_from: None,
            dry_run: false,
            again: Again::default(),
            supersedes: None,
            manner: Manner::default(),
        }
    }

    /// Imports the directories, then the documents, and prints what was found.
    pub(super) async fn import(&self, files: &[PathBuf], terminal: Terminal) -> anyhow::Result<()> {
        let (directories, documents): (Vec<_>, Vec<_>) =
            files.iter().partition(|file| is_directory(file));
        for file in directories {
            let imported = self.directory(file).await?;
            terminal.show(format!("{}: {imported}", input::name(file)))?;
        }
        for file in documents {
            match self.manner {
                Manner::Accept => self.document(file, terminal).await?,
                Manner::Review | Manner::AcceptAbove(_) => self.reviewed(file, terminal).await?,
            }
        }
        Ok(())
    }

    /// Imports a party directory, and tells what came of it.
    async fn directory(&self, file: &Path) -> anyhow::Result<String> {
        let directory = input::read(file, self.served.document_limit)?;
        let signature = Signature::of(env::local_actor());
        let imported = import_directory(
            &self.served,
            &self.store,
            directory.into(),
            signature,
            self.dry_run,
        )
        .await;
        let imported = imported.with_context(|| cannot(file))?;
        let came = outcome::of(&imported.outcome);
        Ok(format!("{} parties, {came}", imported.parties))
    }

    async fn document(&self, file: &Path, terminal: Terminal) -> anyhow::Result<()> {
        let read = self.document_read(file).await?;
        let signature = Signature::of(env::local_actor());
        let imported =
            accept_document(&self.served, &self.store, read, signature, self.dry_run).await;
        let imported = imported.with_context(|| cannot(file))?;
        let came = outcome::of(&imported.outcome);
        terminal.show(format!("{}: {came}\n", input::name(file)))?;
        let view = imported.outcome.view(self.served.today(&self.store));
        let plan = imported.plan.and_then(|plan| view.find(plan));
        match plan {
            Some(plan) => terminal.show(summary::of_plan(&view, plan, &imported.reading))?,
            None => terminal.show(summary::of_reading(&imported.reading))?,
        }
        terminal.show("")?;
        Ok(())
    }

    /// A reader that knows the register's parties.
    async fn reader(&self) -> Reader {
        let view = self.store.view(self.served.today(&self.store));
        Reader::of(&self.served, &view).await
    }

    /// Reads a document with the names that the register knows now.
    async fn document_read(&self, file: &Path) -> anyhow::Result<ReadDocument> {
        let document = self.read(file)?;
        let read = self.reader().await.read(document).await;
        read.with_context(|| cannot(file))
    }

    fn read(&self, file: &Path) -> anyhow::Result<NewDocument> {
        Ok(NewDocument {
            bytes: input::read(file, self.served.document_limit)?,
            address: address(file),
            code: self.code.clone(),
            valid_from: self.valid_from,
            again: self.again,
            supersedes: self.supersedes.clone(),
        })
    }
}

fn cannot(file: &Path) -> String {
    format!("cannot import {}", input::name(file))
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
