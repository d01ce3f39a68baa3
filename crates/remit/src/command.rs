//! What can be asked for: one file a subcommand, with its options and what it does.

mod backup;
mod change;
mod completions;
mod draft;
mod due;
mod export;
mod extract;
mod gaps;
mod health;
mod import;
mod load;
mod man;
mod matrix;
mod migrate;
mod restore;
mod schema;
mod serve;
mod token;
mod verify;

use crate::{
    config::{Config, LogFormat, Output},
    terminal::{self, Terminal},
};
use anyhow::Context as _;
use clap::Subcommand;
use std::{io, process::ExitCode};
use tracing_subscriber::{
    EnvFilter, Layer as _, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// A subcommand with its options.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Serve(serve::Serve),
    Extract(extract::Extract),
    Import(import::Import),
    Draft(draft::Draft),
    Change(change::Change),
    Load(load::Load),
    Due(due::Due),
    Matrix(matrix::Matrix),
    Export(export::Export),
    Gaps(gaps::Gaps),
    Verify(verify::Verify),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Migrate(migrate::Migrate),
    Token(token::Token),
    Health(health::Health),
    Schema(schema::Schema),
    Completions(completions::Completions),
    #[command(name = "man")]
    Manual(man::Manual),
}

/// Does what the command line asks for.
pub(crate) fn run(config: Config) -> anyhow::Result<ExitCode> {
    let Config { command, output } = config;
    let default_level = match command {
        Command::Serve(_) if !output.quiet => "info,sea_orm_migration=warn",
        _ => "warn",
    };
    start_logging(&output, default_level)?;
    let terminal = Terminal {
        quiet: output.quiet,
    };
    let runtime =
        tokio::runtime::Runtime::new().context("the operating system gives no threads")?;
    runtime.block_on(async {
        match command {
            Command::Serve(serve) => serve.run(terminal).await,
            Command::Extract(extract) => extract.run(),
            Command::Import(import) => import.run(terminal).await,
            Command::Draft(draft) => draft.run(terminal).await,
            Command::Change(change) => change.run(terminal).await,
            Command::Load(load) => load.run(terminal).await,
            Command::Due(due) => due.run(terminal).await,
            Command::Matrix(matrix) => matrix.run(terminal).await,
            Command::Export(export) => export.run(terminal).await,
            Command::Gaps(gaps) => gaps.run(terminal).await,
            Command::Verify(verify) => verify.run(terminal).await,
            Command::Backup(backup) => backup.run(terminal).await,
            Command::Restore(restore) => restore.run(terminal).await,
            Command::Migrate(migrate) => migrate.run(terminal).await,
            Command::Token(token) => token.run(terminal).await,
            Command::Health(health) => health.run(terminal).await,
            Command::Schema(schema::Schema) => schema::Schema::run(),
            Command::Completions(completions) => completions.run(),
            Command::Manual(manual) => manual.run(terminal),
        }
    })
}

fn start_logging(output: &Output, default_level: &str) -> anyhow::Result<()> {
    let filter = output.log.as_deref().unwrap_or(default_level);
    let filter = EnvFilter::try_new(filter).with_context(|| {
        format!("--log {filter:?} is not a level (error, warn, info, debug, trace) or module=level")
    })?;
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines = match output.log_format {
        LogFormat::Text => lines.with_ansi(terminal::has_colours()).boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .init();
    Ok(())
}
