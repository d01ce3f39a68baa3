//! Citations: the exact words of a document, and where they stand.

use super::{
    define::graph_types,
    document::Document,
    scope::{Keep, Scope},
};
use domain::{
    image::{DocumentRef, QuoteRef},
    text::Points,
};
use std::sync::Arc;

graph_types! {
    /// 原文依据: the exact characters of a document that say something. The quote always equals the slice of the
    /// document's text from `start` to `end`.
    type Citation(view, cited: Cited) {
        /// The words.
        quote -> &str = cited.quote(view);
        /// Where they begin: a Unicode code point of the document's text, counted from 0.
        start -> u32 = cited.points(view).start;
        /// The first code point after them.
        end -> u32 = cited.points(view).end;
        /// The document.
        document -> Document = Document::new(view, cited.document(view));
    }
}

/// Words of a document.
#[derive(Clone, Debug)]
pub(crate) enum Cited {
    /// That the register quotes.
    Quote(QuoteRef),
    /// That the log cites: they are read from the document's text.
    Read(Arc<Words>),
}

/// Words as they stand in the text of a document.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) document: DocumentRef,
    pub(crate) points: Points,
    pub(crate) quote: String,
}

impl Cited {
    fn quote<'s>(&'s self, scope: &'s Scope) -> &'s str {
        match self {
            Self::Quote(quote) => scope.string(scope.view.quote(*quote).text),
            Self::Read(words) => &words.quote,
        }
    }

    fn points(&self, scope: &Scope) -> Points {
        match self {
            Self::Quote(quote) => scope.view.quote(*quote).passage.points,
            Self::Read(words) => words.points,
        }
    }

    fn document(&self, scope: &Scope) -> DocumentRef {
        match self {
            Self::Quote(quote) => scope.view.quote(*quote).document,
            Self::Read(words) => words.document,
        }
    }
}

impl Keep<Cited> for QuoteRef {
    fn keep(self, _: &Scope) -> Cited {
        Cited::Quote(self)
    }
}

impl Keep<Cited> for Words {
    fn keep(self, _: &Scope) -> Cited {
        Cited::Read(Arc::new(self))
    }
}
