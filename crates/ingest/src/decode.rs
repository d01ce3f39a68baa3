//! Step 1: the bytes of a file to characters, and to the tables that its format shows.
//!
//! What a file is, its bytes say and not its name. Each format has a file of its own and writes what it finds on a `page`:
//! paragraphs and rows as lines, with the place of every cell. Where a library reads a format, the limits are set here
//! and in `archive`, so that no file takes more than its share of memory.

mod archive;
mod charset;
mod csv;
mod docx;
mod drawn;
mod html;
mod markup;
mod page;
mod pdf;
mod placed;
mod word;
mod xlsx;

use crate::table::Table;
use std::ops::Range;

/// The characters of a document, without byte order mark, and how they were kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// The WHATWG name of the encoding, or the format that says itself how it keeps characters: docx, xlsx, pdf.
    pub(crate) encoding: &'static str,
    /// The tables that the format shows, as ranges of the text.
    pub(crate) tables: Vec<Table>,
    /// Where lines stand beside each other, so that the order of the words is a guess.
    pub(crate) doubtful: Vec<Range<usize>>,
}

impl Decoded {
    /// Text in which the format shows nothing.
    fn of_text(text: String, encoding: &'static str) -> Self {
        Self {
            text,
            encoding,
            ..Self::default()
        }
    }
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
    #[error("the file is {what}, which is not read; {remedy}")]
    Unsupported {
        /// What it looks like.
        what: &'static str,
        /// What to do instead.
        remedy: &'static str,
    },
    /// Only who has its password can open it.
    #[error("the {format} file is protected by a password; save it without one")]
    Protected {
        /// What it is.
        format: &'static str,
    },
    /// Its pages are pictures.
    #[error("the PDF file has no text, only pictures of pages; run text recognition over it first")]
    NoText,
    /// What it claims to be it is not, or not whole.
    #[error("the {format} file is damaged ({part}); open it where it was made and save it again")]
    Damaged {
        /// What it claims to be.
        format: &'static str,
        /// Where that shows.
        part: String,
    },
    /// It holds far more than its size lets expect.
    #[error("the {format} file unfolds to more than {limit} {unit} ({part}); give a smaller one")]
    Unfolds {
        /// What it is.
        format: &'static str,
        /// Where that shows.
        part: String,
        /// The most that is allowed.
        limit: usize,
        /// Of what.
        unit: &'static str,
    },
    /// It is neither UTF-8 nor GB18030 nor Big5.
    #[error(
        "byte {at} fits neither UTF-8 nor GB18030 (GBK, GB 2312) nor Big5; save the file in UTF-8 first"
    )]
    Undecodable {
        /// The first byte that does not fit.
        at: usize,
    },
}

/// Decodes a document of at most `limit` bytes, whatever its format.
pub(crate) fn decode(bytes: &[u8], limit: usize) -> Result<Decoded, ReadError> {
    within(bytes, limit)?;
    let decoded = match format(bytes) {
        Format::Text => text_or_sheet(bytes)?,
        Format::Html => html::read(bytes)?,
        Format::Archive => package(bytes)?,
        Format::Pdf => pdf::read(bytes)?,
        Format::Compound => return Err(compound(bytes)),
        Format::Other(what, remedy) => return Err(ReadError::Unsupported { what, remedy }),
    };
    if decoded.text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let decoded = drawn::redrawn(&decoded).unwrap_or(decoded);
    Ok(placed::rewritten(&decoded).unwrap_or(decoded))
}

/// Whether a CSV file is a responsibility table, by the headings of its columns.
pub fn is_responsibility_table(bytes: &[u8]) -> bool {
    matches!(format(bytes), Format::Text)
        && text(bytes).is_ok_and(|text| csv::sheet(&text).is_some())
}

/// Decodes plain text of at most `limit` bytes.
pub(crate) fn decode_text(bytes: &[u8], limit: usize) -> Result<Decoded, ReadError> {
    within(bytes, limit)?;
    match format(bytes) {
        Format::Archive | Format::Pdf | Format::Compound => Err(ReadError::Unsupported {
            what: "no text file",
            remedy: "save it as text in UTF-8 first",
        }),
        Format::Other(what, remedy) => Err(ReadError::Unsupported { what, remedy }),
        Format::Text | Format::Html => text(bytes),
    }
}

fn within(bytes: &[u8], limit: usize) -> Result<(), ReadError> {
    if bytes.len() > limit {
        return Err(ReadError::TooLarge {
            size: bytes.len(),
            limit,
        });
    }
    Ok(())
}

/// What the bytes of a file show that it is.
enum Format {
    Text,
    Html,
    /// A ZIP archive: Word and Excel files are such.
    Archive,
    Pdf,
    /// The container of old Word and Excel files, and of new ones with a password.
    Compound,
    Other(&'static str, &'static str),
}

fn format(bytes: &[u8]) -> Format {
    const REMEDY: &str = "give the document itself as text, web page, .docx, .xlsx, .csv or .pdf";
    const SIGNS: [(&[u8], &str); 8] = [
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"II*\0", "a picture"),
        (b"\x1F\x8B", "a compressed file"),
        (b"Rar!", "an archive"),
        (b"7z\xBC\xAF", "an archive"),
        (b"{\\rtf", "a rich text file (RTF)"),
    ];
    // A PDF file may have some bytes before its sign.
    const PDF_WITHIN: usize = 1024;
    let head = &bytes[..bytes.len().min(PDF_WITHIN)];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        Format::Archive
    } else if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        Format::Compound
    } else if head.windows(5).any(|window| window == b"%PDF-") {
        Format::Pdf
    } else if let Some((_, what)) = SIGNS.iter().find(|(sign, _)| bytes.starts_with(sign)) {
        Format::Other(what, REMEDY)
    } else if html::is_html(bytes) {
        Format::Html
    } else {
        Format::Text
    }
}

fn text(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let (text, encoding) = charset::decode(bytes)?;
    let text = word::plain(text).ok_or(ReadError::Unsupported {
        what: "binary data",
        remedy: "give the document itself as text, web page, .docx, .xlsx, .csv or .pdf",
    })?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Decoded::of_text(text, encoding))
}

fn text_or_sheet(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let text = text(bytes)?;
    if let Some(sheet) = csv::sheet(&text) {
        return Ok(sheet);
    }
    if let Some(page) = html::among_text(&text.text, text.encoding)? {
        return Ok(page);
    }
    Ok(Decoded {
        text: markup::read(&text.text).into_owned(),
        ..text
    })
}

fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1A}' | '\u{1C}'..='\u{1F}' | '\u{7F}')
}

/// What a ZIP archive holds tells what it is.
fn package(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let mut archive = archive::Archive::open(bytes)?;
    if archive.has("word/document.xml") {
        docx::read(&mut archive)
    } else if archive.has("xl/workbook.xml") {
        xlsx::read(&mut archive, bytes)
    } else {
        Err(ReadError::Unsupported {
            what: "an archive",
            remedy: "unpack it and give its documents one by one",
        })
    }
}

fn compound(bytes: &[u8]) -> ReadError {
    // The name of the stream that holds the file which the password protects.
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        return ReadError::Protected {
            format: "Word or Excel",
        };
    }
    ReadError::Unsupported {
        what: "an old Word, Excel or WPS file (.doc, .xls, .wps, .et)",
        remedy: "save it as .docx or .xlsx first",
    }
}

/// Runs a library over bytes that nobody vouches for. None of the two that are run this way is known to panic, but both
/// are large and read whatever they are given: should one panic, that file is damaged and no more.
fn contained<T>(format: &'static str, read: impl FnOnce() -> T) -> Result<T, ReadError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).map_err(|_| ReadError::Damaged {
        format,
        part: "what cannot be in such a file".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, GB18030};

    const LIMIT: usize = 256;

    #[test]
    fn chinese_text_is_read_in_the_encodings_offices_use_however_short_it_is() {
        let utf16 = |text: &str, units: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let text = format!("\u{FEFF}{text}");
            text.encode_utf16().flat_map(units).collect()
        };
        for (simplified, traditional) in [
            ("市科技局负责", "市科技局負責"),
            ("责任单位", "責任單位"),
            ("一、推进", "一、推進"),
            ("各区人民政府，", "各區人民政府，"),
            ("牵头", "牽頭"),
        ] {
            let with_mark = [b"\xEF\xBB\xBF", simplified.as_bytes()].concat();
            for (bytes, text, encoding) in [
                (simplified.as_bytes().to_vec(), simplified, "UTF-8"),
                (with_mark, simplified, "UTF-8"),
                (
                    GB18030.encode(simplified).0.into_owned(),
                    simplified,
                    "gb18030",
                ),
                (BIG5.encode(traditional).0.into_owned(), traditional, "Big5"),
                (utf16(simplified, u16::to_le_bytes), simplified, "UTF-16LE"),
                (
                    utf16(traditional, u16::to_be_bytes),
                    traditional,
                    "UTF-16BE",
                ),
            ] {
                let decoded = decode(&bytes, LIMIT).unwrap();
                assert_eq!((&*decoded.text, decoded.encoding), (text, encoding));
            }
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_reason_and_the_remedy() {
        let cut = &"责任".as_bytes()[..5];
        let long = [b'a'; LIMIT + 1];
        let encrypted: Vec<u8> = b"\xD0\xCF\x11\xE0"
            .iter()
            .copied()
            .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (bytes, error) in [
            (&b""[..], "the file is empty or holds only white space"),
            (
                b" \r\n\xE3\x80\x80",
                "the file is empty or holds only white space",
            ),
            (b"abc\0def", "the file is binary data, which is not read"),
            (b"\x89PNG....", "the file is a picture"),
            (b"\xD0\xCF\x11\xE0....", "save it as .docx or .xlsx first"),
            (
                &encrypted,
                "the Word or Excel file is protected by a password",
            ),
            (
                b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
                "unpack it and give its documents",
            ),
            (b"PK\x03\x04 and no more", "the ZIP file is damaged"),
            (b"%PDF-1.7 and no more", "the PDF file is damaged"),
            (
                b"plan \xFF\xFE\xFD plan",
                "byte 5 fits neither UTF-8 nor GB18030",
            ),
            (cut, "byte 4 fits neither UTF-8 nor GB18030"),
            (&long, "the file has 257 bytes and the limit is 256"),
        ] {
            let message = decode(bytes, LIMIT).unwrap_err().to_string();
            assert!(message.contains(error), "{message}");
        }
    }
}
