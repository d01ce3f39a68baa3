//! Citations: the exact words of a document, and where they stand.

use super::{define::graph_types, document::Document};
use domain::image::QuoteRef;

graph_types! {
    /// 原文依据: the exact characters of a document that say something. The quote always equals the slice of the
    /// document's text from `start` to `end`.
    type Citation(view, quote: QuoteRef) {
        /// The words.
        quote -> &str = view.string(view.quote(*quote).text);
        /// Where they begin: a Unicode code point of the document's text, counted from 0.
        start -> u32 = view.quote(*quote).passage.points.start;
        /// The first code point after them.
        end -> u32 = view.quote(*quote).passage.points.end;
        /// The document.
        document -> Document = Document::new(view, view.quote(*quote).document);
    }
}
