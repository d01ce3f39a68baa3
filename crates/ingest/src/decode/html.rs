//! Web pages: the article among what the site puts around it, with its tables.

mod article;
mod render;
mod tree;

use super::{Decoded, ReadError, charset, markup, page::Page};
use encoding_rs::{Encoding, GB18030, GBK};
use html5gum::{Token, Tokenizer};
use regex::bytes::Regex;
use std::sync::LazyLock;

/// How much of a file is looked at to see whether it is a page, and in which encoding.
const HEAD: usize = 4096;

/// Whether bytes are a web page: they begin with a tag of one.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)<(!doctype\s+html|html|head|body|meta|title|table|div|p|span|center|h[1-6])[\s>/]")
            .expect("the pattern is well formed")
    });
    let head = &bytes[..bytes.len().min(HEAD)];
    // In UTF-16 every second byte is zero.
    let head: Vec<u8> = head.iter().copied().filter(|byte| *byte != 0).collect();
    let start = head.iter().position(|&byte| byte == b'<');
    start.is_some_and(|start| {
        let blank = |byte: &u8| byte.is_ascii_whitespace() || !byte.is_ascii();
        head[..start].iter().all(blank) && start <= 16 && TAG.is_match(&head[start..])
    })
}

/// Reads a page.
pub(super) fn read(bytes: &[u8]) -> Result<Decoded, ReadError> {
    let (html, encoding) = characters(bytes)?;
    let tree = tree::parse(&html);
    let mut page = Page::default();
    let article = article::find(&tree);
    let mut blocks = vec![];
    for part in article.parts {
        blocks.extend(render::blocks(&tree, part)?);
    }
    if let Some(title) = article.title.filter(|title| !render::says(&blocks, title)) {
        page.line(&title);
    }
    render::write(blocks, &mut page);
    Ok(page.decoded(encoding))
}

/// A text that holds tables of pages, as converters of documents write them; nothing if it holds none.
pub(super) fn among_text(text: &str, encoding: &'static str) -> Result<Option<Decoded>, ReadError> {
    static TABLE: LazyLock<regex::Regex> = LazyLock::new(|| {
        regex::Regex::new(r"(?is)<table[\s>].*?</table\s*>").expect("the pattern is well formed")
    });
    let mut page = Page::default();
    let mut start = 0;
    for table in TABLE.find_iter(text) {
        markup::read(&text[start..table.start()])
            .lines()
            .for_each(|line| page.line(line));
        let tree = tree::parse(table.as_str());
        render::write(render::blocks(&tree, tree::ROOT)?, &mut page);
        start = table.end();
    }
    if start == 0 {
        return Ok(None);
    }
    markup::read(&text[start..])
        .lines()
        .for_each(|line| page.line(line));
    Ok(Some(page.decoded(encoding)))
}

/// Words with the characters that entities in them stand for.
pub(super) fn characters_of(words: &str) -> String {
    // Here < begins no tag.
    let words = words.replace('<', "&lt;");
    let mut characters = String::with_capacity(words.len());
    for Ok(token) in Tokenizer::new(&words) {
        if let Token::String(text) = token {
            characters.push_str(&String::from_utf8_lossy(&text));
        }
    }
    characters
}

/// The characters by the mark of the bytes, by what the page says of itself, or by what they are.
///
/// Published pages hold stray bytes. Where a page says in which encoding it is and is so but for these, they are read as
/// damaged characters, which later steps report.
fn characters(bytes: &[u8]) -> Result<(String, &'static str), ReadError> {
    static CHARSET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)<meta[^>]*charset\s*=\s*["']?\s*([a-z0-9_:.-]+)"#)
            .expect("the pattern is well formed")
    });
    if let Ok(found) = charset::decode(bytes) {
        return Ok(found);
    }
    let said = CHARSET
        .captures(&bytes[..bytes.len().min(HEAD)])
        .and_then(|found| Encoding::for_label(&found[1]));
    // Pages say GB 2312 or GBK and use what only GB18030 has.
    let encoding = said.map(|said| if said == GBK { GB18030 } else { said });
    let encoding = encoding.unwrap_or(GB18030);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let replaced = text.chars().filter(|c| *c == '\u{FFFD}').count();
    if replaced * 50 > text.chars().count() {
        return charset::decode(bytes);
    }
    Ok((text.into_owned(), encoding.name()))
}
