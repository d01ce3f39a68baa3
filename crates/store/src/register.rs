//! The row of a register, and what it says.

use crate::{
    database::RegisterSummary,
    error::{RowKey, StoreError},
    row::register::Model,
};

impl From<RegisterSummary> for Model {
    fn from(summary: RegisterSummary) -> Self {
        let RegisterSummary {
            id,
            code,
            name,
            time_zone,
            created_at,
        } = summary;
        Self {
            id: id.into(),
            code,
            name,
            time_zone,
            created_at: created_at.to_string(),
        }
    }
}

impl TryFrom<Model> for RegisterSummary {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let Model {
            id,
            code,
            name,
            time_zone,
            created_at,
        } = row;
        let created_at = created_at
            .parse()
            .map_err(|error: domain::time::NotAnInstant| {
                StoreError::corrupt("register", RowKey::Register(id), error)
            })?;
        Ok(Self {
            id: id.into(),
            code,
            name,
            time_zone,
            created_at,
        })
    }
}
