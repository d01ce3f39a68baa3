//! What payloads tell of a write, whether it is kept or only tried.

use super::{
    changeset::{Change, Changeset},
    id::Pin,
    list::all,
    plan::Plan,
    query,
    scope::{Scope, Within as _},
};
use crate::{error::Fault, outcome::Outcome};
use async_graphql::Context;
use domain::{change, id::PlanId, image};
use std::sync::Arc;
use store::{Store, Written};

/// What a payload tells of a write.
pub(super) struct Told {
    /// What everything that the payload shows belongs to: the register after the write, or as it would be.
    pub(super) scope: Arc<Scope>,
    /// The changeset, now or when it was first committed, or what it would be; nothing if nothing changes.
    pub(super) made: Option<Arc<change::Changeset>>,
    /// Whether it is in the log.
    is_kept: bool,
}

impl Told {
    pub(super) async fn of(
        ctx: &Context<'_>,
        store: &Store,
        outcome: Outcome,
    ) -> Result<Self, Fault> {
        let scope = query::scope(ctx, store, Pin::default());
        let Outcome {
            written,
            register,
            is_kept,
        } = outcome;
        Ok(match written {
            Written::Unchanged(_) => Self::nothing(scope),
            Written::Repeated(seq) => Self {
                made: scope.store.changeset(seq).await?.map(Arc::new),
                scope,
                is_kept: true,
            },
            Written::Committed(changeset) => {
                let made = Arc::<change::Changeset>::from(changeset);
                let scope = if is_kept {
                    scope
                } else {
                    query::trial_scope(ctx, store, register, Arc::clone(&made))
                };
                Self {
                    scope,
                    made: Some(made),
                    is_kept,
                }
            }
        })
    }

    /// What is told where nothing changes.
    pub(super) fn nothing(scope: Arc<Scope>) -> Self {
        Self {
            scope,
            made: None,
            is_kept: true,
        }
    }

    /// The changeset, if it is in the log.
    pub(super) fn changeset(&self) -> Option<Changeset> {
        let kept = self.made.as_ref().filter(|_| self.is_kept);
        kept.map(|made| Changeset::new(&self.scope, Arc::clone(made)))
    }

    /// What was changed, or would be.
    pub(super) fn made_changes(&self) -> &[change::Change] {
        self.made.as_ref().map_or(&[], |made| &made.changes)
    }

    /// The first changes, at most so many.
    pub(super) fn changes(&self, most: usize) -> Vec<Change> {
        let places = 0..self.made_changes().len().min(most);
        let made = self.made.iter();
        let changes = made.flat_map(|made| places.clone().map(|place| (Arc::clone(made), place)));
        all(&self.scope, changes).to_vec()
    }

    /// A plan, if the register then has it.
    pub(super) fn plan(&self, plan: Option<PlanId>) -> Option<Plan> {
        let plan = self.scope.view.find::<image::Plan>(plan?)?;
        Some(Plan::within(&self.scope, plan))
    }
}
