//! Telling a person what went wrong: what, where, what to do about it, and what lies beneath.

use crate::terminal;
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

/// Prints an error with its causes, and tells with what the process ends.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    if is_closed_pipe(error) {
        // Whoever reads the output has seen enough, as in `remit extract … | head`.
        return ExitCode::SUCCESS;
    }
    let (red, plain) = terminal::alarm();
    let mut stderr = anstream::stderr().lock();
    // Nobody can be told if even this cannot be printed.
    let _ = writeln!(stderr, "{red}error:{plain} {error}");
    for cause in causes(error) {
        let _ = writeln!(stderr, "  caused by: {cause}");
    }
    ExitCode::FAILURE
}

/// What lies beneath an error, each once: a transparent error says the same as what it wraps.
fn causes(error: &anyhow::Error) -> Vec<String> {
    let mut said = error.to_string();
    let mut causes = vec![];
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !said.ends_with(&cause) {
            causes.push(cause.clone());
        }
        said = cause;
    }
    causes
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    #[test]
    fn a_cause_that_says_nothing_new_is_left_out() {
        let error = Err::<(), _>(io::Error::other("the disk is full"))
            .context("kept: the disk is full")
            .context("cannot write")
            .unwrap_err();
        assert_eq!(causes(&error), ["kept: the disk is full"]);
    }
}
