//! Reference documents that are no part of the repository.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

/// The folder of reference documents beside the repository; without it, the test that asks says so and returns.
///
/// With `REMIT_REQUIRE_SHARED=1` its absence is a failure.
pub(crate) fn shared(test: &str) -> Option<PathBuf> {
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
