//! The log, filtered and page by page.

use super::{
    changeset::Changeset,
    connection::PageInfo,
    define::graph_types,
    id::GlobalId,
    list::{All, all},
    lookup,
    scalar::DateTime,
    scope::Scope,
};
use crate::error::{Code, Fault};
use async_graphql::InputObject;
use domain::{
    change::{self, Change},
    image::{self, Image},
    page::{BadPage, PageRequest},
    time::{Instant, Seq},
};
use std::sync::Arc;
use store::{ChangesetFilter, Direction};

/// Which changesets. Everything given must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub(crate) struct ChangesetFilterInput {
    /// That changed this thing or what belongs to it: of a plan, everything in it; of a task, who is responsible and what
    /// is stated of it; of a party, its names and what it is responsible for.
    entity: Option<GlobalId>,
    /// That changed this party, its names or what it is responsible for.
    party: Option<GlobalId>,
    /// That changed facts of this kind, as `Change.entity` names it, such as `assignment`.
    kind: Option<String>,
    /// Written by this subject, such as `local:root`.
    actor: Option<String>,
    /// That did this, as `Changeset.action` names it, such as `plan.accepted`.
    action: Option<String>,
    /// Recorded at or after this instant.
    from: Option<DateTime>,
    /// Recorded before this instant.
    to: Option<DateTime>,
}

/// Which part of the log a filter means: what is asked of each changeset, between two that are not among them.
#[derive(Clone, Debug)]
struct Part {
    filter: ChangesetFilter,
    after: Seq,
    before: Seq,
}

impl Part {
    fn of(scope: &Arc<Scope>, input: ChangesetFilterInput) -> async_graphql::Result<Self> {
        let ChangesetFilterInput {
            entity,
            party,
            kind,
            actor,
            action,
            from,
            to,
        } = input;
        if let Some(kind) = &kind
            && !Change::ENTITIES.contains(&kind.as_str())
        {
            let known = Change::ENTITIES.join(", ");
            let message = format!("filter.kind: {kind:?} is no kind of fact; one of: {known}");
            return Err(Fault::new(Code::BadUserInput, message).into());
        }
        let entity = entity.map(|id| changes_of(scope, &id)).transpose()?;
        let party = lookup::one::<image::Party>(scope, "filter.party", party)?
            .map(|party| scope.view.party_changes(party));
        let among = match (entity, party) {
            (Some(mut entity), Some(party)) => {
                entity.retain(|seq| party.binary_search(seq).is_ok());
                Some(entity)
            }
            (entity, party) => entity.or(party),
        };
        let last_before = |DateTime(Instant(instant))| {
            let before = Instant(instant.saturating_sub(1));
            scope.view.register().seq_at(before).min(scope.view.seq())
        };
        Ok(Self {
            filter: ChangesetFilter {
                among,
                entity: kind,
                subject: actor,
                action,
            },
            after: from.map_or(Seq::EMPTY, last_before),
            before: to.map_or(scope.view.seq(), last_before).next(),
        })
    }
}

/// The changesets that are about a thing of any kind.
fn changes_of(scope: &Arc<Scope>, id: &GlobalId) -> async_graphql::Result<Vec<Seq>> {
    fn itself<I: Image>(scope: &Arc<Scope>, id: &GlobalId) -> async_graphql::Result<Vec<Seq>> {
        let fact = lookup::find::<I>(scope, ENTITY, id)?;
        Ok(scope.view.fact_changes(fact))
    }
    let view = &scope.view;
    match id.kind.as_ref() {
        "Plan" => Ok(view.plan_changes(lookup::find(scope, ENTITY, id)?)),
        "Task" => Ok(view.task_changes(lookup::find(scope, ENTITY, id)?)),
        "Party" => Ok(view.party_changes(lookup::find(scope, ENTITY, id)?)),
        "PartyName" => itself::<image::PartyName>(scope, id),
        "Section" => itself::<image::Section>(scope, id),
        "Clause" => itself::<image::Clause>(scope, id),
        "Assignment" => itself::<image::Assignment>(scope, id),
        "Target" => itself::<image::Target>(scope, id),
        "Deadline" => itself::<image::Deadline>(scope, id),
        "Document" => itself::<image::Document>(scope, id),
        "Reorganization" => itself::<image::Reorganization>(scope, id),
        "Standing" => itself::<image::Standing>(scope, id),
        "ProgressReport" => itself::<image::ProgressReport>(scope, id),
        "SupervisionCase" => itself::<image::SupervisionCase>(scope, id),
        "ProgressRule" => itself::<image::ProgressRule>(scope, id),
        _ => itself::<image::Place>(scope, id),
    }
}

/// The argument that names the thing.
const ENTITY: &str = "filter.entity";

/// A page of the log.
#[derive(Clone, Debug)]
pub(crate) struct LogPage {
    part: Arc<Part>,
    changesets: Vec<Arc<change::Changeset>>,
    has_previous: bool,
    has_next: bool,
}

graph_types! {
    /// Changesets, page by page, in the order of the log.
    type ChangesetConnection(view, page: LogPage) {
        /// The changesets on the page with their cursors.
        edges -> All<ChangesetEdge> = all(view, page.changesets.iter().cloned());
        /// The changesets on the page.
        nodes -> All<Changeset> = all(view, page.changesets.iter().cloned());
        /// Whether there is more on either side, and where to go on.
        page_info -> PageInfo = PageInfo {
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: page.changesets.first().map(|changeset| changeset.seq.to_string()),
            end_cursor: page.changesets.last().map(|changeset| changeset.seq.to_string()),
        };
    } stored {
        /// How many changesets there are on all pages.
        total_count -> u64 = {
            let Part { filter, after, before } = &*page.part;
            let count = view.store.changeset_count(filter, (*after, *before)).await;
            count.map_err(|error| Fault::from(error).into())
        };
    }

    /// A changeset and its cursor.
    type ChangesetEdge(view, changeset: Arc<change::Changeset>) {
        /// Where it stands in the log: its seq.
        cursor -> String = changeset.seq.to_string();
        /// The changeset.
        node -> Changeset = Changeset::new(view, Arc::clone(changeset));
    }
}

/// Cuts a page out of the log, as far as the scope knows it.
pub(crate) async fn page(
    scope: &Arc<Scope>,
    filter: Option<ChangesetFilterInput>,
    (first, after): (Option<i32>, Option<String>),
    (last, before): (Option<i32>, Option<String>),
) -> async_graphql::Result<ChangesetConnection> {
    let part = Part::of(scope, filter.unwrap_or_default())?;
    let request = PageRequest::new(first, None, last, None).map_err(Fault::from)?;
    let seq = |cursor: Option<String>, argument| {
        let bad = || Fault::from(BadPage::Cursor { argument });
        let seq = cursor.map(|cursor| cursor.parse().map(Seq).map_err(|_| bad()));
        seq.transpose()
    };
    let after =
        seq(after, "after")?.map_or(part.after, |after| after.clamp(part.after, part.before));
    let before =
        seq(before, "before")?.map_or(part.before, |before| before.clamp(part.after, part.before));
    let direction = if request.is_backward() {
        Direction::Backward
    } else {
        Direction::Forward
    };
    let store = &scope.store;
    let mut changesets = match request.size() {
        0 => vec![],
        size => {
            let page = store.changeset_page(&part.filter, (after, before), size, direction);
            page.await.map_err(Fault::from)?
        }
    };
    changesets.sort_unstable_by_key(|changeset| changeset.seq);
    // An empty page lies at the end of the range at which it would have begun to be filled.
    let empty = if request.is_backward() {
        (before, Seq(before.0.saturating_sub(1)))
    } else {
        (after.next(), after)
    };
    let bounds = changesets.first().zip(changesets.last());
    let (low, high) = bounds.map_or(empty, |(first, last)| (first.seq, last.seq));
    let is_any = async |range| {
        let found = store.changeset_exists(&part.filter, range).await;
        found.map_err(Fault::from)
    };
    let page = LogPage {
        has_previous: is_any((part.after, low)).await?,
        has_next: is_any((high, part.before)).await?,
        changesets: changesets.into_iter().map(Arc::new).collect(),
        part: Arc::new(part),
    };
    Ok(ChangesetConnection::new(scope, page))
}
