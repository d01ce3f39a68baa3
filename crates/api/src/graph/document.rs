//! Documents and their texts.

use super::{
    connection::{connections, filtered_lists},
    define::{Defaulted, graph_types, graph_values},
    history::{Version, history},
    id::GlobalId,
    list::{All, all},
    plan::Plan,
    scalar::{Date, SeqNumber, Shown},
};
use domain::{
    image::{self, DocumentRef},
    view::DocumentFilter,
};
use uuid::Uuid;

graph_types! {
    /// 政策文件: a published text, kept for ever.
    type Document(view, document: DocumentRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*document);
        /// The document's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*document);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*document));
        /// The title as written, without line breaks.
        title -> &str = view.string(view.thing(*document).title);
        /// Who issued it, as written.
        issuer -> Option<&str> = view.optional(view.thing(*document).issuer);
        /// Its own document number, such as 国发〔2017〕35号.
        number -> Option<&str> = view.optional(view.thing(*document).number);
        /// The day of issue, where the document states it.
        issued_on -> Option<Date> = view.thing(*document).issued_on.map(Date);
        /// The day a web page says it was posted.
        posted_on -> Option<Date> = view.thing(*document).posted_on.map(Date);
        /// Where it came from: a file name or a web address.
        address -> Option<&str> = view.optional(view.thing(*document).address);
        /// The SHA-256 of the bytes that were given, in hexadecimal.
        sha256 -> String = view.thing(*document).bytes.to_string();
        /// The SHA-256 of the decoded text in UTF-8, to which every span refers, in hexadecimal.
        text_sha256 -> String = view.thing(*document).text.to_string();
        /// The character encoding of the bytes (WHATWG name); for a file that keeps characters in its own way, its format: `docx`,
        /// `xlsx` or `pdf`.
        encoding -> &str = view.string(view.thing(*document).encoding);
        /// The version of the reader that read it.
        reader -> &str = view.string(view.thing(*document).reader);
        /// Other documents that it cites by number.
        cites -> Vec<Passage> = view.thing(*document).cites.iter().map(|(passage, words)| Passage {
            quote: view.string(*words).to_owned(),
            start: passage.points.start,
            end: passage.points.end,
        }).collect();
        /// The plans that it sets out.
        plans -> All<Plan> = all(view, view.document_plans(*document));
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *document);
    } stored {
        /// The decoded text, or the part of it from code point `start` up to `end`.
        text(
            #[graphql(desc = "Where to begin, counted in Unicode code points from 0.", default)]
            start: Defaulted<u32>,
            #[graphql(desc = "The first code point after the part; the end of the text if none is given.")]
            end: Option<u32>,
        ) -> String = view.document_text(*document, start.0, end).await;
        /// How many Unicode code points the text has.
        length -> u32 = view.document_length(*document).await;
    }
}

graph_values! {
    /// Words of a document and where they stand.
    value Passage {
        /// The words.
        quote: String,
        /// Where they begin: a Unicode code point of the document's text, counted from 0.
        start: u32,
        /// The first code point after them.
        end: u32,
    }
}

connections! {
    /// Documents, page by page.
    DocumentConnection, DocumentEdge: DocumentList => Document;
}

filtered_lists! {
    /// Documents in the order of recording.
    DocumentList(DocumentFilter) of image::Document: document_page, document_count, document_cursor;
}
