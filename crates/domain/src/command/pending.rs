//! A register as the commands of a changeset leave it, one after the other.

mod lasting;
mod relation;

pub use lasting::Lasting;

use super::refusal::Refusal;
use crate::{
    change::{Change, Edit, Fact, Thing},
    id::{Id, IdSequence, PartyId, TaskId},
    image,
    party::Party,
    task::Task,
    time::Seq,
    view::View,
};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A view, and what the commands of one changeset have changed so far: each decides on what those before it leave.
#[derive(Debug)]
pub struct Pending<'v> {
    view: &'v View,
    ids: IdSequence,
    /// The place of the command that decides now.
    command: usize,
    touched: BTreeMap<Thing, Touched>,
    /// The facts that commands made to be about a thing. Each is a candidate: it may have become another.
    about: FxHashMap<Thing, Vec<Thing>>,
}

/// A fact that commands have changed.
#[derive(Clone, Debug)]
pub(super) struct Touched {
    /// What has become of it.
    pub(super) change: Change,
    /// The command that changed it last.
    pub(super) command: usize,
}

impl<'v> Pending<'v> {
    /// Nothing changed yet. What commands record besides the things that they name is given `ids`.
    pub fn new(view: &'v View, ids: IdSequence) -> Self {
        Self {
            view,
            ids,
            command: 0,
            touched: BTreeMap::new(),
            about: FxHashMap::default(),
        }
    }

    /// What follows is decided by this command.
    pub(super) fn begin(&mut self, command: usize) {
        self.command = command;
    }

    /// The register before the first command.
    pub fn view(&self) -> &'v View {
        self.view
    }

    /// An id for something that no caller has named.
    pub fn next_id<I: Id>(&mut self) -> I {
        self.ids.next_id()
    }

    /// A fact as it now is, if there is one.
    pub fn get<F: Fact>(&self, id: F::Id) -> Option<F> {
        match self.touched.get(&Thing::of::<F>(id)) {
            Some(touched) => F::edit(&touched.change)?.after.clone(),
            None => self.before(id),
        }
    }

    /// A fact as it was before the first command, if there was one.
    pub fn before<F: Fact>(&self, id: F::Id) -> Option<F> {
        self.view.fact(self.view.find::<F::Image>(id)?)
    }

    /// A fact as it now is.
    pub fn fact<F: Fact>(&self, id: F::Id) -> Result<F, Refusal> {
        self.get(id).ok_or_else(|| Refusal::not_found::<F>(id))
    }

    /// A fact that is to be changed, which the caller saw at the version `expected`, or does not say.
    pub fn expect<F: Fact>(&self, id: F::Id, expected: Option<Seq>) -> Result<F, Refusal> {
        let fact = self.fact(id)?;
        let present = self.view.find::<F::Image>(id);
        let present = present.map(|found| self.view.version(found));
        self.expect_version(Thing::of::<F>(id), expected, present)?;
        Ok(fact)
    }

    /// A party that is to be changed, which the caller saw at the version `expected`, its names being part of it.
    pub fn expect_party(&self, id: PartyId, expected: Option<Seq>) -> Result<Party, Refusal> {
        let party = self.fact(id)?;
        let present = self.view.find::<image::Party>(id);
        let present = present.map(|found| self.view.party_version(found));
        self.expect_version(Thing::of::<Party>(id), expected, present)?;
        Ok(party)
    }

    /// A task that is to come further, which the caller saw at the version `expected`, its standings being part of it.
    pub fn expect_task(&self, id: TaskId, expected: Option<Seq>) -> Result<Task, Refusal> {
        let task = self.fact(id)?;
        let present = self.view.find::<image::Task>(id);
        let present = present.map(|found| self.view.task_version(found));
        self.expect_version(Thing::of::<Task>(id), expected, present)?;
        Ok(task)
    }

    /// Refuses where a party, its names or a duty that it has has changed since the caller looked.
    pub fn expect_duties(&self, id: PartyId, looked: Seq) -> Result<(), Refusal> {
        let Some(party) = self.view.find::<image::Party>(id) else {
            return Ok(());
        };
        let duties = self.view.register().graph.party_assignments.of(party);
        let held = duties.filter(|&duty| self.view.get(duty).is_some());
        let versions = held.map(|duty| self.view.version(duty));
        let newest = versions.fold(self.view.party_version(party), Seq::max);
        if looked < newest {
            self.expect_version(Thing::of::<Party>(id), Some(looked), Some(newest))?;
        }
        Ok(())
    }

    /// Refuses where the caller saw another version than there is.
    pub fn expect_version(
        &self,
        thing: Thing,
        expected: Option<Seq>,
        present: Option<Seq>,
    ) -> Result<(), Refusal> {
        match expected {
            Some(expected) if Some(expected) != present => Err(Refusal::VersionConflict {
                thing,
                expected,
                present,
            }),
            _ => Ok(()),
        }
    }

    /// Records a fact that is not held.
    pub fn record<F: Fact>(&mut self, id: F::Id, fact: F) -> Result<(), Refusal> {
        if self.get::<F>(id).is_some() {
            return Err(Refusal::AlreadyRecorded {
                thing: Thing::of::<F>(id),
            });
        }
        self.touch(id, Some(fact));
        Ok(())
    }

    /// Makes a fact that is held another. What it is about stays: [`crate::image::Image::stays`].
    pub fn revise<F: Fact>(&mut self, id: F::Id, fact: F) -> Result<(), Refusal> {
        self.fact::<F>(id)?;
        self.touch(id, Some(fact));
        Ok(())
    }

    /// Says that a fact that is held never was so.
    pub fn withdraw<F: Fact>(&mut self, id: F::Id) -> Result<(), Refusal> {
        self.fact::<F>(id)?;
        self.touch::<F>(id, None);
        Ok(())
    }

    fn touch<F: Fact>(&mut self, id: F::Id, after: Option<F>) {
        let thing = Thing::of::<F>(id);
        for other in after.iter().flat_map(F::about).flatten() {
            let about = self.about.entry(other).or_default();
            // A fact that is revised again and again comes here each time, one after the other.
            if about.last() != Some(&thing) {
                about.push(thing);
            }
        }
        let change = F::change(Edit {
            id,
            before: self.before(id),
            after,
            origin: None,
        });
        let command = self.command;
        self.touched.insert(thing, Touched { change, command });
    }

    /// What commands have changed, in the order of kinds and ids.
    pub(super) fn touched(&self) -> impl Iterator<Item = &Touched> {
        self.touched
            .values()
            .filter(|touched| !touched.change.is_void())
    }

    /// The facts of a kind that commands have changed, in the order of their ids.
    fn touched_of<F: Fact>(&self) -> impl Iterator<Item = F::Id> {
        let of_kind = |id| Thing { kind: F::KIND, id };
        let range = of_kind(Uuid::nil())..=of_kind(Uuid::max());
        self.touched.range(range).map(|(thing, _)| thing.id.into())
    }

    /// What is changed in all, each fact once: what is referred to before what refers to it, and of a kind what is new
    /// first, in the order of ids.
    pub fn into_changes(self) -> Vec<Change> {
        let touched = self.touched.into_values().map(|touched| touched.change);
        let mut changes: Vec<_> = touched.filter(|change| !change.is_void()).collect();
        // Stable: the order of ids stays.
        changes.sort_by_key(|change| (change.kind(), !change.is_recorded()));
        changes
    }
}
