//! ZIP archives, in which Word and Excel keep their files, with limits on what may come out of them.

use super::ReadError;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// An archive has no more files.
const MOST_FILES: usize = 4096;

/// All that is read of an archive has no more bytes.
const MOST_BYTES: usize = 96 << 20;

/// What a file that is worth looking at unfolds to at most, as a multiple of its size.
const MOST_RATIO: u64 = 400;

/// Below this size the ratio says nothing.
const SMALL: u64 = 1 << 20;

const FORMAT: &str = "Word or Excel";

/// An open archive.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    left: usize,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::Damaged {
            format: "ZIP",
            part: "its list of files".to_owned(),
        })?;
        if zip.len() > MOST_FILES {
            return Err(ReadError::Unfolds {
                format: FORMAT,
                part: "its list of files".to_owned(),
                limit: MOST_FILES,
                unit: "files",
            });
        }
        Ok(Self {
            zip,
            left: MOST_BYTES,
        })
    }

    /// Whether it holds a file.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The content of a file; nothing if there is none of that name.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.zip.index_for_name(name) else {
            return Ok(None);
        };
        let mut content = vec![];
        self.unfold(index, |bytes| content.extend_from_slice(bytes))?;
        Ok(Some(content))
    }

    /// Looks at every file of a folder without keeping it, so that a library may read them after.
    pub(super) fn check(&mut self, folder: &str) -> Result<(), ReadError> {
        for index in 0..self.zip.len() {
            if self.name(index).starts_with(folder) {
                self.unfold(index, |_| ())?;
            }
        }
        Ok(())
    }

    fn name(&self, index: usize) -> String {
        let name = self.zip.name_for_index(index).and_then(Result::ok);
        name.map_or_else(String::new, Into::into)
    }

    fn unfold(&mut self, index: usize, mut take: impl FnMut(&[u8])) -> Result<(), ReadError> {
        let part = self.name(index);
        let damaged = || ReadError::Damaged {
            format: FORMAT,
            part: part.clone(),
        };
        let mut file = self.zip.by_index(index).map_err(|_| damaged())?;
        let packed = file.compressed_size();
        let mut buffer = [0; 1 << 14];
        let mut size = 0u64;
        loop {
            let count = file.read(&mut buffer).map_err(|_| damaged())?;
            if count == 0 {
                return Ok(());
            }
            size += count as u64;
            let Some(left) = self
                .left
                .checked_sub(count)
                .filter(|_| size < SMALL || size <= packed.saturating_mul(MOST_RATIO))
            else {
                return Err(ReadError::Unfolds {
                    format: FORMAT,
                    part: part.clone(),
                    limit: MOST_BYTES,
                    unit: "bytes",
                });
            };
            self.left = left;
            take(&buffer[..count]);
        }
    }
}
