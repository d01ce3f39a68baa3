//! From a fact's ids, strings and spans to handles.

use super::{Inapplicable, Ref, TextRef, Texts, Writer};
use crate::{
    id::{DocumentId, Id},
    image::{DigestRef, DocumentRef, Image, Passage, Quote, QuoteRef},
    text::{Citation, CodePoints, Sha256, Span},
    time::Seq,
};
use std::sync::Arc;
use uuid::Uuid;

/// Turns the ids and strings of one fact into handles.
pub struct Packer<'w> {
    pub(super) writer: &'w mut Writer,
    pub(super) texts: &'w dyn Texts,
    pub(super) entity: &'static str,
    pub(super) id: Uuid,
}

impl Packer<'_> {
    pub(crate) fn text(&mut self, text: &str) -> TextRef {
        let texts = &self.writer.register.graph.texts;
        texts.intern(&mut self.writer.known_texts, text)
    }

    /// A text that is a name or a title.
    pub(crate) fn name(&mut self, name: &str) -> TextRef {
        let texts = &self.writer.register.graph.texts;
        texts.intern_name(&mut self.writer.known_texts, name)
    }

    /// The digest of a text of its own, kept once.
    pub(crate) fn digest(&mut self, digest: Sha256) -> DigestRef {
        let digests = &self.writer.register.graph.digests;
        let known = &mut self.writer.known_digests;
        let key_of = |known: DigestRef| *digests.at(known.index());
        known.find(&digest, key_of).unwrap_or_else(|| {
            let new = Ref::new(digests.push(digest));
            known.insert(new, key_of);
            new
        })
    }

    pub(crate) fn optional_text(&mut self, text: Option<&str>) -> Option<TextRef> {
        text.map(|text| self.text(text))
    }

    /// The handle of the thing that this fact refers to.
    pub(crate) fn refer<I: Image>(&self, id: impl Id) -> Result<Ref<I>, Inapplicable> {
        let missing: Uuid = id.into();
        I::table(&self.writer.register.graph)
            .find(missing)
            .ok_or(Inapplicable::Dangling {
                entity: self.entity,
                id: self.id,
                refers_to: I::ENTITY,
                missing,
            })
    }

    pub(crate) fn optional<I: Image>(
        &self,
        id: Option<impl Id>,
    ) -> Result<Option<Ref<I>>, Inapplicable> {
        id.map(|id| self.refer(id)).transpose()
    }

    /// The citation with its words, kept once.
    pub(crate) fn quote(&mut self, citation: Citation) -> Result<QuoteRef, Inapplicable> {
        let register = Arc::clone(&self.writer.register);
        let quotes = &register.graph.quotes;
        let key_of = |known: QuoteRef| {
            let quote = quotes.at(known.index());
            (quote.document, quote.passage.span)
        };
        let document: DocumentRef = self.refer(citation.document)?;
        let known = (document, citation.span);
        if let Some(known) = self.writer.known_quotes.find(&known, key_of) {
            return Ok(known);
        }
        let (passage, text) = self.words(self.text_of(document), citation.span)?;
        let quote = Ref::new(quotes.push(Quote {
            document,
            passage,
            text,
        }));
        self.writer.known_quotes.insert(quote, key_of);
        Ok(quote)
    }

    pub(crate) fn optional_quote(
        &mut self,
        citation: Option<Citation>,
    ) -> Result<Option<QuoteRef>, Inapplicable> {
        citation.map(|citation| self.quote(citation)).transpose()
    }

    /// A stretch of a document, without its words.
    pub(crate) fn passage(
        &mut self,
        document: DocumentId,
        span: Span,
    ) -> Result<Passage, Inapplicable> {
        let digest = self.text_of(self.refer(document)?);
        let text = self.decoded(digest)?;
        self.locate(&text, digest, span)
    }

    /// The words at `span` of the text with this digest.
    pub(crate) fn words(
        &mut self,
        digest: Sha256,
        span: Span,
    ) -> Result<(Passage, TextRef), Inapplicable> {
        let text = self.decoded(digest)?;
        let passage = self.locate(&text, digest, span)?;
        Ok((passage, self.text(&text[span.range()])))
    }

    fn text_of(&self, document: DocumentRef) -> Sha256 {
        self.writer
            .register
            .graph
            .documents
            .resolve(document, Seq(u32::MAX))
            .text
    }

    fn decoded(&self, digest: Sha256) -> Result<Arc<str>, Inapplicable> {
        let Self { entity, id, .. } = *self;
        self.texts
            .text(digest)
            .ok_or(Inapplicable::TextMissing { entity, id, digest })
    }

    /// Finds a span's code points; fails where it does not fit the text.
    fn locate(&mut self, text: &str, digest: Sha256, span: Span) -> Result<Passage, Inapplicable> {
        let Self { entity, id, .. } = *self;
        span.slice(text).ok_or(Inapplicable::SpanOutside {
            entity,
            id,
            digest,
            span,
        })?;
        let counted = &mut self.writer.counted;
        if counted.as_ref().is_none_or(|(of, _)| *of != digest) {
            *counted = Some((digest, CodePoints::of(text)));
        }
        let points = counted
            .as_ref()
            .map(|(_, points)| points.points(text, span));
        Ok(Passage {
            span,
            points: points.expect("the text was just counted"),
        })
    }
}
