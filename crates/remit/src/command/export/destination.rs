//! Where an export goes: everything is written under a temporary name beside it and moved there when it is complete.

use super::{rows, tables};
use anyhow::{Context as _, bail};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};
use tempfile::{NamedTempFile, TempDir};

/// How temporary files are called, should the process be killed before it can remove them.
const TEMPORARY: &str = ".remit-export-";

/// A directory that is being filled.
#[derive(Debug)]
pub(super) struct Directory {
    target: PathBuf,
    temporary: TempDir,
}

impl Directory {
    /// Begins a directory; refuses one that holds something, unless that is an export which is to be replaced.
    pub(super) fn at(target: &Path, force: bool) -> anyhow::Result<Self> {
        let entries = entries(target)?;
        if !entries.is_empty() && !force {
            bail!(
                "{} holds files already: name a directory that is not there yet, or replace an export with --force",
                target.display()
            );
        }
        if let Some(other) = entries.iter().find(|entry| !is_of_an_export(entry)) {
            bail!(
                "{} holds {other:?}, which no export has written and which would be lost: name another directory",
                target.display()
            );
        }
        let parent = parent(target)?;
        let temporary = temporary(parent, |builder| builder.tempdir_in(parent))?;
        Ok(Self {
            target: target.to_owned(),
            temporary,
        })
    }

    /// Begins a file in it.
    pub(super) fn file(&self, name: &str) -> io::Result<BufWriter<File>> {
        let file = File::create(self.temporary.path().join(name))?;
        Ok(BufWriter::new(file))
    }

    /// Shows the directory under its name, complete and on the disk. Nothing in between is ever seen there, but for a
    /// moment nothing at all where another export is replaced.
    pub(super) fn put_in_place(self) -> anyhow::Result<()> {
        let Self {
            target,
            temporary: complete,
        } = self;
        for entry in fs::read_dir(complete.path())? {
            File::open(entry?.path())?.sync_all()?;
        }
        let parent = parent(&target)?;
        let attic = temporary(parent, |builder| builder.tempdir_in(parent))?;
        let old = attic.path().join("replaced");
        let replaces = !entries(&target)?.is_empty();
        if replaces {
            fs::rename(&target, &old)
                .with_context(|| format!("cannot move the old {} away", target.display()))?;
        }
        let moved = fs::rename(complete.path(), &target);
        if moved.is_err() && replaces {
            // The old one is better than none.
            let _ = fs::rename(&old, &target);
        }
        moved.with_context(|| {
            format!(
                "cannot move the export to {}: name a directory that is not there yet",
                target.display()
            )
        })?;
        // It has moved, so there is nothing to be removed.
        let _ = complete.keep();
        sync_directory(parent)
    }
}

/// A file that is being written.
#[derive(Debug)]
pub(in crate::command) struct NewFile {
    target: PathBuf,
    temporary: NamedTempFile,
    replaces: bool,
}

impl NewFile {
    /// Begins a file; refuses one that is there already, unless it is to be replaced.
    pub(in crate::command) fn at(target: &Path, force: bool) -> anyhow::Result<Self> {
        if target.is_dir() {
            bail!("{} is a directory: name a file in it", target.display());
        }
        if target.exists() && !force {
            bail!(
                "{} is there already: name another file, or replace it with --force",
                target.display()
            );
        }
        let parent = parent(target)?;
        Ok(Self {
            target: target.to_owned(),
            temporary: temporary(parent, |builder| builder.tempfile_in(parent))?,
            replaces: force,
        })
    }

    /// Shows the file under its name, complete and on the disk.
    pub(in crate::command) fn put_in_place(self) -> anyhow::Result<()> {
        let Self {
            target,
            temporary,
            replaces,
        } = self;
        temporary.as_file().sync_all()?;
        let placed = if replaces {
            temporary.persist(&target)
        } else {
            temporary.persist_noclobber(&target)
        };
        placed.with_context(|| format!("cannot move the export to {}", target.display()))?;
        sync_directory(parent(&target)?)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.temporary.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.temporary.flush()
    }
}

/// Makes something temporary in a directory, with the rights that anything new there has.
fn temporary<T>(
    parent: &Path,
    make: impl FnOnce(&tempfile::Builder<'_, '_>) -> io::Result<T>,
) -> anyhow::Result<T> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    // The process's mask takes away what it does not want.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    make(&builder).with_context(|| format!("cannot write in {}", parent.display()))
}

/// The directory in which something lies.
fn parent(target: &Path) -> anyhow::Result<&Path> {
    let Some((parent, _)) = target.parent().zip(target.file_name()) else {
        bail!("{} has no name of its own: name one", target.display());
    };
    Ok(if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    })
}

/// What a directory holds; nothing if it is not there.
fn entries(directory: &Path) -> anyhow::Result<Vec<String>> {
    let look = || -> io::Result<Vec<String>> {
        if !directory.exists() {
            return Ok(vec![]);
        }
        let mut names = vec![];
        for entry in fs::read_dir(directory)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort_unstable();
        Ok(names)
    };
    look().with_context(|| format!("cannot look into {}", directory.display()))
}

fn is_of_an_export(name: &str) -> bool {
    rows::files().any(|file| file == name) || tables::files().any(|file| file == name)
}

/// Makes a directory remember on the disk what it holds.
fn sync_directory(directory: &Path) -> anyhow::Result<()> {
    if cfg!(unix) {
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}
