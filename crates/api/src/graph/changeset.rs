//! The log: what was written, when, by whom and why.

use super::{
    citation::{Citation, Words},
    define::{Defaulted, graph_types, graph_values},
    list::{All, all},
    scalar::{DateTime, SeqNumber},
    scope::{Scope, make},
    vocabulary::Authentication,
};
use crate::error::Fault;
use async_graphql::Json;
use domain::{
    change, image,
    review::{Record, Recorded},
    text::CodePoints,
};
use serde_json::Value;
use std::sync::Arc;

/// A change, and the changeset it belongs to.
type ChangeOf = (Arc<change::Changeset>, usize);

graph_types! {
    /// 变更记录: one committed write.
    type Changeset(view, changeset: Arc<change::Changeset>) {
        /// Its place in the register's log: gapless, in the order of commits.
        seq -> SeqNumber = SeqNumber(changeset.seq);
        /// When it was recorded: strictly later than the one before.
        recorded_at -> DateTime = DateTime(changeset.recorded_at);
        /// Who wrote.
        actor -> Actor = Actor {
            subject: changeset.actor.subject.clone(),
            authentication: changeset.actor.authentication.into(),
        };
        /// What was done, as `entity.verb`, such as `plan.accepted`.
        action -> &str = &changeset.action;
        /// Why.
        reason -> Option<&str> = changeset.reason.as_deref();
        /// On whose authority: a document by its number or name, or the key of a document in the register.
        authority -> Option<String> = changeset.authority.as_ref().map(|authority| match authority {
            change::Authority::Named(name) => name.clone(),
            change::Authority::Cited(citation) => citation.document.to_string(),
        });
        /// How many facts it changed.
        change_count -> usize = changeset.changes.len();
        /// What changed, in the order in which it was applied.
        changes(
            #[graphql(desc = "How many to skip.", default)]
            offset: Defaulted<usize>,
            #[graphql(desc = "How many to show; 100 if no number is given, at most 1000.")]
            first: Option<usize>,
        ) -> All<Change> = {
            let range = (offset.0..changeset.changes.len()).take(first.unwrap_or(100).min(domain::page::MAX_SIZE as usize));
            all(view, range.map(|index| (Arc::clone(changeset), index)))
        };
    } stored {
        /// The words on whose authority it was written; null where it names a document only, or none.
        authority_citation -> Option<Citation> = authority(view, changeset).await;
        /// The corrections that people made in the draft before this accepted it, oldest first; empty where nothing was
        /// corrected or no draft was accepted.
        review -> All<ReviewedCorrection> = review(view, changeset).await;
    }

    /// A correction that somebody made in a draft before it was accepted.
    type ReviewedCorrection(view, correction: Recorded) {
        /// Who: an opaque subject.
        by -> String = correction.by.clone();
        /// When.
        at -> DateTime = DateTime(correction.at);
        /// The words of the document that it is about.
        words -> Option<String> = correction.words.clone();
        /// What was done, in the form in which it is kept: spans are byte offsets.
        correction -> Option<Json<Value>> = serde_json::to_value(&correction.correction).ok().map(Json);
    }

    /// One fact before and after.
    type Change(view, change: ChangeOf) {
        /// The kind of fact, as the log names it, such as `assignment`.
        entity -> &str = change.0.changes[change.1].entity();
        /// The fact's own key.
        key -> String = change.0.changes[change.1].id().to_string();
        /// The version before, in the form of the log; null where the fact was recorded.
        before -> Option<Json<Value>> = part(&change.0.changes[change.1], "before");
        /// The version after, in the form of the log; null where the fact was withdrawn.
        after -> Option<Json<Value>> = part(&change.0.changes[change.1], "after");
    }
}

/// The words on whose authority a changeset was written, if it says which.
async fn authority(
    scope: &Arc<Scope>,
    changeset: &change::Changeset,
) -> async_graphql::Result<Option<Citation>> {
    let Some(change::Authority::Cited(citation)) = &changeset.authority else {
        return Ok(None);
    };
    let missing = || Fault::internal(format!("{} is not kept", citation.document));
    let document = scope
        .view
        .register()
        .find::<image::Document>(citation.document)
        .ok_or_else(missing)?;
    let text = scope.whole_text(scope.view.thing(document).text).await?;
    let quote = citation.span.slice(&text).ok_or_else(missing)?.to_owned();
    let words = Words {
        document,
        points: CodePoints::of(&text).points(&text, citation.span),
        quote,
    };
    Ok(Some(make(scope, words)))
}

/// The corrections that went before a changeset.
async fn review(
    scope: &Arc<Scope>,
    changeset: &change::Changeset,
) -> async_graphql::Result<All<ReviewedCorrection>> {
    let Some(digest) = changeset.review else {
        return Ok(all(scope, Vec::<Recorded>::new()));
    };
    let record = scope.store.bytes(digest).await.map_err(Fault::from)?;
    let record = record.ok_or_else(|| Fault::internal(format!("the text {digest} is not kept")))?;
    let record: Record = serde_json::from_slice(&record).map_err(Fault::internal)?;
    Ok(all(scope, record.corrections))
}

/// A side of a change as the log writes it.
fn part(change: &change::Change, side: &str) -> Option<Json<Value>> {
    let mut form = serde_json::to_value(change).ok()?;
    let side = form.get_mut(side).map(Value::take)?;
    (!side.is_null()).then_some(Json(side))
}

graph_values! {
    /// Who wrote.
    value Actor {
        /// An opaque subject: `local:` and the operating system's user, or a token's name.
        subject: String,
        /// How the subject was authenticated.
        authentication: Authentication,
    }
}
