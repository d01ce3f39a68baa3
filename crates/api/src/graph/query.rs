//! The roots of queries.

use super::{
    changeset::Actor,
    id::{GlobalId, Pin},
    moment::{Moment, Now},
    node::{self, Node},
    register::{AsOf, Register},
    scalar::{Date, DateTime, SeqNumber},
    scope::Scope,
};
use crate::{
    error::{Code, Fault},
    limits::Budget,
    render::{Render, Rendered, Shape},
    served::Served,
};
use async_graphql::{Context, Object};
use domain::{
    time::{Instant, Seq},
    view::View,
};
use std::{sync::Arc, time::Duration};
use store::Store;

/// How long `atLeast` waits for a changeset that another process has committed.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where every question begins.
#[derive(Debug)]
pub struct Query;

/// Where every question begins.
#[Object]
impl Query {
    /// A register, as it was known at one time and asked about one day. Without arguments: as it is known now, asked
    /// about today.
    async fn register(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which register; may be left out while there is one.")] code: Option<
            String,
        >,
        #[graphql(
            desc = "The day that is asked about; today in the register's time zone if none is given."
        )]
        valid_on: Option<Date>,
        #[graphql(desc = "Answer as it was known at this instant. Excludes `knownSeq`.")] known_at: Option<DateTime>,
        #[graphql(
            desc = "Answer as it was known with this changeset as the last. Excludes `knownAt`."
        )]
        known_seq: Option<SeqNumber>,
        #[graphql(
            desc = "Wait until this changeset is known: what a client that wrote it passes to read it."
        )]
        at_least: Option<SeqNumber>,
    ) -> async_graphql::Result<Rendered<Register>> {
        let served = ctx.data_unchecked::<Served>();
        let store = served.store(code.as_deref())?;
        if let Some(SeqNumber(seq)) = at_least {
            wait_for(store, seq).await?;
        }
        let seq = known_seq_of(store, known_at.map(|at| at.0), known_seq.map(|seq| seq.0))?;
        let pin = Pin {
            valid_on: valid_on.map(|date| date.0),
            seq,
        };
        let now = now(ctx, store, at_least.map(|seq| seq.0));
        Ok(Rendered(Register::new(&scope_at(ctx, store, pin, now), ())))
    }

    /// The registers that are served.
    async fn registers(&self, ctx: &Context<'_>) -> Vec<RegisterSummary> {
        let served = ctx.data_unchecked::<Served>();
        let summary = |store: &Store| {
            let Now { seq, today } = now(ctx, store, None);
            let view = View::new(store.register(), seq, today);
            RegisterSummary {
                code: store.summary().code.clone(),
                name: store.summary().name.clone(),
                time_zone: store.summary().time_zone.clone(),
                as_of: AsOf {
                    valid_on: Date(view.valid_on()),
                    seq: SeqNumber(view.seq()),
                    known_at: view.known_at().map(DateTime),
                },
            }
        };
        served.stores.iter().map(summary).collect()
    }

    /// The thing with this id; null if no register knows it. An id that was read under an explicit time answers as of
    /// that time.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id, as it was read.")] id: GlobalId,
    ) -> Option<Rendered<Node>> {
        let served = ctx.data_unchecked::<Served>();
        for store in &served.stores {
            if id.pin.seq.is_some_and(|seq| seq > store.register().seq()) {
                continue;
            }
            let scope = scope_at(ctx, store, id.pin, now(ctx, store, None));
            if let Some(node) = node::find(&scope, &id.kind, id.key) {
                return Some(Rendered(node));
            }
        }
        None
    }

    /// Who is asking.
    async fn viewer(&self, ctx: &Context<'_>) -> Viewer {
        let actor = ctx.data_unchecked::<domain::change::Actor>();
        Viewer {
            actor: Actor {
                subject: actor.subject.clone(),
                authentication: actor.authentication.into(),
            },
        }
    }
}

/// What the root fields that are rendered may turn out to be.
pub(crate) fn rendered(field: &str) -> Option<&'static [&'static Shape]> {
    match field {
        "register" => Some(Register::SHAPES),
        "node" => Some(Node::SHAPES),
        _ => None,
    }
}

/// The view of a register after a write, what is not named being as it is then.
pub(super) fn scope(ctx: &Context<'_>, store: &Store, pin: Pin) -> Arc<Scope> {
    let served = ctx.data_unchecked::<Served>();
    scope_at(ctx, store, pin, Now::of(served, store))
}

/// The view of a register at a time, what is not named being now.
fn scope_at(ctx: &Context<'_>, store: &Store, pin: Pin, now: Now) -> Arc<Scope> {
    let seq = pin.seq.unwrap_or(now.seq);
    let valid_on = pin.valid_on.unwrap_or(now.today);
    Arc::new(Scope {
        view: View::new(store.register(), seq, valid_on),
        store: store.clone(),
        pin,
        budget: ctx.data_opt::<Arc<Budget>>().cloned().unwrap_or_default(),
    })
}

/// Now, for the request: it sees one seq from start to end.
fn now(ctx: &Context<'_>, store: &Store, at_least: Option<Seq>) -> Now {
    let served = ctx.data_unchecked::<Served>();
    match ctx.data_opt::<Moment>() {
        Some(moment) => moment.now(served, store, at_least),
        None => Now::of(served, store),
    }
}

/// The seq that a client named, by itself or by an instant.
fn known_seq_of(
    store: &Store,
    at: Option<Instant>,
    seq: Option<Seq>,
) -> Result<Option<Seq>, Fault> {
    let head = store.register().seq();
    match (at, seq) {
        (Some(_), Some(_)) => Err(Fault::new(
            Code::BadUserInput,
            "knownAt and knownSeq exclude each other: give one of them",
        )),
        (None, Some(seq)) if seq > head => {
            let message =
                format!("knownSeq lies past the register's last changeset, which is {head}");
            Err(Fault::new(Code::BadUserInput, message))
        }
        (Some(instant), None) => Ok(Some(store.register().seq_at(instant))),
        (None, seq) => Ok(seq),
    }
}

async fn wait_for(store: &Store, seq: Seq) -> Result<(), Fault> {
    if store.wait_for(seq, PATIENCE).await? {
        return Ok(());
    }
    let head = store.register().seq();
    let message = format!(
        "the changeset of atLeast is not known here yet, the last one is {head}: ask again"
    );
    Err(Fault::new(Code::Unavailable, message))
}

/// A register in short.
#[derive(Clone, Debug, async_graphql::SimpleObject)]
struct RegisterSummary {
    /// What it is called by.
    code: String,
    /// Its name.
    name: String,
    /// The time zone whose civil day is "today" (IANA name).
    time_zone: String,
    /// Today, and the last changeset.
    as_of: AsOf,
}

/// Who is asking.
#[derive(Clone, Debug, async_graphql::SimpleObject)]
struct Viewer {
    /// The subject that writes are recorded under.
    actor: Actor,
}
