//! `remit completions`

use crate::config::Config;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

/// Print a script that lets a shell complete remit's commands and options.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit completions bash > ~/.local/share/bash-completion/completions/remit\n  \
    remit completions zsh  > ~/.zfunc/_remit\n  \
    remit completions fish > ~/.config/fish/completions/remit.fish")]
pub(crate) struct Completions {
    /// The shell.
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        // Made in memory first: the generator panics if its output is closed.
        let mut script = vec![];
        clap_complete::generate(self.shell, &mut Config::command(), "remit", &mut script);
        io::stdout().write_all(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}
