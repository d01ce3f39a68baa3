//! Where the HTTP edge finds API tokens.

use api::auth::{TokenLookup, TokenRecord};
use domain::text::Sha256;
use std::{error::Error, future::Future, pin::Pin};
use store::Database;

/// The tokens of a database.
pub(super) struct Tokens(pub(super) Database);

impl TokenLookup for Tokens {
    fn token_find(
        &self,
        hash: Sha256,
    ) -> Pin<
        Box<
            dyn Future<Output = Result<Option<TokenRecord>, Box<dyn Error + Send + Sync>>>
                + Send
                + '_,
        >,
    > {
        Box::pin(async move {
            let token = self.0.token_find_by_hash(hash).await?;
            Ok(token.map(|token| TokenRecord {
                name: token.name,
                revoked: token.revoked_at.is_some(),
            }))
        })
    }
}
