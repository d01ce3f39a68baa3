//! Loading what another system keeps: rows of the interchange form become facts that remember their origin.
//!
//! First the parties in one changeset ([`LoadParties`]), then each plan with what belongs to it ([`LoadPlan`]). A row
//! is known again by its source's key: what it says anew is recorded, what it says otherwise is revised, what it says
//! as before is left alone. Two sources never share keys, so nothing of one is ever changed by loading another.

mod parties;
mod plan;

pub use parties::LoadParties;
pub use plan::{LoadPlan, PlanRows, code_of_source};

#[cfg(test)]
mod tests;

use crate::{
    assignment::Assignment,
    change::{Change, Fact, Origin},
    deadline::{Deadline, DueDate},
    id::IdSequence,
    image::{self, Image},
    party::{Party, PartyName},
    plan::Plan,
    register::Ref,
    target::Target,
    task::Task,
    time::{Day, Seq, Validity},
    view::View,
    vocabulary::{PartyKind, PlaceLevel, Role, TaskStatus},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use uuid::Uuid;

/// What the files of one load say. Every reference is the key of another row, or of something that the source loaded
/// before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// The parties.
    pub parties: Vec<PartyRow>,
    /// The plans.
    pub plans: Vec<PlanRow>,
    /// The tasks.
    pub tasks: Vec<TaskRow>,
    /// The assignments.
    pub assignments: Vec<AssignmentRow>,
}

/// A party as another system keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyRow {
    /// The source's key.
    pub key: String,
    /// The key of the body above it.
    pub parent: Option<String>,
    /// What kind of body it is.
    pub kind: PartyKind,
    /// For the government of a territory, the level of that territory, where the source's word for the kind says it.
    pub territory: Option<PlaceLevel>,
    /// Its code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
}

/// A plan as another system keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRow {
    /// The source's key.
    pub key: String,
    /// What people call it by.
    pub code: String,
    /// The title.
    pub title: String,
    /// The year it is for.
    pub year: Option<i16>,
    /// The key of the party that owns it.
    pub owner: Option<String>,
    /// From when to when it is in force.
    pub validity: Validity,
}

/// A task as another system keeps it, with its target and its deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskRow {
    /// The source's key.
    pub key: String,
    /// The key of its plan.
    pub plan: String,
    /// Its place in the plan.
    pub position: u32,
    /// What people call it by.
    pub code: String,
    /// The title.
    pub title: String,
    /// What it says.
    pub body: Option<String>,
    /// The words of its target.
    pub target: Option<String>,
    /// By when it is to be done.
    pub deadline: Option<DueDate>,
    /// How far it has come.
    pub status: TaskStatus,
    /// From when to when it is in force.
    pub validity: Validity,
}

/// An assignment as another system keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssignmentRow {
    /// The source's key.
    pub key: String,
    /// The key of the task.
    pub task: String,
    /// The key of the party.
    pub party: String,
    /// What the party does for it.
    pub role: Role,
    /// From when to when.
    pub validity: Validity,
}

/// What becomes of things that the source loaded before and does not list any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// They stay as they are: the files hold only a part.
    Stay,
    /// They end today: the files hold everything.
    End,
}

/// Why rows are not loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadRefused {
    /// Somebody else has written since the origins were read: they may have loaded the same. Read them again.
    #[error("the register was written to while this was being loaded")]
    Overtaken,
    /// A body would be above itself.
    #[error("party {key} would lie under itself, directly or through others")]
    ParentCycle {
        /// The source's key.
        key: String,
    },
    /// Other plans have the code, even with the source's name before it.
    #[error("plan {key} cannot be called {code:?}: other plans of the register are called so")]
    PlanCodeTaken {
        /// The source's key.
        key: String,
        /// The code.
        code: String,
    },
}

/// Which thing of the register each key of one source means.
///
/// One row can be the origin of several things: a district's row is that of a party, its name and its place. They have
/// the same key, each for its own kind of thing.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    source: String,
    by_kind: FxHashMap<String, FxHashMap<String, Uuid>>,
    ids: FxHashSet<Uuid>,
}

impl Origins {
    /// The kinds of things that come with rows, as the log names them.
    pub const KINDS: [&'static str; 8] = [
        image::Place::ENTITY,
        image::Party::ENTITY,
        image::PartyName::ENTITY,
        image::Plan::ENTITY,
        image::Task::ENTITY,
        image::Assignment::ENTITY,
        image::Target::ENTITY,
        image::Deadline::ENTITY,
    ];

    /// A source that has loaded nothing yet.
    pub fn new(source: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            ..Self::default()
        }
    }

    /// Adds the keys of one kind of thing, with the ids that they mean.
    #[must_use]
    pub fn with(mut self, kind: &str, keys: impl IntoIterator<Item = (String, Uuid)>) -> Self {
        let known = self.by_kind.entry(kind.to_owned()).or_default();
        for (key, id) in keys {
            self.ids.insert(id);
            known.insert(key, id);
        }
        self
    }

    /// The name of the source.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The id of the thing of this kind that has this key.
    pub fn find<I: Image>(&self, key: &str) -> Option<<I::Fact as Fact>::Id> {
        let id = self.by_kind.get(I::ENTITY)?.get(key)?;
        Some((*id).into())
    }

    /// Every key of things of this kind, with its id.
    fn keys<I: Image>(&self) -> impl Iterator<Item = (&str, Uuid)> {
        let keys = self.by_kind.get(I::ENTITY).into_iter().flatten();
        keys.map(|(key, id)| (key.as_str(), *id))
    }

    /// Whether a thing was loaded from this source.
    fn brought(&self, id: impl Into<Uuid>) -> bool {
        self.ids.contains(&id.into())
    }

    fn origin(&self, key: &str) -> Origin {
        Origin {
            source: self.source.clone(),
            key: key.to_owned(),
        }
    }
}

/// How a load goes on, apart from what it says.
#[derive(Clone, Debug)]
pub struct LoadContext {
    /// What the source loaded before.
    pub origins: Arc<Origins>,
    /// The head at which that is so. What this load itself has written since for other plans makes no difference.
    pub head: Seq,
    /// What becomes of what the source does not list any more.
    pub absent: Absent,
    /// The day on which that ends.
    pub today: Day,
    /// The edge's seed for the ids of one changeset (UUID version 7).
    pub ids: Uuid,
}

/// What one changeset of a load is decided with.
struct Loading<'a> {
    view: &'a View,
    origins: &'a Origins,
    today: Day,
    ids: IdSequence,
}

impl<'a> Loading<'a> {
    fn new(context: &'a LoadContext, view: &'a View) -> Result<Self, LoadRefused> {
        if view.seq() != context.head {
            return Err(LoadRefused::Overtaken);
        }
        Ok(Self {
            view,
            origins: &context.origins,
            today: context.today,
            ids: IdSequence::new(context.ids),
        })
    }

    /// The thing that a key means, if the register holds it.
    fn held<I: Image>(&self, key: &str) -> Option<Ref<I>> {
        self.view.find(self.origins.find::<I>(key)?)
    }

    /// Makes the register hold the fact of a row, and tells its id; adds to `changes` only what differs.
    fn put<I: Image>(
        &mut self,
        key: &str,
        held: Option<Ref<I>>,
        fact: I::Fact,
        changes: &mut Vec<Change>,
    ) -> <I::Fact as Fact>::Id {
        let before = held.and_then(|held| Some((self.view.id(held), self.view.fact(held)?)));
        if let Some((id, before)) = before {
            if before != fact {
                changes.push(Change::revise(id, before, fact));
            }
            return id;
        }
        let id = self.ids.next_id();
        changes.push(Change::load(id, fact, self.origins.origin(key)));
        id
    }

    /// Ends a fact today; one that has not begun by then is taken back. Nothing if it has ended already.
    fn end<I: Image<Fact: Lasting>>(&self, held: Ref<I>) -> Option<Change> {
        let (id, before) = (self.view.id(held), self.view.fact(held)?);
        let mut after = before.clone();
        let validity = after.validity_mut();
        if validity.to <= self.today {
            return None;
        }
        if validity.from >= self.today {
            return Some(Change::withdraw(id, before));
        }
        validity.to = self.today;
        Some(Change::revise(id, before, after))
    }
}

/// A fact that holds for a time.
trait Lasting: Fact {
    fn validity_mut(&mut self) -> &mut Validity;
}

macro_rules! lasting {
    ($($fact:ident)*) => {$(
        impl Lasting for $fact {
            fn validity_mut(&mut self) -> &mut Validity {
                &mut self.validity
            }
        }
    )*};
}

lasting! { Party PartyName Plan Task Assignment Target Deadline }
