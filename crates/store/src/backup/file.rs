//! The form of a backup file: a line that says what it is, then parts one after another, and the last adds them all up.
//!
//! A part is a line with its kind and the length of its content in bytes, the content, and a line feed. So a person can
//! look into it, and nothing in the content needs to be escaped.

use super::BackupError;
use domain::{
    text::Sha256,
    tree::{Frontier, leaf_hash},
};
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Read as _, Write};

const TITLE: &str = "remit backup 1\n";

/// The kind of the last part.
const END: &str = "end";

/// The longest line that says what follows: a kind and a number.
const HEADING: u64 = 64;

/// What all parts before the last add up to.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct End {
    parts: u64,
    root: Sha256,
}

/// Writes parts.
pub(super) struct Writer<'a> {
    out: &'a mut (dyn Write + Send),
    parts: Frontier,
}

impl<'a> Writer<'a> {
    pub(super) fn start(out: &'a mut (dyn Write + Send)) -> Result<Self, BackupError> {
        out.write_all(TITLE.as_bytes())?;
        Ok(Self {
            out,
            parts: Frontier::default(),
        })
    }

    pub(super) fn bytes(&mut self, kind: &str, content: &[u8]) -> Result<(), BackupError> {
        self.parts.push(digest(kind, content));
        writeln!(self.out, "{kind} {}", content.len())?;
        self.out.write_all(content)?;
        self.out.write_all(b"\n")?;
        Ok(())
    }

    pub(super) fn json(&mut self, kind: &str, content: &impl Serialize) -> Result<(), BackupError> {
        let content = serde_json::to_vec(content).expect("it has texts and numbers only");
        self.bytes(kind, &content)
    }

    pub(super) fn finish(mut self) -> Result<(), BackupError> {
        let end = end(&self.parts);
        self.json(END, &end)?;
        Ok(self.out.flush()?)
    }
}

/// Reads parts back.
pub(super) struct Reader<'a> {
    input: &'a mut (dyn BufRead + Send),
    parts: Frontier,
}

/// What can be wrong with the form of a part.
#[derive(Debug, thiserror::Error)]
enum Malformed {
    #[error("it does not begin with a kind and a length")]
    Heading,
    #[error("its content is not as long as it says")]
    Length,
    #[error("the parts before it do not add up to what it says")]
    Sum,
    #[error("there is more behind it")]
    More,
}

impl<'a> Reader<'a> {
    pub(super) fn start(input: &'a mut (dyn BufRead + Send)) -> Result<Self, BackupError> {
        let mut title = vec![];
        (&mut *input)
            .take(TITLE.len() as u64)
            .read_to_end(&mut title)?;
        if title != TITLE.as_bytes() {
            return Err(BackupError::NotABackup);
        }
        Ok(Self {
            input,
            parts: Frontier::default(),
        })
    }

    /// The next part; nothing after the last one, which says that all were as they were written.
    pub(super) fn next(&mut self) -> Result<Option<(String, Vec<u8>)>, BackupError> {
        let (kind, length) = self.heading()?;
        let mut content = vec![];
        (&mut *self.input).take(length).read_to_end(&mut content)?;
        let mut feed = [0];
        if (content.len() as u64) < length || self.input.read(&mut feed)? == 0 {
            return Err(BackupError::CutOff);
        }
        if feed != *b"\n" {
            return Err(self.damaged(Malformed::Length));
        }
        if kind != END {
            self.parts.push(digest(&kind, &content));
            return Ok(Some((kind, content)));
        }
        let found: End = self.parse(&content)?;
        if found != end(&self.parts) {
            return Err(self.damaged(Malformed::Sum));
        }
        if !self.input.fill_buf()?.is_empty() {
            return Err(self.damaged(Malformed::More));
        }
        Ok(None)
    }

    fn heading(&mut self) -> Result<(String, u64), BackupError> {
        let mut line = vec![];
        (&mut *self.input)
            .take(HEADING)
            .read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') && (line.len() as u64) < HEADING {
            return Err(BackupError::CutOff);
        }
        let heading = std::str::from_utf8(&line).ok().and_then(|line| {
            let (kind, length) = line.strip_suffix('\n')?.split_once(' ')?;
            Some((kind.to_owned(), length.parse().ok()?))
        });
        heading.ok_or_else(|| self.damaged(Malformed::Heading))
    }

    /// Content that is JSON.
    pub(super) fn parse<T: for<'de> Deserialize<'de>>(
        &self,
        content: &[u8],
    ) -> Result<T, BackupError> {
        serde_json::from_slice(content).map_err(|error| self.damaged(error))
    }

    /// Something is wrong with the part that was read last.
    pub(super) fn damaged(
        &self,
        source: impl std::error::Error + Send + Sync + 'static,
    ) -> BackupError {
        BackupError::Damaged {
            part: self.parts.size(),
            source: source.into(),
        }
    }
}

fn end(parts: &Frontier) -> End {
    End {
        parts: parts.size(),
        root: parts.root(),
    }
}

fn digest(kind: &str, content: &[u8]) -> Sha256 {
    leaf_hash(&[kind.as_bytes(), b" ", content].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = vec![];
        let mut writer = Writer::start(&mut out).unwrap();
        for (kind, content) in parts {
            writer.bytes(kind, content).unwrap();
        }
        writer.finish().unwrap();
        out
    }

    fn read(mut file: &[u8]) -> Result<Vec<(String, Vec<u8>)>, BackupError> {
        let mut reader = Reader::start(&mut file)?;
        let mut parts = vec![];
        while let Some(part) = reader.next()? {
            parts.push(part);
        }
        Ok(parts)
    }

    const PARTS: [(&str, &[u8]); 3] = [
        ("text", b"two\nlines\n"),
        ("leaf", b""),
        ("text", "责任".as_bytes()),
    ];

    #[test]
    fn parts_are_read_as_they_were_written() {
        let parts = read(&written(&PARTS)).unwrap();
        let parts: Vec<_> = parts
            .iter()
            .map(|(kind, content)| (kind.as_str(), content.as_slice()))
            .collect();
        assert_eq!(parts, PARTS);
        assert_eq!(read(&written(&[])).unwrap(), []);
    }

    #[test]
    fn a_file_that_is_cut_off_anywhere_is_refused() {
        let file = written(&PARTS);
        for length in 0..file.len() {
            let refused = read(&file[..length]).unwrap_err();
            assert!(
                matches!(refused, BackupError::CutOff | BackupError::NotABackup),
                "{length}: {refused:?}"
            );
        }
    }

    #[test]
    fn a_file_with_any_bit_changed_is_refused() {
        let file = written(&PARTS);
        for bit in 0..file.len() * 8 {
            let mut changed = file.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&changed).is_err(), "bit {bit}");
        }
        let longer = [&file[..], b"\n"].concat();
        assert!(matches!(
            read(&longer),
            Err(BackupError::Damaged { part: 3, .. })
        ));
    }
}
