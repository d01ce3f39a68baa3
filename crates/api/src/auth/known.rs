//! Tokens that were found before: most requests ask no database for them, and none has to while it is away.

use super::{TokenLookup, TokenRecord};
use domain::text::Sha256;
use futures_util::future::BoxFuture;
use std::{
    collections::HashMap,
    error::Error,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// For how long a token that was found is taken for what it was. Within this time a revoked one is still accepted.
const FRESH: Duration = Duration::from_secs(1);

/// How long the database may take to say what a known token is now. One that was never found is waited for longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// Remembers the tokens that it has found.
///
/// As long as they cannot be looked up, those that are known stay what they were last: a node that is cut off from its
/// database goes on answering those whom it knows, and nobody else.
#[derive(Debug)]
pub struct KnownTokens<T> {
    tokens: T,
    fresh: Duration,
    known: Mutex<HashMap<Sha256, Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    record: TokenRecord,
    looked: Instant,
}

impl<T: TokenLookup> KnownTokens<T> {
    /// Knows none yet.
    pub fn new(tokens: T) -> Self {
        Self {
            tokens,
            fresh: FRESH,
            known: Mutex::default(),
        }
    }

    /// What is known of a token, and whether it has to be looked up again. Whoever is told so does it; until then others
    /// take it for what it was.
    fn known(&self, hash: Sha256) -> Option<(TokenRecord, bool)> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Known { record, looked } = known.get_mut(&hash)?;
        let stale = looked.elapsed() >= self.fresh;
        if stale {
            *looked = Instant::now();
        }
        Some((record.clone(), stale))
    }

    fn learn(&self, hash: Sha256, found: Option<&TokenRecord>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        match found {
            Some(record) => {
                let looked = Instant::now();
                let record = record.clone();
                known.insert(hash, Known { record, looked });
            }
            None => _ = known.remove(&hash),
        }
    }
}

impl<T: TokenLookup> TokenLookup for KnownTokens<T> {
    fn token_find(
        &self,
        hash: Sha256,
    ) -> BoxFuture<'_, Result<Option<TokenRecord>, Box<dyn Error + Send + Sync>>> {
        Box::pin(async move {
            let known = match self.known(hash) {
                Some((record, false)) => return Ok(Some(record)),
                Some((record, true)) => record,
                None => {
                    let found = self.tokens.token_find(hash).await?;
                    self.learn(hash, found.as_ref());
                    return Ok(found);
                }
            };
            match timeout(PATIENCE, self.tokens.token_find(hash)).await {
                Ok(Ok(found)) => {
                    self.learn(hash, found.as_ref());
                    Ok(found)
                }
                Ok(Err(_)) | Err(_) => Ok(Some(known)),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    /// A list that can be away.
    #[derive(Default)]
    struct List(Mutex<Option<Vec<(Sha256, TokenRecord)>>>);

    impl TokenLookup for List {
        fn token_find(
            &self,
            hash: Sha256,
        ) -> BoxFuture<'_, Result<Option<TokenRecord>, Box<dyn Error + Send + Sync>>> {
            let list = self.0.lock().unwrap().clone();
            let found = list.ok_or("away".into()).map(|list| {
                let found = list.into_iter().find(|(known, _)| *known == hash);
                found.map(|(_, record)| record)
            });
            std::future::ready(found).boxed()
        }
    }

    const CLERK: Sha256 = Sha256([1; 32]);

    fn clerk(revoked: bool) -> TokenRecord {
        TokenRecord {
            name: "clerk".to_owned(),
            revoked,
        }
    }

    fn tokens(fresh: Duration) -> KnownTokens<List> {
        KnownTokens {
            fresh,
            ..KnownTokens::new(List::default())
        }
    }

    fn set(tokens: &KnownTokens<List>, list: Option<TokenRecord>) {
        *tokens.tokens.0.lock().unwrap() = list.map(|record| vec![(CLERK, record)]);
    }

    #[tokio::test]
    async fn whoever_is_known_is_known_while_the_database_is_away_and_nobody_else() {
        let tokens = tokens(Duration::ZERO);
        assert!(tokens.token_find(CLERK).await.is_err());
        set(&tokens, Some(clerk(false)));
        assert_eq!(tokens.token_find(CLERK).await.unwrap(), Some(clerk(false)));
        set(&tokens, None);
        assert_eq!(tokens.token_find(CLERK).await.unwrap(), Some(clerk(false)));
        assert!(tokens.token_find(Sha256([2; 32])).await.is_err());
        set(&tokens, Some(clerk(true)));
        assert_eq!(tokens.token_find(CLERK).await.unwrap(), Some(clerk(true)));
        *tokens.tokens.0.lock().unwrap() = Some(vec![]);
        assert_eq!(tokens.token_find(CLERK).await.unwrap(), None);
        set(&tokens, None);
        assert!(tokens.token_find(CLERK).await.is_err(), "it is forgotten");
    }

    #[tokio::test]
    async fn a_token_that_was_just_found_is_not_looked_up_again() {
        let tokens = tokens(Duration::from_hours(1));
        set(&tokens, Some(clerk(false)));
        assert_eq!(tokens.token_find(CLERK).await.unwrap(), Some(clerk(false)));
        set(&tokens, Some(clerk(true)));
        assert_eq!(tokens.token_find(CLERK).await.unwrap(), Some(clerk(false)));
    }
}
