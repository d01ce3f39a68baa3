//! Who is asking: bearer tokens, and the local user on a loopback interface.

mod known;

pub use known::KnownTokens;

use crate::error::{Code, Fault};
use axum::http::{HeaderMap, header};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    change::{Actor, Authentication},
    text::Sha256,
};
use futures_util::future::BoxFuture;
use std::{error::Error, fmt};
use store::Database;

const PREFIX: &str = "remit_";

/// A named API token's secret: `remit_` and 32 random bytes in unpadded base64url.
///
/// It is shown to a person once, when it is made; the store keeps its [hash](Token::hash).
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A token of 32 bytes that the caller took from a cryptographic random number generator.
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// Reads a token as it is presented.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(text.strip_prefix(PREFIX)?)
            .ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The token as its owner presents it.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(self.0))
    }

    /// What the store keeps and finds the token by.
    ///
    /// One round of SHA-256 is enough: slow, salted hashes protect secrets that can be guessed, and 256 random bits
    /// cannot. Finding by hash also leaves nothing to learn from the time a comparison takes.
    pub fn hash(&self) -> Sha256 {
        Sha256::of(self.reveal().as_bytes())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What is known of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRecord {
    /// Its name, the subject of whoever presents it.
    pub name: String,
    /// Whether it has been revoked.
    pub revoked: bool,
}

/// Finds tokens; the database does it for the server, a list for tests.
pub trait TokenLookup: Send + Sync {
    /// The token with this hash, also when it has been revoked.
    fn token_find(
        &self,
        hash: Sha256,
    ) -> BoxFuture<'_, Result<Option<TokenRecord>, Box<dyn Error + Send + Sync>>>;
}

impl TokenLookup for Database {
    fn token_find(
        &self,
        hash: Sha256,
    ) -> BoxFuture<'_, Result<Option<TokenRecord>, Box<dyn Error + Send + Sync>>> {
        Box::pin(async move {
            let found = self.token_find_by_hash(hash).await?;
            Ok(found.map(|token| TokenRecord {
                name: token.name,
                revoked: token.revoked_at.is_some(),
            }))
        })
    }
}

/// Who may ask without a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody who reaches the loopback interface that the server listens on, as this subject (`local:USER`).
    Loopback {
        /// The subject.
        subject: String,
    },
    /// Nobody: the server can be reached from elsewhere.
    TokenOnly,
}

impl Access {
    /// Who sent a request with these headers. A token that is presented must be valid, even where none is needed.
    pub(crate) async fn actor(
        &self,
        headers: &HeaderMap,
        tokens: &dyn TokenLookup,
    ) -> Result<Actor, Fault> {
        match (headers.get(header::AUTHORIZATION), self) {
            (Some(credentials), _) => {
                let token = credentials.to_str().ok().and_then(bearer).ok_or_else(|| {
                    unauthenticated("the Authorization header is not `Bearer remit_…`")
                })?;
                by_token(&token, tokens).await
            }
            (None, Self::Loopback { subject }) => Ok(Actor {
                subject: subject.clone(),
                authentication: Authentication::Local,
            }),
            (None, Self::TokenOnly) => Err(unauthenticated(
                "a token is needed here: send `Authorization: Bearer remit_…`; \
                 whoever runs the server makes one with `remit token add NAME`",
            )),
        }
    }
}

async fn by_token(token: &Token, tokens: &dyn TokenLookup) -> Result<Actor, Fault> {
    let found = tokens.token_find(token.hash()).await.map_err(|cause| {
        Fault::new(
            Code::Unavailable,
            "tokens cannot be checked at the moment; try again",
        )
        .because(cause)
    })?;
    match found {
        Some(record) if !record.revoked => Ok(Actor {
            subject: record.name,
            authentication: Authentication::Token,
        }),
        Some(_) => Err(unauthenticated("the token has been revoked")),
        None => Err(unauthenticated("the token is not known here")),
    }
}

fn bearer(credentials: &str) -> Option<Token> {
    let (scheme, token) = credentials.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    Token::parse(token.trim())
}

fn unauthenticated(message: &str) -> Fault {
    Fault::new(Code::Unauthenticated, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_is_shown_and_in_no_other_way() {
        let token = Token::new([7; 32]);
        let text = token.reveal();
        assert_eq!(text.len(), "remit_".len() + 43);
        assert_eq!(Token::parse(&text), Some(token));
        for wrong in [
            &text["remit_".len()..],
            &text[..text.len() - 1],
            "remit_",
            &format!("{text}="),
            &format!("{text}AA"),
        ] {
            assert_eq!(Token::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_token_does_not_show_itself_in_logs() {
        let token = Token::new([7; 32]);
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
