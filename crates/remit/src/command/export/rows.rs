//! The interchange form.

use super::{Taking, destination::Directory};
use crate::terminal::Unit;
use anyhow::Context as _;
use domain::{
    export::{Keys, UnsaidCounts, interchange::Interchange},
    image::{self, Image, PlanRef},
};
use ingest::{
    export::Heading,
    interchange::{File, Line},
};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufWriter, Write as _},
};

/// Where stands what the rows do not say.
pub(super) const REPORT: &str = "report.json";

/// How many tasks have their texts in memory at once.
const LOT: usize = 500;

/// The files that are written.
pub(super) fn files() -> impl Iterator<Item = &'static str> {
    File::ALL.into_iter().map(File::name).chain([REPORT])
}

/// The four files, as they are being written.
struct Files {
    files: [(File, BufWriter<fs::File>, u64); 4],
    line: Vec<u8>,
}

impl Files {
    fn new(directory: &Directory) -> io::Result<Self> {
        let [party, plan, task, assignment] =
            File::ALL.map(|file| io::Result::Ok((file, directory.file(file.name())?, 0)));
        Ok(Self {
            files: [party?, plan?, task?, assignment?],
            line: vec![],
        })
    }

    fn write<L: Line>(&mut self, row: &L) -> io::Result<()> {
        self.line.clear();
        row.append_to(&mut self.line);
        let (_, file, rows) = &mut self.files[L::FILE as usize];
        *rows += 1;
        file.write_all(&self.line)
    }

    /// How many rows each file has.
    fn finish(self) -> io::Result<BTreeMap<&'static str, u64>> {
        let mut counts = BTreeMap::new();
        for (file, mut out, rows) in self.files {
            out.flush()?;
            counts.insert(file.name(), rows);
        }
        Ok(counts)
    }
}

/// What stands in the report beside the rows.
#[derive(Serialize)]
struct Report<'a> {
    of: Heading<'a>,
    /// Whose ids the rows have; nothing: our own.
    ids_of: Option<&'a str>,
    rows: BTreeMap<&'static str, u64>,
    /// What the register holds and these files do not say.
    unsaid: Vec<UnsaidLine>,
}

#[derive(Serialize)]
struct UnsaidLine {
    what: &'static str,
    count: u64,
}

impl Taking {
    /// Writes the four files and the report, and tells how many rows there are.
    pub(super) async fn interchange(
        &self,
        source: Option<&str>,
        directory: &Directory,
    ) -> anyhow::Result<(u64, UnsaidCounts)> {
        let keys = match source {
            Some(source) => self.keys(source).await?,
            None => Keys::default(),
        };
        let mut files = Files::new(directory).context("cannot make the files")?;
        let mut rows = Interchange::new(&self.contents, &keys);
        for party in self.contents.parties() {
            files.write(&rows.party(party))?;
        }
        let plans = self.contents.plans();
        let bar = self
            .terminal
            .bar(plans.len() as u64, Unit::Things, "exporting");
        for plan in plans {
            self.plan(plan, &mut rows, &mut files).await?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        let unsaid = rows.finish();
        let counts = files.finish()?;
        let total = counts.values().sum();
        let report = Report {
            of: self.heading(),
            ids_of: source,
            rows: counts,
            unsaid: unsaid
                .iter()
                .map(|(what, count)| UnsaidLine {
                    what: what.words(),
                    count,
                })
                .collect(),
        };
        let mut file = directory.file(REPORT)?;
        serde_json::to_writer_pretty(&mut file, &report)?;
        file.write_all(b"\n")?;
        file.flush()?;
        Ok((total, unsaid))
    }

    async fn plan(
        &self,
        plan: PlanRef,
        rows: &mut Interchange<'_>,
        files: &mut Files,
    ) -> anyhow::Result<()> {
        let Some(row) = rows.plan(plan) else {
            return Ok(());
        };
        files.write(&row)?;
        for tasks in self.contents.tasks(plan).chunks(LOT) {
            let texts = self.long_texts(&self.contents.body_texts(tasks)).await?;
            for &task in tasks {
                let Some(row) = rows.task(task, self.contents.body(task, &texts)?) else {
                    continue;
                };
                files.write(&row)?;
                for assignment in self.contents.assignments(task) {
                    if let Some(row) = rows.assignment(assignment) {
                        files.write(&row)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What a source calls the things that rows are of. At a million tasks this takes some hundred megabytes.
    async fn keys(&self, source: &str) -> anyhow::Result<Keys> {
        let keys = Keys::default();
        let keys = self.keys_of::<image::Party>(keys, source).await?;
        let keys = self.keys_of::<image::Plan>(keys, source).await?;
        let keys = self.keys_of::<image::Task>(keys, source).await?;
        let keys = self.keys_of::<image::Assignment>(keys, source).await?;
        if keys.is_empty() {
            anyhow::bail!(
                "nothing was loaded from {source:?}: leave --source out, or correct its name"
            );
        }
        Ok(keys)
    }

    async fn keys_of<I: Image>(&self, keys: Keys, source: &str) -> anyhow::Result<Keys> {
        let seq = self.contents.view.seq();
        let known = self.snapshot.origins(source, I::ENTITY, seq).await;
        Ok(keys.with::<I>(known.context("cannot read what was loaded before")?))
    }

    /// Says what the files do not.
    pub(super) fn tell_unsaid(&self, unsaid: &UnsaidCounts) {
        if unsaid.iter().next().is_none() {
            return;
        }
        let lines: Vec<_> = unsaid
            .iter()
            .map(|(what, count)| format!("  {count:>8}  {what}"))
            .collect();
        self.terminal.remark(format!(
            "what this form cannot say ({REPORT} lists it too; --format json says all of it):\n{}",
            lines.join("\n")
        ));
    }
}
