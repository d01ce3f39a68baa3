//! Documents.

use super::{View, Words};
use crate::{
    image::{Document, DocumentRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    text::Sha256,
};

/// Which documents.
#[derive(Clone, Debug, Default)]
pub struct DocumentFilter {
    /// With these words in the title.
    pub words: Option<Words>,
}

impl View {
    /// A page of documents, in the order of recording.
    pub fn document_page(
        &self,
        filter: &DocumentFilter,
        request: &PageRequest,
    ) -> Result<Page<Document>, BadPage> {
        page::page(
            self,
            &Sorted::new(self.documents(filter), |_| Key::Recorded),
            request,
        )
    }

    /// Where a document stands in the list of documents.
    pub fn document_cursor(&self, document: DocumentRef) -> Cursor {
        page::cursor(
            self,
            &Sorted::new(std::iter::empty(), |_| Key::Recorded),
            document,
        )
    }

    /// How many documents.
    pub fn document_count(&self, filter: &DocumentFilter) -> usize {
        self.documents(filter).count()
    }

    /// The document that was read from these bytes.
    pub fn document_find_by_bytes(&self, bytes: Sha256) -> Option<DocumentRef> {
        self.known::<Document>()
            .find(|(_, image)| image.bytes == bytes)
            .map(|(document, _)| document)
    }

    fn documents(&self, filter: &DocumentFilter) -> impl Iterator<Item = DocumentRef> {
        let matches = |document: &Document| {
            filter
                .words
                .as_ref()
                .is_none_or(|words| words.are_in(self.text(document.title)))
        };
        self.known::<Document>()
            .filter(move |(_, image)| matches(image))
            .map(|(document, _)| document)
    }
}
