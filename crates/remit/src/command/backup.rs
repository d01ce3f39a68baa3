//! `remit backup`

use crate::{
    config::Location,
    terminal::{self, Terminal, Unit},
};
use anyhow::{Context as _, bail};
use clap::Args;
use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};
use store::SavedRegister;

/// Save registers to one file, beside whoever serves and writes.
///
/// The file holds the log and the texts of every register, its idempotency keys and, where all registers are saved, the
/// hashes of the tokens, as they are at one moment. It is the same from SQLite and from PostgreSQL, and `remit restore`
/// brings it back into either. What is saved is checked against the log's hashes on the way; no file is overwritten, and
/// a backup that is broken off leaves none.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit backup registers.backup --database remit.db\n  \
    remit restore registers.backup --check")]
pub(crate) struct Backup {
    /// The file to write. It must not be there yet.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    location: Location,

    /// The code of the only register to save, without the tokens.
    #[arg(long, value_name = "CODE", env = "REMIT_REGISTER")]
    register: Option<String>,
}

impl Backup {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let Self {
            file,
            location,
            register,
        } = self;
        let cannot = || format!("cannot write {}", file.display());
        if file.exists() {
            bail!(
                "{} is there already, and a backup never overwrites: name another file",
                file.display()
            );
        }
        let database = location.existing_database().await?;
        let directory = match file.parent() {
            Some(directory) if directory != Path::new("") => directory,
            _ => Path::new("."),
        };
        // It has its name only when it is whole and on disk; dropped before that, it is gone.
        let unfinished = tempfile::Builder::new()
            .prefix(".remit-backup-")
            .tempfile_in(directory)
            .with_context(cannot)?;
        let mut out = BufWriter::with_capacity(1 << 20, unfinished.as_file());
        let bar = terminal.bar(0, Unit::Things, "saving");
        let progress = |done, of| {
            bar.set_length(of);
            bar.set_position(done);
        };
        let taking = database.backup(register.as_deref(), &mut out, &progress);
        let saved = tokio::select! {
            saved = taking => saved.context("cannot save")?,
            _ = tokio::signal::ctrl_c() => bail!("broken off; nothing was saved"),
        };
        bar.finish_and_clear();
        out.flush().with_context(cannot)?;
        drop(out);
        unfinished.as_file().sync_all().with_context(cannot)?;
        let kept = unfinished.persist_noclobber(&file);
        kept.map_err(|failed| failed.error).with_context(cannot)?;
        sync(directory).with_context(cannot)?;
        for register in &saved {
            terminal::result(of_register(register))?;
        }
        if saved.is_empty() {
            terminal.remark("the database has no register yet: the file has only its tokens");
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes sure that a name in a directory survives a loss of power.
fn sync(directory: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(directory)?.sync_all()
    } else {
        // Other systems do not open directories, and keep names by themselves.
        Ok(())
    }
}

/// What a backup holds of a register: its end says what all of it is.
pub(super) fn of_register(register: &SavedRegister) -> String {
    let SavedRegister {
        code, seq, root, ..
    } = register;
    format!("{code}: {seq} changesets, root {root}")
}
