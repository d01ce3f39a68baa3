//! The one binary: a command line over reading, keeping and serving registers of responsibility.
//!
//! It decides nothing about registers. Here the outside is met: arguments, files, the terminal, the system's clock
//! (only in `env`), sockets and signals; everything beneath is given values. Results go to standard output, progress and
//! logs to standard error; 0 is success, 1 a failure, 2 a command line that cannot be understood.
//!
//! Start with `config` (what can be said on the command line) and `command` (what is done then). A new subcommand is a
//! file in `command/` and a line in its `Command`.

mod command;
mod config;
mod env;
mod explanation;
mod failure;
mod input;
mod matrix;
mod outcome;
mod review;
mod server;
mod summary;
mod terminal;

use clap::Parser as _;
use config::Config;
use std::process::ExitCode;

/// Answers are made of many small pieces of memory, which it gives out sooner than the system's allocator does, and a
/// register at rest takes less of it (README, under Figures).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs the command line.
pub fn main() -> ExitCode {
    let config = match Config::try_parse() {
        Ok(config) => config,
        Err(error) => {
            // Nobody can be told if even this cannot be printed.
            let _ = error.print();
            return if error.use_stderr() {
                ExitCode::from(2)
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match command::run(config) {
        Ok(code) => code,
        Err(error) => failure::report(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_defined() {
        Config::command().debug_assert();
    }
}
