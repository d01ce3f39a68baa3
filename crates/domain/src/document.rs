//! Documents: published texts, kept for ever.

use crate::{
    text::{Sha256, Span},
    time::Day,
};
use serde::{Deserialize, Serialize};

/// 政策文件: a published text. Its bytes and its decoded characters are kept by their digests, beside the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The title as written, without line breaks.
    pub title: String,
    /// Who issued it, as written.
    pub issuer: Option<String>,
    /// Its own document number, such as 国发〔2017〕35号.
    pub number: Option<String>,
    /// The day of issue, where the document states it.
    pub issued_on: Option<Day>,
    /// The day a web page says it was posted.
    pub posted_on: Option<Day>,
    /// Where it came from: a file name or a web address.
    pub address: Option<String>,
    /// The digest of the bytes that were given.
    pub bytes: Sha256,
    /// The digest of the decoded text (UTF-8) that all spans refer to.
    pub text: Sha256,
    /// The character encoding the bytes were in (WHATWG name), or the format that keeps characters in its own way: `docx`,
    /// `xlsx`, `pdf`.
    pub encoding: String,
    /// Other documents that this one cites by number.
    pub cites: Vec<Span>,
    /// The version of the reader that read it.
    pub reader: String,
}
