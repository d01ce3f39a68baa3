//! Characters and where they stand: spans, citations and the hash that names a text.

use crate::id::DocumentId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Digest as _;
use std::{fmt, ops::Range, str::FromStr};

/// A half-open range of UTF-8 bytes of a text. Published as Unicode code points, see [`CodePoints`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The first byte after.
    pub end: u32,
}

impl Span {
    /// The span of a byte range; texts are limited to far less than 4 GiB.
    pub fn of(range: Range<usize>) -> Self {
        let at = |i: usize| u32::try_from(i).expect("texts are shorter than 4 GiB");
        Self {
            start: at(range.start),
            end: at(range.end),
        }
    }

    /// As a range to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many bytes it covers.
    pub fn len(self) -> usize {
        self.range().len()
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.range().is_empty()
    }

    /// Whether `other` lies within this.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The characters it covers, if it fits `text` and cuts no character.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

/// A half-open range of Unicode code points of a text: how spans are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points {
    /// The first code point, counted from 0.
    pub start: u32,
    /// The first code point after.
    pub end: u32,
}

/// 原文依据: the exact characters of a document that say something. The quote always equals the slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// The document.
    pub document: DocumentId,
    /// Where in its decoded text.
    pub span: Span,
}

/// A SHA-256 digest: the name of a text, written as 64 lowercase hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The digest of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Digits that are no SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not 64 lowercase hexadecimal digits")]
pub struct NotASha256(pub String);

impl FromStr for Sha256 {
    type Err = NotASha256;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let digit = |b: u8| match b {
            b'0'..=b'9' => Some(b - b'0'),
            b'a'..=b'f' => Some(b - b'a' + 10),
            _ => None,
        };
        let read = || {
            let digits: &[u8; 64] = s.as_bytes().try_into().ok()?;
            let mut hash = [0; 32];
            for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
                *byte = digit(pair[0])? << 4 | digit(pair[1])?;
            }
            Some(Self(hash))
        };
        read().ok_or_else(|| NotASha256(s.to_owned()))
    }
}

impl Serialize for Sha256 {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sha256 {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(de::Error::custom)
    }
}

/// Turns byte offsets of one text into code points and back, in time that does not grow with the text.
///
/// Every 64th code point's byte offset is kept; the rest is counted on the spot.
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// Byte offset of code points 0, 64, 128 …
    marks: Vec<u32>,
}

const STRIDE: usize = 64;

impl CodePoints {
    /// The table for `text`.
    pub fn of(text: &str) -> Self {
        Self {
            marks: text
                .char_indices()
                .step_by(STRIDE)
                .map(|(at, _)| Span::of(at..at).start)
                .collect(),
        }
    }

    /// How many code points of `text` (the text this table was made for) stand before byte `offset`.
    pub fn before(&self, text: &str, offset: u32) -> u32 {
        let mark = self
            .marks
            .partition_point(|&at| at <= offset)
            .saturating_sub(1);
        let from = self.marks.get(mark).map_or(0, |&at| at as usize);
        let rest = text.as_bytes()[from..offset as usize]
            .iter()
            .filter(|&&b| is_char_start(b))
            .count();
        (mark * STRIDE + rest) as u32
    }

    /// The byte offset at which code point number `index` of `text` begins; the end of the text if it has fewer.
    pub fn offset(&self, text: &str, index: u32) -> u32 {
        let mark = index as usize / STRIDE;
        let Some(&from) = self.marks.get(mark) else {
            return text.len() as u32;
        };
        let rest = text[from as usize..]
            .char_indices()
            .nth(index as usize % STRIDE);
        rest.map_or(text.len() as u32, |(at, _)| from + at as u32)
    }

    /// A span as code points.
    pub fn points(&self, text: &str, span: Span) -> Points {
        Points {
            start: self.before(text, span.start),
            end: self.before(text, span.end),
        }
    }
}

fn is_char_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_are_counted_as_the_standard_library_counts_them(text in "[a中𠀀é]{0,300}") {
            let table = CodePoints::of(&text);
            let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (index, at) in starts.enumerate() {
                prop_assert_eq!(table.before(&text, at as u32), index as u32);
                prop_assert_eq!(table.offset(&text, index as u32), at as u32);
            }
        }
    }

    #[test]
    fn a_digest_reads_back_and_nothing_else_does() {
        let digest = Sha256::of("责任".as_bytes());
        assert_eq!(digest.to_string().parse(), Ok(digest));
        assert!(digest.to_string().to_uppercase().parse::<Sha256>().is_err());
        assert!("abc".parse::<Sha256>().is_err());
    }
}
