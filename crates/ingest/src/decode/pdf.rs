//! PDF files with a text layer. A page says where characters stand and nothing of lines, so `layout` puts them together.

mod content;
mod font;
mod layout;

use super::{Decoded, ReadError, contained, page::Page};
use layout::Lines;
use lopdf::{Document, LoadOptions};

const FORMAT: &str = "PDF";

/// What one stream of a file unfolds to at most, in bytes.
const MOST_OF_A_STREAM: usize = 16 << 20;

/// What all pages together unfold to at most, in bytes.
const MOST_BYTES: usize = 64 << 20;

/// No document has more pages.
const MOST_PAGES: usize = 3000;

/// Reads a PDF file.
pub(super) fn read(bytes: &[u8]) -> Result<Decoded, ReadError> {
    contained(FORMAT, || pages(bytes))?
}

fn pages(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let options = LoadOptions::with_max_decompressed_size(MOST_OF_A_STREAM);
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => {
            return Err(ReadError::Protected { format: FORMAT });
        }
        Err(_) => return Err(damaged("its list of objects")),
    };
    // Without a password only what restricts printing and the like can be opened.
    if document.is_encrypted() {
        return Err(ReadError::Protected { format: FORMAT });
    }
    let ids: Vec<_> = document.page_iter().take(MOST_PAGES + 1).collect();
    if ids.is_empty() {
        return Err(damaged("its list of pages"));
    }
    if ids.len() > MOST_PAGES {
        return Err(unfolds("its list of pages", MOST_PAGES, "pages"));
    }
    let mut fonts = font::Fonts::default();
    let mut lines = Lines::default();
    let mut left = MOST_BYTES;
    for (index, id) in ids.into_iter().enumerate() {
        let part = format!("page {}", index + 1);
        let too_much = |_| unfolds(&part, MOST_BYTES, "bytes");
        let content = document
            .get_page_content_with_limit(id, left.min(MOST_OF_A_STREAM))
            .map_err(too_much)?;
        left -= content.len().min(left);
        let mut text = content::Text::new(&document, &mut fonts, &mut left);
        text.page(id, &content);
        lines.page(text.pieces);
    }
    if lines.unknown() * 2 > lines.characters() && lines.characters() > 0 {
        return Err(ReadError::Unsupported {
            what: "a PDF file whose fonts do not say which characters they show",
            remedy: "give the document as .docx, or run text recognition over it first",
        });
    }
    if lines.characters() == 0 {
        return Err(ReadError::NoText);
    }
    let mut page = Page::default();
    lines.write(&mut page);
    Ok(page.decoded("pdf"))
}

fn damaged(part: &str) -> ReadError {
    ReadError::Damaged {
        format: FORMAT,
        part: part.to_owned(),
    }
}

fn unfolds(part: &str, limit: usize, unit: &'static str) -> ReadError {
    ReadError::Unfolds {
        format: FORMAT,
        part: part.to_owned(),
        limit,
        unit,
    }
}
