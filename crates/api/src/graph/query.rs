//! The roots of queries.

use super::{
    changeset::Actor,
    define::graph_values,
    id::{GlobalId, Pin},
    moment::Now,
    node::{self, Node},
    register::{AsOf, Register, as_of},
    root::{Asked, graph_root},
    scalar::{Date, DateTime, SeqNumber},
    scope::Scope,
};
use crate::{
    error::{Code, Fault},
    limits::Budget,
    render::{Failed, Out, Place, Selection, Step, Written, plain},
};
use async_graphql::Context;
use domain::{
    change::Changeset,
    register::Register as Known,
    time::{Instant, Seq},
    view::View,
};
use std::{sync::Arc, time::Duration};
use store::Store;

/// How long `atLeast` waits for a changeset that another process has committed.
const PATIENCE: Duration = Duration::from_secs(5);

graph_root! {
    /// Where every question begins.
    root Query(asked) {
        /// A register, as it was known at one time and asked about one day. Without arguments: as it is known now, asked
        /// about today.
        register(
            #[graphql(desc = "Which register; may be left out while there is one.")] code: Option<String>,
            #[graphql(desc = "The day that is asked about; today in the register's time zone if none is given.")]
            valid_on: Option<Date>,
            #[graphql(desc = "Answer as it was known at this instant. Excludes `knownSeq`.")] known_at: Option<DateTime>,
            #[graphql(desc = "Answer as it was known with this changeset as the last. Excludes `knownAt`.")]
            known_seq: Option<SeqNumber>,
            #[graphql(desc = "Wait until this changeset is known: what a client that wrote it passes to read it.")]
            at_least: Option<SeqNumber>,
        ) -> Register = {
            let store = asked.served.store(code.as_deref())?;
            if let Some(SeqNumber(seq)) = at_least {
                wait_for(store, seq).await?;
            }
            let seq = known_seq_of(store, known_at.map(|at| at.0), known_seq.map(|seq| seq.0))?;
            let pin = Pin { valid_on: valid_on.map(|date| date.0), seq };
            let now = asked.moment.now(asked.served, store, at_least.map(|seq| seq.0));
            Register::new(&scope_at(store, pin, now, asked.budget), ())
        };
        /// The registers that are served.
        registers -> Vec<RegisterSummary> = {
            let summary = |store| RegisterSummary::of(store, asked.moment.now(asked.served, store, None));
            asked.served.stores.iter().map(summary).collect()
        };
        /// The thing with this id; null if no register knows it. An id that was read under an explicit time answers as of
        /// that time.
        node(#[graphql(desc = "The id, as it was read.")] id: GlobalId) -> Option<Node> = {
            let known = |store: &&Store| id.pin.seq.is_none_or(|seq| seq <= store.register().seq());
            asked.served.stores.iter().filter(known).find_map(|store| {
                let now = asked.moment.now(asked.served, store, None);
                node::find(&scope_at(store, id.pin, now, asked.budget), &id.kind, id.key)
            })
        };
        /// Who is asking.
        viewer -> Viewer = Viewer {
            actor: Actor {
                subject: asked.actor.subject.clone(),
                authentication: asked.actor.authentication.into(),
            },
        };
    }
}

/// The view of a register after a write, what is not named being as it is then.
pub(super) fn scope(ctx: &Context<'_>, store: &Store, pin: Pin) -> Arc<Scope> {
    let asked = Asked::of(ctx);
    scope_at(store, pin, Now::of(asked.served, store), asked.budget)
}

/// The view of a register at a time, what is not named being now.
fn scope_at(store: &Store, pin: Pin, now: Now, budget: &Arc<Budget>) -> Arc<Scope> {
    let seq = pin.seq.unwrap_or(now.seq);
    let valid_on = pin.valid_on.unwrap_or(now.today);
    Arc::new(Scope {
        view: View::new(store.register(), seq, valid_on),
        store: store.clone(),
        pin,
        trial: None,
        budget: Arc::clone(budget),
    })
}

/// The view of a register after a write that is only tried.
pub(super) fn trial_scope(
    ctx: &Context<'_>,
    store: &Store,
    register: Arc<Known>,
    trial: Arc<Changeset>,
) -> Arc<Scope> {
    let asked = Asked::of(ctx);
    let today = Now::of(asked.served, store).today;
    Arc::new(Scope {
        view: View::new(register, trial.seq, today),
        store: store.clone(),
        pin: Pin::default(),
        trial: Some(trial),
        budget: Arc::clone(asked.budget),
    })
}

/// The seq that a client named, by itself or by an instant.
pub(super) fn known_seq_of(
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

graph_values! {
    /// A register in short.
    value RegisterSummary {
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
    value Viewer {
        /// The subject that writes are recorded under.
        actor: Actor,
    }
}

impl RegisterSummary {
    fn of(store: &Store, now: Now) -> Self {
        let view = View::new(store.register(), now.seq, now.today);
        let summary = store.summary();
        Self {
            code: summary.code.clone(),
            name: summary.name.clone(),
            time_zone: summary.time_zone.clone(),
            as_of: as_of(&view),
        }
    }
}

/// Writes the answer to what is selected at the root, which `room` bytes will most likely hold.
pub(crate) async fn write(asked: Asked<'_>, selection: &Selection, room: usize) -> Written {
    let mut out = Out::new(room);
    let written = fields(asked, selection.of(Query::SHAPE), &mut out).await;
    out.finish(written)
}

/// Writes fields one after another: none waits for another, and nearly none waits at all.
async fn fields(asked: Asked<'_>, steps: &[Step], out: &mut Out) -> Result<(), Failed> {
    let root = Place::root();
    if steps.is_empty() {
        out.raw(b"{");
    }
    for step in steps {
        out.piece(&step.prefix);
        if step.field == Step::TYPENAME {
            plain(out, Query::SHAPE.name);
        } else {
            Query::field(asked, step, &root.key(&step.key), out).await?;
        }
    }
    out.raw(b"}");
    Ok(())
}
