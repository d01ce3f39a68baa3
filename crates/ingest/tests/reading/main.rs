//! Whole documents: the published page and what is known of it, the example plan, and texts that nobody would write.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, in its helpers too"
)]

mod composed;
mod example;
mod format;
mod forms;
mod page;
mod properties;
mod published;
mod shared;
mod table;

use ingest::{Options, Reading, directory_csv};
use shared::shared;
use std::path::Path;

/// A file of this repository.
fn repository(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
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
