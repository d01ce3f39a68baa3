//! Named API tokens, kept by their hashes.

use crate::{
    database::Database,
    error::{RowKey, StoreError},
    row::api_token,
};
use domain::{text::Sha256, time::Instant};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    sea_query::{Expr, OnConflict},
};

/// A token, as far as it is kept: never the secret itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its name: who writes with it.
    pub name: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it ceased to be accepted.
    pub revoked_at: Option<Instant>,
}

impl Database {
    /// Keeps a token by the hash of its secret; tells whether the name was free. A name is never used twice.
    pub async fn token_add(&self, name: &str, hash: Sha256) -> Result<bool, StoreError> {
        let row = api_token::Model {
            name: name.to_owned(),
            hash: hash.to_string(),
            created_at: self.now().to_string(),
            revoked_at: None,
        };
        let taken = OnConflict::column(api_token::Column::Name)
            .do_nothing()
            .to_owned();
        let insert = api_token::Entity::insert(row.into_active_model())
            .on_conflict(taken)
            .try_insert();
        let inserted = insert.exec_without_returning(self.writer()).await?;
        Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1..)))
    }

    /// The token with this hash, revoked or not.
    pub async fn token_find_by_hash(&self, hash: Sha256) -> Result<Option<Token>, StoreError> {
        let found = api_token::Entity::find().filter(api_token::Column::Hash.eq(hash.to_string()));
        found
            .one(self.reader())
            .await?
            .map(Token::try_from)
            .transpose()
    }

    /// All tokens, by name.
    pub async fn token_list(&self) -> Result<Vec<Token>, StoreError> {
        let rows = api_token::Entity::find()
            .order_by_asc(api_token::Column::Name)
            .all(self.reader())
            .await?;
        rows.into_iter().map(Token::try_from).collect()
    }

    /// Ends a token; tells whether there was one of this name that was still accepted.
    pub async fn token_revoke(&self, name: &str) -> Result<bool, StoreError> {
        let revoked = api_token::Entity::update_many()
            .col_expr(
                api_token::Column::RevokedAt,
                Expr::value(self.now().to_string()),
            )
            .filter(api_token::Column::Name.eq(name))
            .filter(api_token::Column::RevokedAt.is_null())
            .exec(self.writer())
            .await?;
        Ok(revoked.rows_affected > 0)
    }
}

impl TryFrom<api_token::Model> for Token {
    type Error = StoreError;

    fn try_from(row: api_token::Model) -> Result<Self, StoreError> {
        let api_token::Model {
            name,
            hash: _,
            created_at,
            revoked_at,
        } = row;
        let instant = |cell: &String| {
            cell.parse().map_err(|error: domain::time::NotAnInstant| {
                StoreError::corrupt("api_token", RowKey::Named(name.clone()), error)
            })
        };
        let created_at = instant(&created_at)?;
        let revoked_at = revoked_at.as_ref().map(instant).transpose()?;
        Ok(Self {
            name,
            created_at,
            revoked_at,
        })
    }
}
