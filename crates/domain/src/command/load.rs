//! Loading what another system keeps: rows of the interchange form become facts that remember their origin.
//!
//! First the parties in one changeset ([`LoadParties`]), then each plan with what belongs to it ([`LoadPlan`]). A row
//! is known again by its source's key: what it says anew is recorded, what it says otherwise is revised, what it says
//! as before is left alone. Two sources never share keys, so nothing of one is ever changed by loading another.

mod group;
mod keys;
mod origins;
mod parties;
mod plan;
mod row;
mod territory;

pub use group::{PlanRows, PlansBefore};
pub use keys::Keys;
pub use origins::Origins;
pub use parties::LoadParties;
pub use plan::{LoadPlan, code_of_source};
pub use row::{AssignmentRow, PartyRow, PlanRow, TaskRow};
pub(crate) use territory::{Territory, territory};

#[cfg(test)]
mod tests;

use crate::{
    assignment::Assignment,
    change::{Change, Fact},
    deadline::Deadline,
    id::IdSequence,
    image::Image,
    party::{Party, PartyName},
    plan::Plan,
    register::Ref,
    target::Target,
    task::Task,
    time::{Day, Seq, Validity},
    view::View,
};
use std::sync::Arc;
use uuid::Uuid;

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
    /// Something is referred to that began in the future and was absent from complete files before it did.
    #[error("the {kind} {key} was taken back by an earlier load: list it in the files again")]
    TakenBack {
        /// What kind of thing, as the log names it.
        kind: &'static str,
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

    /// The same, for a reference that was found to be good when the files were read.
    fn referred<I: Image>(&self, key: &str) -> Result<<I::Fact as Fact>::Id, LoadRefused> {
        let held = self.held::<I>(key).map(|held| self.view.id(held));
        held.ok_or_else(|| LoadRefused::TakenBack {
            kind: I::ENTITY,
            key: key.to_owned(),
        })
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
