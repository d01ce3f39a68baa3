//! The command line: everything that can be configured, in one place. Every option can be given in the environment.

mod as_of;
mod kept;
mod known;
mod location;
mod storage;

pub(crate) use as_of::AsOf;
pub(crate) use kept::Kept;
pub(crate) use known::Known;
pub(crate) use location::Location;
pub(crate) use storage::Storage;

use crate::command::Command;
use clap::{Args, Parser, ValueEnum};

/// Who answers for what, with whom, by when, on which sentence's authority.
///
/// Remit reads published action plans as they are, keeps the register of responsibilities that they set out (every
/// version, with who recorded it and when), and serves it as a GraphQL graph.
#[derive(Debug, Parser)]
#[command(
    name = "remit",
    version,
    max_term_width = 100,
    after_help = "Start here:\n  \
        remit extract PLAN.txt --format table      see what a plan says, without keeping it\n  \
        remit serve --import PARTIES.csv PLAN.txt  keep it in ./remit.db, and serve it\n\n\
        `remit help COMMAND` tells more of each."
)]
pub(crate) struct Config {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) output: Output,
}

/// What is said on standard error.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Output {
    /// Say nothing but results and errors.
    #[arg(long, short, global = true, env = "REMIT_QUIET")]
    pub(crate) quiet: bool,

    /// What to log, as `level` or `module=level`, several with commas between [default: info while serving, else warn];
    /// `api=debug` writes a line for every request.
    #[arg(
        long,
        value_name = "FILTER",
        global = true,
        env = "REMIT_LOG",
        hide_default_value = true
    )]
    pub(crate) log: Option<String>,

    /// How to write the log.
    #[arg(long, global = true, env = "REMIT_LOG_FORMAT", default_value = "text")]
    pub(crate) log_format: LogFormat,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// How large a document may be.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct TextLimit {
    /// The greatest size of a document, in bytes.
    #[arg(
        long = "text-limit",
        value_name = "BYTES",
        env = "REMIT_TEXT_LIMIT",
        default_value_t = 16 << 20
    )]
    pub(crate) bytes: usize,
}

/// Reads a name that the log keeps and that other names are made with: a token's, a source's. Without a colon, it never
/// is that of a local user or of another source's plan.
pub(crate) fn plain_name(name: &str) -> Result<String, String> {
    const LONGEST: usize = 64;
    let allowed = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.chars().count() > LONGEST || !name.chars().all(allowed) {
        return Err(format!(
            "a name has 1 to {LONGEST} letters, digits, hyphens, underscores and dots"
        ));
    }
    Ok(name.to_owned())
}
