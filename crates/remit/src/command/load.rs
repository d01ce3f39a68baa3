//! `remit load`

mod report;

use crate::{
    config::Storage,
    env::SystemEnv,
    terminal::{Terminal, Unit},
};
use anyhow::{Context as _, bail};
use api::env::Env as _;
use bytes::Bytes;
use clap::Args;
use domain::{
    change::{Actor, Change},
    command::load::{
        Absent, LoadContext, LoadParties, LoadPlan, LoadRefused, Origins, PlanRows, Rows,
        code_of_source,
    },
    text::Sha256,
    time::Day,
    view::View,
};
use ingest::interchange::{File, Reader, Reading};
use jiff::tz::TimeZone;
use report::Report;
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use store::{Store, Write, WriteError, Written};

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
    #[arg(long, value_name = "NAME", value_parser = source)]
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

fn source(name: &str) -> Result<String, String> {
    const LONGEST: usize = 64;
    let allowed = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.chars().count() > LONGEST || !name.chars().all(allowed) {
        return Err(format!(
            "a source has 1 to {LONGEST} letters, digits, hyphens, underscores and dots"
        ));
    }
    Ok(name.to_owned())
}

impl Load {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let reader = read(&self.directory, terminal)?;
        let store = self.storage.store().await?;
        let origins = origins(&store, &self.source).await?;
        let reading = reader.finish(&origins);
        report::reading(&reading, terminal);
        let Reading { rows, problems, .. } = reading;
        if !problems.is_empty() && !self.skip_bad_lines {
            bail!(
                "nothing was loaded: correct these lines, or go on without them by --skip-bad-lines"
            );
        }
        let zone = TimeZone::get(&store.summary().time_zone).unwrap_or(TimeZone::UTC);
        let loader = Loader {
            actor: SystemEnv.local_actor(),
            source: self.source,
            absent: if self.complete {
                Absent::End
            } else {
                Absent::Stay
            },
            today: SystemEnv.today(&zone),
            store,
        };
        let report = loader.load(rows, terminal).await?;
        terminal.result(report)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Reads all lines of all files.
fn read(directory: &Path, terminal: Terminal) -> anyhow::Result<Reader> {
    let mut files = vec![];
    for file in File::ALL {
        let path = directory.join(file.name());
        let open = || {
            let open = fs::File::open(&path)?;
            let size = open.metadata()?.len();
            Ok::<_, std::io::Error>((open, size))
        };
        let (open, size) = open().with_context(|| {
            format!(
                "cannot read {}: a load needs all four files, though they may be empty",
                path.display()
            )
        })?;
        files.push((file, path, open, size));
    }
    let bar = terminal.bar(
        files.iter().map(|(.., size)| size).sum(),
        Unit::Bytes,
        "reading",
    );
    let mut reader = Reader::default();
    for (file, path, open, _) in files {
        let mut lines = BufReader::new(open);
        let mut line = vec![];
        loop {
            line.clear();
            let length = lines.read_until(b'\n', &mut line);
            let length = length.with_context(|| format!("cannot read {}", path.display()))?;
            if length == 0 {
                break;
            }
            reader.line(file, &line);
            bar.inc(length as u64);
        }
    }
    bar.finish_and_clear();
    Ok(reader)
}

/// Which thing of the register each key of a source means.
async fn origins(store: &Store, source: &str) -> anyhow::Result<Origins> {
    let mut origins = Origins::new(source);
    for kind in Origins::KINDS {
        let keys = store.origins(source, kind).await;
        origins = origins.with(kind, keys.context("cannot read what was loaded before")?);
    }
    Ok(origins)
}

struct Loader {
    store: Store,
    source: String,
    actor: Actor,
    absent: Absent,
    today: Day,
}

impl Loader {
    async fn load(&self, rows: Rows, terminal: Terminal) -> anyhow::Result<Report> {
        let Rows {
            parties,
            plans,
            tasks,
            assignments,
        } = rows;
        let mut report = Report::default();
        let mut context = self.context().await?;
        let rows: Arc<[_]> = parties.into();
        let written = self.commit("party.loaded", &[], &mut context, move |context, view| {
            let rows = Arc::clone(&rows);
            LoadParties { rows, context }.decide(view)
        });
        report.add(&written.await.context("cannot load the parties")?);

        // The parties that are new have keys now.
        context = self.context().await?;
        let view = self.store.view(self.today);
        let codes: Vec<_> = plans
            .iter()
            .map(|plan| code_of_source(&self.source, &plan.code))
            .collect();
        let groups = PlanRows::group(plans, tasks, assignments, &context, &view);
        let bar = terminal.bar(groups.len() as u64, Unit::Things, "loading");
        for rows in groups {
            let texts: Vec<_> = rows.texts().map(text).collect();
            let rows = Arc::new(rows);
            let plan = rows.key.clone();
            let written = self.commit("plan.loaded", &texts, &mut context, move |context, view| {
                let rows = Arc::clone(&rows);
                LoadPlan { rows, context }.decide(view)
            });
            report.add(
                &written
                    .await
                    .with_context(|| format!("cannot load the plan {plan}"))?,
            );
            bar.inc(1);
        }
        bar.finish_and_clear();
        let view = self.store.view(self.today);
        let named = |code: &String| view.plan_find_by_code(code).is_some();
        report.renamed = codes.into_iter().filter(named).collect();
        Ok(report)
    }

    /// What was loaded before, as the register now stands. The head is asked first: should somebody write in between,
    /// it no longer is the head when the load is decided, and that is noticed then.
    async fn context(&self) -> anyhow::Result<LoadContext> {
        self.store
            .catch_up()
            .await
            .context("cannot follow the log")?;
        Ok(LoadContext {
            head: self.store.register().seq(),
            origins: Arc::new(origins(&self.store, &self.source).await?),
            absent: self.absent,
            today: self.today,
            ids: SystemEnv.new_id(),
        })
    }

    /// Commits one changeset of the load; decides anew if somebody else has written meanwhile.
    async fn commit(
        &self,
        action: &str,
        texts: &[(Sha256, Bytes)],
        context: &mut LoadContext,
        decide: impl Fn(LoadContext, &View) -> Result<Vec<Change>, LoadRefused> + Clone + Send + 'static,
    ) -> anyhow::Result<Written> {
        loop {
            context.ids = SystemEnv.new_id();
            let write = Write {
                actor: self.actor.clone(),
                action: action.to_owned(),
                reason: Some(format!("loaded from {}", self.source)),
                authority: None,
                idempotency: None,
                texts: texts.to_vec(),
                today: self.today,
            };
            let (decide, decided_with) = (decide.clone(), context.clone());
            let written = self
                .store
                .write(write, move |view| decide(decided_with.clone(), view));
            match written.await {
                Ok(written) => {
                    context.head = written.seq();
                    return Ok(written);
                }
                Err(WriteError::Refused(LoadRefused::Overtaken)) => {
                    *context = self.context().await?
                }
                Err(WriteError::Refused(refused)) => return Err(refused.into()),
                Err(WriteError::Store(error)) => return Err(error.into()),
            }
        }
    }
}

fn text(text: &str) -> (Sha256, Bytes) {
    let text = text.as_bytes();
    (Sha256::of(text), Bytes::copy_from_slice(text))
}
