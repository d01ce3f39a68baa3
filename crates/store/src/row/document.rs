//! The table `document`.

use super::{Version, cell, cell::BadCell};
use domain::document::Document;

versioned!("document" of Document {
    title: String,
    issuer: Option<String>,
    number: Option<String>,
    issued_on: Option<String>,
    posted_on: Option<String>,
    address: Option<String>,
    bytes_sha256: String,
    text_sha256: String,
    encoding: String,
    cites: String,
    reader: String,
});

fn row(version: Version, fact: &Document) -> Model {
    let Document {
        title,
        issuer,
        number,
        issued_on,
        posted_on,
        address,
        bytes,
        text,
        encoding,
        cites,
        reader,
    } = fact.clone();
    Model {
        register_id: version.register,
        id: version.id,
        since_seq: version.since,
        until_seq: version.until,
        title,
        issuer,
        number,
        issued_on: cell::optional_day(issued_on),
        posted_on: cell::optional_day(posted_on),
        address,
        bytes_sha256: bytes.to_string(),
        text_sha256: text.to_string(),
        encoding,
        cites: serde_json::to_string(&cites).expect("spans are pairs of numbers"),
        reader,
    }
}

fn fact(row: Model) -> Result<Document, BadCell> {
    let Model {
        register_id: _,
        id: _,
        since_seq: _,
        until_seq: _,
        title,
        issuer,
        number,
        issued_on,
        posted_on,
        address,
        bytes_sha256,
        text_sha256,
        encoding,
        cites,
        reader,
    } = row;
    Ok(Document {
        title,
        issuer,
        number,
        issued_on: cell::read_optional("issued_on", issued_on)?,
        posted_on: cell::read_optional("posted_on", posted_on)?,
        address,
        bytes: cell::read("bytes_sha256", &bytes_sha256)?,
        text: cell::read("text_sha256", &text_sha256)?,
        encoding,
        cites: cell::read_json("cites", &cites)?,
        reader,
    })
}
