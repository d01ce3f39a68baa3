//! On whose authority something is changed.

use super::{
    super::{
        mutation::{UserError, UserErrorCode, is_usable},
        scope::Scope,
    },
    reference::Reference,
};
use crate::error::Fault;
use async_graphql::{InputObject, OneofObject};
use domain::{
    change::Authority,
    id::{DocumentId, Id as _},
    image,
    review::span_of,
    text::{Citation, CodePoints, Points},
};

/// On whose authority something is changed.
#[derive(Debug, OneofObject)]
pub(crate) enum AuthorityInput {
    /// A document by its number or name.
    Named(String),
    /// The words of a document in the register.
    Cited(CitationInput),
}

/// Words of a document in the register.
#[derive(Debug, InputObject)]
pub(crate) struct CitationInput {
    /// The document.
    document: Reference,
    /// Where they begin: a Unicode code point of the document's text, counted from 0.
    start: u32,
    /// The first code point after them.
    end: u32,
    /// The words themselves, to be sure: refused if others stand there.
    quote: Option<String>,
}

impl AuthorityInput {
    /// The authority that is meant.
    pub(super) async fn authority(
        self,
        scope: &Scope,
    ) -> Result<Result<Authority, UserError>, Fault> {
        match self {
            Self::Named(name) if is_usable(&name) => Ok(Ok(Authority::Named(name))),
            Self::Named(_) => Ok(Err(UserError::unusable_field("authority"))),
            Self::Cited(cited) => Ok(cited.citation(scope).await?.map(Authority::Cited)),
        }
    }
}

impl CitationInput {
    async fn citation(self, scope: &Scope) -> Result<Result<Citation, UserError>, Fault> {
        let path = |field| ["input", "authority", "cited", field];
        let key = match self.document {
            Reference::Id(id) if id.kind == DocumentId::KIND => Some(id.key),
            Reference::Key(key) => Some(key),
            Reference::Id(_) | Reference::Recorded(_) => None,
        };
        let found = key.and_then(|key| scope.find::<image::Document>(key.into()));
        let Some(document) = found else {
            let message = "the register holds no such document: look it up again".to_owned();
            return Ok(Err(UserError::at(
                UserErrorCode::NotFound,
                message,
                &path("document"),
            )));
        };
        let digest = scope.thing(document).text;
        let text = scope.store.text(digest).await?;
        let text = text.ok_or_else(|| Fault::internal(format!("the text {digest} is not kept")))?;
        let points = CodePoints::of(&text);
        let at = Points {
            start: self.start,
            end: self.end,
        };
        Ok(match span_of((&text, &points), at, self.quote.as_deref()) {
            Ok(span) => Ok(Citation {
                document: scope.id(document),
                span,
            }),
            Err(refused) => Err(UserError::at(
                UserErrorCode::InputInvalid,
                refused.to_string(),
                &path("start"),
            )),
        })
    }
}
