//! The one crossing between a draft and its row.

use super::{Draft, DraftOrigin, DraftState, Stamp};
use crate::{
    error::{RowKey, StoreError},
    row::{
        cell::{self, BadCell},
        draft::Model,
    },
};
use domain::{id::RegisterId, time::Seq};

pub(super) const OPEN: &str = "open";
pub(super) const ACCEPTED: &str = "accepted";
pub(super) const DISMISSED: &str = "dismissed";

/// A state that no draft has.
#[derive(Debug, thiserror::Error)]
#[error("a draft is open, accepted or dismissed for a reason")]
struct NoState;

pub(super) fn model(register: RegisterId, draft: &Draft) -> Result<Model, StoreError> {
    let Draft {
        id,
        version,
        state,
        accepted_as,
        bytes,
        text,
        said,
        review,
        created,
        updated,
    } = draft;
    let DraftOrigin {
        code,
        address,
        valid_from,
        supersedes,
    } = said;
    let (state, reason) = match state {
        DraftState::Open => (OPEN, None),
        DraftState::Accepted => (ACCEPTED, None),
        DraftState::Dismissed { reason } => (DISMISSED, Some(reason.clone())),
    };
    let review = serde_json::to_string(review.as_ref())
        .map_err(|error| StoreError::corrupt("draft", RowKey::Named(id.to_string()), error))?;
    Ok(Model {
        register_id: register.into(),
        id: (*id).into(),
        version: (*version).into(),
        state: state.to_owned(),
        reason,
        accepted_seq: accepted_as.map(|seq| seq.0.into()),
        bytes_sha256: bytes.to_string(),
        text_sha256: text.to_string(),
        code: code.clone(),
        address: address.clone(),
        valid_from: valid_from.map(|day| day.to_string()),
        supersedes: supersedes.map(Into::into),
        review,
        created_at: created.at.to_string(),
        created_by: created.by.clone(),
        updated_at: updated.at.to_string(),
        updated_by: updated.by.clone(),
    })
}

pub(super) fn draft(row: Model) -> Result<Draft, StoreError> {
    let key = row.id.to_string();
    read(row).map_err(|error| StoreError::corrupt("draft", RowKey::Named(key), error))
}

fn read(row: Model) -> Result<Draft, BadCell> {
    let Model {
        register_id: _,
        id,
        version,
        state,
        reason,
        accepted_seq,
        bytes_sha256,
        text_sha256,
        code,
        address,
        valid_from,
        supersedes,
        review,
        created_at,
        created_by,
        updated_at,
        updated_by,
    } = row;
    let state = match (state.as_str(), reason) {
        (OPEN, None) => DraftState::Open,
        (ACCEPTED, None) => DraftState::Accepted,
        (DISMISSED, Some(reason)) => DraftState::Dismissed { reason },
        _ => {
            return Err(BadCell {
                column: "state",
                source: Box::new(NoState),
            });
        }
    };
    Ok(Draft {
        id: id.into(),
        version: cell::number("version", version)?,
        state,
        accepted_as: accepted_seq
            .map(|seq| cell::number("accepted_seq", seq).map(Seq))
            .transpose()?,
        bytes: cell::read("bytes_sha256", &bytes_sha256)?,
        text: cell::read("text_sha256", &text_sha256)?,
        said: DraftOrigin {
            code,
            address,
            valid_from: cell::read_optional("valid_from", valid_from)?,
            supersedes: supersedes.map(Into::into),
        },
        review: std::sync::Arc::new(cell::read_json("review", &review)?),
        created: Stamp {
            at: cell::read("created_at", &created_at)?,
            by: created_by,
        },
        updated: Stamp {
            at: cell::read("updated_at", &updated_at)?,
            by: updated_by,
        },
    })
}
