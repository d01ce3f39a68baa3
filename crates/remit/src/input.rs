//! Files that a person names.

use anyhow::{Context as _, bail};
use std::{
    fs::File,
    io::{self, Read as _},
    path::Path,
};

/// The name that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Whether a file is standard input.
pub(crate) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// What a file is called in messages.
pub(crate) fn name(path: &Path) -> String {
    if is_standard_input(path) {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// Reads a file, or standard input for `-`, but not much more than `limit` bytes of it.
pub(crate) fn read(path: &Path, limit: usize) -> anyhow::Result<Vec<u8>> {
    let read = || -> anyhow::Result<Vec<u8>> {
        // One byte more shows that there is more, without reading all of it.
        let most = limit as u64 + 1;
        let mut bytes = vec![];
        if is_standard_input(path) {
            io::stdin().take(most).read_to_end(&mut bytes)?;
        } else {
            if path.is_dir() {
                bail!("it is a directory; name the files in it");
            }
            File::open(path)?.take(most).read_to_end(&mut bytes)?;
        }
        if bytes.len() > limit {
            bail!("it has more than {limit} bytes: give the text alone, or raise --text-limit");
        }
        Ok(bytes)
    };
    read().with_context(|| format!("cannot read {}", name(path)))
}
