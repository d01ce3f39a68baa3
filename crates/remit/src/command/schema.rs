//! `remit schema`

use crate::terminal;
use clap::Args;
use std::process::ExitCode;

/// Print the GraphQL schema in its definition language.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  remit schema > schema/remit.graphql")]
pub(crate) struct Schema;

impl Schema {
    pub(crate) fn run() -> anyhow::Result<ExitCode> {
        terminal::result(api::schema_sdl().trim_end())?;
        Ok(ExitCode::SUCCESS)
    }
}
