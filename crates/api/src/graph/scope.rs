//! What every object of an answer is seen in: a view, and whether the client named its time.

use super::{
    id::{GlobalId, Pin},
    scalar::Shown,
};
use crate::{
    limits::Budget,
    render::{Failed, Out, Place, Render, Selection},
};
use domain::{
    change::{Changeset, Fact},
    id::Id,
    image::Image,
    register::{Ref, TextRef},
    view::View,
};
use std::{ops::Deref, sync::Arc};
use store::Store;
use uuid::Uuid;

/// The view that a `Register` object chose, for everything beneath it.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) view: View,
    pub(crate) store: Store,
    /// The time that the client named: ids carry it, so that caches never mix times.
    pub(crate) pin: Pin,
    /// What is only tried: the changeset behind the head, which the view holds and the store does not.
    pub(crate) trial: Option<Arc<Changeset>>,
    /// What the answer may still grow by; all scopes of a request share it.
    pub(crate) budget: Arc<Budget>,
}

impl Deref for Scope {
    type Target = View;
    fn deref(&self) -> &View {
        &self.view
    }
}

/// An object of the graph: something in a scope.
pub(crate) trait Within: Render + Sized {
    /// What the object keeps of what it stands for.
    type Kept;
    /// Makes it.
    fn within(scope: &Arc<Scope>, it: Self::Kept) -> Self;
    /// Writes what is selected of it, without making it: answers hold hundreds of objects.
    fn write(
        scope: &Arc<Scope>,
        it: &Self::Kept,
        place: &Place<'_>,
        selection: &Selection,
        out: &mut Out,
    ) -> Result<(), Failed>;
}

/// An object that is written and not made.
#[derive(Debug)]
pub(crate) struct In<'s, T: Within> {
    pub(crate) scope: &'s Arc<Scope>,
    pub(crate) it: &'s T::Kept,
}

/// A thing with what the view knows of it, looked up once.
#[derive(Clone, Debug)]
pub(crate) struct Seen<I> {
    pub(crate) at: Ref<I>,
    pub(crate) image: I,
}

impl<I> Deref for Seen<I> {
    type Target = I;
    fn deref(&self) -> &I {
        &self.image
    }
}

/// How an object keeps what it is made of.
pub(crate) trait Keep<K> {
    fn keep(self, scope: &Scope) -> K;
}

impl<T> Keep<T> for T {
    fn keep(self, _: &Scope) -> T {
        self
    }
}

impl<I: Image> Keep<Seen<I>> for Ref<I> {
    fn keep(self, scope: &Scope) -> Seen<I> {
        Seen {
            at: self,
            image: scope.thing(self),
        }
    }
}

impl Scope {
    /// The global id of a thing.
    pub(crate) fn global_id<I: Image>(&self, thing: Ref<I>) -> GlobalId {
        GlobalId {
            kind: <I::Fact as Fact>::Id::KIND.into(),
            key: self.view.id(thing).into(),
            pin: self.pin,
        }
    }

    /// The thing's own key, the same in every view.
    pub(crate) fn key<I: Image>(&self, thing: Ref<I>) -> Shown<Uuid> {
        Shown(self.view.id(thing).into())
    }

    pub(crate) fn string(&self, text: TextRef) -> &str {
        self.view.text(text)
    }

    pub(crate) fn optional(&self, text: Option<TextRef>) -> Option<&str> {
        text.map(|text| self.string(text))
    }
}

/// An object for a handle.
pub(crate) fn make<T: Within>(scope: &Arc<Scope>, handle: impl Keep<T::Kept>) -> T {
    T::within(scope, handle.keep(scope))
}

/// An object for a handle that may be missing.
pub(crate) fn maybe<T: Within, H: Keep<T::Kept>>(
    scope: &Arc<Scope>,
    handle: Option<H>,
) -> Option<T> {
    handle.map(|handle| make(scope, handle))
}
