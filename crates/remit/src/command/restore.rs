//! `remit restore`

use super::backup::of_register;
use crate::{
    config::Location,
    terminal::{self, Terminal, Unit},
};
use anyhow::Context as _;
use clap::Args;
use indicatif::ProgressBar;
use std::{
    fs::File,
    io::{BufReader, Read},
    path::PathBuf,
    process::ExitCode,
};
use store::Restored;

/// Bring back what `remit backup` has saved.
///
/// Everything is one transaction: it is restored wholly or not at all, and only if the file is whole and adds up to the
/// roots that it states. A register that the database has already is never touched: restore into a new SQLite file, which
/// is made, or into an empty PostgreSQL database after `remit migrate`. Processes that served the register before keep
/// what they know and refuse an older log: stop them first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit restore registers.backup --database restored.db && remit verify --database restored.db\n  \
    remit restore registers.backup --check    only look whether the file is whole")]
pub(crate) struct Restore {
    /// The file to read.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Only look whether the file is whole; no database is touched.
    #[arg(long)]
    check: bool,

    #[command(flatten)]
    location: Location,
}

impl Restore {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        // A file that is not whole costs no transaction, and makes no database.
        let (mut input, bar) = self.open("checking", terminal)?;
        let checked = store::check_backup(&mut input);
        let mut registers = checked.with_context(|| self.cannot("use"))?;
        bar.finish_and_clear();
        if !self.check {
            let (mut input, bar) = self.open("restoring", terminal)?;
            let database = self.location.database().await?;
            let restored = database.restore(&mut input).await;
            bar.finish_and_clear();
            let restored = restored.with_context(|| self.cannot("restore"))?;
            database.close().await;
            tell_tokens(&restored, terminal);
            registers = restored.registers;
        }
        for register in &registers {
            terminal::result(of_register(register))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn open(
        &self,
        what: &'static str,
        terminal: Terminal,
    ) -> anyhow::Result<(BufReader<impl Read + Send + use<>>, ProgressBar)> {
        let file = File::open(&self.file).with_context(|| self.cannot("read"))?;
        let length = file.metadata().with_context(|| self.cannot("read"))?.len();
        let bar = terminal.bar(length, Unit::Bytes, what);
        let input = BufReader::with_capacity(1 << 20, bar.wrap_read(file));
        Ok((input, bar))
    }

    fn cannot(&self, what: &str) -> String {
        format!("cannot {what} {}", self.file.display())
    }
}

fn tell_tokens(restored: &Restored, terminal: Terminal) {
    if restored.tokens > 0 {
        terminal.remark(format!("{} tokens are accepted again", restored.tokens));
    }
    if !restored.tokens_left.is_empty() {
        terminal.remark(format!(
            "these tokens were here already and are left as they are: {}",
            restored.tokens_left.join(", ")
        ));
    }
}
