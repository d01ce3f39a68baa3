//! Documents.

use super::{View, Words};
use crate::{
    fold::fold,
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

    /// The document that a plan rests on now and that another with this number and title would be a newer version of:
    /// one with the same number, or else with the same title; of several, the one recorded last.
    pub fn document_find_earlier(&self, number: Option<&str>, title: &str) -> Option<DocumentRef> {
        let has_plan = |document: &DocumentRef| !self.document_plans(*document).is_empty();
        let called = |is: &dyn Fn(&Document) -> bool| {
            let mut found = self
                .known::<Document>()
                .rev()
                .filter(|(_, image)| is(image));
            found.find_map(|(document, _)| has_plan(&document).then_some(document))
        };
        let (number, title) = (number.map(fold), fold(title));
        let same_number = number.and_then(|number| {
            called(&|image| {
                let own = image.number.map(|own| fold(self.text(own)));
                own.as_ref() == Some(&number)
            })
        });
        let same_title = || called(&|image| fold(self.text(image.title)) == title);
        same_number.or_else(|| (!title.is_empty()).then(same_title).flatten())
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
