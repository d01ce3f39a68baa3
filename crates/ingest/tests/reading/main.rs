//! Whole documents: the published page and what is known of it, the example plan, and texts that nobody would write.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, in its helpers too"
)]

mod example;
mod format;
mod forms;
mod page;
mod properties;
mod published;
mod table;

use ingest::{Options, Reading, directory_csv};
use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

/// A file of this repository.
fn repository(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The folder of reference documents beside the repository; without it, the test that asks says so and returns.
///
/// With `REMIT_REQUIRE_SHARED=1` its absence is a failure.
fn shared(test: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if folder.is_dir() {
        return Some(folder);
    }
    assert_ne!(
        std::env::var("REMIT_REQUIRE_SHARED").as_deref(),
        Ok("1"),
        "../shared is absent and REMIT_REQUIRE_SHARED=1 requires it"
    );
    // Written past the test harness, which hides what a passing test prints.
    let mut stderr = std::io::stderr();
    writeln!(stderr, "skipped: {test}: ../shared is absent").unwrap();
    None
}

/// Reads with the directory of Tianjin.
fn read_with_directory(bytes: &[u8]) -> Reading {
    let directory = directory_csv::read(&repository("examples/tianjin-parties.csv")).unwrap();
    let options = Options {
        directory: Some(&directory),
        ..Options::default()
    };
    ingest::read(bytes, &options).unwrap()
}
