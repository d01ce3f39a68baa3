//! The compact form of the facts of [`crate::document`].

use super::{DocumentRef, Image};
use crate::{
    document,
    register::{Graph, Inapplicable, Packer, Ref, Register, Table, TextRef},
    text::{Citation, Points, Sha256, Span},
    time::Day,
};
use std::sync::Arc;

/// A citation and its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Quote {
    pub document: DocumentRef,
    pub passage: Passage,
    /// The words: always the slice of the document's text.
    pub text: TextRef,
}

/// A stretch of a document's text, as it is kept and as it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Passage {
    /// In UTF-8 bytes.
    pub span: Span,
    /// In code points.
    pub points: Points,
}

impl Quote {
    pub(crate) fn unpack(&self, register: &Register) -> Citation {
        Citation {
            document: register.id_of(self.document),
            span: self.passage.span,
        }
    }
}

/// Image of [`crate::document::Document`].
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "as in the fact of the same name")]
pub struct Document {
    pub title: TextRef,
    pub issuer: Option<TextRef>,
    pub number: Option<TextRef>,
    pub issued_on: Option<Day>,
    pub posted_on: Option<Day>,
    pub address: Option<TextRef>,
    pub bytes: Sha256,
    pub text: Sha256,
    pub encoding: TextRef,
    /// Each with its words.
    pub cites: Arc<[(Passage, TextRef)]>,
    pub reader: TextRef,
}

impl Image for Document {
    type Fact = document::Document;
    const ENTITY: &'static str = "document";
    type Rows = Vec<Self>;

    fn table(graph: &Graph) -> &Table<Self> {
        &graph.documents
    }

    fn pack(fact: &Self::Fact, packer: &mut Packer<'_>) -> Result<Self, Inapplicable> {
        Ok(Self {
            title: packer.name(&fact.title),
            issuer: packer.optional_text(fact.issuer.as_deref()),
            number: packer.optional_text(fact.number.as_deref()),
            issued_on: fact.issued_on,
            posted_on: fact.posted_on,
            address: packer.optional_text(fact.address.as_deref()),
            bytes: fact.bytes,
            text: fact.text,
            encoding: packer.text(&fact.encoding),
            cites: fact
                .cites
                .iter()
                .map(|&span| packer.words(fact.text, span))
                .collect::<Result<_, _>>()?,
            reader: packer.text(&fact.reader),
        })
    }

    fn unpack(&self, register: &Register) -> Self::Fact {
        document::Document {
            title: register.string(self.title),
            issuer: register.optional_string(self.issuer),
            number: register.optional_string(self.number),
            issued_on: self.issued_on,
            posted_on: self.posted_on,
            address: register.optional_string(self.address),
            bytes: self.bytes,
            text: self.text,
            encoding: register.string(self.encoding),
            cites: self.cites.iter().map(|(passage, _)| passage.span).collect(),
            reader: register.string(self.reader),
        }
    }

    /// Spans are spans of one text.
    fn stays(&self, earlier: &Self) -> bool {
        self.text == earlier.text
    }

    fn link(&self, _: Ref<Self>, _: Option<&Self>, _: &Register) {}
}
