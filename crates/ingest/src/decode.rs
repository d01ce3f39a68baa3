//! Step 1: bytes to characters.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// The characters of a document, without byte order mark, and the encoding that they were in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The WHATWG name.
    pub(crate) encoding: &'static str,
    pub(crate) tables: Vec<crate::table::Table>,
    pub(crate) doubtful: Vec<std::ops::Range<usize>>,
}

/// A document whose characters cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing but white space.
    #[error("the file is empty or holds only white space; give one with text")]
    Empty,
    /// It is longer than is allowed.
    #[error(
        "the file has {size} bytes and the limit is {limit}; give the text alone, or raise the limit"
    )]
    TooLarge {
        /// Its bytes.
        size: usize,
        /// The most that is allowed.
        limit: usize,
    },
    /// It is another kind of file.
    #[error("the file is {what} and not plain text; save it as text in UTF-8 first")]
    Binary {
        /// What it looks like.
        what: &'static str,
    },
    /// It is neither UTF-8 nor GB18030.
    #[error(
        "byte {at} fits neither UTF-8 nor GB18030 (GBK, GB 2312); save the file in UTF-8 first"
    )]
    Undecodable {
        /// The first byte that does not fit.
        at: usize,
    },
}

/// Decodes a document of at most `limit` bytes. Nothing is ever replaced: a byte that fits no encoding is an error.
pub(crate) fn decode(bytes: &[u8], limit: usize) -> Result<Decoded, ReadError> {
    if bytes.len() > limit {
        return Err(ReadError::TooLarge {
            size: bytes.len(),
            limit,
        });
    }
    if let Some(what) = signature(bytes) {
        return Err(ReadError::Binary { what });
    }
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let decoded = whole(encoding, &bytes[mark..])
        .or_else(|| whole(GB18030, bytes).filter(|_| mark == 0))
        .ok_or_else(|| ReadError::Undecodable {
            at: first_misfit(bytes),
        })?;
    if decoded.text.chars().any(is_control) {
        return Err(ReadError::Binary {
            what: "binary data",
        });
    }
    if decoded.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(decoded)
}

fn whole(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        tables: vec![],
        doubtful: vec![],
    })
}

/// Where both encodings have failed: the further of the two places, as the right encoding gets further.
fn first_misfit(bytes: &[u8]) -> usize {
    let utf8 = Encoding::utf8_valid_up_to(bytes);
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let most = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut scratch = vec![0; most.unwrap_or(0)];
    let (_, read, _) = decoder.decode_to_utf8_without_replacement(bytes, &mut scratch, true);
    utf8.max(read.saturating_sub(1))
}

fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1A}' | '\u{1C}'..='\u{1F}' | '\u{7F}')
}

fn signature(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 6] = [
        (b"%PDF", "a PDF file"),
        (b"PK\x03\x04", "a Word, Excel or ZIP file"),
        (b"\xD0\xCF\x11\xE0", "an old Word or Excel file"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"\x1F\x8B", "a compressed file"),
    ];
    let known = KNOWN.iter().find(|(start, _)| bytes.starts_with(start));
    known.map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 64;

    #[test]
    fn chinese_text_is_read_in_the_encodings_offices_use() {
        let expected = "市科技局负责";
        let (gb18030, ..) = GB18030.encode(expected);
        let with_mark = [b"\xEF\xBB\xBF", expected.as_bytes()].concat();
        let utf16: Vec<u8> = "\u{FEFF}市科技局负责"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, encoding) in [
            (expected.as_bytes(), "UTF-8"),
            (&with_mark, "UTF-8"),
            (&*gb18030, "gb18030"),
            (&utf16, "UTF-16LE"),
        ] {
            let decoded = decode(bytes, LIMIT).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding), (expected, encoding));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_reason() {
        let cut = &"责任".as_bytes()[..5];
        let long = [b'a'; LIMIT + 1];
        for (bytes, error) in [
            (&b""[..], ReadError::Empty),
            (b" \r\n\xE3\x80\x80", ReadError::Empty),
            (b"%PDF-1.7", ReadError::Binary { what: "a PDF file" }),
            (
                b"abc\0def",
                ReadError::Binary {
                    what: "binary data",
                },
            ),
            (b"plan \xFF\xFE\xFD plan", ReadError::Undecodable { at: 5 }),
            (cut, ReadError::Undecodable { at: 4 }),
            (
                &long,
                ReadError::TooLarge {
                    size: LIMIT + 1,
                    limit: LIMIT,
                },
            ),
        ] {
            assert_eq!(decode(bytes, LIMIT), Err(error));
        }
    }
}
