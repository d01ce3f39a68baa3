//! The four files of a load: all lines once, and then single lines again where they were found to be.

use crate::terminal::{Terminal, Unit};
use anyhow::{Context as _, bail};
use domain::command::load::PlanRows;
use ingest::interchange::{self, File, PlanLines, Reader};
use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
};

/// The open files, in their order.
pub(super) struct Files(Vec<Lines>);

/// The lines of one file.
struct Lines {
    file: File,
    path: PathBuf,
    size: u64,
    open: BufReader<fs::File>,
    /// At which byte the next line that is read begins.
    next: u64,
    line: Vec<u8>,
}

impl Files {
    /// Opens all of them.
    pub(super) fn open(directory: &Path) -> anyhow::Result<Self> {
        let open = |file: File| {
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
            Ok(Lines {
                file,
                path,
                size,
                open: BufReader::new(open),
                next: 0,
                line: vec![],
            })
        };
        Ok(Self(
            File::ALL
                .into_iter()
                .map(open)
                .collect::<anyhow::Result<_>>()?,
        ))
    }

    /// Reads all lines of all files.
    pub(super) fn read(&mut self, terminal: Terminal) -> anyhow::Result<Reader> {
        let sizes = self.0.iter().map(|lines| lines.size);
        let bar = terminal.bar(sizes.sum(), Unit::Bytes, "checking");
        let mut reader = Reader::default();
        for lines in &mut self.0 {
            loop {
                let offset = lines.next;
                let line = lines.read_line()?;
                if line.is_empty() {
                    break;
                }
                bar.inc(line.len() as u64);
                let (file, line) = (lines.file, &lines.line);
                reader.line(file, offset, line);
            }
        }
        bar.finish_and_clear();
        Ok(reader)
    }

    /// Reads the lines of one plan again.
    pub(super) fn plan(&mut self, plan: PlanLines) -> anyhow::Result<PlanRows> {
        let [_, _, tasks, assignments] = &mut self.0[..] else {
            unreachable!("there are four files")
        };
        let PlanLines {
            key,
            plan,
            tasks: task_lines,
            assignments: assignment_lines,
        } = plan;
        let task = |offset: u64| match interchange::task(tasks.line(offset)?) {
            Some(row) if row.plan == key => Ok(row),
            _ => bail!(tasks.changed(offset)),
        };
        let rows_of_tasks = task_lines.into_iter().map(task);
        let rows_of_tasks = rows_of_tasks.collect::<anyhow::Result<_>>()?;
        let assignment = |offset: u64| match interchange::assignment(assignments.line(offset)?) {
            Some(row) => Ok(row),
            None => bail!(assignments.changed(offset)),
        };
        let rows_of_assignments = assignment_lines.into_iter().map(assignment);
        Ok(PlanRows {
            plan,
            tasks: rows_of_tasks,
            assignments: rows_of_assignments.collect::<anyhow::Result<_>>()?,
            key,
        })
    }
}

impl Lines {
    /// Reads the next line; an empty one is the end of the file.
    fn read_line(&mut self) -> anyhow::Result<&[u8]> {
        self.line.clear();
        let length = self.open.read_until(b'\n', &mut self.line);
        let length = length.with_context(|| format!("cannot read {}", self.path.display()))?;
        self.next += length as u64;
        Ok(&self.line)
    }

    /// Reads the line that begins at `offset`. Lines that stand together are read together.
    fn line(&mut self, offset: u64) -> anyhow::Result<&[u8]> {
        let ahead = offset.wrapping_sub(self.next).cast_signed();
        let found = self.open.seek_relative(ahead);
        found.with_context(|| format!("cannot read {}", self.path.display()))?;
        self.next = offset;
        self.read_line()
    }

    fn changed(&self, offset: u64) -> String {
        format!(
            "{}: the line at byte {offset} is not what it was when the files were checked: load them again when nobody \
             writes to them any more",
            self.path.display()
        )
    }
}
