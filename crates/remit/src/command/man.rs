//! `remit man`

use crate::{config::Config, terminal::Terminal};
use anyhow::{Context as _, bail};
use clap::{Args, Command, CommandFactory as _};
use clap_mangen::Man;
use std::{
    fs,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
};

/// Print a manual page, or write all of them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit man | man -l -\n  \
    remit man token add | man -l -\n  \
    remit man --directory ~/.local/share/man/man1")]
pub(crate) struct Manual {
    /// The command that the page is of, such as `token add`; remit itself if none is named.
    command: Vec<String>,

    /// Write the pages of all commands to this directory, which is made if need be.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    directory: Option<PathBuf>,
}

impl Manual {
    pub(crate) fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let mut all = Config::command();
        all.build();
        let Some(directory) = self.directory else {
            io::stdout().write_all(&page(find(&all, &self.command)?)?)?;
            return Ok(ExitCode::SUCCESS);
        };
        fs::create_dir_all(&directory)
            .with_context(|| format!("cannot make {}", directory.display()))?;
        let mut pages = vec![];
        collect(&all, &mut pages);
        for command in &pages {
            let path = directory.join(Man::new((*command).clone()).get_filename());
            fs::write(&path, page(command)?)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        terminal.remark(format!(
            "{} pages went to {}",
            pages.len(),
            directory.display()
        ));
        Ok(ExitCode::SUCCESS)
    }
}

fn find<'a>(all: &'a Command, path: &[String]) -> anyhow::Result<&'a Command> {
    let mut found = all;
    for name in path {
        let Some(next) = found.find_subcommand(name) else {
            bail!(
                "there is no command {:?}: `remit --help` lists them",
                path.join(" ")
            );
        };
        found = next;
    }
    Ok(found)
}

/// A command and those beneath it, but for `help`, which explains itself.
fn collect<'a>(command: &'a Command, pages: &mut Vec<&'a Command>) {
    pages.push(command);
    for beneath in command.get_subcommands() {
        if beneath.get_name() != "help" {
            collect(beneath, pages);
        }
    }
}

/// A page, made in memory first: whoever reads it may stop at any time.
fn page(command: &Command) -> anyhow::Result<Vec<u8>> {
    let mut page = vec![];
    Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
