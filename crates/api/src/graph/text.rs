//! Long texts: what a view asks of the store.

use super::scope::Scope;
use crate::error::Fault;
use domain::{
    image::{Body, DocumentRef, TaskRef},
    text::{CodePoints, Sha256, Span},
};
use std::sync::Arc;

impl Scope {
    /// What a task says.
    pub(crate) async fn body(&self, task: TaskRef) -> async_graphql::Result<Option<String>> {
        match self.view.thing(task).body {
            None => Ok(None),
            Some(Body::Own(digest)) => {
                let digest = self.view.register().digest(digest);
                let text = self.whole_text(digest).await?;
                self.counted(&text).map(Some)
            }
            Some(Body::Cited(document, span)) => {
                let text = self.whole_text(self.view.thing(document).text).await?;
                span.slice(&text).map(|part| self.counted(part)).transpose()
            }
        }
    }

    /// A document's text from one code point up to another.
    pub(crate) async fn document_text(
        &self,
        document: DocumentRef,
        start: u32,
        end: Option<u32>,
    ) -> async_graphql::Result<String> {
        let text = self.whole_text(self.view.thing(document).text).await?;
        let points = CodePoints::of(&text);
        let at = |point| points.offset(&text, point);
        let end = end.map_or(text.len() as u32, at);
        let span = Span {
            start: at(start).min(end),
            end,
        };
        self.counted(span.slice(&text).unwrap_or_default())
    }

    /// How many code points a document's text has.
    pub(crate) async fn document_length(
        &self,
        document: DocumentRef,
    ) -> async_graphql::Result<u32> {
        let text = self.whole_text(self.view.thing(document).text).await?;
        Ok(text.chars().count() as u32)
    }

    /// A text of the answer, counted against its budget.
    fn counted(&self, text: &str) -> async_graphql::Result<String> {
        self.budget.text(text)?;
        Ok(text.to_owned())
    }

    /// A text that the register keeps.
    pub(super) async fn whole_text(&self, digest: Sha256) -> async_graphql::Result<Arc<str>> {
        let text = self.store.text(digest).await.map_err(Fault::from)?;
        text.ok_or_else(|| Fault::internal(format!("the text {digest} is not kept")).into())
    }
}
