//! What the register knew of a thing, version by version.

use super::{
    changeset::Changeset,
    define::graph_types,
    list::{All, all},
    scalar::{DateTime, SeqNumber},
    scope::Scope,
};
use crate::error::Fault;
use async_graphql::Json;
use domain::{image::Image, register::Ref, time::Seq, view};
use serde_json::Value;
use std::sync::Arc;

/// A version in the form of the log, whatever it is a version of.
type Held = view::Version<Value>;

graph_types! {
    /// What the register knew of a thing for a time.
    type Version(view, version: Held) {
        /// The changeset from which on it was known so.
        since -> SeqNumber = SeqNumber(version.since);
        /// The changeset from which on it was known otherwise; null for the version that this view shows.
        until -> Option<SeqNumber> = version.until.map(SeqNumber);
        /// When it was recorded.
        recorded_at -> Option<DateTime> = view.register().recorded_at(version.since).map(DateTime);
        /// What was known, in the form of the log; null where it was withdrawn, as if it had never been so.
        value -> Option<Json<Value>> = version.fact.clone().map(Json);
    } stored {
        /// The changeset that recorded it: who, why, and on whose authority.
        changeset -> Changeset = Ok(changeset(view, version.since).await?);
    }
}

/// The versions of a thing up to what the view knows, newest first.
pub(crate) fn history<I: Image>(scope: &Arc<Scope>, thing: Ref<I>) -> All<Version> {
    let form = |fact| serde_json::to_value(fact).expect("the log writes it too");
    let versions = scope.view.history(thing).into_iter();
    all(
        scope,
        versions.map(|version| Held {
            since: version.since,
            until: version.until,
            fact: version.fact.map(form),
        }),
    )
}

/// The changeset with this seq, which the view knows.
pub(crate) async fn changeset(scope: &Arc<Scope>, seq: Seq) -> Result<Changeset, Fault> {
    if let Some(trial) = scope.trial.as_ref().filter(|trial| trial.seq == seq) {
        return Ok(Changeset::new(scope, Arc::clone(trial)));
    }
    let found = scope.store.changeset(seq).await?;
    let found = found.ok_or_else(|| Fault::internal(format!("changeset {seq} is not kept")))?;
    Ok(Changeset::new(scope, Arc::new(found)))
}
